use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{City, Failure};

/// What a program sends as JSON. Wrong media type: 415; no JSON: 400; JSON of another shape: 422; each says why.
pub struct Given<T>(pub T);

impl<T: DeserializeOwned> FromRequest<City> for Given<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, city: &City) -> Result<Given<T>, Failure> {
        let read = Json::<Value>::from_request(request, city).await;
        let Json(value) = read.map_err(|refused| Failure::new(refused.status(), refused.body_text()))?;
        let refused = |why: String| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, why);
        if has_nul(&value) {
            return Err(refused("a text holds a NUL character".to_owned()));
        }
        serde_json::from_value(value).map(Given).map_err(|cause| refused(cause.to_string()))
    }
}

/// No database takes a NUL character.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
