//! Reading everything as it was in one moment, while others write.

use futures::TryStreamExt;
use futures::stream::BoxStream;
use kernel_base::Result;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use crate::row::Engine;
use crate::shape::{TABLES_POSTGRES, TABLES_SQLITE, Table, tables};
use crate::store::{Pools, translate};
use crate::{Row, Store};

/// A reading transaction.
pub(crate) enum Snapshot {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Store {
    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => readers.begin().await.map(Snapshot::Sqlite),
            // Deferrable: waits for a moment that some order of all acts explains, then takes part in no conflict.
            Pools::Postgres(pool) => {
                pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE").await.map(Snapshot::Postgres)
            }
        }
        .map_err(translate)
    }
}

impl Snapshot {
    pub(crate) async fn tables(&mut self, systems: &[&str]) -> Result<Vec<Table>> {
        let catalogue = match self {
            Snapshot::Sqlite(_) => TABLES_SQLITE,
            Snapshot::Postgres(_) => TABLES_POSTGRES,
        };
        tables(&self.all(catalogue.to_owned()).await?, systems)
    }

    pub(crate) async fn all(&mut self, sql: String) -> Result<Vec<Row>> {
        self.stream(sql).try_collect().await
    }

    /// Row by row: a table need not fit the memory. The statement is made of constants and names from the catalogue.
    #[allow(clippy::disallowed_methods)] // the one door to SQL
    pub(crate) fn stream(&mut self, sql: String) -> BoxStream<'_, Result<Row>> {
        let sql = AssertSqlSafe(sql);
        match self {
            Snapshot::Sqlite(tx) => {
                Box::pin(sqlx::query(sql).fetch(&mut **tx).map_ok(|row| Row(Engine::Sqlite(row))).map_err(translate))
            }
            Snapshot::Postgres(tx) => {
                Box::pin(sqlx::query(sql).fetch(&mut **tx).map_ok(|row| Row(Engine::Postgres(row))).map_err(translate))
            }
        }
    }
}
