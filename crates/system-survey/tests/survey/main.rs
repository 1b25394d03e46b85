//! The survey as a visitor and a program meet it, in a whole city.

mod league;
mod pages;
mod score;

/// A test city with nothing but the survey, in memory.
async fn city() -> (testkit::TestCity, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = kernel_store::Database::Sqlite(folder.path().join("city.sqlite"));
    (testkit::TestCity::open(database, vec![system_survey::SYSTEM]).await, folder)
}
