//! The archived pages of a city as others may look at them: the list, a page without any of its powers, its picture.
//!
//! Who codes the city and who coordinates reads them at any time, everybody once the round is published.

mod allowed;
mod clean;
mod door;
mod list;
mod look;
mod serve;
mod shelf;

use kernel_web::{Need, Routes};

pub use shelf::{Book, Kept, Sort, list_href, look_href, open, page_href, picture_href};

pub fn routes(routes: Routes) -> Routes {
    // Whether somebody may look depends on the city and its round: the handlers ask.
    routes
        .get("/survey/archive/{city}", Need::Everyone, list::show)
        .get("/survey/archive/{city}/look", Need::Everyone, look::show)
        .get("/survey/archive/{city}/page", Need::Everyone, serve::page)
        .get("/survey/archive/{city}/picture", Need::Everyone, serve::picture)
        .get("/survey/archive/{city}/file", Need::Everyone, serve::file)
}
