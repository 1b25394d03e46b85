use std::time::Duration;

use data_encoding::HEXLOWER;
use kernel_base::{Error, Result};
use sha2::{Digest, Sha256};

use crate::store::Store;
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

/// Nodes that start at the same moment try the same step; all but one are refused and look again.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// Engines whose name may end a migration's name.
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Whether this engine runs the file of this name.
fn is_for(name: &str, engine: &str) -> bool {
    name.rsplit_once('.').is_none_or(|(_, ending)| ending == engine || !ENGINES.contains(&ending))
}

impl Store {
    /// Brings the schema up to date: each file in a transaction of its own, so that a kill leaves whole steps only.
    pub async fn migrate(&self, systems: &[Migrations]) -> Result<()> {
        for system in systems {
            for (name, sql) in system.files.iter().filter(|(name, _)| is_for(name, self.engine())) {
                self.step(system.system, name, sql).await?;
            }
        }
        Ok(())
    }

    /// PostgreSQL tells the later of two nodes that a table is there already, in whichever words its catalogue has then.
    async fn step(&self, system: &'static str, name: &'static str, sql: &'static str) -> Result<()> {
        for _ in 1..TRIES {
            match self.try_step(system, name, sql).await {
                Err(Error::Conflict(_) | Error::Retry | Error::Fault(_)) => tokio::time::sleep(PAUSE).await,
                done => return done,
            }
        }
        self.try_step(system, name, sql).await
    }

    async fn try_step(&self, system: &'static str, name: &'static str, sql: &'static str) -> Result<()> {
        let digest = HEXLOWER.encode(&Sha256::digest(sql));
        let mut tx = self.begin().await?;
        tx.script(LEDGER).await?;
        match tx.one(FIND, &[text(system), text(name)]).await? {
            Some(row) if row.text("digest")? != digest => Err(Error::Refused(format!(
                "migration {system}/{name} is not the one that this database was built with; use the release that made it"
            ))),
            Some(_) => Ok(()),
            None => {
                tx.script(sql).await?;
                tx.exec(NOTE, &[text(system), text(name), text(digest)]).await?;
                tx.commit().await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_for;

    #[test]
    fn a_file_for_one_engine_is_left_alone_by_the_other() {
        assert!(is_for("0001_record", "sqlite") && is_for("0001_record", "postgres"));
        assert!(is_for("0003_append_only.sqlite", "sqlite") && !is_for("0003_append_only.sqlite", "postgres"));
    }
}
