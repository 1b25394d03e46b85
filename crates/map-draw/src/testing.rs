//! What tests of several files share.

use std::borrow::Cow;
use std::path::Path;

use geo_types::Geometry;
use map_feature::{Bounds, Value};

use crate::canvas::Ink;
use crate::fonts::Weight;
use crate::label::Look;
use crate::{Colour, Fonts, Source};

pub fn look() -> Look {
    Look {
        ink: Ink { colour: Colour::BLACK, size: 12.0, halo: Colour::CLEAR, halo_width: 0.0 },
        weight: Weight::Regular,
        max_width: 10.0,
        line_height: 1.2,
        spacing: 0.0,
        padding: 2.0,
        anchor: (0.0, 0.0),
        offset: (0.0, 0.0),
        justify: 0.0,
        repeat: 250.0,
        overlaps: false,
        ignored: false,
    }
}

/// The web's fonts, when `web/dist` was built.
pub fn fonts() -> Option<Fonts> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    let manifest = std::fs::read_to_string(dist.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    let css = std::fs::read_to_string(dist.join(manifest["fonts.css"].as_str()?)).ok()?;
    let fonts = Fonts::of_style_sheet(&css, &|name| std::fs::read(dist.join(name)).ok().map(Cow::Owned));
    (!fonts.is_empty()).then_some(fonts)
}

pub type Feature = (Geometry<f64>, Vec<(&'static str, Value)>);

/// Features of one layer, named `data`.
pub struct Features(pub Vec<Feature>);

impl Source for Features {
    fn features(&self, layer: &str, area: Bounds, _: f64, take: &mut crate::Take) {
        for (geometry, values) in self.0.iter().filter(|_| layer == "data") {
            let bounds = geo::BoundingRect::bounding_rect(geometry).map(Bounds::from);
            if bounds.is_some_and(|bounds| bounds.meets(area)) {
                take(
                    &|name| values.iter().find(|(key, _)| *key == name).map_or(Value::Null, |(_, value)| value.clone()),
                    geometry,
                );
            }
        }
    }
}
