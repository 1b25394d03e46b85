use maud::{Markup, html};

use crate::Reader;

/// One thing that the map shows.
#[derive(Debug, Clone)]
pub struct ShownItem {
    pub id: String,
    pub name: String,
    pub href: String,
    /// A point of it, degrees.
    pub at: (f64, f64),
    /// How far from the centre and where, as the reader writes it.
    pub remark: String,
}

/// Things of one part of the city; without parts there is one group without a title.
#[derive(Debug, Clone)]
pub struct ShownGroup {
    pub title: String,
    pub items: Vec<ShownItem>,
}

/// What the map shows of one layer.
#[derive(Debug, Clone)]
pub struct ShownLayer {
    pub id: String,
    /// Its name and how many of its things lie on the map: "Libraries: 12".
    pub title: String,
    pub groups: Vec<ShownGroup>,
    /// Words and address of the whole list, when there is more than stands here.
    pub more: Option<(String, String)>,
}

/// The same things that the map shows, as lists: what stands beside every map. The script asks for this part again when
/// the map was moved.
pub fn map_list(reader: &dyn Reader, summary: &str, layers: &[ShownLayer]) -> Markup {
    html! {
        div.map-list data-map-list {
            p.note role="status" { (summary) }
            @for layer in layers { (one_layer(reader, layer)) }
        }
    }
}

fn one_layer(reader: &dyn Reader, layer: &ShownLayer) -> Markup {
    html! {
        div.map-listed {
            h3 { (layer.title) }
            @if layer.groups.iter().all(|group| group.items.is_empty()) { p.note { (reader.t("ui-map-none-here")) } }
            @for group in &layer.groups {
                @if !group.title.is_empty() { h4 { (group.title) } }
                ul.links {
                    @for item in &group.items {
                        li data-layer=(layer.id) data-id=(item.id) data-at=(format!("{:.6},{:.6}", item.at.0, item.at.1)) {
                            a href=(item.href) { (item.name) }
                            @if !item.remark.is_empty() { span.remark { (item.remark) } }
                        }
                    }
                }
            }
            @if let Some((words, href)) = &layer.more { p { a href=(href) { (words) } } }
        }
    }
}

/// What is known of one thing; the script shows this part of the thing's page beside the map. `title` is its name.
pub fn map_feature(title: &str, body: Markup) -> Markup {
    html! { div.flow data-map-feature=(title) { (body) } }
}
