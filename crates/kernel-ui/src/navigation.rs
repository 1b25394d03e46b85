use maud::{Markup, html};

use crate::Reader;

/// A step on the way from home to this page.
#[derive(Debug, Clone)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// The way back. Home is added in front; the page itself is not part of it.
pub fn breadcrumbs(reader: &dyn Reader, crumbs: &[Crumb]) -> Markup {
    html! {
        nav.ds-breadcrumbs aria-label=(reader.t("ui-breadcrumbs")) {
            ol {
                li { a.ds-link href="/" { (reader.t("ui-home")) } }
                @for crumb in crumbs { li { a.ds-link href=(crumb.href) { (crumb.label) } } }
            }
        }
    }
}

/// One of several views of the same thing.
#[derive(Debug, Clone)]
pub struct Link {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// Links between sibling views: what others make tabs of, as pages with addresses.
pub fn section_links(label: &str, links: &[Link]) -> Markup {
    html! {
        nav.siblings aria-label=(label) {
            ul {
                @for link in links {
                    li { a href=(link.href) aria-current=[link.current.then_some("page")] { (link.label) } }
                }
            }
        }
    }
}

/// Where a long list is cut.
pub struct Pages<'a> {
    /// From 1.
    pub current: u32,
    pub last: u32,
    pub href: &'a dyn Fn(u32) -> String,
}

/// Previous, the neighbours, first and last, next. Nothing for a single page.
pub fn pagination(reader: &dyn Reader, pages: &Pages) -> Markup {
    if pages.last <= 1 {
        return html! {};
    }
    let shown = shown_pages(pages.current, pages.last);
    html! {
        nav.pages aria-label=(reader.t("ui-pagination")) {
            ul {
                @if pages.current > 1 {
                    li { a.ds-button data-variant="tertiary" rel="prev" href=((pages.href)(pages.current - 1)) { (reader.t("ui-previous")) } }
                }
                @for (place, page) in shown.iter().enumerate() {
                    @if place > 0 && shown[place - 1] + 1 < *page { li aria-hidden="true" { "…" } }
                    li { (page_link(pages, *page)) }
                }
                @if pages.current < pages.last {
                    li { a.ds-button data-variant="tertiary" rel="next" href=((pages.href)(pages.current + 1)) { (reader.t("ui-next")) } }
                }
            }
        }
    }
}

fn page_link(pages: &Pages, page: u32) -> Markup {
    let current = page == pages.current;
    html! {
        a.ds-button data-variant=(if current { "primary" } else { "tertiary" }) href=((pages.href)(page))
          aria-current=[current.then_some("page")] { (page) }
    }
}

/// First, last and the neighbours of the current page, in order.
fn shown_pages(current: u32, last: u32) -> Vec<u32> {
    let mut shown: Vec<u32> = [1, current.saturating_sub(1), current, current + 1, last]
        .into_iter()
        .filter(|n| (1..=last).contains(n))
        .collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// Where the reader is in a task of several pages; `current` counts from 0.
pub fn steps(reader: &dyn Reader, names: &[String], current: usize) -> Markup {
    html! {
        nav.steps aria-label=(reader.t_with("ui-step-of", &[("n", (current + 1).into()), ("all", names.len().into())])) {
            ol {
                @for (place, name) in names.iter().enumerate() {
                    li data-done[place < current] aria-current=[(place == current).then_some("step")] {
                        span { (name) }
                        @if place < current { span.ds-sr-only { " (" (reader.t("ui-step-done")) ")" } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_show_the_ends_and_the_neighbours() {
        assert_eq!(shown_pages(1, 1), [1]);
        assert_eq!(shown_pages(1, 9), [1, 2, 9]);
        assert_eq!(shown_pages(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown_pages(9, 9), [1, 8, 9]);
    }
}
