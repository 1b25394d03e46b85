//! Where a city stands between its readers and its final sheet.

use std::collections::{BTreeMap, BTreeSet};

use kernel_base::Result;
use kernel_store::Store;
use survey_instrument::{Fraction, Instrument, score};

use crate::reading::verdict::{self, Answers, Ground, Verdict};
use crate::reading::{Answer, Assignment, Seat, Settlement, store as reading};
use crate::round::Round;

/// What a city waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its readers have not all handed it in.
    Reading,
    /// The first two differ so much that a third must be called.
    ThirdNeeded,
    /// So many criteria wait for an adjudicator.
    Open(usize),
    Settled,
}

/// What the readers and the adjudicator of one city have said so far.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    pub assignments: Vec<Assignment>,
    /// How many criteria each seat has answered.
    pub coded: BTreeMap<Seat, usize>,
    /// All answers, handed in or not.
    answers: Answers,
    settled: BTreeMap<String, Answer>,
}

impl Comparison {
    /// The comparison of one city.
    pub async fn of(store: &Store, round: &Round, city: &str) -> Result<Comparison> {
        let mut one = Comparison { assignments: reading::of_city(store, city).await?, ..Comparison::default() };
        one.answers = reading::answers(store, round.instrument, city).await?;
        one.coded = one.answers.iter().map(|(seat, answers)| (*seat, answers.len())).collect();
        one.settle(reading::settled(store, round.instrument, city).await?);
        Ok(one)
    }

    /// The comparisons of all cities of a round that somebody reads.
    pub async fn of_round(store: &Store, round: &Round) -> Result<BTreeMap<String, Comparison>> {
        let mut all: BTreeMap<String, Comparison> = BTreeMap::new();
        for assignment in reading::of_round(store, &round.id).await? {
            all.entry(assignment.city.clone()).or_default().assignments.push(assignment);
        }
        for (city, seat, code) in reading::codes_of_round(store, round.instrument, &round.id).await? {
            let one = all.entry(city).or_default();
            *one.coded.entry(seat).or_default() += 1;
            one.answers.entry(seat).or_default().insert(code.criterion, code.answer);
        }
        for settlement in reading::settled_of_round(store, round.instrument, &round.id).await? {
            all.entry(settlement.city.clone()).or_default().settle(vec![settlement]);
        }
        Ok(all)
    }

    fn settle(&mut self, settled: Vec<Settlement>) {
        self.settled.extend(settled.into_iter().map(|one| (one.criterion, one.answer)));
    }

    /// Who sits there, if anybody.
    pub fn at(&self, seat: Seat) -> Option<&Assignment> {
        self.assignments.iter().find(|one| one.seat == seat)
    }

    pub fn is_read_by(&self, account: &str) -> bool {
        self.assignments.iter().any(|one| one.account == account)
    }

    fn is_done(&self, seat: Seat) -> bool {
        self.at(seat).is_some_and(|one| one.done_at.is_some())
    }

    /// Both first readers have handed in: from then on others may see what they answered.
    pub fn is_handed_in(&self) -> bool {
        self.is_done(Seat::First) && self.is_done(Seat::Second)
    }

    /// All readers have handed in, the third too when one was called.
    pub fn is_complete(&self) -> bool {
        self.is_handed_in() && self.assignments.iter().all(|one| one.done_at.is_some())
    }

    /// What was answered by those who have handed in.
    pub fn answers(&self) -> Answers {
        let seats: BTreeSet<Seat> =
            self.assignments.iter().filter(|one| one.done_at.is_some()).map(|one| one.seat).collect();
        // Whoever handed in an empty sheet still sits at the table.
        seats.into_iter().map(|seat| (seat, self.answers.get(&seat).cloned().unwrap_or_default())).collect()
    }

    /// The totals of the first two readers, 0 to 100, once both have handed in.
    pub fn totals(&self, instrument: &Instrument) -> Option<[Fraction; 2]> {
        let answers = self.is_handed_in().then(|| self.answers())?;
        let total = |seat| Some(score(instrument, &verdict::sheet(answers.get(&seat)?)).total);
        Some([total(Seat::First)?, total(Seat::Second)?])
    }

    /// Whether the round's threshold asks for a third reader, once both have handed in.
    pub fn third_needed(&self, round: &Round) -> Option<bool> {
        let answers = self.is_handed_in().then(|| self.answers())?;
        verdict::third_needed(round.instrument, &answers, round.rules.threshold)
    }

    /// The final answer to each criterion as it is now, of all who have handed in.
    pub fn verdicts(&self, instrument: &Instrument) -> Vec<(String, Verdict)> {
        verdict::verdicts(instrument, &self.answers(), &self.settled)
    }

    pub fn standing(&self, round: &Round) -> Standing {
        if !self.is_handed_in() {
            return Standing::Reading;
        }
        if self.at(Seat::Third).is_none() && self.third_needed(round) == Some(true) {
            return Standing::ThirdNeeded;
        }
        if !self.is_complete() {
            return Standing::Reading;
        }
        let waits = |ground| matches!(ground, Ground::Open | Ground::Missing);
        match self.verdicts(round.instrument).iter().filter(|(_, verdict)| waits(verdict.ground)).count() {
            0 => Standing::Settled,
            open => Standing::Open(open),
        }
    }
}

/// How many criteria of each city still wait: for its readers (then all of them), or for an adjudicator; only cities where
/// some do, by their ids. When there is none, sheets may go out: a round moves from coding to replying, and from replying
/// to closed. A city that nobody reads is not among them.
///
/// # Errors
/// When the database does not answer.
pub async fn open_cities(store: &Store, round: &Round) -> Result<BTreeMap<String, usize>> {
    let all = Comparison::of_round(store, round).await?;
    let open = all.into_iter().map(|(city, one)| (city, still_open(round, one.standing(round))));
    Ok(open.filter(|(_, open)| *open > 0).collect())
}

/// The criteria that wait for an adjudicator in cities whose readers are all done, with each reader's answer.
///
/// # Errors
/// When the database does not answer.
pub async fn open_differences(store: &Store, round: &Round) -> Result<Vec<(String, String, BTreeMap<Seat, Answer>)>> {
    let all = Comparison::of_round(store, round).await?;
    let mut open = Vec::new();
    for (city, one) in all.iter().filter(|(_, one)| matches!(one.standing(round), Standing::Open(_))) {
        let waits = |verdict: &Verdict| matches!(verdict.ground, Ground::Open | Ground::Missing);
        for (criterion, _) in one.verdicts(round.instrument).into_iter().filter(|(_, verdict)| waits(verdict)) {
            let said = one.answers.iter().filter_map(|(seat, given)| Some((*seat, *given.get(&criterion)?)));
            open.push((city.clone(), criterion.clone(), said.collect()));
        }
    }
    Ok(open)
}

fn still_open(round: &Round, standing: Standing) -> usize {
    match standing {
        Standing::Reading | Standing::ThirdNeeded => round.instrument.criteria.len(),
        Standing::Open(open) => open,
        Standing::Settled => 0,
    }
}

#[cfg(test)]
mod tests {
    use kernel_base::Instant;
    use survey_instrument::DEFAULT;

    use super::*;
    use crate::round::{Rules, Stage};

    fn round() -> Round {
        Round {
            id: "ro_1".into(),
            slug: "2026".into(),
            title: "2026".into(),
            instrument: Instrument::load(DEFAULT).expect("the instrument"),
            stage: Stage::Coding,
            rules: Rules::default(),
            capture_paused: false,
            opened_by: "ac_1".into(),
            opened_at: Instant(0),
            coding_at: None,
            replies_until: None,
            closed_at: None,
            published_at: None,
        }
    }

    fn seat(comparison: &mut Comparison, round: &Round, seat: Seat, done: bool, points: impl Fn(usize, u8) -> i64) {
        comparison.assignments.push(Assignment {
            id: seat.word().into(),
            round: "ro_1".into(),
            city: "rc_1".into(),
            account: seat.word().into(),
            seat,
            given_at: Instant(0),
            done_at: done.then_some(Instant(1)),
        });
        let criteria = round.instrument.criteria.iter().enumerate();
        let answers = criteria.map(|(place, one)| {
            let value = Some(points(place, one.scale.max()));
            (one.id.clone(), Answer::new(one, "found", value).expect("a value of the scale"))
        });
        comparison.answers.insert(seat, answers.collect());
    }

    #[test]
    fn a_city_waits_for_its_readers_then_for_a_third_then_for_the_adjudicator() {
        let (round, mut city) = (round(), Comparison::default());
        let all = |_: usize, max: u8| i64::from(max);
        seat(&mut city, &round, Seat::First, true, all);
        assert_eq!((city.standing(&round), city.totals(round.instrument)), (Standing::Reading, None));
        seat(&mut city, &round, Seat::Second, false, |place, max| if place < 40 { 0 } else { i64::from(max) });
        assert_eq!((city.standing(&round), city.third_needed(&round)), (Standing::Reading, None));
        city.assignments[1].done_at = Some(Instant(1));
        assert_eq!(city.standing(&round), Standing::ThirdNeeded);
        assert_eq!(still_open(&round, city.standing(&round)), 98);
        seat(&mut city, &round, Seat::Third, false, all);
        assert_eq!(city.standing(&round), Standing::Reading, "the third reads");
        assert!(!city.answers().contains_key(&Seat::Third), "and is not looked over the shoulder");
        city.assignments[2].done_at = Some(Instant(2));
        assert_eq!(city.standing(&round), Standing::Open(40));
        for criterion in &round.instrument.criteria[..40] {
            city.settled.insert(criterion.id.clone(), city.answers[&Seat::First][&criterion.id]);
        }
        assert_eq!(city.standing(&round), Standing::Settled);
    }

    #[test]
    fn small_differences_become_means_and_wait_for_nobody() {
        let (round, mut city) = (round(), Comparison::default());
        seat(&mut city, &round, Seat::First, true, |_, max| i64::from(max));
        seat(&mut city, &round, Seat::Second, true, |place, max| if place < 2 { 0 } else { i64::from(max) });
        assert_eq!(city.standing(&round), Standing::Settled);
        assert_eq!(city.third_needed(&round), Some(false));
    }
}
