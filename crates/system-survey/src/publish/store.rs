//! SQL of publications, and of what they read beside codes.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_store::{Store, Tx, int, text};

use super::results::{Reply, Results, day};
use crate::round::Round;

const KEEP: &str = "INSERT INTO survey_publication (round, results, published_at) VALUES ($1, $2, $3)
    ON CONFLICT (round) DO NOTHING";
const RESULTS: &str =
    "SELECT p.results FROM survey_publication p JOIN survey_round r ON r.id = p.round WHERE r.slug = $1";
const EARLIER: &str = "SELECT p.results FROM survey_publication p JOIN survey_round r ON r.id = p.round
    WHERE r.instrument = $1 AND r.id <> $2 ORDER BY p.published_at DESC, p.round DESC";
const PUBLISHED: &str = "SELECT r.slug, r.title, r.instrument, p.published_at,
    (SELECT COUNT(*) FROM survey_round_city c WHERE c.round = r.id) AS cities
    FROM survey_publication p JOIN survey_round r ON r.id = p.round ORDER BY p.published_at DESC, r.id DESC";

const JUDGED: &str = "SELECT c.slug, c.name, c.country FROM survey_round_city c JOIN survey_round r ON r.id = c.round
    WHERE r.slug = $1 AND (EXISTS (SELECT 1 FROM survey_settlement s WHERE s.city = c.id) OR EXISTS
    (SELECT 1 FROM survey_assignment a JOIN survey_code k ON k.assignment = a.id WHERE a.city = c.id)) ORDER BY c.name, c.id";
const REPORTS: &str = "SELECT p.city, p.report FROM survey_report p JOIN survey_round_city c ON c.id = p.city
    WHERE c.round = $1";
const REPLIES: &str = "SELECT p.city, p.criterion, p.words, p.evidence, p.received_at, p.outcome, p.answer
    FROM survey_reply p JOIN survey_round_city c ON c.id = p.city WHERE c.round = $1 ORDER BY p.received_at, p.id";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[KEEP, RESULTS, EARLIER, PUBLISHED, JUDGED, REPORTS, REPLIES];

/// A round that was published here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub slug: String,
    pub title: String,
    pub instrument: String,
    pub cities: i64,
    pub at: Instant,
}

/// Keeps results for ever; false when the round was published already.
pub async fn keep(tx: &mut Tx, round: &str, results: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(KEEP, &[text(round), text(results), int(now.0)]).await? == 1)
}

/// What a round published, as the kept text.
///
/// # Errors
/// [`Error::NotFound`] when there is no such round or it is not published.
pub async fn kept(store: &Store, slug: &str) -> Result<String> {
    store.one(RESULTS, &[text(slug)]).await?.ok_or(Error::NotFound)?.text("results")
}

/// The same, read.
///
/// # Errors
/// As [`kept`].
pub async fn results(store: &Store, slug: &str) -> Result<Results> {
    read(&kept(store, slug).await?)
}

/// What was published with this round's instrument before, the newest first.
pub async fn earlier(store: &Store, round: &Round) -> Result<Vec<Results>> {
    let rows = store.all(EARLIER, &[text(&round.instrument.id), text(&round.id)]).await?;
    rows.iter().map(|row| read(&row.text("results")?)).collect()
}

/// All published rounds, the newest first.
pub async fn published(store: &Store) -> Result<Vec<Published>> {
    let rows = store.all(PUBLISHED, &[]).await?;
    let read = |row: &kernel_store::Row| {
        Ok(Published {
            slug: row.text("slug")?,
            title: row.text("title")?,
            instrument: row.text("instrument")?,
            cities: row.int("cities")?,
            at: Instant(row.int("published_at")?),
        })
    };
    rows.iter().map(read).collect()
}

/// Slug, name and country of each city with a scorecard, without reading the whole document.
pub async fn judged(store: &Store, slug: &str) -> Result<Vec<(String, String, String)>> {
    let rows = store.all(JUDGED, &[text(slug)]).await?;
    rows.iter().map(|row| Ok((row.text("slug")?, row.text("name")?, row.text("country")?))).collect()
}

/// Reports of a round's cities, by the city's id.
pub async fn reports(store: &Store, round: &str) -> Result<BTreeMap<String, String>> {
    let rows = store.all(REPORTS, &[text(round)]).await?;
    rows.iter().map(|row| Ok((row.text("city")?, row.text("report")?))).collect()
}

/// What the cities of a round replied, oldest first, with the city's id.
pub async fn replies(store: &Store, round: &str) -> Result<Vec<(String, Reply)>> {
    let rows = store.all(REPLIES, &[text(round)]).await?;
    let read = |row: &kernel_store::Row| {
        let reply = Reply {
            criterion: row.text("criterion")?,
            words: row.text("words")?,
            evidence: row.text("evidence")?,
            received_on: day(Instant(row.int("received_at")?)),
            outcome: row.text_opt("outcome")?,
            answer: row.text_opt("answer")?,
        };
        Ok((row.text("city")?, reply))
    };
    rows.iter().map(read).collect()
}

fn read(results: &str) -> Result<Results> {
    serde_json::from_str(results).map_err(|error| Error::Fault(format!("kept results do not parse: {error}")))
}
