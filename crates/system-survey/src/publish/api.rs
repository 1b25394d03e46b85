//! A published round as JSON: the same bytes as `round.json`.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use kernel_web::{Answer, Problem, Visit};

use super::results::Results;
use super::store;

/// Everything that a round published: cities with scores, ranks and their intervals, every answer with its ground, averages,
/// best practice, reliability, change since earlier rounds. It never changes.
#[utoipa::path(get, path = "/api/v1/survey/rounds/{round}", tag = "survey", params(("round" = String, Path, description = "Its slug, as in its address")),
    responses((status = 200, description = "The round's results", body = Results), (status = 404, description = "There is none of that name, or it is not published", body = Problem)))]
pub async fn round(visit: Visit, Path(round): Path<String>) -> Answer {
    let kept = store::kept(&visit.city.store, &round).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], kept).into_response())
}
