//! `./test`: everything that must hold, in the order in which it fails fastest.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::postgres::Cluster;
use crate::{assets, machine, shell, tidy};

pub const PARTS: &[&str] = &["style", "licences", "rust", "browser", "standards"];

pub fn run(parts: &[&str]) -> Result<()> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        bail!("there is no part `{unknown}`; ./test [{}]", PARTS.join("|"));
    }
    machine::prepare()?;
    assets::build()?;
    for part in PARTS.iter().filter(|part| parts.is_empty() || parts.contains(part)) {
        let began = Instant::now();
        eprintln!("\n━━ {part}");
        match *part {
            "style" => style(),
            "licences" => shell::run(&["cargo", "deny", "--offline", "check", "bans", "licenses", "sources"]),
            "rust" => rust(),
            "browser" => browser(),
            _ => standards(),
        }
        .with_context(|| format!("./test {part}"))?;
        eprintln!("━━ {part}: good, {} s", began.elapsed().as_secs());
    }
    Ok(())
}

fn style() -> Result<()> {
    tidy::check()?;
    shell::run(&["cargo", "fmt", "--all", "--check"])?;
    shell::run(&["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
}

fn rust() -> Result<()> {
    // Validators of others that unit tests ask too.
    programs()?;
    let cluster = Cluster::start()?;
    let environment = [("MADANG_TEST_POSTGRES", cluster.address())];
    let mut environment: Vec<(&str, &str)> = environment.iter().map(|(key, value)| (*key, value.as_str())).collect();
    shell::run_in(
        Path::new("."),
        &["cargo", "nextest", "run", "--workspace", "--locked", "--no-fail-fast"],
        &environment,
    )?;
    // Whole acts once more, on PostgreSQL.
    environment.push(("MADANG_TEST_ENGINE", "postgres"));
    shell::run_in(Path::new("."), &["cargo", "nextest", "run", "--workspace", "--locked", "-E", TWICE], &environment)
}

/// Chosen by a filter, not by `-p`: another selection of crates would build every dependency again.
const TWICE: &str = "package(system-survey) or package(kernel-letters) or package(system-letters)";

/// The built binary in a real browser, and several of it together.
fn browser() -> Result<()> {
    let binary = binary()?;
    let cluster = Cluster::start()?;
    let environment = [("MADANG", binary.as_str()), ("MADANG_TEST_POSTGRES", &cluster.address())];
    shell::run_in(programs()?, &["npm", "test"], &environment)
}

/// The folder of the journeys, with the programs of others that they need.
fn programs() -> Result<&'static Path> {
    let e2e = Path::new("e2e");
    // A program that a later commit needs is not there yet.
    if !e2e.join("node_modules/@maplibre/maplibre-gl-style-spec").exists() {
        shell::run_in(e2e, &["npm", "ci", "--no-audit", "--no-fund"], &[])?;
    }
    Ok(e2e)
}

/// Clients and validators that others wrote.
fn standards() -> Result<()> {
    let binary = binary()?;
    programs()?;
    let python = shell::target().join("standards-python");
    let program = python.join("bin/python");
    if !program.exists() {
        shell::run(&["python3", "-m", "venv", &python.to_string_lossy()])?;
    }
    let program = std::path::absolute(program)?.to_string_lossy().into_owned();
    let folder = Path::new("e2e/standards");
    shell::run_in(folder, &[&program, "-m", "pip", "install", "-q", "-r", "requirements.txt"], &[])?;
    shell::run_in(folder, &[&program, "-m", "pytest", "-q", "-rs"], &[("MADANG", &binary)])
}

fn binary() -> Result<String> {
    shell::run(&["cargo", "build", "--locked", "-p", "madang"])?;
    Ok(std::path::absolute(shell::target().join("debug/madang"))?.to_string_lossy().into_owned())
}
