use geo::MapCoords;
use geo_types::{Coord, Geometry};
use proj4rs::Proj;

use super::{Crs, CrsError};

/// From one CRS into another, both x before y.
pub struct Transformer {
    from: Proj,
    to: Proj,
    target: Crs,
    same: bool,
}

impl Transformer {
    pub fn new(from: Crs, to: Crs) -> Result<Transformer, CrsError> {
        let plain = |crs| if crs == Crs::Crs84 { Crs::Epsg(4326) } else { crs };
        Ok(Transformer { from: from.proj()?, to: to.proj()?, target: to, same: plain(from) == plain(to) })
    }

    pub fn point(&self, at: Coord<f64>) -> Result<Coord<f64>, CrsError> {
        if self.same {
            return Ok(at);
        }
        let radians = |proj: &Proj, v: f64| if proj.is_latlong() { v.to_radians() } else { v };
        let mut point = (radians(&self.from, at.x), radians(&self.from, at.y), 0.0);
        proj4rs::transform::transform(&self.from, &self.to, &mut point).map_err(|_| CrsError::Outside(self.target))?;
        let degrees = |v: f64| if self.to.is_latlong() { v.to_degrees() } else { v };
        let at = Coord { x: degrees(point.0), y: degrees(point.1) };
        if at.x.is_finite() && at.y.is_finite() { Ok(at) } else { Err(CrsError::Outside(self.target)) }
    }

    pub fn geometry(&self, geometry: &Geometry<f64>) -> Result<Geometry<f64>, CrsError> {
        if self.same { Ok(geometry.clone()) } else { geometry.try_map_coords(|at| self.point(at)) }
    }
}
