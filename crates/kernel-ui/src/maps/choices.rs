use maud::{Markup, html};

use super::layers::layer_boxes;
use super::view::address;
use super::{MapLook, MapView};
use crate::Reader;

/// Which layers, which days, which colours: a plain form.
pub(super) fn choices(reader: &dyn Reader, view: &MapView) -> Markup {
    let keeps = view.keeps.iter().map(|(name, value)| (*name, value.clone()));
    let place = [
        ("lon", format!("{:.5}", view.place.lon)),
        ("lat", format!("{:.5}", view.place.lat)),
        ("zoom", format!("{:.2}", view.place.zoom)),
    ];
    html! {
        form.map-choices method="get" action=(view.here) aria-label=(reader.t("ui-map-choices")) data-map-choices {
            @for (name, value) in keeps.chain(place) { input type="hidden" name=(name) value=(value); }
            @if view.by_district { input type="hidden" name="by" value="district"; }
            (layer_boxes(reader, view.layers))
            @if view.layers.iter().any(|layer| layer.time.is_some()) { (days(reader, view)) }
            div.question {
                label.ds-label for="map-look" { (reader.t("ui-map-look")) }
                select.ds-input id="map-look" name="style" {
                    @for look in MapLook::ALL {
                        option value=(look.word()) selected[look == view.look] { (reader.t(&format!("ui-map-look-{}", look.word()))) }
                    }
                }
            }
            button.ds-button type="submit" data-variant="secondary" data-map-show { (reader.t("ui-map-show")) }
        }
    }
}

/// Two days as fields; with scripts the second is a slider too.
fn days(reader: &dyn Reader, view: &MapView) -> Markup {
    let times = || view.layers.iter().filter_map(|layer| layer.time.as_ref());
    let first = times().map(|time| time.from.as_str()).min().unwrap_or_default();
    let last = times().map(|time| time.to.as_str()).max().unwrap_or_default();
    let day = |name: &str, value: &str| {
        html! {
            div.question {
                label.ds-label for=(format!("map-{name}")) { (reader.t(&format!("ui-map-{name}"))) }
                input.ds-input type="date" id=(format!("map-{name}")) name=(name) value=(value) min=(first) max=(last);
            }
        }
    };
    html! {
        fieldset.map-days data-first=(first) data-last=(last) {
            legend.ds-label { (reader.t("ui-map-days")) }
            div.map-days-two { (day("from", view.days.0)) (day("to", view.days.1)) }
            div.map-live data-map-live hidden {
                label for="map-slider" { (reader.t("ui-map-slider")) }
                input id="map-slider" type="range" data-map-slider;
            }
        }
    }
}

pub(super) fn order(reader: &dyn Reader, view: &MapView) -> Markup {
    let link = |by_district: bool, key: &str| {
        html! {
            a href=(address(view, view.place, by_district)) aria-current=[(by_district == view.by_district).then_some("true")] data-map-order=(if by_district { "district" } else { "" }) { (reader.t(key)) }
        }
    };
    html! {
        nav.map-order aria-label=(reader.t("ui-map-order")) { (link(false, "ui-map-nearest")) (link(true, "ui-map-by-district")) }
    }
}
