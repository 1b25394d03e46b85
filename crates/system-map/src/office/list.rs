//! All layers, for those who look after them.

use kernel_ui::{Column, Emphasis, Row, Table, Tone, button_link, empty_state, html, lead, table, tag};
use kernel_web::{Answer, Page, Visit};

use super::{href, stage_key};
use crate::layer::{Layer, Stage};
use crate::store;

pub async fn show(visit: Visit) -> Answer {
    let layers = store::layers(&visit.city.store).await?;
    let row = |layer: &Layer| {
        let tone = match layer.stage {
            Stage::Draft => Tone::Info,
            Stage::Published => Tone::Success,
            Stage::Withdrawn => Tone::Warning,
        };
        Row::new(vec![
            html! { a href=(href(layer)) { (layer.title.said(visit.language.code)) } },
            html! { (tag(tone, &visit.t(stage_key(layer.stage)))) },
            html! { (visit.number(layer.features)) },
            html! { (visit.date(layer.data_at.date())) },
            html! { (layer.source) },
        ])
    };
    let main = html! {
        (lead(&visit.t("map-office-lead")))
        (button_link(&visit.t("map-office-new"), "/map/office/new", Emphasis::Main))
        @if layers.is_empty() {
            (empty_state(&visit.t("map-office-none"), html! { p { (visit.t("map-office-none-next")) } }))
        } @else {
            (table(&Table {
                caption: visit.t_with("map-office-count", &[("n", layers.len().into())]),
                columns: vec![
                    Column::text(visit.t("map-office-layer")),
                    Column::text(visit.t("map-office-stage")),
                    Column::number(visit.t("map-office-features")),
                    Column::text(visit.t("map-office-data-of")),
                    Column::text(visit.t("map-layer-source")),
                ],
                rows: layers.iter().map(row).collect(),
            }))
        }
    };
    Ok(visit.page(Page::new(visit.t("map-office")).crumb(visit.t("map-title"), "/map").unlisted().main(main)))
}
