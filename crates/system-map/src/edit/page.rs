//! The editor as a page: the layer's fields as questions, the shape as text, a picture of it.

use geo::BoundingRect;
use kernel_ui::{
    Choice, Field, MapEditor, MapPlace, Markup, PICTURE_HEIGHT, PICTURE_WIDTH, Tone, alert, error_summary, html,
    map_editor, select, summary_list, text_field,
};
use kernel_web::{Page, Visit};
use map_feature::{GeometryKind, Kind};

use super::form::{Form, PREFIX, Wrong};
use super::{Edited, heading};
use crate::look::{View, layer, thing, ways};
use crate::ogc::segment;
use crate::ogc::title;

pub fn shown(visit: &Visit, edited: &Edited, form: &Form, wrong: &Wrong) -> Page {
    let of = edited.laid.layer();
    let errors = errors(visit, edited, wrong);
    let shown: Vec<(&str, String)> = errors.iter().map(|(name, said)| (name.as_str(), said.clone())).collect();
    let main = html! {
        (error_summary(visit, &shown))
        @if wrong.stale { (conflict(visit, edited)) }
        (editor(visit, edited, form, wrong, &errors))
    };
    let status =
        if wrong.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::UNPROCESSABLE_ENTITY };
    Page::new(heading(visit, edited))
        .crumb(visit.t("map-title"), "/map")
        .crumb(title(visit, of), format!("/map/layers/{}", of.name))
        .unlisted()
        .status(status)
        .main(main)
}

/// Which fields are wrong, by the name of their questions, and what to do.
fn errors(visit: &Visit, edited: &Edited, wrong: &Wrong) -> Vec<(String, String)> {
    let name = |at: usize| format!("{PREFIX}{}", edited.laid.layer().schema.fields[at].name);
    let mut all: Vec<_> = wrong.fields.iter().map(|(at, key)| (name(*at), visit.t(key))).collect();
    if !wrong.geometry.is_empty() {
        all.push(("geometry".to_owned(), visit.t(wrong.geometry)));
    }
    all
}

/// What somebody else kept meanwhile, beside what was typed; saving again keeps the latter.
fn conflict(visit: &Visit, edited: &Edited) -> Markup {
    let facts = edited.now.as_ref().map(|found| thing::facts(visit, &edited.laid.seen, found)).unwrap_or_default();
    alert(
        Tone::Warning,
        &visit.t("map-edit-stale"),
        html! { p { (visit.t("map-edit-stale-how")) } (summary_list(&facts)) },
    )
}

fn editor(visit: &Visit, edited: &Edited, form: &Form, wrong: &Wrong, errors: &[(String, String)]) -> Markup {
    let of = edited.laid.layer();
    let Ok(map_layer) = layer(visit, &View::default(), &edited.laid, true) else { return html! {} };
    let layers = [map_layer];
    let ways = ways(&layers, &View::default());
    let id = edited.now.as_ref().and_then(|found| found.feature.id.clone());
    let items = format!("/map/api/collections/{}/items", of.name);
    let (action, item, done) = match &id {
        Some(id) => {
            let id = segment(id);
            (format!("/map/edit/{}?id={id}", of.name), format!("{items}/{id}"), format!("/map/layers/{}/{id}", of.name))
        }
        None => (format!("/map/edit/{}", of.name), items.clone(), format!("/map/layers/{}", of.name)),
    };
    let (place, picture) = seen_at(edited, form);
    let fields: Vec<(&str, String, &str)> = form
        .answers
        .iter()
        .map(|(at, _)| {
            let field = &of.schema.fields[*at];
            (field.name.as_str(), field.title.clone().unwrap_or_else(|| field.name.clone()), kind(field.kind))
        })
        .collect();
    map_editor(
        visit,
        &MapEditor {
            action: &action,
            item: &item,
            version: &form.version,
            done: &done,
            shapes: shapes(of.schema.geometry),
            place,
            layer: &layers[0],
            near: &format!("{items}?bbox={{bbox}}&limit=500"),
            ways: &ways,
            geometry: &form.geometry,
            error: &if wrong.geometry.is_empty() { String::new() } else { visit.t(wrong.geometry) },
            picture: &picture,
            fields: html! { @for (at, text) in &form.answers { (question(visit, &of.schema.fields[*at], text, errors)) } },
            titles: &fields,
            may_remove: id.is_some(),
        },
    )
}

/// Where to look, and the server's picture of the shape there.
fn seen_at(edited: &Edited, form: &Form) -> (MapPlace, String) {
    let shape = form.shape().ok().flatten();
    let area = shape.as_ref().and_then(BoundingRect::bounding_rect).map(map_feature::Bounds::from);
    let of_layer = || edited.laid.seen.served.live.bounds();
    let place = area.or_else(of_layer).map_or(MapPlace::new(0.0, 20.0, 2.0), |area| {
        let place = MapPlace::of_box([area.west, area.south, area.east, area.north], PICTURE_WIDTH, PICTURE_HEIGHT);
        MapPlace::new(place.lon, place.lat, if shape.is_some() { place.zoom.min(17.0) - 0.5 } else { place.zoom })
    });
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("lon", &format!("{:.6}", place.lon))
        .append_pair("lat", &format!("{:.6}", place.lat))
        .append_pair("zoom", &format!("{:.2}", place.zoom))
        .append_pair("layer", &edited.laid.layer().name)
        .append_pair("shape", &form.geometry)
        .finish();
    // A very large shape does not fit into an address.
    let picture = if shape.is_some() && query.len() < 6_000 { format!("/map/picture?{query}") } else { String::new() };
    (place, picture)
}

fn shapes(kind: GeometryKind) -> &'static [&'static str] {
    match kind {
        GeometryKind::Point => &["point"],
        GeometryKind::Line => &["line"],
        GeometryKind::Polygon => &["polygon"],
        GeometryKind::Any | GeometryKind::None => &["point", "line", "polygon"],
    }
}

/// A kind as the script reads it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer | Kind::Number => "number",
        Kind::Text | Kind::Date | Kind::Instant => "text",
    }
}

fn question(visit: &Visit, field: &map_feature::Field, text: &str, errors: &[(String, String)]) -> Markup {
    let name = format!("{PREFIX}{}", field.name);
    let error = errors.iter().find(|(wrong, _)| *wrong == name).map_or("", |(_, said)| said.as_str());
    let hint = if field.kind == Kind::Instant { visit.t("map-edit-instant-hint") } else { String::new() };
    let asked = Field {
        name: &name,
        label: field.title.as_deref().unwrap_or(&field.name),
        hint: &hint,
        error,
        value: text,
        required: field.required,
        kind: match field.kind {
            Kind::Date => "date",
            Kind::Integer => "number",
            _ => "",
        },
        ..Field::default()
    };
    let none = || Choice::new("", visit.t("map-edit-none"));
    if field.kind == Kind::Boolean {
        let choices = [none(), Choice::new("true", visit.t("map-yes")), Choice::new("false", visit.t("map-no"))];
        return select(visit, &asked, &choices);
    }
    if field.choices.is_empty() {
        return text_field(visit, &asked);
    }
    let mut choices = vec![none()];
    choices.extend(field.choices.iter().map(|choice| Choice::new(&**choice, &**choice)));
    select(visit, &asked, &choices)
}
