use kernel_base::{Instant, Random, Result, Secrets};
use kernel_store::{Tx, int, text};

const INSERT: &str = "INSERT INTO identity_recovery_code (account, hash) VALUES ($1, $2)";
const SPEND: &str =
    "UPDATE identity_recovery_code SET used_at = $3 WHERE account = $1 AND hash = $2 AND used_at IS NULL";
const REMOVE: &str = "DELETE FROM identity_recovery_code WHERE account = $1";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, SPEND, REMOVE];

/// Codes of a set.
const CODES: usize = 10;
/// Crockford's base 32 in lower case: no i, l, o, u to mistake.
const SYMBOLS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 120 bits: more than the 112 from which OWASP ASVS 5.0 (6.5.2) asks for no slow hash.
const LENGTH: usize = 24;

/// Ten new codes in place of all earlier ones. They are shown once; only their keyed hashes are kept.
pub async fn renew(tx: &mut Tx, account: &str, secrets: &Secrets, random: &dyn Random) -> Result<Vec<String>> {
    remove(tx, account).await?;
    let codes: Vec<String> = (0..CODES).map(|_| draw(random)).collect();
    for code in &codes {
        tx.exec(INSERT, &[text(account), text(hash(secrets, code))]).await?;
    }
    Ok(codes)
}

/// Whether this is one of the account's codes; it is none any more afterwards.
pub async fn spend(tx: &mut Tx, account: &str, code: &str, secrets: &Secrets, now: Instant) -> Result<bool> {
    Ok(tx.exec(SPEND, &[text(account), text(hash(secrets, code)), int(now.0)]).await? > 0)
}

pub async fn remove(tx: &mut Tx, account: &str) -> Result<()> {
    tx.exec(REMOVE, &[text(account)]).await.map(drop)
}

/// Six groups of four symbols.
fn draw(random: &dyn Random) -> String {
    let mut bytes = [0; LENGTH];
    random.fill(&mut bytes);
    let symbols: Vec<char> = bytes.iter().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect();
    symbols.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

fn hash(secrets: &Secrets, code: &str) -> String {
    secrets.hash("recovery code", &as_typed(code))
}

/// Case, hyphens and spaces do not matter, nor a letter read for a digit.
fn as_typed(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    letters
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

/// Whether it looks like a recovery code rather than one of an app.
pub fn is_shaped(code: &str) -> bool {
    as_typed(code).len() == LENGTH
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_base::SeededRandom;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let secrets = Secrets::new([1; 32]);
        let typed = |code| hash(&secrets, code);
        assert_eq!(typed("0abc-1def-ghjk-mnpq-rstv-wxyz"), typed(" OABC ldefghjkmnpqrstvwxyz "));
        assert_ne!(typed("0abc-1def-ghjk-mnpq-rstv-wxyz"), typed("0abc-1def-ghjk-mnpq-rstv-wxy0"));
    }

    #[test]
    fn codes_have_six_groups_and_differ() {
        let random = SeededRandom::new(3);
        let (one, other) = (draw(&random), draw(&random));
        assert_ne!(one, other);
        assert!(one.split('-').count() == 6 && one.split('-').all(|group| group.len() == 4), "{one}");
        assert!(is_shaped(&one) && !is_shaped("123 456"));
    }
}
