//! All SQL of the GeoPackage reader and writer. The database is the file itself, never the city's.

use rusqlite::{Connection, Row, types::ValueRef};

use crate::Result;

const CONTENTS: &str = "SELECT c.table_name, c.data_type, c.min_x, c.min_y, c.max_x, c.max_y, c.srs_id, g.column_name, \
    g.geometry_type_name, g.srs_id FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
    WHERE c.data_type IN ('features', 'attributes') ORDER BY c.data_type DESC, c.rowid";
const SYSTEM: &str =
    "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";

pub(super) const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);";
const ADD_SYSTEM: &str = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'EPSG', ?2, ?3, NULL)";
const ADD_CONTENTS: &str = "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) \
    VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7)";
const ADD_GEOMETRY: &str = "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)";

/// One table that the file lists.
pub(super) struct Listed {
    pub table: String,
    pub declared: [Option<f64>; 4],
    pub geometry: Option<String>,
    pub geometry_type: Option<String>,
    pub system: Option<i64>,
}

pub(super) fn contents(file: &Connection, most: usize) -> Result<Vec<Listed>, rusqlite::Error> {
    let mut statement = file.prepare(CONTENTS)?;
    let listed = statement.query_map([], |row| {
        Ok(Listed {
            table: text(row, 0)?.unwrap_or_default(),
            declared: [number(row, 2)?, number(row, 3)?, number(row, 4)?, number(row, 5)?],
            geometry: text(row, 7)?,
            geometry_type: text(row, 8)?,
            system: number(row, 9)?.or(number(row, 6)?).map(|number| number as i64),
        })
    })?;
    listed.take(most).collect()
}

/// Organisation, its number, and Well-Known Text.
pub(super) fn system(file: &Connection, id: i64) -> Result<Option<(String, i64, String)>, rusqlite::Error> {
    let mut statement = file.prepare(SYSTEM)?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let code = number(row, 1)?.unwrap_or_default() as i64;
    Ok(Some((text(row, 0)?.unwrap_or_default(), code, text(row, 2)?.unwrap_or_default())))
}

/// Name, declared type and whether it is the primary key.
pub(super) fn columns(file: &Connection, table: &str) -> Result<Vec<(String, String, bool)>, rusqlite::Error> {
    let mut statement = file.prepare(&format!("PRAGMA table_info({})", quoted(table)))?;
    let columns = statement.query_map([], |row| {
        Ok((text(row, 1)?.unwrap_or_default(), text(row, 2)?.unwrap_or_default(), number(row, 5)?.unwrap_or(0.0) > 0.0))
    })?;
    columns.collect()
}

pub(super) fn count(file: &Connection, table: &str) -> Result<u64, rusqlite::Error> {
    file.query_row(&format!("SELECT count(*) FROM {}", quoted(table)), [], |row| row.get::<_, i64>(0))
        .map(|count| count.max(0) as u64)
}

pub(super) fn rows(table: &str, columns: &[&str]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    let columns = if columns.is_empty() { "NULL".to_owned() } else { columns.join(", ") };
    format!("SELECT {columns} FROM {}", quoted(table))
}

pub(super) fn create(table: &str, columns: &[(String, &str)]) -> String {
    let columns: Vec<String> = columns.iter().map(|(name, class)| format!(", {} {class}", quoted(name))).collect();
    format!("CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{})", quoted(table), columns.concat())
}

pub(super) fn insert(table: &str, columns: &[(String, &str)]) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", quoted(table), names.join(", "), places.join(", "))
}

pub(super) fn list(
    file: &Connection,
    table: &str,
    geometry: Option<&str>,
    bounds: [Option<f64>; 4],
    system: Option<(u16, &str, &str)>,
) -> Result<(), rusqlite::Error> {
    let [west, south, east, north] = bounds;
    let code = system.map(|(code, ..)| code);
    let class = if geometry.is_some() { "features" } else { "attributes" };
    file.execute(ADD_CONTENTS, rusqlite::params![table, class, west, south, east, north, code])?;
    if let (Some(geometry), Some(code)) = (geometry, code) {
        file.execute(ADD_GEOMETRY, rusqlite::params![table, geometry, code])?;
    }
    Ok(())
}

pub(super) fn add_system(file: &Connection, code: u16, name: &str, wkt: &str) -> Result<(), rusqlite::Error> {
    file.execute(ADD_SYSTEM, rusqlite::params![name, code, wkt]).map(|_| ())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\"").replace('\0', ""))
}

/// Whatever is stored there, as text.
fn text(row: &Row, place: usize) -> Result<Option<String>, rusqlite::Error> {
    Ok(match row.get_ref(place)? {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
    })
}

fn number(row: &Row, place: usize) -> Result<Option<f64>, rusqlite::Error> {
    Ok(match row.get_ref(place)? {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        _ => None,
    })
}
