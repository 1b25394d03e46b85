//! Do the scores agree with the ranks? Newspapers misprint; a table that contradicts itself is not imported.

use std::fmt;

use crate::{Fraction, rounded};

use super::{Outcome, Place};

/// A score that cannot stand at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    pub round: String,
    pub category: String,
    pub city: String,
    pub score: Fraction,
    pub place: u32,
    /// The city at a place before or after it, with its score, that makes it impossible.
    pub against: (String, Fraction, u32),
}

impl fmt::Display for Contradiction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (other, score, place) = &self.against;
        write!(
            out,
            "{} {} ({}): score {} at place {} contradicts {other}, {} at place {place}",
            self.city,
            self.round,
            self.category,
            rounded(self.score, 2),
            self.place,
            rounded(*score, 2),
        )
    }
}

/// Names every score of one round and category that cannot be part of a falling table.
///
/// The largest set of rows that agree is believed; rows outside it, and rows that could be exchanged without loss, are named.
pub(super) fn contradictions(round: &str, category: &str, outcomes: &[&Outcome]) -> Vec<Contradiction> {
    let mut rows: Vec<(u32, Fraction, &str)> = outcomes
        .iter()
        .filter_map(|outcome| {
            Some((outcome.place.as_ref().map(Place::number)?, outcome.score.as_ref()?.value, outcome.city.as_str()))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let agrees =
        |a: usize, b: usize| if rows[a].0 == rows[b].0 { rows[a].1 == rows[b].1 } else { rows[a].1 >= rows[b].1 };
    let count = rows.len();
    let (mut up, mut down) = (vec![1; count], vec![1; count]);
    for i in 0..count {
        up[i] = 1 + (0..i).filter(|j| agrees(*j, i)).map(|j| up[j]).max().unwrap_or(0);
    }
    for i in (0..count).rev() {
        down[i] = 1 + (i + 1..count).filter(|j| agrees(i, *j)).map(|j| down[j]).max().unwrap_or(0);
    }
    let longest = up.iter().copied().max().unwrap_or(0);
    let on_a_longest = |i: usize| up[i] + down[i] == longest + 1;
    let sure = |i: usize| on_a_longest(i) && (0..count).filter(|j| on_a_longest(*j) && up[*j] == up[i]).count() == 1;
    (0..count)
        .filter(|i| !sure(*i))
        .filter_map(|i| {
            let clash = (0..count).filter(|j| *j != i && !agrees(i.min(*j), i.max(*j)));
            let other = clash.min_by_key(|j| (!sure(*j), rows[*j].0.abs_diff(rows[i].0)))?;
            let (place, score, city) = rows[i];
            let against = (rows[other].2.to_owned(), rows[other].1, rows[other].0);
            Some(Contradiction {
                round: round.to_owned(),
                category: category.to_owned(),
                city: city.to_owned(),
                score,
                place,
                against,
            })
        })
        .collect()
}
