//! What every fuzz target does: look at a file, then read each of its layers. Neither may panic, hang or take memory.

use std::path::Path;

use map_formats::{Format, Limits, Options};

/// Reads `bytes` as one file of a format.
pub fn file(format: Format, ending: &str, bytes: &[u8]) {
    files(format, &[(ending, bytes)]);
}

/// Reads the first of several files that lie beside each other.
pub fn files(format: Format, parts: &[(&str, &[u8])]) {
    let Ok(folder) = tempfile::tempdir() else { return };
    for (ending, bytes) in parts {
        if std::fs::write(folder.path().join(format!("layer.{ending}")), bytes).is_err() {
            return;
        }
    }
    if let Some((ending, _)) = parts.first() {
        every_layer(&folder.path().join(format!("layer.{ending}")), format);
    }
}

fn every_layer(path: &Path, format: Format) {
    let limits =
        Limits { vertices: 100_000, record: 4 << 20, unpacked: 16 << 20, nodes: 1_000_000, ..Limits::default() };
    let options = Options { format: Some(format), limits, ..Options::default() };
    let Ok(look) = map_formats::look(path, &options) else { return };
    for layer in look.layers.into_iter().take(4) {
        let options = Options { layer: Some(layer.name.clone()), known: Some(layer), ..options.clone() };
        let report = map_formats::read(path, &options, &mut |_| Ok(()), &mut |_| {});
        if let Ok(report) = report {
            assert_eq!(report.read, report.accepted + report.rejected);
        }
    }
}
