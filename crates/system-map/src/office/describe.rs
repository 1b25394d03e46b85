//! What is said about a layer: its words, owner, who may see what, and whether it is published.

use axum::extract::Path;
use kernel_base::Error;
use kernel_identity::department;
use kernel_ui::{
    Choice, Emphasis, Field, Markup, Tone, alert, button, checkboxes, form, hidden, html, radios, section, select,
    summary_list, text_field, textarea,
};
use kernel_web::{Answer, Asked, FieldErrors, Submitted, Visit, see_other};
use map_filter::Filter;
use serde_json::Value as Json;

use super::{href, layer_at, page, stage_key};
use crate::by::By;
use crate::keep;
use crate::layer::{Layer, Stage, Wording};

const LANGUAGES: [&str; 2] = ["en", "ko"];

pub async fn ask(visit: Visit, Path(name): Path<String>, asked: Asked) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    let done = matches!(asked.text("done"), "kept" | "staged");
    shown(&visit, &layer, done, &FieldErrors::default()).await
}

pub async fn send(visit: Visit, Path(name): Path<String>, sent: Submitted) -> Answer {
    let mut layer = layer_at(&visit, &name).await?;
    let errors = take(&mut layer, &sent);
    if !errors.is_empty() {
        return shown(&visit, &layer, false, &errors).await;
    }
    keep::describe(&visit.city, By::Account(visit.me()?), &layer).await?;
    Ok(see_other(&format!("{}?done=kept", href(&layer))))
}

pub async fn stage(visit: Visit, Path(name): Path<String>, sent: Submitted) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    let stage: Stage = read(sent.text("stage")).ok_or(Error::Refused("which stage?".to_owned()))?;
    keep::stage(&visit.city, By::Account(visit.me()?), &layer, stage).await?;
    Ok(see_other(&format!("{}?done=staged", href(&layer))))
}

/// A plain variant by its word.
fn read<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

/// The word of a plain variant.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().as_ref().and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Takes over what was typed, right or wrong, so that it stays in the form.
fn take(layer: &mut Layer, sent: &Submitted) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let wording = |field: &str| {
        let said = LANGUAGES.map(|language| (language, sent.text(&format!("{field}_{language}"))));
        let said = said.into_iter().filter(|(_, words)| !words.is_empty());
        Wording(said.map(|(language, words)| (language.to_owned(), words.to_owned())).collect())
    };
    (layer.title, layer.about) = (wording("title"), wording("about"));
    if layer.title.0.is_empty() {
        errors.add("title_en", "map-office-title-wrong");
    }
    layer.source = sent.text("source").to_owned();
    layer.licence = sent.text("licence").to_owned();
    layer.department = sent.text("department").to_owned();
    layer.label = sent.text("label").to_owned();
    layer.rows_shown = sent.text("rows_shown").to_owned();
    layer.hidden = sent
        .all("hidden")
        .into_iter()
        .filter(|name| layer.schema.position(name).is_some())
        .map(str::to_owned)
        .collect();
    match (read(sent.text("readers")), read(sent.text("use_of"))) {
        (Some(readers), Some(use_of)) => (layer.readers, layer.use_of) = (readers, use_of),
        _ => errors.add("readers", "map-office-readers-wrong"),
    }
    if !layer.rows_shown.is_empty() && Filter::parse_text(&layer.rows_shown, &layer.schema).is_err() {
        errors.add("rows_shown", "map-office-rows-wrong");
    }
    errors
}

async fn shown(visit: &Visit, layer: &Layer, done: bool, errors: &FieldErrors) -> Answer {
    let departments = department::all(&visit.city.store).await?;
    let departments: Vec<Choice> = std::iter::once(Choice::new("", visit.t("map-office-whole-city")))
        .chain(departments.iter().map(|one| Choice::new(&*one.id, one.name(visit.language.code))))
        .collect();
    let main = html! {
        (errors.summary(visit))
        @if done { (alert(Tone::Success, &visit.t("map-office-kept"), html! {})) }
        (summary_list(&facts(visit, layer)))
        (moves(visit, layer))
        (section("describe", &visit.t("map-office-describe"), form(&href(layer), false, questions(visit, layer, &departments, errors))))
    };
    Ok(visit.page(page(visit, layer, layer.title.said(visit.language.code), main).status(errors.status())))
}

fn facts(visit: &Visit, layer: &Layer) -> Vec<(String, Markup)> {
    vec![
        (visit.t("map-office-stage"), html! { (visit.t(stage_key(layer.stage))) }),
        (visit.t("map-office-features"), html! { (visit.number(layer.features)) }),
        (visit.t("map-office-changes"), html! { (visit.number(layer.seq - layer.folded)) }),
        (visit.t("map-office-data-of"), html! { (visit.moment(layer.data_at)) }),
        (visit.t("map-layer-crs"), html! { (layer.crs.to_string()) }),
    ]
}

fn moves(visit: &Visit, layer: &Layer) -> Markup {
    let to = |stage: Stage, key: &str, emphasis| {
        let body = html! { (hidden("stage", &word(&stage))) (button(&visit.t(key), emphasis)) };
        form(&format!("{}/stage", href(layer)), false, body)
    };
    html! {
        @match layer.stage {
            Stage::Published => (to(Stage::Withdrawn, "map-office-withdraw", Emphasis::Second)),
            _ if layer.edition.is_empty() => p { (visit.t("map-office-needs-data")) " " a href=(format!("{}/import", href(layer))) { (visit.t("map-office-import")) } },
            _ => (to(Stage::Published, "map-office-publish", Emphasis::Main)),
        }
    }
}

fn questions(visit: &Visit, layer: &Layer, departments: &[Choice], errors: &FieldErrors) -> Markup {
    let said = |words: &Wording, language: &str| words.0.get(language).cloned().unwrap_or_default();
    let plain = |name: &str, key: &str, value: &str| {
        let hint = format!("{key}-hint");
        text_field(
            visit,
            &Field {
                name,
                label: &visit.t(key),
                hint: &visit.t(&hint),
                error: &errors.message(visit, name),
                value,
                ..Field::default()
            },
        )
    };
    let words = |name: &str, key: &str, value: &str| {
        textarea(visit, &Field { name, label: &visit.t(key), value, ..Field::default() }, 3)
    };
    let choices = |kind: &str, all: &[&str]| -> Vec<Choice> {
        all.iter().map(|one| Choice::new(*one, visit.t(&format!("map-{kind}-{one}")))).collect()
    };
    let fields: Vec<Choice> = layer.schema.fields.iter().map(|field| Choice::new(&*field.name, &*field.name)).collect();
    let named: Vec<Choice> =
        std::iter::once(Choice::new("", visit.t("map-office-label-guess"))).chain(fields.iter().cloned()).collect();
    let hidden: Vec<&str> = layer.hidden.iter().map(String::as_str).collect();
    let field = |name, key: &str, value| (name, visit.t(key), value);
    let pick = |(name, label, value): (&str, String, &str), choices: &[Choice]| {
        select(visit, &Field { name, label: &label, value, ..Field::default() }, choices)
    };
    html! {
        (text_field(visit, &Field { name: "title_en", label: &visit.t("map-office-title-en"), error: &errors.message(visit, "title_en"), value: &said(&layer.title, "en"), ..Field::default() }))
        (text_field(visit, &Field { name: "title_ko", label: &visit.t("map-office-title-ko"), value: &said(&layer.title, "ko"), ..Field::default() }))
        (words("about_en", "map-office-about-en", &said(&layer.about, "en")))
        (words("about_ko", "map-office-about-ko", &said(&layer.about, "ko")))
        (plain("source", "map-layer-source", &layer.source))
        (plain("licence", "map-layer-licence", &layer.licence))
        (pick(field("department", "map-layer-owner", layer.department.as_str()), departments))
        (pick(field("label", "map-office-label", layer.label.as_str()), &named))
        (radios(visit, &Field { name: "use_of", label: &visit.t("map-office-use"), value: &word(&layer.use_of), required: true, ..Field::default() }, &choices("use", &["things", "districts", "addresses", "base"])))
        (radios(visit, &Field { name: "readers", label: &visit.t("map-office-readers"), error: &errors.message(visit, "readers"), value: &word(&layer.readers), required: true, ..Field::default() }, &choices("readers", &["everyone", "signed-in", "department"])))
        @if !fields.is_empty() {
            (checkboxes(visit, &Field { name: "hidden", label: &visit.t("map-office-hidden"), hint: &visit.t("map-office-hidden-hint"), ..Field::default() }, &fields, &hidden))
        }
        (plain("rows_shown", "map-office-rows", &layer.rows_shown))
        (button(&visit.t("map-office-keep"), Emphasis::Main))
    }
}
