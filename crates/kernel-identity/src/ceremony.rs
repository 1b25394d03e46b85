use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, Value, int, text};
use subtle::ConstantTimeEq;

const INSERT: &str = "INSERT INTO identity_ceremony (id, kind, account, secret_hash, state, tries, made_at, ends_at)
    VALUES ($1, $2, $3, $4, $5, 0, $6, $7)";
const FIND: &str = "SELECT id, kind, account, secret_hash, state, tries, made_at, ends_at FROM identity_ceremony
    WHERE id = $1 AND kind = $2 AND ends_at > $3";
const TRY: &str = "UPDATE identity_ceremony SET tries = tries + 1 WHERE id = $1";
const FINISH: &str = "DELETE FROM identity_ceremony WHERE id = $1";
const END_OF: &str = "DELETE FROM identity_ceremony WHERE kind = $1 AND account = $2";
const PURGE: &str = "DELETE FROM identity_ceremony WHERE ends_at <= $1";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, FIND, TRY, FINISH, END_OF, PURGE];

/// Wrong codes until a ceremony is over.
const TRIES: i64 = 5;

/// Something begun that is finished with a secret: a code in a letter, a link, a key's answer.
pub struct Ceremony {
    pub id: String,
    pub account: Option<String>,
    /// What was noted at the beginning, as JSON.
    pub state: String,
    pub made_at: Instant,
    secret_hash: String,
    tries: i64,
}

/// What a ceremony is begun with.
pub struct Begin<'a> {
    /// `register`, `recover`, `address`, `passkey`, …
    pub kind: &'a str,
    pub account: Option<&'a str>,
    /// The code or token that finishes it; only its keyed hash is kept.
    pub secret: &'a str,
    pub state: String,
    pub seconds: i64,
}

/// Notes the beginning; answers the ceremony's id, which goes into the page or the link.
pub async fn begin(
    tx: &mut Tx,
    begin: Begin<'_>,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let id = Id::new("ce", clock, random);
    let now = clock.now();
    let values = [
        text(id.as_str()),
        text(begin.kind),
        Value::from(begin.account.map(str::to_owned)),
        text(hash(secrets, begin.kind, begin.secret)),
        text(begin.state),
        int(now.0),
        int(now.plus_seconds(begin.seconds).0),
    ];
    tx.exec(INSERT, &values).await?;
    Ok(id)
}

/// A ceremony that is still open. Read inside the transaction that finishes it, so that it is finished once.
pub async fn find(tx: &mut Tx, kind: &str, id: &str, now: Instant) -> Result<Option<Ceremony>> {
    tx.one(FIND, &[text(id), text(kind), int(now.0)]).await?.map(|row| read(&row)).transpose()
}

/// The same for a page that only shows it.
pub async fn peek(store: &Store, kind: &str, id: &str, now: Instant) -> Result<Option<Ceremony>> {
    store.one(FIND, &[text(id), text(kind), int(now.0)]).await?.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Ceremony> {
    Ok(Ceremony {
        id: row.text("id")?,
        account: row.text_opt("account")?,
        state: row.text("state")?,
        made_at: Instant(row.int("made_at")?),
        secret_hash: row.text("secret_hash")?,
        tries: row.int("tries")?,
    })
}

impl Ceremony {
    /// Whether the secret is the right one. A wrong one is counted and the fifth ends it: commit either way.
    pub async fn proves(&self, tx: &mut Tx, kind: &str, secret: &str, secrets: &Secrets) -> Result<bool> {
        let given = hash(secrets, kind, secret);
        if self.tries < TRIES && bool::from(given.as_bytes().ct_eq(self.secret_hash.as_bytes())) {
            return Ok(true);
        }
        tx.exec(TRY, &[text(&self.id)]).await?;
        Ok(false)
    }

    /// No more tries are left.
    pub fn is_spent(&self) -> bool {
        self.tries >= TRIES
    }
}

/// Ends it, so that its secret works once only.
///
/// # Errors
/// `NotFound` when somebody else ended it meanwhile.
pub async fn finish(tx: &mut Tx, id: &str) -> Result<()> {
    match tx.exec(FINISH, &[text(id)]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// The state of an open ceremony, for a page that shows it; nothing is proved by it.
pub async fn state_of(store: &Store, kind: &str, id: &str, now: Instant) -> Result<Option<String>> {
    let row = store.one(FIND, &[text(id), text(kind), int(now.0)]).await?;
    row.map(|row| row.text("state")).transpose()
}

/// Ends all of a kind that an account has open: a new code makes the old ones worthless.
pub async fn end_of(tx: &mut Tx, kind: &str, account: &str) -> Result<u64> {
    tx.exec(END_OF, &[text(kind), text(account)]).await
}

/// Forgets what was never finished.
pub async fn purge(tx: &mut Tx, now: Instant) -> Result<u64> {
    tx.exec(PURGE, &[int(now.0)]).await
}

fn hash(secrets: &Secrets, kind: &str, secret: &str) -> String {
    secrets.hash(&format!("ceremony {kind}"), secret)
}
