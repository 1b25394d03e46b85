//! How maps look: one template of a base map with four palettes, and the layers that show a dataset on it. What is made
//! here is plain MapLibre style (version 8), for browsers and for [`crate::Style`] alike.

mod base;
mod breaks;
mod data;
mod osm;
mod palette;

pub use base::{Tiles, base};
pub use breaks::{Classing, breaks};
pub use data::{Dataset, Shown, Theme, Words, data_layer, on_base};
pub use osm::{Place, classify};
pub use palette::{Look, Palette};
