//! A database of every earlier release, with data in it, becomes one of this release and loses nothing.

use std::path::{Path, PathBuf};

use kernel_store::{Database, Store};

use crate::Place;
use crate::backup::{place_of, tables};

/// The dumps of all releases for this engine.
fn dumps(engine: &str) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let releases = std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("entry").path());
    let dumps = releases.filter(|path| path.is_dir()).map(|path| {
        let release = path.file_name().expect("a name").to_string_lossy().into_owned();
        (release, path.join(format!("{engine}.sql")))
    });
    dumps.collect()
}

/// Makes the database as that release left it.
async fn as_it_was(place: &Place, dump: &Path) {
    if let Database::Sqlite(file) = &place.database {
        std::fs::create_dir_all(file.parent().expect("folder")).expect("folder");
    }
    let store = Store::open(&place.database).await.expect("opens");
    let mut tx = store.begin().await.expect("begins");
    for statement in std::fs::read_to_string(dump).expect("a dump for each engine").split(";\n") {
        // The door takes constants only.
        let statement: &'static str = Box::leak(statement.to_owned().into_boxed_str());
        tx.exec(statement, &[]).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
    tx.commit().await.expect("commits");
    store.close().await;
}

#[tokio::test]
async fn a_city_of_every_earlier_release_is_brought_up_to_date_with_all_it_held() {
    for release in 0..dumps("sqlite").len() {
        testkit::on_both_databases(async |database| {
            let home = tempfile::tempdir().expect("folder");
            let place = Place::new(&home.path().join("city"), &place_of(&database, &home.path().join("city")));
            let engine = if matches!(database, Database::Sqlite(_)) { "sqlite" } else { "postgres" };
            let (release, dump) = &dumps(engine)[release];
            as_it_was(&place, dump).await;
            let old = home.path().join("old.backup");
            let shown = old.to_string_lossy().into_owned();
            let said = place.good(&["backup", &shown, "--without-key"]);
            assert!(said.contains("no master key"), "{said}");
            assert!(place.bad(&["check", "audit"]).contains("older than this program"), "{release}");
            assert!(place.bad(&["doctor"]).contains("steps behind this program"), "{release}");

            place.found();
            holds_everything(&place, release).await;

            // The same through a backup that the old schema stands in, into the new one.
            let there = tempfile::tempdir().expect("folder");
            let folder = there.path().join("city");
            let restored = Place::new(&folder, &Database::Sqlite(folder.join("madang.sqlite")));
            restored.good(&["restore", &shown]);
            restored.found();
            holds_everything(&restored, release).await;
            assert_eq!(tables(&old)["survey_scorecard"].len(), 3);
        })
        .await;
    }
}

/// The three scorecards of the fixtures, their trail, and the jobs that forget them.
async fn holds_everything(place: &Place, release: &str) {
    assert!(place.good(&["check", "audit"]).contains("unbroken: 3 entries"), "{release}");
    let city = place.city().await;
    let cards = city.city.store.all("SELECT id, name FROM survey_scorecard ORDER BY id", &[]).await.expect("cards");
    let names: Vec<_> = cards.iter().map(|card| card.text("name").expect("name")).collect();
    assert_eq!(names, ["어느 도시", "A City; of \"quotes\"", ""], "{release}");
    for card in &cards {
        let id = card.text("id").expect("id");
        let page = city.get(&format!("/survey/scorecards/{id}/sheet.csv")).await;
        assert!(
            page.status == 200 && page.text.starts_with("criterion,value,state\nPS01,"),
            "{release}: {}",
            page.text
        );
    }
    city.clock.forward_days(31);
    city.run_jobs().await;
    let left = city.city.store.all("SELECT id FROM survey_scorecard", &[]).await.expect("cards");
    assert!(left.is_empty(), "{release}: jobs from before the upgrade are done");
    city.city.store.close().await;
}
