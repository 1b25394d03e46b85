mod axes;
mod datums;
mod transform;
mod wkt;

use std::{fmt, str::FromStr};

use crs_definitions::Def;
use proj4rs::Proj;
use serde::{Deserialize, Serialize};
pub use transform::Transformer;

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

    /// The order the register gives: geographic systems and many projected ones, Korea's among them, name the northing
    /// first.
    pub fn axis_order(self) -> AxisOrder {
        match self {
            Crs::Epsg(code) if self.is_geographic() && !axes::longitude_first(code) => AxisOrder::NorthEast,
            Crs::Epsg(code) if axes::northing_first(code) && !self.is_geographic() => AxisOrder::NorthEast,
            _ => AxisOrder::EastNorth,
        }
    }

    /// Degrees rather than metres.
    pub fn is_geographic(self) -> bool {
        self.definition().is_some_and(|definition| definition.proj4.starts_with("+proj=longlat"))
    }

    /// What the register calls it: "Korea 2000 / Central Belt 2010".
    pub fn name(self) -> String {
        let wkt = self.definition().map_or("", |definition| definition.wkt);
        match self {
            Crs::Crs84 => "WGS 84 (CRS84)".to_owned(),
            Crs::Epsg(_) => wkt.split('"').nth(1).map_or_else(|| self.to_string(), str::to_owned),
        }
    }

    /// What a `.prj` file or another Well-Known Text speaks of: by the code it gives, else by its name, else by its
    /// projection, parameters and datum. `None` when nothing of ours is meant.
    pub fn from_wkt(text: &str) -> Option<Crs> {
        wkt::guess(text)
    }

    fn definition(self) -> Option<Def> {
        match self {
            Crs::Crs84 => Some(crs_definitions::EPSG_4326),
            Crs::Epsg(code) => crs_definitions::from_code(code),
        }
    }

    fn proj(self) -> Result<Proj, CrsError> {
        let unknown = || CrsError::Unknown(self.to_string());
        let definition = self.definition().ok_or_else(unknown)?;
        if datums::refused(definition.code) || axes::turned(definition.code) {
            return Err(unknown());
        }
        let text = match datums::shift(definition.code) {
            Some(shift) => &format!("{} {shift}", definition.proj4),
            None => definition.proj4,
        };
        Proj::from_proj_string(text).map_err(|_| unknown())
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

#[cfg(test)]
mod tests {
    use geo_types::Coord;

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
