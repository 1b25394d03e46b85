use axum::extract::Path;
use kernel_base::Error;
use kernel_web::{Answer, Part, Visit};
use serde::Serialize;
use utoipa::ToSchema;

use crate::reading::store as reading;
use crate::round::store as rounds;

/// A city given to an evaluator.
#[derive(Serialize, ToSchema)]
struct AssignmentOut {
    id: String,
    /// Slug of the city.
    city: String,
    account: String,
    /// `first`, `second` or `third`.
    seat: &'static str,
    #[schema(format = DateTime)]
    given_at: String,
    /// When the evaluator handed the city in.
    #[schema(format = DateTime)]
    done_at: Option<String>,
}

/// Who reads which city of a round, in the order in which the cities were given.
#[utoipa::path(get, path = "/api/v1/survey/rounds/{round}/assignments", tag = "survey", params(("round" = String, Path, description = "Slug of the round"), Part), responses((status = 200, description = "Assignments", body = Vec<AssignmentOut>), (status = 404, description = "No such round")))]
pub async fn assignments(visit: Visit, Path(round): Path<String>, part: Part) -> Answer {
    let store = &visit.city.store;
    let round = rounds::round_by_slug(store, &round).await?.ok_or(Error::NotFound)?;
    let cities = rounds::cities(store, &round.id).await?;
    let slug = |id: &str| cities.iter().find(|city| city.id == id).map_or_else(String::new, |city| city.slug.clone());
    let all = reading::of_round(store, &round.id).await?;
    let rows = all.into_iter().map(|one| AssignmentOut {
        city: slug(&one.city),
        seat: one.seat.word(),
        given_at: one.given_at.rfc3339(),
        done_at: one.done_at.map(kernel_base::Instant::rfc3339),
        id: one.id,
        account: one.account,
    });
    let rows = part.of(rows, |one| &one.id);
    Ok(part.answer(&visit, rows, |one: &AssignmentOut| &one.id))
}
