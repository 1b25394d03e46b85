//! The interface for programs, compatible with GOV.UK Notify's version 2.

mod asked;
pub mod read;
pub mod refusal;
pub mod send;
pub mod shape;
pub mod sign;
pub mod templates;
