use maud::{Markup, html};

/// A way into a task, on the home page or a start page.
#[derive(Debug, Clone)]
pub struct Tile {
    pub title: String,
    pub text: String,
    pub href: String,
}

/// Links as large targets, two or three a row where there is room.
pub fn tiles(tiles: &[Tile]) -> Markup {
    html! {
        ul.tiles {
            @for tile in tiles {
                li.tile {
                    // By their own direction: words that fell back to English stay readable in Arabic.
                    p.tile-title dir="auto" { a href=(tile.href) { (tile.title) } }
                    p.tile-text dir="auto" { (tile.text) }
                }
            }
        }
    }
}

/// One thing with its facts.
pub struct Card {
    pub title: String,
    /// Where the title leads; empty for nowhere.
    pub href: String,
    pub body: Markup,
}

pub fn cards(cards: &[Card]) -> Markup {
    html! {
        div.cards {
            @for card in cards {
                article.ds-card {
                    h3 {
                        @if card.href.is_empty() { (card.title) } @else { a href=(card.href) { (card.title) } }
                    }
                    (card.body)
                }
            }
        }
    }
}

/// How much a button asks for attention: one `Main` a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    Main,
    Second,
    Quiet,
}

impl Emphasis {
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Emphasis::Main => "primary",
            Emphasis::Second => "secondary",
            Emphasis::Quiet => "tertiary",
        }
    }
}

/// A link that starts something and looks like a button.
pub fn button_link(label: &str, href: &str, emphasis: Emphasis) -> Markup {
    html! { a.ds-button data-variant=(emphasis.variant()) href=(href) { (label) } }
}

/// The first paragraph, larger.
pub fn lead(text: &str) -> Markup {
    html! { p.lead { (text) } }
}

/// Running text at a comfortable width.
pub fn prose(body: Markup) -> Markup {
    html! { div.prose.flow { (body) } }
}

/// A part of a page under its own heading; `id` makes it a target of links.
pub fn section(id: &str, heading: &str, body: Markup) -> Markup {
    html! {
        section.part aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            (body)
        }
    }
}

/// A part of a long page with its result beside the heading. It is open; on a phone a script folds it away until somebody
/// opens it or comes by a link to its `id`.
pub fn folded(id: &str, heading: &str, result: &str, body: Markup) -> Markup {
    html! {
        section.part aria-labelledby=(id) {
            details.part-fold open data-fold {
                summary { h2 id=(id) { (heading) } " " span { (result) } }
                div.flow { (body) }
            }
        }
    }
}

/// Blocks side by side where there is room, one below the other where not.
pub fn columns(blocks: &[Markup]) -> Markup {
    html! { div.columns { @for block in blocks { div { (block) } } } }
}

/// A plain list of links with an optional remark each.
pub fn link_list(links: &[(String, String, String)]) -> Markup {
    html! {
        ul.links {
            @for (label, href, remark) in links {
                li {
                    a href=(href) { (label) }
                    @if !remark.is_empty() { span.remark { (remark) } }
                }
            }
        }
    }
}
