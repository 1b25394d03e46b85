//! How letters fare: numbers, the oldest that waits, and what failed. No words and no addresses.

use axum::response::Response;
use kernel_letters::{Channel, Count, Failure as Failed, State, counts, failures, oldest_waiting};
use kernel_ui::{Column, Emphasis, Markup, Row, Table, Tone, alert, button, empty_state, form, html, lead, table};
use kernel_web::{Failure, Page, Visit, fresh};

const DAYS: i64 = 30;
const SHOWN: i64 = 50;
/// A letter that waits longer than this means that something is out of order.
const LATE_SECONDS: i64 = 15 * 60;

pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let store = &visit.city.store;
    let since = visit.now().plus_days(-DAYS);
    let (counts, failed) = (counts(store, since).await?, failures(store, since, SHOWN).await?);
    let oldest = oldest_waiting(store).await?;
    let late = oldest.filter(|at| at.plus_seconds(LATE_SECONDS) < visit.now());
    let main = html! {
        (lead(&visit.t("letters-office-lead")))
        @if let Some(at) = late {
            (alert(Tone::Warning, &visit.t("letters-late"), html! { p { (visit.t_with("letters-late-since", &[("since", visit.moment(at).into())])) } }))
        }
        p { a href="/letters-office/services" { (visit.t("letters-services")) } }
        (form("/letters-office/trial", false, html! { (button(&visit.t("letters-trial-button"), Emphasis::Second)) }))
        h2 { (visit.t("letters-counts")) }
        @if let Some(at) = oldest {
            p { (visit.t_with("letters-oldest", &[("since", visit.moment(at).into())])) }
        }
        (numbers(&visit, &counts))
        h2 { (visit.t("letters-failures")) }
        (failed_letters(&visit, &failed))
    };
    Ok(fresh(visit.page(Page::new(visit.t("letters-office")).unlisted().main(main))))
}

fn numbers(visit: &Visit, counts: &[Count]) -> Markup {
    if counts.is_empty() {
        return empty_state(&visit.t("letters-counts-none"), html! {});
    }
    let number = |channel: Channel, state: State| {
        let found = counts.iter().find(|count| count.channel == channel && count.state == state);
        visit.number(found.map_or(0, |count| count.n))
    };
    let channels = [Channel::Email, Channel::Sms, Channel::Push];
    let mut columns = vec![Column::text(visit.t("letters-state"))];
    columns.extend(channels.map(|channel| Column::number(visit.t(&format!("letters-channel-{}", channel.name())))));
    let row = |state: State| {
        let mut cells = vec![html! { (visit.t(&format!("letters-state-{}", state.name()))) }];
        cells.extend(channels.map(|channel| html! { (number(channel, state)) }));
        Row::new(cells)
    };
    let rows = State::ALL.into_iter().map(row).collect();
    table(&Table { caption: visit.t_with("letters-counts-days", &[("days", DAYS.into())]), columns, rows })
}

fn failed_letters(visit: &Visit, failed: &[Failed]) -> Markup {
    if failed.is_empty() {
        return empty_state(&visit.t("letters-failures-none"), html! {});
    }
    let row = |letter: &Failed| {
        Row::new(vec![
            html! { (visit.moment(letter.at)) },
            html! { (visit.t(&format!("letters-channel-{}", letter.channel.name()))) },
            html! { (visit.t(&format!("letters-state-{}", letter.state.name()))) },
            html! { (letter.reason) },
            html! { (visit.number(letter.tries)) },
            html! { code { (letter.id) } },
        ])
        .named_by(5)
    };
    let columns = vec![
        Column::text(visit.t("letters-failure-at")),
        Column::text(visit.t("letters-channel")),
        Column::text(visit.t("letters-state")),
        Column::text(visit.t("letters-failure-reason")),
        Column::number(visit.t("letters-failure-tries")),
        Column::text(visit.t("letters-failure-mark")),
    ];
    let caption = visit.t_with("letters-failures-newest", &[("n", failed.len().into())]);
    table(&Table { caption, columns, rows: failed.iter().map(row).collect() })
}
