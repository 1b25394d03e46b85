//! SQL of evaluators, assignments, codes and settlements.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, Value, flag, int, text};
use survey_instrument::Instrument;

use super::verdict::Answers;
use super::{Answer, Assignment, Code, Seat, Settlement};
use crate::round::store::known;

const ADD_EVALUATOR: &str = "INSERT INTO survey_evaluator (round, account, languages, added_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (round, account) DO UPDATE SET languages = excluded.languages";
const EVALUATORS: &str = "SELECT account, languages FROM survey_evaluator WHERE round = $1 ORDER BY added_at, account";
const REMOVE_EVALUATOR: &str = "DELETE FROM survey_evaluator WHERE round = $1 AND account = $2
    AND NOT EXISTS (SELECT 1 FROM survey_assignment WHERE round = $1 AND account = $2)";

const ASSIGN: &str = "INSERT INTO survey_assignment (id, round, city, account, seat, given_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const ASSIGNMENT: &str = "SELECT * FROM survey_assignment WHERE id = $1";
const OF_ROUND: &str = "SELECT * FROM survey_assignment WHERE round = $1 ORDER BY id";
const OF_CITY: &str = "SELECT * FROM survey_assignment WHERE city = $1 ORDER BY id";
const OF_ACCOUNT: &str = "SELECT * FROM survey_assignment WHERE account = $1 ORDER BY given_at, id";
const FORGET_JOTTINGS: &str = "DELETE FROM survey_jotting WHERE assignment = $1
    AND NOT EXISTS (SELECT 1 FROM survey_code WHERE assignment = $1)";
const UNASSIGN: &str = "DELETE FROM survey_assignment WHERE id = $1
    AND NOT EXISTS (SELECT 1 FROM survey_code WHERE assignment = $1)";
const FORGET_UNFINISHED_CODES: &str =
    "DELETE FROM survey_code WHERE assignment IN (SELECT a.id FROM survey_assignment a
    JOIN survey_round r ON r.id = a.round
    WHERE a.account = $1 AND a.done_at IS NULL AND r.stage IN ('preparing', 'coding'))";
const FORGET_ALL_JOTTINGS: &str = "DELETE FROM survey_jotting WHERE assignment IN
    (SELECT id FROM survey_assignment WHERE account = $1)";
const FORGET_UNFINISHED: &str = "DELETE FROM survey_assignment WHERE account = $1 AND done_at IS NULL
    AND round IN (SELECT id FROM survey_round WHERE stage IN ('preparing', 'coding'))";
const FORGET_NOTES: &str = "UPDATE survey_code SET note = '', flagged = $2 WHERE assignment IN
    (SELECT id FROM survey_assignment WHERE account = $1)";
const FORGET_NAME: &str = "UPDATE survey_assignment SET account = 'left ' || id WHERE account = $1";
const FORGET_EVALUATOR: &str = "DELETE FROM survey_evaluator WHERE account = $1";
const HAND_IN: &str = "UPDATE survey_assignment SET done_at = $2 WHERE id = $1 AND done_at IS NULL";
const TAKE_BACK: &str = "UPDATE survey_assignment SET done_at = NULL WHERE id = $1 AND done_at IS NOT NULL";

const CODE: &str = "SELECT * FROM survey_code WHERE assignment = $1 AND criterion = $2";
const CODES: &str = "SELECT * FROM survey_code WHERE assignment = $1 ORDER BY criterion";
const CODES_OF_CITY: &str = "SELECT c.*, a.seat FROM survey_code c JOIN survey_assignment a ON a.id = c.assignment
    WHERE a.city = $1 ORDER BY a.seat, c.criterion";
const CODES_OF_ROUND: &str = "SELECT c.*, a.seat, a.city FROM survey_code c JOIN survey_assignment a
    ON a.id = c.assignment WHERE a.round = $1 ORDER BY a.city, a.seat, c.criterion";
const INSERT_CODE: &str = "INSERT INTO survey_code (assignment, criterion, state, value, note, flagged, cited,
    blind_state, blind_value, machine_seen_at, version, coded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, $11)
    ON CONFLICT (assignment, criterion) DO NOTHING";
const CHANGE_CODE: &str = "UPDATE survey_code SET state = $3, value = $4, note = $5, flagged = $6, cited = $7,
    blind_state = $8, blind_value = $9, machine_seen_at = $10, coded_at = $11, version = $12
    WHERE assignment = $1 AND criterion = $2 AND version = $12 - 1";

const SETTLE: &str = "INSERT INTO survey_settlement (id, city, criterion, state, value, reason, settled_by, settled_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const REPLACE: &str = "UPDATE survey_settlement SET replaced_at = $3
    WHERE city = $1 AND criterion = $2 AND replaced_at IS NULL";
const SETTLED: &str = "SELECT * FROM survey_settlement WHERE city = $1 AND replaced_at IS NULL ORDER BY criterion, id";
const SETTLED_OF_ROUND: &str = "SELECT s.* FROM survey_settlement s JOIN survey_round_city c ON c.id = s.city
    WHERE c.round = $1 AND s.replaced_at IS NULL ORDER BY s.city, s.criterion, s.id";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    ADD_EVALUATOR,
    EVALUATORS,
    REMOVE_EVALUATOR,
    ASSIGN,
    ASSIGNMENT,
    OF_ROUND,
    OF_CITY,
    OF_ACCOUNT,
    FORGET_JOTTINGS,
    UNASSIGN,
    FORGET_UNFINISHED_CODES,
    FORGET_ALL_JOTTINGS,
    FORGET_UNFINISHED,
    FORGET_NOTES,
    FORGET_NAME,
    FORGET_EVALUATOR,
    HAND_IN,
    TAKE_BACK,
    CODE,
    CODES,
    CODES_OF_CITY,
    CODES_OF_ROUND,
    INSERT_CODE,
    CHANGE_CODE,
    SETTLE,
    REPLACE,
    SETTLED,
    SETTLED_OF_ROUND,
];

/// Somebody who reads for a round, and in which languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluator {
    pub account: String,
    /// BCP 47 tags.
    pub languages: Vec<String>,
}

pub async fn add_evaluator(tx: &mut Tx, round: &str, evaluator: &Evaluator, now: Instant) -> Result<()> {
    let values = [text(round), text(&evaluator.account), text(evaluator.languages.join(",")), int(now.0)];
    tx.exec(ADD_EVALUATOR, &values).await.map(drop)
}

pub async fn evaluators(store: &Store, round: &str) -> Result<Vec<Evaluator>> {
    let rows = store.all(EVALUATORS, &[text(round)]).await?;
    let read = |row: &Row| {
        let languages = row.text("languages")?;
        let languages = languages.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        Ok(Evaluator { account: row.text("account")?, languages })
    };
    rows.iter().map(read).collect()
}

/// False when the evaluator has a city already.
pub async fn remove_evaluator(tx: &mut Tx, round: &str, account: &str) -> Result<bool> {
    Ok(tx.exec(REMOVE_EVALUATOR, &[text(round), text(account)]).await? == 1)
}

pub async fn assign(tx: &mut Tx, given: &Assignment) -> Result<()> {
    let values = [
        text(&given.id),
        text(&given.round),
        text(&given.city),
        text(&given.account),
        text(given.seat.word()),
        int(given.given_at.0),
    ];
    tx.exec(ASSIGN, &values).await.map(drop)
}

pub async fn assignment(store: &Store, id: &str) -> Result<Option<Assignment>> {
    store.one(ASSIGNMENT, &[text(id)]).await?.as_ref().map(read_assignment).transpose()
}

pub async fn of_round(store: &Store, round: &str) -> Result<Vec<Assignment>> {
    store.all(OF_ROUND, &[text(round)]).await?.iter().map(read_assignment).collect()
}

pub async fn of_city(store: &Store, city: &str) -> Result<Vec<Assignment>> {
    store.all(OF_CITY, &[text(city)]).await?.iter().map(read_assignment).collect()
}

pub async fn of_account(store: &Store, account: &str) -> Result<Vec<Assignment>> {
    store.all(OF_ACCOUNT, &[text(account)]).await?.iter().map(read_assignment).collect()
}

/// Takes a city from an evaluator; false when something was coded already.
pub async fn unassign(tx: &mut Tx, id: &str) -> Result<bool> {
    tx.exec(FORGET_JOTTINGS, &[text(id)]).await?;
    Ok(tx.exec(UNASSIGN, &[text(id)]).await? == 1)
}

/// Somebody leaves: cities that were not handed in are given back without answers, what was handed in stays under its
/// seat alone, without notes. Does nothing a second time.
pub async fn forget(tx: &mut Tx, account: &str) -> Result<()> {
    let who = [text(account)];
    tx.exec(FORGET_ALL_JOTTINGS, &who).await?;
    tx.exec(FORGET_UNFINISHED_CODES, &who).await?;
    tx.exec(FORGET_UNFINISHED, &who).await?;
    tx.exec(FORGET_NOTES, &[text(account), flag(false)]).await?;
    tx.exec(FORGET_NAME, &who).await?;
    tx.exec(FORGET_EVALUATOR, &who).await.map(drop)
}

/// The evaluator is done; false when it was so already.
pub async fn hand_in(tx: &mut Tx, id: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(HAND_IN, &[text(id), int(now.0)]).await? == 1)
}

/// Opens a city that was handed in; false when it was not.
pub async fn take_back(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.exec(TAKE_BACK, &[text(id)]).await? == 1)
}

/// What an evaluator answered so far, by criterion.
pub async fn codes(store: &Store, instrument: &Instrument, assignment: &str) -> Result<BTreeMap<String, Code>> {
    let rows = store.all(CODES, &[text(assignment)]).await?;
    rows.iter().map(|row| read_code(row, instrument).map(|code| (code.criterion.clone(), code))).collect()
}

/// One answer, as the act that changes it sees it.
pub async fn code(tx: &mut Tx, instrument: &Instrument, assignment: &str, criterion: &str) -> Result<Option<Code>> {
    let found = tx.one(CODE, &[text(assignment), text(criterion)]).await?;
    found.as_ref().map(|row| read_code(row, instrument)).transpose()
}

/// All readers' answers about a city.
pub async fn answers(store: &Store, instrument: &Instrument, city: &str) -> Result<Answers> {
    let mut answers = Answers::new();
    for row in store.all(CODES_OF_CITY, &[text(city)]).await? {
        let code = read_code(&row, instrument)?;
        answers.entry(read_seat(&row)?).or_default().insert(code.criterion, code.answer);
    }
    Ok(answers)
}

/// All codes of a round: city, seat, code.
pub async fn codes_of_round(store: &Store, instrument: &Instrument, round: &str) -> Result<Vec<(String, Seat, Code)>> {
    let rows = store.all(CODES_OF_ROUND, &[text(round)]).await?;
    rows.iter().map(|row| Ok((row.text("city")?, read_seat(row)?, read_code(row, instrument)?))).collect()
}

/// Keeps an answer, the first one or a changed one. `code.version` is the one that it changes; it is kept as the next one.
/// False when there is an answer already, or it has changed meanwhile: nothing is kept then.
pub async fn keep_code(tx: &mut Tx, code: &Code, first: bool) -> Result<bool> {
    let values = [
        text(&code.assignment),
        text(&code.criterion),
        text(code.answer.state()),
        Value::from(code.answer.value()),
        text(&code.note),
        flag(code.flagged),
        text(serde_json::to_string(&code.cited).map_err(Error::fault)?),
        text(code.blind.state()),
        Value::from(code.blind.value()),
        Value::from(code.machine_seen_at.map(|at| at.0)),
        int(code.coded_at.0),
        int(code.version + 1),
    ];
    Ok(tx.exec(if first { INSERT_CODE } else { CHANGE_CODE }, &values).await? == 1)
}

/// Settles a criterion, in place of an earlier settlement.
pub async fn settle(tx: &mut Tx, settlement: &Settlement) -> Result<()> {
    let (city, criterion) = (text(&settlement.city), text(&settlement.criterion));
    tx.exec(REPLACE, &[city.clone(), criterion.clone(), int(settlement.settled_at.0)]).await?;
    let values = [
        text(&settlement.id),
        city,
        criterion,
        text(settlement.answer.state()),
        Value::from(settlement.answer.value()),
        text(&settlement.reason),
        text(&settlement.settled_by),
        int(settlement.settled_at.0),
    ];
    tx.exec(SETTLE, &values).await.map(drop)
}

/// What holds for a city.
pub async fn settled(store: &Store, instrument: &Instrument, city: &str) -> Result<Vec<Settlement>> {
    store.all(SETTLED, &[text(city)]).await?.iter().map(|row| read_settlement(row, instrument)).collect()
}

/// What holds for all cities of a round.
pub async fn settled_of_round(store: &Store, instrument: &Instrument, round: &str) -> Result<Vec<Settlement>> {
    store.all(SETTLED_OF_ROUND, &[text(round)]).await?.iter().map(|row| read_settlement(row, instrument)).collect()
}

fn read_seat(row: &Row) -> Result<Seat> {
    known("seat", &row.text("seat")?, Seat::parse)
}

fn read_assignment(row: &Row) -> Result<Assignment> {
    Ok(Assignment {
        id: row.text("id")?,
        round: row.text("round")?,
        city: row.text("city")?,
        account: row.text("account")?,
        seat: read_seat(row)?,
        given_at: Instant(row.int("given_at")?),
        done_at: row.int_opt("done_at")?.map(Instant),
    })
}

pub(crate) fn read_answer(instrument: &Instrument, criterion: &str, state: &str, value: Option<i64>) -> Result<Answer> {
    let criterion = instrument
        .criterion(criterion)
        .ok_or_else(|| Error::Fault(format!("criterion {criterion} is not in instrument {}", instrument.id)))?;
    Answer::new(criterion, state, value).map_err(|problem| Error::Fault(format!("a kept answer is wrong: {problem:?}")))
}

fn read_code(row: &Row, instrument: &Instrument) -> Result<Code> {
    let criterion = row.text("criterion")?;
    let answer = |state, value| read_answer(instrument, &criterion, &row.text(state)?, row.int_opt(value)?);
    Ok(Code {
        assignment: row.text("assignment")?,
        answer: answer("state", "value")?,
        note: row.text("note")?,
        flagged: row.flag("flagged")?,
        cited: serde_json::from_str(&row.text("cited")?).map_err(Error::fault)?,
        blind: answer("blind_state", "blind_value")?,
        machine_seen_at: row.int_opt("machine_seen_at")?.map(Instant),
        version: row.int("version")?,
        coded_at: Instant(row.int("coded_at")?),
        criterion,
    })
}

fn read_settlement(row: &Row, instrument: &Instrument) -> Result<Settlement> {
    let criterion = row.text("criterion")?;
    let answer = read_answer(instrument, &criterion, &row.text("state")?, row.int_opt("value")?)?;
    Ok(Settlement {
        id: row.text("id")?,
        city: row.text("city")?,
        criterion,
        answer,
        reason: row.text("reason")?,
        settled_by: row.text("settled_by")?,
        settled_at: Instant(row.int("settled_at")?),
    })
}
