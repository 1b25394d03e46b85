//! One criterion as the evaluator sees it: question, guidance, answers, note, what the machine found.

use kernel_ui::desk::{self, Answer, Decision};
use kernel_ui::{Emphasis, Field, Markup, form, hidden, html, textarea};
use kernel_web::{FieldErrors, Visit};
use survey_instrument::{Criterion, Mode};

use super::machine::{self, Found};
use super::save::{Given, Kept};
use super::work::Work;
use crate::settle::beside;

/// States that are answers without a value, with the key for each.
pub const INSTEAD: [(&str, &str, &str); 4] = [
    ("absent", "a", "survey-state-absent"),
    ("not_found", "x", "survey-state-not-found"),
    ("not_this_city", "c", "survey-state-not-this-city"),
    ("not_assessable", "j", "survey-state-not-assessable"),
];

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// A value or a state; empty while there is none.
    pub answer: String,
    pub note: String,
    pub flagged: bool,
    pub cited: String,
    pub version: i64,
}

impl Filled {
    pub fn of(kept: Option<Kept>) -> Filled {
        kept.map_or_else(Filled::default, |kept| Filled {
            answer: kept.value.map_or_else(|| kept.state.to_owned(), |value| value.to_string()),
            note: kept.note,
            flagged: kept.flagged,
            cited: kept.cited.join("\n"),
            version: kept.version,
        })
    }

    /// The form's fields as an answer: a number is a value, a word a state.
    pub fn given(&self, criterion: &str) -> Given {
        let value = self.answer.parse().ok();
        Given {
            criterion: criterion.to_owned(),
            state: if value.is_some() { "found".to_owned() } else { self.answer.clone() },
            value,
            note: self.note.clone(),
            flagged: self.flagged,
            cited: self.cited.lines().map(str::to_owned).collect(),
            version: self.version,
            at: None,
        }
    }
}

/// The criterion with its form.
pub fn sheet(
    visit: &Visit,
    work: &Work,
    criterion: &Criterion,
    (filled, errors): (&Filled, &FieldErrors),
    found: Option<&Found>,
) -> Markup {
    let words = work.instrument().words(visit.language.code);
    let guidance = words.criterion(&criterion.id).map(|worded| worded.guidance.as_str()).unwrap_or_default();
    desk::decision(&Decision {
        id: &criterion.id,
        title: words.question(&criterion.id),
        kind: html! { b { (criterion.id) } " · " (words.category(&criterion.category)) " · " (visit.t("survey-scale")) " " (criterion.scale) },
        guidance,
        body: html! {
            @if criterion.mode == Mode::Probe {
                h2 { (visit.t("survey-settle-probes")) }
                (beside(visit, &work.probes, &criterion.id))
            }
            (questions(visit, work, criterion, filled, errors))
        },
        machine: machine_part(visit, work, criterion, found),
    })
}

fn questions(visit: &Visit, work: &Work, criterion: &Criterion, filled: &Filled, errors: &FieldErrors) -> Markup {
    let open = work.closed().is_none();
    form(
        &work.at(&criterion.id),
        false,
        html! {
            (hidden("version", &filled.version.to_string()))
            (answers(visit, work, criterion, filled, &errors.message(visit, "answer"), open))
            (desk::tick("flagged", &visit.t("survey-desk-flag"), filled.flagged, open))
            (texts(visit, filled, errors))
            (buttons(visit, work, criterion, open))
        },
    )
}

fn answers(visit: &Visit, work: &Work, criterion: &Criterion, filled: &Filled, error: &str, open: bool) -> Markup {
    let words = work.instrument().words(visit.language.code).criterion(&criterion.id);
    let keys = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let values: Vec<Answer> = criterion
        .scale
        .values()
        .into_iter()
        .map(|value| Answer {
            value: value.to_string(),
            key: keys.get(usize::from(value)).copied().unwrap_or_default(),
            label: visit.t_with("survey-desk-value", &[("value", u32::from(value).into())]),
            hint: words.and_then(|words| words.example(value)).unwrap_or_default().to_owned(),
        })
        .collect();
    let instead = INSTEAD.map(|(state, key, label)| Answer {
        value: state.to_owned(),
        key,
        label: visit.t(label),
        hint: visit.t(&format!("{label}-meaning")),
    });
    let legend = visit.t("survey-desk-answer");
    desk::answers(&legend, error, &values, (&visit.t("survey-desk-instead"), &instead), &filled.answer, open)
}

fn texts(visit: &Visit, filled: &Filled, errors: &FieldErrors) -> Markup {
    let [note, note_hint, cited, cited_hint] =
        ["survey-desk-note", "survey-desk-note-hint", "survey-desk-cited", "survey-desk-cited-hint"]
            .map(|key| visit.t(key));
    let wrong = (errors.message(visit, "note"), errors.message(visit, "cited"));
    let note = Field {
        name: "note",
        label: &note,
        hint: &note_hint,
        error: &wrong.0,
        value: &filled.note,
        ..Field::default()
    };
    let cited = Field {
        name: "cited",
        label: &cited,
        hint: &cited_hint,
        error: &wrong.1,
        value: &filled.cited,
        ..Field::default()
    };
    html! { (textarea(visit, &note, 2)) (textarea(visit, &cited, 2)) }
}

fn buttons(visit: &Visit, work: &Work, criterion: &Criterion, open: bool) -> Markup {
    let (before, after) = work.neighbours(&criterion.id);
    desk::actions(html! {
        @if open {
            (desk::choice_button("go", "next", &visit.t("survey-desk-save-next"), Emphasis::Main))
            (desk::choice_button("go", "stay", &visit.t("survey-desk-save"), Emphasis::Second))
        }
        @if let Some(before) = before { (desk::neighbour("prev", &visit.t("survey-desk-previous"), &work.at(&before.id))) }
        @if let Some(after) = after { (desk::neighbour("next", &visit.t("survey-desk-next"), &work.at(&after.id))) }
    })
}

fn machine_part(visit: &Visit, work: &Work, criterion: &Criterion, found: Option<&Found>) -> Markup {
    if work.machine_shown(&criterion.id) {
        return machine::found(visit, criterion, found);
    }
    let ask = html! {
        p { (visit.t("survey-desk-machine-ask")) }
        (form(&format!("{}/machine", work.at(&criterion.id)), false,
            desk::choice_button("see", "yes", &visit.t("survey-desk-machine-see"), Emphasis::Second)))
    };
    let (title, later) = (visit.t("survey-desk-machine"), visit.t("survey-desk-machine-later"));
    desk::machine_later(&title, work.codes.contains_key(&criterion.id), &later, ask)
}
