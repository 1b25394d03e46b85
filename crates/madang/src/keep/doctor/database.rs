use kernel_store::Database;

use super::{Finding, Installation};
use crate::config::Config;
use madang::SYSTEMS;

/// The oldest PostgreSQL that its makers still mend.
const OLDEST_POSTGRES: u32 = 14;
/// Leases last a minute: nodes whose clocks differ by much of it take each other's jobs.
const MOST_SKEW_SECONDS: i64 = 5;

/// What to do when it cannot be opened.
pub fn reach(config: &Config) -> &'static str {
    match config.database() {
        Database::Sqlite(_) => "name the city's folder with --data, or start `madang serve` once to make a new city",
        Database::Postgres(_) => "check the address, whether PostgreSQL runs, and its pg_hba.conf",
    }
}

pub async fn schema(it: &Installation) -> Vec<Finding> {
    const CHECK: &str = "database";
    let Some(store) = &it.store else { return Vec::new() };
    let version = match store.engine_version().await {
        Ok(version) => version,
        Err(cause) => return vec![Finding::wrong(CHECK, cause.to_string(), reach(&it.config))],
    };
    let mut findings = vec![match store.engine() {
        "postgres" if major(&version) < OLDEST_POSTGRES => Finding::wrong(
            CHECK,
            format!("PostgreSQL {version} is not mended any more"),
            format!("upgrade to {OLDEST_POSTGRES} or newer"),
        ),
        engine => Finding::good(CHECK, format!("{engine} {version}")),
    }];
    const SCHEMA: &str = "schema";
    findings.push(match store.schema(&kernel_web::migrations(SYSTEMS)).await {
        Err(cause) => Finding::wrong(SCHEMA, cause.to_string(), "see there"),
        Ok(None) => {
            Finding::wrong(SCHEMA, "there is no city in this database", "start `madang serve` once, or restore")
        }
        Ok(Some(state)) if !state.unknown.is_empty() => Finding::wrong(
            SCHEMA,
            format!("a newer Madang was at work: {} unknown here", state.unknown.join(", ")),
            "use that version of Madang; a database is never taken back to an older one",
        ),
        Ok(Some(state)) if !state.changed.is_empty() => Finding::wrong(
            SCHEMA,
            format!("another build was at work: {} differ", state.changed.join(", ")),
            "use the release that made this database",
        ),
        Ok(Some(state)) if !state.missing.is_empty() => Finding::note(
            SCHEMA,
            format!("{} steps behind this program", state.missing.len()),
            "make a backup with the old program, then start `madang serve`: it brings the schema up to date",
        ),
        Ok(Some(_)) => Finding::good(SCHEMA, "up to date"),
    });
    findings
}

fn major(version: &str) -> u32 {
    version.split(['.', ' ']).next().and_then(|major| major.parse().ok()).unwrap_or_default()
}

pub async fn clock(it: &Installation) -> Vec<Finding> {
    const CHECK: &str = "clock";
    let Some(store) = &it.store else { return Vec::new() };
    let Ok(Some(theirs)) = store.engine_clock().await else { return Vec::new() };
    let apart = (theirs.0 - it.now.0).abs() / 1_000_000;
    vec![if apart > MOST_SKEW_SECONDS {
        let found = format!("this machine and the database are {apart} seconds apart");
        Finding::wrong(CHECK, found, "let both keep time by NTP (chrony, systemd-timesyncd)")
    } else {
        Finding::good(CHECK, "this machine and the database agree")
    }]
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_servers_version_begins_with_its_major_number() {
        assert_eq!((super::major("17.6 (Debian 17.6-1)"), super::major("14beta1"), super::major("9.6")), (17, 0, 9));
    }
}
