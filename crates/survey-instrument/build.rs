//! Collects `data/<instrument>/{instrument.toml,<language>.toml}` into one table, so that adding an instrument or a translation is adding a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    println!("cargo::rerun-if-changed=data");
    let mut table = String::from("&[\n");
    for folder in sorted(&data)? {
        let definition = folder.join("instrument.toml");
        if !definition.is_file() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", folder.display());
        let _ = writeln!(table, "    Embedded {{ definition: include_str!({definition:?}), words: &[");
        for file in sorted(&folder)? {
            let language = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if file != definition && file.extension().is_some_and(|end| end == "toml") {
                println!("cargo::rerun-if-changed={}", file.display());
                let _ = writeln!(table, "        ({language:?}, include_str!({file:?})),");
            }
        }
        table.push_str("    ] },\n");
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?);
    fs::write(out.join("instruments.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
