use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

/// What `npm run build` left in `web/dist`; empty in a checkout that was not built, and pages are plain then.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Plain name (`city.css`) to hashed name (`city-3F2A.css`).
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file = Dist::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// One file as it goes over the wire.
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// `br` or `gzip` when the bytes are compressed.
    pub encoding: Option<&'static str>,
}

/// Whether styles and scripts were built into this binary.
pub fn assets_present() -> bool {
    !MANIFEST.is_empty()
}

/// The address of an asset by its plain name, e.g. `city.css`; `None` when it was not built.
pub fn asset_address(name: &str) -> Option<String> {
    MANIFEST.get(name).map(|hashed| format!("/assets/{hashed}"))
}

/// The file in the best encoding that the reader's `Accept-Encoding` allows.
pub fn asset_file(hashed: &str, accept_encoding: &str) -> Option<Asset> {
    let wants = |name: &str| accept_encoding.split(',').any(|part| part.split(';').next().map(str::trim) == Some(name));
    for (name, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if wants(name)
            && let Some(file) = Dist::get(&format!("{hashed}{suffix}"))
        {
            return Some(Asset { bytes: file.data, encoding: Some(name) });
        }
    }
    Dist::get(hashed).map(|file| Asset { bytes: file.data, encoding: None })
}

/// The style sheet's own text; `None` when it was not built.
pub(crate) fn style() -> Option<&'static str> {
    static STYLE: LazyLock<Option<String>> = LazyLock::new(|| {
        let file = Dist::get(MANIFEST.get("city.css")?)?;
        String::from_utf8(file.data.into_owned()).ok()
    });
    STYLE.as_deref()
}

/// The world's land as an SVG path in the frame of [`crate::map`]; `None` when it was not built.
pub(crate) fn land_path() -> Option<&'static str> {
    static LAND: LazyLock<Option<String>> = LazyLock::new(|| {
        let file = Dist::get(MANIFEST.get("world.path")?)?;
        String::from_utf8(file.data.into_owned()).ok()
    });
    LAND.as_deref()
}
