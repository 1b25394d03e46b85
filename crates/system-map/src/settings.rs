//! What the configuration says about the map.

use std::path::PathBuf;

use kernel_web::City;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Folder of editions and of files on their way in. Nodes that share a database share it too.
    pub folder: PathBuf,
    /// The largest file that may be brought in by a page, in bytes.
    pub most_bytes: u64,
    /// Ready tiles kept in memory, in bytes; 0 makes every tile anew.
    pub tile_cache_bytes: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { folder: PathBuf::from("var/map"), most_bytes: 2 << 30, tile_cache_bytes: 64 << 20 }
    }
}

impl Settings {
    /// The map's part of the configuration.
    pub fn of(city: &City) -> Settings {
        let said = city.settings.rooms.get("map").cloned();
        let read = said.map(serde_json::from_value).transpose();
        read.unwrap_or_else(|cause| {
            tracing::error!(%cause, "the configuration of the map cannot be read; the usual one holds");
            None
        })
        .unwrap_or_default()
    }

    /// The folder of one edition of a layer.
    pub fn edition(&self, layer: &str, edition: &str) -> PathBuf {
        self.folder.join("layers").join(layer).join(edition)
    }

    /// The folder of one import: the file as it came, and what was rejected.
    pub fn incoming(&self, import: &str) -> PathBuf {
        self.folder.join("incoming").join(import)
    }
}
