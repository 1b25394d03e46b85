use kernel_base::{Clock, Error, Id, Instant, Random, Result};
use kernel_store::{Row, Store, Tx, int, text};

const FIND: &str = "SELECT id, kind, name, language, state, made_at, verified_at, verified_how FROM identity_account
    WHERE id = $1";
const BY_ADDRESS: &str = "SELECT a.id, a.kind, a.name, a.language, a.state, a.made_at, a.verified_at, a.verified_how
    FROM identity_account a JOIN identity_address d ON d.account = a.id WHERE d.kind = $1 AND d.value = $2";
const BY_PERSON: &str =
    "SELECT id, kind, name, language, state, made_at, verified_at, verified_how FROM identity_account
    WHERE person_key = $1";
const INSERT: &str = "INSERT INTO identity_account (id, kind, name, language, state, made_at)
    VALUES ($1, $2, $3, $4, 'active', $5)";
const INSERT_ADDRESS: &str =
    "INSERT INTO identity_address (kind, value, account, confirmed_at) VALUES ($1, $2, $3, $4)";
const DELETE_ADDRESSES: &str = "DELETE FROM identity_address WHERE account = $1 AND kind = $2";
const ADDRESSES: &str =
    "SELECT kind, value FROM identity_address WHERE account = $1 ORDER BY kind, confirmed_at DESC, value";
const RENAME: &str = "UPDATE identity_account SET name = $2, language = $3 WHERE id = $1 AND state <> 'closed'";
const SET_STATE: &str = "UPDATE identity_account SET state = $2, closed_at = $3 WHERE id = $1 AND state <> 'closed'";
const VERIFY: &str = "UPDATE identity_account SET person_key = $2, verified_at = $3, verified_how = $4 WHERE id = $1 AND state = 'active'";

pub(crate) const STATEMENTS: &[&str] =
    &[FIND, BY_ADDRESS, BY_PERSON, INSERT, INSERT_ADDRESS, DELETE_ADDRESSES, ADDRESSES, RENAME, SET_STATE, VERIFY];

/// A mail address in the form in which it is compared: trimmed, lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Something before an @, a name with a dot behind it, no white space or control, 254 characters at most
    /// (RFC 5321 §4.5.3.1). Whether somebody reads it only a letter can tell.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@')?;
        let plain =
            |part: &str| !part.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c));
        let host = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
        let good = !local.is_empty() && local.len() <= 64 && text.len() <= 254 && plain(local) && plain(domain) && host;
        (good && !local.contains('@')).then_some(Email(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number in international form: `+82101234567` (ITU-T E.164).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Spaces, dots, brackets and hyphens are taken out; 7 to 15 digits behind a plus must remain.
    pub fn parse(text: &str) -> Option<Phone> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !"-.()/".contains(*c)).collect();
        let digits = text.strip_prefix('+')?;
        let good = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        (good && !digits.starts_with('0')).then_some(Phone(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody wants to be called: one line of 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub fn parse(text: &str) -> Option<Name> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let hidden = |c: char| {
            c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        let good = !text.is_empty() && text.chars().count() <= 100 && !text.chars().any(hidden);
        good.then_some(Name(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    /// `person` or `organisation`.
    pub kind: String,
    pub name: String,
    pub language: String,
    /// `active`, `blocked` or `closed`.
    pub state: String,
    pub made_at: Instant,
    pub verified_at: Option<Instant>,
    /// `clerk`, `oidc` or `post`.
    pub verified_how: Option<String>,
}

impl Account {
    pub fn is_active(&self) -> bool {
        self.state == "active"
    }
}

/// Confirmed ways to reach somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<String>,
    pub phone: Option<String>,
}

fn read(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.text("id")?,
        kind: row.text("kind")?,
        name: row.text("name")?,
        language: row.text("language")?,
        state: row.text("state")?,
        made_at: Instant(row.int("made_at")?),
        verified_at: row.int_opt("verified_at")?.map(Instant),
        verified_how: row.text_opt("verified_how")?,
    })
}

/// # Errors
/// `NotFound` when there is no such account.
pub async fn get(store: &Store, id: &str) -> Result<Account> {
    read(&store.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

/// The same within an act.
///
/// # Errors
/// `NotFound` when there is no such account.
pub async fn get_in(tx: &mut Tx, id: &str) -> Result<Account> {
    read(&tx.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

pub async fn find_by_email(store: &Store, email: &Email) -> Result<Option<Account>> {
    find_by_address(store, "email", email.as_str()).await
}

/// The account with this confirmed `email` or `phone`.
pub async fn find_by_address(store: &Store, kind: &str, value: &str) -> Result<Option<Account>> {
    store.one(BY_ADDRESS, &[text(kind), text(value)]).await?.map(|row| read(&row)).transpose()
}

/// The same within an act.
pub async fn find_by_email_in(tx: &mut Tx, email: &Email) -> Result<Option<Account>> {
    tx.one(BY_ADDRESS, &[text("email"), text(email.as_str())]).await?.map(|row| read(&row)).transpose()
}

/// The account that this identified person already has; `person_key` is [`kernel_base::Secrets::hash`] of the identifier.
pub async fn of_person(tx: &mut Tx, person_key: &str) -> Result<Option<Account>> {
    tx.one(BY_PERSON, &[text(person_key)]).await?.map(|row| read(&row)).transpose()
}

impl Contact {
    pub async fn of(store: &Store, account: &str) -> Result<Contact> {
        let mut contact = Contact::default();
        for row in store.all(ADDRESSES, &[text(account)]).await? {
            let value = row.text("value")?;
            match row.text("kind")?.as_str() {
                "email" => contact.email.get_or_insert(value),
                _ => contact.phone.get_or_insert(value),
            };
        }
        Ok(contact)
    }

    /// Replaces the address of its kind (`email`, `phone`) by a confirmed one.
    ///
    /// # Errors
    /// `Conflict` when another account has it.
    pub async fn set(tx: &mut Tx, account: &str, kind: &str, value: &str, now: Instant) -> Result<()> {
        tx.exec(DELETE_ADDRESSES, &[text(account), text(kind)]).await?;
        tx.exec(INSERT_ADDRESS, &[text(kind), text(value), text(account), int(now.0)]).await.map(drop)
    }

    pub async fn remove(tx: &mut Tx, account: &str, kind: &str) -> Result<()> {
        tx.exec(DELETE_ADDRESSES, &[text(account), text(kind)]).await.map(drop)
    }
}

/// A new account of a `person` or an `organisation`; answers its id.
pub async fn insert(
    tx: &mut Tx,
    kind: &str,
    name: &Name,
    language: &str,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let id = Id::new("ac", clock, random);
    let values = [text(id.as_str()), text(kind), text(name.as_str()), text(language), int(clock.now().0)];
    tx.exec(INSERT, &values).await?;
    Ok(id)
}

pub async fn rename(tx: &mut Tx, account: &str, name: &Name, language: &str) -> Result<()> {
    tx.exec(RENAME, &[text(account), text(name.as_str()), text(language)]).await.map(drop)
}

/// `active`, `blocked`, or `closed` for good.
pub async fn set_state(tx: &mut Tx, account: &str, state: &str, now: Instant) -> Result<()> {
    let closed = kernel_store::Value::from((state == "closed").then_some(now.0));
    tx.exec(SET_STATE, &[text(account), text(state), closed]).await.map(drop)
}

impl Account {
    /// Notes that this is a known resident.
    ///
    /// # Errors
    /// `Conflict` when the same person already has another account.
    pub async fn verify(tx: &mut Tx, account: &str, person_key: &str, how: &str, now: Instant) -> Result<()> {
        tx.exec(VERIFY, &[text(account), text(person_key), int(now.0), text(how)]).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_compared_in_lower_case_and_nonsense_is_refused() {
        assert_eq!(Email::parse(" Kim@City.Example ").map(|e| e.0).as_deref(), Some("kim@city.example"));
        assert!(Email::parse("민수@도시.한국").is_some());
        for wrong in [
            "",
            "kim",
            "@city.example",
            "kim@",
            "kim@city",
            "kim@city..example",
            "a b@c.d",
            "k\r\nBcc: x@y.z",
            "a@b@c.d",
        ] {
            assert_eq!(Email::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn telephone_numbers_are_read_as_people_write_them() {
        assert_eq!(Phone::parse("+82 (10) 1234-5678").map(|p| p.0).as_deref(), Some("+821012345678"));
        for wrong in ["010-1234-5678", "+0123456789", "+12", "+1234567890123456", "+82 10 x"] {
            assert_eq!(Phone::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_without_hidden_characters() {
        assert_eq!(Name::parse("  Kim   Min-su ").map(|n| n.0).as_deref(), Some("Kim Min-su"));
        assert!(Name::parse("김민수").is_some());
        for wrong in ["", "   ", "Kim\u{202e}nimda", &"x".repeat(101)] {
            assert_eq!(Name::parse(wrong), None, "{wrong:?}");
        }
    }
}
