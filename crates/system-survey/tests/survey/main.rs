//! The survey as a visitor and a program meet it, in a whole city.

mod archive;
mod capture;
mod desk;
mod league;
mod notes;
mod office;
mod pages;
mod probes;
mod publish;
mod readers;
mod reply;
mod round;
mod score;
mod settle;

/// A test city with nothing but the survey, on the engine of this run.
async fn city() -> (testkit::TestCity, tempfile::TempDir) {
    let (database, folder) = testkit::empty_database().await;
    (testkit::TestCity::open(database, vec![system_survey::SYSTEM]).await, folder)
}
