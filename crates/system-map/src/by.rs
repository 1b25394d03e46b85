//! Who acts on layers.

use kernel_base::{Clock, Random, Result};
use kernel_identity::Who;
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use serde_json::Value as Json;

/// An account, or the machine's own command.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Account(&'a Who),
    Command,
}

impl By<'_> {
    pub fn account(&self) -> &str {
        match self {
            By::Account(who) => &who.account,
            By::Command => "command",
        }
    }

    /// Appends to the audit trail, in the act's transaction.
    pub async fn did(
        &self,
        tx: &mut Tx,
        act: &str,
        subject: &str,
        detail: Json,
        (clock, random): (&dyn Clock, &dyn Random),
    ) -> Result<()> {
        match self {
            By::Account(who) => who.did(tx, act, subject, detail, (clock, random)).await,
            By::Command => audit(tx, Audit { act, who: "command", subject, detail }, clock, random).await,
        }
    }
}
