//! `/map/picture?lon=…`: the view of an address as PNG, for pages whose reader has no scripts or no WebGL.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use geo_types::Geometry;
use kernel_base::Error;
use kernel_ui::{MapPlace, PICTURE_HEIGHT, PICTURE_WIDTH};
use kernel_web::{Answer, Asked, Failure, Visit, as_it_is};
use map_draw::looks::{Look, Tiles, base, on_base};
use map_draw::{Extras, Legend, Style, png};
use map_formats::geometry_from_text;
use serde_json::{Map, Value as Json, json};

use super::asked::View;
use super::laid::{laid, usual};
use crate::drawn::{Drawn, OWN, fonts, shown};
use crate::ogc::{all, bad, geometry_from_json};

/// Dots a pixel, so that letters are sharp on most screens.
const RATIO: f64 = 1.5;

/// What is drawn of a view: the style, where its features come from, what they mean.
pub struct Ready {
    pub style: Style,
    pub source: Drawn,
    pub legends: Vec<Legend>,
    pub titles: Vec<String>,
    pub credits: Vec<String>,
}

/// # Errors
/// The store's; a layer that cannot be read.
pub async fn ready(visit: &Visit, view: &View, look: Look, shape: Option<Geometry<f64>>) -> Result<Ready, Failure> {
    let (mut source, mut layers): (Drawn, Vec<Json>) = (Drawn::default(), Vec::new());
    let (mut legends, mut titles, mut credits) = (Vec::new(), Vec::new(), Vec::new());
    let ground = all(visit).await?;
    credits.extend(
        ground
            .iter()
            .filter(|seen| seen.served.layer.use_of == crate::layer::Use::Base)
            .map(|seen| seen.served.layer.source.clone()),
    );
    source.ground(ground)?;
    let all = laid(visit, view).await?;
    let usual = usual(&all);
    for one in all.into_iter().filter(|one| view.shows(one.layer(), &usual)) {
        let shown = shown(visit, look, &one.seen, Some(&one.theme))?;
        layers.extend(shown.layers);
        legends.push(shown.legend);
        titles.push(crate::ogc::title(visit, one.layer()).to_owned());
        credits.push(one.layer().source.clone());
        source.add(one.seen, |seen, sieve| view.narrow(seen, sieve))?;
    }
    credits.retain(|credit| !credit.is_empty());
    credits.sort();
    credits.dedup();
    if let Some(shape) = shape {
        source.own(shape);
        layers.extend(own(look));
    }
    let style = on_base(&base(look, visit.language.code, &Tiles::default()), &Map::new(), &layers);
    let style = Style::read(&style).map_err(Error::fault)?;
    Ok(Ready { style, source, legends, titles, credits })
}

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let view = View::of(&asked);
    let place = view.place.unwrap_or(MapPlace::new(0.0, 0.0, 1.0));
    let drawn = map_draw::View::around(place.lon, place.lat, place.zoom, PICTURE_WIDTH, PICTURE_HEIGHT, RATIO);
    let drawn = drawn.map_err(|cause| bad(cause.to_string()))?;
    let look = view.drawn_look(visit.preferences);
    let (ready, fonts) = (ready(&visit, &view, look, shape(asked.text("shape"))).await?, fonts(&visit));
    let extras = Extras { look, scale_bar: true, from_right: visit.language.rtl, ..Extras::default() };
    let work = move || png(&ready.style, &drawn, &ready.source, &fonts, &extras);
    let bytes =
        tokio::task::spawn_blocking(work).await.map_err(Error::fault)?.map_err(|cause| bad(cause.to_string()))?;
    Ok(file(bytes, "image/png"))
}

/// A shape that is being drawn, above everything: GeoJSON or WKT; nothing when it cannot be read.
fn shape(text: &str) -> Option<Geometry<f64>> {
    match text.starts_with('{') {
        true => geometry_from_json(&serde_json::from_str(text).ok()?).ok(),
        false => geometry_from_text(text),
    }
}

fn own(look: Look) -> [Json; 3] {
    let colour = look.palette().kinds[1];
    let is = |kind: &str| json!(["==", ["geometry-type"], kind]);
    let layer = |id: &str, kind: &str, filter: Json, paint: Json| json!({ "id": id, "type": kind, "source": OWN, "source-layer": OWN, "filter": filter, "paint": paint });
    [
        layer("own-area", "fill", is("Polygon"), json!({ "fill-color": colour, "fill-opacity": 0.3 })),
        layer(
            "own-edge",
            "line",
            json!(["!=", ["geometry-type"], "Point"]),
            json!({ "line-color": colour, "line-width": 3 }),
        ),
        layer(
            "own-dot",
            "circle",
            is("Point"),
            json!({ "circle-color": colour, "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 3 }),
        ),
    ]
}

/// A drawn file, for this reader and this moment.
pub fn file(bytes: Vec<u8>, kind: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, no-cache")];
    as_it_is((headers.map(|(name, value)| (name, HeaderValue::from_static(value))), bytes).into_response())
}
