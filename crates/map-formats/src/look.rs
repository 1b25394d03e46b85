use map_feature::{Bounds, Crs, Feature, Schema, Transformer};
use serde::Serialize;

use crate::{CrsGuess, Format, Sure, geometry, system};

/// What a file holds, before it is read.
#[derive(Debug, Clone)]
pub struct Look {
    pub format: Format,
    pub layers: Vec<Layer>,
}

/// One table of features in a file.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub name: String,
    pub schema: Schema,
    pub crs: CrsGuess,
    /// How many features the file says it has, or has where all of it had to be read.
    pub count: Option<u64>,
    /// The box the file declares, in its own coordinates.
    pub declared: Option<Bounds>,
    /// The box around the features looked at.
    pub seen: Option<Bounds>,
    /// CSV: which columns make the geometry, and which field is an address.
    pub places: Places,
    /// The first features.
    pub sample: Vec<Feature>,
    pub hints: Vec<Hint>,
}

/// Where a table has its places.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Places {
    pub x: Option<String>,
    pub y: Option<String>,
    pub wkt: Option<String>,
    /// A field with postal addresses, when there are no coordinates.
    pub address: Option<String>,
    /// The label of the encoding that the text is in.
    pub encoding: Option<String>,
}

/// What a person should see before importing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    /// Latitude seems to stand before longitude.
    SwappedAxes,
    /// Features lie outside of the box that the file declares.
    OutsideDeclared,
    /// The coordinates do not fit the reference system said or set.
    NotInCrs,
    /// No reference system is said; see the guess.
    NoCrs,
    /// No coordinates, but addresses.
    Addresses,
    NoGeometry,
    Empty,
}

pub(crate) const SAMPLE: usize = 20;
/// Features looked at in formats that declare their schema.
pub(crate) const LOOKED_AT: u64 = 2_000;

/// Gathers sample, box and kind of geometry.
#[derive(Default)]
pub(crate) struct Gathered {
    pub sample: Vec<Feature>,
    pub seen: Option<Bounds>,
    pub kind: Option<map_feature::GeometryKind>,
    pub count: u64,
}

impl Gathered {
    pub fn add(&mut self, feature: Feature) {
        self.count += 1;
        if let Some(shape) = &feature.geometry {
            self.kind = Some(geometry::joined(self.kind, geometry::kind(shape)));
            if let (_, Some(bounds), true) = geometry::survey(shape) {
                self.seen = Some(self.seen.map_or(bounds, |all| all.joined(bounds)));
            }
        }
        if self.sample.len() < SAMPLE {
            self.sample.push(feature);
        }
    }
}

impl Layer {
    /// Fills in what was gathered and what follows from it.
    pub(crate) fn conclude(&mut self, gathered: Gathered, told: Option<Crs>) {
        self.seen = self.seen.or(gathered.seen);
        self.sample = gathered.sample;
        let said = self.crs.sure != Sure::Unknown;
        if let Some(crs) = told {
            self.crs = CrsGuess::stated(crs);
        } else if !said {
            self.crs = CrsGuess::of_bounds(self.swapped_back());
        }
        let mut hints = Vec::new();
        match self.seen {
            None if gathered.count == 0 => hints.push(Hint::Empty),
            None if self.places.address.is_some() => hints.push(Hint::Addresses),
            None => hints.push(Hint::NoGeometry),
            Some(seen) => {
                let swapped = looks_swapped(seen, self.crs.crs);
                if swapped {
                    hints.push(Hint::SwappedAxes);
                } else if self.crs.crs.is_some_and(|crs| !fits(seen, crs)) {
                    hints.push(Hint::NotInCrs);
                }
                if self.declared.is_some_and(|declared| !covers(declared, seen)) {
                    hints.push(Hint::OutsideDeclared);
                }
                if !said && told.is_none() {
                    hints.push(Hint::NoCrs);
                }
            }
        }
        self.hints = hints;
    }

    fn swapped_back(&self) -> Option<Bounds> {
        let seen = self.seen?;
        let turned = turned(seen);
        Some(if !system::is_degrees(seen) && system::is_degrees(turned) { turned } else { seen })
    }
}

fn turned(bounds: Bounds) -> Bounds {
    Bounds { west: bounds.south, south: bounds.west, east: bounds.north, north: bounds.east }
}

/// In degrees: latitudes beyond 90 that would be good longitudes. In metres: only where the system's own box holds the
/// features when turned, and not as they are.
fn looks_swapped(seen: Bounds, crs: Option<Crs>) -> bool {
    match crs {
        Some(crs) => !fits(seen, crs) && fits(turned(seen), crs),
        None => !system::is_degrees(seen) && system::is_degrees(turned(seen)),
    }
}

/// The middle lies where the system is used: for degrees on the globe, for Korea's systems in and around Korea,
/// else wherever the inverse projection gives a place.
fn fits(seen: Bounds, crs: Crs) -> bool {
    if crs == Crs::Crs84 || crs.is_geographic() {
        return system::is_degrees(seen);
    }
    let middle = geo_types::Coord { x: (seen.west + seen.east) / 2.0, y: (seen.south + seen.north) / 2.0 };
    let Ok(at) = Transformer::new(crs, Crs::Crs84).and_then(|to| to.point(middle)) else { return false };
    match crs {
        Crs::Epsg(5173..=5188 | 2096..=2098) => (122.0..134.0).contains(&at.x) && (31.0..41.0).contains(&at.y),
        Crs::Epsg(code @ (32_601..=32_660 | 32_701..=32_760)) => {
            let meridian = f64::from(code % 100) * 6.0 - 183.0;
            (at.x - meridian).abs() < 12.0 && at.y.abs() < 85.0
        }
        _ => at.x.abs() <= 180.0 && at.y.abs() <= 90.0,
    }
}

fn covers(declared: Bounds, seen: Bounds) -> bool {
    let slack = 1e-6 * (declared.east - declared.west).abs().max(1.0);
    seen.west >= declared.west - slack
        && seen.south >= declared.south - slack
        && seen.east <= declared.east + slack
        && seen.north <= declared.north + slack
}
