//! Layers as they are drawn, by the server's pictures, its paper and the browser's map alike: which theme, which colours,
//! what they mean, and which features a reader may see of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use geo_types::Geometry;
use kernel_ui::{asset_address, asset_file};
use kernel_web::{Failure, Visit};
use map_draw::looks::{Dataset, Look, Shown, Theme, Words, data_layer};
use map_draw::{Fonts, Source, Take};
use map_feature::{Bounds, Value};
use map_segment::{Ask, Row, RowAccess};

use crate::layer::Use;
use crate::ogc::{Sieve, title};
use crate::served::Seen;

/// Features whose values make the classes of a theme.
const LOOKED_AT: u64 = 20_000;

/// The layer of a shape that is no layer's.
pub const OWN: &str = "own-shape";

/// The letters of the portal, unpacked when a picture first needs them.
struct Letters(Arc<Fonts>);

impl Default for Letters {
    fn default() -> Letters {
        let css = asset_address("fonts.css").and_then(|address| asset_file(address.rsplit('/').next()?, ""));
        let css = css.map(|css| String::from_utf8_lossy(&css.bytes).into_owned()).unwrap_or_default();
        Letters(Arc::new(Fonts::of_style_sheet(&css, &|name| asset_file(name, "").map(|file| file.bytes))))
    }
}

pub fn fonts(visit: &Visit) -> Arc<Fonts> {
    visit.city.memory(Letters::default).0.clone()
}

/// A field by its name, when this reader may see it.
fn visible(seen: &Seen, name: &str) -> Option<usize> {
    let layer = &seen.served.layer;
    layer.schema.position(name).filter(|at| layer.fields(&seen.mask).contains(at))
}

/// The field that tells a theme's things apart.
fn field_of(theme: &Theme) -> Option<&str> {
    match theme {
        Theme::Plain { .. } => None,
        Theme::Graduated { field, .. } | Theme::Categories { field, .. } | Theme::Circles { field, .. } => Some(field),
    }
}

/// The theme that is wished for, else the layer's own, else plain; never one of a field that the reader does not see.
pub fn theme_of(seen: &Seen, wished: Option<&Theme>) -> Theme {
    let plain = Theme::Plain { colour: None };
    let own = || serde_json::from_str(&seen.served.layer.look).ok();
    let theme = wished.cloned().or_else(own).unwrap_or_else(|| plain.clone());
    if field_of(&theme).is_some_and(|field| visible(seen, field).is_none()) { plain } else { theme }
}

/// A layer's part of a style, and its legend.
///
/// # Errors
/// When the layer cannot be read.
pub fn shown(visit: &Visit, look: Look, seen: &Seen, wished: Option<&Theme>) -> Result<Shown, Failure> {
    let layer = &seen.served.layer;
    let mut theme = theme_of(seen, wished);
    let at = field_of(&theme).and_then(|field| visible(seen, field));
    let mut numbers = Vec::new();
    match (&mut theme, at) {
        (Theme::Graduated { .. } | Theme::Circles { .. }, Some(at)) => numbers = numbers_of(seen, at)?,
        (Theme::Categories { values, .. }, Some(at)) if values.is_empty() => *values = commonest(seen, at)?,
        _ => {}
    }
    let label = layer.label_field().map(|at| layer.schema.fields[at].name.as_str());
    let dataset = Dataset {
        layer: &layer.name,
        source: &layer.name,
        geometry: layer.schema.geometry,
        title: title(visit, layer),
        label: label.filter(|label| visible(seen, label).is_some()),
        language: visit.language.code,
    };
    let (other, no_value) = (visit.t("map-legend-other"), visit.t("map-legend-none"));
    let words = Words { number: &|number| visit.decimal(number, 1), other: &other, no_value: Some(&no_value) };
    Ok(data_layer(look, &dataset, &theme, &numbers, &words))
}

/// The values of a field, of so many features as suffice for classes.
pub fn values(seen: &Seen, at: usize) -> Result<Vec<Value>, Failure> {
    let sieve = Sieve::of(&seen.served.layer, &seen.mask)?;
    let passes = |row: &Row<'_>| sieve.passes(row);
    let test = if sieve.is_open() { None } else { Some(&passes as &dyn Fn(&Row<'_>) -> bool) };
    let found = seen.served.live.items(&Ask { test, limit: LOOKED_AT, ..Ask::default() });
    let found = found.map_err(kernel_base::Error::fault)?;
    Ok(found
        .features
        .into_iter()
        .filter_map(|mut found| found.feature.values.get_mut(at).map(std::mem::take))
        .collect())
}

fn numbers_of(seen: &Seen, at: usize) -> Result<Vec<f64>, Failure> {
    #[allow(clippy::cast_precision_loss)]
    let number = |value| match value {
        Value::Number(number) => Some(number),
        Value::Integer(number) => Some(number as f64),
        _ => None,
    };
    Ok(values(seen, at)?.into_iter().filter_map(number).collect())
}

/// The values that occur, the most frequent first.
fn commonest(seen: &Seen, at: usize) -> Result<Vec<String>, Failure> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values(seen, at)?.into_iter().filter(|value| !value.is_null()) {
        *counts.entry(value.to_string()).or_default() += 1;
    }
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(all.into_iter().map(|(value, _)| value).collect())
}

/// The layers of a picture, each with what may be shown of it.
#[derive(Default)]
pub struct Drawn {
    layers: HashMap<String, (Seen, Sieve, Vec<usize>)>,
    own: Option<Geometry<f64>>,
}

impl Drawn {
    /// Everything that the reader may see, and that passes `narrow`.
    ///
    /// # Errors
    /// As [`Sieve::of`].
    pub fn add(&mut self, seen: Seen, narrow: impl FnOnce(&Seen, &mut Sieve)) -> Result<(), Failure> {
        let mut sieve = Sieve::of(&seen.served.layer, &seen.mask)?;
        narrow(&seen, &mut sieve);
        let (name, fields) = (seen.served.layer.name.clone(), seen.served.layer.fields(&seen.mask));
        self.layers.insert(name, (seen, sieve, fields));
        Ok(())
    }

    /// A shape in degrees, as the only thing of [`OWN`].
    pub fn own(&mut self, shape: Geometry<f64>) {
        self.own = Some(shape);
    }

    /// The ground below everything.
    ///
    /// # Errors
    /// As [`Drawn::add`].
    pub fn ground(&mut self, all: Vec<Seen>) -> Result<(), Failure> {
        let base = all.into_iter().filter(|seen| seen.served.layer.use_of == Use::Base);
        base.into_iter().try_for_each(|seen| self.add(seen, |_, _| ()))
    }
}

impl Source for Drawn {
    fn features(&self, layer: &str, area: Bounds, resolution: f64, take: &mut Take) {
        if layer == OWN {
            return self.own.iter().for_each(|shape| take(&|_| Value::Null, shape));
        }
        let base = || self.layers.get(&format!("base-{layer}"));
        let Some((seen, sieve, fields)) = self.layers.get(layer).or_else(base) else { return };
        let schema = &seen.served.layer.schema;
        seen.served.live.drawn(area, resolution, &mut |row, geometry| {
            let value = |name: &str| {
                let at = schema.position(name).filter(|at| fields.contains(at));
                at.map(|at| row.value(at)).unwrap_or_default()
            };
            if sieve.passes(row) {
                take(&value, &geometry);
            }
        });
    }
}
