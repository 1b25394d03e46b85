use std::path::PathBuf;

use map_feature::{Crs, Schema};

use crate::{Format, look::Layer};

/// What the caller knows better than the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub format: Option<Format>,
    /// Which layer, in formats that hold several; else the first.
    pub layer: Option<String>,
    /// What an earlier [`crate::look`] found. Saves text formats another pass over the file.
    pub known: Option<Layer>,
    /// The reference system of the coordinates, whatever the file says.
    pub crs: Option<Crs>,
    /// Label of the text's encoding (WHATWG), for CSV and Shapefile.
    pub encoding: Option<String>,
    pub columns: Columns,
    /// The file writes y before x: set right while reading.
    pub swap_axes: bool,
    /// The fields wanted, matched by name; values are converted to their kinds. `None`: as in the file.
    pub schema: Option<Schema>,
    /// Where to write every rejected row (JSON lines); the report itself keeps only the first.
    pub rejects: Option<PathBuf>,
    /// Where archives are unpacked; the system's folder when `None`.
    pub scratch: Option<PathBuf>,
    /// OpenStreetMap: the keys that become fields, and whose absence drops an object. Empty: all in one field `tags`.
    pub tags: Vec<String>,
    pub limits: Limits,
}

/// Names of columns with a meaning; guessed from usual names where `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// East or longitude.
    pub x: Option<String>,
    /// North or latitude.
    pub y: Option<String>,
    /// Geometry as Well-Known Text (CSV).
    pub wkt: Option<String>,
    /// A postal address, for the caller to find (CSV).
    pub address: Option<String>,
    /// The permanent id; none is taken unless named here or part of the format.
    pub id: Option<String>,
}

/// What a hostile or broken file may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Vertices of one geometry; more, and the feature is rejected.
    pub vertices: u64,
    /// Geometry collections in each other, XML elements in each other.
    pub depth: usize,
    /// Bytes of one feature, line or record.
    pub record: usize,
    /// Bytes of what an archive unpacks to.
    pub unpacked: u64,
    /// Unpacked bytes for one packed byte.
    pub ratio: u64,
    pub entries: usize,
    pub fields: usize,
    pub layers: usize,
    /// OpenStreetMap nodes held in memory while ways are drawn (16 bytes each).
    pub nodes: usize,
    /// Rejected rows kept in the report, and bytes kept of each.
    pub rejects: usize,
    pub reject_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            vertices: 10_000_000,
            depth: 16,
            record: 256 << 20,
            unpacked: 16 << 30,
            ratio: 300,
            entries: 10_000,
            fields: 4_096,
            layers: 1_000,
            nodes: 60_000_000,
            rejects: 100,
            reject_bytes: 1_000,
        }
    }
}
