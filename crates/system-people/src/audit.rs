//! The audit trail: who did what to what, when; and whether the chain holds.

use kernel_base::{Id, Instant};
use kernel_record::{Entry, Filter, check_last, trail, waiting};
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, button_link, html, table, text_field,
};
use kernel_web::{Answer, Asked, Visit};

use crate::staff::page;

const PER_PAGE: u16 = 100;
/// Entries whose seals are verified with each page; the whole trail is for `madang check audit`.
const CHECKED: i64 = 1000;

/// What is looked for.
struct Wanted<'a> {
    subject: &'a str,
    who: &'a str,
    act: &'a str,
    /// A day, `2026-11-24`: entries up to its end.
    until: &'a str,
}

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let wanted = Wanted {
        subject: asked.text("subject"),
        who: asked.text("who"),
        act: asked.text("act"),
        until: asked.text("until"),
    };
    let store = &visit.city.store;
    let bound = match (asked.text("from"), end_of(wanted.until)) {
        ("", Some(end)) => Id::floor("au", end),
        ("", None) => String::new(),
        (from, _) => from.to_owned(),
    };
    let from = Some(bound.as_str()).filter(|from| !from.is_empty());
    let found = trail(store, wanted.filter(), from, PER_PAGE).await?;
    let chain = check_last(store, CHECKED).await?;
    let unsealed = waiting(store).await?;
    let main = html! {
        (state(&visit, chain.broken.is_empty(), chain.size, unsealed))
        (questions(&visit, &wanted))
        (entries(&visit, &found.entries))
        @if let Some(next) = &found.next {
            p { (button_link(&visit.t("people-audit-older"), &wanted.address(next), Emphasis::Second)) }
        }
    };
    Ok(visit.page(page(&visit, &visit.t("people-audit"), main)))
}

impl Wanted<'_> {
    /// The narrowest question that the trail answers by an index; of several, the subject counts first.
    fn filter(&self) -> Filter<'_> {
        match (self.subject, self.act, self.who) {
            ("", "", "") => Filter::Everything,
            ("", act, "") => Filter::Act(act),
            ("", "", who) => Filter::Who(who),
            ("", act, who) => Filter::WhoAct { who, act },
            (subject, "", _) => Filter::Subject(subject),
            (subject, act, _) => Filter::SubjectAct { subject, act },
        }
    }

    fn address(&self, from: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new("/people/audit?".to_owned());
        let pairs =
            [("subject", self.subject), ("who", self.who), ("act", self.act), ("until", self.until), ("from", from)];
        for (key, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(key, value);
        }
        query.finish()
    }
}

/// The end of a day in UTC.
fn end_of(day: &str) -> Option<Instant> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let next = day.tomorrow().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Instant(next.timestamp().as_microsecond()))
}

fn state(visit: &Visit, whole: bool, size: i64, unsealed: i64) -> Markup {
    let numbers = [("size", size.into()), ("waiting", unsealed.into())];
    match whole {
        true => alert(Tone::Success, "", html! { p { (visit.t_with("people-audit-whole", &numbers)) } }),
        false => alert(Tone::Danger, "", html! { p { (visit.t("people-audit-broken")) } }),
    }
}

fn questions(visit: &Visit, wanted: &Wanted<'_>) -> Markup {
    let fields = [
        ("subject", wanted.subject, ""),
        ("who", wanted.who, ""),
        ("act", wanted.act, ""),
        ("until", wanted.until, "date"),
    ];
    html! {
        form method="get" action="/people/audit" {
            @for (name, value, kind) in fields {
                @let label = visit.t(&format!("people-audit-{name}"));
                (text_field(visit, &Field { name, label: &label, value, kind, autocomplete: "off", ..Field::default() }))
            }
            (button(&visit.t("people-audit-button"), Emphasis::Main))
        }
    }
}

fn entries(visit: &Visit, entries: &[Entry]) -> Markup {
    let linked = |key: &str, value: &str| {
        let query: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        html! { a href=(format!("/people/audit?{key}={query}")) { (value) } }
    };
    let row = |entry: &Entry| {
        Row::new(vec![
            html! { (visit.moment(entry.at)) },
            linked("act", &entry.act),
            linked("who", &entry.who),
            linked("subject", &entry.subject),
            html! { code { (entry.detail) } },
        ])
        .named_by(1)
    };
    table(&Table {
        caption: visit.t_with("people-audit-count", &[("n", entries.len().into())]),
        columns: ["when", "act", "who", "subject", "detail"]
            .map(|key| Column::text(visit.t(&format!("people-audit-{key}"))))
            .to_vec(),
        rows: entries.iter().map(row).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_when_the_next_begins() {
        assert_eq!(end_of("2026-11-24").map(|end| end.rfc3339()).as_deref(), Some("2026-11-25T00:00:00Z"));
        assert_eq!((end_of(""), end_of("yesterday")), (None, None));
    }
}
