//! What happened at a place where the chain does not hold?

use super::{Broken, Fault, Link};
use crate::entry::{Hash, chained};

/// The entry is there and its hash does not follow from the one before: its neighbours tell the reason.
pub(super) fn judged(link: &Link, before: &Hash, near: &[Link]) -> Broken {
    let others = || near.iter().filter(|other| other.seq != link.seq);
    let at = |seq| near.iter().find(move |other| other.seq == seq);
    // Another entry was sealed at this place.
    let anothers = others().any(|other| other.leaf.is_some_and(|leaf| Some(chained(before, &leaf)) == link.hash));
    // The chain holds without the entry before this one, which somebody sealed into it.
    let previous = at(link.seq - 1).filter(|previous| previous.hash == Some(*before));
    let two_before = at(link.seq - 2).map_or(Some(Hash::default()).filter(|_| link.seq == 2), |other| other.hash);
    let forged = previous.filter(|_| two_before.is_some_and(|hash| link.follows(&hash)));
    // The entry was sealed after another one than now stands before it.
    let elsewhere =
        link.follows(&Hash::default()) || others().any(|other| other.hash.is_some_and(|hash| link.follows(&hash)));
    // The chain holds without this entry.
    let passed = at(link.seq + 1).is_some_and(|next| next.follows(before));
    match (anothers, forged, elsewhere, passed) {
        (true, ..) => link.broken(Fault::OutOfOrder),
        (_, Some(previous), ..) => previous.broken(Fault::Inserted),
        (_, _, true, _) => link.broken(Fault::OutOfOrder),
        (.., true) => link.broken(Fault::Inserted),
        _ => link.broken(Fault::Altered),
    }
}
