//! Which city a command is about.

use std::path::PathBuf;

use clap::Args;
use kernel_store::{Database, Store};

use crate::config::Config;

#[derive(Debug, Args)]
pub struct Place {
    /// Configuration file; `madang config --example` prints one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder for everything that is written [default: ./var]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL instead of a file in the folder: postgres://user@host/name
    #[arg(long, value_name = "ADDRESS", env = "MADANG_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Place {
    /// The configuration with what the options say over it.
    pub fn config(&self) -> anyhow::Result<Config> {
        let mut config = self.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
        config.data.dir = self.data.clone().unwrap_or(config.data.dir);
        config.data.database = self.database.clone().unwrap_or(config.data.database);
        Ok(config)
    }
}

/// Opens the database of a city that is there; none is made.
pub async fn open(config: &Config) -> anyhow::Result<Store> {
    let database = config.database();
    if let Database::Sqlite(file) = &database
        && !file.exists()
    {
        anyhow::bail!("there is no city in {}: {} is missing", config.data.dir.display(), file.display());
    }
    Ok(Store::open(&database).await?)
}
