//! Features as GeoJSON (RFC 7946), with other reference systems as OGC 18-058r1 has it; and how they are sorted.

use std::cmp::Ordering;

use kernel_base::{Error, Result};
use map_feature::{Crs, Transformer, Value};
use map_formats::geojson::Encoder;
use map_segment::Found;

use crate::layer::Layer;

/// Writes features of a layer with these fields, in this reference system, straight into bytes.
pub struct Writer {
    encoder: Encoder,
    to: Option<Transformer>,
    geometry: bool,
}

impl Writer {
    /// Coordinates are exact to a tenth of a millimetre, so that what is read can be written back.
    ///
    /// # Errors
    /// When a reference system is unknown.
    pub fn new(layer: &Layer, fields: &[usize], crs: Crs, geometry: bool) -> Result<Writer> {
        let degrees = |crs| matches!(crs, Crs::Crs84 | Crs::Epsg(4326));
        let same = crs == layer.crs || (degrees(crs) && degrees(layer.crs));
        let to = (!same).then(|| Transformer::new(layer.crs, crs)).transpose().map_err(Error::fault)?;
        let decimals = if crs.is_geographic() { 9 } else { 4 };
        let encoder = Encoder::of_fields(&layer.schema, fields, crs).axis_order(crs.axis_order()).decimals(decimals);
        Ok(Writer { encoder, to, geometry })
    }

    /// One feature; `links` is JSON that stands at its end.
    ///
    /// # Errors
    /// When a coordinate lies outside of where the wanted system is defined.
    pub fn feature(&self, out: &mut Vec<u8>, found: &Found, links: Option<&[u8]>) -> Result<()> {
        match (&found.feature.geometry, &self.to) {
            (Some(geometry), Some(to)) if self.geometry => {
                let geometry = to.geometry(geometry).map_err(|cause| Error::Refused(cause.to_string()))?;
                let mut feature = found.feature.clone();
                feature.geometry = Some(geometry);
                self.encoder.feature(out, &feature);
            }
            (Some(_), _) if !self.geometry => {
                let mut feature = found.feature.clone();
                feature.geometry = None;
                self.encoder.feature(out, &feature);
            }
            _ => self.encoder.feature(out, &found.feature),
        }
        if let Some(links) = links
            && out.pop().is_some()
        {
            out.extend_from_slice(br#","links":"#);
            out.extend_from_slice(links);
            out.push(b'}');
        }
        Ok(())
    }
}

/// How values of one field are sorted: what is missing last.
pub fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => left.total_cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Instant(left), Value::Instant(right)) => left.cmp(right),
        _ => Ordering::Equal,
    }
}
