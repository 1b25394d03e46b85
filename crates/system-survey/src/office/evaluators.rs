//! Who reads for a round, and in which languages.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::{Account, Email, account};
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table as Rows, Tone, alert, button, form, html, lead, section, table, tag,
    text_field,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Limit, Submitted, Visit, see_other};
use serde_json::json;
use unic_langid::LanguageIdentifier;

use super::assign::Table;
use super::assign::table::{Known, known, tags};
use super::{page, round_at};
use crate::reading::store::{self as reading, Evaluator};
use crate::round::{Round, Stage};

/// A coordinator adds people now and then; a program that tries addresses adds many.
const LOOKS: Limit = Limit { purpose: "survey-evaluator", per_account: 120, per_network: 600, window_seconds: 3600 };
const MOST_LANGUAGES: usize = 20;

/// The form as it was sent.
#[derive(Default)]
struct Typed<'a> {
    who: &'a str,
    languages: &'a str,
}

pub async fn list(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &round).await?;
    let done = match asked.text("done") {
        "added" => Some("survey-evaluators-added"),
        "removed" => Some("survey-evaluators-removed"),
        _ => None,
    };
    let above = html! { @if let Some(done) = done { (alert(Tone::Success, "", html! { p { (visit.t(done)) } })) } };
    shown(&visit, &round, above, (&Typed::default(), &FieldErrors::default())).await
}

pub async fn add(visit: Visit, Path(round): Path<String>, sent: Submitted) -> Answer {
    let round = round_at(&visit, &round).await?;
    open(&round)?;
    let typed = Typed { who: sent.text("who"), languages: sent.text("languages") };
    let mut errors = FieldErrors::default();
    let found = evaluator(&visit, typed.who).await?;
    if found.is_none() {
        errors.add("who", "survey-evaluators-who-wrong");
    }
    let languages = languages(typed.languages);
    if languages.is_none() {
        errors.add("languages", "survey-evaluators-languages-wrong");
    }
    let (Some(found), Some(languages)) = (found, languages) else {
        return shown(&visit, &round, html! {}, (&typed, &errors)).await;
    };
    let (who, portal) = (visit.me()?, &visit.city);
    let made = (&*portal.clock, &*portal.random);
    let new = Evaluator { account: found.id, languages };
    let mut tx = portal.store.begin().await?;
    reading::add_evaluator(&mut tx, &round.id, &new, made.0.now()).await?;
    let detail = json!({ "round": round.id, "languages": new.languages });
    who.did(&mut tx, "evaluator.added", &new.account, detail, made).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/evaluators?done=added", round.office())))
}

pub async fn remove(visit: Visit, Path((round, account)): Path<(String, String)>) -> Answer {
    let round = round_at(&visit, &round).await?;
    open(&round)?;
    let known = reading::evaluators(&visit.city.store, &round.id).await?;
    if !known.iter().any(|one| one.account == account) {
        return Err(Error::NotFound.into());
    }
    let (who, portal) = (visit.me()?, &visit.city);
    let mut tx = portal.store.begin().await?;
    if !reading::remove_evaluator(&mut tx, &round.id, &account).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-evaluators-busy"));
    }
    let detail = json!({ "round": round.id });
    who.did(&mut tx, "evaluator.removed", &account, detail, (&*portal.clock, &*portal.random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/evaluators?done=removed", round.office())))
}

/// Nobody joins or leaves once answers stand.
fn open(round: &Round) -> Result<(), Failure> {
    match round.stage {
        Stage::Preparing | Stage::Coding => Ok(()),
        _ => Err(Failure::said(StatusCode::CONFLICT, "survey-assign-closed")),
    }
}

/// The evaluator with exactly this e-mail address or account number.
async fn evaluator(visit: &Visit, typed: &str) -> Result<Option<Account>, Failure> {
    LOOKS.check(visit, &visit.me()?.account).await?;
    let store = &visit.city.store;
    let found = match Email::parse(typed) {
        Some(email) => account::find_by_email(store, &email).await?,
        None => match account::get(store, typed).await {
            Ok(found) => Some(found),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other.into()),
        },
    };
    match found {
        Some(found) if known(store, &found.id).await?.1 => Ok(Some(found)),
        _ => Ok(None),
    }
}

/// BCP 47 tags with commas or spaces between, as they are written properly; `None` when one is none.
fn languages(typed: &str) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for word in typed.split([',', ';', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()) {
        let tag: LanguageIdentifier = word.parse().ok()?;
        // Longer ones are reserved (RFC 5646, section 2.2.1): names of languages look like them.
        let tag = Some(tag).filter(|tag| (2..=3).contains(&tag.language.as_str().len()))?.to_string();
        if !found.contains(&tag) {
            found.push(tag);
        }
    }
    (1..=MOST_LANGUAGES).contains(&found.len()).then_some(found)
}

async fn shown(visit: &Visit, round: &Round, above: Markup, (typed, errors): (&Typed<'_>, &FieldErrors)) -> Answer {
    let table = Table::of(&visit.city.store, round).await?;
    let main = html! {
        (above)
        (errors.summary(visit))
        (lead(&visit.t("survey-evaluators-lead")))
        @if !table.evaluators.is_empty() { (everybody(visit, round, &table)) }
        @if open(round).is_ok() {
            (section("add", &visit.t("survey-evaluators-add"), questions(visit, round, typed, errors)))
        }
    };
    Ok(visit.page(page(visit, round, &visit.t("survey-evaluators"), main).status(errors.status())))
}

fn everybody(visit: &Visit, round: &Round, table_of: &Table) -> Markup {
    let number = |n: usize| html! { (visit.number(i64::try_from(n).unwrap_or(i64::MAX))) };
    let row = |one: &Known| {
        let action = format!("{}/evaluators/{}/remove", round.office(), one.reader.account);
        let label = visit.t_with("survey-evaluators-remove", &[("name", (&one.name).into())]);
        Row::new(vec![
            html! { (one.name) @if !one.active { " " (tag(Tone::Warning, &visit.t("survey-evaluators-inactive"))) } },
            html! { (tags(&one.reader.languages)) },
            number(one.reader.load),
            number(one.done),
            html! { @if one.reader.load == 0 && open(round).is_ok() { (form(&action, false, button(&label, Emphasis::Quiet))) } },
        ])
    };
    table(&Rows {
        caption: visit.t_with("survey-evaluators-count", &[("n", table_of.evaluators.len().into())]),
        columns: vec![
            Column::text(visit.t("survey-evaluators-name")),
            Column::text(visit.t("survey-readers-languages")),
            Column::number(visit.t("survey-evaluators-cities")),
            Column::number(visit.t("survey-evaluators-done")),
            Column::text(visit.t("survey-evaluators-out")),
        ],
        rows: table_of.evaluators.iter().map(row).collect(),
    })
}

fn questions(visit: &Visit, round: &Round, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let field = |name: &'static str, value: &str| {
        let word = |part: &str| visit.t(&format!("survey-evaluators-{name}{part}"));
        let (label, hint, error) = (word(""), word("-hint"), errors.message(visit, name));
        let field = Field {
            name,
            label: &label,
            hint: &hint,
            error: &error,
            value,
            required: true,
            autocomplete: "off",
            ..Field::default()
        };
        text_field(visit, &field)
    };
    form(
        &format!("{}/evaluators", round.office()),
        false,
        html! {
            (field("who", typed.who))
            (field("languages", typed.languages))
            (button(&visit.t("survey-evaluators-add-button"), Emphasis::Main))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags_as_they_are_written_properly() {
        let read = |typed: &str| languages(typed).map(|tags| tags.join(" "));
        assert_eq!(read("ko, EN zh_hant-tw;ko").as_deref(), Some("ko en zh-Hant-TW"));
        for wrong in ["", " , ", "korean language", "한국어", "ko, -", "<script>"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
        let many: Vec<String> = ('a'..='u').map(|letter| format!("a{letter}")).collect();
        assert_eq!(read(&many.join(",")), None, "nobody reads so many");
    }
}
