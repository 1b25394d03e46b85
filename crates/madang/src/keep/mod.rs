//! Keeping a city: backup and restore, verifying the audit trail, and what is wrong with an installation.

mod audit;
mod backup;
mod bar;
mod check;
mod doctor;
mod restore;

use std::path::Path;
use std::process::ExitCode;

pub use backup::{BackupArgs, run as backup};
pub use check::{CheckArgs, run as check};
pub use doctor::{DoctorArgs, run as doctor};
pub use restore::{RestoreArgs, run as restore};

/// Runs what waits for a database.
pub fn wait(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 row`, `1,234 rows`.
fn counted(number: u64, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// `12.3 MB`.
fn size_of(file: &Path) -> String {
    let bytes = std::fs::metadata(file).map(|about| about.len()).unwrap_or_default();
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// What a backup holds, in one line.
fn described(contents: &kernel_store::Contents) -> String {
    format!(
        "{} in {}, {}, {}",
        counted(contents.rows(), "row"),
        counted(contents.tables() as u64, "table"),
        counted(contents.files() as u64, "file"),
        if contents.has_key() { "the master key" } else { "no master key" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_counted() {
        assert_eq!((grouped(7).as_str(), grouped(1_234_567).as_str()), ("7", "1,234,567"));
        assert_eq!((counted(1, "row").as_str(), counted(1000, "row").as_str()), ("1 row", "1,000 rows"));
    }
}
