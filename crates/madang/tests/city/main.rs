//! The whole product: all systems in one city.

mod command;
mod doors;
mod lists;

/// A test city with every system, on the engine of this run.
async fn city() -> (testkit::TestCity, tempfile::TempDir) {
    let (database, folder) = testkit::empty_database().await;
    (testkit::TestCity::open(database, madang::SYSTEMS.to_vec()).await, folder)
}
