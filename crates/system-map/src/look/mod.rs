//! What people look at: the map, the list of the same things, layers and things by themselves, paper, maps of one's own.

mod asked;
mod embed;
mod laid;
mod layers;
mod make;
mod page;
mod picture;
mod print;
mod shown;
mod style;
pub mod thing;
mod times;

use kernel_web::{Need, Routes};

pub use asked::View;
pub use laid::{Laid, one};
pub use page::{layer, siblings, ways};

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/map", Need::Everyone, page::show)
        .get("/map/embed", Need::Everyone, embed::show)
        .get("/map/make", Need::Everyone, make::show)
        .get("/map/picture", Need::Everyone, picture::show)
        .get("/map/print", Need::Everyone, print::show)
        .get("/map/style/{file}", Need::Everyone, style::show)
        .get("/map/layers", Need::Everyone, layers::list)
        .get("/map/layers/{layer}", Need::Everyone, layers::show)
        .get("/map/layers/{layer}/{id}", Need::Everyone, thing::show)
}
