use std::collections::BTreeMap;

use kernel_base::{Clock, Id, Random, Result};
use kernel_store::{Store, Tx, Value, int, text};

const OF_ACCOUNT: &str =
    "SELECT id, role, department, given_at FROM identity_grant WHERE account = $1 AND ended_at IS NULL ORDER BY id";
const GIVE: &str = "INSERT INTO identity_grant (id, account, role, department, given_by, given_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

pub(crate) const STATEMENTS: &[&str] = &[OF_ACCOUNT, GIVE];

/// What a person is to the city. Whoever has an account is a resident; the others are given by the administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Resident,
    Evaluator,
    /// Of a department.
    Clerk,
    Editor,
    Coordinator,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 6] =
        [Role::Resident, Role::Evaluator, Role::Clerk, Role::Editor, Role::Coordinator, Role::Administrator];

    pub fn word(self) -> &'static str {
        match self {
            Role::Resident => "resident",
            Role::Evaluator => "evaluator",
            Role::Clerk => "clerk",
            Role::Editor => "editor",
            Role::Coordinator => "coordinator",
            Role::Administrator => "administrator",
        }
    }

    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Works for the city: signs in with a second factor.
    pub fn is_staff(self) -> bool {
        self != Role::Resident
    }
}

/// A role that somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: String,
    pub role: Role,
    pub department: Option<String>,
}

/// A right, named like the act (`people.grant`), and the roles that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    pub name: &'static str,
    pub roles: &'static [Role],
}

/// All rights of all systems: who may do what.
#[derive(Debug, Clone, Default)]
pub struct Rights(BTreeMap<&'static str, &'static [Role]>);

impl Rights {
    pub fn new(permissions: impl IntoIterator<Item = Permission>) -> Rights {
        Rights(permissions.into_iter().map(|permission| (permission.name, permission.roles)).collect())
    }

    pub fn may(&self, role: Role, permission: &str) -> bool {
        self.0.get(permission).is_some_and(|roles| roles.contains(&role))
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The matrix as text, one right a line, for a reviewer to read.
    pub fn table(&self) -> String {
        let mut table = format!("{:<28}", "right");
        for role in Role::ALL {
            table.push_str(&format!("{:<15}", role.word()));
        }
        for name in self.names() {
            table.push_str(&format!("\n{name:<28}"));
            for role in Role::ALL {
                table.push_str(&format!("{:<15}", if self.may(role, name) { "yes" } else { "-" }));
            }
        }
        let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
        lines.join("\n")
    }
}

/// The roles given to an account and not ended; `resident` goes without saying.
pub async fn grants_of(store: &Store, account: &str) -> Result<Vec<Grant>> {
    let rows = store.all(OF_ACCOUNT, &[text(account)]).await?;
    let mut grants = Vec::with_capacity(rows.len());
    for row in rows {
        // A role of a newer release gives nothing here.
        if let Some(role) = Role::parse(&row.text("role")?) {
            grants.push(Grant { id: row.text("id")?, role, department: row.text_opt("department")? });
        }
    }
    Ok(grants)
}

/// Gives a role; answers the grant's id.
pub async fn give(
    tx: &mut Tx,
    account: &str,
    role: Role,
    department: Option<&str>,
    given_by: &str,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let id = Id::new("gr", clock, random);
    let values = [
        text(id.as_str()),
        text(account),
        text(role.word()),
        Value::from(department.map(str::to_owned)),
        text(given_by),
        int(clock.now().0),
    ];
    tx.exec(GIVE, &values).await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_belongs_to_the_roles_that_are_named_and_to_no_other() {
        let rights = Rights::new([Permission { name: "people.grant", roles: &[Role::Administrator] }]);
        assert!(rights.may(Role::Administrator, "people.grant"));
        assert!(!rights.may(Role::Clerk, "people.grant") && !rights.may(Role::Administrator, "people.unknown"));
    }

    #[test]
    fn every_role_is_read_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
