//! What became of letters: numbers for the office, and single letters for whoever sent them.

use kernel_base::{Instant, Result};
use kernel_store::{Row, Store, int, text};

use crate::{Channel, Content, Letters, State};

pub(crate) const COUNTS: &str = "SELECT channel, state, COUNT(*) AS n FROM letters_delivery WHERE at >= $1
    GROUP BY channel, state ORDER BY channel, state";
pub(crate) const OLDEST: &str =
    "SELECT at FROM letters_delivery WHERE state IN ('waiting', 'sending') ORDER BY at LIMIT 1";
pub(crate) const FAILURES: &str = "SELECT id, at, channel, state, reason, tries FROM letters_delivery
    WHERE state IN ('permanent-failure', 'temporary-failure', 'technical-failure') AND at >= $1
    ORDER BY at DESC LIMIT $2";
pub(crate) const SENT: &str = "SELECT l.id, l.at, l.reference, l.template, l.version, l.content, d.channel, d.state,
        d.address, d.sent_at, d.finished_at
    FROM letters_letter l JOIN letters_delivery d ON d.letter = l.id WHERE l.service = $1 AND l.id = $2";
pub(crate) const LIST: &str = "SELECT l.id, l.at, l.reference, l.template, l.version, l.content, d.channel, d.state,
        d.address, d.sent_at, d.finished_at
    FROM letters_letter l JOIN letters_delivery d ON d.letter = l.id
    WHERE l.service = $1 AND ($2 = '' OR $2 LIKE '%,' || d.state || ',%') AND ($3 = '' OR d.channel = $3)
        AND ($4 = '' OR l.reference = $4) AND l.id < $5
    ORDER BY l.id DESC LIMIT $6";

/// How many deliveries of a channel are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub channel: Channel,
    pub state: State,
    pub n: i64,
}

/// A delivery that failed: neither address nor words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub id: String,
    pub at: Instant,
    pub channel: Channel,
    pub state: State,
    pub reason: String,
    pub tries: i64,
}

pub async fn counts(store: &Store, since: Instant) -> Result<Vec<Count>> {
    let count = |row: &Row| {
        let (channel, state) = (Channel::read(&row.text("channel")?)?, State::read(&row.text("state")?)?);
        Ok(Count { channel, state, n: row.int("n")? })
    };
    store.all(COUNTS, &[int(since.0)]).await?.iter().map(count).collect()
}

/// Since when the oldest letter waits that has not left yet.
pub async fn oldest_waiting(store: &Store) -> Result<Option<Instant>> {
    store.one(OLDEST, &[]).await?.map(|row| row.int("at").map(Instant)).transpose()
}

pub async fn failures(store: &Store, since: Instant, most: i64) -> Result<Vec<Failure>> {
    let failure = |row: &Row| {
        Ok(Failure {
            id: row.text("id")?,
            at: Instant(row.int("at")?),
            channel: Channel::read(&row.text("channel")?)?,
            state: State::read(&row.text("state")?)?,
            reason: row.text("reason")?,
            tries: row.int("tries")?,
        })
    };
    store.all(FAILURES, &[int(since.0), int(most)]).await?.iter().map(failure).collect()
}

/// A letter of a service, as the service may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub id: String,
    pub at: Instant,
    pub reference: String,
    pub template: String,
    pub version: i64,
    pub channel: Channel,
    pub state: State,
    /// Words and address; none when forgotten.
    pub content: Option<Content>,
    pub address: Option<String>,
    pub sent_at: Option<Instant>,
    pub finished_at: Option<Instant>,
}

/// Which of a service's letters are asked for; empty fields ask for all.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    pub states: &'a [State],
    pub channel: Option<Channel>,
    pub reference: &'a str,
    /// Older than this letter.
    pub before: &'a str,
    pub most: i64,
}

impl Letters {
    pub async fn sent(&self, store: &Store, service: &str, id: &str) -> Result<Option<Sent>> {
        store.one(SENT, &[text(service), text(id)]).await?.map(|row| self.seen(&row)).transpose()
    }

    /// Newest first.
    pub async fn list_sent(&self, store: &Store, service: &str, wanted: Wanted<'_>) -> Result<Vec<Sent>> {
        let states: String = wanted.states.iter().map(|state| format!("{},", state.name())).collect();
        let values = [
            text(service),
            text(if states.is_empty() { states } else { format!(",{states}") }),
            text(wanted.channel.map(Channel::name).unwrap_or_default()),
            text(wanted.reference),
            // Behind every id: all begin with `le_`.
            text(if wanted.before.is_empty() { "lf" } else { wanted.before }),
            int(wanted.most),
        ];
        store.all(LIST, &values).await?.iter().map(|row| self.seen(row)).collect()
    }

    fn seen(&self, row: &Row) -> Result<Sent> {
        let content = row.text_opt("content")?.map(|content| self.open(&content)).transpose()?;
        Ok(Sent {
            id: row.text("id")?,
            at: Instant(row.int("at")?),
            reference: row.text("reference")?,
            template: row.text("template")?,
            version: row.int("version")?,
            channel: Channel::read(&row.text("channel")?)?,
            state: State::read(&row.text("state")?)?,
            content: content.map(|sealed| sealed.content),
            address: row.text_opt("address")?.map(|address| self.open_address(&address)).transpose()?,
            sent_at: row.int_opt("sent_at")?.map(Instant),
            finished_at: row.int_opt("finished_at")?.map(Instant),
        })
    }
}
