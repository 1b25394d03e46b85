//! A guest's reference and PIN on their way from the act to the page that shows them, once.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use kernel_base::{Error, Result};
use kernel_identity::guest::Slip;
use kernel_ui::{Markup, Reader, Tone, alert, button_link, html, summary_list};

use crate::Visit;
use crate::visit::cookie;

const COOKIE: &str = "slip";
const PURPOSE: &str = "guest slip";
const SECONDS: i64 = 600;

/// The answer after a guest's act carries the slip, sealed and for the page at `path` alone.
pub fn hand_out(visit: &Visit, mut response: Response, path: &str, slip: &Slip) -> Result<Response> {
    let until = visit.now().plus_seconds(SECONDS).0;
    let plain = format!("{} {} {until}", slip.reference, slip.pin);
    let sealed = visit.city.secrets.seal(PURPOSE, plain.as_bytes(), &*visit.city.random)?;
    set(&mut response, &sealed, path, SECONDS, visit.origin.starts_with("https:"))?;
    Ok(response)
}

/// The slip that the reader's browser brings, if it does.
pub fn take(visit: &Visit, headers: &HeaderMap) -> Option<Slip> {
    let plain = visit.city.secrets.open(PURPOSE, cookie(headers, COOKIE)?).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let mut parts = plain.split(' ');
    let (reference, pin, until) = (parts.next()?, parts.next()?, parts.next()?);
    let fresh = until.parse().is_ok_and(|until: i64| until > visit.now().0);
    fresh.then(|| Slip { reference: reference.to_owned(), pin: pin.to_owned() })
}

/// The page that showed it: kept nowhere, and the slip is gone.
pub fn shown(visit: &Visit, mut response: Response, path: &str) -> Result<Response> {
    set(&mut response, "", path, 0, visit.origin.starts_with("https:"))?;
    Ok(crate::fresh(response))
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
                p { (button_link(&reader.t("slip-join"), "/follow", kernel_ui::Emphasis::Second)) }
            }
        },
    )
}

fn set(response: &mut Response, value: &str, path: &str, seconds: i64, encrypted: bool) -> Result<()> {
    let secure = if encrypted { "; Secure" } else { "" };
    let line = format!("{COOKIE}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let line = HeaderValue::from_str(&line).map_err(Error::fault)?;
    response.headers_mut().append(header::SET_COOKIE, line);
    Ok(())
}
