//! A round of the survey: what it is and which cities it judges.

mod city;
pub mod contact;
mod stage;
pub mod store;

pub use city::{Capture, CityDraft, Progress, Region, RoundCity};
pub use stage::{Round, Rules, Stage};
