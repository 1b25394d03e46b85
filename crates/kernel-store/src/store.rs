use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel_base::{Error, Instant, Result};
use sqlx::postgres::{PgArguments, PgPool, PgPoolOptions, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{
    Sqlite, SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr, Statement as _, Transaction};

use crate::address;
use crate::row::Engine;
use crate::{Row, Value};

/// Where the city's data live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A file; made when it is not there.
    Sqlite(PathBuf),
    /// `postgres://user@host/name`; `?options=…search_path…` is honoured.
    Postgres(String),
}

/// A handle to the database; clones share the connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) pools: Pools,
    version: Arc<AtomicU64>,
}

#[derive(Clone)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

impl Store {
    pub async fn open(database: &Database) -> Result<Store> {
        Store::open_with(database, true).await
    }

    /// On SQLite without looking at references between tables, which a restore does when all rows are there.
    pub(crate) async fn open_unrelated(database: &Database) -> Result<Store> {
        Store::open_with(database, false).await
    }

    async fn open_with(database: &Database, relations: bool) -> Result<Store> {
        let pools = match database {
            Database::Sqlite(path) => open_sqlite(path, relations).await?,
            Database::Postgres(address) => {
                let options = address::options(address)?;
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(Duration::from_secs(10))
                    .connect_with(options)
                    .await
                    .map_err(|cause| Error::Refused(format!("cannot reach the PostgreSQL database: {cause}")))?;
                Pools::Postgres(pool)
            }
        };
        Ok(Store { pools, version: Arc::new(AtomicU64::new(0)) })
    }

    /// Rises with every commit of this process; whoever keeps computed pages compares it.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    pub async fn all(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => rows_sqlite(bind_sqlite(sql, values).fetch_all(readers).await),
            Pools::Postgres(pool) => rows_postgres(bind_postgres(sql, values).fetch_all(pool).await),
        }
    }

    pub async fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Begins a writing transaction. Dropped without `commit`, nothing happened.
    pub async fn begin(&self) -> Result<Tx> {
        let engine = match &self.pools {
            Pools::Sqlite { writer, .. } => {
                TxEngine::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await.map_err(translate)?)
            }
            Pools::Postgres(pool) => {
                TxEngine::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE").await.map_err(translate)?)
            }
        };
        Ok(Tx { engine, version: self.version.clone() })
    }

    /// Begins a writing transaction that unique keys alone keep right (READ COMMITTED on PostgreSQL): for queues and
    /// leases, whose readers would otherwise make other people's acts fail and run again.
    pub async fn begin_keyed(&self) -> Result<Tx> {
        match &self.pools {
            Pools::Sqlite { .. } => self.begin().await,
            Pools::Postgres(pool) => {
                let begun = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await.map_err(translate)?;
                Ok(Tx { engine: TxEngine::Postgres(begun), version: self.version.clone() })
            }
        }
    }

    /// Prepares a statement without running it: finds unknown columns and wrong types.
    pub async fn prepare(&self, sql: &'static str) -> Result<()> {
        let named = |cause: sqlx::Error| Error::Fault(format!("{cause}\n  in: {sql}"));
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let mut connection = readers.acquire().await.map_err(named)?;
                let statement = connection.prepare(sql.into_sql_str()).await.map_err(named)?;
                let _ = statement.sql();
            }
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(named)?;
                let statement = connection.prepare(sql.into_sql_str()).await.map_err(named)?;
                let _ = statement.sql();
            }
        }
        Ok(())
    }

    /// The engine's own version.
    pub async fn engine_version(&self) -> Result<String> {
        let asked = match &self.pools {
            Pools::Sqlite { .. } => "SELECT sqlite_version() AS version",
            Pools::Postgres(_) => "SELECT current_setting('server_version') AS version",
        };
        self.one(asked, &[]).await?.ok_or(Error::NotFound)?.text("version")
    }

    /// What the clock of the database's machine says; `None` where that is our own.
    pub async fn engine_clock(&self) -> Result<Option<Instant>> {
        let Pools::Postgres(_) = &self.pools else { return Ok(None) };
        let asked = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now";
        let row = self.one(asked, &[]).await?.ok_or(Error::NotFound)?;
        Ok(Some(Instant(row.int("now")?)))
    }

    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    pub fn engine(&self) -> &'static str {
        match &self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgres",
        }
    }
}

async fn open_sqlite(path: &PathBuf, relations: bool) -> Result<Pools> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: an acknowledged act survives a power cut, not only a killed process.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(relations)
        .busy_timeout(Duration::from_secs(5));
    let refused = |cause: sqlx::Error| Error::Refused(format!("cannot open {}: {cause}", path.display()));
    let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(refused)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options.create_if_missing(false).read_only(true))
        .await
        .map_err(refused)?;
    Ok(Pools::Sqlite { writer, readers })
}

/// A writing transaction.
pub struct Tx {
    engine: TxEngine,
    version: Arc<AtomicU64>,
}

enum TxEngine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Runs a statement; answers the number of rows it changed.
    pub async fn exec(&mut self, sql: &'static str, values: &[Value]) -> Result<u64> {
        match &mut self.engine {
            TxEngine::Sqlite(tx) => bind_sqlite(sql, values).execute(&mut **tx).await.map(|done| done.rows_affected()),
            TxEngine::Postgres(tx) => {
                bind_postgres(sql, values).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err(translate)
    }

    /// Runs several statements without parameters, as a migration file holds them.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.engine {
            TxEngine::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop),
            TxEngine::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop),
        }
        .map_err(translate)
    }

    pub async fn all(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>> {
        match &mut self.engine {
            TxEngine::Sqlite(tx) => rows_sqlite(bind_sqlite(sql, values).fetch_all(&mut **tx).await),
            TxEngine::Postgres(tx) => rows_postgres(bind_postgres(sql, values).fetch_all(&mut **tx).await),
        }
    }

    pub async fn one(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.engine, TxEngine::Sqlite(_))
    }

    /// Runs a statement made of constants and names from the catalogue.
    pub(crate) async fn made(&mut self, sql: String) -> Result<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        match &mut self.engine {
            TxEngine::Sqlite(tx) => rows_sqlite(bind_sqlite(sql, &[]).fetch_all(&mut **tx).await),
            TxEngine::Postgres(tx) => rows_postgres(bind_postgres(sql, &[]).fetch_all(&mut **tx).await),
        }
    }

    /// The same with values.
    pub(crate) async fn exec_made(&mut self, sql: String, values: &[Value]) -> Result<()> {
        let sql = AssertSqlSafe(sql);
        match &mut self.engine {
            TxEngine::Sqlite(tx) => bind_sqlite(sql, values).execute(&mut **tx).await.map(drop),
            TxEngine::Postgres(tx) => bind_postgres(sql, values).execute(&mut **tx).await.map(drop),
        }
        .map_err(translate)
    }

    /// Makes it durable. Only after this may anyone be told that it happened.
    pub async fn commit(self) -> Result<()> {
        let version = self.version.clone();
        self.commit_quietly().await?;
        version.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// Makes it durable and leaves [`Store::version`] alone: for notes that no page shows ("last seen", a counter).
    pub async fn commit_quietly(self) -> Result<()> {
        match self.engine {
            TxEngine::Sqlite(tx) => tx.commit().await,
            TxEngine::Postgres(tx) => tx.commit().await,
        }
        .map_err(translate)
    }
}

#[allow(clippy::disallowed_methods)] // the one door to SQL
fn bind_sqlite<'q>(sql: impl SqlSafeStr, values: &'q [Value]) -> Query<'q, Sqlite, SqliteArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Text(value) => query.bind(value.clone()),
        Value::Int(value) => query.bind(*value),
        Value::Real(value) => query.bind(*value),
        Value::Flag(value) => query.bind(*value),
    })
}

#[allow(clippy::disallowed_methods)] // the one door to SQL
fn bind_postgres<'q>(sql: impl SqlSafeStr, values: &'q [Value]) -> Query<'q, Postgres, PgArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Text(value) => query.bind(value.clone()),
        Value::Int(value) => query.bind(*value),
        Value::Real(value) => query.bind(*value),
        Value::Flag(value) => query.bind(*value),
    })
}

fn rows_sqlite(answer: sqlx::Result<Vec<sqlx::sqlite::SqliteRow>>) -> Result<Vec<Row>> {
    Ok(answer.map_err(translate)?.into_iter().map(|row| Row(Engine::Sqlite(row))).collect())
}

fn rows_postgres(answer: sqlx::Result<Vec<sqlx::postgres::PgRow>>) -> Result<Vec<Row>> {
    Ok(answer.map_err(translate)?.into_iter().map(|row| Row(Engine::Postgres(row))).collect())
}

/// Serialization failures, deadlocks and busy databases ask for another try (PostgreSQL appendix A; SQLite result codes).
pub(crate) fn translate(cause: sqlx::Error) -> Error {
    if let sqlx::Error::Database(told) = &cause {
        let code = told.code().unwrap_or_default();
        if matches!(&*code, "40001" | "40P01" | "5" | "6" | "261" | "517" | "773") {
            return Error::Retry;
        }
        // It stops, starts, lost the connection or has none left.
        if matches!(&*code, "57P01" | "57P02" | "57P03" | "53300") || code.starts_with("08") {
            return Error::Away(cause.to_string());
        }
        if told.is_unique_violation() || told.is_foreign_key_violation() || told.is_check_violation() {
            return Error::Conflict(told.constraint().unwrap_or(told.message()).to_owned());
        }
    }
    match cause {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Error::Away(cause.to_string()),
        other => Error::fault(other),
    }
}
