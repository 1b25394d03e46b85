use std::time::Duration;

use data_encoding::HEXLOWER;
use kernel_base::{Error, Result};
use sha2::{Digest, Sha256};

use crate::store::{Store, Tx};
use crate::text;

/// The schema steps of one system, in order; a file that ran once never changes.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// Prefix of all its tables.
    pub system: &'static str,
    /// Name (`0001_scorecards`) and SQL text. Where the engines need different words, two files stand side by side:
    /// `0002_append_only.sqlite` and `0002_append_only.postgres`; each engine runs its own.
    pub files: &'static [(&'static str, &'static str)],
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS store_migration (
    system TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (system, name))";
const FIND: &str = "SELECT digest FROM store_migration WHERE system = $1 AND name = $2";
const NOTE: &str = "INSERT INTO store_migration (system, name, digest) VALUES ($1, $2, $3)";
const ALL: &str = "SELECT system, name, digest FROM store_migration ORDER BY system, name";

/// Nodes that start at the same moment try the same step; all but one are refused and look again.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// Engines whose name may end a migration's name.
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

impl Migrations {
    /// The files that this engine runs.
    pub(crate) fn for_engine<'a>(
        &self,
        engine: &'a str,
    ) -> impl Iterator<Item = (&'static str, &'static str)> + use<'a> {
        self.files.iter().copied().filter(move |(name, _)| stem(name) == *name || name.ends_with(engine))
    }
}

/// A migration's name without the engine's.
pub(crate) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ENGINES.contains(&ending) => stem,
        _ => name,
    }
}

pub(crate) fn digest(sql: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(sql))
}

/// How a database's schema stands to this program's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaState {
    /// Steps that have not run yet.
    pub missing: Vec<String>,
    /// Steps that ran and are unknown here: a newer program was at work.
    pub unknown: Vec<String>,
    /// Steps that ran in another wording than here.
    pub changed: Vec<String>,
}

impl Store {
    /// Brings the schema up to date: each file in a transaction of its own, so that a kill leaves whole steps only.
    pub async fn migrate(&self, systems: &[Migrations]) -> Result<()> {
        for system in systems {
            for (name, sql) in system.for_engine(self.engine()) {
                self.step(system.system, name, sql).await?;
            }
        }
        Ok(())
    }

    /// PostgreSQL tells the later of two nodes that a table is there already, in whichever words its catalogue has then.
    async fn step(&self, system: &'static str, name: &'static str, sql: &'static str) -> Result<()> {
        for _ in 1..TRIES {
            match self.try_step(system, name, sql).await {
                Err(Error::Conflict(_) | Error::Retry | Error::Away(_) | Error::Fault(_)) => {
                    tokio::time::sleep(PAUSE).await
                }
                done => return done,
            }
        }
        self.try_step(system, name, sql).await
    }

    async fn try_step(&self, system: &'static str, name: &'static str, sql: &'static str) -> Result<()> {
        let mut tx = self.begin().await?;
        tx.script(LEDGER).await?;
        match tx.step(system, name, sql).await? {
            true => tx.commit().await,
            false => Ok(()),
        }
    }

    /// Compares without changing anything; `None` when there is no city in this database.
    pub async fn schema(&self, systems: &[Migrations]) -> Result<Option<SchemaState>> {
        let mut snapshot = self.snapshot().await?;
        if !snapshot.tables(&["store"]).await?.iter().any(|table| table.name == "store_migration") {
            return Ok(None);
        }
        let mut state = SchemaState::default();
        let mut ran = Vec::new();
        for row in snapshot.all(ALL.to_owned()).await? {
            ran.push((row.text("system")?, row.text("name")?, row.text("digest")?));
        }
        let known: Vec<_> = systems
            .iter()
            .flat_map(|system| system.for_engine(self.engine()).map(|(name, sql)| (system.system, name, digest(sql))))
            .collect();
        for (system, name, digest) in &known {
            match ran.iter().find(|step| step.0 == *system && step.1 == *name) {
                None => state.missing.push(format!("{system}/{name}")),
                Some(step) if step.2 != *digest => state.changed.push(format!("{system}/{name}")),
                Some(_) => {}
            }
        }
        let unknown =
            ran.iter().filter(|step| !known.iter().any(|(system, name, _)| step.0 == *system && step.1 == *name));
        state.unknown = unknown.map(|(system, name, _)| format!("{system}/{name}")).collect();
        Ok(Some(state))
    }
}

impl Tx {
    /// Runs the steps that are wanted and have not run yet, all in this transaction.
    pub(crate) async fn migrate(&mut self, systems: &[Migrations], wanted: impl Fn(&str, &str) -> bool) -> Result<()> {
        self.script(LEDGER).await?;
        let engine = if self.is_sqlite() { "sqlite" } else { "postgres" };
        for system in systems {
            for (name, sql) in system.for_engine(engine).filter(|(name, _)| wanted(system.system, name)) {
                self.step(system.system, name, sql).await?;
            }
        }
        Ok(())
    }

    /// Runs one step unless it ran before; answers whether it did.
    async fn step(&mut self, system: &'static str, name: &'static str, sql: &'static str) -> Result<bool> {
        let digest = digest(sql);
        match self.one(FIND, &[text(system), text(name)]).await? {
            Some(row) if row.text("digest")? != digest => Err(Error::Refused(format!(
                "migration {system}/{name} is not the one that this database was built with; use the release that made it"
            ))),
            Some(_) => Ok(false),
            None => {
                self.script(sql).await?;
                self.exec(NOTE, &[text(system), text(name), text(digest)]).await?;
                Ok(true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_one_engine_is_left_alone_by_the_other() {
        let both = Migrations { system: "x", files: &[("0001_a", ""), ("0002_b.sqlite", ""), ("0002_b.postgres", "")] };
        let names = |engine| both.for_engine(engine).map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("sqlite"), ["0001_a", "0002_b.sqlite"]);
        assert_eq!(names("postgres"), ["0001_a", "0002_b.postgres"]);
        assert_eq!((stem("0002_b.postgres"), stem("0001_a")), ("0002_b", "0001_a"));
    }
}
