//! A city's scorecard on paper: printed once after publication by the browser of this machine. Without one there is no
//! file and no link to it, and the page itself prints well.

use std::path::PathBuf;
use std::sync::Arc;

use axum::http::header;
use axum::response::IntoResponse;
use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use kernel_language::{Arg, ENGLISH, KOREAN, Lang, Words};
use kernel_record::{Job, JobContext};
use kernel_ui::{Reader, paper};
use kernel_web::{Answer, City, Visit};
use serde_json::Value as Json;
use survey_capture::Printer;

use super::frame::Shown;
use super::{city, pictures, store};
use crate::capture::Settings;

pub const KIND: &str = "survey.paper";

/// Languages that a scorecard is printed in; readers of others get the first.
const LANGUAGES: [Lang; 2] = [ENGLISH, KOREAN];

/// Where a round's own files are, beside its archives; no city's slug has a dot.
pub fn folder(city: &City, round: &str) -> PathBuf {
    Settings::of(city).folder.join(round).join(".published")
}

fn file(city: &City, round: &str, slug: &str, language: Lang) -> PathBuf {
    folder(city, round).join("papers").join(format!("{slug}.{}.pdf", language.code))
}

/// Whether a city's scorecard was printed.
pub async fn is_printed(city: &City, round: &str, slug: &str) -> bool {
    let last = LANGUAGES.map(|language| file(city, round, slug, language));
    tokio::fs::try_exists(&last[LANGUAGES.len() - 1]).await.unwrap_or(false)
}

/// The scorecard as PDF, in the reader's language.
pub async fn show(visit: &Visit, round: &str, slug: &str) -> Answer {
    let results = store::results(&visit.city.store, round).await?;
    let known = results.city(slug).ok_or(Error::NotFound)?;
    let language = LANGUAGES.into_iter().find(|language| *language == visit.language).unwrap_or(ENGLISH);
    let bytes = tokio::fs::read(file(&visit.city, round, &known.slug, language)).await.map_err(|_| Error::NotFound)?;
    let name = format!("inline; filename=\"{round}-{slug}.pdf\"");
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// Takes the pictures of best practice out of the archives and prints all scorecards of a round.
pub struct Print(pub City);

impl Job for Print {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, payload: &'a Json, _: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let round = payload.get("round").and_then(Json::as_str);
            let round = round.ok_or_else(|| Error::Fault("a job without a round".into()))?;
            let results = store::results(&self.0.store, round).await?;
            let instrument = survey_instrument::Instrument::load(&results.round.instrument).map_err(Error::fault)?;
            let shown = Shown { results, instrument };
            pictures::take_out(&self.0, &shown).await?;
            print(&self.0, &shown).await
        })
    }
}

/// Prints what is not printed yet, so that a job that was cut short goes on.
async fn print(city: &City, shown: &Shown) -> Result<()> {
    if !Settings::of(city).browser {
        return Ok(());
    }
    let Some(printer) = Printer::start().await.map_err(Error::fault)? else { return Ok(()) };
    let printed = print_with(&printer, city, shown).await;
    printer.close().await;
    printed
}

async fn print_with(printer: &Printer, city: &City, shown: &Shown) -> Result<()> {
    let round = &shown.results.round.slug;
    tokio::fs::create_dir_all(folder(city, round).join("papers")).await.map_err(Error::fault)?;
    for one in &shown.results.cities {
        for language in LANGUAGES {
            let file = file(city, round, &one.slug, language);
            if tokio::fs::try_exists(&file).await.unwrap_or(false) {
                continue;
            }
            let reader = OnPaper { language, words: city.words.clone() };
            let document =
                paper(language, &one.name, &shown.results.round.title, &city::body(&reader, shown, one, false));
            let bytes = printer.pdf(&document).await.map_err(Error::fault)?;
            whole(&file, &bytes).await?;
        }
    }
    Ok(())
}

/// Whole or not at all.
pub async fn whole(file: &std::path::Path, bytes: &[u8]) -> Result<()> {
    let new = file.with_extension("new");
    tokio::fs::write(&new, bytes).await.map_err(Error::fault)?;
    tokio::fs::rename(&new, file).await.map_err(Error::fault)
}

/// Reads for the printer, where nobody visits.
struct OnPaper {
    language: Lang,
    words: Arc<Words>,
}

impl Reader for OnPaper {
    fn language(&self) -> Lang {
        self.language
    }

    fn t_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.say(self.language, key, args).text
    }
}
