use kernel_base::{Clock, Id, Instant, Random, Result};
use kernel_record::{Audit, audit};
use kernel_store::{Tx, int, text};
use serde_json::Value as Json;

use crate::{Grant, Rights, Role};

const ACTED: &str = "INSERT INTO identity_acted (id, delegation, principal, agent, act, subject, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) const STATEMENTS: &[&str] = &[ACTED];

/// Somebody else for whom this session acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    pub delegation: String,
    /// Account of the person or organisation.
    pub principal: String,
    pub name: String,
    /// `guardian`, `company` or `helper`.
    pub kind: String,
}

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Account.
    pub account: String,
    pub name: String,
    /// Language tag that letters are written in.
    pub language: String,
    /// The session's or the token's id; never the secret.
    pub session: String,
    /// Given roles; `resident` goes without saying.
    pub grants: Vec<Grant>,
    /// How it was proved: `password`, `passkey`, `oidc`, `token`, `recovery`.
    pub way: String,
    /// Level of assurance as the prover names it, e.g. an `acr` value; empty when there is none.
    pub assurance: String,
    /// A second factor was proved in this session.
    pub second_factor: bool,
    /// When who they are was last proved.
    pub proved_at: Instant,
    /// The city knows that this is a resident.
    pub verified: bool,
    pub acting: Option<Acting>,
    /// An API token's rights; none for a session, which has all rights of its roles.
    pub scopes: Option<Vec<String>>,
}

impl Who {
    pub fn is(&self, role: Role) -> bool {
        role == Role::Resident || self.grants.iter().any(|grant| grant.role == role)
    }

    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role.is_staff())
    }

    /// Has the right by one of the roles; a token only what it was given. Who acts for somebody else is nothing more
    /// than a resident meanwhile.
    pub fn may(&self, rights: &Rights, permission: &str) -> bool {
        let scoped = self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(|scope| scope == permission));
        let staff = self.acting.is_none() && self.grants.iter().any(|grant| rights.may(grant.role, permission));
        scoped && (staff || rights.may(Role::Resident, permission))
    }

    /// Departments in which this person has the role.
    pub fn departments(&self, role: Role) -> impl Iterator<Item = &str> {
        self.grants.iter().filter(move |grant| grant.role == role).filter_map(|grant| grant.department.as_deref())
    }

    /// Whose matters this is about: the person acted for, else oneself.
    pub fn subject(&self) -> &str {
        self.acting.as_ref().map_or(&self.account, |acting| &acting.principal)
    }

    /// Appends to the audit trail what this person did. In somebody else's name both are named, and that person sees it.
    pub async fn did(
        &self,
        tx: &mut Tx,
        act: &str,
        subject: &str,
        mut detail: Json,
        (clock, random): (&dyn Clock, &dyn Random),
    ) -> Result<()> {
        if let Some(acting) = &self.acting {
            let id = Id::new("ag", clock, random);
            let values = [
                text(id.as_str()),
                text(&acting.delegation),
                text(&acting.principal),
                text(&self.account),
                text(act),
                text(subject),
                int(clock.now().0),
            ];
            tx.exec(ACTED, &values).await?;
            if let Some(detail) = detail.as_object_mut() {
                detail.insert("for".to_owned(), acting.principal.as_str().into());
                detail.insert("delegation".to_owned(), acting.delegation.as_str().into());
            }
        }
        audit(tx, Audit { act, who: &self.account, subject, detail }, clock, random).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Permission;

    const RIGHTS: [Permission; 2] = [
        Permission { name: "people.grant", roles: &[Role::Administrator] },
        Permission { name: "account.read", roles: &Role::ALL },
    ];

    fn administrator() -> Who {
        Who {
            account: "ac_1".into(),
            name: "Kim".into(),
            language: "ko".into(),
            session: "se_1".into(),
            grants: vec![Grant { id: "gr_1".into(), role: Role::Administrator, department: None }],
            way: "password".into(),
            assurance: String::new(),
            second_factor: true,
            proved_at: Instant(0),
            verified: false,
            acting: None,
            scopes: None,
        }
    }

    #[test]
    fn a_token_may_do_no_more_than_its_scopes_and_its_owner() {
        let rights = Rights::new(RIGHTS);
        let mut who = administrator();
        assert!(who.may(&rights, "people.grant"));
        who.scopes = Some(vec!["account.read".into()]);
        assert!(who.may(&rights, "account.read") && !who.may(&rights, "people.grant"));
        who.grants.clear();
        who.scopes = Some(vec!["people.grant".into()]);
        assert!(!who.may(&rights, "people.grant"));
    }

    #[test]
    fn who_acts_for_somebody_else_puts_the_own_office_down() {
        let rights = Rights::new(RIGHTS);
        let mut who = administrator();
        who.acting = Some(Acting {
            delegation: "de_1".into(),
            principal: "ac_2".into(),
            name: "Lee".into(),
            kind: "guardian".into(),
        });
        assert!(!who.may(&rights, "people.grant") && who.may(&rights, "account.read"));
        assert_eq!(who.subject(), "ac_2");
    }
}
