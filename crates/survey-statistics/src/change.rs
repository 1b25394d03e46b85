//! Two rounds compared on what both of them asked.

use std::collections::BTreeSet;

use num_rational::Ratio;
use rand_chacha::ChaCha8Rng;
use survey_instrument::{Coded, Criterion, Fraction, Instrument, category_score};

use crate::resample::{Given, Slot, Table, number};
use crate::{Draws, Readings, Spread, together};

/// One of the two rounds.
#[derive(Debug, Clone, Copy)]
pub struct Round<'a> {
    pub instrument: &'a Instrument,
    pub cities: &'a [Readings],
}

/// How two rounds compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Cities of both rounds, in the later round's order.
    pub cities: Vec<CityChange>,
    pub left_out: LeftOut,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CityChange {
    pub city: String,
    /// Scores of 100 on the common criteria alone; they are not the published scores.
    pub before: Fraction,
    pub after: Fraction,
    /// `after - before`, in points.
    pub change: f64,
    /// Where the change lies when criteria and answers are drawn anew; `None` when there is nothing to draw: one criterion
    /// a category, and one answer each.
    pub spread: Option<Spread<f64>>,
    /// Criteria that were compared in this city.
    pub compared: usize,
    /// Common criteria (ids of the later round) that in one of the rounds were not this city's task or could not be judged.
    pub not_compared: Vec<String>,
}

impl CityChange {
    /// Whether the change is up or down in 95 % of the draws: zero is outside the middle.
    pub fn certain(&self) -> bool {
        self.spread.is_some_and(|spread| spread.middle_95.0 > 0.0 || spread.middle_95.1 < 0.0)
    }
}

/// What the comparison does not use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Criteria of the earlier round alone, by id.
    pub criteria_before: Vec<String>,
    /// Criteria of the later round alone, by id.
    pub criteria_after: Vec<String>,
    /// Categories of the later round without a common criterion; the others carry their points.
    pub categories: Vec<String>,
    pub cities_before: Vec<String>,
    pub cities_after: Vec<String>,
}

/// Why the rounds cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeProblem {
    #[error("the mapping names {0:?}, which is no criterion of that round's instrument")]
    UnknownCriterion(String),
    #[error("the mapping names {0} twice; a criterion has one counterpart")]
    Twice(String),
    #[error("the two rounds have no criterion in common")]
    NothingInCommon,
}

/// The criteria that two instruments have under the same id with the same scale: the mapping when nobody wrote a better one.
/// Instruments whose ids do not mean the same need a mapping of their own.
pub fn same_ids(before: &Instrument, after: &Instrument) -> Vec<(String, String)> {
    let same = |id: &str| Some(before.criterion(id)?.scale == after.criterion(id)?.scale);
    let ids = after.criteria.iter().map(|criterion| criterion.id.clone());
    ids.filter(|id| same(id) == Some(true)).map(|id| (id.clone(), id)).collect()
}

/// Compares two rounds on common criteria only (as Mossberger & Wu 2012 do from year to year).
///
/// `mapping`: pairs of criterion ids, the earlier round's first. Each common criterion counts in the later round's category;
/// a category's score is its points · raw / max over the common criteria, raw and max each in its own round's scale; the
/// points of the categories that remain are scaled to 100. A criterion that in one of the rounds was not this city's task,
/// or could not be judged, leaves both sides for that city. Cities are the same when they have the same name.
///
/// The interval: criteria are drawn as in [`crate::ranks::standings`], the same for both rounds; answers and strictness in
/// each round by themselves.
///
/// # Errors
/// A mapping that names what is not there, or names something twice, or is empty.
pub fn change(
    before: Round,
    after: Round,
    mapping: &[(String, String)],
    draws: Draws,
) -> Result<Change, ChangeProblem> {
    let common = Common::new(before, after, mapping)?;
    let partner = |later: &&Readings| before.cities.iter().find(|earlier| earlier.city == later.city);
    let pairs: Vec<(&Readings, &Readings)> =
        after.cities.iter().filter_map(|later| Some((partner(&later)?, later))).collect();
    let alone = |cities: &[Readings]| -> Vec<String> {
        let met = |city: &&Readings| !pairs.iter().any(|(_, later)| later.city == city.city);
        cities.iter().filter(met).map(|city| city.city.clone()).collect()
    };
    let mut spreads = common.spreads(&pairs, draws).into_iter();
    let mut city = |(earlier, later): &(&Readings, &Readings)| common.city(earlier, later, spreads.next().flatten());
    Ok(Change {
        left_out: LeftOut {
            cities_before: alone(before.cities),
            cities_after: alone(after.cities),
            ..common.left_out()
        },
        cities: pairs.iter().map(&mut city).collect(),
    })
}

/// What both rounds asked.
struct Common<'a> {
    before: &'a Instrument,
    after: &'a Instrument,
    /// Category (its place in the later instrument), the earlier criterion, the later one.
    criteria: Vec<(usize, &'a Criterion, &'a Criterion)>,
}

impl<'a> Common<'a> {
    fn new(before: Round<'a>, after: Round<'a>, mapping: &[(String, String)]) -> Result<Common<'a>, ChangeProblem> {
        let (before, after) = (before.instrument, after.instrument);
        let (mut earlier_ids, mut later_ids) = (BTreeSet::new(), BTreeSet::new());
        let mut criteria = Vec::with_capacity(mapping.len());
        for (earlier, later) in mapping {
            let find = |instrument: &'a Instrument, id: &String| {
                instrument.criterion(id).ok_or_else(|| ChangeProblem::UnknownCriterion(id.clone()))
            };
            let (from, to) = (find(before, earlier)?, find(after, later)?);
            if !earlier_ids.insert(earlier) || !later_ids.insert(later) {
                return Err(ChangeProblem::Twice(later.clone()));
            }
            let category = after.categories.iter().position(|category| category.id == to.category);
            criteria.extend(category.map(|category| (category, from, to)));
        }
        if criteria.is_empty() { Err(ChangeProblem::NothingInCommon) } else { Ok(Common { before, after, criteria }) }
    }

    fn left_out(&self) -> LeftOut {
        let without = |instrument: &Instrument, used: &dyn Fn(&str) -> bool| -> Vec<String> {
            instrument.criteria.iter().filter(|criterion| !used(&criterion.id)).map(|one| one.id.clone()).collect()
        };
        let empty = |place: &usize| !self.criteria.iter().any(|(category, ..)| category == place);
        LeftOut {
            criteria_before: without(self.before, &|id| self.criteria.iter().any(|(_, earlier, _)| earlier.id == id)),
            criteria_after: without(self.after, &|id| self.criteria.iter().any(|(.., later)| later.id == id)),
            categories: (0..self.after.categories.len())
                .filter(empty)
                .map(|place| self.after.categories[place].id.clone())
                .collect(),
            ..LeftOut::default()
        }
    }

    fn city(&self, earlier: &Readings, later: &Readings, spread: Option<Spread<f64>>) -> CityChange {
        let zero = Ratio::from_integer(0);
        // Raw and max of each category, before and after.
        let mut sums = vec![[zero; 4]; self.after.categories.len()];
        let (mut compared, mut not_compared) = (0, Vec::new());
        for (category, from, to) in &self.criteria {
            let (was, is) = (together(&earlier.answers(&from.id)), together(&later.answers(&to.id)));
            let (Some(was), Some(is)) = (Coded::value(was), Coded::value(is)) else {
                not_compared.push(to.id.clone());
                continue;
            };
            compared += 1;
            let full = |criterion: &Criterion| Ratio::from_integer(i64::from(criterion.scale.max()));
            let found = [was, full(from), is, full(to)];
            sums[*category].iter_mut().zip(found).for_each(|(sum, value)| *sum += value);
        }
        let open = |(_, sums): &(&survey_instrument::Category, &[Fraction; 4])| sums[1] != zero;
        let categories = || self.after.categories.iter().zip(&sums).filter(open);
        let points: i64 = categories().map(|(category, _)| i64::from(category.points)).sum();
        let total = |raw: usize, max: usize| {
            let sum: Fraction =
                categories().map(|(category, sums)| category_score(category.points, sums[raw], sums[max])).sum();
            if points == 0 { zero } else { sum * Ratio::new(100, points) }
        };
        let (before, after) = (total(0, 1), total(2, 3));
        let change = number(after) - number(before);
        CityChange { city: later.city.clone(), before, after, change, spread, compared, not_compared }
    }

    /// The interval of each pair's change.
    fn spreads(&self, pairs: &[(&Readings, &Readings)], draws: Draws) -> Vec<Option<Spread<f64>>> {
        let points: Vec<u32> = self.after.categories.iter().map(|category| category.points).collect();
        let slots = |which: fn(&(usize, &'a Criterion, &'a Criterion)) -> &'a Criterion| -> Vec<Slot<'a>> {
            let slot = |one: &(usize, &'a Criterion, &'a Criterion)| Slot {
                category: one.0,
                criterion: &which(one).id,
                max: which(one).scale.max(),
            };
            self.criteria.iter().map(slot).collect()
        };
        let was = Table::new(&points, &slots(|one| one.1), pairs.iter().map(|(earlier, _)| *earlier));
        let is = Table::new(&points, &slots(|one| one.2), pairs.iter().map(|(_, later)| *later));
        let strictness = (was.strictness(), is.strictness());
        let mut generator = draws.generator();
        let mut drawn = vec![Vec::new(); pairs.len()];
        for _ in 0..draws.count.max(1) {
            let criteria = was.draw_criteria(&mut generator);
            for (pair, drawn) in drawn.iter_mut().enumerate() {
                drawn.push(once(&was, &is, pair, &criteria, strictness, &mut generator));
            }
        }
        let still = |pair: usize| {
            let single = |table: &Table| table.cities[pair].answers.iter().all(|answers| answers.len() < 2);
            was.members.iter().all(|members| members.len() < 2) && single(&was) && single(&is)
        };
        drawn
            .into_iter()
            .enumerate()
            .map(|(pair, drawn)| if still(pair) { None } else { Spread::of_numbers(drawn) })
            .collect()
    }
}

/// One pair's change in one draw.
fn once(
    was: &Table,
    is: &Table,
    pair: usize,
    criteria: &[Vec<usize>],
    strictness: (f64, f64),
    generator: &mut ChaCha8Rng,
) -> f64 {
    let (earlier, later) = (&was.cities[pair], &is.cities[pair]);
    // What is compared must be there on both sides, so both are drawn before either is counted.
    let mut found = Vec::new();
    let drawn: Vec<Vec<usize>> = criteria
        .iter()
        .map(|slots| {
            let mut kept = Vec::with_capacity(slots.len());
            for slot in slots {
                let both = (earlier.draw_answer(*slot, generator), later.draw_answer(*slot, generator));
                if let (Given::Points(before), Given::Points(after)) = both {
                    kept.push(found.len());
                    found.push((*slot, before, after));
                }
            }
            kept
        })
        .collect();
    let before = was.total(&drawn, |place| Some((found[place].1, was.maxima[found[place].0])));
    let after = is.total(&drawn, |place| Some((found[place].2, is.maxima[found[place].0])));
    let before = before + earlier.draw_strictness(strictness.0, generator);
    let after = after + later.draw_strictness(strictness.1, generator);
    after.clamp(0.0, 100.0) - before.clamp(0.0, 100.0)
}
