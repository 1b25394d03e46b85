//! How far the captures of a round are; started, held, asked for anew.

use axum::extract::Path;
use kernel_base::Error;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table, Tone, button, empty_state, form, html, link_list, meter, summary_list, table,
    tag,
};
use kernel_web::{Answer, Visit, see_other};

use super::{page, round_at};
use crate::archive;
use crate::capture;
use crate::round::{Capture, Round, RoundCity, Stage, store};

pub async fn start(visit: Visit, Path(slug): Path<String>) -> Answer {
    let round = round_at(&visit, &slug).await?;
    capture::start(&visit.city, Some(visit.me()?), &round).await?;
    Ok(see_other(&format!("{}/capture", round.office())))
}

pub async fn pause(visit: Visit, Path(slug): Path<String>) -> Answer {
    let round = round_at(&visit, &slug).await?;
    capture::pause(&visit.city, Some(visit.me()?), &round).await?;
    Ok(see_other(&format!("{}/capture", round.office())))
}

pub async fn again(visit: Visit, Path((slug, place)): Path<(String, String)>) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let place = store::city_by_slug(&visit.city.store, &round.id, &place).await?.ok_or(Error::NotFound)?;
    if can_capture(&round, &place) {
        capture::again(&visit.city, Some(visit.me()?), &place).await?;
    }
    Ok(see_other(&format!("{}/capture", round.office())))
}

/// Evidence that somebody codes from is never replaced; what failed can be tried as long as the round is not closed.
fn can_capture(round: &Round, place: &RoundCity) -> bool {
    match place.capture.state {
        Capture::Failed => round.stage <= Stage::Coding,
        Capture::Assessed => round.stage == Stage::Preparing,
        Capture::Waiting | Capture::Capturing => false,
    }
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let mut cities = store::cities(&visit.city.store, &round.id).await?;
    let order = [Capture::Failed, Capture::Capturing, Capture::Waiting, Capture::Assessed];
    cities.sort_by_key(|one| order.iter().position(|state| *state == one.capture.state));
    let main = html! {
        @if cities.is_empty() {
            (empty_state(&visit.t("survey-office-no-cities"), html! {
                p { a href=(format!("{}/cities", round.office())) { (visit.t("survey-office-bring")) } }
            }))
        } @else {
            (whole(&visit, &round, &cities))
            (by_city(&visit, &round, &cities))
        }
    };
    Ok(visit.page(page(&visit, &round, &visit.t("survey-office-capture"), main)))
}

fn whole(visit: &Visit, round: &Round, cities: &[RoundCity]) -> Markup {
    let count = |state| cities.iter().filter(|one| one.capture.state == state).count();
    let (done, open) =
        (count(Capture::Assessed) + count(Capture::Failed), count(Capture::Waiting) + count(Capture::Capturing));
    let bytes: i64 = cities.iter().filter_map(|one| one.capture.evidence_bytes).sum();
    let said = visit.t_with("survey-office-of", &[("n", done.into()), ("all", cities.len().into())]);
    let entries: Vec<(String, Markup)> = Capture::ALL
        .iter()
        .map(|state| {
            (visit.t(&format!("survey-capture-{}", state.word())), html! { (visit.number(count(*state) as i64)) })
        })
        .chain([(visit.t("survey-office-evidence"), html! { (visit.decimal(bytes as f64 / 1_048_576.0, 1)) " MiB" })])
        .collect();
    let act = |word: &str, key: &str, emphasis| {
        form(&format!("{}/capture/{word}", round.office()), false, button(&visit.t(key), emphasis))
    };
    html! {
        (meter(&visit.t("survey-office-captured"), done, cities.len(), &said))
        (summary_list(&entries))
        @if round.capture_paused { p { (visit.t("survey-office-paused")) } }
        @if open > 0 {
            (act("start", if round.capture_paused { "survey-office-resume" } else { "survey-office-start" }, Emphasis::Main))
            @if !round.capture_paused { (act("pause", "survey-office-pause", Emphasis::Second)) }
        }
        (link_list(&[(visit.t("survey-office-look-again"), format!("{}/capture", round.office()), String::new())]))
    }
}

fn by_city(visit: &Visit, round: &Round, cities: &[RoundCity]) -> Markup {
    let row = |one: &RoundCity| {
        let progress = &one.capture;
        let ended = progress.ended.or(progress.began);
        Row::new(vec![
            html! { @if progress.state == Capture::Assessed { a href=(archive::list_href(&one.id)) { (one.name) } } @else { (one.name) } },
            state(visit, one),
            html! { (visit.number(progress.pages_read)) " / " (visit.number(progress.pages_known)) },
            html! { @if let Some(bytes) = progress.evidence_bytes { (visit.decimal(bytes as f64 / 1_048_576.0, 1)) " MiB" } },
            html! { @if let Some(at) = ended { (visit.moment(at)) } },
            html! { (progress.note) },
            html! { @if can_capture(round, one) {
                (form(&format!("{}/cities/{}/capture", round.office(), one.slug), false, button(&visit.t("survey-office-again"), Emphasis::Quiet)))
            } },
        ])
    };
    let text = |key: &str| Column::text(visit.t(&format!("survey-office-column-{key}")));
    let number = |key: &str| Column::number(visit.t(&format!("survey-office-column-{key}")));
    table(&Table {
        caption: visit.t("survey-office-capture-caption"),
        columns: vec![
            text("city"),
            text("state"),
            number("pages"),
            number("evidence"),
            text("when"),
            text("doing"),
            text("again"),
        ],
        rows: cities.iter().map(row).collect(),
    })
}

/// The state of a city's capture in a word.
pub fn state(visit: &Visit, one: &RoundCity) -> Markup {
    let tone = match one.capture.state {
        Capture::Waiting => Tone::Info,
        Capture::Capturing => Tone::Warning,
        Capture::Assessed => Tone::Success,
        Capture::Failed => Tone::Danger,
    };
    tag(tone, &visit.t(&format!("survey-capture-{}", one.capture.state.word())))
}
