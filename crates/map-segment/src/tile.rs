use std::{cmp::Reverse, ops::ControlFlow};

use crate::{
    Live, Result, Row,
    frame::Frame,
    layer::Layer,
    live::Snapshot,
    mvt::EXTENT,
    row::At,
    shape::{LINES, POINTS, POLYGONS},
};

/// What leaves the building in a tile.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The layer's name in the tile.
    pub layer: &'a str,
    /// Positions of the fields that are told; no other is.
    pub fields: &'a [usize],
    /// Only features that pass.
    pub rows: Option<&'a dyn Fn(&Row<'_>) -> bool>,
}

/// The deepest zoom level.
pub const DEEPEST: u8 = 24;
/// Up to this zoom level small things stand for others and fewer features are told.
const COARSE: u8 = 12;
/// Two pixels of 512 across a tile, in the tile's units.
pub(crate) const SMALL: u32 = 2 * EXTENT / 512;
/// So few features are told whatever their size.
const FEW: u64 = 5_000;
/// How many features a tile holds at most, at coarse zoom levels and below them.
const MOST: (usize, usize) = (20_000, 50_000);
/// Where a tile stops to grow, in bytes.
const FULL: usize = 32 << 20;

impl Live {
    /// A Mapbox Vector Tile (specification 2.1), not compressed, with one layer of extent 4096 and a border of 64; empty
    /// when nothing is in it, and for tiles that do not exist.
    ///
    /// An id that is a number below 10¹⁸ is the feature's id, another is its property `id`. Up to zoom 12, in
    /// tiles of more than 5,000 features, lines below a pixel (of 512) are left out, and polygons below 2 × 2 pixels give
    /// their place to a square of this size each time their boxes together fill one: a town seen from afar stays as dense
    /// as it is. Of more than 20,000 features (50,000 from zoom 13) the
    /// largest are told, and of equally large ones (points) a scattering that stays the same from zoom to zoom.
    pub fn tile(&self, z: u8, x: u32, y: u32, view: &View<'_>) -> Result<Vec<u8>> {
        match Frame::new(z, x, y) {
            Some(frame) => self.now().tile(frame, view),
            None => Ok(Vec::new()),
        }
    }
}

struct Candidate<'a> {
    /// Width plus height of the box.
    size: u64,
    order: u32,
    at: At<'a>,
    /// Drawn as a square of two pixels, for as many small ones as fill it.
    stands: bool,
}

impl Snapshot {
    pub(crate) fn tile(&self, frame: Frame, view: &View<'_>) -> Result<Vec<u8>> {
        let mut chosen = self.chosen(frame, view);
        let most = if frame.z <= COARSE { MOST.0 } else { MOST.1 };
        if chosen.len() > most {
            let scatter = |order: u32| order.wrapping_mul(0x9e37_79b1);
            chosen.select_nth_unstable_by_key(most, |one| (Reverse(one.size), scatter(one.order)));
            chosen.truncate(most);
            chosen.sort_unstable_by_key(|one| one.order);
        }
        let mut layer = Layer::new(self, frame, view);
        for one in &chosen {
            layer.feature(&self.row(one.at), one.stands)?;
            if layer.features.len() > FULL {
                break;
            }
        }
        Ok(layer.finish(view.layer))
    }

    /// The features in the tile that are large enough and pass the view's test.
    fn chosen<'a>(&'a self, frame: Frame, view: &View<'_>) -> Vec<Candidate<'a>> {
        let area = frame.area();
        let crowded = frame.z <= COARSE && self.count(Some(area)) > FEW;
        let small = if crowded { frame.units(SMALL) } else { 0 };
        let polygons = self.edition.polygons_only();
        let mut owed = 0;
        let mut chosen = Vec::new();
        let mut take = |at: At<'a>, order: u32| {
            let row = self.row(at);
            let Some(area) = row.area() else { return };
            let mut stands = false;
            if area.width() < small && area.height() < small {
                let kinds = match at {
                    At::Base(_) if polygons => POLYGONS,
                    _ => row.shape().and_then(|shape| shape.first()).copied().unwrap_or(POLYGONS),
                };
                let tiny = area.width() < small / 2 && area.height() < small / 2;
                if kinds & (POINTS | LINES) == LINES && tiny {
                    return;
                }
                stands = kinds == POLYGONS;
            }
            if view.rows.is_some_and(|passes| !passes(&row)) {
                return;
            }
            if stands {
                owed += (u64::from(area.width()) + 1) * (u64::from(area.height()) + 1);
                match owed.checked_sub(u64::from(small) * u64::from(small)) {
                    Some(left) => owed = left,
                    None => return,
                }
            }
            let size = u64::from(area.width()) + u64::from(area.height());
            chosen.push(Candidate { size, order, at, stands });
        };
        self.edition.tree.search(area, &mut |rows| {
            rows.filter(|row| !self.delta.hidden.has(*row)).for_each(|row| take(At::Base(row), row));
            ControlFlow::Continue(())
        });
        // Changed features come after all rows.
        for (number, entry) in self.delta.meeting(Some(area)).enumerate() {
            take(At::Changed(entry), u32::MAX - u32::try_from(self.delta.len).unwrap_or(u32::MAX) + number as u32);
        }
        chosen
    }
}
