//! What the tests need on the machine beside Rust, Node and Python.

use anyhow::{Result, bail};

use crate::shell;

/// Program that must be there, and the Debian package that brings it.
const PROGRAMS: &[(&str, &str)] = &[
    ("chromium", "chromium"),
    ("cs2cs", "proj-bin"),
    ("nginx", "nginx"),
    ("ogrinfo", "gdal-bin"),
    ("openssl", "openssl"),
    ("pdftotext", "poppler-utils"),
    ("wget", "wget"),
];

/// Fonts the screenshots and the PDF need; a file of each and its package.
const FONTS: &[(&str, &str)] = &[
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
    ("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", "fonts-noto-core"),
];

/// Installs what is missing when it may, otherwise says exactly what to install.
pub fn prepare() -> Result<()> {
    let mut missing: Vec<&str> = Vec::new();
    missing.extend(PROGRAMS.iter().filter(|(program, _)| shell::find(program).is_none()).map(|(_, package)| package));
    missing.extend(FONTS.iter().filter(|(file, _)| !std::path::Path::new(file).exists()).map(|(_, package)| package));
    if crate::postgres::folder().is_none() {
        missing.push("postgresql");
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    if shell::find("cargo-nextest").is_none() {
        shell::run(&["cargo", "install", "cargo-nextest", "--locked"])?;
    }
    if shell::find("cargo-deny").is_none() {
        shell::run(&["cargo", "install", "cargo-deny", "--locked", "--version", "0.20.2"])?;
    }
    Ok(())
}

fn install(packages: &[&str]) -> Result<()> {
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !is_root() || shell::find("apt-get").is_none() {
        bail!("the tests need more on this machine; on Debian: sudo {command}");
    }
    let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
    shell::run_in(std::path::Path::new("."), &["apt-get", "update", "-q"], &quiet)?;
    let words: Vec<&str> = command.split(' ').collect();
    shell::run_in(std::path::Path::new("."), &words, &quiet)
}

pub fn is_root() -> bool {
    std::process::Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout == b"0\n")
}
