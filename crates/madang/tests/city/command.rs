//! The first administrator comes from the machine itself.

use std::path::Path;
use std::process::{Command, Output};

use kernel_store::{Database, Store};

fn madang(words: &[&str], data: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_madang");
    Command::new(program).args(words).arg("--data").arg(data).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A city that was started once: a database and a key.
async fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&Database::Sqlite(folder.path().join("madang.sqlite"))).await.expect("opens");
    store.migrate(&kernel_web::migrations(madang::SYSTEMS)).await.expect("migrates");
    store.close().await;
    let key = folder.path().join("master.key");
    std::fs::write(&key, "07".repeat(32)).expect("a key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("a mode");
    folder
}

#[tokio::test]
async fn an_administrator_is_made_once_and_every_call_gives_a_new_code() {
    let folder = folder().await;
    let first = madang(&["administrator", "Kim@City.example", "--name", "Kim Minsu"], folder.path());
    assert!(first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("/recover/confirm?c=ce_"), "{}", said(&first));
    let second = madang(&["administrator", "kim@city.example"], folder.path());
    assert!(second.status.success() && said(&second) != said(&first));
    let store = Store::open(&Database::Sqlite(folder.path().join("madang.sqlite"))).await.expect("opens");
    let count = async |sql: &'static str| store.all(sql, &[]).await.expect("rows").len();
    assert_eq!(count("SELECT id FROM identity_account").await, 1);
    assert_eq!(count("SELECT id FROM identity_grant WHERE role = 'administrator'").await, 1);
    assert_eq!(count("SELECT id FROM identity_ceremony").await, 1, "the old code is worth nothing");
    assert_eq!(count("SELECT account FROM identity_password").await, 0, "no password by default");
    let trail = store.all("SELECT act FROM record_audit WHERE who = 'command' ORDER BY act", &[]).await.expect("rows");
    let acts: Vec<_> = trail.iter().map(|row| row.text("act").expect("act")).collect();
    assert_eq!(acts, ["account.made", "recovery.begun", "recovery.begun", "role.given"]);
}

#[tokio::test]
async fn a_key_is_made_for_rights_that_the_account_has() {
    let folder = folder().await;
    assert!(!madang(&["token", "kim@city.example"], folder.path()).status.success(), "nobody has this address");
    assert!(madang(&["administrator", "kim@city.example"], folder.path()).status.success());
    let made = madang(&["token", "kim@city.example", "--scope", "people.roles", "--days", "7"], folder.path());
    assert!(made.status.success() && said(&made).starts_with("madang_pat_"), "{}", said(&made));
    let refused = madang(&["token", "kim@city.example", "--scope", "people.help"], folder.path());
    assert!(!refused.status.success() && said(&refused).contains("people.help"), "{}", said(&refused));
}

#[test]
fn without_a_city_nothing_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [&["administrator", "kim@city.example"][..], &["token", "kim@city.example"], &["administrator", "kim"]]
    {
        let refused = madang(words, folder.path());
        assert!(!refused.status.success(), "{words:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let unreachable =
        madang(&["administrator", "kim@city.example", "--database", "postgres://127.0.0.1:1/none"], folder.path());
    assert!(!unreachable.status.success() && said(&unreachable).contains("PostgreSQL"), "{}", said(&unreachable));
}
