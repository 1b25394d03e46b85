//! What the map shows of the survey: the cities whose websites were judged, with their newest published score.

use contracts::Point;
use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_web::{City, LayerOffer, Offered};
use serde_json::json;
use survey_instrument::history::History;
use survey_instrument::rounded_number;

use crate::cities;

pub const CITIES: LayerOffer = LayerOffer {
    name: "survey-cities",
    title: "survey-layer-cities",
    about: "survey-layer-cities-about",
    after: &["round_published"],
    fields: &[
        ("name", "text"),
        ("name_ko", "text"),
        ("country", "text"),
        ("round", "text"),
        ("score", "number"),
        ("page", "text"),
    ],
    features: of_cities,
};

fn of_cities(_: &City) -> BoxFuture<'_, Result<Vec<Offered>>> {
    Box::pin(async {
        let history = History::published();
        let offered = history.cities.iter().map(|city| {
            let newest = history.rounds.iter().rev().find_map(|round| {
                let outcome = round.league().into_iter().find(|outcome| outcome.city == city.name)?;
                Some((round.id.clone(), rounded_number(outcome.score.as_ref()?.value)))
            });
            let (round, score) = newest.unzip();
            Offered {
                id: city.slug.clone(),
                at: Point { lon: city.lon, lat: city.lat },
                properties: vec![
                    json!(city.name("en")),
                    json!(city.name("ko")),
                    json!(city.iso),
                    json!(round),
                    json!(score),
                    json!(cities::address(city)),
                ],
            }
        });
        Ok(offered.collect())
    })
}
