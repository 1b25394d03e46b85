//! ESRI Shapefile (white paper J-7855, 1998) with its dBASE table, in whatever encoding that is.
//!
//! Own readers, because a header's counts must not be believed before memory is set aside, one bad record must not end
//! the file, and Korean tables say their encoding in three different places.

mod dbf;
mod shp;
mod write;

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use map_feature::{Bounds, Feature, GeometryKind, Schema, Value};

pub(crate) use shp::encloses;
pub(crate) use write::write;

use crate::intake::Intake;
use crate::look::{Layer, Places};
use crate::{CrsGuess, Format, Options, ProblemKind, Reader, Result, text};
use dbf::Table;
use shp::{Next, Shapes};

/// One or several Shapefiles, each a layer.
pub(crate) struct File {
    parts: Vec<Part>,
}

struct Part {
    name: String,
    shp: PathBuf,
}

impl File {
    /// `several`: the Shapefiles of an archive with their names.
    pub fn open(path: &Path, several: &[(String, PathBuf)]) -> File {
        let part = |name: &str, shp: &Path| Part { name: name.to_owned(), shp: shp.to_owned() };
        let parts = match several {
            [] | [_] => vec![part("", path)],
            several => several.iter().map(|(name, shp)| part(name, shp)).collect(),
        };
        File { parts }
    }
}

impl Part {
    /// A file beside this one, whatever the case of its ending.
    fn beside(&self, ending: &str) -> Option<PathBuf> {
        [ending.to_owned(), ending.to_uppercase()]
            .iter()
            .map(|one| self.shp.with_extension(one))
            .find(|path| path.exists())
    }

    fn small_text(&self, ending: &str) -> Option<String> {
        use std::io::Read;
        let mut bytes = Vec::new();
        crate::source::open(&self.beside(ending)?).ok()?.take(65_536).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn table(&self, options: &Options, known: Option<&str>) -> Result<Option<Table>> {
        let Some(path) = self.beside("dbf") else { return Ok(None) };
        let mut table = Table::open(&path, options)?;
        table.encoding = match options.encoding.as_deref().or(known) {
            Some(label) => text::encoding(label)?,
            None => match self.small_text("cpg").as_deref().and_then(code_page) {
                Some(encoding) => encoding,
                None => table.guess_encoding()?,
            },
        };
        Ok(Some(table))
    }
}

/// What `.cpg` files say: `UTF-8`, `949`, `CP949`, `ANSI 1252`, `EUC-KR` …
fn code_page(said: &str) -> Option<&'static Encoding> {
    let said = said.trim().trim_start_matches('\u{feff}').to_lowercase();
    if let Some(encoding) = Encoding::for_label(said.as_bytes()) {
        return Some(encoding);
    }
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let label = match digits.as_str() {
        "65001" | "8" => "utf-8".to_owned(),
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" | "51949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        "866" => "ibm866".to_owned(),
        "874" => "windows-874".to_owned(),
        digits if digits.len() == 4 && digits.starts_with("125") => format!("windows-{digits}"),
        digits if digits.starts_with("8859") => format!("iso-8859-{}", &digits[4..]),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        self.parts.iter().map(|part| part.layer(options)).collect()
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let part = match &self.parts[..] {
            [one] => Some(one),
            all => all.iter().find(|part| part.name == layer.name),
        };
        part.ok_or_else(|| crate::Error::NoLayer(layer.name.clone()))?.read(layer, options, intake)
    }
}

impl Part {
    fn layer(&self, options: &Options) -> Result<Layer> {
        let shapes = Shapes::open(&self.shp, &options.limits)?;
        let table = self.table(options, None)?;
        let fields = table.as_ref().map(|table| table.fields()).unwrap_or_default();
        let encoding = table.as_ref().map(|table| table.encoding.name().to_owned());
        Ok(Layer {
            name: self.name.clone(),
            schema: Schema { fields, geometry: shapes.kind },
            crs: self.small_text("prj").map(|text| CrsGuess::of_wkt(&text)).unwrap_or_default(),
            count: table.as_ref().map(|table| table.count),
            declared: Some(shapes.bounds).filter(valid),
            places: Places { encoding, ..Places::default() },
            ..Layer::default()
        })
    }

    fn read(&self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let mut shapes = Shapes::open(&self.shp, &options.limits)?;
        let mut table = self.table(options, layer.places.encoding.as_deref())?;
        let id = options.columns.id.as_ref().and_then(|name| layer.schema.position(name));
        let mut row = 0;
        loop {
            let next = shapes.next()?;
            let values = match &mut table {
                Some(table) => table.next()?,
                None => None,
            };
            intake.at(shapes.done, shapes.total);
            if matches!(next, Next::End) {
                let more = values.is_some() || table.as_ref().is_some_and(|table| table.count > row);
                if more {
                    intake.note(ProblemKind::WrongCount, row + 1, None, None);
                }
                return Ok(());
            }
            row += 1;
            let mut record = match values {
                Some(record) if record.deleted => continue,
                Some(record) => record,
                None if table.is_some() => {
                    intake.note(ProblemKind::WrongCount, row, None, None);
                    dbf::Record::default()
                }
                None => dbf::Record::default(),
            };
            record.values.resize(layer.schema.fields.len(), Value::Null);
            let id = id.and_then(|place| record.values.get(place)).map(Value::to_string).filter(|id| !id.is_empty());
            for (kind, place) in record.problems {
                intake.note(kind, row, id.as_deref(), Some(place));
            }
            let mut feature = Feature { id, geometry: None, values: record.values };
            match next {
                Next::Shape(shape, flat) => {
                    if !flat {
                        intake.note(ProblemKind::ThirdDimension, row, feature.id.as_deref(), None);
                    }
                    feature.geometry = shape;
                    intake.feature(row, feature)?;
                }
                Next::Bad(kind) => {
                    let raw = intake.describe(&feature);
                    intake.reject(row, feature.id.as_deref(), kind, &raw)?;
                }
                Next::Cut => {
                    let raw = intake.describe(&feature);
                    return intake.reject(row, feature.id.as_deref(), ProblemKind::Truncated, &raw);
                }
                Next::End => return Ok(()),
            }
        }
    }
}

fn valid(bounds: &Bounds) -> bool {
    bounds.west <= bounds.east && bounds.south <= bounds.north && bounds.west.is_finite() && bounds.east.is_finite()
}

fn kind_of(code: i32) -> Option<GeometryKind> {
    Some(match code {
        0 => GeometryKind::None,
        1 | 8 | 11 | 18 | 21 | 28 => GeometryKind::Point,
        3 | 13 | 23 => GeometryKind::Line,
        5 | 15 | 25 => GeometryKind::Polygon,
        31 => GeometryKind::Any,
        _ => return None,
    })
}

fn broken(why: &str) -> crate::Error {
    crate::Error::broken(Format::Shapefile, why)
}
