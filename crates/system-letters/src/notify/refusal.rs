//! Errors as clients of this interface expect them: `{"status_code": 400, "errors": [{"error": …, "message": …}]}`.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use kernel_web::Failure;
use serde_json::json;

/// Why a request is not done.
#[derive(Debug)]
pub enum Refusal {
    Said {
        status: StatusCode,
        errors: Vec<(&'static str, String)>,
    },
    /// Ours: the portal's own layers answer, or run the act again.
    Failure(Failure),
}

pub type Answer = Result<Response, Failure>;

impl Refusal {
    fn said(status: StatusCode, error: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::Said { status, errors: vec![(error, message.into())] }
    }

    pub fn bad(message: impl Into<String>) -> Refusal {
        Refusal::said(StatusCode::BAD_REQUEST, "BadRequestError", message)
    }

    pub fn invalid(message: impl Into<String>) -> Refusal {
        Refusal::said(StatusCode::BAD_REQUEST, "ValidationError", message)
    }

    pub fn all_invalid(messages: Vec<String>) -> Refusal {
        let errors = messages.into_iter().map(|message| ("ValidationError", message)).collect();
        Refusal::Said { status: StatusCode::BAD_REQUEST, errors }
    }

    pub fn unsigned(message: impl Into<String>) -> Refusal {
        Refusal::said(StatusCode::UNAUTHORIZED, "AuthError", message)
    }

    pub fn forbidden(message: impl Into<String>) -> Refusal {
        Refusal::said(StatusCode::FORBIDDEN, "AuthError", message)
    }

    pub fn none() -> Refusal {
        Refusal::said(StatusCode::NOT_FOUND, "NoResultFound", "No result found")
    }

    pub fn too_many(message: impl Into<String>) -> Refusal {
        Refusal::said(StatusCode::TOO_MANY_REQUESTS, "RateLimitError", message)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Failure(error.into())
    }
}

/// The answer to the outcome of a request.
pub fn answered(outcome: Result<Response, Refusal>) -> Answer {
    match outcome {
        Ok(response) => Ok(response),
        Err(Refusal::Failure(failure)) => Err(failure),
        Err(Refusal::Said { status, errors }) => {
            let errors: Vec<_> =
                errors.iter().map(|(error, message)| json!({ "error": error, "message": message })).collect();
            Ok(json_response(status, &json!({ "status_code": status.as_u16(), "errors": errors })))
        }
    }
}

pub fn json_response(status: StatusCode, body: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
