//! Somebody acts for somebody else: with consent, until a day, seen by both, ended by either at any time.

use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, int, text};
use serde_json::json;

use crate::{Email, Name, Who, account};

const INSERT: &str = "INSERT INTO identity_delegation
    (id, kind, state, principal, agent, asked_by, asked_key, asked_sealed, note, asked_at, answered_at, ends_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const FIND: &str =
    "SELECT d.id, d.kind, d.state, d.principal, d.agent, d.asked_by, d.asked_key, d.asked_sealed, d.note,
    d.asked_at, d.answered_at, d.ends_at, d.ended_at, p.name AS principal_name, a.name AS agent_name
    FROM identity_delegation d LEFT JOIN identity_account p ON p.id = d.principal
    LEFT JOIN identity_account a ON a.id = d.agent WHERE d.id = $1";
const OF_ACCOUNT: &str = "SELECT d.id, d.kind, d.state, d.principal, d.agent, d.asked_by, d.asked_key, d.asked_sealed,
    d.note, d.asked_at, d.answered_at, d.ends_at, d.ended_at, p.name AS principal_name, a.name AS agent_name
    FROM identity_delegation d LEFT JOIN identity_account p ON p.id = d.principal
    LEFT JOIN identity_account a ON a.id = d.agent
    WHERE d.principal = $1 OR d.agent = $1 OR (d.state = 'asked' AND d.asked_key = $2) ORDER BY d.id DESC";
const OPEN_OF: &str =
    "SELECT COUNT(*) AS n FROM identity_delegation WHERE asked_by = $1 AND state = 'asked' AND asked_at > $2";
const AGREE: &str = "UPDATE identity_delegation SET state = 'active', answered_at = $2,
    principal = COALESCE(principal, $3), agent = COALESCE(agent, $3), asked_sealed = ''
    WHERE id = $1 AND state = 'asked' AND ends_at > $2";
const REFUSE: &str =
    "UPDATE identity_delegation SET state = 'refused', answered_at = $2, asked_sealed = '', asked_key = ''
    WHERE id = $1 AND state = 'asked'";
const END: &str = "UPDATE identity_delegation SET state = 'ended', ended_by = $2, ended_at = $3, asked_sealed = '',
    asked_key = '' WHERE id = $1 AND state IN ('asked', 'active')";
const FIRST: &str = "SELECT d.agent FROM identity_delegation d JOIN identity_account a ON a.id = d.agent
    WHERE d.principal = $1 AND d.kind = 'company' AND d.state = 'active' AND d.ends_at > $2 AND a.state = 'active'
    ORDER BY d.answered_at, d.id LIMIT 1";
const LEAVE: &str = "UPDATE identity_session SET acting = NULL WHERE acting = $1";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, FIND, OF_ACCOUNT, OPEN_OF, AGREE, REFUSE, END, FIRST, LEAVE];

/// Days in which a request can be answered.
pub const ANSWER_DAYS: i64 = 14;
/// The longest time for which somebody may act.
pub const MOST_DAYS: i64 = 3 * 365;
/// Requests of one person that wait for an answer at the same time.
pub const OPEN: i64 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For a person who wants or needs somebody to care for their matters.
    Guardian,
    /// For an organisation.
    Company,
    /// A clerk for somebody who is present.
    Helper,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Guardian => "guardian",
            Kind::Company => "company",
            Kind::Helper => "helper",
        }
    }

    fn read(word: &str) -> Result<Kind> {
        let found = [Kind::Guardian, Kind::Company, Kind::Helper].into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| Error::Fault(format!("no delegation is a {word}")))
    }
}

/// Which side somebody is on, or is asked to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Is acted for.
    Principal,
    /// Acts.
    Agent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    pub id: String,
    pub kind: Kind,
    /// `asked`, `active`, `refused` or `ended`.
    pub state: String,
    /// None until who was asked has agreed.
    pub principal: Option<String>,
    pub agent: Option<String>,
    pub principal_name: String,
    pub agent_name: String,
    pub asked_by: String,
    pub note: String,
    pub asked_at: Instant,
    pub answered_at: Option<Instant>,
    pub ends_at: Instant,
    pub ended_at: Option<Instant>,
    asked_key: String,
    asked_sealed: String,
}

impl Delegation {
    pub fn is_active(&self, now: Instant) -> bool {
        self.state == "active" && self.ends_at > now
    }

    /// Waits for an answer, and there is still time.
    pub fn is_open(&self, now: Instant) -> bool {
        self.state == "asked" && self.asked_at.plus_days(ANSWER_DAYS) > now && self.ends_at > now
    }

    /// The side that this account is on, or was asked to be on.
    pub fn side_of(&self, account: &str) -> Side {
        match (self.principal.as_deref(), self.agent.as_deref()) {
            (Some(principal), _) if principal == account => Side::Principal,
            (_, Some(agent)) if agent == account => Side::Agent,
            (None, _) => Side::Principal,
            _ => Side::Agent,
        }
    }

    /// Whom the asker wrote to; empty as soon as it was answered.
    pub fn asked_address(&self, secrets: &Secrets) -> Result<String> {
        match self.asked_sealed.as_str() {
            "" => Ok(String::new()),
            sealed => String::from_utf8(secrets.open(ADDRESS, sealed)?).map_err(Error::fault),
        }
    }

    fn was_asked(&self, account: &str, key: &str) -> bool {
        self.asked_by != account && !key.is_empty() && self.asked_key == key
    }
}

const ADDRESS: &str = "delegation address";

/// A request to somebody, known here or not, by their mail address.
pub struct Ask<'a> {
    pub kind: Kind,
    /// The side that is known already: the asker, or the organisation that the asker acts for.
    pub side: Side,
    pub account: &'a str,
    pub asked_by: &'a str,
    pub address: &'a Email,
    pub note: &'a str,
    pub ends_at: Instant,
}

/// Asks. Whether the address leads to somebody changes nothing that the asker could see.
///
/// # Errors
/// `Refused` when too many requests of this person wait.
pub async fn ask(
    tx: &mut Tx,
    ask: Ask<'_>,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let now = clock.now();
    let waiting = tx.one(OPEN_OF, &[text(ask.asked_by), int(now.plus_days(-ANSWER_DAYS).0)]).await?;
    if waiting.map(|row| row.int("n")).transpose()?.unwrap_or_default() >= OPEN {
        return Err(Error::Refused(String::new()));
    }
    let (principal, agent) = match ask.side {
        Side::Principal => (Some(ask.account), None),
        Side::Agent => (None, Some(ask.account)),
    };
    let key = key_of(secrets, ask.address);
    let sealed = secrets.seal(ADDRESS, ask.address.as_str().as_bytes(), random)?;
    let row = New { kind: ask.kind, principal, agent, asked_by: ask.asked_by, note: ask.note, ends_at: ask.ends_at };
    insert(tx, row, "asked", (&key, &sealed), (clock, random)).await
}

pub(crate) struct New<'a> {
    pub kind: Kind,
    pub principal: Option<&'a str>,
    pub agent: Option<&'a str>,
    pub asked_by: &'a str,
    pub note: &'a str,
    pub ends_at: Instant,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    new: New<'_>,
    state: &str,
    (key, sealed): (&str, &str),
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let id = Id::new("de", clock, random);
    let now = clock.now();
    let values = [
        text(id.as_str()),
        text(new.kind.word()),
        text(state),
        new.principal.map(str::to_owned).into(),
        new.agent.map(str::to_owned).into(),
        text(new.asked_by),
        text(key),
        text(sealed),
        text(new.note),
        int(now.0),
        (state == "active").then_some(now.0).into(),
        int(new.ends_at.0),
    ];
    tx.exec(INSERT, &values).await?;
    Ok(id)
}

/// The keyed hash by which a request finds the account with this address.
pub fn key_of(secrets: &Secrets, address: &Email) -> String {
    secrets.hash(ADDRESS, address.as_str())
}

/// Everything in which this account is one of the two, newest first; `address` finds requests that wait for it.
pub async fn all_of(
    store: &Store,
    account: &str,
    address: Option<&Email>,
    secrets: &Secrets,
) -> Result<Vec<Delegation>> {
    let key = address.map(|address| key_of(secrets, address)).unwrap_or_default();
    let rows = store.all(OF_ACCOUNT, &[text(account), text(key)]).await?;
    rows.iter().map(read).collect()
}

/// Who was asked agrees; from now on the one acts for the other.
///
/// # Errors
/// `NotFound` unless this account was asked and there is still time.
pub async fn agree(
    tx: &mut Tx,
    who: &Who,
    address: &Email,
    id: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Delegation> {
    let found = asked(tx, who, address, id, secrets, made.0.now()).await?;
    tx.exec(AGREE, &[text(id), int(made.0.now().0), text(&who.account)]).await?;
    who.did(tx, "delegation.agreed", id, json!({ "kind": found.kind.word(), "with": found.asked_by }), made).await?;
    Ok(found)
}

/// Who was asked says no.
pub async fn refuse(
    tx: &mut Tx,
    who: &Who,
    address: &Email,
    id: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Delegation> {
    let found = asked(tx, who, address, id, secrets, made.0.now()).await?;
    tx.exec(REFUSE, &[text(id), int(made.0.now().0)]).await?;
    who.did(tx, "delegation.refused", id, json!({}), made).await?;
    Ok(found)
}

async fn asked(
    tx: &mut Tx,
    who: &Who,
    address: &Email,
    id: &str,
    secrets: &Secrets,
    now: Instant,
) -> Result<Delegation> {
    let found = find(tx, id).await?;
    let mine = found.is_open(now) && found.was_asked(&who.account, &key_of(secrets, address));
    // One does not act for oneself, whatever address was written.
    let other = found.principal.as_ref().or(found.agent.as_ref());
    if mine && other != Some(&who.account) { Ok(found) } else { Err(Error::NotFound) }
}

pub(crate) async fn find(tx: &mut Tx, id: &str) -> Result<Delegation> {
    read(&tx.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

/// Ends it, or takes a request back. Either side may; for an organisation its first representative may. Sessions that act
/// by it fall back at once.
///
/// # Errors
/// `NotFound` when it is not theirs or over.
pub async fn end(tx: &mut Tx, who: &Who, id: &str, made: (&dyn Clock, &dyn Random)) -> Result<Delegation> {
    let now = made.0.now();
    let found = find(tx, id).await?;
    let side = [&found.principal, &found.agent].into_iter().any(|side| side.as_deref() == Some(who.account.as_str()));
    let side = side || (found.state == "asked" && found.asked_by == who.account);
    let first = match &found.principal {
        Some(principal) => leads(tx, principal, &who.account, now).await?,
        None => false,
    };
    if !(side || first) || tx.exec(END, &[text(id), text(&who.account), int(now.0)]).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.exec(LEAVE, &[text(id)]).await?;
    who.did(tx, "delegation.ended", id, json!({ "kind": found.kind.word() }), made).await?;
    Ok(found)
}

/// The representative of an organisation who was there first, among those who still are: the one who founded it, and after
/// them the next. They decide who else represents it.
pub async fn first_of(store: &Store, organisation: &str, now: Instant) -> Result<Option<String>> {
    let row = store.one(FIRST, &[text(organisation), int(now.0)]).await?;
    Ok(row.map(|row| row.text_opt("agent")).transpose()?.flatten())
}

async fn leads(tx: &mut Tx, organisation: &str, agent: &str, now: Instant) -> Result<bool> {
    let row = tx.one(FIRST, &[text(organisation), int(now.0)]).await?;
    Ok(row.map(|row| row.text_opt("agent")).transpose()?.flatten().as_deref() == Some(agent))
}

/// Founds an organisation; the founder acts for it. Answers the organisation's account.
pub async fn found(
    tx: &mut Tx,
    who: &Who,
    name: &Name,
    ends_at: Instant,
    made: (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let organisation = account::insert(tx, "organisation", name, &who.language, made).await?;
    let new = New {
        kind: Kind::Company,
        principal: Some(organisation.as_str()),
        agent: Some(&who.account),
        asked_by: &who.account,
        note: "",
        ends_at,
    };
    insert(tx, new, "active", ("", ""), made).await?;
    who.did(tx, "organisation.founded", organisation.as_str(), json!({}), made).await?;
    Ok(organisation)
}

fn read(row: &Row) -> Result<Delegation> {
    Ok(Delegation {
        id: row.text("id")?,
        kind: Kind::read(&row.text("kind")?)?,
        state: row.text("state")?,
        principal: row.text_opt("principal")?,
        agent: row.text_opt("agent")?,
        principal_name: row.text_opt("principal_name")?.unwrap_or_default(),
        agent_name: row.text_opt("agent_name")?.unwrap_or_default(),
        asked_by: row.text("asked_by")?,
        note: row.text("note")?,
        asked_at: Instant(row.int("asked_at")?),
        answered_at: row.int_opt("answered_at")?.map(Instant),
        ends_at: Instant(row.int("ends_at")?),
        ended_at: row.int_opt("ended_at")?.map(Instant),
        asked_key: row.text("asked_key")?,
        asked_sealed: row.text("asked_sealed")?,
    })
}
