//! The cities of a round: brought as a list, shown, taken out.

use std::collections::BTreeSet;

use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel_base::{Error, Id, Result};
use kernel_files::Kind;
use kernel_identity::Who;
use kernel_language::country;
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, details, error_summary, file_field, form, html,
    link_list, section, table, textarea,
};
use kernel_web::{Answer, Asked, City, Failure, Visit, refused, see_other};
use serde_json::json;

use super::import::{self, EXAMPLE, Wrong};
use super::{capture, did, page, round_at};
use crate::brought::Brought;
use crate::round::{CityDraft, Round, RoundCity, Stage, contact, store};
use crate::sources::host_of;

/// What a list of cities may be.
const LISTS: &[Kind] = &[Kind::Csv, Kind::Text];
/// Mistakes beyond this many are counted, not listed.
const LISTED: usize = 20;

/// Brings cities into a round, all of them or none; answers how many.
///
/// # Errors
/// [`Error::Refused`]-like errors of the database; what is wrong with the list is the inner error.
pub async fn import(
    city: &City,
    who: Option<&Who>,
    round: &Round,
    text: &str,
) -> Result<std::result::Result<usize, Vec<Wrong>>> {
    let there = store::cities(&city.store, &round.id).await?;
    let taken: BTreeSet<String> = there.into_iter().flat_map(|one| [one.slug, one.address]).collect();
    match import::read(text, &taken) {
        Ok(drafts) => keep(city, who, round, &drafts).await.map(Ok),
        Err(wrong) => Ok(Err(wrong)),
    }
}

async fn keep(city: &City, who: Option<&Who>, round: &Round, drafts: &[CityDraft]) -> Result<usize> {
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    for draft in drafts {
        let id = Id::new("rc", clock, random);
        let sealed = contact::seal(&city.secrets, &draft.contact, random)?;
        store::insert_city(&mut tx, id.as_str(), &round.id, draft, &sealed).await?;
    }
    did(&mut tx, who, "round.cities-imported", &round.id, json!({ "cities": drafts.len() }), (clock, random)).await?;
    tx.commit().await?;
    Ok(drafts.len())
}

pub async fn list(visit: Visit, Path(slug): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let notice = match asked.text("done") {
        "brought" => visit.t("survey-office-brought"),
        "removed" => visit.t("survey-office-removed"),
        _ => String::new(),
    };
    shown(&visit, &round, &notice, "", &[]).await
}

pub async fn send(visit: Visit, Path(slug): Path<String>, request: Request) -> Answer {
    let round = round_at(&visit, &slug).await?;
    if round.stage != Stage::Preparing {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-office-cities-fixed"));
    }
    let brought = Brought::of(request, &visit.city, LISTS, &["list"]).await?;
    let text = brought.list("list");
    if let Some(why) = &brought.refused {
        return shown(&visit, &round, "", text, &[("file", refused(&visit, why))]).await;
    }
    match import(&visit.city, Some(visit.me()?), &round, text).await? {
        Ok(_) => Ok(see_other(&format!("{}/cities?done=brought", round.office()))),
        Err(wrong) => shown(&visit, &round, "", text, &said(&visit, &wrong)).await,
    }
}

fn said(visit: &Visit, wrong: &[Wrong]) -> Vec<(&'static str, String)> {
    let one = |wrong: &Wrong| {
        let (word, said) = wrong.what.word();
        let what = visit.t_with(&format!("survey-office-wrong-{word}"), &[("said", said.into())]);
        visit.t_with("survey-refused-line", &[("line", wrong.line.to_string().into()), ("what", what.into())])
    };
    let mut all: Vec<_> = wrong.iter().take(LISTED).map(|wrong| ("list", one(wrong))).collect();
    if wrong.len() > LISTED {
        all.push(("list", visit.t_with("survey-refused-more", &[("n", (wrong.len() - LISTED).into())])));
    }
    all
}

pub async fn remove(visit: Visit, Path((slug, place)): Path<(String, String)>) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let place = store::city_by_slug(&visit.city.store, &round.id, &place).await?.ok_or(Error::NotFound)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    if round.stage != Stage::Preparing || !store::remove_city(&mut tx, &place.id).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-office-city-stays"));
    }
    let made = (&*city.clock, &*city.random);
    visit.me()?.did(&mut tx, "round.city-removed", &place.id, json!({ "slug": place.slug }), made).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/cities?done=removed", round.office())))
}

/// An example of a list, to fill in.
pub async fn example() -> impl IntoResponse {
    let kind = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"cities.csv\""),
    ];
    (kind, EXAMPLE)
}

async fn shown(visit: &Visit, round: &Round, notice: &str, typed: &str, errors: &[(&'static str, String)]) -> Answer {
    let cities = store::cities(&visit.city.store, &round.id).await?;
    let main = html! {
        @if !notice.is_empty() { (alert(Tone::Success, "", html! { p { (notice) } })) }
        (error_summary(visit, errors))
        @if !cities.is_empty() { (listed(visit, round, &cities)) }
        @if round.stage == Stage::Preparing {
            (section("bring", &visit.t("survey-office-bring"), questions(visit, round, typed, errors)))
        }
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(page(visit, round, &visit.t("survey-office-cities"), main).status(status)))
}

fn listed(visit: &Visit, round: &Round, cities: &[RoundCity]) -> Markup {
    let fixed = round.stage != Stage::Preparing;
    let row = |one: &RoundCity| {
        let address = format!("{}/cities/{}/remove", round.office(), one.slug);
        Row::new(vec![
            html! { (one.name) },
            html! { (country(visit.language, &one.country)) },
            html! { (visit.t(&format!("survey-region-{}", one.region.word()))) },
            html! { (visit.t(if one.oecd { "survey-office-yes" } else { "survey-office-no" })) },
            html! { (one.languages.join(", ")) },
            html! { a href=(one.address) rel="external noreferrer" { (host_of(&one.address).unwrap_or(&one.address)) } },
            capture::state(visit, one),
            html! { @if !fixed { (form(&address, false, button(&visit.t("survey-office-remove"), Emphasis::Quiet))) } },
        ])
    };
    let keys = ["city", "country", "region", "oecd", "languages", "address", "evidence", "remove"];
    table(&Table {
        caption: visit.t_with("survey-office-cities-count", &[("n", cities.len().into())]),
        columns: keys.map(|key| Column::text(visit.t(&format!("survey-office-column-{key}")))).to_vec(),
        rows: cities.iter().map(row).collect(),
    })
}

fn questions(visit: &Visit, round: &Round, typed: &str, errors: &[(&'static str, String)]) -> Markup {
    let error =
        |field: &str| errors.iter().find(|(name, _)| *name == field).map(|(_, said)| said.as_str()).unwrap_or_default();
    let (file, list) = (visit.t("survey-office-file"), visit.t("survey-office-list"));
    let hint = visit.t("survey-office-list-hint");
    html! {
        (form(&format!("{}/cities", round.office()), true, html! {
            (file_field(visit, &Field { name: "file", label: &file, error: error("file"), ..Field::default() }, &Kind::accept(LISTS)))
            (textarea(visit, &Field { name: "list", label: &list, hint: &hint, value: typed, error: error("list"), ..Field::default() }, 8))
            (button(&visit.t("survey-office-bring-button"), Emphasis::Main))
        }))
        (details(&visit.t("survey-office-format"), html! {
            p { (visit.t("survey-office-format-text")) }
            pre { (EXAMPLE) }
            (link_list(&[(visit.t("survey-office-example"), format!("{}/cities.csv", round.office()), String::new())]))
        }))
    }
}
