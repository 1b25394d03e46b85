//! What the courtyard shows of the survey elsewhere: tiles of the home page, documents of the search.

use kernel_language::Lang;
use kernel_ui::Tile;
use kernel_web::{City, SearchDocument, Visit};
use survey_instrument::Instrument;
use survey_instrument::history::History;

use crate::instruments::criterion_address;
use crate::{cities, league, overview};

pub fn tiles(visit: &Visit) -> Vec<Tile> {
    overview::ways_in(visit, History::published()).into_iter().take(2).collect()
}

pub fn documents(city: &City, language: Lang) -> Vec<SearchDocument> {
    let history = History::published();
    let say = |key: &str| city.words.say(language, key, &[]).text;
    let document = |href: String, title: String, text: String, kind: &'static str| SearchDocument {
        href,
        title,
        text,
        kind,
        date: None,
    };
    let pages = [
        ("survey-title", "survey-lead", "/survey"),
        ("survey-method", "survey-method-lead", "/survey/method"),
        ("survey-score", "survey-score-lead", "/survey/score"),
    ]
    .map(|(title, text, href)| document(href.to_owned(), say(title), say(text), "survey-kind-page"));
    let rounds = history.rounds.iter().map(|round| {
        let title = city.words.say(language, "survey-league-title", &[("round", round.id.as_str().into())]).text;
        let league = round.league();
        let names =
            league.iter().filter_map(|outcome| history.city(&outcome.city)).map(|city| city.name(language.code));
        document(league::address(&round.id), title, names.collect::<Vec<_>>().join(", "), "survey-kind-league")
    });
    let of_cities = history.cities.iter().map(|known| {
        let text = format!("{}. {}", known.country(language.code), say("survey-title"));
        document(cities::address(known), known.name(language.code).to_owned(), text, "survey-kind-city")
    });
    let criteria = Instrument::builtin().iter().flat_map(|instrument| {
        let words = instrument.words(language.code);
        instrument.criteria.iter().map(move |criterion| {
            let guidance = words.criterion(&criterion.id).map(|worded| worded.guidance.clone()).unwrap_or_default();
            let text = format!("{guidance} {} {}", words.title, criterion.id);
            document(
                criterion_address(instrument, &criterion.id),
                words.question(&criterion.id).to_owned(),
                text,
                "survey-kind-criterion",
            )
        })
    });
    pages.into_iter().chain(rounds).chain(of_cities).chain(criteria).collect()
}
