//! What can be found by words, and which district a point is in: over all layers that a reader may see.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use contracts::{Answering, District, Place, Places, Point};
use geo::Centroid;
use geo::InteriorPoint;
use geo_types::Geometry;
use kernel_base::{Error, Result};
use kernel_web::City;
use map_feature::{Transformer, Value};
use map_places::{Address, Entry, Hit, Index};
use map_segment::{Ask, Found};
use tokio::sync::Mutex;

use crate::columns::columns;
use crate::layer::{Layer, Mask, Reading, Stage, Use};
use crate::rows::Shown;
use crate::served::{Served, feature_of, served, to_degrees};
use crate::store;

/// Features read at a time.
const PAGE: u64 = 10_000;
/// Entries of a class that not everybody may find.
const CLOSED: u16 = 1;

/// The index of this process and what it was made of.
#[derive(Default)]
pub struct Finding {
    index: RwLock<Arc<Index>>,
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Clone, PartialEq, Eq)]
struct Known {
    generation: String,
    label: String,
    described: String,
    seq: i64,
}

impl Known {
    fn of(layer: &Layer) -> Known {
        // Who may find what is part of the index too.
        let described = format!("{:?}{:?}{}{:?}", layer.stage, layer.hidden, layer.rows_shown, layer.use_of);
        Known { generation: layer.generation.clone(), label: layer.label.clone(), described, seq: layer.seq }
    }
}

/// The index after everything that was committed before now.
///
/// # Errors
/// The store's.
pub async fn index(city: &City) -> Result<Arc<Index>> {
    let memory = city.memory(Finding::default);
    let layers = store::layers(&city.store).await?;
    let served: Vec<&Layer> =
        layers.iter().filter(|layer| !layer.edition.is_empty() && layer.stage != Stage::Withdrawn).collect();
    let mut known = memory.known.lock().await;
    let mut index = memory.read();
    let gone: Vec<String> =
        known.keys().filter(|name| !served.iter().any(|layer| layer.name == **name)).cloned().collect();
    for name in gone {
        index = Arc::new(index.replace(&name, []));
        known.remove(&name);
    }
    for layer in served {
        let wanted = Known::of(layer);
        let before = known.get(&layer.name);
        if before == Some(&wanted) {
            continue;
        }
        let same = before.filter(|before| Known { seq: wanted.seq, ..(*before).clone() } == wanted);
        index = match same {
            Some(before) => changed(city, &index, layer, before.seq).await?,
            None => rebuilt(city, &index, &layer.name).await?,
        };
        known.insert(layer.name.clone(), wanted);
    }
    memory.write(index.clone());
    Ok(index)
}

impl Finding {
    fn read(&self) -> Arc<Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn write(&self, index: Arc<Index>) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
    }
}

async fn rebuilt(city: &City, index: &Arc<Index>, name: &str) -> Result<Arc<Index>> {
    let (served, index, name) = (served(city, name).await?, index.clone(), name.to_owned());
    let build = move || -> Result<Arc<Index>> { Ok(Arc::new(index.replace(&name, entries(&served)?))) };
    tokio::task::spawn_blocking(build).await.map_err(Error::fault)?
}

fn entries(served: &Served) -> Result<Vec<Entry>> {
    let naming = Naming::of(&served.layer)?;
    let mut all = Vec::new();
    if !naming.names_anything() {
        return Ok(all);
    }
    let mut offset = 0;
    loop {
        let page = served.live.items(&Ask { offset, limit: PAGE, ..Ask::default() }).map_err(Error::fault)?.features;
        if page.is_empty() {
            return Ok(all);
        }
        offset += page.len() as u64;
        all.extend(page.into_iter().filter_map(|found| naming.entry(&found)));
    }
}

async fn changed(city: &City, index: &Arc<Index>, layer: &Layer, mut seq: i64) -> Result<Arc<Index>> {
    let naming = Naming::of(layer)?;
    let mut index = index.clone();
    while seq < layer.seq {
        let rows = store::changes_after(&city.store, &layer.name, &layer.generation, seq).await?;
        let Some(last) = rows.last() else { break };
        seq = last.seq;
        let mut changes = Vec::with_capacity(rows.len());
        for row in &rows {
            let entry = match &row.properties {
                Some(_) => naming.entry(&Found { feature: feature_of(layer, row)?, version: row.version }),
                None => None,
            };
            changes.push((row.feature.clone(), entry));
        }
        index = Arc::new(index.change(&layer.name, changes));
    }
    Ok(index)
}

/// Which fields of a layer name a feature.
struct Naming<'l> {
    layer: &'l Layer,
    to: Transformer,
    shown: Shown,
    label: Option<usize>,
    others: Vec<(String, usize)>,
    street: Option<usize>,
    forms: Vec<usize>,
    number: Vec<usize>,
    postcode: Option<usize>,
    town: Option<usize>,
    closed: bool,
}

impl<'l> Naming<'l> {
    fn of(layer: &'l Layer) -> Result<Naming<'l>> {
        // By what only the owner sees nothing is found: the finding would tell it.
        let hides = |name: &String| layer.hidden.contains(name);
        let known = columns();
        let field = |names: &[String]| {
            let fields = || layer.schema.fields.iter();
            names.iter().find_map(|name| {
                fields().position(|field| field.name.eq_ignore_ascii_case(name) && !hides(&field.name))
            })
        };
        let label = layer.label_field();
        let base = label.map(|at| layer.schema.fields[at].name.clone()).unwrap_or_default();
        // `name:ko` (OpenStreetMap), `name_ko` (most others).
        let language = |name: &str| {
            let rest = name.strip_prefix(&base)?;
            let tag = rest.strip_prefix(':').or_else(|| rest.strip_prefix('_'))?;
            (2..=3).contains(&tag.len()).then(|| tag.to_owned())
        };
        let fields = layer.schema.fields.iter().enumerate();
        let others = fields
            .filter(|(_, field)| !hides(&field.name))
            .filter_map(|(at, field)| Some((language(&field.name)?, at)))
            .collect();
        let hidden = label.is_some_and(|at| layer.hidden.contains(&layer.schema.fields[at].name));
        Ok(Naming {
            layer,
            to: to_degrees(layer)?,
            shown: Shown::of(layer, &Mask::Shown)?,
            label,
            others,
            street: field(&known.street),
            forms: known.forms.iter().filter_map(|name| field(std::slice::from_ref(name))).collect(),
            number: [field(&known.number), field(&known.letter)].into_iter().flatten().collect(),
            postcode: field(&known.postcode),
            town: field(&known.town),
            closed: hidden || layer.stage != Stage::Published,
        })
    }

    fn names_anything(&self) -> bool {
        self.label.is_some() || self.street.is_some()
    }

    fn entry(&self, found: &Found) -> Option<Entry> {
        let feature = &found.feature;
        let said = |at: usize| feature.values.get(at).map(Value::to_string).unwrap_or_default();
        let optional = |at: Option<usize>| at.map(said).unwrap_or_default();
        let name = optional(self.label);
        let street = optional(self.street);
        if name.is_empty() && street.is_empty() {
            return None;
        }
        let at = self.to.point(middle(feature.geometry.as_ref()?)?).ok()?;
        let address = (!street.is_empty()).then(|| Address {
            street,
            forms: self.forms.iter().map(|at| said(*at)).filter(|form| !form.is_empty()).collect(),
            number: self.number.iter().map(|at| said(*at)).collect(),
            postcode: optional(self.postcode),
            place: optional(self.town),
        });
        let names = self.others.iter().map(|(tag, at)| (tag.clone(), said(*at))).filter(|(_, name)| !name.is_empty());
        let open = !self.closed && self.shown.shows(self.layer, found);
        Some(Entry {
            layer: self.layer.name.clone(),
            id: feature.id.clone()?,
            name,
            names: names.collect(),
            address,
            district: String::new(),
            at: (at.x, at.y),
            weight: if self.layer.use_of == Use::Districts { 1.0 } else { 0.5 },
            class: if open { 0 } else { CLOSED },
        })
    }
}

/// A point of a geometry that lies on it.
pub fn middle(geometry: &Geometry<f64>) -> Option<geo_types::Coord<f64>> {
    let point = match geometry {
        Geometry::Point(point) => Some(*point),
        other => other.interior_point().or_else(|| other.centroid()),
    };
    point.map(Into::into)
}

/// Whether a reader may find things of these layers.
pub struct Finder(HashMap<String, Mask>);

impl Finder {
    /// # Errors
    /// The store's.
    pub async fn of(city: &City, reading: Reading<'_>) -> Result<Finder> {
        let layers = store::layers(&city.store).await?;
        Ok(Finder(layers.into_iter().filter_map(|layer| Some((layer.name.clone(), layer.mask(reading)?))).collect()))
    }

    pub fn may(&self, layer: &str, class: u16) -> bool {
        self.0.get(layer).is_some_and(|mask| class == 0 || *mask == Mask::Whole)
    }
}

/// The districts that hold a point, the smallest first.
///
/// # Errors
/// The store's.
pub async fn districts(city: &City, at: Point, reading: Reading<'_>, language: &str) -> Result<Vec<District>> {
    let mut all = Vec::new();
    for layer in store::layers(&city.store).await? {
        if layer.use_of != Use::Districts || layer.mask(reading).is_none() || layer.edition.is_empty() {
            continue;
        }
        let served = served(city, &layer.name).await?;
        let naming = Naming::of(&layer)?;
        for found in served.live.covering(at.lon, at.lat) {
            let size = found.feature.bounds().map_or(f64::MAX, |b| (b.east - b.west) * (b.north - b.south));
            let Some(entry) = naming.entry(&found) else { continue };
            if entry.class == CLOSED && layer.mask(reading) != Some(Mask::Whole) {
                continue;
            }
            let own = entry.names.iter().find(|(tag, _)| tag == language).map(|(_, name)| name.clone());
            let name = own.unwrap_or(entry.name);
            all.push((size, District { id: format!("{}/{}", layer.name, entry.id), name }));
        }
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    Ok(all.into_iter().map(|(_, district)| district).collect())
}

/// Answers the other systems: only what everybody may see.
pub struct Answers(pub City);

const STRANGER: Reading<'static> = Reading { who: None, keeper: false };

fn place(hit: Hit) -> Place {
    Place {
        id: format!("{}/{}", hit.layer, hit.id),
        name: hit.name,
        within: hit.district,
        at: Point { lon: hit.at.0, lat: hit.at.1 },
    }
}

/// Who asks says what happens without an answer; why there is none stands in the log.
fn or_nothing<T: Default>(answer: Result<T>) -> T {
    answer.unwrap_or_else(|cause| {
        tracing::error!(%cause, "the map could not answer");
        T::default()
    })
}

impl Places for Answers {
    fn districts_at(&self, at: Point) -> Answering<'_, Vec<District>> {
        Box::pin(async move { or_nothing(districts(&self.0, at, STRANGER, "").await) })
    }

    fn find<'a>(&'a self, words: &'a str, near: Option<Point>, most: usize) -> Answering<'a, Vec<Place>> {
        Box::pin(async move {
            let found = async {
                let (index, finder) = (index(&self.0).await?, Finder::of(&self.0, STRANGER).await?);
                let ask = map_places::Ask {
                    near: near.map(|near| (near.lon, near.lat)),
                    may: &|layer, class| finder.may(layer, class),
                    ..map_places::Ask::new(words, most)
                };
                Ok(index.ask(&ask).into_iter().map(place).collect())
            };
            or_nothing(found.await)
        })
    }

    fn nearest(&self, at: Point, within_metres: f64) -> Answering<'_, Option<Place>> {
        Box::pin(async move {
            let found = async {
                let (index, finder) = (index(&self.0).await?, Finder::of(&self.0, STRANGER).await?);
                let may = |layer: &str, class: u16| finder.may(layer, class);
                Ok(index.nearest((at.lon, at.lat), 1, within_metres, &may).into_iter().next().map(place))
            };
            or_nothing(found.await)
        })
    }
}
