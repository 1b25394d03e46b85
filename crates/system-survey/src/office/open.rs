//! Opening a round: what is decided now is published with it.

use kernel_base::{Error, Id, Result};
use kernel_identity::Who;
use kernel_ui::{Choice, Emphasis, Field, Markup, button, form, html, lead, radios, select, text_field};
use kernel_web::{Answer, City, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::json;
use survey_instrument::{DEFAULT, Instrument};

use super::did;
use crate::round::{Round, Rules, Stage, store};

/// Characters of a title, and of the word in its address.
const TITLE: usize = 120;
const SLUG: usize = 40;
/// Addresses of the office that are no rounds.
const TAKEN: &[&str] = &["new"];

/// A round as it was asked for, and checked.
#[derive(Debug, Clone)]
pub struct RoundDraft {
    pub slug: String,
    pub title: String,
    pub instrument: &'static Instrument,
    pub rules: Rules,
}

impl RoundDraft {
    /// Checks what was typed; what is wrong is said by field, as message keys.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn read(said: impl Fn(&str) -> String) -> std::result::Result<RoundDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (title, slug) = (said("title").trim().to_owned(), said("slug").trim().to_owned());
        if title.is_empty() || title.chars().count() > TITLE {
            errors.add("title", "survey-office-title-wrong");
        }
        if !is_slug(&slug) {
            errors.add("slug", "survey-office-slug-wrong");
        }
        let instrument = Instrument::load(&said("instrument")).ok();
        if instrument.is_none() {
            errors.add("instrument", "survey-office-instrument-wrong");
        }
        let mut number = |field, from: u32, to: u32, key| {
            let read = said(field).trim().parse::<u32>().ok().filter(|number| (from..=to).contains(number));
            if read.is_none() {
                errors.add(field, key);
            }
            read.unwrap_or_default()
        };
        let rules = Rules {
            machine_shown: said("machine") == "shown",
            threshold: number("threshold", 1, 100, "survey-office-threshold-wrong") * 10,
            reply_days: number("reply_days", 1, 365, "survey-office-reply-days-wrong"),
            budget: number("budget", 10, 5000, "survey-office-budget-wrong"),
        };
        match instrument {
            Some(instrument) if errors.is_empty() => Ok(RoundDraft { slug, title, instrument, rules }),
            _ => Err(errors),
        }
    }
}

/// Lower-case letters, digits and hyphens between them.
pub fn is_slug(text: &str) -> bool {
    let fit = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    fit && (1..=SLUG).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-') && !TAKEN.contains(&text)
}

/// Opens a round.
///
/// # Errors
/// [`Error::Conflict`] when another round has this address.
pub async fn open(city: &City, who: Option<&Who>, draft: &RoundDraft) -> Result<Round> {
    let (clock, random) = (&*city.clock, &*city.random);
    let round = Round {
        id: Id::new("rd", clock, random).to_string(),
        slug: draft.slug.clone(),
        title: draft.title.clone(),
        instrument: draft.instrument,
        stage: Stage::Preparing,
        rules: draft.rules.clone(),
        capture_paused: false,
        opened_by: who.map_or("command", |who| who.subject()).to_owned(),
        opened_at: clock.now(),
        coding_at: None,
        replies_until: None,
        closed_at: None,
        published_at: None,
    };
    let mut tx = city.store.begin().await?;
    store::insert_round(&mut tx, &round).await?;
    let rules = &round.rules;
    let detail = json!({
        "instrument": round.instrument.id,
        "machine_shown": rules.machine_shown,
        "threshold": rules.threshold,
        "reply_days": rules.reply_days,
        "budget": rules.budget,
    });
    did(&mut tx, who, "round.opened", &round.id, detail, (clock, random)).await?;
    tx.commit().await?;
    Ok(round)
}

pub async fn ask(visit: Visit) -> Answer {
    let rules = Rules::default();
    let usual = |field: &str| match field {
        "instrument" => DEFAULT.to_owned(),
        "machine" => "hidden".to_owned(),
        "threshold" => (rules.threshold / 10).to_string(),
        "reply_days" => rules.reply_days.to_string(),
        "budget" => rules.budget.to_string(),
        _ => String::new(),
    };
    Ok(visit.page(shown(&visit, usual, &FieldErrors::default())))
}

pub async fn send(visit: Visit, sent: Submitted) -> Answer {
    let said = |field: &str| sent.text(field).to_owned();
    let draft = match RoundDraft::read(said) {
        Ok(draft) => draft,
        Err(errors) => return Ok(visit.page(shown(&visit, said, &errors))),
    };
    match open(&visit.city, Some(visit.me()?), &draft).await {
        Ok(round) => Ok(see_other(&round.office())),
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("slug", "survey-office-slug-taken");
            Ok(visit.page(shown(&visit, said, &errors)))
        }
        Err(cause) => Err(cause.into()),
    }
}

fn shown(visit: &Visit, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Page {
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("survey-office-new-lead")))
        (form("/survey/office/new", false, questions(visit, said, errors)))
    };
    Page::new(visit.t("survey-office-new"))
        .crumb(visit.t("survey-title"), "/survey")
        .crumb(visit.t("survey-office"), "/survey/office")
        .unlisted()
        .status(errors.status())
        .main(main)
}

fn questions(visit: &Visit, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Markup {
    let words = |key: &str| (visit.t(&format!("survey-office-{key}")), visit.t(&format!("survey-office-{key}-hint")));
    let ask = |name: &'static str, key: &str, kind: &'static str| {
        let ((label, hint), error, value) = (words(key), errors.message(visit, name), said(name));
        let field = Field {
            name,
            label: &label,
            hint: &hint,
            error: &error,
            value: &value,
            required: true,
            kind,
            ..Field::default()
        };
        text_field(visit, &field)
    };
    let choose = |name: &'static str, key: &str, choices: &[Choice], list: bool| {
        let ((label, hint), error, value) = (words(key), errors.message(visit, name), said(name));
        let field = Field {
            name,
            label: &label,
            hint: &hint,
            error: &error,
            value: &value,
            required: true,
            ..Field::default()
        };
        if list { select(visit, &field, choices) } else { radios(visit, &field, choices) }
    };
    let instruments = Instrument::builtin().iter();
    let instruments: Vec<Choice> =
        instruments.map(|one| Choice::new(&*one.id, &*one.words(visit.language.code).title)).collect();
    let machine: Vec<Choice> =
        ["hidden", "shown"].map(|word| Choice::new(word, visit.t(&format!("survey-office-machine-{word}")))).into();
    html! {
        (ask("title", "title", ""))
        (ask("slug", "slug", ""))
        (choose("instrument", "instrument", &instruments, true))
        (choose("machine", "machine", &machine, false))
        (ask("threshold", "threshold", "number"))
        (ask("reply_days", "reply-days", "number"))
        (ask("budget", "budget", "number"))
        (button(&visit.t("survey-office-open"), Emphasis::Main))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_small_letters_digits_and_hyphens() {
        for good in ["2026", "pilot-2026", "a"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "new", "-a", "a-", "Ä", "a b", "../x", "a/b", &"x".repeat(41)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let errors = RoundDraft::read(|_| "?".to_owned()).expect_err("wrong");
        let fields: Vec<_> = errors.fields().collect();
        assert_eq!(fields, ["budget", "instrument", "reply_days", "slug", "threshold"]);
    }
}
