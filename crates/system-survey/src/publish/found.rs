//! What the search finds of published rounds, and the ways to them from the survey's own pages.

use kernel_base::{Error, Result};
use kernel_language::{Lang, country as named};
use kernel_ui::{Markup, Reader, html, link_list, section};
use kernel_web::{City, SearchDocument, Visit};
use survey_instrument::Instrument;

use super::frame::href;
use super::{rounds, store};

/// Pages of all published rounds: the league, each city, the method and the data.
pub async fn documents(city: &City, language: Lang) -> Result<Vec<SearchDocument>> {
    let say = |key: &str| city.words.say(language, key, &[]).text;
    let mut documents = Vec::new();
    for published in store::published(&city.store).await? {
        let instrument = Instrument::load(&published.instrument).map_err(Error::fault)?;
        let cities = store::judged(&city.store, &published.slug).await?;
        let title = &published.title;
        let mut add = |rest: &str, name: String, text: String, kind| {
            let href = format!("{}{rest}", href(&published.slug));
            documents.push(SearchDocument { href, title: name, text, kind, date: Some(published.at.date()) });
        };
        let names: Vec<&str> = cities.iter().map(|(_, name, _)| name.as_str()).collect();
        add("", title.clone(), names.join(", "), "survey-kind-league");
        for (key, rest) in [
            ("survey-publish-part-method", "/method"),
            ("survey-publish-part-reliability", "/reliability"),
            ("survey-publish-part-data", "/data"),
        ] {
            add(
                rest,
                format!("{}: {title}", say(key)),
                say(&format!("{}-lead", key.replace("part-", ""))),
                "survey-kind-page",
            );
        }
        for (slug, name, country) in &cities {
            add(
                &format!("/cities/{slug}"),
                format!("{name}: {title}"),
                named(language, country).to_owned(),
                "survey-kind-city",
            );
        }
        let words = instrument.words(language.code);
        let lead = say("survey-publish-best");
        add(
            "/criteria",
            format!("{}: {title}", say("survey-publish-part-criteria")),
            format!("{lead}. {}", words.title),
            "survey-kind-page",
        );
    }
    Ok(documents)
}

/// Addresses of all pages of published rounds.
pub async fn lasting(city: &City) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for published in store::published(&city.store).await? {
        let here = href(&published.slug);
        let instrument = Instrument::load(&published.instrument).map_err(Error::fault)?;
        let cities = store::judged(&city.store, &published.slug).await?;
        all.extend(["", "/criteria", "/method", "/reliability", "/data"].map(|rest| format!("{here}{rest}")));
        all.extend(cities.iter().map(|(slug, _, _)| format!("{here}/cities/{slug}")));
        all.extend(instrument.criteria.iter().map(|criterion| format!("{here}/criteria/{}", criterion.id)));
    }
    Ok(all)
}

/// The newest published rounds, for the survey's first page; nothing when there is none.
pub async fn newest(visit: &Visit) -> Result<Markup> {
    let published = store::published(&visit.city.store).await?;
    if published.is_empty() {
        return Ok(html! {});
    }
    let all = [(visit.t("survey-publish-rounds-all"), "/survey/rounds".to_owned(), String::new())];
    let shown = &published[..published.len().min(3)];
    let body = html! { (rounds::rounds(visit, shown)) (link_list(&all)) };
    Ok(section("published", &Reader::t(visit, "survey-publish-rounds"), body))
}
