use std::sync::atomic::{AtomicU32, Ordering};

use kernel_base::{Random, SystemRandom};
use kernel_store::{Database, Store};
use kernel_web::System;

use crate::TestCity;

/// Address of a PostgreSQL in which a test may make databases; `./test` starts one.
const POSTGRES: &str = "MADANG_TEST_POSTGRES";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Runs the test on SQLite and on PostgreSQL, each with an empty database of its own.
///
/// Without `MADANG_TEST_POSTGRES` the PostgreSQL half is left out with a word on stderr; in CI that is a failure.
pub async fn on_both_engines(systems: Vec<System>, test: impl AsyncFn(TestCity)) {
    on_both_databases(async |database| test(TestCity::open(database, systems.clone()).await).await).await;
}

/// Like [`on_both_engines`], without a city: the test gets the address of an empty database.
#[allow(clippy::disallowed_methods)] // the test's surroundings, not the product's
pub async fn on_both_databases(test: impl AsyncFn(Database)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    test(Database::Sqlite(folder.path().join("city.db"))).await;

    match std::env::var(POSTGRES) {
        Ok(address) => {
            let (database, name) = fresh_database(&address).await;
            test(database).await;
            drop_database(&address, name).await;
        }
        Err(_) if std::env::var_os("CI").is_some() => panic!("{POSTGRES} is not set: run ./test"),
        Err(_) => eprintln!("PostgreSQL left out: {POSTGRES} is not set; ./test sets it"),
    }
}

/// An empty database on the engine that `MADANG_TEST_ENGINE` names (`postgres`), else SQLite in a folder that goes with
/// the guard. `./test` runs the same tests on both.
#[allow(clippy::disallowed_methods)] // the test's surroundings, not the product's
pub async fn empty_database() -> (Database, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if std::env::var("MADANG_TEST_ENGINE").is_ok_and(|engine| engine == "postgres") {
        let address = std::env::var(POSTGRES).expect("MADANG_TEST_ENGINE=postgres comes with MADANG_TEST_POSTGRES");
        return (fresh_database(&address).await.0, folder);
    }
    (Database::Sqlite(folder.path().join("city.db")), folder)
}

async fn fresh_database(address: &str) -> (Database, &'static str) {
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    // Names of databases cannot be parameters, and the door takes constants only: leak one short name a test.
    let name: &'static str = Box::leak(format!("city_{}_{number}_{}", std::process::id(), random()).into_boxed_str());
    let create: &'static str = Box::leak(format!("CREATE DATABASE {name}").into_boxed_str());
    let admin = Store::open(&Database::Postgres(address.to_owned())).await.expect("the PostgreSQL of ./test answers");
    admin.all(create, &[]).await.expect("a test may make a database");
    admin.close().await;
    let (before, _) = address.rsplit_once('/').expect("an address ends with a database");
    (Database::Postgres(format!("{before}/{name}")), name)
}

async fn drop_database(address: &str, name: &str) {
    let drop: &'static str = Box::leak(format!("DROP DATABASE {name} WITH (FORCE)").into_boxed_str());
    let admin = Store::open(&Database::Postgres(address.to_owned())).await.expect("the PostgreSQL of ./test answers");
    admin.all(drop, &[]).await.expect("the test's own database goes");
    admin.close().await;
}

/// Numbers of processes come round again on a machine that starts many.
fn random() -> String {
    let mut bytes = [0; 4];
    SystemRandom.fill(&mut bytes);
    u32::from_le_bytes(bytes).to_string()
}
