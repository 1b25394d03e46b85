use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Failure;

/// Nothing has an address with a NUL character in it, and no database takes one.
pub(crate) async fn address(request: Request, next: Next) -> Response {
    match request.uri().path().contains("%00") {
        true => Failure::not_found().into_response(),
        false => next.run(request).await,
    }
}
