//! Before a round is published: what it would say, what nobody decided, and the one button that cannot be undone.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Error;
use kernel_ui::{
    Emphasis, Field, Markup, Tone, alert, button, details, form, html, lead, link_list, section, text_field,
};
use kernel_web::{Answer, Failure, FieldErrors, Page, Submitted, Visit, see_other};
use survey_instrument::Instrument;

use super::act::{self, Refusal};
use super::frame::Shown;
use super::{city, league};
use crate::round::{Round, Stage};

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    shown(&visit, &slug, "", &FieldErrors::default()).await
}

pub async fn publish(visit: Visit, Path(slug): Path<String>, sent: Submitted) -> Answer {
    let doi = sent.text("doi");
    if !doi.is_empty() && !is_doi(doi) {
        let mut errors = FieldErrors::default();
        errors.add("doi", "survey-publish-doi-wrong");
        return shown(&visit, &slug, doi, &errors).await;
    }
    let doi = Some(doi).filter(|doi| !doi.is_empty());
    match act::publish(&visit.city, &slug, doi, Some(visit.me()?)).await? {
        Ok(()) => Ok(see_other(&super::frame::href(&slug))),
        Err(Refusal::Stage(_)) => Err(Failure::said(StatusCode::CONFLICT, "survey-publish-not-closed")),
        Err(Refusal::NoCity) => Err(Failure::said(StatusCode::CONFLICT, "survey-publish-no-city")),
    }
}

/// `10.` and a registrant, a stroke, and anything printable without spaces (ISO 26324).
pub fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(registrant, rest)| {
        let numbers = registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>{}\\".contains(c);
        !registrant.is_empty() && numbers && !rest.is_empty() && rest.len() <= 200 && rest.chars().all(plain)
    })
}

async fn shown(visit: &Visit, slug: &str, doi: &str, errors: &FieldErrors) -> Answer {
    let (round, results) = act::preview(&visit.city, slug, None).await?;
    let refusal = act::refusal(&round, &results);
    let undecided = act::undecided(&results);
    let instrument = Instrument::load(&results.round.instrument).map_err(Error::fault)?;
    let shown = Shown { results, instrument };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("survey-publish-preview-lead")))
        @if undecided > 0 {
            (alert(Tone::Warning, "", html! { p { (visit.t_with("survey-publish-undecided", &[("n", undecided.into())])) } }))
        }
        (section("publish", &visit.t("survey-publish-do"), the_act(visit, &round, refusal.as_ref(), doi, errors)))
        @if shown.results.cities.is_empty() { p { (visit.t("survey-publish-no-city")) } } @else {
            (section("preview", &visit.t("survey-publish-preview"), html! {
                p { (league::summary(visit, &shown)) }
                (league::league(visit, &shown))
                (details(&visit.t("survey-publish-preview-first"), first(visit, &shown)))
            }))
        }
    };
    let title = visit.t_with("survey-publish-preview-title", &[("round", round.title.as_str().into())]);
    let page = Page::new(title).crumb(&round.title, round.office()).unlisted().status(errors.status()).main(main);
    Ok(visit.page(page))
}

/// How a scorecard will look, by the first one.
fn first(visit: &Visit, shown: &Shown) -> Markup {
    html! { @if let Some(first) = shown.results.cities.first() { (city::body(visit, shown, first, false)) } }
}

fn the_act(visit: &Visit, round: &Round, refusal: Option<&Refusal>, doi: &str, errors: &FieldErrors) -> Markup {
    match refusal {
        Some(Refusal::Stage(Stage::Published)) => link_list(&[(round.title.clone(), round.href(), String::new())]),
        Some(Refusal::Stage(_)) => html! { p { (visit.t("survey-publish-not-closed")) } },
        Some(Refusal::NoCity) => html! { p { (visit.t("survey-publish-no-city")) } },
        None => {
            let (label, hint) = (visit.t("survey-publish-doi"), visit.t("survey-publish-doi-hint"));
            let error = errors.message(visit, "doi");
            let field = Field {
                name: "doi",
                label: &label,
                hint: &hint,
                error: &error,
                value: doi,
                autocomplete: "off",
                ..Field::default()
            };
            let action = format!("{}/publish", round.office());
            html! {
                p { (visit.t("survey-publish-for-ever")) }
                (form(&action, false, html! { (text_field(visit, &field)) (button(&visit.t("survey-publish-button"), Emphasis::Main)) }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_doi;

    #[test]
    fn a_doi_has_a_registrant_and_a_name() {
        assert!(is_doi("10.5281/zenodo.1234567") && is_doi("10.1000.10/123"));
        for text in ["10.5281", "10./x", "https://doi.org/10.1/x", "10.1/a b", "10.1/<x>", "10.x/y", "10.1/"] {
            assert!(!is_doi(text), "{text}");
        }
    }
}
