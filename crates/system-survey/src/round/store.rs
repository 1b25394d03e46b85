//! SQL of rounds, their cities and what the machine found.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, Value, flag, int, text};
use survey_instrument::Instrument;

use super::{Capture, CityDraft, Progress, Region, Round, RoundCity, Rules, Stage};

const INSERT_ROUND: &str = "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown,
    threshold, reply_days, budget, capture_paused, opened_by, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
const ROUNDS: &str = "SELECT * FROM survey_round ORDER BY opened_at DESC, id DESC";
const ROUND_BY_SLUG: &str = "SELECT * FROM survey_round WHERE slug = $1";
const ROUND_BY_ID: &str = "SELECT * FROM survey_round WHERE id = $1";
const MOVE: &str = "UPDATE survey_round SET stage = $3,
    coding_at = CASE WHEN $3 = 'coding' THEN $4 ELSE coding_at END,
    replies_until = CASE WHEN $3 = 'replying' THEN $4 + reply_days * 86400000000 ELSE replies_until END,
    closed_at = CASE WHEN $3 = 'closed' THEN $4 ELSE closed_at END,
    published_at = CASE WHEN $3 = 'published' THEN $4 ELSE published_at END
    WHERE id = $1 AND stage = $2";
const PAUSE: &str = "UPDATE survey_round SET capture_paused = $2 WHERE id = $1";

const INSERT_CITY: &str =
    "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address,
    latitude, longitude, contact, capture, capture_note, pages_known, pages_read, capture_tries)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', '', 0, 0, 0)";
const CITIES: &str = "SELECT * FROM survey_round_city WHERE round = $1 ORDER BY name, id";
const CITY_BY_SLUG: &str = "SELECT * FROM survey_round_city WHERE round = $1 AND slug = $2";
const CITY_BY_ID: &str = "SELECT * FROM survey_round_city WHERE id = $1";
const CONTACT: &str = "SELECT contact FROM survey_round_city WHERE id = $1";
const REMOVE_CITY: &str = "DELETE FROM survey_round_city WHERE id = $1
    AND NOT EXISTS (SELECT 1 FROM survey_assignment WHERE city = $1)
    AND NOT EXISTS (SELECT 1 FROM survey_report WHERE city = $1)";
const PROGRESS: &str = "UPDATE survey_round_city SET capture = $2, capture_note = $3, pages_known = $4, pages_read = $5,
    capture_tries = $6, capture_began = $7, capture_ended = $8, evidence_digest = $9, evidence_bytes = $10 WHERE id = $1";

const KEEP_REPORT: &str = "INSERT INTO survey_report (city, report, assessed_at) VALUES ($1, $2, $3)
    ON CONFLICT (city) DO UPDATE SET report = excluded.report, assessed_at = excluded.assessed_at";
const REPORT: &str = "SELECT report FROM survey_report WHERE city = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    INSERT_ROUND,
    ROUNDS,
    ROUND_BY_SLUG,
    ROUND_BY_ID,
    MOVE,
    PAUSE,
    INSERT_CITY,
    CITIES,
    CITY_BY_SLUG,
    CITY_BY_ID,
    CONTACT,
    REMOVE_CITY,
    PROGRESS,
    KEEP_REPORT,
    REPORT,
];

pub async fn insert_round(tx: &mut Tx, round: &Round) -> Result<()> {
    let rules = &round.rules;
    let values = [
        text(&round.id),
        text(&round.slug),
        text(&round.title),
        text(&round.instrument.id),
        text(&round.instrument.version),
        text(round.stage.word()),
        flag(rules.machine_shown),
        int(rules.threshold.into()),
        int(rules.reply_days.into()),
        int(rules.budget.into()),
        flag(round.capture_paused),
        text(&round.opened_by),
        int(round.opened_at.0),
    ];
    tx.exec(INSERT_ROUND, &values).await.map(drop)
}

/// All rounds, the newest first.
pub async fn rounds(store: &Store) -> Result<Vec<Round>> {
    store.all(ROUNDS, &[]).await?.iter().map(round).collect()
}

pub async fn round_by_slug(store: &Store, slug: &str) -> Result<Option<Round>> {
    store.one(ROUND_BY_SLUG, &[text(slug)]).await?.as_ref().map(round).transpose()
}

pub async fn round_by_id(store: &Store, id: &str) -> Result<Option<Round>> {
    store.one(ROUND_BY_ID, &[text(id)]).await?.as_ref().map(round).transpose()
}

/// Moves a round to the stage that follows; false when somebody was quicker.
pub async fn move_on(tx: &mut Tx, id: &str, (from, to): (Stage, Stage), now: Instant) -> Result<bool> {
    Ok(tx.exec(MOVE, &[text(id), text(from.word()), text(to.word()), int(now.0)]).await? == 1)
}

pub async fn pause(tx: &mut Tx, id: &str, paused: bool) -> Result<()> {
    tx.exec(PAUSE, &[text(id), flag(paused)]).await.map(drop)
}

/// Keeps a new city; `contact` is sealed already.
pub async fn insert_city(tx: &mut Tx, id: &str, round: &str, draft: &CityDraft, contact: &str) -> Result<()> {
    let values = [
        text(id),
        text(round),
        text(&draft.slug),
        text(&draft.name),
        text(&draft.country),
        text(draft.region.word()),
        flag(draft.oecd),
        text(draft.languages.join(",")),
        text(&draft.address),
        Value::from(draft.position.map(|(latitude, _)| latitude)),
        Value::from(draft.position.map(|(_, longitude)| longitude)),
        text(contact),
    ];
    tx.exec(INSERT_CITY, &values).await.map(drop)
}

/// The cities of a round by name.
pub async fn cities(store: &Store, round: &str) -> Result<Vec<RoundCity>> {
    store.all(CITIES, &[text(round)]).await?.iter().map(city).collect()
}

pub async fn city_by_slug(store: &Store, round: &str, slug: &str) -> Result<Option<RoundCity>> {
    store.one(CITY_BY_SLUG, &[text(round), text(slug)]).await?.as_ref().map(city).transpose()
}

pub async fn city_by_id(store: &Store, id: &str) -> Result<Option<RoundCity>> {
    store.one(CITY_BY_ID, &[text(id)]).await?.as_ref().map(city).transpose()
}

/// Where a city is written to, still sealed; empty when unknown.
pub async fn sealed_contact(store: &Store, city: &str) -> Result<String> {
    store.one(CONTACT, &[text(city)]).await?.map_or_else(|| Ok(String::new()), |row| row.text("contact"))
}

/// Takes a city out of a round; false when somebody reads it already or evidence was kept.
pub async fn remove_city(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.exec(REMOVE_CITY, &[text(id)]).await? == 1)
}

pub async fn progress(tx: &mut Tx, city: &str, progress: &Progress) -> Result<()> {
    let moment = |at: Option<Instant>| Value::from(at.map(|at| at.0));
    let values = [
        text(city),
        text(progress.state.word()),
        text(&progress.note),
        int(progress.pages_known),
        int(progress.pages_read),
        int(progress.tries),
        moment(progress.began),
        moment(progress.ended),
        Value::from(progress.evidence_digest.clone()),
        Value::from(progress.evidence_bytes),
    ];
    tx.exec(PROGRESS, &values).await.map(drop)
}

/// Keeps what the machine found, in place of an earlier finding.
pub async fn keep_report(tx: &mut Tx, city: &str, report: &str, now: Instant) -> Result<()> {
    tx.exec(KEEP_REPORT, &[text(city), text(report), int(now.0)]).await.map(drop)
}

/// What the machine found, as the JSON of an audit's report.
pub async fn report(store: &Store, city: &str) -> Result<Option<String>> {
    store.one(REPORT, &[text(city)]).await?.map(|row| row.text("report")).transpose()
}

fn round(row: &Row) -> Result<Round> {
    let number = |column| Ok::<u32, Error>(u32::try_from(row.int(column)?).unwrap_or(u32::MAX));
    let moment = |column| Ok::<_, Error>(row.int_opt(column)?.map(Instant));
    Ok(Round {
        id: row.text("id")?,
        slug: row.text("slug")?,
        title: row.text("title")?,
        instrument: Instrument::load(&row.text("instrument")?).map_err(Error::fault)?,
        stage: known("stage", &row.text("stage")?, Stage::parse)?,
        rules: Rules {
            machine_shown: row.flag("machine_shown")?,
            threshold: number("threshold")?,
            reply_days: number("reply_days")?,
            budget: number("budget")?,
        },
        capture_paused: row.flag("capture_paused")?,
        opened_by: row.text("opened_by")?,
        opened_at: Instant(row.int("opened_at")?),
        coding_at: moment("coding_at")?,
        replies_until: moment("replies_until")?,
        closed_at: moment("closed_at")?,
        published_at: moment("published_at")?,
    })
}

fn city(row: &Row) -> Result<RoundCity> {
    let languages = row.text("languages")?;
    Ok(RoundCity {
        id: row.text("id")?,
        round: row.text("round")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        country: row.text("country")?,
        region: known("region", &row.text("region")?, Region::parse)?,
        oecd: row.flag("oecd")?,
        languages: languages.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        address: row.text("address")?,
        position: row.real_opt("latitude")?.zip(row.real_opt("longitude")?),
        capture: Progress {
            state: known("capture", &row.text("capture")?, Capture::parse)?,
            note: row.text("capture_note")?,
            pages_known: row.int("pages_known")?,
            pages_read: row.int("pages_read")?,
            tries: row.int("capture_tries")?,
            began: row.int_opt("capture_began")?.map(Instant),
            ended: row.int_opt("capture_ended")?.map(Instant),
            evidence_digest: row.text_opt("evidence_digest")?,
            evidence_bytes: row.int_opt("evidence_bytes")?,
        },
    })
}

/// A word that this release knows.
pub(crate) fn known<T>(column: &str, word: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    parse(word).ok_or_else(|| Error::Fault(format!("{column} {word:?} is of a newer release")))
}
