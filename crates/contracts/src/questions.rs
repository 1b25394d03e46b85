//! Questions: read-only, answered by at most one system. Who asks says what happens when nobody answers.

use std::future::Future;
use std::pin::Pin;

use serde::{Deserialize, Serialize};

/// A place on earth, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lon: f64,
    pub lat: f64,
}

/// An area that the city is divided into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// Permanent: `layer/feature`.
    pub id: String,
    pub name: String,
}

/// Something with a name at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Permanent: `layer/feature`.
    pub id: String,
    pub name: String,
    /// The districts it lies in, as people read them; may be empty.
    pub within: String,
    pub at: Point,
}

/// An answer on its way.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What the map knows of places. Only what everybody may see is said.
pub trait Places: Send + Sync {
    /// The districts that hold this point, the smallest first.
    fn districts_at(&self, at: Point) -> Answering<'_, Vec<District>>;

    /// What somebody may mean by these words, the best first.
    fn find<'a>(&'a self, words: &'a str, near: Option<Point>, most: usize) -> Answering<'a, Vec<Place>>;

    /// What stands at this point or next to it, within so many metres.
    fn nearest(&self, at: Point, within_metres: f64) -> Answering<'_, Option<Place>>;
}
