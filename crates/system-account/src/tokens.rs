//! The page on which somebody makes and ends keys for their own programs.

use kernel_identity::{Token, Who, token};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, checkboxes, empty_state, form, hidden,
    html, lead, section, select, table, tag, text_field,
};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, see_other};

use crate::own::{own, prove_first};
use crate::token::{DAYS, Issued, draft, end, is_over, issue, scopes};

const HERE: &str = "/account/tokens";

/// The form as it was sent.
#[derive(Default)]
struct Typed<'a> {
    name: &'a str,
    scopes: Vec<&'a str>,
    days: &'a str,
}

pub async fn list(visit: Visit) -> Answer {
    page(&visit, None, &Typed::default(), &FieldErrors::default()).await
}

pub async fn make(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, HERE) {
        return Ok(first);
    }
    let typed = Typed { name: sent.text("name"), scopes: sent.all("scopes"), days: sent.text("days") };
    let days = typed.days.parse().ok().filter(|days| DAYS.contains(days)).unwrap_or_default();
    match draft(&visit, who, typed.name, &typed.scopes, days) {
        Ok(draft) => {
            let issued = issue(&visit, who, &draft).await?;
            page(&visit, Some(&issued), &Typed::default(), &FieldErrors::default()).await
        }
        Err(errors) => page(&visit, None, &typed, &errors).await,
    }
}

pub async fn finish(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    end(&visit, who, sent.text("token")).await?;
    Ok(see_other(HERE))
}

async fn page(visit: &Visit, issued: Option<&Issued>, typed: &Typed<'_>, errors: &FieldErrors) -> Answer {
    let who = own(visit)?;
    let tokens = token::all_of(&visit.city.store, &who.account).await?;
    let main = html! {
        (errors.summary(visit))
        @if let Some(issued) = issued { (shown_once(visit, issued)) }
        (lead(&visit.t("account-tokens-lead")))
        (section("keys", &visit.t("account-tokens-yours"), keys(visit, &tokens)))
        (section("new", &visit.t("account-tokens-new"), questions(visit, who, typed, errors)))
        p { a href="/api" { (visit.t("account-tokens-api")) } }
    };
    let page = Page::new(visit.t("account-tokens")).crumb(visit.t("account-title"), "/account").unlisted().main(main);
    Ok(visit.page(page.status(errors.status())))
}

fn shown_once(visit: &Visit, issued: &Issued) -> Markup {
    let title = visit.t_with("account-token-made", &[("name", issued.token.name.as_str().into())]);
    alert(Tone::Success, &title, html! { p { (visit.t("account-token-once")) } p { code { (issued.secret) } } })
}

fn keys(visit: &Visit, tokens: &[Token]) -> Markup {
    if tokens.is_empty() {
        return empty_state(&visit.t("account-tokens-none"), html! {});
    }
    let row = |token: &Token| {
        let used = token.used_at.map_or_else(|| visit.t("account-token-never"), |at| visit.moment(at));
        let ended = is_over(token, visit.now());
        Row::new(vec![
            html! { (token.name) @if ended { " " (tag(Tone::Warning, &visit.t("account-token-over"))) } },
            html! { @for scope in &token.scopes { code { (scope) } " " } },
            html! { (visit.date(token.ends_at.date())) },
            html! { (used) },
            form(
                "/account/tokens/end",
                false,
                html! {
                    (hidden("token", &token.id)) (button(&visit.t("account-token-end"), Emphasis::Quiet))
                },
            ),
        ])
    };
    table(&Table {
        caption: visit.t_with("account-tokens-count", &[("n", tokens.len().into())]),
        columns: ["name", "scopes", "until", "used", "end"]
            .map(|key| Column::text(visit.t(&format!("account-token-{key}"))))
            .to_vec(),
        rows: tokens.iter().map(row).collect(),
    })
}

fn questions(visit: &Visit, who: &Who, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let labels = ["name", "scopes", "days"].map(|field| visit.t(&format!("account-token-{field}")));
    let wrong = ["name", "scopes", "days"].map(|field| errors.message(visit, field));
    let hint = visit.t("account-token-name-hint");
    let rights: Vec<Choice> =
        scopes(visit, who).into_iter().map(|right| Choice::new(right, words(visit, right))).collect();
    let days =
        DAYS.map(|days| Choice::new(days.to_string(), visit.t_with("account-token-lives", &[("days", days.into())])));
    let days_value = if typed.days.is_empty() { "30" } else { typed.days };
    form(
        HERE,
        false,
        html! {
            (text_field(visit, &Field { name: "name", label: &labels[0], hint: &hint, error: &wrong[0], value: typed.name, required: true, autocomplete: "off", ..Field::default() }))
            (checkboxes(visit, &Field { name: "scopes", label: &labels[1], error: &wrong[1], required: true, ..Field::default() }, &rights, &typed.scopes))
            (select(visit, &Field { name: "days", label: &labels[2], error: &wrong[2], value: days_value, required: true, ..Field::default() }, &days))
            (button(&visit.t("account-tokens-button"), Emphasis::Main))
        },
    )
}

/// A right in the reader's words: every system names its own (`people-right-roles` for `people.roles`).
fn words(visit: &Visit, right: &str) -> String {
    let (room, act) = right.split_once('.').unwrap_or((right, ""));
    format!("{} ({right})", visit.t(&format!("{room}-right-{act}")))
}
