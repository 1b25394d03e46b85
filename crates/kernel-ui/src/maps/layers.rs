use maud::{Markup, html};

use crate::Reader;

/// How a layer's things look on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapShape {
    Point,
    Line,
    Area,
}

/// What a colour stands for.
#[derive(Debug, Clone)]
pub struct LegendEntry {
    pub shape: MapShape,
    /// As CSS writes it.
    pub colour: String,
    pub label: String,
}

/// A field that holds days or moments, so that the layer can be looked at as of a time.
#[derive(Debug, Clone)]
pub struct LayerTime {
    pub field: String,
    /// First and last day that occur, `2026-01-31`.
    pub from: String,
    pub to: String,
}

/// One layer that a reader may see on the map.
#[derive(Debug, Clone)]
pub struct MapLayer {
    /// Its name in addresses.
    pub id: String,
    pub title: String,
    /// Its own page: source, licence, owner, download.
    pub href: String,
    /// How old it is and who gave it, in a few words.
    pub remark: String,
    pub shown: bool,
    pub shape: MapShape,
    /// The colour of its sign, as CSS writes it.
    pub colour: String,
    /// What its colours mean; empty when all things look alike.
    pub legend: Vec<LegendEntry>,
    /// The field whose value names a thing; empty for none.
    pub name_field: String,
    pub time: Option<LayerTime>,
    /// Address of one thing's page with `{id}`; what that page says is shown beside the map.
    pub item: String,
    /// Address of one thing as GeoJSON with `{id}`.
    pub data: String,
}

impl MapLayer {
    pub(crate) fn for_script(&self) -> serde_json::Value {
        let time = self.time.as_ref().map(|time| serde_json::json!({ "field": time.field }));
        serde_json::json!({
            "id": self.id, "title": self.title, "shown": self.shown, "name": self.name_field, "time": time,
            "item": self.item, "data": self.data,
        })
    }
}

/// A small picture of how something is drawn.
fn swatch(shape: MapShape, colour: &str) -> Markup {
    html! {
        svg.map-swatch viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
            @match shape {
                MapShape::Point => circle cx="10" cy="10" r="6" fill=(colour) stroke="currentColor" stroke-width="1.5" {},
                MapShape::Line => path d="M2 15 8 7l5 5 5-8" fill="none" stroke=(colour) stroke-width="3.5" {},
                MapShape::Area => rect x="2.5" y="4.5" width="15" height="11" fill=(colour) fill-opacity="0.45" stroke=(colour) stroke-width="2" {},
            }
        }
    }
}

/// What the colours of one layer mean, as a list.
pub fn legend(layer: &MapLayer) -> Markup {
    html! {
        @if !layer.legend.is_empty() {
            ul.map-legend { @for entry in &layer.legend { li { (swatch(entry.shape, &entry.colour)) span { (entry.label) } } } }
        }
    }
}

/// The layers as boxes to tick, each with its sign on the map.
pub(crate) fn layer_boxes(reader: &dyn Reader, layers: &[MapLayer]) -> Markup {
    html! {
        fieldset.map-layers {
            legend.ds-label { (reader.t("ui-map-layers")) }
            // Even when nothing is ticked, the address says that this was chosen.
            input type="hidden" name="layer" value="";
            @for layer in layers {
                @let id = format!("map-layer-{}", layer.id);
                div.map-layer {
                    input.ds-input type="checkbox" id=(id) name="layer" value=(layer.id) checked[layer.shown]
                          aria-describedby=[(!layer.remark.is_empty()).then(|| format!("{id}-remark"))];
                    label for=(id) {
                        @if layer.legend.is_empty() { (swatch(layer.shape, &layer.colour)) }
                        span { (layer.title) }
                    }
                    p.remark id=(format!("{id}-remark")) {
                        @if !layer.remark.is_empty() { (layer.remark) " " }
                        @if !layer.href.is_empty() {
                            a href=(layer.href) aria-label=(reader.t_with("ui-map-about-layer", &[("layer", layer.title.as_str().into())])) { (reader.t("ui-map-about")) }
                        }
                    }
                    (legend(layer))
                }
            }
        }
    }
}
