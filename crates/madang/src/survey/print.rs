//! What goes to the terminal: tables, small bars, colour only where somebody sees it.

use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Csv,
    Json,
}

/// Writes to standard output. A reader that went away (`| head`) is no error.
pub fn out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Bold on a terminal, plain in a file, a pipe or under `NO_COLOR` (no-color.org).
pub fn bold(text: &str) -> String {
    coloured(text, "1")
}

/// In a colour (SGR numbers, ECMA-48) under the same conditions.
pub fn coloured(text: &str, colours: &str) -> String {
    if colour() { format!("\u{1b}[{colours}m{text}\u{1b}[0m") } else { text.to_owned() }
}

fn colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The language of the terminal's reader, `ko` or `en`: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set
/// (POSIX, Base Definitions §8.2).
pub fn language() -> &'static str {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    if set.is_some_and(|value| value.to_string_lossy().starts_with("ko")) { "ko" } else { "en" }
}

/// A bar of `width` characters for a share from 0 to 1, in eighths of a character.
pub fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(EIGHTHS[eighths % 8]);
    let drawn = eighths / 8 + usize::from(!eighths.is_multiple_of(8));
    bar.push_str(&"·".repeat(width - drawn));
    bar
}

/// A table without a frame; `numeric` columns stand to the right.
pub fn table(header: &[&str], numeric: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).set_header(header);
    table.add_rows(rows);
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numeric.contains(&place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Rows as CSV.
pub fn csv(header: &[&str], rows: &[Vec<String>]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A value as indented JSON with a final line break.
pub fn json(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// What is wrong with a file, a line each on standard error; a list of a hundred lines helps nobody.
pub fn errors(errors: &[impl std::fmt::Display]) {
    const NAMED: usize = 20;
    errors.iter().take(NAMED).for_each(|error| eprintln!("  {error}"));
    if errors.len() > NAMED {
        eprintln!("  and {} more", errors.len() - NAMED);
    }
}

/// Why a file cannot be read, in words instead of the system's numbers.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_always_as_wide_as_asked() {
        for share in [-1.0, 0.0, 0.01, 0.33, 0.5, 0.999, 1.0, 7.0] {
            assert_eq!(bar(share, 12).chars().count(), 12, "{share}");
        }
        assert_eq!(bar(0.5, 4), "██··");
        assert_eq!(bar(1.0, 4), "████");
    }

    #[test]
    fn csv_quotes_what_must_be_quoted() {
        let text = csv(&["a", "b"], &[vec!["1".into(), "x, \"y\"".into()]]).expect("csv");
        assert_eq!(text, "a,b\n1,\"x, \"\"y\"\"\"\n");
    }
}
