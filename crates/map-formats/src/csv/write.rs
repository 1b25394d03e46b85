//! A table with headings.

use std::io::Write;

use geo_types::Geometry;
use map_feature::{Feature, GeometryKind, Schema, Value};

use super::broken;
use crate::{Error, Result, Stop, Written, wkt};

/// UTF-8 with headings: points as `lon` and `lat` (or `x` and `y` when the fields already have such), other geometries
/// as Well-Known Text in `geometry`. An `id` column comes first when features have ids.
pub(crate) fn write(
    schema: &Schema,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let mut table = csv::WriterBuilder::new().from_writer(out);
    let points = schema.geometry == GeometryKind::Point;
    let free = |wanted: &str| {
        let mut name = wanted.to_owned();
        while schema.position(&name).is_some() {
            name.push('_');
        }
        name
    };
    let mut names: Vec<String> = vec![free("id")];
    match schema.geometry {
        GeometryKind::None => {}
        GeometryKind::Point => names.extend([free("longitude"), free("latitude")]),
        _ => names.push(free("wkt")),
    }
    names.extend(schema.fields.iter().map(|field| field.name.clone()));
    table.write_record(&names).map_err(broken)?;
    let mut written = Written::default();
    let mut text = String::new();
    for feature in features {
        let feature = feature.map_err(Error::Stopped)?;
        table.write_field(feature.id.as_deref().unwrap_or_default()).map_err(broken)?;
        match (&feature.geometry, schema.geometry) {
            (_, GeometryKind::None) => {}
            (Some(Geometry::Point(at)), _) if points => {
                table.write_field(at.x().to_string()).map_err(broken)?;
                table.write_field(at.y().to_string()).map_err(broken)?;
            }
            (shape, _) if points => {
                written.left_out += u64::from(shape.is_some());
                table.write_field("").and_then(|()| table.write_field("")).map_err(broken)?;
            }
            (shape, _) => {
                text.clear();
                if let Some(shape) = shape {
                    wkt::write(&mut text, shape);
                }
                table.write_field(&text).map_err(broken)?;
            }
        }
        for place in 0..schema.fields.len() {
            let value = feature.values.get(place).unwrap_or(&Value::Null);
            table.write_field(value.to_string()).map_err(broken)?;
        }
        table.write_record(None::<&[u8]>).map_err(broken)?;
        written.features += 1;
    }
    table.flush()?;
    Ok(written)
}
