//! Maps as pictures (OGC 20-058): drawn from the same features as tiles, in the map's own looks.

use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use kernel_base::Error;
use kernel_web::{Answer, Asked, Failure, Visit, as_it_is};
use map_draw::looks::{Look, Tiles, base, on_base};
use map_draw::{DrawError, Extras, Style, View, png};
use map_feature::{Bounds, Crs};
use serde_json::{Map, Value as Json, json};

use super::address::PNG;
use super::answer::{bad, is_open, of, only, open, with};
use super::collections::all;
use super::reference::{box_in_degrees, turned};
use crate::drawn::{Drawn, fonts, shown};
use crate::layer::{Mask, Use};
use crate::served::{Seen, seen};

/// Pixels of a side when nobody says.
const USUAL: u32 = 768;
/// Layers of one picture.
const LAYERS: usize = 16;
const PARAMETERS: &[&str] =
    &["bbox", "bbox-crs", "crs", "width", "height", "style", "transparent", "collections", "dpr"];

pub async fn of_one(visit: Visit, Path(layer): Path<String>, asked: Asked) -> Answer {
    only(&asked, PARAMETERS)?;
    let seen = seen(&visit, &layer).await?;
    picture(&visit, &asked, vec![seen]).await
}

/// All layers, or those that `collections` names.
pub async fn of_all(visit: Visit, asked: Asked) -> Answer {
    only(&asked, PARAMETERS)?;
    let names: Vec<&str> = asked.text("collections").split(',').filter(|name| !name.is_empty()).collect();
    let mut layers = Vec::new();
    for name in names.iter().take(LAYERS) {
        layers.push(seen(&visit, name).await?);
    }
    if names.is_empty() {
        layers = all(&visit).await?;
        layers.retain(|seen| seen.served.layer.use_of != Use::Base);
        layers.truncate(LAYERS);
    }
    picture(&visit, &asked, layers).await
}

async fn picture(visit: &Visit, asked: &Asked, layers: Vec<Seen>) -> Answer {
    let transparent = asked.text("transparent") == "true";
    let look = look(asked.text("style"))?;
    let (view, area) = view(asked, &layers)?;
    let everybodys = layers.iter().all(|seen| is_open(&seen.served.layer) && seen.served.layer.is_open());
    let fonts = fonts(visit);
    let mut drawn = Drawn::default();
    let style = style(visit, (look, transparent), &layers)?;
    if !transparent {
        drawn.ground(all(visit).await?)?;
    }
    layers.into_iter().try_for_each(|seen| drawn.add(seen, |_, _| ()))?;
    let extras = Extras { look, ..Extras::default() };
    let work = move || png(&style, &view, &drawn, &fonts, &extras);
    let picture = tokio::task::spawn_blocking(work).await.map_err(Error::fault)?.map_err(refused)?;
    let response = as_it_is(placed(of(picture, PNG), area));
    Ok(if everybodys { open(response) } else { response })
}

fn refused(cause: DrawError) -> Failure {
    match cause {
        DrawError::Writing(_) => Error::fault(cause).into(),
        other => bad(other.to_string()),
    }
}

/// Says where the picture lies.
fn placed(response: Response, area: Bounds) -> Response {
    let bbox = format!("{},{},{},{}", area.west, area.south, area.east, area.north);
    let response = with(response, HeaderName::from_static("content-bbox"), &bbox);
    let crs = format!("<{}>", Crs::WEB_MERCATOR.uri());
    let mut response = with(response, HeaderName::from_static("content-crs"), &crs);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

fn look(word: &str) -> Result<Look, Failure> {
    match word {
        "" => Ok(Look::Day),
        word => serde_json::from_value(word.into()).map_err(|_| bad("style is day, dark, colour-blind or contrast")),
    }
}

/// The part of the world, by `bbox` or else all of the layers.
fn view(asked: &Asked, layers: &[Seen]) -> Result<(View, Bounds), Failure> {
    let side = |name: &str| match asked.text(name) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| bad(format!("{name} is a number of pixels"))),
    };
    let (width, height): (Option<u32>, Option<u32>) = (side("width")?, side("height")?);
    let ratio = asked.text("dpr").parse().unwrap_or(1.0_f64).clamp(1.0, 3.0);
    if !matches!(asked.text("crs").parse(), Ok(Crs::WEB_MERCATOR)) && !asked.text("crs").is_empty() {
        return Err(bad(format!("maps are drawn in {}", Crs::WEB_MERCATOR.uri())));
    }
    let size = (width.or(height).unwrap_or(USUAL), height.or(width).unwrap_or(USUAL));
    let said = asked.text("bbox");
    let told = |seen: &&Seen| seen.mask == Mask::Whole || seen.served.layer.rows_shown.is_empty();
    let all = || layers.iter().filter(told).filter_map(|seen| seen.served.live.bounds()).reduce(Bounds::joined);
    let (area, view) = match said {
        "" => {
            let area = all().unwrap_or(Bounds { west: -180.0, south: -60.0, east: 180.0, north: 75.0 });
            (area, View::showing(area, size.0, size.1, ratio))
        }
        text => {
            let area = corners(text, asked.text("bbox-crs"))?;
            let exact = width.is_some() && height.is_some();
            let view = if exact { View::exactly } else { View::showing };
            (area, view(area, size.0, size.1, ratio))
        }
    };
    Ok((view.map_err(refused)?, area))
}

fn corners(text: &str, crs: &str) -> Result<Bounds, Failure> {
    let crs: Crs = if crs.is_empty() { Crs::Crs84 } else { crs.parse().map_err(|_| bad("bbox-crs is unknown"))? };
    let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let [a, b, c, d] = numbers[..] else { return Err(bad("bbox is four numbers, with commas between")) };
    let area = if turned(crs) { [b, a, d, c] } else { [a, b, c, d] };
    let area = Bounds { west: area[0], south: area[1], east: area[2], north: area[3] };
    if area.west >= area.east || area.south >= area.north {
        return Err(bad("bbox: the first corner is the lower left one"));
    }
    box_in_degrees(area, crs)
}

fn style(visit: &Visit, (look, transparent): (Look, bool), layers: &[Seen]) -> Result<Style, Failure> {
    let mut data: Vec<Json> = Vec::new();
    for seen in layers {
        data.extend(shown(visit, look, seen, None)?.layers);
    }
    let ground = match transparent {
        true => json!({ "version": 8, "sources": {}, "layers": [] }),
        false => base(look, visit.language.code, &Tiles::default()),
    };
    let style = on_base(&ground, &Map::new(), &data);
    Style::read(&style).map_err(|cause| Error::fault(cause).into())
}
