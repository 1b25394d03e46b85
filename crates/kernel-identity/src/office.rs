//! Giving and taking roles. Nobody does it for themselves, and there is always an administrator.

use kernel_base::{Clock, Error, Instant, Random, Result};
use kernel_store::{Row, Store, Tx, int, text};
use serde_json::json;

use crate::{Role, Who, account, department, give};

const SAME: &str = "SELECT id FROM identity_grant
    WHERE account = $1 AND role = $2 AND COALESCE(department, '') = $3 AND ended_at IS NULL";
const FIND: &str = "SELECT account, role, department FROM identity_grant WHERE id = $1 AND ended_at IS NULL";
const END: &str = "UPDATE identity_grant SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
const OTHERS: &str = "SELECT COUNT(DISTINCT g.account) AS n FROM identity_grant g
    JOIN identity_account a ON a.id = g.account
    WHERE g.role = $1 AND g.ended_at IS NULL AND a.state = 'active' AND g.account <> $2";
const PART: &str =
    "SELECT g.id, g.account, a.name, a.state, g.role, g.department, d.name_en, d.name_ko, g.given_by, g.given_at
    FROM identity_grant g JOIN identity_account a ON a.id = g.account
    LEFT JOIN identity_department d ON d.id = g.department
    WHERE g.ended_at IS NULL AND g.id > $1 ORDER BY g.id LIMIT $2";

pub(crate) const STATEMENTS: &[&str] = &[SAME, FIND, END, OTHERS, PART];

/// A role that somebody has, for who manages roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub id: String,
    pub account: String,
    pub name: String,
    /// Of the account: `active` or `blocked`.
    pub state: String,
    pub role: Role,
    /// Id and names in English and Korean.
    pub department: Option<(String, String, String)>,
    pub given_by: String,
    pub given_at: Instant,
}

/// Why a role is not given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    Oneself,
    /// There would be nobody left to manage people.
    LastAdministrator,
    /// Blocked, closed, or an organisation.
    NotActive,
    /// A clerk is a clerk of a department, which must be open; nobody else has one.
    Department,
    /// They have it already.
    Already,
    /// Whoever has an account is a resident.
    Resident,
}

/// All roles behind this grant (`""` for the beginning), in the order in which they were given.
pub async fn part(store: &Store, after: &str, most: i64) -> Result<Vec<Given>> {
    let rows = store.all(PART, &[text(after), int(most)]).await?;
    // A role of a newer release is none here.
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

fn read(row: &Row) -> Result<Option<Given>> {
    let Some(role) = Role::parse(&row.text("role")?) else { return Ok(None) };
    let names = row.text_opt("name_en")?.zip(row.text_opt("name_ko")?);
    let department = row.text_opt("department")?.zip(names).map(|(id, (en, ko))| (id, en, ko));
    Ok(Some(Given {
        id: row.text("id")?,
        account: row.text("account")?,
        name: row.text("name")?,
        state: row.text("state")?,
        role,
        department,
        given_by: row.text("given_by")?,
        given_at: Instant(row.int("given_at")?),
    }))
}

/// Gives somebody a role; answers the grant's id. It counts from their next request.
///
/// # Errors
/// `NotFound` when there is no such account.
pub async fn appoint(
    tx: &mut Tx,
    who: &Who,
    account: &str,
    role: Role,
    department: Option<&str>,
    made: (&dyn Clock, &dyn Random),
) -> Result<std::result::Result<String, Objection>> {
    if who.account == account {
        return Ok(Err(Objection::Oneself));
    }
    if role == Role::Resident {
        return Ok(Err(Objection::Resident));
    }
    let person = account::get_in(tx, account).await?;
    if !person.is_active() || person.kind != "person" {
        return Ok(Err(Objection::NotActive));
    }
    if (role == Role::Clerk) != department.is_some() || !is_open(tx, department).await? {
        return Ok(Err(Objection::Department));
    }
    let same = [text(account), text(role.word()), text(department.unwrap_or_default())];
    if tx.one(SAME, &same).await?.is_some() {
        return Ok(Err(Objection::Already));
    }
    let id = give(tx, account, role, department, &who.account, made).await?;
    let detail = json!({ "role": role.word(), "department": department, "grant": id.as_str() });
    who.did(tx, "role.given", account, detail, made).await?;
    Ok(Ok(id.to_string()))
}

async fn is_open(tx: &mut Tx, department: Option<&str>) -> Result<bool> {
    let Some(department) = department else { return Ok(true) };
    match department::find(tx, department).await {
        Ok(found) => Ok(found.closed_at.is_none()),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}

/// What was taken from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub account: String,
    pub role: Role,
    pub department: Option<String>,
}

/// Takes a role away. It ends with the next request.
///
/// # Errors
/// `NotFound` when nobody has this grant any more.
pub async fn dismiss(
    tx: &mut Tx,
    who: &Who,
    grant: &str,
    made: (&dyn Clock, &dyn Random),
) -> Result<std::result::Result<Taken, Objection>> {
    let row = tx.one(FIND, &[text(grant)]).await?.ok_or(Error::NotFound)?;
    let role = Role::parse(&row.text("role")?).ok_or(Error::NotFound)?;
    let taken = Taken { account: row.text("account")?, role, department: row.text_opt("department")? };
    if taken.account == who.account {
        return Ok(Err(Objection::Oneself));
    }
    if role == Role::Administrator && !has_others(tx, &taken.account).await? {
        return Ok(Err(Objection::LastAdministrator));
    }
    tx.exec(END, &[text(grant), text(&who.account), int(made.0.now().0)]).await?;
    let detail = json!({ "role": role.word(), "department": taken.department, "grant": grant });
    who.did(tx, "role.taken", &taken.account, detail, made).await?;
    Ok(Ok(taken))
}

/// Whether the city would have no administrator without this account.
pub async fn is_last_administrator(tx: &mut Tx, account: &str) -> Result<bool> {
    let own = [text(account), text(Role::Administrator.word()), text("")];
    Ok(tx.one(SAME, &own).await?.is_some() && !has_others(tx, account).await?)
}

/// Whether somebody else than this account is an administrator and can sign in.
pub async fn has_others(tx: &mut Tx, account: &str) -> Result<bool> {
    let row = tx.one(OTHERS, &[text(Role::Administrator.word()), text(account)]).await?;
    Ok(row.map(|row| row.int("n")).transpose()?.unwrap_or_default() > 0)
}
