use maud::{Markup, html};

use super::{MapWays, says, script, style};
use crate::{Reader, asset_address};

/// One question: where is it? Answered by an address or a name, by where the person is, by a click on a map, or in plain
/// words. Sends `NAME` as text, and `NAME-lon` and `NAME-lat` in degrees when the place is known; text alone is looked
/// up by whoever takes the form.
#[derive(Debug, Clone, Copy)]
pub struct Location<'a> {
    /// Key in the submitted form and the text field's `id`.
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    /// What to do about the last answer; empty for none.
    pub error: &'a str,
    /// What was typed before.
    pub text: &'a str,
    /// The place that was chosen before, longitude and latitude in degrees.
    pub at: Option<(f64, f64)>,
    pub required: bool,
    /// Suggestions: `?q=` is added, GeoJSON is answered.
    pub search: &'a str,
    /// What stands at a place: `?lon=` and `&lat=` are added, GeoJSON is answered.
    pub reverse: &'a str,
    /// The style of the small map; empty for no map.
    pub ways: &'a MapWays,
    /// Where the small map looks first: west, south, east, north in degrees.
    pub bounds: [f64; 4],
}

const SAYS: [&str; 6] = ["found", "nothing", "chosen", "denied", "lost", "ready"];

pub fn location_picker(reader: &dyn Reader, ask: &Location) -> Markup {
    let name = ask.name;
    let id = |part: &str| format!("{name}-{part}");
    let described: Vec<String> = [("hint", !ask.hint.is_empty()), ("error", !ask.error.is_empty())]
        .into_iter()
        .filter(|(_, there)| *there)
        .map(|(part, _)| id(part))
        .collect();
    let degrees = |of: fn((f64, f64)) -> f64| ask.at.map(|at| format!("{:.6}", of(at))).unwrap_or_default();
    html! {
        (style())
        div.question.place data-place=(config(reader, ask)) {
            label.ds-label for=(name) {
                (ask.label) @if !ask.required { " " span.optional { (reader.t("ui-optional")) } }
            }
            @if !ask.hint.is_empty() { p.hint id=(id("hint")) { (ask.hint) } }
            @if !ask.error.is_empty() { p.ds-validation-message id=(id("error")) { (ask.error) } }
            div.place-box {
                input.ds-input type="text" id=(name) name=(name) value=(ask.text) required[ask.required] autocomplete="off"
                      aria-describedby=[(!described.is_empty()).then(|| described.join(" "))] aria-invalid=[(!ask.error.is_empty()).then_some("true")];
                ul.place-list role="listbox" id=(id("list")) aria-label=(reader.t("ui-place-list")) hidden {}
            }
            input type="hidden" name=(id("lon")) value=(degrees(|at| at.0));
            input type="hidden" name=(id("lat")) value=(degrees(|at| at.1));
            div.place-ways data-place-live hidden {
                button.ds-button type="button" data-variant="secondary" data-size="sm" data-place-do="here" { (reader.t("ui-place-here")) }
                @if !ask.ways.style.is_empty() {
                    button.ds-button type="button" data-variant="secondary" data-size="sm" data-place-do="map" aria-expanded="false" aria-controls=(id("map")) { (reader.t("ui-place-map")) }
                }
                button.ds-button type="button" data-variant="tertiary" data-size="sm" data-place-do="forget" hidden { (reader.t("ui-place-forget")) }
            }
            p.hint role="status" data-place-said {}
            div.place-map id=(id("map")) role="group" aria-label=(reader.t("ui-place-map-label")) hidden { div data-place-canvas {} p.note { (reader.t("ui-place-map-how")) } }
        }
        (script("place.js"))
    }
}

fn config(reader: &dyn Reader, ask: &Location) -> serde_json::Value {
    serde_json::json!({
        "name": ask.name, "search": ask.search, "reverse": ask.reverse, "style": ask.ways.style, "bounds": ask.bounds,
        "worker": asset_address("map-worker.js"), "lang": reader.language().code,
        "says": says(reader, &SAYS),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::Plain;

    fn drawn(at: Option<(f64, f64)>, error: &str) -> String {
        let ways = MapWays { style: "/map/style/{style}.json".to_owned(), ..MapWays::default() };
        let ask = Location {
            name: "where",
            label: "Where is it?",
            hint: "An address or a place.",
            error,
            text: "<b>",
            at,
            required: true,
            search: "/map/api/search",
            reverse: "/map/api/reverse",
            ways: &ways,
            bounds: [126.7, 37.4, 127.2, 37.7],
        };
        location_picker(&Plain, &ask).into_string()
    }

    #[test]
    fn a_place_that_was_chosen_stays_and_its_text_is_text() {
        let page = drawn(Some((126.978, 37.5665)), "");
        assert!(page.contains("name=\"where-lon\" value=\"126.978000\""), "{page}");
        assert!(page.contains("name=\"where-lat\" value=\"37.566500\""), "{page}");
        assert!(page.contains("value=\"&lt;b&gt;\""), "{page}");
    }

    #[test]
    fn the_field_says_what_is_wrong_with_it() {
        let page = drawn(None, "Enter an address");
        assert!(page.contains("aria-describedby=\"where-hint where-error\" aria-invalid=\"true\""), "{page}");
        assert!(page.contains("name=\"where-lon\" value=\"\""), "{page}");
    }
}
