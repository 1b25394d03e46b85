//! GeoPackage (OGC 12-128r19): a SQLite database. Read without writing, without trusting its schema, and with a limit on
//! the work that one row may cost, since a view may hide any query.

mod blob;
mod store;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use map_feature::{Crs, Feature, Field, GeometryKind, Kind, Schema, Value};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

pub(crate) use write::write;

use crate::intake::Intake;
use crate::look::Layer;
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, geojson, kinds};

pub(crate) struct File {
    connection: Connection,
    work: Arc<AtomicU64>,
}

/// Steps of SQLite's machine between two rows, in units of [`STEPS`].
const MOST_WORK: u64 = 20_000;
const STEPS: i32 = 10_000;

fn broken(error: rusqlite::Error) -> Error {
    Error::broken(Format::GeoPackage, error)
}

impl File {
    pub fn open(path: &Path, options: &Options) -> Result<File> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(address(path), flags).map_err(broken)?;
        let work = Arc::new(AtomicU64::new(0));
        guard(&connection, &options.limits, work.clone()).map_err(broken)?;
        Ok(File { connection, work })
    }
}

fn guard(connection: &Connection, limits: &Limits, work: Arc<AtomicU64>) -> Result<(), rusqlite::Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(limits.record).unwrap_or(i32::MAX))?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let step = move || work.fetch_add(1, Ordering::Relaxed) > MOST_WORK;
    connection.progress_handler(STEPS, Some(step))
}

/// As a URI, so that no journal beside the file is looked for or made.
fn address(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address + "?immutable=1"
}

/// The columns of a table and what becomes of them.
struct Columns {
    key: Option<String>,
    geometry: Option<String>,
    fields: Vec<(String, Kind)>,
}

fn columns(file: &Connection, listed: &store::Listed, limits: &Limits) -> Result<Columns> {
    let mut columns = Columns { key: None, geometry: None, fields: Vec::new() };
    let all = store::columns(file, &listed.table).map_err(broken)?;
    if all.len() > limits.fields {
        return Err(Error::Limit { what: crate::Limited::Fields, limit: limits.fields as u64 });
    }
    for (name, class, key) in all {
        if Some(&name) == listed.geometry.as_ref() {
            columns.geometry = Some(name);
        } else if key && columns.key.is_none() {
            columns.key = Some(name);
        } else if let Some(kind) = kind(&class) {
            columns.fields.push((name, kind));
        }
    }
    Ok(columns)
}

/// Table 1 of the standard, and SQLite's own reading of other names. `None`: bytes, which are no value.
fn kind(class: &str) -> Option<Kind> {
    let class = class.to_ascii_uppercase();
    let base = class.split('(').next().unwrap_or_default().trim();
    Some(match base {
        "BOOLEAN" | "BOOL" => Kind::Boolean,
        "DATE" => Kind::Date,
        "DATETIME" | "TIMESTAMP" => Kind::Instant,
        "BLOB" => return None,
        base if base.contains("INT") => Kind::Integer,
        base if ["REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"].iter().any(|part| base.contains(part)) => Kind::Number,
        base if ["GEOMETRY", "POINT", "LINESTRING", "POLYGON", "CURVE", "SURFACE"]
            .iter()
            .any(|part| base.contains(part)) =>
        {
            return None;
        }
        _ => Kind::Text,
    })
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let limits = &options.limits;
        self.work.store(0, Ordering::Relaxed);
        let listed = store::contents(&self.connection, limits.layers).map_err(broken)?;
        let mut layers = Vec::new();
        for one in listed {
            self.work.store(0, Ordering::Relaxed);
            let columns = columns(&self.connection, &one, limits)?;
            let fields = columns.fields.iter().map(|(name, kind)| Field::new(name.clone(), *kind)).collect();
            let geometry = match (&columns.geometry, one.geometry_type.as_deref().map(str::to_ascii_uppercase)) {
                (None, _) => GeometryKind::None,
                (_, Some(class)) if class.contains("POINT") => GeometryKind::Point,
                (_, Some(class)) if class.contains("LINE") => GeometryKind::Line,
                (_, Some(class)) if class.contains("POLYGON") => GeometryKind::Polygon,
                _ => GeometryKind::Any,
            };
            let declared: Vec<f64> = one.declared.iter().flatten().copied().collect();
            layers.push(Layer {
                schema: Schema { fields, geometry },
                crs: self.crs(one.system)?,
                count: Some(store::count(&self.connection, &one.table).map_err(broken)?),
                declared: geojson::bbox(&declared).filter(|_| declared.len() == 4),
                name: one.table,
                ..Layer::default()
            });
        }
        Ok(layers)
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        self.work.store(0, Ordering::Relaxed);
        let listed = store::contents(&self.connection, options.limits.layers).map_err(broken)?;
        let listed = listed.into_iter().find(|one| one.table == layer.name);
        let listed = listed.ok_or_else(|| Error::NoLayer(layer.name.clone()))?;
        let columns = columns(&self.connection, &listed, &options.limits)?;
        let mut names: Vec<&str> = columns.fields.iter().map(|(name, _)| name.as_str()).collect();
        let geometry = columns.geometry.as_deref().map(|name| place(&mut names, name));
        let key = match &options.columns.id {
            Some(name) => names.iter().position(|other| other == name),
            None => columns.key.as_deref().map(|name| place(&mut names, name)),
        };
        let sql = store::rows(&listed.table, &names);
        let mut statement = self.connection.prepare(&sql).map_err(broken)?;
        let mut rows = statement.query([]).map_err(broken)?;
        let mut row = 0;
        loop {
            self.work.store(0, Ordering::Relaxed);
            let Some(found) = rows.next().map_err(broken)? else { return Ok(()) };
            row += 1;
            intake.at(row, layer.count.unwrap_or_default());
            let id = match key.map(|place| found.get_ref(place)).transpose().map_err(broken)? {
                Some(ValueRef::Integer(number)) => Some(number.to_string()),
                Some(ValueRef::Text(text)) => Some(String::from_utf8_lossy(text).into_owned()),
                _ => None,
            };
            let mut values = Vec::with_capacity(columns.fields.len());
            for (place, (_, kind)) in columns.fields.iter().enumerate() {
                let (value, problem) = value(found.get_ref(place).map_err(broken)?, *kind);
                values.push(value);
                if let Some(problem) = problem {
                    intake.note(problem, row, id.as_deref(), Some(place));
                }
            }
            let mut feature = Feature { id, geometry: None, values };
            if let Some(ValueRef::Blob(bytes)) =
                geometry.map(|place| found.get_ref(place)).transpose().map_err(broken)?
            {
                match blob::read(bytes, &options.limits) {
                    Ok((shape, flat)) => {
                        if !flat {
                            intake.note(ProblemKind::ThirdDimension, row, feature.id.as_deref(), None);
                        }
                        feature.geometry = shape;
                    }
                    Err(why) => {
                        let raw = intake.describe(&feature);
                        intake.reject(row, feature.id.as_deref(), why.into(), &raw)?;
                        continue;
                    }
                }
            }
            intake.feature(row, feature)?;
        }
    }
}

/// Appends a column to those asked for; where it stands among them.
fn place<'a>(names: &mut Vec<&'a str>, name: &'a str) -> usize {
    names.push(name);
    names.len() - 1
}

impl File {
    fn crs(&self, id: Option<i64>) -> Result<CrsGuess> {
        let Some(id) = id.filter(|id| *id > 0) else { return Ok(CrsGuess::default()) };
        let Some((organisation, code, wkt)) = store::system(&self.connection, id).map_err(broken)? else {
            return Ok(CrsGuess::default());
        };
        let named =
            organisation.eq_ignore_ascii_case("EPSG").then(|| format!("EPSG:{code}").parse::<Crs>().ok()).flatten();
        Ok(named.map_or_else(|| CrsGuess::of_wkt(&wkt), CrsGuess::stated))
    }
}

fn value(stored: ValueRef, kind: Kind) -> (Value, Option<ProblemKind>) {
    let wrong = (Value::Null, Some(ProblemKind::WrongKind));
    let plain = match stored {
        ValueRef::Null => return (Value::Null, None),
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Number(number),
        ValueRef::Blob(_) => return wrong,
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => {
                let text = Value::Text(String::from_utf8_lossy(bytes).into_owned());
                return (kinds::convert(text, kind).unwrap_or_default(), Some(ProblemKind::BadText));
            }
        },
    };
    // An empty text is a value in a column of texts.
    if kind == Kind::Text && matches!(plain, Value::Text(_)) {
        return (plain, None);
    }
    if let (Kind::Instant, Value::Text(text)) = (kind, &plain) {
        return match kinds::declared_instant(text) {
            Some((at, zoneless)) => (Value::Instant(at), zoneless.then_some(ProblemKind::NoTimeZone)),
            None => wrong,
        };
    }
    match kinds::convert(plain, kind) {
        Some(value) => (value, None),
        None => wrong,
    }
}
