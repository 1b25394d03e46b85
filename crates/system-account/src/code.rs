//! A code in a letter that finishes something begun on a page: made, sent and asked for in one way.

use kernel_base::{Random, Result};
use kernel_identity::ceremony::{self, Begin};
use kernel_identity::code::{grouped, letter_code, plain};
use kernel_letters::{Letter, To};
use kernel_store::Tx;
use kernel_web::Visit;

/// Minutes for which a code from a letter works (OWASP ASVS 5.0, 6.5.5).
pub const MINUTES: i64 = 10;

/// 40 random bits: `7QK2-M9XA`.
pub fn new(random: &dyn Random) -> String {
    grouped(&letter_code(random))
}

/// As somebody typed it: small letters, spaces and the usual mistakes are put right.
pub fn typed(text: &str) -> String {
    grouped(&plain(text))
}

/// Begins something that a code finishes, and sends the code. Without an address the code goes nowhere: the page looks
/// the same, so that nobody learns which addresses have an account.
pub async fn begin(
    visit: &Visit,
    tx: &mut Tx,
    (kind, letter): (&'static str, &'static str),
    account: Option<&str>,
    address: Option<&str>,
    state: String,
) -> Result<String> {
    begin_to(visit, tx, (kind, letter), account, address.map(|address| To::Email(address.to_owned())), state).await
}

/// The same, to an address of any kind.
pub async fn begin_to(
    visit: &Visit,
    tx: &mut Tx,
    (kind, letter): (&'static str, &'static str),
    account: Option<&str>,
    to: Option<To>,
    state: String,
) -> Result<String> {
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let code = new(&*city.random);
    let begun = Begin { kind, account, secret: &code, state, seconds: MINUTES * 60 };
    let id = ceremony::begin(tx, begun, &city.secrets, made).await?;
    if let Some(to) = to {
        let letter = Letter::template(to, letter).language(visit.language).with("code", code).with("minutes", MINUTES);
        city.letters.send(tx, &letter, made.0, made.1).await?;
    }
    Ok(id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_base::SeededRandom;

    #[test]
    fn a_code_survives_being_read_aloud_and_typed() {
        let code = new(&SeededRandom::new(3));
        assert_eq!(code.len(), 9);
        assert_eq!(typed(&code.to_lowercase().replace('-', " ")), code);
        assert_eq!(typed("o1il 0000"), "0111-0000");
        assert_eq!(typed("abc"), "ABC");
    }
}
