//! The desks of this room.

use kernel_identity::{office, residence};
use kernel_ui::{Column, Markup, Row, Table, html, lead, table};
use kernel_web::{Answer, Visit};

use crate::staff::{desks, page};

pub async fn show(visit: Visit) -> Answer {
    let mut rows = Vec::new();
    for (key, href) in desks(&visit).filter(|(_, href)| *href != "/people") {
        let waiting = waiting(&visit, href).await?;
        let count = waiting.map_or(html! {}, |count| html! { (visit.number(count)) });
        rows.push(Row::new(vec![
            html! { a href=(href) { (visit.t(key)) } },
            html! { (visit.t(&format!("{key}-text"))) },
            count,
        ]));
    }
    let columns = vec![
        Column::text(visit.t("people-desk")),
        Column::text(visit.t("people-desk-for")),
        Column::number(visit.t("people-desk-count")),
    ];
    let desks: Markup = table(&Table { caption: visit.t("people-desks"), columns, rows });
    let main = html! { (lead(&visit.t("people-lead"))) (desks) };
    Ok(visit.page(page(&visit, &visit.t("people-title"), main)))
}

/// How many things are at a desk, where that says something.
async fn waiting(visit: &Visit, href: &str) -> kernel_base::Result<Option<i64>> {
    let store = &visit.city.store;
    Ok(match href {
        "/people/residence" => {
            let clerk = residence::waiting(store, visit.now()).await?.len();
            let post = residence::to_print(store, visit.now()).await?.len();
            Some((clerk + post) as i64)
        }
        "/people/roles" => Some(office::part(store, "", i64::from(u16::MAX)).await?.len() as i64),
        "/people/departments" => Some(kernel_identity::department::all(store).await?.len() as i64),
        _ => None,
    })
}
