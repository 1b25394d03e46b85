//! The archived pages of a city, beside the criterion: found by title or address, shown without any of their powers.

use kernel_base::Result;
use kernel_ui::desk::{self, Kept as Shown};
use kernel_ui::{Markup, html, link_list};
use kernel_web::{Asked, Visit};
use serde::Serialize;
use survey_instrument::Criterion;

use super::work::Work;
use crate::archive::{Kept, open, page_href, picture_href};

/// Pages listed at once; the search finds the others.
const LISTED: usize = 12;

/// A page of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Archived {
    /// Its own address.
    pub address: String,
    pub title: String,
    /// Where this portal shows it.
    pub page: String,
    /// Where its screenshot is; none when it was not opened in a browser.
    pub picture: Option<String>,
}

impl Archived {
    fn matches(&self, words: &[String]) -> bool {
        let text = format!("{} {}", self.title, self.address).to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

/// Every page of the city's archive, in the order of the capture.
pub async fn pages(visit: &Visit, work: &Work) -> Result<Vec<Archived>> {
    let Some(book) = open(&visit.city, &work.round, &work.city).await? else { return Ok(Vec::new()) };
    let city = &work.city.id;
    let page = |kept: &Kept| Archived {
        address: kept.address.clone(),
        title: kept.title.clone(),
        page: page_href(city, &kept.address),
        picture: kept.pictured.then(|| picture_href(city, &kept.address)),
    };
    Ok(book.kept().iter().map(page).collect())
}

/// The list with its search, and the page that was chosen. Scripts do the same in place (`web/script/desk/beside.js`).
pub fn beside(visit: &Visit, work: &Work, criterion: &Criterion, pages: &[Archived], asked: &Asked) -> Markup {
    let here = work.at(&criterion.id);
    let find = asked.text("find");
    let words: Vec<String> = find.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let found: Vec<&Archived> = pages.iter().filter(|page| page.matches(&words)).collect();
    let chosen = pages.iter().find(|page| page.address == asked.text("page"));
    html! {
        h2 { (visit.t("survey-desk-archive")) }
        p { a href=(work.city.address) rel="external noreferrer" target="_blank" { (visit.t("survey-desk-site")) } }
        @if pages.is_empty() { p { (visit.t("survey-desk-archive-none")) } } @else {
            (desk::find(visit, &here, (&visit.t("survey-desk-archive-find"), find)))
            (desk::found(&list(&found, &here, find), &visit.t_with("survey-desk-archive-count", &[("n", found.len().into())]), LISTED))
            (desk::kept_place(&visit.t("survey-desk-cite"), &visit.t("survey-desk-picture"), html! { @if let Some(chosen) = chosen { (kept(visit, chosen)) } }))
        }
    }
}

fn list(found: &[&Archived], here: &str, find: &str) -> Markup {
    let coded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let links: Vec<(String, String, String)> = found
        .iter()
        .take(LISTED)
        .map(|page| {
            let href = format!("{here}?find={}&page={}", coded(find), coded(&page.address));
            (page.title.clone(), href, page.address.clone())
        })
        .collect();
    link_list(&links)
}

fn kept(visit: &Visit, page: &Archived) -> Markup {
    desk::kept_page(&Shown {
        title: &page.title,
        address: &page.address,
        page: &page.page,
        picture: page.picture.as_deref().unwrap_or_default(),
        picture_title: &visit.t("survey-desk-picture"),
    })
}
