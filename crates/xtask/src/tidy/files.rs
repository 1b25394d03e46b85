//! What may stand in a file, and how long it may be.

use std::path::Path;

use anyhow::Result;
use regex::Regex;

use super::{Findings, crate_of, tracked};

const LONGEST: usize = 400;

/// Longer files, each with its reason.
const LONG_FOR_A_REASON: &[(&str, &str)] = &[];

const EMPTY_NAMES: &[&str] = &["manager", "handler", "handlers", "util", "utils", "common", "helper", "helpers"];

const TEXT_ENDINGS: &[&str] = &["rs", "toml", "md", "ftl", "sql", "mjs", "ts", "js", "css", "py", "yml", "json"];

pub fn check(findings: &mut Findings) -> Result<()> {
    let rules = Rules::new()?;
    for file in tracked()? {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !TEXT_ENDINGS.contains(&ending) || file.to_string_lossy().contains("package-lock") || is_data(&file) {
            continue;
        }
        let text = std::fs::read_to_string(&file)?;
        whitespace(&file, &text, findings);
        match ending {
            "rs" => rules.rust(&file, &text, findings),
            "sql" => rules.migration(&file, &text, findings),
            _ => {}
        }
    }
    Ok(())
}

/// Facts and files of others, kept as they are.
fn is_data(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "data" || part.as_os_str() == "fixtures")
}

fn whitespace(file: &Path, text: &str, findings: &mut Findings) {
    for (number, line) in text.lines().enumerate() {
        if line.ends_with([' ', '\t']) {
            findings.add(format!("{}:{}", file.display(), number + 1), "no space at the end of a line");
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        findings.add(file.display(), "a file ends with a line break");
    }
}

struct Rules {
    sql: Regex,
    unportable: Regex,
    class: Regex,
    hangul: Regex,
    table: Regex,
}

impl Rules {
    fn new() -> Result<Rules> {
        Ok(Rules {
            sql: Regex::new(r#""\s*(SELECT [\w*(]|INSERT INTO |UPDATE \w+ SET|DELETE FROM )"#)?,
            unportable: Regex::new(r"INSERT OR REPLACE|ILIKE|FOR UPDATE SKIP LOCKED|pg_advisory")?,
            class: Regex::new(r#"\bclass=|\bclass\s*:\s*""#)?,
            hangul: Regex::new(r"[가-힣]")?,
            table: Regex::new(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")?,
        })
    }

    fn rust(&self, file: &Path, text: &str, findings: &mut Findings) {
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let home = crate_of(file).unwrap_or_default();
        let shown = file.display().to_string();
        if EMPTY_NAMES.contains(&name) {
            findings.add(&shown, "name it by what a person does or by what it is");
        }
        if text.lines().count() > LONGEST && !LONG_FOR_A_REASON.iter().any(|(long, _)| *long == shown) {
            findings.add(&shown, &format!("longer than {LONGEST} lines: split it by what people do"));
        }
        let tested = shown.contains("/tests/") || name == "tests" || home == "xtask" || home == "testkit";
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in product.lines().enumerate() {
            let place = format!("{shown}:{}", number + 1);
            let code = line.split("//").next().unwrap_or_default();
            if self.unportable.is_match(code) && !tested {
                findings.add(&place, "SQL must run on both engines");
            }
            if self.sql.is_match(code) && !tested && name != "store" && !home.starts_with("kernel-") {
                findings.add(&place, "SQL lives in store.rs");
            }
            if self.class.is_match(code) && !tested && (home.starts_with("system-") || home == "kernel-web") {
                findings.add(&place, "class names live in kernel-ui");
            }
            // Languages are called by their own names, whoever reads.
            let own_names = home == "kernel-language";
            if self.hangul.is_match(code)
                && !tested
                && !own_names
                && (home.starts_with("system-") || home.starts_with("kernel-"))
            {
                findings.add(&place, "words a person reads live in text/*.ftl");
            }
        }
    }

    fn migration(&self, file: &Path, text: &str, findings: &mut Findings) {
        let home = crate_of(file).unwrap_or_default();
        let prefix = home.split_once('-').map(|(_, name)| format!("{name}_")).unwrap_or_default();
        for found in self.table.captures_iter(text) {
            let table = found.get(1).map(|name| name.as_str()).unwrap_or_default();
            if !table.starts_with(&prefix) {
                findings.add(file.display(), &format!("table {table} must begin with {prefix}"));
            }
        }
    }
}
