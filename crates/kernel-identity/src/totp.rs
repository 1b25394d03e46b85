use data_encoding::BASE32_NOPAD;
use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Store, Tx, int, text};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use crate::ceremony::{self, Begin};

const FIND: &str = "SELECT sealed FROM identity_totp WHERE account = $1";
const SET: &str = "INSERT INTO identity_totp (account, sealed, confirmed_at, last_step) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, confirmed_at = excluded.confirmed_at,
        last_step = excluded.last_step";
const USE: &str = "UPDATE identity_totp SET last_step = $2 WHERE account = $1 AND last_step < $2";
const REMOVE: &str = "DELETE FROM identity_totp WHERE account = $1";

pub(crate) const STATEMENTS: &[&str] = &[FIND, SET, USE, REMOVE];

const KIND: &str = "totp";
/// Seconds of a code's life (RFC 6238 §5.2).
const STEP: i64 = 30;
/// Bytes of the shared secret: the length of the hash, as RFC 4226 §4 recommends.
const SECRET: usize = 20;
/// Time to find the app and scan the picture.
const SETUP_SECONDS: i64 = 900;

/// A secret that somebody's app is about to learn; it becomes theirs with the first right code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The secret for typing, in groups of four.
    pub secret: String,
    /// What the picture says: the address that authenticator apps read.
    pub address: String,
}

#[derive(Serialize, Deserialize)]
struct Noted {
    sealed: String,
}

/// Draws a secret for the account; answers the ceremony that [`setup`] shows and [`confirm`] finishes.
pub async fn begin(
    tx: &mut Tx,
    account: &str,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let mut secret = [0; SECRET];
    random.fill(&mut secret);
    let noted = Noted { sealed: secrets.seal(KIND, &secret, random)? };
    let state = serde_json::to_string(&noted).map_err(Error::fault)?;
    let begin = Begin { kind: KIND, account: Some(account), secret: "", state, seconds: SETUP_SECONDS };
    ceremony::begin(tx, begin, secrets, (clock, random)).await
}

/// What to show while it is being set up; `None` when it is over or another's.
pub async fn setup(
    store: &Store,
    account: &str,
    ceremony: &str,
    (city, person): (&str, &str),
    secrets: &Secrets,
    now: Instant,
) -> Result<Option<Setup>> {
    let Some(found) = ceremony::peek(store, KIND, ceremony, now).await? else { return Ok(None) };
    if found.account.as_deref() != Some(account) {
        return Ok(None);
    }
    let secret = unsealed(&found.state, secrets)?;
    let plain = |text: &str| text.replace(':', " ");
    let named =
        Builder::new().with_secret(secret.clone()).with_issuer(Some(plain(city))).with_account_name(plain(person));
    let address = named.build().and_then(|totp| totp.to_url()).map_err(Error::fault)?;
    Ok(Some(Setup { secret: in_groups(&BASE32_NOPAD.encode(&secret)), address }))
}

/// The first code of the app: from now on it is a factor of the account, in place of one that was there before.
pub async fn confirm(
    tx: &mut Tx,
    account: &str,
    ceremony: &str,
    code: &str,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<bool> {
    let now = clock.now();
    let found = ceremony::find(tx, KIND, ceremony, now).await?;
    let Some(found) = found.filter(|found| found.account.as_deref() == Some(account)) else { return Ok(false) };
    let secret = unsealed(&found.state, secrets)?;
    let Some(step) = step_of(&secret, code, now)? else {
        return Ok(false);
    };
    let sealed = secrets.seal(KIND, &secret, random)?;
    tx.exec(SET, &[text(account), text(sealed), int(now.0), int(step)]).await?;
    ceremony::finish(tx, &found.id).await?;
    Ok(true)
}

/// Whether this is the app's code now. Each is accepted once, on all nodes.
pub async fn check(tx: &mut Tx, account: &str, code: &str, secrets: &Secrets, now: Instant) -> Result<bool> {
    let Some(row) = tx.one(FIND, &[text(account)]).await? else { return Ok(false) };
    let secret = secrets.open(KIND, &row.text("sealed")?)?;
    let Some(step) = step_of(&secret, code, now)? else { return Ok(false) };
    Ok(tx.exec(USE, &[text(account), int(step)]).await? > 0)
}

/// False when there was none.
pub async fn remove(tx: &mut Tx, account: &str) -> Result<bool> {
    Ok(tx.exec(REMOVE, &[text(account)]).await? > 0)
}

fn unsealed(state: &str, secrets: &Secrets) -> Result<Vec<u8>> {
    let noted: Noted = serde_json::from_str(state).map_err(Error::fault)?;
    secrets.open(KIND, &noted.sealed)
}

/// The step whose code this is: the present one or the one before it, since typing and sending take time
/// (RFC 6238 §5.2). Spaces do not count.
fn step_of(secret: &[u8], code: &str, now: Instant) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp: Totp = Builder::new().with_secret(secret.to_vec()).with_skew(0).build().map_err(Error::fault)?;
    let step = now.0.div_euclid(1_000_000) / STEP;
    for step in [step, step - 1] {
        let second = u64::try_from(step * STEP).unwrap_or_default();
        if totp.check(&code, second).is_some() {
            return Ok(Some(step));
        }
    }
    Ok(None)
}

fn in_groups(text: &str) -> String {
    let symbols: Vec<char> = text.chars().collect();
    symbols.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        Instant(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step_of(SECRET, code, at(seconds)).expect("computes"), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_lives_through_its_own_step_and_the_next_one() {
        let code = "081804";
        let step = 1_111_111_109 / 30;
        assert_eq!(step_of(SECRET, code, at(step * 30)).expect("computes"), Some(step));
        assert_eq!(step_of(SECRET, "081 804", at(step * 30 + 59)).expect("computes"), Some(step));
        assert_eq!(step_of(SECRET, code, at(step * 30 + 60)).expect("computes"), None);
        assert_eq!(step_of(SECRET, code, at(step * 30 - 1)).expect("computes"), None);
    }

    #[test]
    fn nonsense_is_no_code() {
        for wrong in ["", "08180", "0818044", "०८१८०४", "abcdef", "-81804"] {
            assert_eq!(step_of(SECRET, wrong, at(1_111_111_109)).expect("computes"), None, "{wrong:?}");
        }
    }
}
