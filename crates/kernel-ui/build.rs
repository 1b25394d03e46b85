//! Watches the built assets, so that a new `npm run build` reaches the binary.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let manifest = Path::new("../../web/dist/manifest.json");
    // A missing path would rebuild everything every time; then only the folder above it is watched.
    let watched = if manifest.exists() { "../../web/dist/manifest.json" } else { "../../web" };
    println!("cargo::rerun-if-changed={watched}");
}
