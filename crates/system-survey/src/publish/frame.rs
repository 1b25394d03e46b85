//! What all pages of a published round share: where they are, how numbers and answers are written.

use kernel_base::{Error, Result};
use kernel_ui::{Link, Markup, Reader, Tone, html, section_links, tag};
use kernel_web::{Page, Visit};
use survey_instrument::Instrument;

use super::results::{Exact, Results, Span};
use super::store;

/// The parts of a round's pages: message key and the end of the address.
const PARTS: [(&str, &str); 5] = [
    ("survey-publish-part-league", ""),
    ("survey-publish-part-criteria", "/criteria"),
    ("survey-publish-part-method", "/method"),
    ("survey-publish-part-reliability", "/reliability"),
    ("survey-publish-part-data", "/data"),
];

/// A published round with its instrument.
pub struct Shown {
    pub results: Results,
    pub instrument: &'static Instrument,
}

/// # Errors
/// [`Error::NotFound`] when the round is not published.
pub async fn find(visit: &Visit, slug: &str) -> Result<Shown> {
    let results = store::results(&visit.city.store, slug).await?;
    let instrument = Instrument::load(&results.round.instrument).map_err(Error::fault)?;
    Ok(Shown { results, instrument })
}

impl Shown {
    /// Address of the round, or of something in it.
    pub fn href(&self, rest: &str) -> String {
        format!("{}{rest}", href(&self.results.round.slug))
    }

    pub fn city_href(&self, city: &str) -> String {
        self.href(&format!("/cities/{city}"))
    }

    pub fn criterion_href(&self, criterion: &str) -> String {
        self.href(&format!("/criteria/{criterion}"))
    }

    /// A city's name, leading to its scorecard.
    pub fn city_link(&self, city: &str) -> Markup {
        let name = self.results.city(city).map_or(city, |city| city.name.as_str());
        html! { a href=(self.city_href(city)) { (name) } }
    }

    pub fn category_name(&self, reader: &dyn Reader, category: &str) -> String {
        self.instrument.words(reader.language().code).category(category).to_owned()
    }

    pub fn question(&self, reader: &dyn Reader, criterion: &str) -> String {
        self.instrument.words(reader.language().code).question(criterion).to_owned()
    }

    /// The question, leading to the criterion's page in this round.
    pub fn criterion_link(&self, reader: &dyn Reader, criterion: &str) -> Markup {
        html! { a href=(self.criterion_href(criterion)) { (self.question(reader, criterion)) } }
    }

    /// One of the five parts of the round: the ways to the others first.
    pub fn part(&self, visit: &Visit, here: &str, title: String, main: Markup) -> Page {
        let links: Vec<Link> = PARTS
            .iter()
            .map(|(key, rest)| Link { label: visit.t(key), href: self.href(rest), current: *rest == here })
            .collect();
        let page = Page::new(title)
            .crumb(visit.t("survey-title"), "/survey")
            .crumb(visit.t("survey-publish-rounds"), "/survey/rounds");
        let page = if here.is_empty() { page } else { page.crumb(&self.results.round.title, self.href("")) };
        page.main(html! { (section_links(&visit.t("survey-publish-parts"), &links)) (main) })
    }

    /// A page below one of the parts.
    pub fn below(&self, visit: &Visit, title: String, main: Markup) -> Page {
        Page::new(title)
            .crumb(visit.t("survey-title"), "/survey")
            .crumb(visit.t("survey-publish-rounds"), "/survey/rounds")
            .crumb(&self.results.round.title, self.href(""))
            .main(main)
    }

    /// "40 of 100 points", as the reader writes it.
    pub fn published(&self, reader: &dyn Reader) -> String {
        day(reader, &self.results.round.published_on)
    }
}

pub fn href(round: &str) -> String {
    format!("/survey/rounds/{round}")
}

/// Two decimals, as the reader writes them.
pub fn points(reader: &dyn Reader, value: &Exact) -> String {
    reader.formats().decimal(value.rounded, 2)
}

/// `61.2–68.0`.
pub fn between(reader: &dyn Reader, span: Span<f64>) -> String {
    let one = |value| reader.formats().decimal(value, 1);
    format!("{}–{}", one(span.low), one(span.high))
}

/// "from -1.2 to 3.4": where a dash would be taken for a sign.
pub fn from_to(reader: &dyn Reader, span: Span<f64>) -> String {
    let one = |value| reader.formats().decimal(value, 1);
    reader.t_with("survey-publish-from-to", &[("low", one(span.low).into()), ("high", one(span.high).into())])
}

/// `3–7`, or `3` when there is nothing between.
pub fn places(reader: &dyn Reader, span: Span<usize>) -> String {
    let one = |place: usize| reader.formats().number(i64::try_from(place).unwrap_or(i64::MAX));
    if span.low == span.high { one(span.low) } else { format!("{}–{}", one(span.low), one(span.high)) }
}

pub fn whole(reader: &dyn Reader, number: usize) -> String {
    reader.formats().number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Raw points: whole, halves, or rounded to two decimals where three readers made thirds.
pub fn raw(reader: &dyn Reader, value: &Exact) -> String {
    let digits = match value.fraction().map(|fraction| *fraction.denom()) {
        Some(1) => 0,
        Some(2) => 1,
        _ => 2,
    };
    reader.formats().decimal(value.rounded, digits)
}

/// A day as the reader writes it; the text itself when it is none.
pub fn day(reader: &dyn Reader, text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |day| reader.formats().date(day))
}

/// The value of one answer: whole or with one decimal, of how many.
pub fn value(reader: &dyn Reader, value: Option<f64>, max: u8, state: &str) -> String {
    let Some(value) = value else {
        let key = if state == "not_this_city" { "survey-no-value" } else { "survey-open-value" };
        return reader.t(key);
    };
    let digits = if value.fract() == 0.0 { 0 } else { 1 };
    let value = reader.formats().decimal(value, digits);
    reader.t_with("survey-value-of", &[("value", value.into()), ("max", u32::from(max).into())])
}

/// A state in words; a found value of zero is an absence.
pub fn state(reader: &dyn Reader, state: &str, value: Option<f64>) -> Markup {
    let (tone, name) = match (state, value) {
        ("found", Some(0.0)) => (Tone::Neutral, "absent"),
        ("found", _) => (Tone::Success, "found"),
        ("absent", _) => (Tone::Neutral, "absent"),
        ("not_found", _) => (Tone::Warning, "not-found"),
        ("not_this_city", _) => (Tone::Info, "not-this-city"),
        _ => (Tone::Warning, "not-assessable"),
    };
    tag(tone, &reader.t(&format!("survey-state-{name}")))
}

/// A region in words.
pub fn region(reader: &dyn Reader, region: &str) -> String {
    reader.t(&format!("survey-publish-region-{}", region.replace('_', "-")))
}

/// A group that averages are given for.
pub fn group(reader: &dyn Reader, group: &str) -> String {
    match group {
        "all" => reader.t("survey-average-all"),
        "oecd" => reader.t("survey-average-oecd"),
        "not_oecd" => reader.t("survey-average-not-oecd"),
        other => region(reader, other),
    }
}

/// A coefficient with two decimals, or why there is none.
pub fn coefficient(reader: &dyn Reader, value: Option<f64>, undefined: Option<&str>) -> Markup {
    match (value, undefined) {
        (Some(value), _) => html! { (reader.formats().decimal(value, 2)) },
        (None, Some("no_variation")) => html! { (reader.t("survey-publish-no-variation")) },
        (None, _) => html! { (reader.t("survey-publish-too-few")) },
    }
}
