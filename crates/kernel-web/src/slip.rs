//! A guest's reference and PIN: on their way from the act to the page that shows them, once, and when they come back.

use axum::response::Response;
use kernel_base::Result;
use kernel_identity::code;
use kernel_identity::guest::{self, Followed, Slip};
use kernel_ui::{Emphasis, Markup, Reader, Tone, alert, button_link, html, summary_list};

use crate::Visit;
use crate::attempts::{count, seen};

const COOKIE: &str = "slip";
const PURPOSE: &str = "guest slip";
const SECONDS: i64 = 600;

/// Wrong PINs for one reference, and wrong pairs from one network (many people may share it), within [`WINDOW`] seconds.
const WRONG: i64 = 5;
const WRONG_FROM_NETWORK: i64 = 20;
const WINDOW: i64 = 900;

/// What a reference and a PIN lead to.
pub enum Found {
    Deed(Followed),
    /// No such pair; which of the two is wrong is not said.
    Wrong,
    /// Too many wrong tries for this reference or from this network.
    Closed,
}

/// Looks up what was typed, and counts the wrong pairs.
///
/// # Errors
/// When the database does not answer.
pub async fn find(visit: &Visit, asked: (&str, &str)) -> Result<Found> {
    let city = &visit.city;
    let network = format!("guest network {}", visit.network);
    // What is no reference at all has no door that could be closed to others.
    let door = code::read_reference(asked.0).map(|reference| format!("guest {reference}"));
    let mut closed = seen(city, &network, WINDOW).await? >= WRONG_FROM_NETWORK;
    if let Some(door) = &door {
        closed |= seen(city, door, WINDOW).await? >= WRONG;
    }
    if closed {
        visit.note("guest.closed", "");
        return Ok(Found::Closed);
    }
    if let Some(found) = guest::find(&city.store, asked, &city.secrets, visit.now()).await? {
        return Ok(Found::Deed(found));
    }
    for key in door.iter().chain([&network]) {
        count(city, key, WINDOW).await?;
    }
    visit.note("guest.refused", "");
    Ok(Found::Wrong)
}

/// The answer after a guest's act carries the slip, sealed, to the page at `path`.
pub fn hand_out(visit: &Visit, response: &mut Response, path: &str, slip: &Slip) -> Result<()> {
    let until = visit.now().plus_seconds(SECONDS).0;
    let plain = format!("{} {} {until} {path}", slip.reference, slip.pin);
    let sealed = visit.city.secrets.seal(PURPOSE, plain.as_bytes(), &*visit.city.random)?;
    visit.keep_short(response, COOKIE, &sealed, SECONDS);
    Ok(())
}

/// The slip for this page that the reader's browser brings, if it does.
pub fn take(visit: &Visit) -> Option<Slip> {
    let plain = visit.city.secrets.open(PURPOSE, &visit.short_cookie(COOKIE)?).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let mut parts = plain.splitn(4, ' ');
    let (reference, pin, until, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let fresh = until.parse().is_ok_and(|until: i64| until > visit.now().0);
    (fresh && path == visit.path).then(|| Slip { reference: reference.to_owned(), pin: pin.to_owned() })
}

/// The page that shows it is kept nowhere, and the slip is gone.
pub fn shown(visit: &Visit, response: Response) -> Response {
    let mut response = crate::fresh(response);
    visit.keep_short(&mut response, COOKIE, "", 0);
    response
}

/// What a guest should write down, and how to keep it with an account instead.
pub fn show(visit: &Visit, slip: &Slip) -> Markup {
    let reader: &dyn Reader = visit;
    let numbers = [
        (reader.t("slip-reference"), html! { strong { (slip.reference) } }),
        (reader.t("slip-pin"), html! { strong { (slip.pin) } }),
    ];
    alert(
        Tone::Success,
        &reader.t("slip-title"),
        html! {
            p { (reader.t("slip-text")) }
            (summary_list(&numbers))
            @if visit.city.entrance().is_some() {
                p { (button_link(&reader.t("slip-join"), "/follow", Emphasis::Second)) }
            }
        },
    )
}
