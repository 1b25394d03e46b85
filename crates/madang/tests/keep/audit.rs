use kernel_store::{Database, Store, text};
use testkit::TestCity;

use crate::{Place, act};

async fn city_with_acts(folder: &std::path::Path) -> (Place, TestCity) {
    let place = Place::new(folder, &Database::Sqlite(folder.join("madang.sqlite")));
    place.found();
    let city = place.city().await;
    for _ in 0..5 {
        act(&city).await;
    }
    (place, city)
}

/// Changes the database behind the portal's back, as somebody with its password can.
async fn forge(store: &Store, statements: &[&'static str]) {
    let mut tx = store.begin().await.expect("begins");
    for sql in statements {
        tx.exec(sql, &[]).await.unwrap_or_else(|cause| panic!("{sql}: {cause}"));
    }
    tx.commit().await.expect("commits");
}

const WITHOUT_TRIGGERS: [&str; 4] = [
    "DROP TRIGGER record_audit_unchanged",
    "DROP TRIGGER record_audit_kept",
    "DROP TRIGGER record_seal_unchanged",
    "DROP TRIGGER record_seal_kept",
];

#[tokio::test]
async fn the_first_broken_entry_is_named_and_the_command_fails() {
    let home = tempfile::tempdir().expect("folder");
    let (place, city) = city_with_acts(home.path()).await;
    let store = &city.city.store;
    assert!(place.good(&["check", "audit"]).contains("The audit trail is unbroken: 5 entries."));
    let row = store.one("SELECT entry FROM record_seal WHERE seq = 3", &[]).await.expect("asks").expect("a seal");
    let entry = row.text("entry").expect("its id");
    forge(store, &WITHOUT_TRIGGERS).await;
    let mut tx = store.begin().await.expect("begins");
    tx.exec("UPDATE record_audit SET who = 'nobody' WHERE id = $1", &[text(&entry)]).await.expect("altered");
    tx.commit().await.expect("commits");
    let said = place.bad(&["check", "audit"]);
    assert!(said.contains(&format!("broken at entry number 3 ({entry}): altered")), "{said}");
    assert!(place.bad(&["doctor"]).contains(&entry));
}

#[tokio::test]
async fn a_checkpoint_kept_elsewhere_proves_that_everything_was_rewritten() {
    let home = tempfile::tempdir().expect("folder");
    let (place, city) = city_with_acts(home.path()).await;
    let store = &city.city.store;
    let file = home.path().join("checkpoint.txt");
    let shown = file.to_string_lossy().into_owned();
    let said = place.good(&["check", "audit", "--export", &shown]);
    let key = said.rsplit(' ').next().expect("the public key").trim().to_owned();
    assert!(key.starts_with("madang+"), "{said}");
    let note = std::fs::read_to_string(&file).expect("checkpoint");
    assert!(note.starts_with("madang\n5\n") && note.contains("\n\n\u{2014} madang "), "{note}");
    assert!(place.bad(&["check", "audit", "--export", &shown]).contains("is there already"));

    act(&city).await;
    assert!(place.good(&["check", "audit", "--checkpoint", &shown]).contains("first 5 are exactly those"));
    let public = place.good(&["check", "audit", "--checkpoint", &shown, "--key", &key]);
    assert!(public.contains("first 5 are exactly those"), "{public}");

    forge(store, &WITHOUT_TRIGGERS).await;
    forge(
        store,
        &[
            "UPDATE record_audit SET who = 'nobody' WHERE id = (SELECT entry FROM record_seal WHERE seq = 2)",
            "INSERT INTO record_unsealed (entry, nth) SELECT entry, seq FROM record_seal",
            "DELETE FROM record_seal",
        ],
    )
    .await;
    assert!(place.good(&["check", "audit"]).contains("unbroken: 6 entries"), "the chain alone cannot tell");
    let said = place.bad(&["check", "audit", "--checkpoint", &shown]);
    assert!(said.contains("was rewritten") && said.contains("first 5 entries are not those"), "{said}");
    std::fs::write(&file, note.replace("\n5\n", "\n6\n")).expect("forged");
    assert!(place.bad(&["check", "audit", "--checkpoint", &shown]).contains("cannot be verified"));
}
