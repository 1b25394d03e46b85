//! Writing a story: a title and a text in one or two languages; a line that is the address of a map becomes that map.

use axum::extract::Path;
use kernel_base::Error;
use kernel_ui::{Choice, Emphasis, Field, Markup, button, checkboxes, form, html, lead, text_field, textarea};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::json;

use super::{Story, store};
use crate::by::By;
use crate::layer::{Wording, is_name};

/// Characters of a title and of a text.
const TITLE: usize = 120;
const BODY: usize = 20_000;

pub async fn ask_new(visit: Visit) -> Answer {
    Ok(visit.page(shown(&visit, None, |_| String::new(), &FieldErrors::default())))
}

pub async fn ask(visit: Visit, Path(name): Path<String>) -> Answer {
    let story = store::one(&visit.city.store, &name).await?;
    let kept = |field: &str| match field.split_once('_') {
        Some(("title", language)) => story.title.0.get(language).cloned().unwrap_or_default(),
        Some(("body", language)) => story.body.0.get(language).cloned().unwrap_or_default(),
        _ if field == "shown" && story.shown => "yes".to_owned(),
        _ => String::new(),
    };
    Ok(visit.page(shown(&visit, Some(&name), kept, &FieldErrors::default())))
}

pub async fn send_new(visit: Visit, sent: Submitted) -> Answer {
    keep(&visit, None, &sent).await
}

pub async fn send(visit: Visit, Path(name): Path<String>, sent: Submitted) -> Answer {
    store::one(&visit.city.store, &name).await?;
    keep(&visit, Some(&name), &sent).await
}

async fn keep(visit: &Visit, known: Option<&str>, sent: &Submitted) -> Answer {
    let mut errors = FieldErrors::default();
    let (title, body) = (wording(sent, "title"), wording(sent, "body"));
    if title.0.is_empty() || title.0.values().any(|text| text.chars().count() > TITLE) {
        errors.add("title_en", "map-story-title-wrong");
    }
    if body.0.is_empty() || body.0.values().any(|text| text.chars().count() > BODY) {
        errors.add("body_en", "map-story-body-wrong");
    }
    let name = known.unwrap_or_else(|| sent.text("name"));
    if !is_name(name) {
        errors.add("name", "map-story-name-wrong");
    }
    let said = |field: &str| sent.text(field).to_owned();
    if !errors.is_empty() {
        return Ok(visit.page(shown(visit, known, said, &errors)));
    }
    let me = visit.me()?;
    let show = sent.text("shown") == "yes";
    let story = Story { name: name.to_owned(), title, body, shown: show, account: me.account.clone(), at: visit.now() };
    let (clock, random) = (&*visit.city.clock, &*visit.city.random);
    let mut tx = visit.city.store.begin().await?;
    match store::keep(&mut tx, &story, known.is_none()).await {
        Err(Error::Conflict(_)) => {
            errors.add("name", "map-story-name-taken");
            return Ok(visit.page(shown(visit, known, said, &errors)));
        }
        kept => kept?,
    }
    By::Account(me).did(&mut tx, "story.kept", name, json!({ "shown": show }), (clock, random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/map/stories/{name}")))
}

fn wording(sent: &Submitted, what: &str) -> Wording {
    let each = ["en", "ko"].map(|language| (language.to_owned(), sent.text(&format!("{what}_{language}")).to_owned()));
    Wording(each.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

fn shown(visit: &Visit, known: Option<&str>, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Page {
    let action = known.map_or_else(|| "/map/stories/new".to_owned(), |name| format!("/map/stories/{name}/write"));
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("map-story-lead")))
        (form(&action, false, questions(visit, known.is_none(), said, errors)))
    };
    Page::new(visit.t(if known.is_some() { "map-story-write" } else { "map-story-new" }))
        .crumb(visit.t("map-title"), "/map")
        .crumb(visit.t("map-stories"), "/map/stories")
        .unlisted()
        .status(errors.status())
        .main(main)
}

fn questions(visit: &Visit, new: bool, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Markup {
    let ask = |name: &'static str, key: &str, hint: &str, rows: u8| {
        let hint = if hint.is_empty() { String::new() } else { visit.t(hint) };
        let (label, error, value) = (visit.t(key), errors.message(visit, name), said(name));
        let field = Field { name, label: &label, hint: &hint, error: &error, value: &value, ..Field::default() };
        if rows > 0 { textarea(visit, &field, rows) } else { text_field(visit, &field) }
    };
    let show = [Choice::new("yes", visit.t("map-story-show"))];
    html! {
        (ask("title_en", "map-story-title-en", "", 0))
        (ask("title_ko", "map-story-title-ko", "", 0))
        @if new { (ask("name", "map-story-name", "map-story-name-hint", 0)) }
        (ask("body_en", "map-story-body-en", "map-story-body-hint", 12))
        (ask("body_ko", "map-story-body-ko", "map-story-body-hint", 12))
        (checkboxes(visit, &Field { name: "shown", label: &visit.t("map-story-shown"), ..Field::default() }, &show, &[said("shown").as_str()]))
        (button(&visit.t("map-story-keep"), Emphasis::Main))
    }
}
