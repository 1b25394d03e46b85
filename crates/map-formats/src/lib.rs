//! Files of geodata, in and out.
//!
//! [`look`] says what a file holds, [`read`] gives its features one by one with a [`Report`] of what was wrong, and
//! [`write`] makes a file. Files come from anybody: whatever is in them, reading ends with a report or an [`Error`],
//! within the [`Limits`].

mod csv;
mod error;
mod fgb;
mod format;
pub mod geojson;
mod geometry;
mod gpkg;
mod gpx;
mod intake;
mod kinds;
mod kml;
mod look;
mod options;
mod osm;
mod parquet;
mod report;
mod shapefile;
mod source;
mod system;
mod text;
mod topojson;
mod wkb;
mod wkt;
mod xml;

use std::path::Path;

use map_feature::{Crs, Feature, Schema};

pub use error::{Error, Limited, Result, Stop};
pub use format::Format;
pub use intake::Progress;
pub use look::{Hint, Layer, Look, Places};
pub use options::{Columns, Limits, Options};
pub use report::{At, Problem, ProblemKind, Reject, Report};
pub use system::{CrsGuess, Sure};

use intake::Intake;
use look::{Gathered, LOOKED_AT};
use source::Source;

/// One open file of one format.
pub(crate) trait Reader {
    /// The layers with what the format declares. Formats without a schema read all of the file for it.
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>>;

    /// Every feature of a layer that [`Reader::layers`] gave, in the file's order.
    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()>;

    /// Whether the first features of a layer can be had without reading most of the file.
    fn samples(&self, _layer: &Layer) -> bool {
        true
    }
}

/// What a file holds: its format (by content, then by name), layers, schemas, reference systems, first features.
pub fn look(path: &Path, options: &Options) -> Result<Look> {
    let source = Source::open(path, options)?;
    let mut reader = open(&source, options)?;
    let mut layers = reader.layers(options)?;
    for layer in &mut layers {
        if !reader.samples(layer) {
            continue;
        }
        let gathered = gather(reader.as_mut(), layer, options)?;
        if layer.schema.geometry == map_feature::GeometryKind::Any && layer.count == Some(gathered.count) {
            layer.schema.geometry = gathered.kind.unwrap_or(map_feature::GeometryKind::None);
        }
        if layer.name.is_empty() {
            layer.name = source.stem.clone();
        }
        layer.conclude(gathered, options.crs);
    }
    Ok(Look { format: source.format, layers })
}

fn gather(reader: &mut dyn Reader, layer: &Layer, options: &Options) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    let plain = Options { rejects: None, schema: None, swap_axes: false, ..options.clone() };
    let mut sink = |feature: Feature| {
        gathered.add(feature);
        if gathered.count >= LOOKED_AT { Err("enough".into()) } else { Ok(()) }
    };
    let mut quiet = |_| {};
    let mut intake = Intake::new(&plain, &layer.schema, &mut sink, &mut quiet)?;
    match reader.read(layer, &plain, &mut intake) {
        Ok(()) | Err(Error::Stopped(_)) => Ok(gathered),
        Err(error) => Err(error),
    }
}

/// Gives every feature of one layer to `sink`, in the file's order and coordinates.
///
/// What is wrong with single features stands in the report; an error means that the file as a whole cannot be read, or
/// carries what `sink` stopped with. Nothing is kept here: whoever collects decides whether a partial file counts.
pub fn read(
    path: &Path,
    options: &Options,
    sink: &mut dyn FnMut(Feature) -> Result<(), Stop>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    let source = Source::open(path, options)?;
    let mut reader = open(&source, options)?;
    let layer = match &options.known {
        Some(layer) => layer.clone(),
        None => {
            let layers = reader.layers(options)?;
            let wanted = match &options.layer {
                Some(name) => layers.into_iter().find(|layer| layer.name == *name),
                None => layers.into_iter().next(),
            };
            wanted.ok_or_else(|| Error::NoLayer(options.layer.clone().unwrap_or_default()))?
        }
    };
    let mut intake = Intake::new(options, &layer.schema, sink, progress)?;
    reader.read(&layer, options, &mut intake)?;
    let mut report = intake.finish()?;
    report.crs = options.crs.or(layer.crs.crs);
    if report.crs.is_none() {
        report.crs = CrsGuess::of_bounds(report.bounds).crs;
    }
    Ok(report)
}

fn open(source: &Source, options: &Options) -> Result<Box<dyn Reader>> {
    let path = &source.path;
    Ok(match source.format {
        Format::GeoJson | Format::GeoJsonSeq => Box::new(geojson::File::new(path)),
        Format::TopoJson => Box::new(topojson::File::new(path)),
        Format::Csv => Box::new(csv::File::new(path)),
        Format::Shapefile => Box::new(shapefile::File::open(path, &source.several)),
        Format::GeoPackage => Box::new(gpkg::File::open(path, options)?),
        Format::FlatGeobuf => Box::new(fgb::File::open(path, options)?),
        Format::GeoParquet => Box::new(parquet::File::open(path)?),
        Format::Kml | Format::Kmz => Box::new(kml::File::new(path)),
        Format::Gpx => Box::new(gpx::File::new(path)),
        Format::OsmPbf => Box::new(osm::File::new(path)),
    })
}

/// What writing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    pub features: u64,
    /// Features that the format cannot hold (a line in GPX's waypoints, a mixed collection in a Shapefile).
    pub left_out: u64,
}

/// Makes a file of features whose values follow `schema` and whose coordinates are in `crs`.
///
/// GeoJSON, KML and GPX are WGS 84 by their standards: coordinates are transformed. The others keep the layer's own.
/// `name` is the layer's name where the format has a place for it.
pub fn write(
    format: Format,
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn std::io::Write,
) -> Result<Written> {
    match format {
        Format::GeoJson | Format::GeoJsonSeq => geojson::write(format, schema, crs, features, out),
        Format::Csv => csv::write(schema, features, out),
        Format::Shapefile => shapefile::write(name, schema, crs, features, out),
        Format::GeoPackage => gpkg::write(name, schema, crs, features, out),
        Format::FlatGeobuf => fgb::write(name, schema, crs, features, out),
        Format::GeoParquet => parquet::write(schema, crs, features, out),
        Format::Kml | Format::Kmz => kml::write(format, name, schema, crs, features, out),
        Format::Gpx => gpx::write(schema, crs, features, out),
        Format::TopoJson | Format::OsmPbf => Err(Error::NotWritten(format)),
    }
}

/// A geometry of Well-Known Text, as people type it; `None` when it is empty or cannot be read.
pub fn geometry_from_text(text: &str) -> Option<geo_types::Geometry<f64>> {
    wkt::read(text, &Limits::default()).ok()?.0
}
