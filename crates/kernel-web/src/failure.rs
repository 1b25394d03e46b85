use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use serde::Serialize;

/// What a handler answers when it cannot do what was asked. Becomes a page in the reader's language, or problem
/// details (RFC 9457) for the API; the layer that knows the reader does that.
#[derive(Debug, Clone)]
pub struct Failure {
    pub status: StatusCode,
    /// For people; empty when the status says it all. Never details of the machine.
    pub detail: String,
    /// Message that words it for the reader's page; empty takes the status' own.
    pub(crate) key: &'static str,
    /// Seconds after which it may be tried again (`Retry-After`).
    pub(crate) after: Option<i64>,
    /// The database asks to run the act again.
    pub(crate) again: bool,
}

/// Handlers return this: `async fn show(visit: Visit) -> Answer { … Ok(visit.page(…)) }`.
pub type Answer = Result<Response, Failure>;

/// When it is worth trying again after the database was away.
const AWAY_SECONDS: i64 = 10;

impl Failure {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Failure {
        Failure { status, detail: detail.into(), key: "", after: None, again: false }
    }

    /// With words of its own on a page: `key` is its title, `key-advice` says what to do.
    pub fn said(status: StatusCode, key: &'static str) -> Failure {
        Failure { key, ..Failure::new(status, "") }
    }

    /// May be tried again after so many seconds.
    pub(crate) fn after(self, seconds: i64) -> Failure {
        Failure { after: Some(seconds), ..self }
    }

    /// The database is away: nothing was done, soon it may be.
    pub(crate) fn away() -> Failure {
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "").after(AWAY_SECONDS)
    }

    pub fn not_found() -> Failure {
        Failure::new(StatusCode::NOT_FOUND, "")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::NotFound => Failure::not_found(),
            Error::Refused(reason) => Failure::new(StatusCode::UNPROCESSABLE_ENTITY, reason),
            Error::Conflict(what) => {
                tracing::info!(what, "conflict");
                Failure::new(StatusCode::CONFLICT, "")
            }
            Error::Retry => Failure { again: true, ..Failure::new(StatusCode::SERVICE_UNAVAILABLE, "") },
            Error::Away(cause) => {
                tracing::error!(cause, "the database is away");
                Failure::away()
            }
            Error::Fault(cause) => {
                tracing::error!(cause, "a request failed");
                Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "")
            }
        }
    }
}

/// Marks a response whose body is still to be written for its reader.
#[derive(Debug, Clone)]
pub(crate) struct Unwritten(pub Failure);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Unwritten(self));
        response
    }
}

/// Problem details for HTTP APIs (RFC 9457).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `about:blank`: the status code is the kind.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The request's own address, for reports.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instance: String,
}

impl Problem {
    pub fn of(failure: &Failure, instance: &str) -> Problem {
        Problem {
            kind: "about:blank".to_owned(),
            title: failure.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: failure.status.as_u16(),
            detail: failure.detail.clone(),
            instance: instance.to_owned(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_never_tells_the_reader_what_broke() {
        let failure = Failure::from(Error::Fault("password of the database is hunter2".into()));
        let problem = serde_json::to_string(&Problem::of(&failure, "/x")).expect("serializes");
        assert!(problem.contains("\"status\":500") && !problem.contains("hunter2"));
    }
}
