//! Which rows of a layer a reader sees.

use std::borrow::Cow;

use geo_types::Geometry;
use kernel_base::{Error, Result};
use map_feature::{Crs, Transformer, Value};
use map_filter::{Filter, Values};
use map_segment::{Found, Row, RowAccess};

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
        read.map(|rows| Shown(Some(rows)))
            .map_err(|cause| Error::Fault(format!("rows_shown of {}: {cause}", layer.name)))
    }

    /// Every row is shown.
    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// The same for a feature that was taken out.
    pub fn shows(&self, layer: &Layer, found: &Found) -> bool {
        let Some(rows) = &self.0 else { return true };
        let to = Transformer::new(layer.crs, Crs::Crs84).ok();
        let place = to.zip(found.feature.geometry.as_ref()).and_then(|(to, place)| to.geometry(place).ok());
        rows.matches(&Whole { found, place })
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

/// A whole feature as filters ask it.
struct Whole<'f> {
    found: &'f Found,
    place: Option<Geometry<f64>>,
}

impl Values for Whole<'_> {
    fn value(&self, field: usize) -> Value {
        self.found.feature.values.get(field).cloned().unwrap_or_default()
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry<f64>>> {
        self.place.as_ref().map(Cow::Borrowed)
    }

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.found.feature.id.as_deref().unwrap_or_default())
    }
}
