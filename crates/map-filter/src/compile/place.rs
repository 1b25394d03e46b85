//! Geometries of a filter, from their CRS and its axis order into CRS84.

use geo::{BoundingRect, MapCoords};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use map_feature::{AxisOrder, Bounds, Crs, Transformer, validity};

use crate::{error::Problem, shape::Fixed, tree::What};

pub struct Places {
    crs: Crs,
    transformer: Result<Transformer, String>,
}

/// Points along each side of a box that is not one in CRS84.
const STEPS: u32 = 32;

fn fixed(geometry: Geometry<f64>) -> Result<Fixed, Problem> {
    let area: Bounds = geometry.bounding_rect().ok_or(Problem::Geometry("it is empty"))?.into();
    Fixed::new(geometry, area).ok_or(Problem::Geometry("it is empty"))
}

impl Places {
    pub fn new(crs: Crs) -> Places {
        let transformer = Transformer::new(crs, Crs::Crs84).map_err(|error| error.to_string());
        Places { crs, transformer }
    }

    pub fn fixed(&self, what: &What) -> Result<Fixed, Problem> {
        let transformer = self.transformer.as_ref().map_err(|error| Problem::Crs(error.clone()))?;
        let north_first = self.crs.axis_order() == AxisOrder::NorthEast;
        let geometry = match what {
            What::Geometry(geometry) if north_first => geometry.map_coords(|at| Coord { x: at.y, y: at.x }),
            What::Geometry(geometry) => geometry.as_ref().clone(),
            What::Bbox(numbers) => self.boxed(numbers, north_first)?,
            _ => return Err(Problem::Geometry("it is none")),
        };
        let geometry = transformer.geometry(&geometry).map_err(|error| Problem::Crs(error.to_string()))?;
        let fixed = fixed(geometry)?;
        if fixed.is_tangled() {
            return Err(Problem::Geometry("too many of its edges lie over each other"));
        }
        // Drawn by hand, a polygon may cross itself: what it encloses is meant.
        if validity::is_valid(&fixed.geometry) {
            return Ok(fixed);
        }
        match validity::repaired(&fixed.geometry, validity::Limits::default()) {
            Ok(geometry) => self::fixed(geometry),
            Err(_) => Err(Problem::Geometry("it encloses nothing, or crosses itself too often")),
        }
    }

    /// Four numbers or six, heights left out. In degrees a western end behind the eastern one crosses the antimeridian.
    fn boxed(&self, numbers: &[f64], north_first: bool) -> Result<Geometry<f64>, Problem> {
        let (a, b, c, d) = match numbers {
            [a, b, c, d] | [a, b, _, c, d, _] => (*a, *b, *c, *d),
            _ => return Err(Problem::Geometry("a box has four or six numbers")),
        };
        let (west, south, east, north) = if north_first { (b, a, d, c) } else { (a, b, c, d) };
        if south > north {
            return Err(Problem::Geometry("the box's southern end lies behind its northern one"));
        }
        if west <= east {
            return Ok(self.sides(west, south, east, north).into());
        }
        if !(self.crs == Crs::Crs84 || self.crs.is_geographic()) {
            return Err(Problem::Geometry("the box's western end lies behind its eastern one"));
        }
        let halves = [self.sides(west, south, 180.0, north), self.sides(-180.0, south, east, north)];
        Ok(MultiPolygon(halves.into()).into())
    }

    fn sides(&self, west: f64, south: f64, east: f64, north: f64) -> Polygon<f64> {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        let steps = if self.crs == Crs::Crs84 || self.crs.is_geographic() { 1 } else { STEPS };
        let mut ring = Vec::new();
        for pair in corners.windows(2) {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            ring.extend((0..steps).map(|step| {
                let part = f64::from(step) / f64::from(steps);
                Coord { x: x + (to_x - x) * part, y: y + (to_y - y) * part }
            }));
        }
        ring.push(Coord { x: west, y: south });
        Polygon::new(LineString(ring), Vec::new())
    }
}
