//! From bytes to words that can be compared.

pub mod charset;
pub mod language;
pub mod normal;
