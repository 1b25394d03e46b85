//! What the city wrote to me, and how letters reach me.

use axum::extract::Path;
use kernel_identity::{Who, account};
use kernel_language::{LANGUAGES, Language};
use kernel_letters::{Channel, Preference, prefer, preference, read, throw_away, unread};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, button, empty_state, form, hidden, html, lead, prose,
    radios, section, select, table, tag,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::json;

use crate::my_page::done;
use crate::own::own;

/// Letters on one page.
const SHOWN: i64 = 25;

pub const HOME: &str = "/account/letters";

pub async fn list(visit: Visit, asked: Asked) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let before = (!asked.text("before").is_empty()).then(|| asked.text("before"));
    let reader = (visit.language, who.name.as_str());
    let mut letters = city.letters.inbox(&city.store, &who.account, reader, before, SHOWN + 1).await?;
    let more = letters.len() as i64 > SHOWN;
    letters.truncate(SHOWN as usize);
    let next = letters.last().filter(|_| more).map(|last| format!("{HOME}?before={}", last.id));
    let rows = letters.iter().map(|letter| {
        Row::new(vec![
            html! {
                a href=(format!("{HOME}/{}", letter.id)) { (letter.subject) }
                @if letter.read_at.is_none() { " " (tag(Tone::Info, &visit.t("account-letters-new"))) }
            },
            html! { (visit.moment(letter.at)) },
        ])
        .marked(letter.read_at.is_none())
    });
    let shown = Table {
        caption: visit.t_with("account-letters-unread", &[("n", unread(&city.store, &who.account).await?.into())]),
        columns: vec![Column::text(visit.t("account-letters-subject")), Column::text(visit.t("account-letters-when"))],
        rows: rows.collect(),
    };
    let preference = chosen(&visit, who).await?;
    let main = html! {
        (done(&visit, &["letters", "thrown-away"]))
        @if letters.is_empty() {
            (empty_state(&visit.t("account-letters-none"), html! { p { (visit.t("account-letters-none-text")) } }))
        } @else { (table(&shown)) }
        @if let Some(next) = next { p { a rel="next" href=(next) { (visit.t("account-letters-older")) } } }
        (section("way", &visit.t("account-letters-way"), choices(&visit, preference, &FieldErrors::default())))
        p { a href=(crate::notices::HOME) { (visit.t("account-notices")) } }
    };
    Ok(visit.page(page(&visit, visit.t("account-letters")).main(main)))
}

fn page(visit: &Visit, title: String) -> Page {
    Page::new(title).crumb(visit.t("account-title"), "/account").unlisted()
}

pub async fn chosen(visit: &Visit, who: &Who) -> kernel_base::Result<Preference> {
    if let Some(preference) = preference(&visit.city.store, &who.account).await? {
        return Ok(preference);
    }
    let account = account::get(&visit.city.store, &who.account).await?;
    let language = Language::find(&account.language).unwrap_or(visit.language);
    Ok(Preference { language, channel: Channel::Email, push_subject: false })
}

fn choices(visit: &Visit, chosen: Preference, errors: &FieldErrors) -> Markup {
    let (channel, hint, language) =
        (visit.t("account-letters-channel"), visit.t("account-letters-channel-hint"), visit.t("account-language"));
    let error = errors.message(visit, "channel");
    let channels: Vec<_> = Channel::ALL
        .iter()
        .map(|channel| Choice::new(channel.name(), visit.t(&format!("account-channel-{}", channel.name()))))
        .collect();
    let languages: Vec<_> = LANGUAGES.iter().map(|language| Choice::new(language.code, language.name)).collect();
    form(
        &format!("{HOME}/way"),
        false,
        html! {
            (radios(visit, &Field { name: "channel", label: &channel, hint: &hint, value: chosen.channel.name(), error: &error, required: true, ..Field::default() }, &channels))
            (select(visit, &Field { name: "language", label: &language, value: chosen.language.code, required: true, ..Field::default() }, &languages))
            (button(&visit.t("account-details-save"), Emphasis::Main))
        },
    )
}

pub async fn choose(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let (channel, language) = (Channel::find(sent.text("channel")), Language::find(sent.text("language")));
    let before = chosen(&visit, who).await?;
    let (Some(channel), Some(language)) = (channel, language) else {
        let mut errors = FieldErrors::default();
        errors.add("channel", "account-letters-channel-wrong");
        let main = html! { (errors.summary(&visit)) (choices(&visit, before, &errors)) };
        return Ok(visit.page(page(&visit, visit.t("account-letters-way")).main(main).status(errors.status())));
    };
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    prefer(&mut tx, &who.account, Preference { channel, language, ..before }).await?;
    who.did(
        &mut tx,
        "letters.chosen",
        &who.account,
        json!({ "channel": channel.name() }),
        (&*city.clock, &*city.random),
    )
    .await?;
    tx.commit().await?;
    Ok(see_other("/account/letters?done=letters"))
}

/// One letter. That it was opened is noted by opening it, as with any letter.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let reader = (visit.language, who.name.as_str());
    let letter =
        city.letters.inbox_letter(&city.store, &who.account, reader, &id).await?.ok_or_else(Failure::not_found)?;
    if letter.read_at.is_none() {
        let mut tx = city.store.begin().await?;
        read(&mut tx, &who.account, &id, visit.now()).await?;
        tx.commit_quietly().await?;
    }
    let main = html! {
        (lead(&visit.moment(letter.at)))
        (prose(html! { @for part in letter.body.split("\n\n") { p { (linked(part)) } } }))
        (form(&format!("{HOME}/throw-away"), false, html! {
            (hidden("id", &letter.id)) (button(&visit.t("account-letters-throw-away"), Emphasis::Quiet))
        }))
    };
    Ok(visit.page(page(&visit, letter.subject).crumb(visit.t("account-letters"), HOME).main(main)))
}

/// Addresses in a letter can be followed; everything else is text.
fn linked(text: &str) -> Markup {
    let is_address = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    html! {
        @for (place, word) in text.split_whitespace().enumerate() {
            @if place > 0 { " " }
            @if is_address(word) { a href=(word) rel="nofollow" { (word) } } @else { (word) }
        }
    }
}

pub async fn away(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let mut tx = visit.city.store.begin().await?;
    throw_away(&mut tx, &who.account, sent.text("id")).await?;
    tx.commit().await?;
    Ok(see_other("/account/letters?done=thrown-away"))
}
