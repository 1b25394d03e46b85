//! A session that acts for somebody else, and what was done so.

use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Store, Tx, int, text};
use serde_json::json;

use crate::delegation::{Kind, New, find, insert};
use crate::{Acting, Who, session};

const ACTED: &str = "SELECT x.at, x.act, x.subject, a.name FROM identity_acted x
    JOIN identity_account a ON a.id = x.agent WHERE x.principal = $1 ORDER BY x.at DESC, x.id DESC LIMIT $2";

pub(crate) const STATEMENTS: &[&str] = &[ACTED];

/// How long a clerk acts for somebody who stands at the counter.
pub const AT_COUNTER_SECONDS: i64 = 3600;

/// This session acts for the other from now on; answers the session's new secret.
///
/// # Errors
/// `NotFound` unless it is active and this person is who acts.
pub async fn begin(
    tx: &mut Tx,
    who: &Who,
    id: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<String> {
    let found = find(tx, id).await?;
    let (true, Some(agent), Some(principal)) = (found.is_active(made.0.now()), &found.agent, &found.principal) else {
        return Err(Error::NotFound);
    };
    if *agent != who.account {
        return Err(Error::NotFound);
    }
    session::act_for(tx, &who.session, Some(id)).await?;
    // In the other's name already, so that they see it.
    let acting = Acting {
        delegation: id.to_owned(),
        principal: principal.clone(),
        name: found.principal_name.clone(),
        kind: found.kind.word().to_owned(),
    };
    let who = Who { acting: Some(acting), ..who.clone() };
    who.did(tx, "acting.begun", principal, json!({}), made).await?;
    session::renew(tx, &who.session, secrets, made.1).await
}

/// This session is its owner's again; answers its new secret.
pub async fn stop(tx: &mut Tx, who: &Who, secrets: &Secrets, made: (&dyn Clock, &dyn Random)) -> Result<String> {
    session::act_for(tx, &who.session, None).await?;
    who.did(tx, "acting.stopped", who.subject(), json!({}), made).await?;
    session::renew(tx, &who.session, secrets, made.1).await
}

/// A clerk at the counter acts for somebody who is present, for an hour at most; both see it. `note` is what for.
/// Answers the delegation and the session's new secret.
pub async fn help(
    tx: &mut Tx,
    clerk: &Who,
    principal: &str,
    note: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<(Id, String)> {
    let new = New {
        kind: Kind::Helper,
        principal: Some(principal),
        agent: Some(&clerk.account),
        asked_by: &clerk.account,
        note,
        ends_at: made.0.now().plus_seconds(AT_COUNTER_SECONDS),
    };
    let id = insert(tx, new, "active", ("", ""), made).await?;
    let secret = begin(tx, clerk, id.as_str(), secrets, made).await?;
    Ok((id, secret))
}

/// Something that was done in an account's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acted {
    pub at: Instant,
    /// The act's own word.
    pub act: String,
    pub subject: String,
    /// Name of who did it; empty when that account is gone.
    pub agent_name: String,
}

/// What others did in this account's name, newest first.
pub async fn acted_for(store: &Store, account: &str, most: i64) -> Result<Vec<Acted>> {
    let rows = store.all(ACTED, &[text(account), int(most)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Acted {
                at: Instant(row.int("at")?),
                act: row.text("act")?,
                subject: row.text("subject")?,
                agent_name: row.text("name")?,
            })
        })
        .collect()
}
