//! Reading the audit trail: what was done to something, or by somebody.

use kernel_base::Result;
use kernel_store::{Store, int, text};

use crate::entry::Entry;

pub(crate) const OF_SUBJECT: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE subject = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const OF_SUBJECT_AND_ACT: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE subject = $1 AND act = $4 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const BY_OTHERS: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE subject = $1 AND who <> $4 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const BY: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE who = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const BY_ACT: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE who = $1 AND act = $4 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const ACT: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE act = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
pub(crate) const EVERYTHING: &str = "SELECT id, at, act, who, subject, detail FROM record_audit
    WHERE id < $1 ORDER BY id DESC LIMIT $2";

/// Which entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter<'a> {
    Everything,
    /// Done to this.
    Subject(&'a str),
    /// Done to this by one kind of act.
    SubjectAct {
        subject: &'a str,
        act: &'a str,
    },
    /// Done to this by anybody else than `except`: who looked at my record?
    ByOthers {
        subject: &'a str,
        except: &'a str,
    },
    /// Done by this account.
    Who(&'a str),
    /// One kind of act by this account.
    WhoAct {
        who: &'a str,
        act: &'a str,
    },
    /// One kind of act, whoever did it.
    Act(&'a str),
}

/// A part of the trail, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrailPage {
    pub entries: Vec<Entry>,
    /// Where the next page begins; none when there is none.
    pub next: Option<String>,
}

/// The newest entries, or those older than where the page before ended (its `next`).
pub async fn trail(store: &Store, filter: Filter<'_>, from: Option<&str>, size: u16) -> Result<TrailPage> {
    // After every identifier of an entry, which is `au_` and letters of base 32.
    let from = text(from.unwrap_or("au_~"));
    // One more than shown, to know whether there is more.
    let most = int(i64::from(size) + 1);
    let rows = match filter {
        Filter::Everything => store.all(EVERYTHING, &[from, most]).await?,
        Filter::Subject(subject) => store.all(OF_SUBJECT, &[text(subject), from, most]).await?,
        Filter::SubjectAct { subject, act } => {
            store.all(OF_SUBJECT_AND_ACT, &[text(subject), from, most, text(act)]).await?
        }
        Filter::ByOthers { subject, except } => {
            store.all(BY_OTHERS, &[text(subject), from, most, text(except)]).await?
        }
        Filter::WhoAct { who, act } => store.all(BY_ACT, &[text(who), from, most, text(act)]).await?,
        Filter::Act(act) => store.all(ACT, &[text(act), from, most]).await?,
        Filter::Who(who) => store.all(BY, &[text(who), from, most]).await?,
    };
    let mut entries = rows.iter().map(Entry::read).collect::<Result<Vec<_>>>()?;
    let more = entries.len() > usize::from(size);
    entries.truncate(usize::from(size));
    let next = entries.last().filter(|_| more).map(|entry| entry.id.clone());
    Ok(TrailPage { entries, next })
}
