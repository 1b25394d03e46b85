//! `/map/style/day.json?layers=trees,roads&lang=ko`: the style that browsers draw by, base map and layers together.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel_web::{Answer, Asked, Failure, Visit, as_it_is};
use map_draw::looks::{Look, Tiles, base, on_base};
use serde_json::{Map, Value as Json, json};

use super::asked::View;
use super::laid::laid;
use crate::drawn::shown;
use crate::layer::{Layer, Use};
use crate::ogc::all;
use crate::served::Seen;

/// Browsers magnify tiles of this zoom themselves: four centimetres at the equator.
const DEEPEST: u8 = 18;

pub async fn show(visit: Visit, Path(file): Path<String>, asked: Asked) -> Answer {
    let look = file.strip_suffix(".json").and_then(Look::named).ok_or_else(Failure::not_found)?;
    let view = View::of(&asked);
    let named: Vec<&str> = asked.text("layers").split(',').filter(|name| !name.is_empty()).collect();
    let (mut sources, mut layers) = (Map::new(), Vec::new());
    for one in laid(&visit, &view).await?.iter().filter(|one| named.contains(&one.layer().name.as_str())) {
        sources.insert(one.layer().name.clone(), source(one.layer()));
        layers.extend(shown(&visit, look, &one.seen, Some(&one.theme))?.layers);
    }
    let ground = ground(look, visit.language.code, &all(&visit).await?);
    let mut response = axum::Json(on_base(&ground, &sources, &layers)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(as_it_is(response))
}

fn source(layer: &Layer) -> Json {
    json!({ "type": "vector", "tiles": [format!("/map/tiles/{}/{{z}}/{{x}}/{{y}}.mvt", layer.name)], "maxzoom": DEEPEST })
}

/// The base map, as far as this city has one: its layers are named `base-road`, `base-water` and so on.
fn ground(look: Look, language: &str, all: &[Seen]) -> Json {
    let of_base = |seen: &&Seen| seen.served.layer.use_of == Use::Base;
    let there: Map<String, Json> =
        all.iter().filter(of_base).map(|seen| (seen.served.layer.name.clone(), source(&seen.served.layer))).collect();
    let mut style = base(look, language, &Tiles::default());
    if let Some(layers) = style["layers"].as_array_mut() {
        layers.retain_mut(|layer| {
            let Some(name) = layer["source-layer"].as_str().map(|name| format!("base-{name}")) else { return true };
            let kept = there.contains_key(&name);
            layer["source-layer"] = name.as_str().into();
            layer["source"] = name.into();
            kept
        });
    }
    style["sources"] = Json::Object(there);
    style
}
