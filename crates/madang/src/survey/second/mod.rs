//! A second reader: a language model behind an OpenAI-compatible endpoint that is shown the passages a judgement rests
//! on. Off unless configured. Its answers are archived and stand beside the result; they overrule nothing, and an
//! endpoint that fails, lies or is silent never fails an audit.

mod client;
mod prompt;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, ensure};
use futures::StreamExt;
use survey_archive::notes::{Note, SecondReaderNote};
use survey_archive::{Archive, Exchange, WarcInfo, Writer};
use survey_assess::{Decided, Judged, Passage, Report};
use survey_instrument::{Criterion, Instrument};
use tokio::sync::watch;

use crate::config::SecondReader as Settings;
use client::Endpoint;

/// A pre-coded value below this confidence is worth a second look.
const UNSURE: f64 = 0.6;
/// Questions on their way at the same time.
const AT_ONCE: usize = 2;
/// After so many failures in a row nothing more is asked.
const GIVE_UP: u32 = 3;

/// A configured second reader.
pub struct SecondReader {
    endpoint: Endpoint,
    model: String,
    most_questions: usize,
}

struct Question<'a> {
    criterion: &'a Criterion,
    passages: Vec<Passage>,
}

/// What came of one question.
struct Asked {
    note: SecondReaderNote,
    exchange: Option<Exchange>,
}

impl SecondReader {
    /// The reader of the configuration; none when no endpoint is named.
    ///
    /// # Errors
    /// When the configuration cannot work: no model, an unreadable key, or a key that would travel unencrypted.
    pub fn new(settings: &Settings, trust: Vec<PathBuf>) -> anyhow::Result<Option<SecondReader>> {
        if settings.endpoint.is_empty() {
            return Ok(None);
        }
        ensure!(!settings.model.is_empty(), "[survey.second_reader] needs a model beside its endpoint");
        let key = match settings.key_file.as_os_str().is_empty() {
            true => None,
            false => {
                let name = settings.key_file.display();
                let key = std::fs::read_to_string(&settings.key_file)
                    .with_context(|| format!("the key file {name} of the second reader cannot be read"))?;
                ensure!(!key.trim().is_empty(), "the key file {name} of the second reader is empty");
                Some(key.trim().to_owned())
            }
        };
        let endpoint = Endpoint::new(&settings.endpoint, key, settings.timeout, trust)?;
        let most_questions = usize::try_from(settings.most_questions)?;
        Ok(Some(SecondReader { endpoint, model: settings.model.clone(), most_questions }))
    }

    /// Asks about what the judgement left open or was unsure of, and appends questions and answers to the archive.
    /// Gives why the endpoint could not be used, when it could not.
    ///
    /// # Errors
    /// When the archive cannot be read or written.
    pub async fn read(
        &self,
        evidence: &Path,
        instrument: &Instrument,
        report: &Report,
        stop: &watch::Receiver<bool>,
    ) -> anyhow::Result<Option<String>> {
        let questions = self.questions(&Archive::open(evidence)?, instrument, report)?;
        let failures = AtomicU32::new(0);
        let asked: Vec<Asked> = futures::stream::iter(&questions)
            .map(|question| async {
                if *stop.borrow() || failures.load(Ordering::Relaxed) >= GIVE_UP {
                    return None;
                }
                let asked = self.ask(instrument, question).await;
                match asked.exchange {
                    Some(_) => failures.store(0, Ordering::Relaxed),
                    None => drop(failures.fetch_add(1, Ordering::Relaxed)),
                }
                Some(asked)
            })
            .buffered(AT_ONCE)
            .filter_map(async |asked| asked)
            .collect()
            .await;
        let silent = asked.iter().all(|asked| asked.exchange.is_none());
        let why = asked.last().filter(|_| silent).and_then(|asked| asked.note.problem.clone());
        keep(evidence, asked)?;
        Ok(why)
    }

    /// Open criteria first, then the least sure; only where the archive holds words to be read.
    fn questions<'a>(
        &self,
        archive: &Archive,
        instrument: &'a Instrument,
        report: &Report,
    ) -> anyhow::Result<Vec<Question<'a>>> {
        let mut wanted: Vec<&Judged> = report.criteria.iter().filter(|judged| worth_asking(judged)).collect();
        wanted.sort_by(|a, b| {
            let rank = |judged: &Judged| judged.decided != Decided::Human;
            rank(a).cmp(&rank(b)).then(a.confidence.total_cmp(&b.confidence)).then(a.number.cmp(&b.number))
        });
        let mut questions = Vec::new();
        for judged in wanted {
            if questions.len() == self.most_questions {
                break;
            }
            let passages = survey_assess::passages(archive, judged)?;
            if let (Some(criterion), false) = (instrument.criterion(&judged.id), passages.is_empty()) {
                questions.push(Question { criterion, passages });
            }
        }
        Ok(questions)
    }

    async fn ask(&self, instrument: &Instrument, question: &Question<'_>) -> Asked {
        let messages = prompt::messages(instrument, question.criterion, &question.passages);
        let mut note = SecondReaderNote {
            instrument: instrument.id.clone(),
            criterion: question.criterion.id.clone(),
            model: self.model.clone(),
            prompt: messages.to_string(),
            ..SecondReaderNote::default()
        };
        let body = serde_json::json!({ "model": self.model, "messages": messages, "temperature": 0, "stream": false });
        let exchange = match self.endpoint.post(body.to_string()).await {
            Ok(answered) => {
                note.answer = answered.content;
                match prompt::answer(&note.answer, question.criterion, &question.passages) {
                    Ok(answer) => {
                        (note.value, note.sentence, note.quote) = (answer.value, answer.sentence, answer.quote);
                    }
                    Err(why) => note.problem = Some(why.to_owned()),
                }
                Some(answered.exchange)
            }
            Err(why) => {
                note.problem = Some(why);
                None
            }
        };
        Asked { note, exchange }
    }
}

/// What only a sent message can show is not in any passage.
fn worth_asking(judged: &Judged) -> bool {
    !judged.rule.starts_with("probe:")
        && (judged.decided == Decided::Human || judged.decided == Decided::Assisted && judged.confidence < UNSURE)
}

/// All at once at the end: a kill before leaves the archive as it was.
fn keep(evidence: &Path, asked: Vec<Asked>) -> anyhow::Result<()> {
    if asked.is_empty() {
        return Ok(());
    }
    let software = concat!("Madang/", env!("CARGO_PKG_VERSION"));
    let info = WarcInfo::new(software).with("description", "Questions to a second reader and its answers");
    let mut writer = Writer::append(evidence, &info)?;
    for Asked { mut note, exchange } in asked {
        if let Some(exchange) = exchange {
            note.exchange = Some(writer.exchange(&exchange)?.0);
        }
        writer.note(&Note::SecondReader(Box::new(note)))?;
    }
    writer.finish()?;
    Ok(())
}
