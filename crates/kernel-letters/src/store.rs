//! All SQL of letters on their way. What people read and choose: `inbox.rs`, `preference.rs`; what comes back: `returned.rs`.

use kernel_base::{Instant, Result};
use kernel_language::{ENGLISH, Lang, Language};
use kernel_store::{Row, Store, Tx, Value, flag, int, text};

use crate::{Channel, State};

pub(crate) const INSERT_LETTER: &str = "INSERT INTO letters_letter
    (id, at, account, inbox, content, language, service, reference, template, version, dispatched, forget_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub(crate) const LETTER: &str = "SELECT id, account, content, language, dispatched FROM letters_letter WHERE id = $1";
pub(crate) const DISPATCHED: &str = "UPDATE letters_letter SET dispatched = TRUE WHERE id = $1 AND dispatched = FALSE";
pub(crate) const INSERT_DELIVERY: &str = "INSERT INTO letters_delivery
    (id, letter, at, channel, language, address, address_hash, state, reason, tries, next_at, taken_until, sent_at, finished_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, 0, $11, $12)";
pub(crate) const TAKE: &str = "UPDATE letters_delivery SET state = 'sending', taken_until = $3, tries = tries + 1
    WHERE id = $1 AND state IN ('waiting', 'sending') AND next_at <= $2 AND taken_until < $2
    RETURNING letter, at, channel, language, address, address_hash, tries";
pub(crate) const DELIVERY_STATE: &str = "SELECT state, next_at FROM letters_delivery WHERE id = $1";
pub(crate) const REST: &str =
    "UPDATE letters_delivery SET state = 'waiting', reason = $3, next_at = $4, taken_until = 0
    WHERE id = $1 AND taken_until = $2";
pub(crate) const SENT: &str = "UPDATE letters_delivery SET state = 'sent', reason = '', sent_at = $2, taken_until = 0
    WHERE id = $1 AND state IN ('waiting', 'sending')";
pub(crate) const FAILED: &str = "UPDATE letters_delivery SET state = $3, reason = $4, finished_at = $5, taken_until = 0
    WHERE id = $1 AND taken_until = $2";
pub(crate) const INSERT_PART: &str = "INSERT INTO letters_part (remote, delivery, delivered) VALUES ($1, $2, FALSE)
    ON CONFLICT (remote) DO UPDATE SET delivery = EXCLUDED.delivery, delivered = FALSE";
pub(crate) const FORGET_LETTERS: &str = "UPDATE letters_letter SET content = NULL
    WHERE forget_at <= $1 AND inbox = FALSE AND content IS NOT NULL";
pub(crate) const FORGET_ADDRESSES: &str = "UPDATE letters_delivery SET address = NULL
    WHERE address IS NOT NULL AND at <= $1 AND state NOT IN ('waiting', 'sending')";

/// A letter as it is kept.
pub(crate) struct NewLetter<'a> {
    pub id: &'a str,
    pub at: Instant,
    pub account: Option<String>,
    pub inbox: bool,
    pub content: String,
    pub language: Option<Lang>,
    pub service: &'a str,
    pub reference: &'a str,
    pub template: (&'a str, i64),
    pub dispatched: bool,
    pub forget_at: Instant,
}

pub(crate) async fn insert_letter(tx: &mut Tx, letter: NewLetter<'_>) -> Result<()> {
    let values = [
        text(letter.id),
        int(letter.at.0),
        Value::from(letter.account),
        flag(letter.inbox),
        text(letter.content),
        Value::from(letter.language.map(|language| language.code.to_owned())),
        text(letter.service),
        text(letter.reference),
        text(letter.template.0),
        int(letter.template.1),
        flag(letter.dispatched),
        int(letter.forget_at.0),
    ];
    tx.exec(INSERT_LETTER, &values).await.map(drop)
}

pub(crate) struct KeptLetter {
    pub account: Option<String>,
    /// Sealed; none when forgotten.
    pub content: Option<String>,
    pub language: Option<Lang>,
    pub dispatched: bool,
}

pub(crate) async fn letter(store: &Store, id: &str) -> Result<Option<KeptLetter>> {
    let Some(row) = store.one(LETTER, &[text(id)]).await? else { return Ok(None) };
    Ok(Some(KeptLetter {
        account: row.text_opt("account")?,
        content: row.text_opt("content")?,
        language: row.text_opt("language")?.as_deref().and_then(Language::find),
        dispatched: row.flag("dispatched")?,
    }))
}

/// False when somebody chose the ways already.
pub(crate) async fn dispatched(tx: &mut Tx, letter: &str) -> Result<bool> {
    Ok(tx.exec(DISPATCHED, &[text(letter)]).await? > 0)
}

/// A way before it is gone.
pub(crate) struct NewDelivery<'a> {
    pub id: &'a str,
    pub letter: &'a str,
    pub at: Instant,
    pub channel: Channel,
    pub language: Lang,
    /// Sealed.
    pub address: Option<String>,
    pub address_hash: String,
    pub state: State,
    pub reason: &'a str,
}

pub(crate) async fn insert_delivery(tx: &mut Tx, delivery: NewDelivery<'_>) -> Result<()> {
    let now = delivery.at.0;
    let left = matches!(delivery.state, State::Sent | State::Delivered).then_some(now);
    let finished = delivery.state.finished().then_some(now);
    let values = [
        text(delivery.id),
        text(delivery.letter),
        int(now),
        text(delivery.channel.name()),
        text(delivery.language.code),
        Value::from(delivery.address),
        text(delivery.address_hash),
        text(delivery.state.name()),
        text(delivery.reason),
        int(now),
        Value::from(left),
        Value::from(finished),
    ];
    tx.exec(INSERT_DELIVERY, &values).await.map(drop)
}

/// A delivery that is ours until its lease runs out.
pub(crate) struct Taken {
    pub letter: String,
    pub at: Instant,
    pub channel: Channel,
    pub language: Lang,
    pub address: Option<String>,
    pub address_hash: String,
    pub tries: i64,
}

pub(crate) async fn take(tx: &mut Tx, id: &str, now: Instant, until: Instant) -> Result<Option<Taken>> {
    tx.one(TAKE, &[text(id), int(now.0), int(until.0)]).await?.map(|row| taken(&row)).transpose()
}

fn taken(row: &Row) -> Result<Taken> {
    Ok(Taken {
        letter: row.text("letter")?,
        at: Instant(row.int("at")?),
        channel: Channel::read(&row.text("channel")?)?,
        language: Language::find(&row.text("language")?).unwrap_or(ENGLISH),
        address: row.text_opt("address")?,
        address_hash: row.text("address_hash")?,
        tries: row.int("tries")?,
    })
}

/// State of a delivery and when it is next due.
pub(crate) async fn state(store: &Store, id: &str) -> Result<Option<(State, Instant)>> {
    let Some(row) = store.one(DELIVERY_STATE, &[text(id)]).await? else { return Ok(None) };
    Ok(Some((State::read(&row.text("state")?)?, Instant(row.int("next_at")?))))
}

/// Not now: it waits again. False when the lease was lost meanwhile.
pub(crate) async fn rest(tx: &mut Tx, id: &str, lease: Instant, reason: &str, next: Instant) -> Result<bool> {
    Ok(tx.exec(REST, &[text(id), int(lease.0), text(reason), int(next.0)]).await? > 0)
}

/// It left the house, even if the lease was lost meanwhile.
pub(crate) async fn sent(tx: &mut Tx, id: &str, remotes: &[String], now: Instant) -> Result<()> {
    tx.exec(SENT, &[text(id), int(now.0)]).await?;
    for remote in remotes {
        tx.exec(INSERT_PART, &[text(remote), text(id)]).await?;
    }
    Ok(())
}

pub(crate) async fn failed(
    tx: &mut Tx,
    id: &str,
    lease: Instant,
    (state, reason): (State, &str),
    now: Instant,
) -> Result<bool> {
    let values = [text(id), int(lease.0), text(state.name()), text(reason), int(now.0)];
    Ok(tx.exec(FAILED, &values).await? > 0)
}

/// Words and addresses whose time is over go; answers how many letters lost their words.
pub(crate) async fn forget(tx: &mut Tx, now: Instant, addresses_before: Instant) -> Result<u64> {
    let letters = tx.exec(FORGET_LETTERS, &[int(now.0)]).await?;
    tx.exec(FORGET_ADDRESSES, &[int(addresses_before.0)]).await?;
    Ok(letters)
}
