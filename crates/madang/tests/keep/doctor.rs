use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value as Json;

use kernel_base::{Clock, SystemClock};
use kernel_store::{Database, Store, int, text};

use crate::Place;

/// The findings that are not good, as `check: found`.
fn complaints(place: &Place, arguments: &[&str]) -> Vec<String> {
    let said = place.run(&[&["doctor", "--format", "json"], arguments].concat());
    let findings: Vec<Json> = serde_json::from_str(&said.out).unwrap_or_else(|cause| panic!("{cause}: {}", said.err));
    let wrong = findings.iter().any(|finding| finding["state"] == "wrong");
    assert_eq!(said.code, Some(i32::from(wrong)), "the exit code says whether something is wrong");
    let bad = findings.iter().filter(|finding| finding["state"] != "good");
    for finding in bad.clone() {
        assert_ne!(finding["todo"], "", "every complaint says what to do: {finding}");
    }
    bad.map(|finding| format!("{}: {}", finding["check"].as_str().unwrap(), finding["found"].as_str().unwrap()))
        .collect()
}

/// That one of the complaints says this.
fn complains(place: &Place, arguments: &[&str], wanted: &str) {
    let complaints = complaints(place, arguments);
    assert!(complaints.iter().any(|complaint| complaint.contains(wanted)), "{wanted}: {complaints:?}");
}

#[tokio::test]
async fn a_new_city_is_well_and_everything_that_can_be_wrong_with_it_is_named() {
    testkit::on_both_databases(async |database| {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("city");
        let place = Place::new(
            &folder,
            &match &database {
                Database::Sqlite(_) => Database::Sqlite(folder.join("madang.sqlite")),
                postgres => postgres.clone(),
            },
        );
        place.found();
        let found = complaints(&place, &[]);
        assert!(found.iter().all(|one| one.starts_with("letters: ") || one.starts_with("address: ")), "{found:?}");
        assert!(!place.good(&["doctor"]).contains('\u{1b}'), "no colours in a pipe");

        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        complains(&place, &[], "every account on this machine can look into");
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        let key = folder.join("master.key");
        fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
        complains(&place, &[], "others may read the master key");
        fs::rename(&key, folder.join("elsewhere")).unwrap();
        complains(&place, &[], "master.key is missing");
        fs::rename(folder.join("elsewhere"), &key).unwrap();

        let config = home.path().join("madang.toml");
        let with = ["--config", config.to_str().unwrap()];
        for (text, wanted) in [
            ("[server]\nlissten = 1", "madang.toml is not a valid configuration"),
            ("[server]\nlisten = \"0.0.0.0:80\"", "passwords travel in the clear"),
            ("[server]\ntrust_proxy = true", "the public address is unknown"),
            ("[server]\ntls_cert = \"none.pem\"", "TLS needs both"),
            ("[server]\ntls_cert = \"none.pem\"\ntls_key = \"none.pem\"", "none.pem cannot be used"),
            ("[files]\nclamd = \"/nowhere/clamd.ctl\"", "uploads: "),
            ("[letters.smtp]\nhost = \"mail.city.example\"", "letters come from letters@localhost"),
        ] {
            fs::write(&config, text).unwrap();
            complains(&place, &with, wanted);
        }

        let store = Store::open(&place.database).await.unwrap();
        let now = SystemClock.now();
        let insert = "INSERT INTO record_job (id, kind, payload, run_at, taken_until, tries, last_error)
            VALUES ($1, 'letters.send', '{}', $2, 0, $3, $4)";
        let mut tx = store.begin().await.unwrap();
        tx.exec(insert, &[text("jo_tired"), int(0), int(20), text("the gateway says no")]).await.unwrap();
        tx.exec(insert, &[text("jo_forgotten"), int(0), int(0), text("")]).await.unwrap();
        let fact =
            "INSERT INTO record_fact (id, at, name, body, heard) VALUES ('fa_1', 0, 'scorecard_kept', '{}', FALSE)";
        tx.exec(fact, &[]).await.unwrap();
        let entry =
            "INSERT INTO record_audit (id, at, act, who, subject, detail) VALUES ('au_1', $1, 'a', 'b', 'c', '{}')";
        tx.exec(entry, &[int(now.plus_seconds(-600).0)]).await.unwrap();
        tx.exec("INSERT INTO record_unsealed (entry, nth) VALUES ('au_1', 0)", &[]).await.unwrap();
        let step = "INSERT INTO store_migration (system, name, digest) VALUES ('record', '9999_later', 'x')";
        tx.exec(step, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let found = complaints(&place, &[]).join("\n");
        for wanted in [
            "letters.send (jo_tired) rests after 20 tries: the gateway says no",
            "letters.send (jo_forgotten) waits for more than an hour",
            "scorecard_kept of 1970-01-01T00:00:00Z is not told yet",
            "1 entries since",
            "a newer Madang was at work: record/9999_later",
        ] {
            assert!(found.contains(wanted), "{wanted}: {found}");
        }
        let found = complaints(&place, &["--wake"]).join("\n");
        assert!(!found.contains("jo_tired"), "{found}");
        store.close().await;
    })
    .await;
}

#[test]
fn a_database_that_is_not_there_is_named() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("nothing");
    let place = Place::new(&folder, &Database::Sqlite(folder.join("madang.sqlite")));
    complains(&place, &[], "there is no city in");
    complains(&place, &[], "is not there");
    assert!(!folder.exists(), "a doctor makes nothing");
    let unreachable = Place::new(home.path(), &Database::Postgres("postgres://nobody@127.0.0.1:1/none".to_owned()));
    complains(&unreachable, &[], "cannot reach the PostgreSQL database");
}
