//! One thing of a layer: what is known of it, where it is, and – for those who look after it – what became of it.

use axum::extract::Path;
use kernel_ui::{
    Column, Markup, Row, Table, button, button_link, columns, form, hidden, html, map_feature, section, summary_list,
    table,
};
use kernel_web::{Answer, Failure, Page, Visit};
use map_feature::{Kind, Value};
use map_segment::Found;

use super::shown::place;
use crate::layer::Layer;
use crate::ogc::title;
use crate::ogc::{found, segment};
use crate::served::{Seen, seen, to_degrees};
use crate::store;

pub fn href(layer: &Layer, id: &str) -> String {
    format!("/map/layers/{}/{}", layer.name, segment(id))
}

/// What a thing is called, as far as this reader may know; else its id.
pub fn name(seen: &Seen, found: &Found) -> String {
    let layer = &seen.served.layer;
    let named = layer.label_field().filter(|at| layer.fields(&seen.mask).contains(at));
    let name = named.and_then(|at| found.feature.values.get(at)).map(ToString::to_string);
    name.filter(|name| !name.is_empty()).or_else(|| found.feature.id.clone()).unwrap_or_default()
}

/// Whether this person may change things of the layer.
pub fn may_change(visit: &Visit, layer: &Layer) -> bool {
    visit.may("map.edit") && (visit.may("map.layer") || visit.me().is_ok_and(|me| layer.owned_by(me)))
}

pub async fn show(visit: Visit, Path((layer, id)): Path<(String, String)>) -> Answer {
    let seen = seen(&visit, &layer).await?;
    let found = found(&seen, &id)?;
    let layer = &seen.served.layer;
    let name = name(&seen, &found);
    let main = html! {
        (map_feature(&name, html! { (summary_list(&facts(&visit, &seen, &found))) (links(&visit, &seen, &found)?) }))
        @if seen.mask == crate::layer::Mask::Whole && visit.signed_in() && may_change(&visit, layer) { (history(&visit, layer, &id).await?) }
    };
    let page = Page::new(name).crumb(visit.t("map-title"), "/map").crumb(visit.t("map-layers"), "/map/layers");
    Ok(visit.page(page.crumb(title(&visit, layer), format!("/map/layers/{}", layer.name)).main(main)))
}

/// Every field that has a value and that this reader may see.
pub fn facts(visit: &Visit, seen: &Seen, found: &Found) -> Vec<(String, Markup)> {
    let layer = &seen.served.layer;
    let said = |at: usize| {
        let field = &layer.schema.fields[at];
        let value = found.feature.values.get(at).filter(|value| !value.is_null())?;
        let title = field.title.clone().unwrap_or_else(|| field.name.clone());
        Some((title, written(visit, value)))
    };
    layer.fields(&seen.mask).into_iter().filter_map(said).collect()
}

pub fn written(visit: &Visit, value: &Value) -> Markup {
    match value {
        Value::Boolean(true) => html! { (visit.t("map-yes")) },
        Value::Boolean(false) => html! { (visit.t("map-no")) },
        Value::Integer(number) => html! { (visit.number(*number)) },
        Value::Number(number) => html! { (visit.decimal(*number, 2)) },
        Value::Date(day) => html! { (visit.date(*day)) },
        Value::Text(text) if text.starts_with("https://") || text.starts_with("http://") => {
            html! { a href=(text) rel="nofollow noopener" { (text) } }
        }
        other => html! { (other.to_string()) },
    }
}

fn links(visit: &Visit, seen: &Seen, found: &Found) -> Result<Markup, Failure> {
    let layer = &seen.served.layer;
    let id = found.feature.id.as_deref().unwrap_or_default();
    let at = place(found, &to_degrees(layer)?);
    let on_map = at.map(|(lon, lat)| format!("/map?lon={lon:.5}&lat={lat:.5}&zoom=17&layer=&layer={}", layer.name));
    let quiet = kernel_ui::Emphasis::Quiet;
    let mut links = Vec::new();
    links.extend(on_map.map(|href| button_link(&visit.t("map-thing-on-map"), &href, quiet)));
    let json = format!("/map/api/collections/{}/items/{}?f=json", layer.name, segment(id));
    links.push(button_link(&visit.t("map-thing-json"), &json, quiet));
    if visit.signed_in() && may_change(visit, layer) {
        let edit = format!("/map/edit/{}?id={}", layer.name, segment(id));
        links.push(button_link(&visit.t("map-thing-edit"), &edit, kernel_ui::Emphasis::Second));
    }
    Ok(columns(&links))
}

/// Who changed it, when and how; the newest first.
async fn history(visit: &Visit, layer: &Layer, id: &str) -> Result<Markup, Failure> {
    let changes = store::history(&visit.city.store, &layer.name, id).await?;
    let row = |change: &store::ChangeRow| {
        Row::new(vec![
            html! { (visit.moment(change.at)) },
            html! { (visit.t(&format!("map-history-{}", change.act))) },
            html! { (change.account) },
            html! { @if may_come_back(layer, &changes, change) { (back(visit, layer, change)) } },
        ])
    };
    let shown = Table {
        caption: visit.t("map-history"),
        columns: ["map-history-when", "map-history-what", "map-history-who", "map-history-back"]
            .map(|key| Column::text(visit.t(key)))
            .into(),
        rows: changes.iter().map(row).collect(),
    };
    Ok(section(
        "history",
        &visit.t("map-history"),
        html! {
            @if changes.is_empty() { p { (visit.t("map-history-none")) } } @else { (table(&shown)) }
        },
    ))
}

/// Whether the thing can become what this change made of it: not what it is now, and of the same import.
fn may_come_back(layer: &Layer, changes: &[store::ChangeRow], change: &store::ChangeRow) -> bool {
    let newest = changes.first().is_some_and(|newest| newest.seq == change.seq);
    !newest && change.properties.is_some() && change.generation == layer.generation
}

fn back(visit: &Visit, layer: &Layer, change: &store::ChangeRow) -> Markup {
    let what = html! {
        (hidden("id", &change.feature))
        (hidden("seq", &change.seq.to_string()))
        (button(&visit.t("map-history-back"), kernel_ui::Emphasis::Quiet))
    };
    form(&format!("/map/edit/{}/restore", layer.name), false, what)
}

/// What a kind of field is called, as a message key.
pub fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "map-kind-boolean",
        Kind::Integer => "map-kind-integer",
        Kind::Number => "map-kind-number",
        Kind::Text => "map-kind-text",
        Kind::Date => "map-kind-date",
        Kind::Instant => "map-kind-instant",
    }
}
