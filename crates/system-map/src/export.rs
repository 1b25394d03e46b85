//! A layer as a file, as far as a reader may see it.

use std::io::Write;

use kernel_base::{Error, Result};
use map_feature::{Feature, Schema};
use map_formats::{Format, Stop, Written};
use map_segment::{Ask, Live, Row};

use crate::layer::Mask;
use crate::rows::Shown;
use crate::served::Served;

/// Features read at a time.
const PAGE: u64 = 10_000;

/// Writes what the mask lets through.
///
/// # Errors
/// When the layer cannot be read, or `out` not be written.
pub fn write(served: &Served, mask: &Mask, format: Format, out: &mut dyn Write) -> Result<Written> {
    let layer = &served.layer;
    let fields = layer.fields(mask);
    let kept = fields.iter().map(|at| layer.schema.fields[*at].clone());
    let schema = Schema { fields: kept.collect(), geometry: layer.schema.geometry };
    let rows = Shown::of(layer, mask)?;
    let mut features = Features { live: &served.live, rows: &rows, fields, page: Vec::new().into_iter(), offset: 0 };
    map_formats::write(format, &layer.name, &schema, layer.crs, &mut features, out).map_err(Error::fault)
}

struct Features<'a> {
    live: &'a Live,
    rows: &'a Shown,
    fields: Vec<usize>,
    page: std::vec::IntoIter<map_segment::Found>,
    offset: u64,
}

impl Iterator for Features<'_> {
    type Item = std::result::Result<Feature, Stop>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut found) = self.page.next() {
                let values = std::mem::take(&mut found.feature.values);
                found.feature.values =
                    self.fields.iter().map(|at| values.get(*at).cloned().unwrap_or_default()).collect();
                return Some(Ok(found.feature));
            }
            let passes = |row: &Row<'_>| self.rows.passes(row);
            let test = (!self.rows.is_all()).then_some(&passes as &dyn Fn(&Row<'_>) -> bool);
            let ask = Ask { test, offset: self.offset, limit: PAGE, ..Ask::default() };
            let read = match self.live.items(&ask) {
                Ok(read) => read.features,
                Err(cause) => return Some(Err(Box::new(cause))),
            };
            if read.is_empty() {
                return None;
            }
            self.offset += read.len() as u64;
            self.page = read.into_iter();
        }
    }
}
