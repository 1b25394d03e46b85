//! Differences and probes for programs.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use kernel_web::{Answer, Visit, fresh};
use serde::Serialize;
use survey_instrument::{exact, rounded_number};
use utoipa::ToSchema;

use super::round_at;
use super::standing::{Comparison, Standing};
use super::{probes, store};
use crate::reading::{Seat, verdict};
use crate::round::store as rounds;

#[derive(Serialize, ToSchema)]
struct DifferenceOut {
    /// The city's name in addresses.
    city: String,
    readers: Vec<ReaderOut>,
    /// Totals of the first two readers, once both have handed in; never of a city that you read.
    totals: Option<[TotalOut; 2]>,
    /// How far the totals are apart, in thousandths of their mean.
    apart: Option<f64>,
    third_needed: Option<bool>,
    /// `reading`, `third_needed`, `open` or `settled`.
    standing: &'static str,
    /// Criteria that wait for an adjudicator.
    open: Option<usize>,
}

#[derive(Serialize, ToSchema)]
struct ReaderOut {
    /// `first`, `second` or `third`.
    seat: &'static str,
    /// Criteria answered so far.
    coded: usize,
    #[schema(format = DateTime)]
    handed_in: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TotalOut {
    rounded: f64,
    exact: String,
}

#[derive(Serialize, ToSchema)]
struct ProbeOut {
    id: String,
    city: String,
    criterion: String,
    /// `mail` or `form`.
    way: &'static str,
    mark: String,
    #[schema(format = DateTime)]
    sent: String,
    #[schema(format = DateTime)]
    acknowledged: Option<String>,
    #[schema(format = DateTime)]
    answered: Option<String>,
    #[schema(format = DateTime)]
    returned: Option<String>,
    /// Why a person set the times.
    correction: Option<String>,
}

/// How far the readers of a round's cities are, and how far apart. Never what they answered.
#[utoipa::path(get, path = "/api/v1/survey/office/{round}/differences", tag = "survey", params(("round" = String, Path, description = "The round's name in addresses")),
    responses((status = 200, description = "Cities by name", body = Vec<DifferenceOut>), (status = 404, description = "There is no such round")))]
pub async fn differences(visit: Visit, Path(round): Path<String>) -> Answer {
    let round = round_at(&visit, &round).await?;
    let mut all = Comparison::of_round(&visit.city.store, &round).await?;
    let me = &visit.me()?.account;
    let cities = rounds::cities(&visit.city.store, &round.id).await?.into_iter().map(|city| {
        let one = all.remove(&city.id).unwrap_or_default();
        let shown = !one.is_read_by(me);
        let totals = one.totals(round.instrument).filter(|_| shown);
        let standing = one.standing(&round);
        let reader = |seat: Seat| {
            let handed_in = one.at(seat)?.done_at.map(|at| at.rfc3339());
            Some(ReaderOut { seat: seat.word(), coded: one.coded.get(&seat).copied().unwrap_or_default(), handed_in })
        };
        DifferenceOut {
            city: city.slug,
            readers: Seat::ALL.into_iter().filter_map(reader).collect(),
            totals: totals
                .map(|totals| totals.map(|total| TotalOut { rounded: rounded_number(total), exact: exact(total) })),
            apart: totals.map(|[first, second]| rounded_number(verdict::apart(first, second))),
            third_needed: one.third_needed(&round).filter(|_| shown),
            standing: match standing {
                Standing::Reading => "reading",
                Standing::ThirdNeeded => "third_needed",
                Standing::Open(_) => "open",
                Standing::Settled => "settled",
            },
            open: if let Standing::Open(open) = standing { Some(open) } else { None },
        }
    });
    Ok(fresh(Json(cities.collect::<Vec<_>>()).into_response()))
}

/// Questions sent to the cities that you may ask, with the times of what came back.
#[utoipa::path(get, path = "/api/v1/survey/office/{round}/probes", tag = "survey", params(("round" = String, Path, description = "The round's name in addresses")),
    responses((status = 200, description = "Questions in the order in which they were sent", body = Vec<ProbeOut>), (status = 404, description = "There is no such round")))]
pub async fn probes(visit: Visit, Path(round): Path<String>) -> Answer {
    let round = round_at(&visit, &round).await?;
    let cities = probes::cities(&visit, &round).await?;
    let all = store::probes_of_round(&visit.city.store, &round.id).await?.into_iter().filter_map(|probe| {
        let city = cities.iter().find(|city| city.id == probe.city)?;
        Some(ProbeOut {
            id: probe.id,
            city: city.slug.clone(),
            criterion: probe.criterion,
            way: probe.way.word(),
            mark: probe.mark,
            sent: probe.sent_at.rfc3339(),
            acknowledged: probe.acknowledged_at.map(|at| at.rfc3339()),
            answered: probe.answered_at.map(|at| at.rfc3339()),
            returned: probe.returned_at.map(|at| at.rfc3339()),
            correction: probe.correction,
        })
    });
    Ok(fresh(Json(all.collect::<Vec<_>>()).into_response()))
}
