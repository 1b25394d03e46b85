//! Filters as others see them: the standard's own tests and examples, and what hostile ones do.

mod abstract_tests;
mod datasets;
mod errors;
mod examples;
mod hostile;
mod logic;
mod rows;
mod stable;
