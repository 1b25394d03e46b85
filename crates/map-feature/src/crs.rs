use std::{fmt, str::FromStr};

use geo::MapCoords;
use geo_types::{Coord, Geometry};
use proj4rs::Proj;
use serde::{Deserialize, Serialize};

/// A coordinate reference system of the EPSG register, or OGC's CRS84 (WGS 84, longitude first).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Crs {
    Crs84,
    Epsg(u16),
}

/// Which coordinate comes first when coordinates are written in this CRS (OGC 18-058r1, 7.1.1: the order of the register).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisOrder {
    EastNorth,
    NorthEast,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrsError {
    #[error(
        "\"{0}\" names no coordinate reference system we know; write it as EPSG:5186 or http://www.opengis.net/def/crs/EPSG/0/5186"
    )]
    Unknown(String),
    #[error("a coordinate lies outside of where {0} is defined")]
    Outside(Crs),
}

impl Crs {
    pub const WEB_MERCATOR: Crs = Crs::Epsg(3857);

    /// The URI of OGC's register, as OGC API writes it.
    pub fn uri(self) -> String {
        match self {
            Crs::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84".to_owned(),
            Crs::Epsg(code) => format!("http://www.opengis.net/def/crs/EPSG/0/{code}"),
        }
    }

    /// The order the register gives. Geographic systems and Korea's projected ones (5173–5188, 2096–2098) name the
    /// northing first.
    pub fn axis_order(self) -> AxisOrder {
        match self {
            Crs::Crs84 => AxisOrder::EastNorth,
            Crs::Epsg(code) if self.is_geographic() || matches!(code, 5173..=5188 | 2096..=2098) => {
                AxisOrder::NorthEast
            }
            Crs::Epsg(_) => AxisOrder::EastNorth,
        }
    }

    /// Degrees rather than metres.
    pub fn is_geographic(self) -> bool {
        self.proj().is_ok_and(|proj| proj.is_latlong())
    }

    fn proj(self) -> Result<Proj, CrsError> {
        let code = match self {
            Crs::Crs84 => 4326,
            Crs::Epsg(code) => code,
        };
        Proj::from_epsg_code(code).map_err(|_| CrsError::Unknown(self.to_string()))
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Crs::Crs84 => out.write_str("OGC:CRS84"),
            Crs::Epsg(code) => write!(out, "EPSG:{code}"),
        }
    }
}

/// Takes `EPSG:5186`, `5186`, `OGC:CRS84`, the register's URIs, safe CURIEs (`[EPSG:5186]`) and OGC's URNs.
impl FromStr for Crs {
    type Err = CrsError;

    fn from_str(text: &str) -> Result<Crs, CrsError> {
        let unknown = || CrsError::Unknown(text.to_owned());
        let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
        let last = bare.rsplit(['/', ':']).next().unwrap_or(bare);
        if last.eq_ignore_ascii_case("CRS84") {
            return Ok(Crs::Crs84);
        }
        let known = bare == last || bare.to_ascii_uppercase().contains("EPSG");
        let code: u16 = known.then(|| last.parse().ok()).flatten().ok_or_else(unknown)?;
        let crs = Crs::Epsg(code);
        crs.proj().map(|_| crs).map_err(|_| unknown())
    }
}

impl TryFrom<String> for Crs {
    type Error = CrsError;

    fn try_from(text: String) -> Result<Crs, CrsError> {
        text.parse()
    }
}

impl From<Crs> for String {
    fn from(crs: Crs) -> String {
        crs.to_string()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_named_in_many_ways() {
        for text in [
            "EPSG:5186",
            "5186",
            "[EPSG:5186]",
            "http://www.opengis.net/def/crs/EPSG/0/5186",
            "urn:ogc:def:crs:EPSG::5186",
        ] {
            assert_eq!(text.parse(), Ok(Crs::Epsg(5186)), "{text}");
        }
        assert_eq!("http://www.opengis.net/def/crs/OGC/1.3/CRS84".parse(), Ok(Crs::Crs84));
        for text in ["", "EPSG:1", "Mars", "EPSG:99999", "http://example.org/5186"] {
            assert!(text.parse::<Crs>().is_err(), "{text}");
        }
    }

    #[test]
    fn seoul_city_hall_in_the_central_belt() {
        let to = Transformer::new(Crs::Crs84, Crs::Epsg(5186)).unwrap();
        let at = to.point(Coord { x: 126.978, y: 37.5665 }).unwrap();
        assert!((at.x - 198_056.0).abs() < 10.0 && (at.y - 551_885.0).abs() < 20.0, "{at:?}");
        let back = Transformer::new(Crs::Epsg(5186), Crs::Crs84).unwrap().point(at).unwrap();
        assert!((back.x - 126.978).abs() < 1e-9 && (back.y - 37.5665).abs() < 1e-9);
    }
}
