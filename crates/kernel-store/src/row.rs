use kernel_base::{Error, Result};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// One row of an answer; columns are read by name.
pub struct Row(pub(crate) Engine);

pub(crate) enum Engine {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! column {
    ($name:ident, $optional:ident, $type:ty) => {
        pub fn $name(&self, column: &str) -> Result<$type> {
            self.$optional(column)?.ok_or_else(|| Error::Fault(format!("column {column} is NULL")))
        }

        pub fn $optional(&self, column: &str) -> Result<Option<$type>> {
            match &self.0 {
                Engine::Sqlite(row) => row.try_get(column),
                Engine::Postgres(row) => row.try_get(column),
            }
            .map_err(Error::fault)
        }
    };
}

impl Row {
    column!(text, text_opt, String);
    column!(int, int_opt, i64);
    column!(real, real_opt, f64);
    column!(flag, flag_opt, bool);
}
