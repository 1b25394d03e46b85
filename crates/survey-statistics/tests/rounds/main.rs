//! Rounds with known truth: what the ranks, their intervals, the scenarios and the comparison of rounds must say.

mod change;
mod made;
mod ranks;
mod sensitivity;
