use axum::Json;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::{City, Failure};

/// What a program sends as JSON. Wrong media type: 415; no JSON: 400; JSON of another shape: 422; each says why.
pub struct Given<T>(pub T);

impl<T: DeserializeOwned> FromRequest<City> for Given<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, city: &City) -> Result<Given<T>, Failure> {
        match Json::<T>::from_request(request, city).await {
            Ok(Json(given)) => Ok(Given(given)),
            Err(refused) => Err(Failure::new(refused.status(), refused.body_text())),
        }
    }
}
