//! The survey's judgement.

mod site;
mod text;
