//! The collected data sets, where there are any: `MADANG_DATASETS`, or `../shared/datasets` beside the project.

use std::path::{Path, PathBuf};

pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/datasets");
    let folder = std::env::var_os("MADANG_DATASETS").map_or_else(beside, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no {}", folder.display());
    None
}
