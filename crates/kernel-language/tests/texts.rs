//! Holds all languages of all crates to the same keys and variables, and every key to a use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Keys and the variables of each, of one text file.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// The folder of all crates; a path in the repository, not in a release.
fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn keys(path: &Path) -> Keys {
    let variable = Regex::new(r"\{\s*\$([a-z-]+)").expect("a pattern");
    let key = Regex::new(r"^([a-z][a-z0-9-]*) *=").expect("a pattern");
    let mut found = Keys::new();
    let mut current = String::new();
    for line in fs::read_to_string(path).unwrap_or_default().lines().filter(|line| !line.starts_with('#')) {
        if let Some(begins) = key.captures(line) {
            current = begins[1].to_owned();
            assert!(
                found.insert(current.clone(), BTreeSet::new()).is_none(),
                "{} twice in {}",
                current,
                path.display()
            );
        }
        let used = variable.captures_iter(line).map(|used| used[1].to_owned());
        found.entry(current.clone()).or_default().extend(used);
    }
    found.remove("");
    found
}

/// Folders of texts: each crate's own, and one for each room of a large crate.
fn speaking() -> Vec<PathBuf> {
    let inside = |folder: &Path| {
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect::<Vec<_>>()
    };
    let own = inside(&crates()).into_iter().map(|folder| folder.join("text"));
    let all = own.flat_map(|folder| inside(&folder).into_iter().chain([folder]));
    let mut speaking: Vec<PathBuf> = all.filter(|folder| folder.join("en.ftl").exists()).collect();
    speaking.sort();
    assert!(speaking.len() >= 2, "kernel-ui and kernel-web at least");
    speaking
}

/// All Rust source of all crates: keys of one crate may be used by another (`search-kind-…`).
fn source() -> String {
    fn read(folder: &Path, all: &mut String) {
        for path in fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                read(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                all.push_str(&fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    let mut all = String::new();
    for entry in fs::read_dir(crates()).expect("the crates").filter_map(Result::ok) {
        read(&entry.path().join("src"), &mut all);
    }
    all
}

#[test]
fn korean_has_the_keys_and_variables_of_english() {
    for folder in speaking() {
        let (english, korean) = (keys(&folder.join("en.ftl")), keys(&folder.join("ko.ftl")));
        let name = folder.display();
        let missing: Vec<_> = english.keys().filter(|key| !korean.contains_key(*key)).collect();
        let surplus: Vec<_> = korean.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{name}: not in Korean: {missing:?}");
        assert!(surplus.is_empty(), "{name}: only in Korean: {surplus:?}");
        for (key, variables) in &english {
            assert_eq!(variables, &korean[key], "{name}: variables of {key}");
        }
    }
}

#[test]
fn arabic_has_the_whole_shell_and_nothing_that_english_has_not() {
    for folder in speaking() {
        let (english, arabic) = (keys(&folder.join("en.ftl")), keys(&folder.join("ar.ftl")));
        let surplus: Vec<_> = arabic.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(surplus.is_empty(), "{}: only in Arabic: {surplus:?}", folder.display());
        if folder.ends_with("kernel-ui/text") || folder.ends_with("kernel-web/text") {
            let missing: Vec<_> = english.keys().filter(|key| !arabic.contains_key(*key)).collect();
            assert!(missing.is_empty(), "{}: not in Arabic: {missing:?}", folder.display());
        }
    }
}

#[test]
fn every_key_that_the_code_says_exists() {
    let known: BTreeSet<String> =
        speaking().iter().flat_map(|folder| keys(&folder.join("en.ftl")).into_keys()).collect();
    let said = Regex::new(r#"\.t(?:_with)?\(\s*"([a-z0-9-]+)""#).expect("a pattern");
    let source = source();
    let unknown: BTreeSet<&str> = said
        .captures_iter(&source)
        .filter_map(|found| found.get(1))
        .map(|key| key.as_str())
        // Examples in documentation and tests end in no crate's text.
        .filter(|key| !known.contains(*key) && !key.starts_with("example-"))
        .collect();
    assert!(unknown.is_empty(), "said but not written: {unknown:?}");
}

#[test]
fn every_key_is_used() {
    let source = source();
    let literal = Regex::new(r#""([^"\n]*)""#).expect("a pattern");
    let literals: BTreeSet<&str> =
        literal.captures_iter(&source).filter_map(|found| found.get(1)).map(|m| m.as_str()).collect();
    // `format!("{key}-advice")` and `format!("survey-state-{}")`: the written part must fit an end or the beginning.
    let patterns: Vec<Regex> = literals
        .iter()
        .filter(|text| {
            text.contains('{')
                && text.contains('-')
                && text.chars().all(|c| c.is_ascii_lowercase() || "-{}_.0123456789".contains(c))
        })
        .filter_map(|text| {
            let placeholder = Regex::new(r"\\\{[a-z_.]*\\\}").expect("a pattern");
            let quoted = regex::escape(text);
            Regex::new(&format!("^{}$", placeholder.replace_all(&quoted, "[a-z0-9-]+"))).ok()
        })
        .collect();
    let mut unused = Vec::new();
    for folder in speaking() {
        for key in keys(&folder.join("en.ftl")).into_keys() {
            if !literals.contains(key.as_str()) && !patterns.iter().any(|pattern| pattern.is_match(&key)) {
                unused.push(key);
            }
        }
    }
    assert!(unused.is_empty(), "written but never said: {unused:?}");
}
