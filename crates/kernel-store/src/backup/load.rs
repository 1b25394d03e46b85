//! Filling an emptied database within one transaction.

use std::collections::BTreeMap;

use kernel_base::{Error, Result};

use super::{LEDGER, rows};
use crate::shape::{TABLES_POSTGRES, TABLES_SQLITE, Table, quoted, tables};
use crate::{Row, Tx, Value};

const FOREIGN_KEYS: &str = "SELECT conrelid::regclass::TEXT AS referring, conname::TEXT AS name FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace";
const UNRELATED: &str = r#"SELECT "table" AS referring, "parent" AS referred FROM pragma_foreign_key_check LIMIT 1"#;
/// Rows of one statement.
const BATCH: usize = 100;

impl Tx {
    pub(super) async fn tables(&mut self, systems: &[&str]) -> Result<Vec<Table>> {
        let catalogue = if self.is_sqlite() { TABLES_SQLITE } else { TABLES_POSTGRES };
        tables(&self.all(catalogue, &[]).await?, systems)
    }

    /// The first table with a row in it, but for the ledger of migrations.
    pub(super) async fn first_filled(&mut self, tables: &[Table]) -> Result<Option<String>> {
        for table in tables.iter().filter(|table| table.name != LEDGER) {
            if !self.made(format!("SELECT 1 AS one FROM {} LIMIT 1", quoted(&table.name))).await?.is_empty() {
                return Ok(Some(table.name.clone()));
            }
        }
        Ok(None)
    }

    /// Takes all tables away. No trigger fires: what is only ever appended to goes as a whole or not at all.
    pub(super) async fn drop_tables(&mut self, tables: &[Table]) -> Result<()> {
        let cascade = if self.is_sqlite() { "" } else { " CASCADE" };
        for table in tables {
            self.made(format!("DROP TABLE {}{cascade}", quoted(&table.name))).await?;
        }
        Ok(())
    }

    /// Empties what the migrations themselves put into tables.
    pub(super) async fn empty(&mut self, tables: &[Table]) -> Result<()> {
        for table in tables.iter().filter(|table| table.name != LEDGER) {
            self.made(format!("DELETE FROM {}", quoted(&table.name))).await?;
        }
        Ok(())
    }

    /// Rows may come in any order: references are looked at when all are there.
    pub(super) async fn relations_later(&mut self) -> Result<Vec<(String, String)>> {
        // SQLite: the connection was opened without looking at references.
        if self.is_sqlite() {
            return Ok(Vec::new());
        }
        let read = |row: &Row| Ok((row.text("referring")?, row.text("name")?));
        let keys = self.all(FOREIGN_KEYS, &[]).await?.iter().map(read).collect::<Result<Vec<_>>>()?;
        for (table, name) in &keys {
            let name = quoted(name);
            self.made(format!("ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED")).await?;
        }
        Ok(keys)
    }

    /// Looks at all references now, and at every one of them at once from now on.
    pub(super) async fn relations_now(&mut self, later: Vec<(String, String)>) -> Result<()> {
        if self.is_sqlite() {
            return match self.one(UNRELATED, &[]).await? {
                None => Ok(()),
                Some(row) => Err(Error::Fault(format!(
                    "a row of {} refers to a row of {} that is not there",
                    row.text("referring")?,
                    row.text("referred")?
                ))),
            };
        }
        self.made("SET CONSTRAINTS ALL IMMEDIATE".to_owned()).await?;
        for (table, name) in later {
            self.made(format!("ALTER TABLE {table} ALTER CONSTRAINT {} NOT DEFERRABLE", quoted(&name))).await?;
        }
        Ok(())
    }

    /// Inserts the rows of one part; answers how many.
    pub(super) async fn load(&mut self, table: &Table, part: &str) -> Result<u64> {
        let lines: Vec<&str> = part.lines().collect();
        for batch in lines.chunks(BATCH) {
            let mut values: Vec<Value> = Vec::with_capacity(batch.len() * table.columns.len());
            for line in batch {
                let row = rows::parse(line, &table.columns);
                values.extend(row.map_err(|cause| Error::Refused(format!("{}: {cause}", table.name)))?);
            }
            self.exec_made(insert(table, batch.len()), &values).await?;
        }
        Ok(lines.len() as u64)
    }

    pub(super) async fn verify_counts(&mut self, tables: &[Table], rows: &BTreeMap<String, u64>) -> Result<()> {
        for table in tables {
            let answer = self.made(format!("SELECT COUNT(*) AS n FROM {}", quoted(&table.name))).await?;
            let count = answer.first().map_or(Ok(0), |row| row.int("n"))?;
            let wanted = rows.get(&table.name).copied().unwrap_or_default();
            if u64::try_from(count) != Ok(wanted) {
                let said = format!("{} has {count} rows after the restore, not {wanted}; nothing was kept", table.name);
                return Err(Error::Fault(said));
            }
        }
        Ok(())
    }
}

/// `INSERT … VALUES ($1, $2), ($3, $4)` for so many rows.
fn insert(table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let row = |row: usize| {
        let places: Vec<_> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!("INSERT INTO {} ({}) VALUES {}", quoted(&table.name), table.list(), rows.join(", "))
}
