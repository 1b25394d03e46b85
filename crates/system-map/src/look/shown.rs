//! The same things that the map shows, as a list: how many, the nearest to the middle, or by district.

use kernel_base::Error;
use kernel_ui::{Markup, ShownGroup, ShownItem, ShownLayer, map_list};
use kernel_web::{Failure, Visit};
use map_feature::{Bounds, Transformer};
use map_segment::{Ask, Found, Row};

use super::asked::View;
use super::laid::Laid;
use super::thing;
use crate::layer::{Layer, Use};
use crate::ogc::title;
use crate::ogc::{Sieve, all};
use crate::places::middle;
use crate::served::{Served, to_degrees};

/// Things listed of a layer, and looked at to find the nearest where not all may be seen.
const LISTED: usize = 12;
const LOOKED_AT: u64 = 2_000;

pub async fn list(visit: &Visit, view: &View, area: Bounds, layers: &[&Laid]) -> Result<Markup, Failure> {
    let districts = if view.by_district { Districts::of(visit).await? } else { Districts::default() };
    let listed: Result<Vec<_>, Failure> = layers.iter().map(|laid| one(visit, view, area, laid, &districts)).collect();
    let key = match (layers.is_empty(), view.by_district) {
        (true, _) => "map-list-nothing",
        (false, true) => "map-list-by-district",
        (false, false) => "map-list-nearest",
    };
    Ok(map_list(visit, &visit.t(key), &listed?))
}

fn one(visit: &Visit, view: &View, area: Bounds, laid: &Laid, districts: &Districts) -> Result<ShownLayer, Failure> {
    let layer = laid.layer();
    let (count, found) = nearest(view, area, laid)?;
    let to = to_degrees(layer)?;
    let mut items: Vec<(String, ShownItem)> = Vec::new();
    for (found, metres) in &found {
        let Some(item) = item(visit, laid, found, *metres, &to) else { continue };
        items.push((districts.at(item.at), item));
    }
    if view.by_district {
        items.sort_by(|one, other| visit_order(visit, &one.0, &other.0));
    }
    let mut groups: Vec<ShownGroup> = Vec::new();
    for (district, item) in items {
        match groups.last_mut().filter(|group| group.title == district) {
            Some(group) => group.items.push(item),
            None => groups.push(ShownGroup { title: district, items: vec![item] }),
        }
    }
    let all = format!(
        "/map/api/collections/{}/items?f=html&bbox={},{},{},{}",
        layer.name, area.west, area.south, area.east, area.north
    );
    let written = visit.number(i64::try_from(count).unwrap_or(i64::MAX));
    Ok(ShownLayer {
        id: layer.name.clone(),
        title: visit.t_with("map-list-layer", &[("layer", title(visit, layer).into()), ("count", written.into())]),
        groups,
        more: (count > found.len() as u64).then(|| (visit.t("map-list-all"), all)),
    })
}

fn visit_order(visit: &Visit, one: &str, other: &str) -> std::cmp::Ordering {
    kernel_language::Formats::of(visit.language).compare(one, other)
}

/// How many there are, and the nearest with their distances from the middle, metres.
fn nearest(view: &View, area: Bounds, laid: &Laid) -> Result<(u64, Vec<(Found, f64)>), Failure> {
    let live = &laid.seen.served.live;
    let centre = (f64::midpoint(area.west, area.east), f64::midpoint(area.south, area.north));
    let mut sieve = Sieve::of(laid.layer(), &laid.seen.mask)?;
    view.narrow(&laid.seen, &mut sieve);
    if sieve.is_open() {
        let reach = apart(centre, (area.west, area.south)).max(apart(centre, (area.east, area.north)));
        return Ok((live.count(Some(area)), live.near(centre, LISTED, reach)));
    }
    let passes = |row: &Row<'_>| sieve.passes(row);
    let ask = Ask { area: Some(area), test: Some(&passes), limit: LOOKED_AT, exact: true, ..Ask::default() };
    let found = live.items(&ask).map_err(Error::fault)?;
    let to = to_degrees(laid.layer())?;
    let far = |found: &Found| place(found, &to).map_or(f64::MAX, |at| apart(centre, at));
    let mut all: Vec<(Found, f64)> = found
        .features
        .into_iter()
        .map(|found| {
            let far = far(&found);
            (found, far)
        })
        .collect();
    all.sort_by(|one, other| one.1.total_cmp(&other.1));
    all.truncate(LISTED);
    Ok((found.matched, all))
}

/// A point of a feature, degrees.
pub fn place(found: &Found, to: &Transformer) -> Option<(f64, f64)> {
    let at = to.point(middle(found.feature.geometry.as_ref()?)?).ok()?;
    Some((at.x, at.y))
}

fn item(visit: &Visit, laid: &Laid, found: &Found, metres: f64, to: &Transformer) -> Option<ShownItem> {
    Some(ShownItem {
        id: found.feature.id.clone()?,
        name: thing::name(&laid.seen, found),
        href: thing::href(laid.layer(), found.feature.id.as_deref()?),
        at: place(found, to)?,
        remark: distance(visit, metres),
    })
}

/// Metres on a sphere (haversine): for words, not for measuring.
fn apart(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = (one.1.to_radians(), other.1.to_radians());
    let half = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * ((other.0 - one.0).to_radians() / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * half.min(1.0).sqrt().asin()
}

fn distance(visit: &Visit, metres: f64) -> String {
    #[allow(clippy::cast_possible_truncation)]
    let whole = |metres: f64| visit.number(metres.round() as i64);
    match metres {
        metres if metres < 1000.0 => visit.t_with("map-metres", &[("n", whole(metres).into())]),
        metres => visit.t_with("map-kilometres", &[("n", visit.decimal(metres / 1000.0, 1).into())]),
    }
}

/// The districts that this reader may see.
#[derive(Default)]
struct Districts(Vec<Served>);

impl Districts {
    async fn of(visit: &Visit) -> Result<Districts, Failure> {
        let all = all(visit).await?.into_iter().map(|seen| seen.served);
        Ok(Districts(all.filter(|served| served.layer.use_of == Use::Districts && served.layer.is_open()).collect()))
    }

    /// The name of the smallest district that holds a point; empty when none does.
    fn at(&self, at: (f64, f64)) -> String {
        let size = |found: &Found| found.feature.bounds().map_or(f64::MAX, |b| (b.east - b.west) * (b.north - b.south));
        let holding = self.0.iter().flat_map(|served| {
            let holding = served.live.covering(at.0, at.1).into_iter();
            holding.map(|found| (size(&found), named(&served.layer, &found)))
        });
        holding.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, name)| name).unwrap_or_default()
    }
}

fn named(layer: &Layer, found: &Found) -> String {
    let name = layer.label_field().and_then(|at| found.feature.values.get(at));
    name.map(ToString::to_string).unwrap_or_default()
}
