//! The door of a city's sheet: reference and PIN, or the account that keeps them.

use axum::extract::Path;
use axum::response::Response;
use kernel_base::{Instant, Result};
use kernel_identity::guest;
use kernel_ui::{Emphasis, Field, Markup, button, form, html, lead, text_field};
use kernel_web::slip::{self, Found};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, fresh, see_other};

use super::invite::href;
use super::store;
use crate::round::{Round, RoundCity, Stage, store as rounds};

const COOKIE: &str = "sheet";
const PURPOSE: &str = "survey sheet";
/// An hour at the sheet, then the PIN is asked for again.
const SECONDS: i64 = 3600;

/// A city at its own sheet.
pub struct Guest {
    pub round: Round,
    pub city: RoundCity,
}

impl Guest {
    /// Until when replies can be written, edited and withdrawn; none when they cannot any more.
    pub fn writes_until(&self, now: Instant) -> Option<Instant> {
        self.round.replies_until.filter(|until| self.round.stage == Stage::Replying && now < *until)
    }
}

/// Who has shown the PIN lately, or keeps the sheet with an account; `None` for everybody else.
pub async fn open(visit: &Visit, city: &str) -> Result<Option<Guest>> {
    let store = &visit.city.store;
    let Some(invitation) = store::invited(store, city).await? else { return Ok(None) };
    let keeps = match visit.who() {
        Some(who) => guest::owner(store, city).await?.as_deref() == Some(who.subject()),
        None => false,
    };
    if !keeps && !is_fresh(visit, city, invitation.invited_at) {
        return Ok(None);
    }
    let Some(city) = rounds::city_by_id(store, city).await? else { return Ok(None) };
    let round = rounds::round_by_id(store, &city.round).await?.filter(|round| round.stage >= Stage::Replying);
    Ok(round.map(|round| Guest { round, city }))
}

/// Whether the browser brings what was given to it for this city, since its newest slip, within the hour.
fn is_fresh(visit: &Visit, city: &str, invited_at: Instant) -> bool {
    let plain = visit.short_cookie(COOKIE).and_then(|sealed| visit.city.secrets.open(PURPOSE, &sealed).ok());
    let Some(plain) = plain.and_then(|plain| String::from_utf8(plain).ok()) else { return false };
    let parts: Vec<&str> = plain.split(' ').collect();
    let [invited, until, of] = parts[..] else { return false };
    of == city && invited.parse() == Ok(invited_at.0) && until.parse().is_ok_and(|until: i64| until > visit.now().0)
}

/// The question for reference and PIN. It says nothing about the city.
pub fn ask(visit: &Visit, city: &str, reference: &str, errors: &FieldErrors) -> Response {
    page(visit, city, (reference, errors), html! {})
}

/// The time at the sheet is over: what was written is shown, to be copied.
pub fn shut(visit: &Visit, city: &str, words: &str) -> Response {
    let mut errors = FieldErrors::default();
    errors.add("reference", "survey-reply-door-shut");
    page(visit, city, ("", &errors), html! { @if !words.is_empty() { blockquote { (words) } } })
}

fn page(visit: &Visit, city: &str, (reference, errors): (&str, &FieldErrors), written: Markup) -> Response {
    let words = |key: &str| visit.t(key);
    let (label, pin, hint) = (words("slip-reference"), words("slip-pin"), words("survey-reply-door-hint"));
    let error = errors.message(visit, "reference");
    let main = html! {
        (errors.summary(visit))
        (written)
        (lead(&words("survey-reply-door-lead")))
        (form(&href(city), false, html! {
            (text_field(visit, &Field { name: "reference", label: &label, hint: &hint, value: reference, error: &error, required: true, autocomplete: "off", ..Field::default() }))
            (text_field(visit, &Field { name: "pin", label: &pin, required: true, autocomplete: "off", ..Field::default() }))
            (button(&words("survey-reply-door-button"), Emphasis::Main))
        }))
        p { (words("survey-reply-door-lost")) }
    };
    let page = Page::new(words("survey-reply-door")).crumb(words("survey-title"), "/survey").unlisted();
    fresh(visit.page(page.main(main).status(errors.status())))
}

pub async fn enter(visit: Visit, Path(city): Path<String>, sent: Submitted) -> Answer {
    let mut errors = FieldErrors::default();
    match slip::find(&visit, (sent.text("reference"), sent.text("pin"))).await? {
        Found::Deed(found) if found.subject == city => return come_in(&visit, &city).await,
        // Right, but of another matter: nothing is said about that one here.
        Found::Deed(_) | Found::Wrong => errors.add("reference", "survey-reply-door-wrong"),
        Found::Closed => errors.add("reference", "survey-reply-door-closed"),
    }
    Ok(ask(&visit, &city, sent.text("reference"), &errors))
}

async fn come_in(visit: &Visit, city: &str) -> Answer {
    let store = &visit.city.store;
    let mut response = see_other(&href(city));
    if let Some(invitation) = store::invited(store, city).await? {
        let now = visit.now();
        let mut tx = store.begin().await?;
        store::opened(&mut tx, city, now).await?;
        tx.commit().await?;
        let plain = format!("{} {} {city}", invitation.invited_at.0, now.plus_seconds(SECONDS).0);
        let sealed = visit.city.secrets.seal(PURPOSE, plain.as_bytes(), &*visit.city.random)?;
        visit.keep_short(&mut response, COOKIE, &sealed, SECONDS);
    }
    Ok(response)
}

/// The browser forgets the way in: for shared computers.
pub async fn leave(visit: Visit, Path(city): Path<String>) -> Answer {
    let mut response = see_other(&href(&city));
    visit.keep_short(&mut response, COOKIE, "", 0);
    Ok(response)
}
