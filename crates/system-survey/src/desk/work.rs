//! An evaluator's city: what is read, by whom, and how far it is.

use std::collections::BTreeMap;

use kernel_base::Error;
use kernel_web::{Failure, Visit};
use survey_instrument::{Criterion, Instrument};

use super::save::Kept;
use super::store::{self, Jotting};
use crate::reading::{Assignment, Code, store as reading};
use crate::round::{Round, RoundCity, Stage, store as rounds};
use crate::settle::Probe;

pub struct Work {
    pub assignment: Assignment,
    pub round: Round,
    pub city: RoundCity,
    pub codes: BTreeMap<String, Code>,
    /// Notes on criteria without an answer; beside an answer they do not count.
    pub jottings: BTreeMap<String, Jotting>,
    /// Questions that people sent to the city.
    pub probes: Vec<Probe>,
}

/// Why no answer is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    NotYet,
    HandedIn,
    Over,
}

impl Closed {
    /// Message key of a title; `…-advice` says what to do.
    pub fn key(self) -> &'static str {
        match self {
            Closed::NotYet => "survey-desk-not-yet",
            Closed::HandedIn => "survey-desk-handed-in",
            Closed::Over => "survey-desk-over",
        }
    }
}

impl Work {
    /// The city of this assignment.
    ///
    /// # Errors
    /// 404 for everybody but its evaluator: nobody learns who else reads a city.
    pub async fn of(visit: &Visit, assignment: &str) -> Result<Work, Failure> {
        let plausible =
            assignment.len() <= 64 && assignment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let found = match plausible {
            true => reading::assignment(&visit.city.store, assignment).await?.ok_or(Error::NotFound)?,
            false => return Err(Failure::not_found()),
        };
        if found.account != visit.me()?.account {
            return Err(Failure::not_found());
        }
        Ok(Work::load(visit, found).await?)
    }

    /// All cities of who asks, the newest round first.
    pub async fn mine(visit: &Visit) -> Result<Vec<Work>, Failure> {
        let given = reading::of_account(&visit.city.store, &visit.me()?.account).await?;
        let mut works = Vec::with_capacity(given.len());
        for assignment in given {
            works.push(Work::load(visit, assignment).await?);
        }
        works.sort_by_key(|work| (std::cmp::Reverse(work.round.opened_at), work.assignment.given_at));
        Ok(works)
    }

    async fn load(visit: &Visit, assignment: Assignment) -> kernel_base::Result<Work> {
        let store = &visit.city.store;
        let round = rounds::round_by_id(store, &assignment.round).await?.ok_or(Error::NotFound)?;
        let city = rounds::city_by_id(store, &assignment.city).await?.ok_or(Error::NotFound)?;
        let codes = reading::codes(store, round.instrument, &assignment.id).await?;
        let jottings = store::jottings(store, &assignment.id).await?;
        let probes = crate::settle::probes_of(store, &city.id).await?;
        Ok(Work { assignment, round, city, codes, jottings, probes })
    }

    /// The answer to a criterion, or what was noted before there is one.
    pub fn kept(&self, criterion: &str) -> Option<Kept> {
        let code = self.codes.get(criterion).map(Kept::from);
        code.or_else(|| self.jottings.get(criterion).map(Kept::from))
    }

    /// All of them, by criterion.
    pub fn all_kept(&self) -> BTreeMap<String, Kept> {
        let jotted = self.jottings.iter().map(|(id, jotting)| (id.clone(), jotting.into()));
        jotted.chain(self.codes.iter().map(|(id, code)| (id.clone(), code.into()))).collect()
    }

    pub fn instrument(&self) -> &'static Instrument {
        self.round.instrument
    }

    pub fn criterion(&self, id: &str) -> Result<&'static Criterion, Failure> {
        Ok(self.instrument().criterion(id).ok_or(Error::NotFound)?)
    }

    pub fn href(&self) -> String {
        format!("/survey/desk/{}", self.assignment.id)
    }

    pub fn at(&self, criterion: &str) -> String {
        format!("{}/{criterion}", self.href())
    }

    /// `None` while answers are taken.
    pub fn closed(&self) -> Option<Closed> {
        match self.round.stage {
            Stage::Preparing => Some(Closed::NotYet),
            Stage::Coding if self.assignment.done_at.is_none() => None,
            Stage::Coding => Some(Closed::HandedIn),
            _ => Some(Closed::Over),
        }
    }

    pub fn missing(&self) -> impl Iterator<Item = &'static Criterion> {
        self.instrument().criteria.iter().filter(|criterion| !self.codes.contains_key(&criterion.id))
    }

    /// The first criterion without an answer after this one, from the start again when there is none.
    pub fn next_missing(&self, after: &str) -> Option<&'static Criterion> {
        let criteria = &self.instrument().criteria;
        let place = criteria.iter().position(|criterion| criterion.id == after).map_or(0, |place| place + 1);
        let (before, behind) = criteria.split_at(place.min(criteria.len()));
        behind.iter().chain(before).find(|criterion| !self.codes.contains_key(&criterion.id))
    }

    /// The criteria before and after this one.
    pub fn neighbours(&self, of: &str) -> (Option<&'static Criterion>, Option<&'static Criterion>) {
        let criteria = &self.instrument().criteria;
        let place = criteria.iter().position(|criterion| criterion.id == of);
        let before = place.and_then(|place| place.checked_sub(1)).and_then(|place| criteria.get(place));
        (before, place.and_then(|place| criteria.get(place + 1)))
    }

    /// Answered and all criteria of a category.
    pub fn progress(&self, category: &str) -> (usize, usize) {
        let of_it = || self.instrument().in_category(category);
        (of_it().filter(|criterion| self.codes.contains_key(&criterion.id)).count(), of_it().count())
    }

    /// Whether this reader may see what the machine found: it was asked for after coding, or the round shows it to all.
    pub fn machine_shown(&self, criterion: &str) -> bool {
        self.round.rules.machine_shown || self.codes.get(criterion).is_some_and(|code| code.machine_seen_at.is_some())
    }
}
