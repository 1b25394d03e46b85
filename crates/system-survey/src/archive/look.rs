use axum::extract::Path;
use axum::http::{HeaderValue, header};
use kernel_ui::{Link, Markup, Picture, details, framed, html, picture, section_links, summary_list};
use kernel_web::{Answer, Asked, Failure, Page, Visit};

use super::door;
use super::list::under;
use super::shelf::{Kept, Sort, href, list_href, page_href, picture_href};

/// The house's policy (`kernel-web/src/layers/secure.rs`), and a frame for the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// One page of the archive in a frame, with what is known about it.
pub async fn show(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let opened = door::open(&visit, &city).await?;
    let found = opened.book.find(asked.text("url")).ok_or_else(Failure::not_found)?;
    let sent = asked.text("as") == "sent";
    let main = html! {
        (facts(&visit, found))
        @match found.sort {
            Sort::Page => { (ways(&visit, &city, found, sent)) (shown(&visit, &city, found, sent)) }
            Sort::Document => {
                p { a href=(href(&city, "file", &found.address)) download { (visit.t("survey-archive-download")) } }
                (framed(&visit.t("survey-archive-words"), &page_href(&city, &found.address)))
            }
        }
    };
    let page = under(&visit, &opened, Page::new(found.title.clone()));
    let title = visit.t_with("survey-archive-of", &[("place", (&opened.city.name).into())]);
    let mut answer = visit.page(page.crumb(title, list_href(&city)).main(main));
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(answer)
}

fn facts(visit: &Visit, found: &Kept) -> Markup {
    let read = found.date.parse::<jiff::Timestamp>().ok();
    let moment = read.map(|at| visit.moment(kernel_base::Instant(at.as_microsecond()))).unwrap_or_default();
    summary_list(&[
        (
            visit.t("survey-archive-address"),
            html! { a href=(found.address) rel="external noreferrer" { (found.address) } },
        ),
        (visit.t("survey-archive-read"), html! { (moment) }),
    ])
}

fn ways(visit: &Visit, city: &str, found: &Kept, sent: bool) -> Markup {
    let here = href(city, "look", &found.address);
    let way = |key: &str, href: String, current| Link { label: visit.t(key), href, current };
    section_links(
        &visit.t("survey-archive-ways"),
        &[
            way("survey-archive-as-seen", here.clone(), !sent),
            way("survey-archive-as-sent", format!("{here}&as=sent"), sent),
        ],
    )
}

fn shown(visit: &Visit, city: &str, found: &Kept, sent: bool) -> Markup {
    let page = page_href(city, &found.address);
    let page = if sent { format!("{page}&as=sent") } else { page };
    html! {
        @if found.pictured { (details(&visit.t("survey-archive-picture"), screenshot(visit, city, found))) }
        (framed(&visit.t_with("survey-archive-frame", &[("title", (&found.title).into())]), &page))
        p { (visit.t("survey-archive-without")) }
    }
}

fn screenshot(visit: &Visit, city: &str, found: &Kept) -> Markup {
    let alt = visit.t_with("survey-archive-picture-of", &[("title", (&found.title).into())]);
    picture(&Picture { src: &picture_href(city, &found.address), alt: &alt, caption: html! { (found.address) } })
}
