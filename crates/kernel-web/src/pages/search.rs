use kernel_search::{Hit, Piece, Query, Sort};
use kernel_ui::{Link, Markup, Pages, Tone, empty_state, html, pagination, search_field, section_links, tag};

use crate::{Answer, Asked, Page, Visit};

const PER_PAGE: usize = 20;
/// Longer questions are cut here.
const LONGEST: usize = 200;

pub(crate) async fn show(visit: Visit, asked: Asked) -> Answer {
    let text: String = asked.text("q").chars().take(LONGEST).collect();
    let (kind, by_date) = (asked.text("kind"), asked.text("sort") == "date");
    let current = asked.text("page").parse::<u32>().unwrap_or(1).clamp(1, 1000);
    let index = visit.city.index(visit.language).await?;
    let query = Query {
        text: &text,
        kind,
        sort: if by_date { Sort::Date } else { Sort::Relevance },
        skip: (current as usize - 1) * PER_PAGE,
        take: PER_PAGE,
    };
    let answer = index.ask(&query);
    let address = |kind: &str, sort: &str, page: u32| {
        let mut pairs = url::form_urlencoded::Serializer::new("/search?".to_owned());
        pairs.append_pair("q", &text);
        for (key, value) in [("kind", kind), ("sort", sort)].into_iter().filter(|(_, value)| !value.is_empty()) {
            pairs.append_pair(key, value);
        }
        if page > 1 {
            pairs.append_pair("page", &page.to_string());
        }
        pairs.finish()
    };
    let sort = if by_date { "date" } else { "" };
    let kinds = kind_links(&visit, &answer.kinds, kind, &|kind| address(kind, sort, 1));
    let sorts = [("search-by-relevance", ""), ("search-by-date", "date")].map(|(key, value)| Link {
        label: visit.t(key),
        href: address(kind, value, 1),
        current: value == sort,
    });
    let last = u32::try_from(answer.total.div_ceil(PER_PAGE)).unwrap_or(1);
    let main = html! {
        (search_field(&visit, "/search", &visit.t("search-label"), &text, true))
        @if text.is_empty() {
            p { (visit.t("search-how")) }
        } @else if answer.total == 0 {
            (empty_state(&visit.t_with("search-nothing", &[("text", (&text).into())]), html! { p { (visit.t("search-nothing-advice")) } }))
        } @else {
            p role="status" { (visit.t_with("search-found", &[("n", answer.total.into())])) }
            (section_links(&visit.t("search-kinds"), &kinds))
            (section_links(&visit.t("search-sort"), &sorts))
            (hits(&visit, &answer.hits))
            (pagination(&visit, &Pages { current, last, href: &|page| address(kind, sort, page) }))
        }
    };
    let title = if text.is_empty() {
        visit.t("search-title")
    } else {
        visit.t_with("search-title-for", &[("text", (&text).into())])
    };
    let page = Page::new(title).main(main);
    Ok(visit.page(if text.is_empty() { page } else { page.unlisted() }))
}

fn kind_links(
    visit: &Visit,
    kinds: &[(&'static str, usize)],
    current: &str,
    address: &dyn Fn(&str) -> String,
) -> Vec<Link> {
    let all = Link { label: visit.t("search-all-kinds"), href: address(""), current: current.is_empty() };
    let rest = kinds.iter().map(|(kind, count)| Link {
        label: format!("{} ({})", visit.t(kind), visit.number(*count as i64)),
        href: address(kind),
        current: *kind == current,
    });
    [all].into_iter().chain(rest).collect()
}

fn hits(visit: &Visit, hits: &[Hit]) -> Markup {
    html! {
        ol.hits {
            @for hit in hits {
                li {
                    h2 { a href=(hit.document.href) { (pieces(&hit.title)) } }
                    p { (pieces(&hit.snippet)) }
                    p {
                        (tag(Tone::Neutral, &visit.t(hit.document.kind)))
                        @if let Some(date) = hit.document.date { " " (visit.date(date)) }
                    }
                }
            }
        }
    }
}

fn pieces(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.hit { mark { (piece.text) } } @else { (piece.text) } } }
}
