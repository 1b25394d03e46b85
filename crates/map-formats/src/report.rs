use map_feature::{Bounds, Crs, GeometryKind};
use serde::Serialize;

/// What reading a file came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Features (rows, records, placemarks) met.
    pub read: u64,
    /// Given to the sink.
    pub accepted: u64,
    pub rejected: u64,
    /// Accepted without a geometry.
    pub without_geometry: u64,
    /// What the accepted share; `None` before the first with one.
    pub geometry: Option<GeometryKind>,
    /// Vertices of the accepted.
    pub vertices: u64,
    /// In the coordinates as given to the sink.
    #[serde(skip)]
    pub bounds: Option<Bounds>,
    /// What the coordinates are in, as far as known.
    pub crs: Option<Crs>,
    pub problems: Vec<Problem>,
    /// The first rejected rows, shortened.
    pub rejects: Vec<Reject>,
}

/// One kind of thing wrong, perhaps with one field, and where it was first seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub kind: ProblemKind,
    pub field: Option<String>,
    pub count: u64,
    /// At most ten.
    pub first: Vec<At>,
}

/// A place in a file: rows count from 1, without headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct At {
    pub row: u64,
    pub id: Option<String>,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    pub row: u64,
    pub id: Option<String>,
    pub kind: ProblemKind,
    /// As it stood in the file, or written out where the file is binary.
    pub raw: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    // Rows rejected.
    /// Cannot be parsed.
    Malformed,
    /// A geometry that cannot be parsed.
    BadGeometry,
    /// A kind of geometry we do not keep (curves, surfaces in space).
    UnknownGeometry,
    TooManyVertices,
    TooDeep,
    /// A line, record or feature longer than allowed.
    TooLong,
    /// A coordinate that is no finite number.
    BadCoordinate,
    // Rows kept.
    /// More or fewer values than columns.
    FieldCount,
    /// A coordinate column is empty or no number: kept without geometry.
    NoCoordinate,
    /// NaN or infinite: now empty.
    NotANumber,
    /// A value that is not of the field's kind: now empty.
    WrongKind,
    /// Bytes that are not text in the encoding, replaced.
    BadText,
    /// A height or measure, dropped.
    ThirdDimension,
    /// An id met before: given a number.
    DuplicateId,
    /// A time without a zone, taken as UTC.
    NoTimeZone,
    /// Refers to something that the file does not hold.
    MissingPart,
    /// An area whose rings do not close.
    OpenRing,
    // The file.
    /// Ends in the middle.
    Truncated,
    /// Holds more or less than it says.
    WrongCount,
}
