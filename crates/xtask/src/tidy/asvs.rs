//! The table of the security standard in the operator's guide: whole, counted, and resting on tests that are there.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use regex::Regex;

use super::Findings;

const TABLE: &str = "docs/operators/security.md";
/// The identifiers of levels 1 and 2, one a line.
const ASKED: &str = "docs/operators/asvs-5.0.0-level-2.txt";

pub fn check(findings: &mut Findings) -> Result<()> {
    let guide = read(Path::new(TABLE))?;
    let numbered = Regex::new(r"^\| \d+\.\d")?;
    let row = Regex::new(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (met|not applicable|open) \| ([^|]+) \|$")?;
    let asked = read(Path::new(ASKED))?;
    let mut missing: BTreeSet<&str> = asked.lines().collect();
    let mut counts = [("met", 0), ("not applicable", 0), ("open", 0)];
    for (number, line) in guide.lines().enumerate() {
        let place = format!("{TABLE}:{}", number + 1);
        if !numbered.is_match(line) {
            continue;
        }
        let Some((_, [id, state, shown])) = row.captures(line).map(|found| found.extract()) else {
            findings.add(place, "a row is: number, words, met / not applicable / open, where it is shown");
            continue;
        };
        if !missing.remove(id) {
            findings.add(&place, &format!("{id} is there twice, or is no requirement of levels 1 and 2"));
        }
        counts.iter_mut().filter(|(name, _)| *name == state).for_each(|(_, count)| *count += 1);
        let (proofs, wrong) = proofs(shown, &guide)?;
        wrong.iter().for_each(|what| findings.add(&place, what));
        if state == "met" && proofs == 0 {
            findings.add(&place, &format!("{id} is met: by which test, file or section?"));
        }
    }
    for id in missing {
        findings.add(TABLE, &format!("{id} is missing"));
    }
    let summary = counts.map(|(name, count)| format!("{count} {name}")).join(", ");
    if !guide.contains(&summary) {
        findings.add(TABLE, &format!("the summary must say: {summary}"));
    }
    Ok(())
}

/// How many tests, files and sections a row names, and what of it does not exist.
fn proofs(shown: &str, guide: &str) -> Result<(usize, Vec<String>)> {
    let code = Regex::new(r"`([^`]+)`")?;
    let link = Regex::new(r"\]\(([^)]+)\)")?;
    let mut named = 0;
    let mut wrong = Vec::new();
    let tests = code.captures_iter(shown).filter_map(|found| found.get(1)).map(|found| found.as_str());
    for test in tests.filter(|text| text.starts_with("e2e/") || text.contains("::")) {
        named += 1;
        let there = if test.starts_with("e2e/") { journey_is_there(test) } else { rust_test_is_there(test) };
        if !there {
            wrong.push(format!("there is no test {test}"));
        }
    }
    for place in link.captures_iter(shown).filter_map(|found| found.get(1)).map(|found| found.as_str()) {
        named += 1;
        let (file, section) = place.split_once('#').map_or((place, ""), |(file, section)| (file, section));
        let target = if file.is_empty() {
            guide.to_owned()
        } else {
            read(&Path::new("docs/operators").join(file)).unwrap_or_default()
        };
        if target.is_empty()
            || (!section.is_empty() && !target.lines().any(|line| anchor(line) == Some(section.to_owned())))
        {
            wrong.push(format!("{place} leads nowhere"));
        }
    }
    Ok((named, wrong))
}

/// What a heading is called in an address.
fn anchor(line: &str) -> Option<String> {
    let words = line.strip_prefix('#')?.trim_start_matches('#').trim().to_lowercase();
    Some(words.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).collect::<String>().replace(' ', "-"))
}

/// `e2e/journeys/secure.mjs: title`, or the name of a function in a Python file.
fn journey_is_there(test: &str) -> bool {
    let Some((file, title)) = test.split_once(": ") else { return false };
    let text = std::fs::read_to_string(file).unwrap_or_default();
    match file.ends_with(".py") {
        true => text.contains(&format!("def {title}(")),
        false => text.contains(&format!("test(\"{title}\"")),
    }
}

/// `crate::module::test_name`: the modules name the file, in `src` or in `tests`.
fn rust_test_is_there(test: &str) -> bool {
    let mut parts: Vec<&str> = test.split("::").collect();
    let (Some(name), false) = (parts.pop(), parts.is_empty()) else { return false };
    let folder = Path::new("crates").join(parts.remove(0));
    let inside = if parts.is_empty() { "lib".to_owned() } else { parts.join("/") };
    let files = [format!("src/{inside}.rs"), format!("src/{inside}/mod.rs"), format!("tests/{inside}.rs")];
    files.iter().any(|file| is_test(&std::fs::read_to_string(folder.join(file)).unwrap_or_default(), name))
}

/// Whether the text has a function of this name with a test's attribute above it.
fn is_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let beginning = format!("fn {name}(");
    let Some(at) = lines.iter().position(|line| line.trim_start_matches("async ").starts_with(&beginning)) else {
        return false;
    };
    lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).any(|line| line.contains("test"))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_functions_marked_as_tests_are_tests() {
        let text = "#[tokio::test]\n#[ignore]\nasync fn one() {}\nfn two() {}\n#[test]\nfn three() {}\n";
        assert!(is_test(text, "one") && is_test(text, "three"));
        assert!(!is_test(text, "two") && !is_test(text, "thre"));
    }

    #[test]
    fn a_heading_is_known_by_its_words() {
        assert_eq!(anchor("## What is protected, how"), Some("what-is-protected-how".to_owned()));
        assert_eq!(anchor("no heading"), None);
    }
}
