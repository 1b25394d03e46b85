use axum::extract::Path;
use kernel_ui::{Pages, empty_state, html, lead, link_list, pagination, search_field};
use kernel_web::{Answer, Asked, Page, Visit};

use super::door::{self, Opened};
use super::shelf::{Kept, href, list_href};
use crate::round::Stage;

/// Pages and documents on one page of the list.
const LISTED: usize = 100;

/// Pages and documents of a city's archive, found by words of title and address.
pub async fn show(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let opened = door::open(&visit, &city).await?;
    let words: Vec<String> = asked.text("q").to_lowercase().split_whitespace().map(str::to_owned).collect();
    let found: Vec<&Kept> = opened.book.kept().iter().filter(|one| matches(one, &words)).collect();
    let last = found.len().div_ceil(LISTED).max(1);
    let current = asked.text("page").parse().unwrap_or(1).clamp(1, last);
    let links: Vec<(String, String, String)> = found
        .iter()
        .skip((current - 1) * LISTED)
        .take(LISTED)
        .map(|one| (one.title.clone(), href(&city, "look", &one.address), one.address.clone()))
        .collect();
    let here = list_href(&city);
    let find: String = url::form_urlencoded::byte_serialize(asked.text("q").as_bytes()).collect();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let pages =
        Pages { current: number(current), last: number(last), href: &|page| format!("{here}?q={find}&page={page}") };
    let main = html! {
        (lead(&visit.t("survey-archive-lead")))
        (search_field(&visit, &here, &visit.t("survey-archive-find"), asked.text("q"), true))
        @if found.is_empty() {
            (empty_state(&visit.t("survey-archive-none"), html! { p { (visit.t("survey-archive-none-advice")) } }))
        } @else {
            p { (visit.t_with("survey-archive-count", &[("n", found.len().into())])) }
            (link_list(&links))
            (pagination(&visit, &pages))
        }
    };
    let title = visit.t_with("survey-archive-of", &[("place", (&opened.city.name).into())]);
    Ok(visit.page(under(&visit, &opened, Page::new(title)).main(main)))
}

fn matches(one: &Kept, words: &[String]) -> bool {
    let text = format!("{} {}", one.title, one.address).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// A page of this room. Archived words of others are kept out of search engines.
pub fn under(visit: &Visit, opened: &Opened, page: Page) -> Page {
    let page = page.crumb(visit.t("survey-title"), "/survey").unlisted();
    match opened.round.stage {
        Stage::Published => page.crumb(opened.round.title.clone(), opened.round.href()),
        _ => page,
    }
}
