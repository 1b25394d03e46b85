//! The inbox on the site: letters as their reader sees them, and what goes with an account.

use kernel_base::{Instant, Result};
use kernel_language::Lang;
use kernel_store::{Row, Store, Tx, int, text};

use crate::{Channel, Letters};

pub(crate) const LIST: &str = "SELECT id, at, content, read_at FROM letters_letter
    WHERE account = $1 AND inbox = TRUE AND content IS NOT NULL AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const ONE: &str = "SELECT id, at, content, read_at FROM letters_letter
    WHERE account = $1 AND inbox = TRUE AND content IS NOT NULL AND id = $2";
pub(crate) const UNREAD: &str = "SELECT COUNT(*) AS n FROM letters_letter
    WHERE account = $1 AND inbox = TRUE AND content IS NOT NULL AND read_at IS NULL";
pub(crate) const READ: &str =
    "UPDATE letters_letter SET read_at = $3 WHERE account = $1 AND id = $2 AND read_at IS NULL";
pub(crate) const THROW_AWAY: &str =
    "UPDATE letters_letter SET content = NULL, inbox = FALSE WHERE account = $1 AND id = $2";
pub(crate) const ERASE_LETTERS: &str =
    "UPDATE letters_letter SET content = NULL, inbox = FALSE, account = NULL, reference = '' WHERE account = $1";
pub(crate) const ERASE_ADDRESSES: &str = "UPDATE letters_delivery SET address = NULL, address_hash = ''
    WHERE letter IN (SELECT id FROM letters_letter WHERE account = $1)";
pub(crate) const ERASE_PREFERENCE: &str = "DELETE FROM letters_preference WHERE account = $1";
pub(crate) const ERASE_SUBSCRIPTIONS: &str = "DELETE FROM letters_subscription WHERE account = $1";

/// A letter in the inbox, in the reader's language of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxLetter {
    pub id: String,
    pub at: Instant,
    pub subject: String,
    pub body: String,
    pub read_at: Option<Instant>,
}

impl Letters {
    /// The newest letters, at most `most`, older than `before` (a letter's id) when given. `name` is the reader's own.
    pub async fn inbox(
        &self,
        store: &Store,
        account: &str,
        (language, name): (Lang, &str),
        before: Option<&str>,
        most: i64,
    ) -> Result<Vec<InboxLetter>> {
        // Behind every id: all begin with `le_`.
        let before = before.unwrap_or("lf");
        let rows = store.all(LIST, &[text(account), text(before), int(most)]).await?;
        rows.iter().map(|row| self.shown(row, language, name)).collect()
    }

    /// One letter of this account's inbox.
    pub async fn inbox_letter(
        &self,
        store: &Store,
        account: &str,
        (language, name): (Lang, &str),
        id: &str,
    ) -> Result<Option<InboxLetter>> {
        let row = store.one(ONE, &[text(account), text(id)]).await?;
        row.map(|row| self.shown(&row, language, name)).transpose()
    }

    fn shown(&self, row: &Row, language: Lang, name: &str) -> Result<InboxLetter> {
        let sealed = self.open(&row.text("content")?)?;
        let written = self.pen(language, name).write(&sealed.content, Channel::Inbox);
        Ok(InboxLetter {
            id: row.text("id")?,
            at: Instant(row.int("at")?),
            subject: written.subject,
            body: written.body,
            read_at: row.int_opt("read_at")?.map(Instant),
        })
    }
}

/// How many letters of the inbox were not opened yet.
pub async fn unread(store: &Store, account: &str) -> Result<i64> {
    Ok(match store.one(UNREAD, &[text(account)]).await? {
        Some(row) => row.int("n")?,
        None => 0,
    })
}

/// The reader opened it; only the first time counts.
pub async fn read(tx: &mut Tx, account: &str, id: &str, now: Instant) -> Result<()> {
    tx.exec(READ, &[text(account), text(id), int(now.0)]).await.map(drop)
}

/// The reader wants it no more; false when it was not there.
pub async fn throw_away(tx: &mut Tx, account: &str, id: &str) -> Result<bool> {
    Ok(tx.exec(THROW_AWAY, &[text(account), text(id)]).await? > 0)
}

/// The account goes: its letters, addresses, choices and browsers with it. That letters were sent stays as numbers.
pub async fn erase(tx: &mut Tx, account: &str) -> Result<()> {
    for sql in [ERASE_ADDRESSES, ERASE_LETTERS, ERASE_PREFERENCE, ERASE_SUBSCRIPTIONS] {
        tx.exec(sql, &[text(account)]).await?;
    }
    Ok(())
}
