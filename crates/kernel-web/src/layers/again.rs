use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Unwritten;
use crate::layers::measure::Streamed;
use crate::proof::Act;
use crate::routes::is_safe;
use crate::{City, Failure};

const TRIES: u32 = 5;

/// Runs a whole act again when the database asks for it (serialization conflict): acts do nothing outside their
/// transaction, so they may run twice.
pub(crate) async fn act(State(city): State<City>, request: Request, next: Next) -> Response {
    // What is streamed cannot be run again: nobody has it any more.
    if is_safe(request.method()) || request.extensions().get::<Streamed>().is_some() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(Act::new(&*city.random));
    let Ok(body) = to_bytes(body, city.settings.body_limit).await else {
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "").into_response();
    };
    for _ in 1..TRIES {
        let again = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let response = next.clone().run(again).await;
        if !response.extensions().get::<Unwritten>().is_some_and(|Unwritten(failure)| failure.again) {
            return response;
        }
        tracing::debug!(path = parts.uri.path(), "the database asked to run the act again");
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}
