//! Places that follow from a printed table of scores when the source prints no rank.

use std::cmp::Reverse;

use super::{Outcome, Place};

/// Gives cities with a score but no printed place the place their score leaves them, ties sharing one.
///
/// A place is derived only when every place before it is accounted for: a score far down the list says nothing about its place.
pub(super) fn derive(outcomes: &mut [&mut Outcome]) {
    let published: Vec<_> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome.place.as_ref()?.number(), outcome.score.as_ref().map(|s| s.value))))
        .collect();
    let taken = |place: u32| published.iter().any(|(number, _)| *number == place);
    let mut unplaced: Vec<_> =
        outcomes.iter_mut().filter(|outcome| outcome.place.is_none() && outcome.score.is_some()).collect();
    unplaced.sort_by_key(|outcome| Reverse(outcome.score.as_ref().map(|score| score.value)));
    let mut free = (1..).filter(|place| !taken(*place));
    let mut before = None;
    for outcome in unplaced {
        let value = outcome.score.as_ref().map(|score| score.value);
        let next = free.next().unwrap_or(u32::MAX);
        let place = match before {
            Some((tied, place)) if tied == value => place,
            _ => next,
        };
        if published.iter().any(|(number, better)| *number > place && better.is_some() && *better > value) {
            break;
        }
        before = Some((value, place));
        outcome.place = Some(Place::Derived { place });
    }
}
