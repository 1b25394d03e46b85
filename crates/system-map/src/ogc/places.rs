//! Words to places, places to what stands there, and points to districts.

use axum::response::Response;
use kernel_web::{Answer, Asked, Failure, Visit, as_it_is};
use map_places::{Ask, Hit};
use serde_json::{Value as Json, json};

use super::address::{GEOJSON, JSON, collection, segment};
use super::answer::{bad, json, only, open};
use crate::places::{self, Finder, index};
use crate::served::reading;

/// Hits when nobody says, and the most.
const USUAL: usize = 10;
const MOST: usize = 100;
/// How far somebody may be from what is nearest, in metres, and the furthest that is looked.
const NEAR: f64 = 200.0;
const FAR: f64 = 50_000.0;

/// `/map/api/search?q=시청&lon=126.9&lat=37.5&limit=5&typing=true&layers=…`
pub async fn search(visit: Visit, asked: Asked) -> Answer {
    only(&asked, &["q", "lon", "lat", "limit", "typing", "layers"])?;
    let (near, limit) = (point(&asked)?, limit(&asked, USUAL)?);
    let (index, finder) = (index(&visit.city).await?, Finder::of(&visit.city, reading(&visit)).await?);
    let wanted = wanted(&asked);
    let may = |layer: &str, class: u16| wanted(layer) && finder.may(layer, class);
    let ask = Ask { text: asked.text("q"), near, limit, typing: asked.text("typing") == "true", may: &may };
    found(&visit, &index.ask(&ask))
}

/// `/map/api/reverse?lon=126.978&lat=37.5665&within=200`: what has a name or an address and stands nearest.
pub async fn reverse(visit: Visit, asked: Asked) -> Answer {
    only(&asked, &["lon", "lat", "within", "limit", "layers"])?;
    let at = point(&asked)?.ok_or_else(|| bad("lon and lat are needed"))?;
    let wrong = || bad(format!("within is metres, at most {FAR}"));
    let within = match asked.text("within") {
        "" => NEAR,
        text => text.parse().ok().filter(|metres| (0.0..=FAR).contains(metres)).ok_or_else(wrong)?,
    };
    let (index, finder) = (index(&visit.city).await?, Finder::of(&visit.city, reading(&visit)).await?);
    let wanted = wanted(&asked);
    let may = |layer: &str, class: u16| wanted(layer) && finder.may(layer, class);
    found(&visit, &index.nearest(at, limit(&asked, 1)?, within, &may))
}

/// Whether a layer is among those that are asked for.
fn wanted(asked: &Asked) -> impl Fn(&str) -> bool + use<> {
    let named: Vec<String> =
        asked.text("layers").split(',').map(str::to_owned).filter(|name| !name.is_empty()).collect();
    move |layer: &str| named.is_empty() || named.iter().any(|name| name == layer)
}

fn limit(asked: &Asked, usual: usize) -> Result<usize, Failure> {
    match asked.text("limit") {
        "" => Ok(usual),
        text => {
            let read = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
            read.ok_or_else(|| bad(format!("limit is a number from 1 to {MOST}")))
        }
    }
}

/// What a stranger finds, scripts of other sites may read.
fn opened(visit: &Visit, response: Response) -> Response {
    if visit.who().is_none() { open(response) } else { response }
}

fn found(visit: &Visit, hits: &[Hit]) -> Answer {
    let features: Vec<Json> = hits.iter().map(|hit| feature(visit, hit)).collect();
    let document = json!({ "type": "FeatureCollection", "features": features, "numberReturned": features.len() });
    Ok(opened(visit, as_it_is(json(&document, GEOJSON)?)))
}

fn feature(visit: &Visit, hit: &Hit) -> Json {
    let marks: Vec<[usize; 2]> = hit.marks.iter().map(|mark| [mark.start, mark.end]).collect();
    let mut properties =
        json!({ "name": hit.name, "layer": hit.layer, "score": hit.score, "exact": hit.exact, "marks": marks });
    let mut say = |name: &str, value: Json| properties[name] = value;
    if let Some(alias) = &hit.alias {
        say("alias", alias.as_str().into());
    }
    if let Some(address) = &hit.address {
        let words = [&address.street, &address.number, &address.postcode, &address.place];
        let words: Vec<&str> = words.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        say("address", words.join(" ").into());
    }
    if !hit.district.is_empty() {
        say("district", hit.district.as_str().into());
    }
    if let Some(metres) = hit.metres {
        say("metres", json!(metres.round()));
    }
    say("href", collection(visit, &hit.layer, &format!("/items/{}", segment(&hit.id))).into());
    let at = json!({ "type": "Point", "coordinates": [hit.at.0, hit.at.1] });
    json!({ "type": "Feature", "id": format!("{}/{}", hit.layer, hit.id), "geometry": at, "properties": properties })
}

fn point(asked: &Asked) -> Result<Option<(f64, f64)>, Failure> {
    let number = |name: &str, most: f64| asked.text(name).parse().ok().filter(|number: &f64| number.abs() <= most);
    match (asked.text("lon"), asked.text("lat")) {
        ("", "") => Ok(None),
        _ => {
            let at = number("lon", 180.0).zip(number("lat", 90.0));
            at.map(Some).ok_or_else(|| bad("lon and lat are degrees: -180 to 180 and -90 to 90"))
        }
    }
}

/// `/map/api/districts?lon=126.978&lat=37.5665`: the districts that hold a point, the smallest first.
pub async fn districts(visit: Visit, asked: Asked) -> Answer {
    only(&asked, &["lon", "lat"])?;
    let (lon, lat) = point(&asked)?.ok_or_else(|| bad("lon and lat are needed"))?;
    let at = contracts::Point { lon, lat };
    let all = places::districts(&visit.city, at, reading(&visit), visit.language.code).await?;
    Ok(opened(&visit, as_it_is(json(&json!({ "districts": all }), JSON)?)))
}
