//! Which tables and columns a database has, asked from its own catalogue.

use kernel_base::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::Row;

pub(crate) const TABLES_SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS data_type
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid";
pub(crate) const TABLES_POSTGRES: &str =
    "SELECT c.table_name::TEXT AS table_name, c.column_name::TEXT AS column_name, c.data_type::TEXT AS data_type
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND table_schema = current_schema() ORDER BY c.table_name, c.ordinal_position";

/// What a column holds; migrations use nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Text,
    Int,
    Real,
    Flag,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

impl Table {
    /// The columns as they stand in a statement.
    pub(crate) fn list(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        names.join(", ")
    }

    /// The same columns, in whatever order.
    pub(crate) fn same_columns(&self, other: &Table) -> bool {
        self.columns.len() == other.columns.len() && self.columns.iter().all(|column| other.columns.contains(column))
    }
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The catalogue's answer as tables; those that belong to none of the systems are left out.
pub(crate) fn tables(rows: &[Row], systems: &[&str]) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let name = row.text("table_name")?;
        if !systems.iter().any(|system| name.strip_prefix(system).is_some_and(|rest| rest.starts_with('_'))) {
            continue;
        }
        let column = Column { name: row.text("column_name")?, kind: kind(&name, &row.text("data_type")?)? };
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

fn kind(table: &str, declared: &str) -> Result<Kind> {
    match declared.to_ascii_lowercase().as_str() {
        "text" => Ok(Kind::Text),
        "bigint" => Ok(Kind::Int),
        "double precision" => Ok(Kind::Real),
        "boolean" => Ok(Kind::Flag),
        other => Err(Error::Fault(format!("{table} has a column of type {other}, which no migration may use"))),
    }
}
