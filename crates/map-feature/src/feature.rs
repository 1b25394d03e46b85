use geo::BoundingRect;
use geo_types::{Geometry, Rect};

use crate::Value;

/// A thing with a place. Coordinates are `f64` in the CRS of the layer or file it comes from, always x (east) before
/// y (north) whatever the register says of the axes; outside, [`crate::Crs::axis_order`] is obeyed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feature {
    /// Permanent within its layer. `None`: the reader found none, and whoever keeps the feature gives one.
    pub id: Option<String>,
    pub geometry: Option<Geometry<f64>>,
    /// One a field, in the schema's order.
    pub values: Vec<Value>,
}

impl Feature {
    /// The box around the geometry; `None` without one or when it is empty.
    pub fn bounds(&self) -> Option<Bounds> {
        self.geometry.as_ref().and_then(BoundingRect::bounding_rect).map(Bounds::from)
    }
}

/// A box, in the units of its CRS; `west > east` never happens here: a box across the antimeridian is two boxes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    pub fn joined(self, other: Bounds) -> Bounds {
        Bounds {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Touching counts.
    pub fn meets(self, other: Bounds) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }
}

impl From<Rect<f64>> for Bounds {
    fn from(rect: Rect<f64>) -> Bounds {
        Bounds { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y }
    }
}
