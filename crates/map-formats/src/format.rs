use std::path::Path;

use serde::{Deserialize, Serialize};

/// The formats of geodata that are read, and but for OpenStreetMap's and TopoJSON written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    GeoJson,
    /// One feature a line (RFC 8142, with or without its record separators).
    GeoJsonSeq,
    TopoJson,
    Csv,
    Shapefile,
    GeoPackage,
    FlatGeobuf,
    GeoParquet,
    /// Written as KML; KMZ is read.
    Kml,
    Kmz,
    Gpx,
    OsmPbf,
}

impl Format {
    pub const ALL: [Format; 12] = [
        Format::GeoJson,
        Format::GeoJsonSeq,
        Format::TopoJson,
        Format::Csv,
        Format::Shapefile,
        Format::GeoPackage,
        Format::FlatGeobuf,
        Format::GeoParquet,
        Format::Kml,
        Format::Kmz,
        Format::Gpx,
        Format::OsmPbf,
    ];

    /// The name people know.
    pub fn name(self) -> &'static str {
        match self {
            Format::GeoJson => "GeoJSON",
            Format::GeoJsonSeq => "GeoJSONSeq",
            Format::TopoJson => "TopoJSON",
            Format::Csv => "CSV",
            Format::Shapefile => "Shapefile",
            Format::GeoPackage => "GeoPackage",
            Format::FlatGeobuf => "FlatGeobuf",
            Format::GeoParquet => "GeoParquet",
            Format::Kml => "KML",
            Format::Kmz => "KMZ",
            Format::Gpx => "GPX",
            Format::OsmPbf => "OSM PBF",
        }
    }

    /// The ending of a file that is written; a Shapefile is written as one ZIP archive.
    pub fn ending(self) -> &'static str {
        match self {
            Format::GeoJson => "geojson",
            Format::GeoJsonSeq => "geojsonl",
            Format::TopoJson => "topojson",
            Format::Csv => "csv",
            Format::Shapefile => "zip",
            Format::GeoPackage => "gpkg",
            Format::FlatGeobuf => "fgb",
            Format::GeoParquet => "parquet",
            Format::Kml => "kml",
            Format::Kmz => "kmz",
            Format::Gpx => "gpx",
            Format::OsmPbf => "osm.pbf",
        }
    }

    /// The media type of a file that is written.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::GeoJson => "application/geo+json",
            Format::GeoJsonSeq => "application/geo+json-seq",
            Format::TopoJson => "application/json",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Shapefile => "application/zip",
            Format::GeoPackage => "application/geopackage+sqlite3",
            Format::FlatGeobuf => "application/flatgeobuf",
            Format::GeoParquet => "application/vnd.apache.parquet",
            Format::Kml => "application/vnd.google-earth.kml+xml",
            Format::Kmz => "application/vnd.google-earth.kmz",
            Format::Gpx => "application/gpx+xml",
            Format::OsmPbf => "application/vnd.openstreetmap.data+pbf",
        }
    }

    /// Whether [`crate::write`] makes it.
    pub fn is_written(self) -> bool {
        !matches!(self, Format::TopoJson | Format::OsmPbf)
    }

    /// By the ending of a name alone.
    pub fn of_name(name: &str) -> Option<Format> {
        let name = name.to_lowercase();
        if name.ends_with(".osm.pbf") {
            return Some(Format::OsmPbf);
        }
        Some(match Path::new(&name).extension()?.to_str()? {
            "geojson" | "json" => Format::GeoJson,
            "geojsonl" | "geojsons" | "geojsonseq" | "ndjson" | "jsonl" => Format::GeoJsonSeq,
            "topojson" => Format::TopoJson,
            "csv" | "tsv" | "txt" => Format::Csv,
            "shp" => Format::Shapefile,
            "gpkg" => Format::GeoPackage,
            "fgb" => Format::FlatGeobuf,
            "parquet" | "geoparquet" => Format::GeoParquet,
            "kml" => Format::Kml,
            "kmz" => Format::Kmz,
            "gpx" => Format::Gpx,
            "pbf" => Format::OsmPbf,
            _ => return None,
        })
    }

    /// By the first bytes of a file (some thousands are enough), then by its name. Archives are not opened here.
    pub fn of_content(head: &[u8], name: &str) -> Option<Format> {
        if head.starts_with(b"PAR1") {
            return Some(Format::GeoParquet);
        }
        if head.starts_with(b"SQLite format 3\0") {
            return Some(Format::GeoPackage);
        }
        if head.starts_with(b"fgb") && head.get(4..7) == Some(b"fgb") {
            return Some(Format::FlatGeobuf);
        }
        if head.starts_with(&[0, 0, 0x27, 0x0a]) {
            return Some(Format::Shapefile);
        }
        if head.get(..32).is_some_and(|start| contains(start, b"OSMHeader")) {
            return Some(Format::OsmPbf);
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        match text.first() {
            Some(b'<') if contains(text, b"<gpx") || contains(text, b":gpx") => Some(Format::Gpx),
            Some(b'<') if contains(text, b"<kml") || contains(text, b":kml") => Some(Format::Kml),
            Some(0x1e) => Some(Format::GeoJsonSeq),
            Some(b'{') if contains(text, b"\"Topology\"") => Some(Format::TopoJson),
            Some(b'{') => Some(if Format::of_name(name) == Some(Format::GeoJsonSeq) {
                Format::GeoJsonSeq
            } else {
                Format::GeoJson
            }),
            Some(b'<') | None => None,
            Some(_) if head.contains(&0) => None,
            Some(_) => Format::of_name(name).filter(|format| *format == Format::Csv).or_else(|| {
                let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
                line.iter().any(|byte| b",;\t|".contains(byte)).then_some(Format::Csv)
            }),
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name())
    }
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}
