//! One city: how far it is, all its criteria, and the way to hand it in.

use axum::extract::Path;
use kernel_ui::desk::{self, Entry, Part};
use kernel_ui::{Emphasis, Markup, Tone, alert, button_link, html, lead, section};
use kernel_web::{Answer, Page, Visit};

use super::save::Kept;
use super::work::{Closed, Work};

pub async fn show(visit: Visit, Path(assignment): Path<String>) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let missing = work.missing().count();
    let title = visit.t_with("survey-desk-city", &[("city", work.city.name.as_str().into())]);
    let main = html! {
        @if let Some(closed) = work.closed() { (closed_alert(&visit, closed)) }
        (lead(&count(&visit, &work)))
        @if work.closed().is_none() { (ways_on(&visit, &work, missing)) }
        (section("progress", &visit.t("survey-desk-progress"), desk::progress(&parts(&visit, &work))))
        (section("criteria", &visit.t("survey-desk-all"), all(&visit, &work)))
    };
    Ok(visit.page(under(&visit, Page::new(title)).unlisted().main(main)))
}

/// A page below the list of one's cities.
pub fn under(visit: &Visit, page: Page) -> Page {
    page.crumb(visit.t("survey-title"), "/survey").crumb(visit.t("survey-desk"), "/survey/desk")
}

fn ways_on(visit: &Visit, work: &Work, missing: usize) -> Markup {
    let first = work.instrument().criteria.first();
    let next = work.next_missing("").or(first);
    let key = if work.codes.is_empty() { "survey-desk-begin" } else { "survey-desk-go-on" };
    html! {
        p {
            @if missing > 0 && let Some(next) = next {
                (button_link(&visit.t(key), &work.at(&next.id), Emphasis::Main))
            } @else {
                (button_link(&visit.t("survey-desk-check"), &format!("{}/hand-in", work.href()), Emphasis::Main))
            }
        }
    }
}

pub fn closed_alert(visit: &Visit, closed: Closed) -> Markup {
    let (title, advice) = (visit.t(closed.key()), visit.t(&format!("{}-advice", closed.key())));
    alert(Tone::Info, &title, html! { p { (advice) } })
}

/// "12 of 98 answered".
pub fn count(visit: &Visit, work: &Work) -> String {
    of(visit, work.codes.len(), work.instrument().criteria.len())
}

fn of(visit: &Visit, done: usize, all: usize) -> String {
    visit.t_with("survey-desk-count", &[("n", done.into()), ("all", all.into())])
}

pub fn bar(visit: &Visit, work: &Work) -> Markup {
    desk::place((&work.city.name, &work.href()), &count(visit, work), &parts(visit, work))
}

fn parts<'a>(visit: &Visit, work: &'a Work) -> Vec<Part<'a>> {
    let words = work.instrument().words(visit.language.code);
    let part = |category: &'a survey_instrument::Category| {
        let (done, all) = work.progress(&category.id);
        Part { id: &category.id, name: words.category(&category.id), text: of(visit, done, all), done, all }
    };
    work.instrument().categories.iter().map(part).collect()
}

/// Every criterion with its answer, by category.
pub fn all(visit: &Visit, work: &Work) -> Markup {
    let words = work.instrument().words(visit.language.code);
    html! {
        @for category in &work.instrument().categories {
            h3 { (words.category(&category.id)) }
            (desk::entries(&work.instrument().in_category(&category.id).map(|criterion| Entry {
                id: &criterion.id,
                href: work.at(&criterion.id),
                label: words.question(&criterion.id),
                state: state(visit, work.kept(&criterion.id).as_ref()),
            }).collect::<Vec<_>>()))
        }
    }
}

/// The answer in a word or two: `2`, `not found, flagged`; a dash while there is none.
pub fn state(visit: &Visit, kept: Option<&Kept>) -> String {
    let Some(kept) = kept else { return "–".to_owned() };
    let answer = match (kept.value, kept.state) {
        (Some(value), _) => value.to_string(),
        (None, "") => "–".to_owned(),
        (None, state) => visit.t(&format!("survey-state-{}", state.replace('_', "-"))),
    };
    match kept.flagged {
        true => visit.t_with("survey-desk-flagged", &[("answer", answer.into())]),
        false => answer,
    }
}
