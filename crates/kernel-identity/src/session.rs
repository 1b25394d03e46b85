use std::sync::Arc;
use std::time::Duration;

use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, flag, int, text};
use moka::sync::Cache;

use crate::code::secret;
use crate::{Acting, Who, grants_of, token};

const INSERT: &str = "INSERT INTO identity_session
    (id, token_hash, account, made_at, proved_at, seen_at, ends_at, way, assurance, second_factor, device)
    VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8, $9)";
macro_rules! living_by {
    ($column:literal) => {
        concat!(
            "SELECT s.id, s.account, s.made_at, s.proved_at, s.seen_at, s.ends_at, s.way, s.assurance,
    s.second_factor, s.acting, a.name, a.language, a.verified_at, d.principal, d.kind AS delegation_kind,
    d.ends_at AS acting_until, p.name AS principal_name
    FROM identity_session s JOIN identity_account a ON a.id = s.account
    LEFT JOIN identity_delegation d ON d.id = s.acting AND d.agent = s.account AND d.state = 'active' AND d.ends_at > $2
    LEFT JOIN identity_account p ON p.id = d.principal AND p.state = 'active'
    WHERE s.",
            $column,
            " = $1 AND s.ends_at > $2 AND s.ended_at IS NULL AND a.state = 'active'"
        )
    };
}
const BY_HASH: &str = living_by!("token_hash");
const BY_ID: &str = living_by!("id");
const SEEN: &str = "UPDATE identity_session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
const PROVED: &str = "UPDATE identity_session SET proved_at = $2, second_factor = $3, way = $4, assurance = $5
    WHERE id = $1 AND ended_at IS NULL";
const RENEW: &str = "UPDATE identity_session SET token_hash = $2 WHERE id = $1 AND ended_at IS NULL";
const ACT: &str = "UPDATE identity_session SET acting = $2 WHERE id = $1 AND ended_at IS NULL";
const OF_ACCOUNT: &str = "SELECT id, made_at, seen_at, ends_at, way, second_factor, device FROM identity_session
    WHERE account = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY seen_at DESC, id";
const END: &str = "UPDATE identity_session SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL";
const END_ALL: &str = "UPDATE identity_session SET ended_at = $3 WHERE account = $1 AND id <> $2 AND ended_at IS NULL";
const END_BEYOND: &str =
    "UPDATE identity_session SET ended_at = $3 WHERE account = $1 AND ended_at IS NULL AND id NOT IN
    (SELECT id FROM identity_session WHERE account = $1 AND ended_at IS NULL AND ends_at > $3
     ORDER BY seen_at DESC, id DESC LIMIT $2)";
const PURGE: &str = "DELETE FROM identity_session WHERE ends_at <= $1 OR ended_at <= $1";

pub(crate) const STATEMENTS: &[&str] =
    &[INSERT, BY_HASH, BY_ID, SEEN, PROVED, RENEW, ACT, OF_ACCOUNT, END, END_ALL, END_BEYOND, PURGE];

/// How long who was recognised is believed without asking the database, when another node may have changed it.
const BELIEVED: Duration = Duration::from_secs(1);
/// `seen_at` is written at most this often.
const SEEN_EVERY_SECONDS: i64 = 300;

/// Seconds that a session lasts: without being used, and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    pub resident_idle: i64,
    pub resident_most: i64,
    pub staff_idle: i64,
    pub staff_most: i64,
}

impl Default for Lifetimes {
    /// Within NIST SP 800-63B-4 §2.2.3: an hour idle and a working day for staff, a day idle and 30 days for residents.
    fn default() -> Lifetimes {
        Lifetimes { resident_idle: 86_400, resident_most: 30 * 86_400, staff_idle: 3600, staff_most: 12 * 3600 }
    }
}

/// What a session is opened with.
pub struct NewSession<'a> {
    pub account: &'a str,
    pub way: &'a str,
    pub assurance: &'a str,
    pub second_factor: bool,
    /// Browser and system in a few words, so that its owner recognises it.
    pub device: &'a str,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub made_at: Instant,
    pub seen_at: Instant,
    pub ends_at: Instant,
    pub way: String,
    pub second_factor: bool,
    pub device: String,
}

struct Known {
    version: u64,
    who: Arc<Who>,
    /// Of a session; a token has none.
    seen_at: Option<Instant>,
    /// Not later than this, however often it is used.
    until: Instant,
}

/// Recognises sessions and tokens, with a short memory beside the database.
pub struct Sessions {
    secrets: Secrets,
    pub lifetimes: Lifetimes,
    known: Cache<String, Arc<Known>>,
}

impl Sessions {
    pub fn new(secrets: Secrets, lifetimes: Lifetimes) -> Sessions {
        let known = Cache::builder().max_capacity(100_000).time_to_live(BELIEVED).build();
        Sessions { secrets, lifetimes, known }
    }

    /// Who holds this cookie; `None` when it is no living session.
    pub async fn by_cookie(&self, store: &Store, clock: &dyn Clock, secret: &str) -> Result<Option<Arc<Who>>> {
        self.recognise(store, clock, "session", secret).await
    }

    /// Who holds this personal access token.
    pub async fn by_token(&self, store: &Store, clock: &dyn Clock, secret: &str) -> Result<Option<Arc<Who>>> {
        if !secret.starts_with(token::PREFIX) {
            return Ok(None);
        }
        self.recognise(store, clock, "token", secret).await
    }

    /// Who holds the session of this id, while it lives: for what was sealed for one session and comes back without its
    /// cookie. The id is no secret, so nobody is recognised by it alone. It does not count as a use.
    pub async fn by_id(&self, store: &Store, clock: &dyn Clock, id: &str) -> Result<Option<Arc<Who>>> {
        Ok(self.find_session(store, (BY_ID, id), clock.now()).await?.map(|known| known.who))
    }

    async fn recognise(
        &self,
        store: &Store,
        clock: &dyn Clock,
        purpose: &'static str,
        secret: &str,
    ) -> Result<Option<Arc<Who>>> {
        let hash = self.secrets.hash(purpose, secret);
        let (now, version) = (clock.now(), store.version());
        if let Some(known) = self.known.get(&hash)
            && known.version == version
            && known.until > now
        {
            return Ok(Some(known.who.clone()));
        }
        let found = match purpose {
            "session" => self.find_session(store, (BY_HASH, &hash), now).await?,
            _ => find_token(store, &hash, now).await?,
        };
        let Some(found) = found else { return Ok(None) };
        let known = Arc::new(Known { version, ..found });
        self.note_use(store, &known, now).await?;
        let who = known.who.clone();
        self.known.insert(hash, known);
        Ok(Some(who))
    }

    async fn find_session(
        &self,
        store: &Store,
        (sql, key): (&'static str, &str),
        now: Instant,
    ) -> Result<Option<Known>> {
        let Some(row) = store.one(sql, &[text(key), int(now.0)]).await? else { return Ok(None) };
        let seen_at = Instant(row.int("seen_at")?);
        let who = who_of(&row, store).await?;
        let lives = self.lifetimes;
        let (idle, most) = match who.is_staff() {
            true => (lives.staff_idle, lives.staff_most),
            false => (lives.resident_idle, lives.resident_most),
        };
        // A role given later shortens a session that was opened before.
        let whole = Instant(row.int("made_at")?).plus_seconds(most).min(Instant(row.int("ends_at")?));
        // Who acts for somebody else does so until the agreed moment.
        let acting = row.int_opt("acting_until")?.map_or(whole, Instant);
        let until = seen_at.plus_seconds(idle + SEEN_EVERY_SECONDS).min(whole);
        let believed = until.min(acting);
        let known = Known { version: 0, who: Arc::new(who), seen_at: Some(seen_at), until: believed };
        Ok((until > now).then_some(known))
    }

    /// No page shows it to others, so no ready page is thrown away for it.
    async fn note_use(&self, store: &Store, known: &Known, now: Instant) -> Result<()> {
        let (sql, last) = match known.seen_at {
            Some(seen_at) => (SEEN, seen_at),
            None => return Ok(()),
        };
        if last.plus_seconds(SEEN_EVERY_SECONDS) > now {
            return Ok(());
        }
        let mut tx = store.begin().await?;
        match tx.exec(sql, &[text(&known.who.session), int(now.0)]).await {
            Ok(_) => tx.commit_quietly().await,
            // Another request noted it at the same moment.
            Err(Error::Retry) => Ok(()),
            Err(other) => Err(other),
        }
    }
}

async fn who_of(row: &Row, store: &Store) -> Result<Who> {
    let account = row.text("account")?;
    let acting = match (row.text_opt("acting")?, row.text_opt("principal")?, row.text_opt("principal_name")?) {
        (Some(delegation), Some(principal), Some(name)) => {
            Some(Acting { delegation, principal, name, kind: row.text("delegation_kind")? })
        }
        _ => None,
    };
    Ok(Who {
        grants: grants_of(store, &account).await?,
        account,
        name: row.text("name")?,
        language: row.text("language")?,
        session: row.text("id")?,
        way: row.text("way")?,
        assurance: row.text("assurance")?,
        second_factor: row.flag("second_factor")?,
        proved_at: Instant(row.int("proved_at")?),
        verified: row.int_opt("verified_at")?.is_some(),
        acting,
        scopes: None,
    })
}

async fn find_token(store: &Store, hash: &str, now: Instant) -> Result<Option<Known>> {
    let Some(row) = store.one(token::BY_HASH, &[text(hash), int(now.0)]).await? else { return Ok(None) };
    let account = row.text("account")?;
    let id = row.text("id")?;
    let used = row.int_opt("used_at")?.map(Instant);
    if used.is_none_or(|used| used.plus_seconds(SEEN_EVERY_SECONDS) < now) {
        let mut tx = store.begin().await?;
        tx.exec(token::USED, &[text(&id), int(now.0)]).await?;
        tx.commit_quietly().await?;
    }
    let who = Who {
        grants: grants_of(store, &account).await?,
        account,
        name: row.text("name")?,
        language: row.text("language")?,
        session: id,
        way: "token".to_owned(),
        assurance: String::new(),
        // It was made in a session that had one where one is needed.
        second_factor: true,
        proved_at: Instant(row.int("made_at")?),
        verified: row.int_opt("verified_at")?.is_some(),
        acting: None,
        scopes: Some(token::scopes(&row.text("scopes")?)),
    };
    Ok(Some(Known { version: 0, who: Arc::new(who), seen_at: None, until: now.plus_seconds(60) }))
}

/// Opens a session; answers its id and the secret for the cookie (256 random bits, kept as a keyed hash only).
pub async fn open(
    tx: &mut Tx,
    new: NewSession<'_>,
    lifetimes: Lifetimes,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<(Id, String)> {
    let id = Id::new("se", clock, random);
    let secret = secret(random);
    let now = clock.now();
    let values = [
        text(id.as_str()),
        text(secrets.hash("session", &secret)),
        text(new.account),
        int(now.0),
        int(now.plus_seconds(lifetimes.resident_most).0),
        text(new.way),
        text(new.assurance),
        flag(new.second_factor),
        text(new.device.chars().take(120).collect::<String>()),
    ];
    tx.exec(INSERT, &values).await?;
    Ok((id, secret))
}

/// Who they are was proved again: the session gets a new secret, so that an old one that leaked is worth nothing.
pub async fn prove(
    tx: &mut Tx,
    who: &Who,
    (way, assurance): (&str, &str),
    second_factor: bool,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<String> {
    let values = [text(&who.session), int(clock.now().0), flag(second_factor), text(way), text(assurance)];
    tx.exec(PROVED, &values).await?;
    renew(tx, &who.session, secrets, random).await
}

/// The session gets a new secret; the old one opens nothing any more.
pub async fn renew(tx: &mut Tx, session: &str, secrets: &Secrets, random: &dyn Random) -> Result<String> {
    let secret = secret(random);
    tx.exec(RENEW, &[text(session), text(secrets.hash("session", &secret))]).await?;
    Ok(secret)
}

/// The session acts for somebody else from now on, or for its owner again.
pub async fn act_for(tx: &mut Tx, session: &str, delegation: Option<&str>) -> Result<()> {
    tx.exec(ACT, &[text(session), delegation.map(str::to_owned).into()]).await.map(drop)
}

/// Living sessions, the last used first.
pub async fn all_of(store: &Store, account: &str, now: Instant) -> Result<Vec<Session>> {
    let rows = store.all(OF_ACCOUNT, &[text(account), int(now.0)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Session {
                id: row.text("id")?,
                made_at: Instant(row.int("made_at")?),
                seen_at: Instant(row.int("seen_at")?),
                ends_at: Instant(row.int("ends_at")?),
                way: row.text("way")?,
                second_factor: row.flag("second_factor")?,
                device: row.text("device")?,
            })
        })
        .collect()
}

/// Ends one session of an account; false when there was none.
pub async fn end(tx: &mut Tx, account: &str, session: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(END, &[text(session), text(account), int(now.0)]).await? > 0)
}

/// Ends all sessions of an account but one (`""` for none); answers how many.
pub async fn end_all(tx: &mut Tx, account: &str, but: &str, now: Instant) -> Result<u64> {
    tx.exec(END_ALL, &[text(account), text(but), int(now.0)]).await
}

/// Ends the sessions of an account that were not used longest, so that this many remain.
pub async fn end_beyond(tx: &mut Tx, account: &str, most: i64, now: Instant) -> Result<u64> {
    tx.exec(END_BEYOND, &[text(account), int(most), int(now.0)]).await
}

/// Forgets sessions that ended before this.
pub async fn purge(tx: &mut Tx, before: Instant) -> Result<u64> {
    tx.exec(PURGE, &[int(before.0)]).await
}
