//! Handing in a coded sheet or a report to be scored.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use kernel_files::{Kind, Refused};
use kernel_ui::{
    Choice, Emphasis, Field, Markup, Reader, button, details, error_summary, file_field, form, html, lead, prose,
    select, text_field, textarea,
};
use kernel_web::{Answer, City, Failure, Page, Visit, refused, see_other, slip};
use survey_instrument::{DEFAULT, Instrument, SheetError, SheetProblem};

use crate::brought::Brought;
use crate::scorecard::{self, KEPT_DAYS, Refusal};
use crate::{forget, instruments};

/// Errors beyond this many are counted, not listed.
const LISTED: usize = 20;
/// What a sheet or a report may be.
const SHEETS: &[Kind] = &[Kind::Csv, Kind::Json, Kind::Text];
/// Characters kept of a name.
pub const NAME: usize = 200;

/// The form as it was sent.
struct Sent {
    name: String,
    instrument: String,
    sheet: String,
    /// The chosen file was not read.
    refused: Option<Refused>,
}

impl Sent {
    fn empty() -> Sent {
        Sent { name: String::new(), instrument: DEFAULT.to_owned(), sheet: String::new(), refused: None }
    }

    async fn of(request: Request, city: &City) -> Result<Sent, Failure> {
        let brought = Brought::of(request, city, SHEETS, &["name", "instrument", "sheet"]).await?;
        let instrument = match brought.text("instrument").trim() {
            "" => DEFAULT,
            id => id,
        };
        Ok(Sent {
            name: brought.text("name").trim().chars().take(NAME).collect(),
            instrument: instrument.to_owned(),
            sheet: brought.list("sheet").to_owned(),
            refused: brought.refused,
        })
    }
}

pub async fn ask(visit: Visit) -> Response {
    visit.page(page(&visit, &Sent::empty(), &[]))
}

pub async fn keep(visit: Visit, request: Request) -> Answer {
    let sent = Sent::of(request, &visit.city).await?;
    if let Some(why) = &sent.refused {
        let errors = [("file", refused(&visit, why))];
        return Ok(visit.page(page(&visit, &sent, &errors).status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    match scorecard::read(&sent.sheet, &sent.instrument, &sent.name) {
        Ok(draft) => {
            let (id, slip) = forget::keep(&visit.city, visit.who(), &draft).await?;
            let address = format!("/survey/scorecards/{id}");
            let mut answer = see_other(&address);
            if let Some(slip) = slip {
                slip::hand_out(&visit, &mut answer, &address, &slip)?;
            }
            Ok(answer)
        }
        Err(refusal) => {
            let errors = said(&visit, &refusal);
            Ok(visit.page(page(&visit, &sent, &errors).status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
    }
}

fn page(visit: &Visit, sent: &Sent, errors: &[(&'static str, String)]) -> Page {
    Page::new(visit.t("survey-score"))
        .description(visit.t("survey-score-lead"))
        .crumb(visit.t("survey-title"), "/survey")
        .main(body(visit, sent, errors))
}

fn body(reader: &dyn Reader, sent: &Sent, errors: &[(&'static str, String)]) -> Markup {
    let words = |key: &str| reader.t(key);
    let error = |field: &str| {
        errors.iter().find(|(name, _)| *name == field).map(|(_, message)| message.as_str()).unwrap_or_default()
    };
    let choices: Vec<_> = Instrument::builtin()
        .iter()
        .map(|instrument| Choice::new(instrument.id.as_str(), instrument.words(reader.language().code).title.as_str()))
        .collect();
    let (name, name_hint) = (words("survey-score-name"), words("survey-score-name-hint"));
    let (instrument, instrument_hint) = (words("survey-score-instrument"), words("survey-score-instrument-hint"));
    let (sheet, sheet_hint) = (words("survey-score-sheet"), words("survey-score-sheet-hint"));
    let (file, file_hint) = (words("survey-score-file"), words("survey-score-file-hint"));
    let questions = html! {
        (select(reader, &Field { name: "instrument", label: &instrument, hint: &instrument_hint, value: &sent.instrument, error: error("instrument"), required: true, ..Field::default() }, &choices))
        (file_field(reader, &Field { name: "file", label: &file, hint: &file_hint, error: error("file"), ..Field::default() }, &Kind::accept(SHEETS)))
        (textarea(reader, &Field { name: "sheet", label: &sheet, hint: &sheet_hint, value: &sent.sheet, error: error("sheet"), ..Field::default() }, 12))
        (text_field(reader, &Field { name: "name", label: &name, hint: &name_hint, value: &sent.name, ..Field::default() }))
        (button(&words("survey-score-button"), Emphasis::Main))
    };
    html! {
        (error_summary(reader, errors))
        (lead(&words("survey-score-lead")))
        (prose(html! { p { (reader.t_with("survey-score-kept", &[("days", KEPT_DAYS.into())])) } }))
        (details(&words("survey-score-format"), format(reader)))
        (form("/survey/score", true, questions))
    }
}

fn format(reader: &dyn Reader) -> Markup {
    html! {
        p { (reader.t("survey-score-format-text")) }
        pre { "criterion,value,state\nPS01,1,\nPS02,,absent\nPS03,,not_found\nPS04,,not_this_city\nPS05,0.5,\nPS06,,not_assessable" }
        ul { @for instrument in Instrument::builtin() { li {
            a href=(format!("{}/sheet.csv", instruments::address(instrument))) {
                (reader.t_with("survey-score-empty-sheet", &[("instrument", instrument.words(reader.language().code).title.as_str().into())]))
            }
        } } }
    }
}

/// What is wrong, each with the field it is about.
fn said(reader: &dyn Reader, refusal: &Refusal) -> Vec<(&'static str, String)> {
    match refusal {
        Refusal::Empty => vec![("sheet", reader.t("survey-refused-empty"))],
        Refusal::Instrument(id) => {
            vec![("instrument", reader.t_with("survey-refused-instrument", &[("id", id.into())]))]
        }
        Refusal::Report(why) => vec![("sheet", reader.t_with("survey-refused-report", &[("why", why.into())]))],
        Refusal::Sheet(errors) => {
            let mut said: Vec<_> =
                errors.iter().take(LISTED).map(|error| ("sheet", sheet_error(reader, error))).collect();
            if errors.len() > LISTED {
                said.push(("sheet", reader.t_with("survey-refused-more", &[("n", (errors.len() - LISTED).into())])));
            }
            said
        }
    }
}

fn sheet_error(reader: &dyn Reader, error: &SheetError) -> String {
    let key = format!("survey-refused-{}", error.problem.code());
    let (value, more) = match &error.problem {
        SheetProblem::Unreadable(why) => (why.clone(), String::new()),
        SheetProblem::Duplicate { first_line } => (first_line.to_string(), String::new()),
        SheetProblem::NotANumber(value) | SheetProblem::UnknownState(value) => (value.clone(), String::new()),
        SheetProblem::OffScale { value, scale } => (value.clone(), scale.clone()),
        SheetProblem::StateAndValue { state, value } => (value.clone(), state.clone()),
        SheetProblem::NoHeader
        | SheetProblem::UnknownCriterion
        | SheetProblem::Missing { .. }
        | SheetProblem::NoValue => Default::default(),
    };
    let count = if let SheetProblem::Missing { count } = error.problem { count } else { 1 };
    let places =
        [("criterion", (&error.criterion).into()), ("value", value.into()), ("more", more.into()), ("n", count.into())];
    let said = reader.t_with(&key, &places);
    match error.line {
        Some(line) => reader.t_with("survey-refused-line", &[("line", line.to_string().into()), ("what", said.into())]),
        None => said,
    }
}
