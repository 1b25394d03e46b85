//! A captured site as the judgement sees it: features of pages, not their bytes.

pub mod address;
pub mod build;
mod element;
pub mod guard;
pub mod html;
pub mod markup;
pub mod model;
pub mod patterns;
pub mod read;
pub mod repeat;
