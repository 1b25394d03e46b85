//! The door on SQLite; the same promises on PostgreSQL are tested with whole acts in `crates/madang/tests`.

use kernel_base::Error;
use kernel_store::{Database, Migrations, Store, Value, flag, int, real, text};

const THINGS: Migrations = Migrations {
    system: "thing",
    files: &[(
        "0001_thing",
        "CREATE TABLE thing (id TEXT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, yes BOOLEAN);
         CREATE INDEX thing_n ON thing (n);",
    )],
};
const INSERT: &str = "INSERT INTO thing (id, n, x, yes) VALUES ($1, $2, $3, $4)";
const LIST: &str = "SELECT id, n, x, yes FROM thing ORDER BY id";

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Database::Sqlite(folder.path().join("city.db"))).await.unwrap();
    store.migrate(&[THINGS]).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn values_come_back_as_they_went_in() {
    let (_folder, store) = store().await;
    let mut tx = store.begin().await.unwrap();
    tx.exec(INSERT, &[text("a"), int(7), real(0.5), flag(true)]).await.unwrap();
    tx.exec(INSERT, &[text("b"), Value::Int(None), Value::Real(None), Value::Flag(None)]).await.unwrap();
    tx.commit().await.unwrap();
    let rows = store.all(LIST, &[]).await.unwrap();
    assert_eq!(rows[0].int("n").unwrap(), 7);
    assert_eq!(rows[0].real("x").unwrap(), 0.5);
    assert!(rows[0].flag("yes").unwrap());
    assert_eq!(rows[1].int_opt("n").unwrap(), None);
    assert!(rows[1].int("n").is_err());
}

#[tokio::test]
async fn what_is_not_committed_did_not_happen_and_does_not_raise_the_version() {
    let (_folder, store) = store().await;
    let before = store.version();
    let mut tx = store.begin().await.unwrap();
    tx.exec(INSERT, &[text("a"), int(1), real(1.0), flag(false)]).await.unwrap();
    drop(tx);
    assert!(store.all(LIST, &[]).await.unwrap().is_empty());
    assert_eq!(store.version(), before);
}

#[tokio::test]
async fn a_database_that_is_away_is_told_from_one_that_fails() {
    let (_folder, store) = store().await;
    store.close().await;
    assert!(matches!(store.all(LIST, &[]).await, Err(Error::Away(_))));
    assert!(matches!(store.begin().await.err(), Some(Error::Away(_))));
}

#[tokio::test]
async fn a_double_key_is_a_conflict() {
    let (_folder, store) = store().await;
    let mut tx = store.begin().await.unwrap();
    tx.exec(INSERT, &[text("a"), int(1), real(1.0), flag(false)]).await.unwrap();
    let twice = tx.exec(INSERT, &[text("a"), int(1), real(1.0), flag(false)]).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn readers_cannot_write() {
    let (_folder, store) = store().await;
    assert!(store.all("DELETE FROM thing", &[]).await.is_err());
}

#[tokio::test]
async fn a_migration_that_changed_after_it_ran_is_refused() {
    let (_folder, store) = store().await;
    store.migrate(&[THINGS]).await.unwrap();
    let changed = Migrations { system: "thing", files: &[("0001_thing", "CREATE TABLE other (id TEXT)")] };
    let refused = store.migrate(&[changed]).await.unwrap_err();
    assert!(refused.to_string().contains("thing/0001_thing"), "{refused}");
}

#[tokio::test]
async fn preparing_finds_an_unknown_column() {
    let (_folder, store) = store().await;
    store.prepare(LIST).await.unwrap();
    assert!(store.prepare("SELECT nothing FROM thing").await.is_err());
}
