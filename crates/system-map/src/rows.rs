//! Which rows of a layer a reader sees.

use std::borrow::Cow;

use geo_types::Geometry;
use kernel_base::{Error, Result};
use map_feature::Value;
use map_filter::{Filter, Values};
use map_segment::{Row, RowAccess};

use crate::layer::{Layer, Mask};

/// The layer's own condition, for those whom it binds.
#[derive(Default)]
pub struct Shown(Option<Filter>);

impl Shown {
    /// # Errors
    /// When the condition cannot be read: then nothing is shown rather than too much.
    pub fn of(layer: &Layer, mask: &Mask) -> Result<Shown> {
        if *mask == Mask::Whole || layer.rows_shown.is_empty() {
            return Ok(Shown(None));
        }
        let read = Filter::parse_text(&layer.rows_shown, &layer.schema);
        read.map(|rows| Shown(Some(rows))).map_err(|cause| Error::Fault(format!("rows_shown of {}: {cause}", layer.name)))
    }

    /// Every row is shown.
    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }

    pub fn passes(&self, row: &Row<'_>) -> bool {
        self.0.as_ref().is_none_or(|rows| rows.matches(&At(row)))
    }
}

/// A row as filters ask it.
pub struct At<'r, 'a>(pub &'r Row<'a>);

impl Values for At<'_, '_> {
    fn value(&self, field: usize) -> Value {
        self.0.value(field)
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry<f64>>> {
        self.0.geometry().map(Cow::Owned)
    }

    fn id(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.id())
    }
}
