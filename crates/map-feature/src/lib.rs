//! What the map's engines speak about: features with a geometry and typed values, the schema they follow, and the
//! coordinate reference system their coordinates are in.

mod bytes;
mod crs;
mod feature;
mod schema;
pub mod validity;
mod value;

pub use bytes::{DEEPEST_NESTING, NotWkb, from_wkb, to_wkb};
pub use crs::{AxisOrder, Crs, CrsError, Transformer};
pub use feature::{Bounds, Feature};
pub use schema::{Field, GeometryKind, Kind, Schema};
pub use value::Value;
