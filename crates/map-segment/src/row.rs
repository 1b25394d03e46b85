use geo_types::Geometry;
use map_feature::{Feature, Value};

use crate::{Edition, Found, Result, delta::Entry, world::Area};

/// What a filter asks of a feature.
pub trait RowAccess {
    /// By the field's position in the schema; `Null` where there is none.
    fn value(&self, field: usize) -> Value;
    /// In CRS84.
    fn geometry(&self) -> Option<Geometry<f64>>;
    fn id(&self) -> String;
}

/// A feature that is looked at without taking it out: values and geometry are read when asked for.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub(crate) edition: &'a Edition,
    pub(crate) at: At<'a>,
}

#[derive(Clone, Copy)]
pub(crate) enum At<'a> {
    Base(u32),
    Changed(&'a Entry),
}

impl<'a> Row<'a> {
    pub fn version(&self) -> u64 {
        match self.at {
            At::Base(row) => self.edition.version(row),
            At::Changed(entry) => entry.version,
        }
    }

    /// The text of a field without a copy; `None` where the value is no text.
    pub fn text(&self, field: usize) -> Option<&'a str> {
        match self.at {
            At::Base(row) => self.edition.column(field)?.text(u64::from(row)),
            At::Changed(entry) => match entry.feature.as_ref()?.values.get(field)? {
                Value::Text(text) => Some(text),
                _ => None,
            },
        }
    }

    /// Taken out: the original, in the layer's CRS.
    pub fn found(&self) -> Result<Found> {
        let feature = match self.at {
            At::Base(row) => self.edition.feature(row)?,
            At::Changed(entry) => entry.feature.clone().unwrap_or_else(Feature::default),
        };
        Ok(Found { feature, version: self.version() })
    }

    pub(crate) fn area(&self) -> Option<Area> {
        match self.at {
            At::Base(row) => self.edition.area(row),
            At::Changed(entry) => entry.place.as_ref().map(|place| place.area),
        }
    }

    pub(crate) fn shape(&self) -> Option<&'a [u8]> {
        match self.at {
            At::Base(row) => self.edition.shape(row),
            At::Changed(entry) => Some(&entry.shape),
        }
    }

    /// In the layer's CRS.
    pub(crate) fn original(&self) -> Option<Geometry<f64>> {
        match self.at {
            At::Base(row) => self.edition.geometry(row).ok().flatten(),
            At::Changed(entry) => entry.feature.as_ref()?.geometry.clone(),
        }
    }
}

impl RowAccess for Row<'_> {
    fn value(&self, field: usize) -> Value {
        match self.at {
            At::Base(row) => self.edition.value(row, field),
            At::Changed(entry) => {
                entry.feature.as_ref().and_then(|feature| feature.values.get(field)).cloned().unwrap_or_default()
            }
        }
    }

    fn geometry(&self) -> Option<Geometry<f64>> {
        self.edition.to_degrees(self.original()?).ok()
    }

    fn id(&self) -> String {
        match self.at {
            At::Base(row) => self.edition.id(row),
            At::Changed(entry) => entry.id.clone(),
        }
    }
}
