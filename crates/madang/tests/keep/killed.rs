//! A restore that is killed leaves nothing, or the whole.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use kernel_store::{Database, Store, int, text};

use crate::Place;

const ENTRIES: i64 = 10_000;

/// A city with a trail so long that a restore takes a while.
async fn large(place: &Place) {
    place.found();
    let store = Store::open(&place.database).await.expect("opens");
    let mut tx = store.begin().await.expect("begins");
    for number in 0..ENTRIES {
        let id = format!("au_{number:026}");
        let insert =
            "INSERT INTO record_audit (id, at, act, who, subject, detail) VALUES ($1, $2, 'a', 'b', 'c', '{}')";
        tx.exec(insert, &[text(id.as_str()), int(number)]).await.expect("inserts");
        tx.exec("INSERT INTO record_unsealed (entry, nth) VALUES ($1, 0)", &[text(id)]).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    kernel_record::seal(&store).await.expect("seals");
    store.close().await;
}

#[tokio::test]
async fn a_restore_that_is_killed_leaves_nothing_or_the_whole_and_can_be_begun_again() {
    let home = tempfile::tempdir().expect("folder");
    let here = Place::new(home.path(), &Database::Sqlite(home.path().join("madang.sqlite")));
    large(&here).await;
    let file = home.path().join("city.backup").to_string_lossy().into_owned();
    here.good(&["backup", &file]);
    testkit::on_both_databases(async |into| {
        let new = tempfile::tempdir().expect("folder");
        let (mut nothing, mut whole) = (0, 0);
        let mut wait = 30;
        while whole == 0 {
            assert!(wait < 60_000, "no restore ever ended");
            let folder = new.path().join("new");
            let database = match &into {
                Database::Sqlite(_) => Database::Sqlite(folder.join("madang.sqlite")),
                postgres => postgres.clone(),
            };
            let there = Place::new(&folder, &database);
            let mut restoring =
                there.madang(&["restore", &file]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
            tokio::time::sleep(Duration::from_millis(wait)).await;
            // SIGKILL; no error when it has ended already.
            let _ = restoring.kill();
            restoring.wait().expect("ends");
            let said = there.run(&["check", "audit"]);
            match said.code {
                Some(0) => {
                    assert!(said.out.contains("unbroken: 10,000 entries"), "{}", said.out);
                    whole += 1;
                }
                _ => {
                    assert!(said.err.contains("there is no city in"), "{}{}", said.out, said.err);
                    nothing += 1;
                }
            }
            wait += wait / 3;
        }
        assert!(nothing >= 3, "killed in the middle {nothing} times");
        assert!(fs::read_dir(new.path().join("new")).expect("folder").count() > 0);
    })
    .await;
}
