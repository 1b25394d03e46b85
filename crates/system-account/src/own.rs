//! What is nobody's but one's own, and what needs a fresh proof of who one is.

use axum::http::StatusCode;
use axum::response::Response;
use kernel_identity::Who;
use kernel_web::{Failure, Visit, see_other};

/// Who asks, for their own matters: nobody reads the letters or changes the address of whom they act for.
///
/// # Errors
/// 403 while this session acts for somebody else.
pub fn own(visit: &Visit) -> Result<&Who, Failure> {
    let who = visit.me()?;
    match who.acting {
        None => Ok(who),
        Some(_) => Err(Failure::said(StatusCode::FORBIDDEN, "account-not-while-acting")),
    }
}

/// The way to prove anew who one is, and back to `page`; none when it was done just now. A form's own address is no
/// page, so the page is named.
pub fn prove_first(visit: &Visit, page: &str) -> Option<Response> {
    if visit.recently_proved() {
        return None;
    }
    let again = visit.city.entrance()?.again;
    let back: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    Some(see_other(&format!("{again}?back={back}")))
}
