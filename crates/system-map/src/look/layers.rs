//! The layers as what they are: where each comes from, how old it is, who owns it, how to take it away.

use axum::extract::Path;
use kernel_identity::department;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table, button_link, columns, empty_state, html, lead, link_list, section,
    section_links, summary_list, table, wide,
};
use kernel_web::{Answer, Failure, Page, Visit};

use super::asked::View;
use super::laid::{Laid, laid, one};
use super::page::siblings;
use super::thing::{kind_key, may_change};
use crate::layer::{Layer, Mask};
use crate::ogc::title;
use crate::ogc::{OFFERED, ROOT};

pub async fn list(visit: Visit) -> Answer {
    let all = laid(&visit, &View::default()).await?;
    let row = |one: &Laid| {
        let layer = one.layer();
        Row::new(vec![
            html! { a href=(format!("/map/layers/{}", layer.name)) { (title(&visit, layer)) } },
            html! { (count(&visit, one)) },
            html! { (visit.date(layer.data_at.date())) },
            html! { (layer.source) },
            html! { (layer.licence) },
        ])
    };
    let columns = [
        Column::text(visit.t("map-layer")),
        Column::number(visit.t("map-layer-things")),
        Column::text(visit.t("map-layer-day")),
        Column::text(visit.t("map-layer-source")),
        Column::text(visit.t("map-layer-licence")),
    ];
    let caption = visit.t_with("map-layers-count", &[("n", all.len().into())]);
    let main = html! {
        (section_links(&visit.t("map-title"), &siblings(&visit)))
        (lead(&visit.t("map-layers-lead")))
        @if all.is_empty() { (empty_state(&visit.t("map-layers-none"), html! { p { (visit.t("map-layers-none-next")) } })) }
        @else { (wide(&caption, table(&Table { caption: caption.clone(), columns: columns.into(), rows: all.iter().map(row).collect() }))) }
        (link_list(&[(visit.t("map-layers-api"), ROOT.to_owned(), visit.t("map-layers-api-about"))]))
    };
    Ok(visit.page(Page::new(visit.t("map-layers")).crumb(visit.t("map-title"), "/map").main(main)))
}

/// How many things everybody may count; nothing where some are hidden.
fn count(visit: &Visit, one: &Laid) -> String {
    let all = one.seen.mask == Mask::Whole || one.layer().rows_shown.is_empty();
    let count = i64::try_from(one.seen.served.live.count(None)).unwrap_or(i64::MAX);
    if all { visit.number(count) } else { String::new() }
}

pub async fn show(visit: Visit, Path(name): Path<String>) -> Answer {
    let laid = one(&visit, &name).await?;
    let layer = laid.layer();
    let main = html! {
        (lead(layer.about.said(visit.language.code)))
        (columns(&ways(&visit, layer)))
        (summary_list(&facts(&visit, &laid).await?))
        (section("fields", &visit.t("map-layer-fields"), fields(&visit, &laid)))
        (section("files", &visit.t("map-layer-files"), files(&visit, layer)))
    };
    let page = Page::new(title(&visit, layer)).description(layer.about.said(visit.language.code));
    Ok(visit.page(page.crumb(visit.t("map-title"), "/map").crumb(visit.t("map-layers"), "/map/layers").main(main)))
}

fn ways(visit: &Visit, layer: &Layer) -> Vec<Markup> {
    let name = &layer.name;
    let mut ways = vec![
        button_link(&visit.t("map-layer-look"), &format!("/map?layer=&layer={name}"), Emphasis::Main),
        button_link(&visit.t("map-make-go"), &format!("/map/make?of={name}"), Emphasis::Second),
    ];
    // Who reads is asked only where somebody is signed in: strangers share one page.
    if visit.signed_in() && may_change(visit, layer) {
        ways.push(button_link(&visit.t("map-layer-draw"), &format!("/map/edit/{name}"), Emphasis::Quiet));
        if visit.may("map.layer") {
            ways.push(button_link(&visit.t("map-layer-office"), &format!("/map/office/{name}"), Emphasis::Quiet));
        }
    }
    ways
}

async fn facts(visit: &Visit, one: &Laid) -> Result<Vec<(String, Markup)>, Failure> {
    let layer = one.layer();
    let owner = match layer.department.as_str() {
        "" => visit.city.profile.name.in_language(visit.language).to_owned(),
        id => {
            let found = department::all(&visit.city.store).await?.into_iter().find(|one| one.id == id);
            found.map(|one| one.name(visit.language.code).to_owned()).unwrap_or_default()
        }
    };
    let mut facts = Vec::new();
    let mut say = |key: &str, said: String| {
        if !said.is_empty() {
            facts.push((visit.t(key), html! { (said) }));
        }
    };
    say("map-layer-day", visit.moment(layer.data_at));
    say("map-layer-things", count(visit, one));
    say("map-layer-source", layer.source.clone());
    say("map-layer-licence", layer.licence.clone());
    say("map-layer-owner", owner);
    say("map-layer-crs", layer.crs.to_string());
    Ok(facts)
}

fn fields(visit: &Visit, one: &Laid) -> Markup {
    let layer = one.layer();
    let row = |at: usize| {
        let field = &layer.schema.fields[at];
        let named = field.title.as_deref().unwrap_or(&field.name);
        Row::new(vec![html! { (named) }, html! { code { (field.name) } }, html! { (visit.t(kind_key(field.kind))) }])
    };
    let columns = ["map-layer-field", "map-layer-field-name", "map-layer-field-kind"];
    let caption = visit.t("map-layer-fields");
    wide(
        &caption,
        table(&Table {
            caption: caption.clone(),
            columns: columns.map(|key| Column::text(visit.t(key))).into(),
            rows: layer.fields(&one.seen.mask).into_iter().map(row).collect(),
        }),
    )
}

fn files(visit: &Visit, layer: &Layer) -> Markup {
    let here = format!("{ROOT}/collections/{}", layer.name);
    let file = |word: &&str| (visit.t(&format!("map-file-{word}")), format!("{here}/items?f={word}"), String::new());
    let mut all: Vec<_> = OFFERED.iter().map(file).collect();
    all.push((visit.t("map-layer-items"), format!("{here}/items?f=html"), visit.t("map-layer-items-about")));
    all.push((visit.t("map-layer-collection"), format!("{here}?f=html"), visit.t("map-layer-collection-about")));
    link_list(&all)
}
