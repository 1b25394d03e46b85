use kernel_base::{Instant, Result};
use kernel_store::{Row, Store, Tx, int, text};

const COUNT: &str = "SELECT
    (SELECT COUNT(*) FROM identity_password WHERE account = $1) AS passwords,
    (SELECT COUNT(*) FROM identity_passkey WHERE account = $1) AS passkeys,
    (SELECT COUNT(*) FROM identity_totp WHERE account = $1) AS apps,
    (SELECT COUNT(*) FROM identity_recovery_code WHERE account = $1 AND used_at IS NULL) AS codes,
    (SELECT COUNT(*) FROM identity_federated WHERE account = $1) AS links";
const GUESSES: &str = "SELECT wrong FROM identity_guess WHERE account = $1 AND since > $2";
const GUESSED: &str = "INSERT INTO identity_guess (account, wrong, since) VALUES ($1, 1, $2)
    ON CONFLICT (account) DO UPDATE SET
        wrong = CASE WHEN identity_guess.since > $3 THEN identity_guess.wrong + 1 ELSE 1 END,
        since = CASE WHEN identity_guess.since > $3 THEN identity_guess.since ELSE excluded.since END";
const FORGET: &str = "DELETE FROM identity_guess WHERE account = $1";

pub(crate) const STATEMENTS: &[&str] = &[COUNT, GUESSES, GUESSED, FORGET];

/// Wrong codes that close the second step, and the seconds from the first of them until it opens again.
const GUESSES_MOST: i64 = 5;
const GUESS_SECONDS: i64 = 900;

/// What an account can prove itself with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Factors {
    pub password: bool,
    /// Each is two factors by itself: the device, and whatever unlocks it.
    pub passkeys: i64,
    /// An authenticator app.
    pub app: bool,
    /// Recovery codes that were not used.
    pub codes: i64,
    /// Other providers.
    pub links: i64,
}

impl Factors {
    pub async fn of(store: &Store, account: &str) -> Result<Factors> {
        store.one(COUNT, &[text(account)]).await?.map_or(Ok(Factors::default()), |row| read(&row))
    }

    /// As they are within the act that changes them.
    pub async fn within(tx: &mut Tx, account: &str) -> Result<Factors> {
        tx.one(COUNT, &[text(account)]).await?.map_or(Ok(Factors::default()), |row| read(&row))
    }

    /// There is a second factor beside the password.
    pub fn has_second(&self) -> bool {
        self.app || self.passkeys > 0
    }

    /// The person can still come in; staff with a second factor.
    pub fn suffice(&self, staff: bool) -> bool {
        let way_in = self.password || self.passkeys > 0 || self.links > 0;
        way_in && (!staff || self.has_second())
    }
}

fn read(row: &Row) -> Result<Factors> {
    Ok(Factors {
        password: row.int("passwords")? > 0,
        passkeys: row.int("passkeys")?,
        app: row.int("apps")? > 0,
        codes: row.int("codes")?,
        links: row.int("links")?,
    })
}

/// Too many wrong codes: no more are tried for a while. Who gets here knew the password already, so that strangers
/// cannot close it; a passkey opens the door meanwhile.
pub async fn is_closed(tx: &mut Tx, account: &str, now: Instant) -> Result<bool> {
    let row = tx.one(GUESSES, &[text(account), int(now.plus_seconds(-GUESS_SECONDS).0)]).await?;
    Ok(row.map(|row| row.int("wrong")).transpose()?.is_some_and(|wrong| wrong >= GUESSES_MOST))
}

/// Counts a wrong code: commit it.
pub async fn note_wrong(tx: &mut Tx, account: &str, now: Instant) -> Result<()> {
    let values = [text(account), int(now.0), int(now.plus_seconds(-GUESS_SECONDS).0)];
    tx.exec(GUESSED, &values).await.map(drop)
}

/// The right code came.
pub async fn forget_wrong(tx: &mut Tx, account: &str) -> Result<()> {
    tx.exec(FORGET, &[text(account)]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_way_in_and_the_last_second_factor_of_staff_stay() {
        let nothing = Factors::default();
        let password = Factors { password: true, ..nothing };
        let passkey = Factors { passkeys: 1, ..nothing };
        let both = Factors { password: true, app: true, ..nothing };
        assert!(!nothing.suffice(false) && !Factors { app: true, codes: 9, ..nothing }.suffice(false));
        assert!(password.suffice(false) && !password.suffice(true));
        assert!(passkey.suffice(true) && both.suffice(true));
        assert!(Factors { links: 1, ..nothing }.suffice(false));
    }
}
