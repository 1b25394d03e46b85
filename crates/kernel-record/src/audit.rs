use kernel_base::{Clock, Id, Random, Result};
use kernel_store::{Tx, int, text};

use crate::lease::nth;

pub(crate) const INSERT: &str =
    "INSERT INTO record_audit (id, at, act, who, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)";
pub(crate) const UNSEALED: &str = "INSERT INTO record_unsealed (entry, nth) VALUES ($1, $2)";

/// An entry of the audit trail.
pub struct Audit<'a> {
    /// Past tense, the act's own word: `scorecard.kept`.
    pub act: &'a str,
    /// An account's id, or `visitor`.
    pub who: &'a str,
    /// Identifier of what it was done to.
    pub subject: &'a str,
    /// What else is needed to understand it; no personal data beyond need.
    pub detail: serde_json::Value,
}

/// Appends to the audit trail within the act's transaction. The chain is not touched here, since then all acts would
/// wait for each other: `seal` ties committed entries to it a moment later.
pub async fn audit(tx: &mut Tx, entry: Audit<'_>, clock: &dyn Clock, random: &dyn Random) -> Result<()> {
    let id = Id::new("au", clock, random);
    let values = [
        text(id.as_str()),
        int(clock.now().0),
        text(entry.act),
        text(entry.who),
        text(entry.subject),
        text(entry.detail.to_string()),
    ];
    tx.exec(INSERT, &values).await?;
    tx.exec(UNSEALED, &[text(id.as_str()), int(nth())]).await.map(drop)
}
