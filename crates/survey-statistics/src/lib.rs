//! What the survey's numbers are worth: agreement between coders, intervals of scores and ranks, sensitivity to weights
//! and aggregation, change between rounds. Pure: no files, no clock, and no randomness but the generator of a given seed.

pub mod change;
mod draws;
pub mod ranks;
mod readings;
pub mod reliability;
mod resample;
pub mod sensitivity;

pub use draws::{Draws, Spread};
pub use readings::{Readings, together};
