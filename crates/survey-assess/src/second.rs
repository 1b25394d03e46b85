//! A second reader: which words of the site it may be shown, and how what it said stands in the report.
//!
//! Asking is somebody else's work; here its stored answers are put beside the judgement, which they never change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use survey_archive::notes::Note;
use survey_archive::{Archive, RecordId};

use crate::finding::{Evidence, QUOTE};
use crate::report::{Judged, Report};
use crate::site::html::{RawBlock, RawPage};
use crate::site::read::parsed;
use crate::text::charset::{PAGE_LIMIT, decode};
use crate::text::normal::tidy;

/// Characters of a passage at most.
const PASSAGE: usize = 1_200;
/// Characters of a quote that are looked for on its page.
const SOUGHT: usize = 40;

/// The second reader of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondReader {
    pub model: String,
    /// Criteria it was asked about, and those it gave a usable answer to.
    pub asked: usize,
    pub answered: usize,
}

/// What it said about one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondOpinion {
    pub value: u8,
    pub sentence: String,
    /// `WARC-Record-ID` of the note with prompt, answer and the words it quoted.
    pub record: String,
}

/// Words of the site around a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub url: String,
    pub text: String,
}

/// Puts stored answers beside the criteria they are about. Value, state, confidence and scores stay as they are.
pub(crate) fn attach(archive: &Archive, report: &mut Report) -> Result<(), survey_archive::Error> {
    for (id, note) in archive.notes()? {
        let Note::SecondReader(note) = note else { continue };
        let Some(judged) = report.criteria.iter_mut().find(|c| c.id == note.criterion) else { continue };
        if note.instrument != report.instrument.id {
            continue;
        }
        let used = report.second_reader.get_or_insert(SecondReader { model: String::new(), asked: 0, answered: 0 });
        used.model = tidy(&note.model, QUOTE);
        used.asked += 1;
        if let Some(value) = note.value.filter(|value| *value <= judged.max) {
            used.answered += 1;
            judged.second_reader = Some(SecondOpinion { value, sentence: tidy(&note.sentence, QUOTE), record: id.0 });
        }
    }
    Ok(())
}

/// Each piece of evidence with the words around it, read from the archive; none twice.
///
/// # Errors
/// When the archive cannot be read; evidence whose page cannot be read keeps its quote.
pub fn passages(archive: &Archive, judged: &Judged) -> Result<Vec<Passage>, survey_archive::Error> {
    let mut seen = BTreeSet::new();
    let mut passages = Vec::new();
    for evidence in &judged.evidence {
        let text = around(archive, evidence)?.unwrap_or_else(|| evidence.quote.clone());
        let text = tidy(&text, PASSAGE);
        if !text.is_empty() && seen.insert(text.clone()) {
            passages.push(Passage { url: evidence.url.clone(), text });
        }
    }
    Ok(passages)
}

fn around(archive: &Archive, evidence: &Evidence) -> Result<Option<String>, survey_archive::Error> {
    let sought: String = evidence.quote.chars().take(SOUGHT).collect();
    if sought.is_empty() {
        return Ok(None);
    }
    if let Ok(response) = archive.response(&RecordId(evidence.record.clone()))
        && let Ok(body) = response.decoded(PAGE_LIMIT)
    {
        let source = decode(&body, response.header("content-type").unwrap_or_default());
        if let Some(found) = nearby(&parsed(&source, &response.url), &sought) {
            return Ok(Some(found));
        }
    }
    if let Some(rendered) = archive.rendered(&evidence.url)? {
        let source = String::from_utf8_lossy(rendered.bytes.get(..PAGE_LIMIT).unwrap_or(&rendered.bytes)).into_owned();
        return Ok(nearby(&parsed(&source, &evidence.url), &sought));
    }
    Ok(None)
}

/// The block that holds the words, the one before it, and those that follow while there is room. Menus and footers only
/// when the words stand nowhere else.
fn nearby(page: &RawPage, sought: &str) -> Option<String> {
    let own: Vec<_> = page.blocks.iter().filter(|block| !block.frame).collect();
    let all: Vec<_> = page.blocks.iter().collect();
    let holds = |blocks: &[&RawBlock]| blocks.iter().position(|block| block.text.contains(sought));
    let (blocks, at) = match holds(&own) {
        Some(at) => (own, at),
        None => holds(&all).map(|at| (all, at))?,
    };
    let mut text = String::new();
    for block in blocks.get(at.saturating_sub(1)..).unwrap_or_default() {
        if text.len() >= PASSAGE {
            break;
        }
        text.push_str(&block.text);
        text.push(' ');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_the_quoted_block_with_its_neighbours() {
        let page = parsed(
            "<nav>Apply for a building permit online here</nav><main><h1>Permits</h1><p>Before.</p><p>Apply for a building permit online here.</p><p>It takes two weeks.</p></main>",
            "https://city.example/permits",
        );
        assert_eq!(
            nearby(&page, "building permit online").map(|text| tidy(&text, PASSAGE)),
            Some("Before. Apply for a building permit online here. It takes two weeks.".to_owned())
        );
        assert_eq!(nearby(&page, "swimming pool"), None);
    }
}
