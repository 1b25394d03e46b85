//! Maps of the city. A picture that the server draws, with plain links to move it and the same things as a list;
//! `web/script/map.js` puts a map that moves in the picture's place where the browser can draw one.

mod choices;
mod document;
mod editor;
mod layers;
mod location;
mod place;
mod shown;
mod view;

pub use document::{map_document, map_figure};
pub use editor::{MapEditor, map_editor};
pub use layers::{LayerTime, LegendEntry, MapLayer, MapShape, legend};
pub use location::{Location, location_picker};
pub use place::{MapPlace, PICTURE_HEIGHT, PICTURE_WIDTH};
pub use shown::{ShownGroup, ShownItem, ShownLayer, map_feature, map_list};
pub use view::{MapLook, MapView, MapWays, map_view};

use maud::{Markup, html};

use crate::{Reader, asset_address};

/// Words that a script says, by its own name for each, as the JSON object that it reads.
fn says(reader: &dyn Reader, words: &[&str]) -> serde_json::Value {
    let said = |word: &str| serde_json::Value::String(reader.t(&format!("ui-map-say-{word}")));
    words.iter().map(|word| ((*word).to_owned(), said(word))).collect()
}

/// The style sheet of maps; no page without a map loads it.
fn style() -> Markup {
    html! { @if let Some(style) = asset_address("map.css") { link rel="stylesheet" href=(style); } }
}

fn script(name: &str) -> Markup {
    html! { @if let Some(script) = asset_address(name) { script type="module" src=(script) {} } }
}
