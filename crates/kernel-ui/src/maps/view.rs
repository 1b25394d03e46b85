use maud::{Markup, html};

use super::choices::{choices, order};
use super::{MapLayer, MapPlace, PICTURE_HEIGHT, PICTURE_WIDTH, says, script, style};
use crate::{Reader, asset_address};

/// How a map is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapLook {
    /// As the page: day, dark or high contrast.
    #[default]
    Auto,
    Day,
    Dark,
    ColourBlind,
    Contrast,
}

impl MapLook {
    pub const ALL: [MapLook; 5] = [MapLook::Auto, MapLook::Day, MapLook::Dark, MapLook::ColourBlind, MapLook::Contrast];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            MapLook::Auto => "auto",
            MapLook::Day => "day",
            MapLook::Dark => "dark",
            MapLook::ColourBlind => "colour-blind",
            MapLook::Contrast => "contrast",
        }
    }

    /// `None` for a word that no look has.
    pub fn parse(word: &str) -> Option<MapLook> {
        MapLook::ALL.into_iter().find(|look| look.word() == word)
    }
}

/// Addresses that the script asks.
#[derive(Debug, Clone, Default)]
pub struct MapWays {
    /// A style of MapLibre with `{style}` for its word; it draws the page's layers, each from the source of its name.
    pub style: String,
    /// Server-sent events about tiles that changed; empty for none.
    pub changes: String,
    /// The same map as a document for print; the view is added as its query.
    pub print: String,
}

/// A map page's main part.
pub struct MapView<'a> {
    /// Address of this page without its query.
    pub here: &'a str,
    pub place: MapPlace,
    pub look: MapLook,
    /// Only what happened from the first to the second day, `2026-01-31`; empty for no limit.
    pub days: (&'a str, &'a str),
    /// The list is ordered by part of the city instead of distance.
    pub by_district: bool,
    pub layers: &'a [MapLayer],
    /// Address of the server's picture of this view, [`PICTURE_WIDTH`] by [`PICTURE_HEIGHT`].
    pub picture: &'a str,
    pub ways: &'a MapWays,
    /// See [`super::map_list`].
    pub list: Markup,
    /// Who made what is on the map, as its licences ask for.
    pub credit: Markup,
    /// Without choices and list, for pages of others that frame it.
    pub embedded: bool,
    /// Address of the page for embedding – of the large map when this one is embedded – without its query; empty for none.
    pub embed: &'a str,
    /// Parts of the address that belong to the page and not to the view.
    pub keeps: &'a [(&'a str, String)],
}

const SAYS: [&str; 14] = [
    "ready", "copied", "lost", "denied", "distance", "area", "measure", "none", "many", "closed", "changed", "here",
    "zoom", "embed",
];

/// The map with everything around it. Works as plain pages; the script moves it in place.
pub fn map_view(reader: &dyn Reader, view: &MapView) -> Markup {
    html! {
        (style())
        div.map data-map=(config(reader, view)) data-embedded[view.embedded] {
            div.map-two {
                @if !view.embedded { (choices(reader, view)) }
                div.map-stage data-map-stage {
                    (picture(reader, view))
                    (moves(reader, view))
                    (tools(reader, view))
                    p.map-credit { (view.credit) }
                    p.map-said role="status" data-map-said {}
                }
                (panel(reader))
            }
            @if !view.embedded {
                section.part aria-labelledby="map-shown" {
                    h2 id="map-shown" { (reader.t("ui-map-shown")) }
                    (order(reader, view))
                    (view.list)
                }
            }
        }
        (script("map.js"))
    }
}

fn config(reader: &dyn Reader, view: &MapView) -> serde_json::Value {
    let layers: Vec<serde_json::Value> = view.layers.iter().map(MapLayer::for_script).collect();
    serde_json::json!({
        "here": view.here,
        "place": [view.place.lon, view.place.lat, view.place.zoom],
        "look": view.look.word(),
        "days": [view.days.0, view.days.1],
        "byDistrict": view.by_district,
        "layers": layers,
        "style": view.ways.style, "changes": view.ways.changes, "print": view.ways.print, "embed": view.embed,
        "keeps": view.keeps.iter().map(|(name, value)| [*name, value.as_str()]).collect::<Vec<_>>(),
        "worker": asset_address("map-worker.js"),
        "lang": reader.language().code,
        "says": says(reader, &SAYS),
    })
}

fn picture(reader: &dyn Reader, view: &MapView) -> Markup {
    html! {
        div.map-canvas data-map-canvas {
            img src=(view.picture) width=(PICTURE_WIDTH) height=(PICTURE_HEIGHT) alt=(reader.t("ui-map-picture")) data-map-picture;
        }
    }
}

/// The address of this page with another view.
pub(super) fn address(view: &MapView, place: MapPlace, by_district: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in view.keeps {
        query.append_pair(name, value);
    }
    query.append_pair("lon", &format!("{:.5}", place.lon)).append_pair("lat", &format!("{:.5}", place.lat));
    query.append_pair("zoom", &format!("{:.2}", place.zoom)).append_pair("layer", "");
    for layer in view.layers.iter().filter(|layer| layer.shown) {
        query.append_pair("layer", &layer.id);
    }
    if view.look != MapLook::Auto {
        query.append_pair("style", view.look.word());
    }
    for (name, day) in [("from", view.days.0), ("to", view.days.1)] {
        if !day.is_empty() {
            query.append_pair(name, day);
        }
    }
    if by_district {
        query.append_pair("by", "district");
    }
    format!("{}?{}", view.here, query.finish())
}

/// Links that move the picture; the script makes them move the map.
fn moves(reader: &dyn Reader, view: &MapView) -> Markup {
    let place = view.place;
    let ways = [
        ("in", "+", place.zoomed(1.0)),
        ("out", "−", place.zoomed(-1.0)),
        ("north", "↑", place.moved(0.0, -0.5)),
        ("west", "←", place.moved(-0.5, 0.0)),
        ("east", "→", place.moved(0.5, 0.0)),
        ("south", "↓", place.moved(0.0, 0.5)),
    ];
    html! {
        nav.map-moves aria-label=(reader.t("ui-map-move")) {
            @for (way, sign, place) in ways {
                a data-map-go=(way) href=(address(view, place, view.by_district)) aria-label=(reader.t(&format!("ui-map-{way}"))) title=(reader.t(&format!("ui-map-{way}"))) {
                    span aria-hidden="true" { (sign) }
                }
            }
        }
    }
}

fn tools(reader: &dyn Reader, view: &MapView) -> Markup {
    let button = |does: &str| {
        html! {
            button.ds-button type="button" data-variant="tertiary" data-size="sm" data-map-do=(does) { (reader.t(&format!("ui-map-{does}"))) }
        }
    };
    let query = address(view, view.place, false);
    let query = query.strip_prefix(view.here).unwrap_or_default();
    let print = format!("{}{query}", view.ways.print);
    html! {
        div.map-tools {
            span.map-live data-map-live hidden {
                (button("here")) (button("distance")) (button("area")) (button("undo")) (button("stop"))
            }
            @if !view.embedded && !view.ways.print.is_empty() {
                a.ds-button data-variant="tertiary" data-size="sm" href=(print) data-map-print { (reader.t("ui-map-print")) }
            }
            span.map-live data-map-live hidden { (button("share")) @if !view.embed.is_empty() { (button("embed")) } (button("whole")) }
            @if view.embedded {
                a.ds-button data-variant="tertiary" data-size="sm" href=(format!("{}{query}", view.embed)) target="_blank" rel="noopener" data-map-open { (reader.t("ui-map-open")) }
            }
        }
    }
}

/// What is known of the thing that was chosen on the map.
fn panel(reader: &dyn Reader) -> Markup {
    html! {
        div.map-panel role="region" aria-labelledby="map-panel" data-map-panel hidden {
            div.map-panel-head {
                h2 id="map-panel" tabindex="-1" data-map-panel-title {}
                button.ds-button type="button" data-variant="tertiary" data-size="sm" data-map-close { (reader.t("ui-map-close")) }
            }
            div data-map-panel-body {}
        }
        template data-map-piece="choice" { li { button.map-choice type="button" {} } }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MapShape, map_list};
    use super::*;
    use crate::gallery::tests::Plain;

    fn layer(id: &str, shown: bool) -> MapLayer {
        MapLayer {
            id: id.to_owned(),
            title: id.to_owned(),
            href: String::new(),
            remark: String::new(),
            shown,
            shape: MapShape::Point,
            colour: "#0072b2".to_owned(),
            legend: Vec::new(),
            name_field: "name".to_owned(),
            time: None,
            item: String::new(),
            data: String::new(),
        }
    }

    fn drawn(layers: &[MapLayer], keeps: &[(&str, String)]) -> String {
        let view = MapView {
            here: "/map",
            place: MapPlace::new(126.978, 37.5665, 12.0),
            look: MapLook::Dark,
            days: ("2026-01-01", ""),
            by_district: false,
            layers,
            picture: "/map/api/map?bbox=1,2,3,4",
            ways: &MapWays::default(),
            list: map_list(&Plain, "", &[]),
            credit: html! {},
            embedded: false,
            embed: "",
            keeps,
        };
        map_view(&Plain, &view).into_string()
    }

    #[test]
    fn every_link_keeps_the_whole_view() {
        let page = drawn(&[layer("wifi & co", true), layer("trees", false)], &[("story", "a b".to_owned())]);
        let links: Vec<&str> = page.split("data-map-go=").skip(1).filter_map(|part| part.split('"').nth(3)).collect();
        assert_eq!(links.len(), 6, "{links:?}");
        for link in links {
            for part in ["story=a+b", "layer=wifi+%26+co", "style=dark", "from=2026-01-01", "lon=", "zoom="] {
                assert!(link.contains(part), "{part} is missing in {link}");
            }
            assert!(!link.contains("trees"), "{link}");
        }
    }

    #[test]
    fn a_choice_of_nothing_is_a_choice() {
        assert!(drawn(&[layer("trees", false)], &[]).contains("<input type=\"hidden\" name=\"layer\" value=\"\">"));
    }

    #[test]
    fn looks_have_words_of_their_own() {
        for look in MapLook::ALL {
            assert_eq!(MapLook::parse(look.word()), Some(look));
        }
        assert_eq!(MapLook::parse("neon"), None);
    }
}
