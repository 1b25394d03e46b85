//! Keeping answers: the same act for the form and for a list that waited in a browser.

use kernel_base::{Error, Instant};
use kernel_store::Tx;
use serde::{Deserialize, Serialize};
use survey_instrument::Criterion;

use super::store::{self, Jotting};
use super::work::Work;
use crate::reading::{Answer, Code, store as reading};
use crate::sources::host_of;

/// Longest note, in characters.
pub const NOTE: usize = 2000;
/// Addresses that one answer points to, and the longest one in bytes.
pub const CITED: usize = 10;
const ADDRESS: usize = 2000;

/// An answer as it comes from a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    pub criterion: String,
    /// `found`, `absent`, `not_found`, `not_this_city`, `not_assessable`; empty for a note before there is an answer.
    pub state: String,
    /// A value of the scale, for `found` alone.
    #[serde(default)]
    pub value: Option<i64>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub flagged: bool,
    #[serde(default)]
    pub cited: Vec<String>,
    /// The version that it changes; 0 for the first answer.
    #[serde(default)]
    pub version: i64,
    /// When it was given in the browser, milliseconds since 1970; now, when it is missing or impossible.
    #[serde(default)]
    pub at: Option<i64>,
}

/// An answer as it is kept, for pages; its state is empty where only something was noted.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Kept {
    pub state: &'static str,
    pub value: Option<i64>,
    pub note: String,
    pub flagged: bool,
    pub cited: Vec<String>,
    pub version: i64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    Kept {
        criterion: String,
        version: i64,
    },
    /// It was changed elsewhere since; nothing was kept.
    Conflict {
        criterion: String,
        kept: Kept,
    },
    /// `why` is a message key, or its words once a page has them.
    Refused {
        criterion: String,
        why: String,
    },
}

impl From<&Code> for Kept {
    fn from(code: &Code) -> Kept {
        Kept {
            state: code.answer.state(),
            value: code.answer.value(),
            note: code.note.clone(),
            flagged: code.flagged,
            cited: code.cited.clone(),
            version: code.version,
        }
    }
}

impl From<&Jotting> for Kept {
    fn from(jotting: &Jotting) -> Kept {
        Kept {
            note: jotting.note.clone(),
            flagged: jotting.flagged,
            cited: jotting.cited.clone(),
            version: jotting.version,
            ..Kept::default()
        }
    }
}

/// What can be kept: an answer, or something noted before there is one.
struct Draft {
    answer: Option<Answer>,
    note: String,
    flagged: bool,
    cited: Vec<String>,
}

impl Draft {
    /// # Errors
    /// The message key of what is wrong.
    fn read(criterion: &Criterion, given: &Given) -> Result<Draft, &'static str> {
        let answer = match given.state.as_str() {
            "" => None,
            state => Some(Answer::new(criterion, state, given.value).map_err(|_| "survey-desk-answer-wrong")?),
        };
        let note = given.note.replace("\r\n", "\n").trim().to_owned();
        if note.chars().count() > NOTE {
            return Err("survey-desk-note-long");
        }
        let mut cited: Vec<String> = Vec::new();
        for address in given.cited.iter().map(|address| address.trim()).filter(|address| !address.is_empty()) {
            if !is_address(address) {
                return Err("survey-desk-cited-wrong");
            }
            if !cited.iter().any(|known| known == address) {
                cited.push(address.to_owned());
            }
        }
        if cited.len() > CITED {
            return Err("survey-desk-cited-many");
        }
        Ok(Draft { answer, note, flagged: given.flagged, cited })
    }

    /// A request may come twice when its answer was lost on the way.
    fn is(&self, kept: &Kept) -> bool {
        let answer = self.answer.map_or(("", None), |answer| (answer.state(), answer.value()));
        answer == (kept.state, kept.value)
            && self.note == kept.note
            && self.flagged == kept.flagged
            && self.cited == kept.cited
    }

    fn says_nothing(&self) -> bool {
        self.answer.is_none() && self.note.is_empty() && !self.flagged && self.cited.is_empty()
    }

    fn jotting(self, criterion: &Criterion, version: i64) -> Jotting {
        let Draft { note, flagged, cited, .. } = self;
        Jotting { criterion: criterion.id.clone(), note, flagged, cited, version }
    }

    /// What agreement is measured on changes only until the machine's answer was seen.
    fn over(
        self,
        answer: Answer,
        (kept, version): (Option<&Code>, i64),
        (work, criterion): (&Work, &Criterion),
        (at, now): (Instant, Instant),
    ) -> Code {
        let shown_to_all = work.round.rules.machine_shown.then_some(now);
        let machine_seen_at = kept.and_then(|kept| kept.machine_seen_at).or(shown_to_all);
        let blind = kept.filter(|kept| kept.machine_seen_at.is_some()).map_or(answer, |kept| kept.blind);
        Code {
            assignment: work.assignment.id.clone(),
            criterion: criterion.id.clone(),
            answer,
            note: self.note,
            flagged: self.flagged,
            cited: self.cited,
            blind,
            machine_seen_at,
            version,
            coded_at: at,
        }
    }
}

/// Keeps one answer within the act's transaction. The assignment is open: the caller asked in the same transaction.
pub async fn keep(tx: &mut Tx, work: &Work, given: &Given, now: Instant) -> kernel_base::Result<Outcome> {
    let refused = |why: &str| Outcome::Refused { criterion: given.criterion.clone(), why: why.to_owned() };
    let Some(criterion) = work.instrument().criterion(&given.criterion) else {
        return Ok(refused("survey-desk-criterion-wrong"));
    };
    let draft = match Draft::read(criterion, given) {
        Ok(draft) => draft,
        Err(why) => return Ok(refused(why)),
    };
    let (assignment, id) = (&work.assignment.id, criterion.id.clone());
    let code = reading::code(tx, work.instrument(), assignment, &id).await?;
    let jotted = store::jotted(tx, assignment, &id).await?;
    let there: Option<Kept> = code.as_ref().map(Kept::from).or_else(|| jotted.as_ref().map(Kept::from));
    if let Some(there) = &there {
        if draft.is(there) {
            return Ok(Outcome::Kept { criterion: id, version: there.version });
        }
        if there.version != given.version {
            return Ok(Outcome::Conflict { criterion: id, kept: there.clone() });
        }
    }
    // An answer is changed, not taken away.
    if draft.answer.is_none() && code.is_some() || there.is_none() && draft.says_nothing() {
        return Ok(refused("survey-desk-answer-missing"));
    }
    let version = there.map_or(0, |there| there.version);
    let done = match draft.answer {
        None => store::jot(tx, assignment, &draft.jotting(criterion, version), now).await?,
        Some(answer) => {
            let at = given_at(work, given.at, now);
            let new = draft.over(answer, (code.as_ref(), version), (work, criterion), (at, now));
            store::taken_over(tx, assignment, &id).await?;
            reading::keep_code(tx, &new, code.is_none()).await?
        }
    };
    match done {
        true => Ok(Outcome::Kept { criterion: id, version: version + 1 }),
        // Somebody was quicker: the act begins anew and finds out.
        false => Err(Error::Retry),
    }
}

/// A browser's clock is believed between the day the city was given and now.
fn given_at(work: &Work, at: Option<i64>, now: Instant) -> Instant {
    let at = at.and_then(|milliseconds| milliseconds.checked_mul(1000)).map(Instant);
    at.filter(|at| (work.assignment.given_at..=now).contains(at)).unwrap_or(now)
}

fn is_address(text: &str) -> bool {
    text.len() <= ADDRESS && host_of(text).is_some() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}
