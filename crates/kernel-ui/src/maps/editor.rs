use maud::{Markup, html};

use super::{MapLayer, MapPlace, MapWays, PICTURE_HEIGHT, PICTURE_WIDTH, says, script, style};
use crate::{Emphasis, Reader, Tone, alert, asset_address, desk::choice_button};

/// Drawing and describing one thing of a layer. Without scripts its shape is typed as GeoJSON or WKT and looked at in
/// the server's picture; with scripts it is drawn.
pub struct MapEditor<'a> {
    /// Where the form goes. `go` says what to do: `save`, `look` or `remove`.
    pub action: &'a str,
    /// One thing as JSON for programs (`PUT`, `DELETE`), or the collection (`POST`) of a new one.
    pub item: &'a str,
    /// Version of the thing that was read, for `If-Match`; empty for a new one.
    pub version: &'a str,
    /// Where to go when it is kept.
    pub done: &'a str,
    /// Which shapes may be drawn: `point`, `line`, `polygon`.
    pub shapes: &'a [&'a str],
    pub place: MapPlace,
    pub layer: &'a MapLayer,
    /// Things of the layer in a box as GeoJSON, with `{bbox}`: what new corners snap to.
    pub near: &'a str,
    pub ways: &'a MapWays,
    /// GeoJSON or WKT, longitude first.
    pub geometry: &'a str,
    /// What to do about the shape; empty for none.
    pub error: &'a str,
    /// The server's picture of the shape as it was last looked at; empty for none.
    pub picture: &'a str,
    /// The fields of the layer as questions, each `name` being `f-` and the field's.
    pub fields: Markup,
    /// Each field's own name, the one that people read, and whether it holds `text`, a `number` or a `boolean`.
    pub titles: &'a [(&'a str, String, &'a str)],
    pub may_remove: bool,
}

const SAYS: [&str; 14] = [
    "ready", "lost", "saving", "saved", "refused", "conflict", "theirs", "mine", "field", "shape", "same", "removed",
    "drawn", "gone",
];
const TOOLS: [&str; 7] = ["select", "point", "line", "polygon", "undo", "redo", "clear"];

pub fn map_editor(reader: &dyn Reader, edit: &MapEditor) -> Markup {
    html! {
        (style())
        form.map-edit method="post" action=(edit.action) novalidate data-map-edit=(config(reader, edit)) {
            input type="hidden" name="version" value=(edit.version);
            div.map-two {
                div.map-fields {
                    div data-edit-fields { (edit.fields) }
                    div.map-buttons {
                        (choice_button("go", "save", &reader.t("ui-map-save"), Emphasis::Main))
                        @if edit.may_remove { (choice_button("go", "remove", &reader.t("ui-map-remove"), Emphasis::Quiet)) }
                    }
                    div data-edit-said role="status" {}
                    (conflict(reader))
                }
                div {
                    div.map-stage data-map-stage hidden {
                        (tools(reader, edit))
                        div.map-canvas data-map-canvas {}
                        p.map-said role="status" data-map-said {}
                    }
                    (shape(reader, edit))
                }
            }
        }
        (script("map-edit.js"))
    }
}

fn config(reader: &dyn Reader, edit: &MapEditor) -> serde_json::Value {
    let titles: serde_json::Map<String, serde_json::Value> =
        edit.titles.iter().map(|(name, title, kind)| ((*name).to_owned(), serde_json::json!([title, kind]))).collect();
    serde_json::json!({
        "item": edit.item, "version": edit.version, "done": edit.done, "shapes": edit.shapes, "near": edit.near,
        "place": [edit.place.lon, edit.place.lat, edit.place.zoom],
        "layers": [edit.layer.for_script()], "titles": titles,
        "style": edit.ways.style, "changes": edit.ways.changes, "look": "auto", "days": ["", ""],
        "worker": asset_address("map-worker.js"), "lang": reader.language().code,
        "says": says(reader, &SAYS),
    })
}

fn tools(reader: &dyn Reader, edit: &MapEditor) -> Markup {
    html! {
        div.map-tools role="toolbar" aria-label=(reader.t("ui-map-draw")) {
            @for tool in TOOLS {
                @if !["point", "line", "polygon"].contains(&tool) || edit.shapes.contains(&tool) {
                    button.ds-button type="button" data-variant="tertiary" data-size="sm" data-edit-do=(tool) { (reader.t(&format!("ui-map-draw-{tool}"))) }
                }
            }
        }
    }
}

/// The shape as text: what is sent, whoever drew it.
fn shape(reader: &dyn Reader, edit: &MapEditor) -> Markup {
    let invalid = !edit.error.is_empty();
    html! {
        details.fold open data-edit-shape {
            summary { (reader.t("ui-map-geometry-fold")) }
            div.question {
                label.ds-label for="geometry" { (reader.t("ui-map-geometry")) }
                p.hint id="geometry-hint" { (reader.t("ui-map-geometry-hint")) }
                @if invalid { p.ds-validation-message id="geometry-error" { (edit.error) } }
                textarea.ds-input id="geometry" name="geometry" rows="6" spellcheck="false" dir="ltr" aria-invalid=[invalid.then_some("true")]
                         aria-describedby=(if invalid { "geometry-hint geometry-error" } else { "geometry-hint" }) { (edit.geometry) }
            }
            (choice_button("go", "look", &reader.t("ui-map-look-at"), Emphasis::Second))
            @if !edit.picture.is_empty() {
                p { img.map-preview src=(edit.picture) width=(PICTURE_WIDTH) height=(PICTURE_HEIGHT) alt=(reader.t("ui-map-preview")); }
            }
        }
    }
}

/// Somebody else kept the same thing in the meantime: theirs and yours side by side. The script fills it in.
fn conflict(reader: &dyn Reader) -> Markup {
    html! {
        template data-edit-piece="conflict" {
            (alert(Tone::Warning, &reader.t("ui-map-conflict"), html! {
                p { (reader.t("ui-map-conflict-how")) }
                table.map-conflict {
                    thead { tr { th scope="col" { (reader.t("ui-map-say-field")) } th scope="col" { (reader.t("ui-map-say-theirs")) } th scope="col" { (reader.t("ui-map-say-mine")) } } }
                    tbody {}
                }
                div.map-buttons {
                    button.ds-button type="button" data-variant="primary" data-size="sm" data-edit-do="mine" { (reader.t("ui-map-keep-chosen")) }
                    button.ds-button type="button" data-variant="secondary" data-size="sm" data-edit-do="theirs" { (reader.t("ui-map-take-theirs")) }
                }
            }))
        }
    }
}
