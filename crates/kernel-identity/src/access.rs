//! Staff look at somebody's record only with a reason, for a short time, and the person sees it.

use kernel_base::{Clock, Id, Instant, Random, Result};
use kernel_store::{Store, Tx, int, text};
use serde_json::json;

use crate::{Role, Who};

const INSERT: &str = "INSERT INTO identity_access (id, account, viewer, role, department, what, reason, at, ends_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const MAY: &str = "SELECT COUNT(*) AS n FROM identity_access WHERE viewer = $1 AND account = $2 AND ends_at > $3";
const OF_ACCOUNT: &str = "SELECT x.at, x.what, x.reason, x.role, a.name, d.name_en, d.name_ko
    FROM identity_access x JOIN identity_account a ON a.id = x.viewer
    LEFT JOIN identity_department d ON d.id = x.department WHERE x.account = $1 ORDER BY x.at DESC, x.id DESC";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, MAY, OF_ACCOUNT];

/// How long a reason holds.
pub const SECONDS: i64 = 30 * 60;

/// Why somebody of the staff did something about a person: 5 to 500 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub fn parse(text: &str) -> Option<Reason> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (5..=500).contains(&text.chars().count()).then_some(Reason(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A look at a record, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub at: Instant,
    /// Past tense, the act's own word: `record.opened`.
    pub what: String,
    pub reason: String,
    /// Name of who looked; empty when that account is gone.
    pub name: String,
    /// What they were to the city at that moment.
    pub role: String,
    /// Name of their department in English and Korean.
    pub department: Option<(String, String)>,
}

/// Notes why somebody of the staff looks at a record, and lets them see it for a while. `what` is what they open:
/// `record` for all of it.
pub async fn open_record(
    tx: &mut Tx,
    viewer: &Who,
    account: &str,
    what: &str,
    reason: &Reason,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<()> {
    let id = Id::new("ax", clock, random);
    let now = clock.now();
    let office = viewer.grants.iter().max_by_key(|grant| grant.role);
    let values = [
        text(id.as_str()),
        text(account),
        text(&viewer.account),
        text(office.map_or(Role::Resident, |grant| grant.role).word()),
        office.and_then(|grant| grant.department.clone()).into(),
        text(what),
        text(reason.as_str()),
        int(now.0),
        int(now.plus_seconds(SECONDS).0),
    ];
    tx.exec(INSERT, &values).await?;
    // The reason may name people, and the trail is never changed: it holds the identifier only.
    viewer.did(tx, "record.opened", account, json!({ "what": what, "access": id.as_str() }), (clock, random)).await
}

/// Whether this viewer gave a reason for this record that still holds. One's own record needs none.
pub async fn may_see(store: &Store, viewer: &str, account: &str, now: Instant) -> Result<bool> {
    if viewer == account {
        return Ok(true);
    }
    let row = store.one(MAY, &[text(viewer), text(account), int(now.0)]).await?;
    Ok(row.map(|row| row.int("n")).transpose()?.unwrap_or_default() > 0)
}

/// Every look at this account's record, newest first.
pub async fn accesses_of(store: &Store, account: &str) -> Result<Vec<Access>> {
    let rows = store.all(OF_ACCOUNT, &[text(account)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Access {
                at: Instant(row.int("at")?),
                what: row.text("what")?,
                reason: row.text("reason")?,
                name: row.text("name")?,
                role: row.text("role")?,
                department: row.text_opt("name_en")?.zip(row.text_opt("name_ko")?),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        assert_eq!(Reason::parse("  a call  about\n rent ").map(|r| r.0).as_deref(), Some("a call about rent"));
        for wrong in ["", "    ", "ok", &"x".repeat(501)] {
            assert_eq!(Reason::parse(wrong), None, "{wrong:?}");
        }
    }
}
