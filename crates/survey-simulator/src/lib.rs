//! City websites with a known truth, made from a seed: for tests, for benches, and for people who learn to evaluate.
//! No part of the product.

mod certificate;
pub mod city;
pub mod draw;
pub mod evaluators;
pub mod hostile;
pub mod serve;
pub mod site;
pub mod tables;
pub mod taste;
pub mod truth;
mod words;

pub use city::{City, cities};
pub use serve::{Served, serve};
pub use site::{Answer, Asked, Site};
