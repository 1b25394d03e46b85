//! Lists the words of `data/words`, so that adding a language is adding a file.

use std::path::Path;
use std::{env, fs, io};

#[allow(clippy::disallowed_methods, reason = "cargo tells a build script its folders by the environment")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data/words");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut files: Vec<_> = fs::read_dir(Path::new(&root).join("data/words"))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        let code = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        list.push_str(&format!("({code:?}, include_str!({:?})),\n", path.display().to_string()));
    }
    list.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("words.rs"), list)
}
