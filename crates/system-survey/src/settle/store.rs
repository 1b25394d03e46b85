//! SQL of settlements' history, replies, invitations and probes.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, Value, int, text};
use survey_instrument::Instrument;

use super::probe::{Probe, Way};
use super::reply::{Outcome, Reply};
use crate::reading::Settlement;
use crate::reading::store::read_answer;
use crate::round::Stage;
use crate::round::store::known;

const STAGE: &str = "SELECT stage, replies_until FROM survey_round WHERE id = $1";

const HISTORY: &str = "SELECT * FROM survey_settlement WHERE city = $1 AND criterion = $2 ORDER BY id DESC";
const TAKE_BACK: &str = "UPDATE survey_settlement SET replaced_at = $3
    WHERE city = $1 AND criterion = $2 AND replaced_at IS NULL";

const INVITE: &str = "INSERT INTO survey_invitation (city, way, invited_by, invited_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (city) DO UPDATE SET way = excluded.way, invited_by = excluded.invited_by, invited_at =
        CASE WHEN excluded.invited_at > survey_invitation.invited_at THEN excluded.invited_at
        ELSE survey_invitation.invited_at + 1 END";
const INVITED: &str = "SELECT * FROM survey_invitation WHERE city = $1";
const INVITED_OF_ROUND: &str = "SELECT i.* FROM survey_invitation i JOIN survey_round_city c ON c.id = i.city
    WHERE c.round = $1";
const OPENED: &str = "UPDATE survey_invitation SET opened_at = $2 WHERE city = $1 AND opened_at IS NULL";

const REPLY: &str = "SELECT * FROM survey_reply WHERE city = $1 AND criterion = $2";
const REPLIES: &str = "SELECT * FROM survey_reply WHERE city = $1 ORDER BY received_at, id";
const REPLIES_OF_ROUND: &str = "SELECT r.* FROM survey_reply r JOIN survey_round_city c ON c.id = r.city
    WHERE c.round = $1 ORDER BY r.received_at, r.id";
const KEEP_REPLY: &str = "INSERT INTO survey_reply (id, city, criterion, words, evidence, received_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (city, criterion) DO UPDATE SET words = excluded.words, evidence = excluded.evidence,
        received_at = excluded.received_at WHERE survey_reply.outcome IS NULL";
const WITHDRAW: &str = "DELETE FROM survey_reply WHERE city = $1 AND criterion = $2 AND outcome IS NULL";
const ANSWER: &str = "UPDATE survey_reply SET outcome = $2, answer = $3, answered_by = $4, answered_at = $5
    WHERE id = $1 AND outcome IS NULL";

const REOPEN: &str = "UPDATE survey_reply SET outcome = NULL, answer = NULL, answered_by = NULL, answered_at = NULL
    WHERE id = $1 AND outcome IS NOT NULL AND answered_at = $2";
const UNSETTLE: &str = "UPDATE survey_settlement SET replaced_at = $4
    WHERE city = $1 AND criterion = $2 AND settled_at = $3 AND replaced_at IS NULL";
const RESTORE: &str = "UPDATE survey_settlement SET replaced_at = NULL
    WHERE city = $1 AND criterion = $2 AND replaced_at = $3";

const PROBE: &str = "SELECT * FROM survey_probe WHERE id = $1";
const PROBES_OF_CITY: &str = "SELECT * FROM survey_probe WHERE city = $1 ORDER BY sent_at, id";
const PROBES_OF_ROUND: &str = "SELECT p.* FROM survey_probe p JOIN survey_round_city c ON c.id = p.city
    WHERE c.round = $1 ORDER BY p.sent_at, p.id";
const WAITING: &str = "SELECT p.* FROM survey_probe p JOIN survey_round_city c ON c.id = p.city
    JOIN survey_round r ON r.id = c.round
    WHERE p.answered_at IS NULL AND p.correction IS NULL AND r.stage IN ('preparing', 'coding', 'replying')
    ORDER BY p.sent_at, p.id";
const NOTE_PROBE: &str = "INSERT INTO survey_probe (id, city, criterion, way, subject, mark, sent_by, sent_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const FOUND: &str = "UPDATE survey_probe SET acknowledged_at = $2, answered_at = $3, returned_at = $4
    WHERE id = $1 AND answered_at IS NULL AND correction IS NULL";
const CORRECT: &str = "UPDATE survey_probe SET sent_at = $2, acknowledged_at = $3, answered_at = $4, correction = $5
    WHERE id = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    STAGE,
    HISTORY,
    TAKE_BACK,
    INVITE,
    INVITED,
    INVITED_OF_ROUND,
    OPENED,
    REPLY,
    REPLIES,
    REPLIES_OF_ROUND,
    KEEP_REPLY,
    WITHDRAW,
    ANSWER,
    REOPEN,
    UNSETTLE,
    RESTORE,
    PROBE,
    PROBES_OF_CITY,
    PROBES_OF_ROUND,
    WAITING,
    NOTE_PROBE,
    FOUND,
    CORRECT,
];

/// How the way to its sheet was shown to a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub city: String,
    /// By a letter; else on paper.
    pub by_letter: bool,
    pub invited_at: Instant,
    pub opened_at: Option<Instant>,
}

/// Where a round stands within an act, and until when cities may reply.
pub async fn stage(tx: &mut Tx, round: &str) -> Result<(Stage, Option<Instant>)> {
    let row = tx.one(STAGE, &[text(round)]).await?.ok_or(Error::NotFound)?;
    Ok((known("stage", &row.text("stage")?, Stage::parse)?, row.int_opt("replies_until")?.map(Instant)))
}

/// All that was ever decided about a criterion, the newest first, each with when it was replaced or taken back.
pub async fn history(
    store: &Store,
    instrument: &Instrument,
    city: &str,
    criterion: &str,
) -> Result<Vec<(Settlement, Option<Instant>)>> {
    let read = |row: &Row| {
        let answer = read_answer(instrument, criterion, &row.text("state")?, row.int_opt("value")?)?;
        let settlement = Settlement {
            id: row.text("id")?,
            city: row.text("city")?,
            criterion: row.text("criterion")?,
            answer,
            reason: row.text("reason")?,
            settled_by: row.text("settled_by")?,
            settled_at: Instant(row.int("settled_at")?),
        };
        Ok((settlement, row.int_opt("replaced_at")?.map(Instant)))
    };
    store.all(HISTORY, &[text(city), text(criterion)]).await?.iter().map(read).collect()
}

/// Takes the settlement that holds back; false when there is none.
pub async fn take_back(tx: &mut Tx, city: &str, criterion: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(TAKE_BACK, &[text(city), text(criterion), int(now.0)]).await? > 0)
}

pub async fn invite(tx: &mut Tx, city: &str, by_letter: bool, who: &str, now: Instant) -> Result<()> {
    let way = if by_letter { "letter" } else { "paper" };
    tx.exec(INVITE, &[text(city), text(way), text(who), int(now.0)]).await.map(drop)
}

pub async fn invited(store: &Store, city: &str) -> Result<Option<Invitation>> {
    store.one(INVITED, &[text(city)]).await?.as_ref().map(invitation).transpose()
}

pub async fn invited_of_round(store: &Store, round: &str) -> Result<Vec<Invitation>> {
    store.all(INVITED_OF_ROUND, &[text(round)]).await?.iter().map(invitation).collect()
}

/// The city opened its sheet; only the first time counts.
pub async fn opened(tx: &mut Tx, city: &str, now: Instant) -> Result<()> {
    tx.exec(OPENED, &[text(city), int(now.0)]).await.map(drop)
}

pub async fn replies(store: &Store, city: &str) -> Result<Vec<Reply>> {
    store.all(REPLIES, &[text(city)]).await?.iter().map(read_reply).collect()
}

pub async fn replies_of_round(store: &Store, round: &str) -> Result<Vec<Reply>> {
    store.all(REPLIES_OF_ROUND, &[text(round)]).await?.iter().map(read_reply).collect()
}

/// Keeps a reply, in place of an earlier one to the same criterion; false when that was answered already.
pub async fn keep_reply(tx: &mut Tx, reply: &Reply) -> Result<bool> {
    let values = [
        text(&reply.id),
        text(&reply.city),
        text(&reply.criterion),
        text(&reply.words),
        text(&reply.evidence),
        int(reply.received_at.0),
    ];
    Ok(tx.exec(KEEP_REPLY, &values).await? == 1)
}

/// False when there is none, or it was answered already.
pub async fn withdraw(tx: &mut Tx, city: &str, criterion: &str) -> Result<bool> {
    Ok(tx.exec(WITHDRAW, &[text(city), text(criterion)]).await? == 1)
}

/// Answers a reply; false when somebody was quicker or it was withdrawn.
pub async fn answer(tx: &mut Tx, reply: &str, outcome: &Outcome, now: Instant) -> Result<bool> {
    let kind = if outcome.changed { "changed" } else { "kept" };
    let values = [text(reply), text(kind), text(&outcome.answer), text(&outcome.answered_by), int(now.0)];
    Ok(tx.exec(ANSWER, &values).await? == 1)
}

/// Takes the answer to a reply back, with the settlement that it brought; what was settled before holds again. False
/// when somebody was quicker.
pub async fn reopen(tx: &mut Tx, reply: &Reply, outcome: &Outcome, now: Instant) -> Result<bool> {
    let at = int(outcome.answered_at.0);
    if tx.exec(REOPEN, &[text(&reply.id), at.clone()]).await? != 1 {
        return Ok(false);
    }
    let of = || [text(&reply.city), text(&reply.criterion), at.clone()];
    if outcome.changed && tx.exec(UNSETTLE, &[of().as_slice(), &[int(now.0)]].concat()).await? == 1 {
        tx.exec(RESTORE, &of()).await?;
    }
    Ok(true)
}

pub async fn probe(store: &Store, id: &str) -> Result<Option<Probe>> {
    store.one(PROBE, &[text(id)]).await?.as_ref().map(read_probe).transpose()
}

pub async fn probes(store: &Store, city: &str) -> Result<Vec<Probe>> {
    store.all(PROBES_OF_CITY, &[text(city)]).await?.iter().map(read_probe).collect()
}

pub async fn probes_of_round(store: &Store, round: &str) -> Result<Vec<Probe>> {
    store.all(PROBES_OF_ROUND, &[text(round)]).await?.iter().map(read_probe).collect()
}

/// Questions of all rounds that are not closed and nobody has answered.
pub async fn waiting(store: &Store) -> Result<Vec<Probe>> {
    store.all(WAITING, &[]).await?.iter().map(read_probe).collect()
}

/// A question was sent.
///
/// # Errors
/// `Conflict` when one with the same mark is noted already.
pub async fn note_probe(tx: &mut Tx, probe: &Probe) -> Result<()> {
    let values = [
        text(&probe.id),
        text(&probe.city),
        text(&probe.criterion),
        text(probe.way.word()),
        text(&probe.subject),
        text(&probe.mark),
        text(&probe.sent_by),
        int(probe.sent_at.0),
    ];
    tx.exec(NOTE_PROBE, &values).await.map(drop)
}

/// Keeps what came for a question; false when it was answered or corrected meanwhile.
pub async fn found(tx: &mut Tx, probe: &Probe) -> Result<bool> {
    let values = [text(&probe.id), moment(probe.acknowledged_at), moment(probe.answered_at), moment(probe.returned_at)];
    Ok(tx.exec(FOUND, &values).await? == 1)
}

/// Sets the times by hand.
pub async fn correct(tx: &mut Tx, probe: &Probe, reason: &str) -> Result<()> {
    let values =
        [text(&probe.id), int(probe.sent_at.0), moment(probe.acknowledged_at), moment(probe.answered_at), text(reason)];
    tx.exec(CORRECT, &values).await.map(drop)
}

fn moment(at: Option<Instant>) -> Value {
    Value::from(at.map(|at| at.0))
}

fn invitation(row: &Row) -> Result<Invitation> {
    Ok(Invitation {
        city: row.text("city")?,
        by_letter: row.text("way")? == "letter",
        invited_at: Instant(row.int("invited_at")?),
        opened_at: row.int_opt("opened_at")?.map(Instant),
    })
}

fn read_reply(row: &Row) -> Result<Reply> {
    let outcome = match row.text_opt("outcome")? {
        None => None,
        Some(kind) => Some(Outcome {
            changed: kind == "changed",
            answer: row.text_opt("answer")?.unwrap_or_default(),
            answered_by: row.text_opt("answered_by")?.unwrap_or_default(),
            answered_at: Instant(row.int_opt("answered_at")?.unwrap_or_default()),
        }),
    };
    Ok(Reply {
        id: row.text("id")?,
        city: row.text("city")?,
        criterion: row.text("criterion")?,
        words: row.text("words")?,
        evidence: row.text("evidence")?,
        received_at: Instant(row.int("received_at")?),
        outcome,
    })
}

fn read_probe(row: &Row) -> Result<Probe> {
    let at = |column| Ok::<_, Error>(row.int_opt(column)?.map(Instant));
    Ok(Probe {
        id: row.text("id")?,
        city: row.text("city")?,
        criterion: row.text("criterion")?,
        way: known("way", &row.text("way")?, Way::parse)?,
        subject: row.text("subject")?,
        mark: row.text("mark")?,
        sent_by: row.text("sent_by")?,
        sent_at: Instant(row.int("sent_at")?),
        acknowledged_at: at("acknowledged_at")?,
        answered_at: at("answered_at")?,
        returned_at: at("returned_at")?,
        correction: row.text_opt("correction")?,
    })
}
