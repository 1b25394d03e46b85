//! Vector tiles: `/map/tiles/{layer}/{z}/{x}/{y}.mvt`, and OGC API – Tiles (20-057), which names the row first.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use kernel_web::{Answer, Asked, Failure, Visit, as_it_is};
use map_segment::{Row, View as Told};

use super::address::MVT;
use super::answer::{is_open, only, open_if, with};
use super::item::is_known;
use super::kept::{Kept, Place, Tile, View, Wanted};
use super::sieve::Sieve;
use super::tilesets::SET;
use crate::served::{Rooms, Seen, seen};
use crate::settings::Settings;

/// `x` and `y` count from the north-west; the last part may end with `.mvt` or `.pbf`.
pub async fn by_column(
    visit: Visit,
    Path((layer, z, x, y)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    asked: Asked,
) -> Answer {
    only(&asked, &["v"])?;
    let y = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(&y);
    tile(&visit, &layer, (&z, &x, y), &headers).await
}

pub async fn by_row(
    visit: Visit,
    Path((layer, set, z, row, column)): Path<(String, String, String, String, String)>,
    headers: HeaderMap,
    asked: Asked,
) -> Answer {
    only(&asked, &[])?;
    if set != SET || !matches!(asked.text("f"), "" | "mvt") {
        return Err(Failure::not_found());
    }
    tile(&visit, &layer, (&z, &column, &row), &headers).await
}

async fn tile(visit: &Visit, layer: &str, (z, x, y): (&str, &str, &str), headers: &HeaderMap) -> Answer {
    let place = z.parse().ok().zip(x.parse().ok()).zip(y.parse().ok());
    let place = place.and_then(|((z, x), y)| Place::new(z, x, y)).ok_or_else(Failure::not_found)?;
    let seen = seen(visit, layer).await?;
    let open = seen.served.layer.clone();
    let rooms = visit.city.memory(Rooms::default);
    let kept = visit.city.memory(|| Kept::of(Settings::of(&visit.city).tile_cache_bytes));
    let view = View::of(&open, &seen.mask);
    let tile = match kept.get(&rooms, layer, place, view) {
        Wanted::Ready(tile) => tile,
        Wanted::Missing(since) => {
            let tile = tokio::task::spawn_blocking(move || made(&seen, place)).await.map_err(Error::fault)??;
            kept.put(&rooms, (layer, place, view), since, tile.clone());
            tile
        }
    };
    let mut response = answer(&tile, headers)?;
    let control = if is_open(&open) { "public, no-cache" } else { "private, no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    Ok(as_it_is(open_if(&open, response)))
}

/// Only fields and rows that the mask lets through go in.
fn made(seen: &Seen, place: Place) -> Result<Arc<Tile>, Failure> {
    let layer = &seen.served.layer;
    let sieve = Sieve::of(layer, &seen.mask)?;
    let passes = |row: &Row<'_>| sieve.passes(row);
    let rows = if sieve.is_open() { None } else { Some(&passes as &dyn Fn(&Row<'_>) -> bool) };
    let told = Told { layer: &layer.name, fields: &layer.fields(&seen.mask), rows };
    let bytes = seen.served.live.tile(place.z, place.x, place.y, &told).map_err(Error::fault)?;
    Ok(Arc::new(Tile::new(bytes)))
}

fn answer(tile: &Tile, headers: &HeaderMap) -> Result<Response, Failure> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    let tag = format!("\"{}{}\"", tile.tag, if packed { "-gzip" } else { "" });
    let response = match (tile.is_empty(), is_known(headers, &tag)) {
        (true, _) => StatusCode::NO_CONTENT.into_response(),
        (_, true) => StatusCode::NOT_MODIFIED.into_response(),
        _ => {
            let body = if packed { tile.packed()? } else { tile.plain() };
            let mut response = Response::new(body.into());
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
            if packed {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            response
        }
    };
    Ok(with(with(response, header::VARY, "accept-encoding"), header::ETAG, &tag))
}
