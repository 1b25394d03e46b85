//! The only room of the survey that drives a browser.
//!
//! A Chromium that the machine already has is started headless and spoken to over the
//! Chrome DevTools Protocol on a pipe: no debugging port is opened that a page or another
//! user could reach, and the browser ends by itself when this process dies.
//!
//! Pages are hostile until shown otherwise. Every visit has its own browser context (cookies,
//! cache and storage start empty and are thrown away), every question has a time limit, what
//! a page says is measured from an isolated script world that the page cannot reach into, and
//! every answer is checked for type and size before it is believed.

mod browser;
mod context;
mod error;
mod launch;
mod measure;
mod print;
mod process;
mod recognise;
mod traffic;
mod visit;
mod wire;

pub use browser::Browser;
pub use error::Error;
pub use launch::Options;
pub use visit::{Visit, VisitOptions};
