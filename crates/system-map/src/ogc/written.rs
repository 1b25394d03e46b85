//! Features written by programs and by the map page (OGC 20-002r1, Features Part 4): each a [`change`] with its rights.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use kernel_web::{Answer, Asked, Failure, Visit};
use serde_json::{Map, Value as Json};

use super::address::{collection, segment};
use super::answer::{only, with};
use super::geometry;
use super::item::{document, found};
use super::reference::{into_layer, named, spoken, turned};
use crate::by::By;
use crate::change::{Act, Changed, Draft, Refused, change};
use crate::layer::Layer;
use crate::served::{Seen, seen};

/// What bodies may be.
const FEATURE: &[&str] = &["application/geo+json", "application/json"];
const PATCH: &[&str] = &["application/merge-patch+json", "application/geo+json", "application/json"];

pub async fn create(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked, body: Bytes) -> Answer {
    let seen = writable(&visit, &layer).await?;
    only(&asked, &[])?;
    let draft = draft(&seen, (&headers, &body), FEATURE, true)?;
    let by = By::Account(visit.me()?);
    let changed = change(&visit.city, by, &layer, None, None, Act::Create(draft)).await.map_err(refused)?;
    let response = answer(&visit, &asked, &headers, &changed, &layer).await?;
    let location = collection(&visit, &layer, &format!("/items/{}", segment(&changed.id)));
    let mut response = with(response, header::LOCATION, &location);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

pub async fn replace(
    visit: Visit,
    Path(of): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: Bytes,
) -> Answer {
    let seen = writable(&visit, &of.0).await?;
    let expected = expected(&seen, &of.1, &headers)?;
    let draft = draft(&seen, (&headers, &body), FEATURE, true)?;
    act(&visit, (&of.0, &of.1), (&headers, &asked), expected, Act::Replace(draft)).await
}

/// A merge patch (RFC 7396) of the feature: what is named becomes so, the rest stays.
pub async fn update(
    visit: Visit,
    Path(of): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: Bytes,
) -> Answer {
    let seen = writable(&visit, &of.0).await?;
    let expected = expected(&seen, &of.1, &headers)?;
    let draft = draft(&seen, (&headers, &body), PATCH, false)?;
    act(&visit, (&of.0, &of.1), (&headers, &asked), expected, Act::Update(draft)).await
}

pub async fn remove(visit: Visit, Path(of): Path<(String, String)>, headers: HeaderMap, asked: Asked) -> Answer {
    let seen = writable(&visit, &of.0).await?;
    let expected = expected(&seen, &of.1, &headers)?;
    act(&visit, (&of.0, &of.1), (&headers, &asked), expected, Act::Remove).await
}

async fn act(
    visit: &Visit,
    (layer, id): (&str, &str),
    (headers, asked): (&HeaderMap, &Asked),
    expected: Option<u64>,
    act: Act,
) -> Answer {
    only(asked, &[])?;
    let gone = matches!(act, Act::Remove);
    let by = By::Account(visit.me()?);
    let changed = change(&visit.city, by, layer, Some(id), expected, act).await.map_err(refused)?;
    if gone {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    answer(visit, asked, headers, &changed, layer).await
}

/// The layer, for somebody who may change it: who looks after layers, or works for the department that owns it.
///
/// # Errors
/// 404 when it is not to be seen, 403 when it is not to be changed.
async fn writable(visit: &Visit, layer: &str) -> Result<Seen, Failure> {
    let seen = seen(visit, layer).await?;
    let may = visit.may("map.layer") || visit.me().is_ok_and(|me| seen.served.layer.owned_by(me));
    let refused = || Failure::new(StatusCode::FORBIDDEN, "Only the department that owns this layer changes it.");
    if may { Ok(seen) } else { Err(refused()) }
}

/// The version that `If-Match` names (RFC 9110 §13.1.1, RFC 6585 §3); `None`: whatever holds.
fn expected(seen: &Seen, id: &str, headers: &HeaderMap) -> Result<Option<u64>, Failure> {
    let found = found(seen, id)?;
    let Some(known) = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()) else {
        let why = "Say in If-Match which version you change: the ETag of your last answer, or *.";
        return Err(Failure::new(StatusCode::PRECONDITION_REQUIRED, why));
    };
    let tag = format!("\"{}\"", seen.served.layer.tag(found.version));
    match known.split(',').map(str::trim).any(|one| one == tag) {
        _ if known.trim() == "*" => Ok(None),
        true => Ok(Some(found.version)),
        false => Err(stale()),
    }
}

fn stale() -> Failure {
    Failure::new(StatusCode::PRECONDITION_FAILED, "It was changed since you read it; read it again.")
}

fn refused(cause: Refused) -> Failure {
    match cause {
        Refused::Stale(_) => stale(),
        Refused::Gone => Failure::not_found(),
        Refused::Store(cause) => cause.into(),
        other => Failure::new(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
    }
}

/// The feature as it is now when the program prefers it (RFC 7240), else nothing; with its tag.
async fn answer(visit: &Visit, asked: &Asked, headers: &HeaderMap, changed: &Changed, layer: &str) -> Answer {
    let seen = seen(visit, layer).await?;
    let prefer = headers.get("prefer").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = if prefer.contains("return=representation") {
        document(visit, asked, &seen, (&found(&seen, &changed.id)?, map_feature::Crs::Crs84))?
    } else {
        StatusCode::NO_CONTENT.into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let tag = format!("\"{}\"", seen.served.layer.tag(changed.version));
    Ok(with(response, header::ETAG, &tag))
}

/// Reads a feature: its geometry by `Content-Crs`, its properties as they are.
fn draft(seen: &Seen, (headers, body): (&HeaderMap, &Bytes), kinds: &[&str], whole: bool) -> Result<Draft, Failure> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text("content-type").split(';').next().unwrap_or_default().trim();
    if !kinds.contains(&kind) {
        let why = format!("The body is {}.", kinds.join(" or "));
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    let unreadable = |why: String| Failure::new(StatusCode::BAD_REQUEST, why);
    if body.contains(&0) || body.windows(6).any(|part| part == b"\\u0000") {
        return Err(unreadable("a text holds a NUL character".to_owned()));
    }
    let json: Json = serde_json::from_slice(body).map_err(|cause| unreadable(format!("this is no JSON: {cause}")))?;
    let Json::Object(feature) = json else { return Err(unreadable("a feature is a JSON object".to_owned())) };
    if (whole || feature.contains_key("type")) && feature.get("type").and_then(Json::as_str) != Some("Feature") {
        return Err(unreadable("\"type\" is \"Feature\"".to_owned()));
    }
    let crs = text("content-crs").trim().trim_start_matches('<').trim_end_matches('>').to_owned();
    let layer = &seen.served.layer;
    let crs = named("Content-Crs", &crs, &spoken(layer, seen.served.live.bounds()))?;
    Ok(Draft { geometry: place(&feature, layer, crs, whole)?, properties: properties(feature, seen, whole)? })
}

fn place(
    feature: &Map<String, Json>,
    layer: &Layer,
    crs: map_feature::Crs,
    whole: bool,
) -> Result<Option<Option<geo_types::Geometry<f64>>>, Failure> {
    let refused = |why: String| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, why);
    match feature.get("geometry") {
        None if whole => Err(refused("\"geometry\" is missing; null is a feature without a place".to_owned())),
        None => Ok(None),
        Some(Json::Null) => Ok(Some(None)),
        Some(json) => {
            let geometry = geometry::read(json).map_err(|why| refused(format!("geometry: {why}")))?;
            if !on_earth(&geometry, crs) {
                return Err(refused("geometry: degrees lie from -180 to 180 and from -90 to 90".to_owned()));
            }
            into_layer(geometry, crs, layer).map(|geometry| Some(Some(geometry)))
        }
    }
}

/// Whether coordinates in degrees are ones of the earth.
fn on_earth(geometry: &geo_types::Geometry<f64>, crs: map_feature::Crs) -> bool {
    use geo::CoordsIter;
    let fits = |at: geo_types::Coord<f64>| {
        let (lon, lat) = if turned(crs) { (at.y, at.x) } else { (at.x, at.y) };
        lon.abs() <= 180.0 && lat.abs() <= 90.0
    };
    !crs.is_geographic() || geometry.coords_iter().all(fits)
}

fn properties(mut feature: Map<String, Json>, seen: &Seen, whole: bool) -> Result<Map<String, Json>, Failure> {
    let refused = |why: &str| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, why);
    let properties = match feature.remove("properties") {
        Some(Json::Object(properties)) => properties,
        None if !whole => Map::new(),
        Some(Json::Null) => Map::new(),
        _ => return Err(refused("\"properties\" is an object")),
    };
    let (layer, shown) = (&seen.served.layer, seen.served.layer.fields(&seen.mask));
    let hidden = |name: &&String| layer.schema.position(name).is_some_and(|at| !shown.contains(&at));
    match properties.keys().find(hidden) {
        Some(name) => Err(refused(&format!("there is no field \"{name}\" in this layer"))),
        None => Ok(properties),
    }
}
