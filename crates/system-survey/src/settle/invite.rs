//! Cities are shown the way to their sheet: by a letter with reference and PIN, or by a slip that a person hands over.

use kernel_base::{Instant, Result};
use kernel_identity::guest::{self, Deed, Slip};
use kernel_language::{ENGLISH, Language};
use kernel_letters::{Letter, To};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_web::City;
use serde_json::json;

use super::store;
use crate::round::{Round, RoundCity, contact, store as rounds};

/// Days after the end of the replies in which a city can still open its sheet.
const OPEN_AFTER: i64 = 90;

/// Where a city finds its sheet.
pub fn href(city: &str) -> String {
    format!("/survey/reply/{city}")
}

/// Shows all cities of a round whose address is known the way to their sheets. To be called in the transaction that moves
/// the round to `replying`; `replies_until` is when that stage ends for the cities. Answers how many letters were written;
/// the other cities get a slip on paper (`replies::print`).
///
/// # Errors
/// When the database does not answer or a contact does not open.
pub async fn invite(city: &City, tx: &mut Tx, round: &Round, replies_until: Instant, who: &str) -> Result<usize> {
    let mut written = 0;
    for place in rounds::cities(&city.store, &round.id).await? {
        written += usize::from(write(city, tx, (round, replies_until), &place, who).await?);
    }
    Ok(written)
}

/// One city's letter; false when its address is not known.
pub async fn write(
    city: &City,
    tx: &mut Tx,
    (round, until): (&Round, Instant),
    place: &RoundCity,
    who: &str,
) -> Result<bool> {
    let Some(letter) = letter_to(city, place, "survey-letter-reply").await? else { return Ok(false) };
    let slip = slip(city, tx, place, until, (true, who)).await?;
    let letter = letter
        .with("round", round.title.as_str())
        .with("until", until)
        .with("reference", slip.reference)
        .with("pin", slip.pin);
    city.letters.send(tx, &letter, &*city.clock, &*city.random).await?;
    Ok(true)
}

/// A new way to the sheet; the older ones are closed.
pub async fn slip(
    city: &City,
    tx: &mut Tx,
    place: &RoundCity,
    until: Instant,
    (by_letter, who): (bool, &str),
) -> Result<Slip> {
    let made = (&*city.clock, &*city.random);
    guest::revoke(tx, &place.id).await?;
    let href = href(&place.id);
    let deed = Deed { subject: &place.id, href: &href, ends_at: until.plus_days(OPEN_AFTER) };
    let slip = guest::keep(tx, deed, &city.secrets, made).await?;
    store::invite(tx, &place.id, by_letter, who, made.0.now()).await?;
    let detail = json!({ "way": if by_letter { "letter" } else { "paper" } });
    let entry = Audit { act: "city.invited", who, subject: &place.id, detail };
    audit(tx, entry, made.0, made.1).await?;
    Ok(slip)
}

/// A letter to a city in its own language where the portal speaks it; none when its address is not known.
pub async fn letter_to(city: &City, place: &RoundCity, template: &'static str) -> Result<Option<Letter>> {
    let sealed = rounds::sealed_contact(&city.store, &place.id).await?;
    let Some(address) = contact::open(&city.secrets, &sealed)? else { return Ok(None) };
    let own = place.languages.iter().find_map(|tag| Language::find(tag.split('-').next().unwrap_or_default()));
    let letter = Letter::template(To::Email(address), template)
        .with("place", place.name.as_str())
        .with_link("link", href(&place.id))
        .language(own.unwrap_or(ENGLISH));
    Ok(Some(letter))
}
