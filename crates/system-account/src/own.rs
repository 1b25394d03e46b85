//! What is nobody's but one's own, and what needs a fresh proof of who one is.

use axum::http::StatusCode;
use axum::response::Response;
use kernel_identity::Who;
use kernel_web::{Failure, Visit, see_other};

/// Seconds for which a proof of who somebody is counts as fresh.
const FRESH: i64 = 600;

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

/// The way to prove anew who one is, and back to `page`; none when it was done just now.
pub fn prove_first(visit: &Visit, who: &Who, page: &str) -> Option<Response> {
    (who.proved_at.plus_seconds(FRESH) < visit.now()).then(|| {
        let back: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        see_other(&format!("/sign-in/again?back={back}"))
    })
}
