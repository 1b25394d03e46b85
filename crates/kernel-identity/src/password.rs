use std::sync::Arc;

use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use kernel_base::{Error, Instant, Random, Result, Secrets};
use kernel_store::{Store, Tx, int, text};
use tokio::sync::Semaphore;

const FIND: &str = "SELECT hash FROM identity_password WHERE account = $1";
const SET: &str = "INSERT INTO identity_password (account, hash, changed_at) VALUES ($1, $2, $3)
    ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
const REHASH: &str = "UPDATE identity_password SET hash = $2 WHERE account = $1";
const REMOVE: &str = "DELETE FROM identity_password WHERE account = $1";

pub(crate) const STATEMENTS: &[&str] = &[FIND, SET, REHASH, REMOVE];

/// Characters of the shortest and the longest password (OWASP ASVS 5.0, 6.2.1 and 6.2.9).
const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// What Argon2id costs (RFC 9106). The default is the first choice of OWASP's password storage cheat sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub kibibytes: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Default for Cost {
    fn default() -> Cost {
        Cost { kibibytes: 19_456, passes: 2, lanes: 1 }
    }
}

impl Cost {
    /// As a hash of this cost names it.
    fn mark(self) -> String {
        format!("$m={},t={},p={}$", self.kibibytes, self.passes, self.lanes)
    }
}

/// Why a password is refused; each is a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    Guessable,
}

impl Weakness {
    pub fn key(self) -> &'static str {
        match self {
            Weakness::TooShort => "account-password-too-short",
            Weakness::TooLong => "account-password-too-long",
            Weakness::Guessable => "account-password-guessable",
        }
    }
}

/// Hashes and checks passwords on a few threads at a time, so that many sign-ins cannot fill the memory.
#[derive(Clone)]
pub struct Passwords {
    cost: Cost,
    pepper: [u8; 32],
    /// Checked against when there is no account, so that both take as long.
    nobody: Arc<str>,
    at_once: Arc<Semaphore>,
}

impl Passwords {
    /// # Errors
    /// When Argon2 does not accept the cost.
    pub fn new(cost: Cost, secrets: &Secrets, random: &dyn Random) -> Result<Passwords> {
        let pepper = secrets.key("password");
        let nobody = hash(cost, &pepper, b"nobody", &salt(random))?;
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Passwords { cost, pepper, nobody: nobody.into(), at_once: Arc::new(Semaphore::new(threads)) })
    }

    /// Length, and whether a program would guess it within hours (zxcvbn score below 3), knowing the person's words.
    pub fn weakness(password: &str, own_words: &[&str]) -> Option<Weakness> {
        let length = password.chars().count();
        if length < SHORTEST {
            return Some(Weakness::TooShort);
        }
        if length > LONGEST {
            return Some(Weakness::TooLong);
        }
        let estimate = zxcvbn::zxcvbn(password, own_words);
        (estimate.score() < zxcvbn::Score::Three).then_some(Weakness::Guessable)
    }

    /// The hash to keep, in PHC string form. Takes a tenth of a second: never inside a transaction.
    pub async fn hash(&self, password: &str, random: &dyn Random) -> Result<String> {
        let (cost, pepper, salt, password) = (self.cost, self.pepper, salt(random), password.to_owned());
        self.work(move || hash(cost, &pepper, password.as_bytes(), &salt)).await
    }

    /// Whether this is the account's password. Takes as long when there is no such account or it has none.
    /// A hash of an older cost is made anew when its password comes by.
    pub async fn check(
        &self,
        store: &Store,
        account: Option<&str>,
        password: &str,
        random: &dyn Random,
    ) -> Result<bool> {
        let kept = match account {
            Some(account) => store.one(FIND, &[text(account)]).await?.map(|row| row.text("hash")).transpose()?,
            None => None,
        };
        let known = account.filter(|_| kept.is_some());
        let (pepper, typed) = (self.pepper, password.to_owned());
        let kept = kept.unwrap_or_else(|| self.nobody.to_string());
        let outdated = !kept.contains(&self.cost.mark());
        let right = self.work(move || verify(&pepper, typed.as_bytes(), &kept)).await?;
        let Some(account) = known.filter(|_| right) else { return Ok(false) };
        if outdated {
            let hash = self.hash(password, random).await?;
            let mut tx = store.begin().await?;
            tx.exec(REHASH, &[text(account), text(hash)]).await?;
            tx.commit_quietly().await?;
        }
        Ok(true)
    }

    async fn work<T: Send + 'static>(&self, task: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _turn = self.at_once.acquire().await.map_err(Error::fault)?;
        tokio::task::spawn_blocking(task).await.map_err(Error::fault)?
    }

    /// Whether the account has a password at all.
    pub async fn has(store: &Store, account: &str) -> Result<bool> {
        Ok(store.one(FIND, &[text(account)]).await?.is_some())
    }

    pub async fn set(tx: &mut Tx, account: &str, hash: &str, now: Instant) -> Result<()> {
        tx.exec(SET, &[text(account), text(hash), int(now.0)]).await.map(drop)
    }

    pub async fn remove(tx: &mut Tx, account: &str) -> Result<()> {
        tx.exec(REMOVE, &[text(account)]).await.map(drop)
    }
}

fn salt(random: &dyn Random) -> [u8; 16] {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    salt
}

fn engine(cost: Cost, pepper: &[u8]) -> Result<Argon2<'_>> {
    let params = Params::new(cost.kibibytes, cost.passes, cost.lanes, None).map_err(Error::fault)?;
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params).map_err(Error::fault)
}

fn hash(cost: Cost, pepper: &[u8], password: &[u8], salt: &[u8]) -> Result<String> {
    let hash = engine(cost, pepper)?.hash_password_with_salt(password, salt).map_err(Error::fault)?;
    Ok(hash.to_string())
}

/// The cost stands in the hash itself: old hashes stay good when the cost rises.
fn verify(pepper: &[u8], password: &[u8], kept: &str) -> Result<bool> {
    let kept = PasswordHash::new(kept).map_err(Error::fault)?;
    Ok(engine(Cost::default(), pepper)?.verify_password(password, &kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { kibibytes: 8, passes: 1, lanes: 1 };

    #[test]
    fn only_the_right_password_under_the_citys_pepper_is_accepted() {
        let kept = hash(CHEAP, &[1; 32], "마당 한가운데 감나무".as_bytes(), &[7; 16]).expect("hashes");
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        assert!(verify(&[1; 32], "마당 한가운데 감나무".as_bytes(), &kept).expect("verifies"));
        assert!(!verify(&[1; 32], b"something else", &kept).expect("verifies"));
        assert!(!verify(&[2; 32], "마당 한가운데 감나무".as_bytes(), &kept).expect("verifies"));
    }

    #[test]
    fn passwords_that_others_have_lost_already_are_refused() {
        // The commonest of eight letters and more.
        let lost = [
            "password",
            "12345678",
            "football",
            "baseball",
            "superman",
            "trustno1",
            "password1",
            "1q2w3e4r",
            "qwertyuiop",
            "1q2w3e4r5t",
            "iloveyou",
            "PASSWORD1",
        ];
        for password in lost {
            assert_eq!(Passwords::weakness(password, &[]), Some(Weakness::Guessable), "{password}");
        }
        assert_eq!(Passwords::weakness("Testville2026", &["Testville"]), Some(Weakness::Guessable));
    }

    #[test]
    fn passwords_are_judged_by_length_and_guessability_not_by_recipes() {
        assert_eq!(Passwords::weakness("short", &[]), Some(Weakness::TooShort));
        assert_eq!(Passwords::weakness("password123", &[]), Some(Weakness::Guessable));
        assert_eq!(Passwords::weakness("minsukim1", &["minsu", "kim"]), Some(Weakness::Guessable));
        assert_eq!(Passwords::weakness(&"long ".repeat(30), &[]), Some(Weakness::TooLong));
        assert_eq!(Passwords::weakness("persimmon tree in the yard", &[]), None);
        assert_eq!(Passwords::weakness("마당한가운데감나무", &[]), None);
    }
}
