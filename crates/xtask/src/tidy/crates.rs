//! Who may depend on whom.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Findings;

/// Crates that judge and compute.
const OFFLINE: &[&str] = &["survey-assess", "survey-instrument", "survey-statistics", "survey-archive"];

/// Crates that may open a connection; those above must not reach them.
const NETWORK: &[&str] =
    &["hyper", "hyper-util", "reqwest", "tokio", "outbound", "survey-capture", "survey-browser", "rustls"];

pub fn check(findings: &mut Findings) -> Result<()> {
    workspace_dependencies_say_why(findings)?;
    for entry in std::fs::read_dir("crates")? {
        let folder = entry?.path();
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let manifest = folder.join("Cargo.toml");
        let table = read(&manifest)?;
        for (section, normal) in [("dependencies", true), ("dev-dependencies", false), ("build-dependencies", true)] {
            let Some(dependencies) = table.get(section).and_then(Value::as_table) else { continue };
            for (dependency, how) in dependencies {
                if how.get("workspace").and_then(Value::as_bool) != Some(true) {
                    findings.add(manifest.display(), &format!("{dependency}: versions stand once, in the workspace"));
                }
                if normal {
                    direction(&name, dependency, &manifest, findings);
                }
            }
        }
    }
    Ok(())
}

fn direction(name: &str, dependency: &str, manifest: &Path, findings: &mut Findings) {
    let mut refuse = |rule: &str| findings.add(manifest.display(), &format!("{dependency}: {rule}"));
    let is = |crate_name: &str, layer: &str| crate_name.starts_with(layer);
    if is(dependency, "system-") && name != "madang" {
        refuse("only madang names the systems");
    }
    let engine = |crate_name: &str| is(crate_name, "survey-") || is(crate_name, "map-");
    if is(name, "kernel-") && (is(dependency, "system-") || engine(dependency)) {
        refuse("the kernel knows no system");
    }
    if engine(name) && (is(dependency, "system-") || is(dependency, "kernel-")) {
        refuse("engines know neither the portal nor the kernel");
    }
    if is(name, "survey-") && is(dependency, "map-") || is(name, "map-") && is(dependency, "survey-") {
        refuse("the engines of two systems do not meet");
    }
    if name == "contracts" && (is(dependency, "kernel-") || engine(dependency)) {
        refuse("contracts holds data, nothing else");
    }
    let room = |layer: &&str| is(dependency, layer);
    if name == "outbound" && ["kernel-", "survey-", "map-", "system-", "contracts"].iter().any(room) {
        refuse("the way out serves all rooms and knows none");
    }
    if OFFLINE.contains(&name) && NETWORK.contains(&dependency) {
        refuse("judgement reads the archive alone, statistics what they are given: no network below them");
    }
    if dependency == "survey-browser" && !["survey-capture", "madang"].contains(&name) {
        refuse("the browser stays in one room");
    }
    if dependency == "sqlx" && name != "kernel-store" {
        refuse("SQL drivers stay behind kernel-store");
    }
    // A GeoPackage is a SQLite file by its standard: read and written as a format, never the city's data.
    if dependency == "rusqlite" && name != "map-formats" {
        refuse("SQL drivers stay behind kernel-store; GeoPackages are read in map-formats");
    }
}

fn workspace_dependencies_say_why(findings: &mut Findings) -> Result<()> {
    let text = std::fs::read_to_string("Cargo.toml")?;
    let table = read(Path::new("Cargo.toml"))?;
    let known: BTreeSet<String> = table
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(Value::as_table)
        .map(|dependencies| dependencies.keys().cloned().collect())
        .unwrap_or_default();
    let mut explained = false;
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        }
        if !inside {
            continue;
        }
        if line.is_empty() {
            explained = false;
        }
        explained |= line.starts_with('#');
        let name = line.split([' ', '=']).next().unwrap_or_default();
        if known.contains(name) && !explained {
            findings.add(format!("Cargo.toml:{}", number + 1), &format!("{name}: say why it is there"));
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    text.parse().with_context(|| format!("{} is not TOML", file.display()))
}
