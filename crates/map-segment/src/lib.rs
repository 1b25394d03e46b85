//! The serving side of a layer.
//!
//! A layer is an [`Edition`], immutable files mapped into memory, and the changes since, held in memory: together
//! [`Live`]. It answers counts, pages of features, vector tiles, what is near and what covers a place.
//!
//! **Areas** are boxes in CRS84, and a feature is in an area when the box around it meets it, touching included, as OGC
//! API – Features allows for `bbox` (17-069r4, 7.15.3). Boxes are kept in units of Web Mercator, 0.9 cm at the equator
//! (see `world.rs`): two boxes that meet always meet here, and two that are less than a unit apart may meet as well.
//! Beyond ±85.05° all places lie on the edge. Counts and pages go by the same boxes, so they always agree.

mod bake;
mod clip;
mod column;
mod delta;
mod drawn;
mod edition;
mod error;
mod frame;
mod ids;
mod items;
mod layer;
mod live;
mod manifest;
mod mapped;
mod mvt;
mod near;
mod packed;
mod row;
mod section;
mod shape;
mod sketch;
mod tags;
mod tile;
mod touched;
mod tree;
mod varint;
mod words;
mod world;
mod writer;

pub use bake::{About, Baked};
pub use edition::Edition;
pub use error::{Error, Result};
pub use items::{Ask, Items};
pub use live::{Change, Found, Live};
pub use row::{Row, RowAccess};
pub use tile::{DEEPEST, View};
pub use touched::Touched;
pub use writer::{EditionWriter, Summary};
