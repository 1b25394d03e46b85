use map_feature::Bounds;

use crate::world::Area;

/// Where a change shows: boxes in CRS84 around the feature as it was and as it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Touched {
    pub before: Option<Bounds>,
    pub after: Option<Bounds>,
}

impl Touched {
    /// The tiles `(x, y)` of a zoom level (0 to 24) in which the change shows, their borders of 64/4096 included; each
    /// once, by rows. Large features have very many at high zoom levels, so they are told one by one.
    pub fn tiles(&self, z: u8) -> impl Iterator<Item = (u32, u32)> + use<> {
        let z = z.min(24);
        let first = self.before.map_or(Range::NONE, |bounds| Range::of(bounds, z));
        let second = self.after.map_or(Range::NONE, |bounds| Range::of(bounds, z));
        first.tiles().chain(second.tiles().filter(move |tile| !first.holds(*tile)))
    }
}

#[derive(Clone, Copy)]
struct Range {
    x: (u32, u32),
    y: (u32, u32),
}

impl Range {
    const NONE: Range = Range { x: (1, 0), y: (1, 0) };

    fn of(bounds: Bounds, z: u8) -> Range {
        let area = Area::of(bounds);
        let side = (1u64 << 32) >> z;
        let border = side / 64;
        let low = |at: u32| (u64::from(at).saturating_sub(border) / side) as u32;
        let high = |at: u32| ((u64::from(at) + border).min(u64::from(u32::MAX)) / side) as u32;
        Range { x: (low(area.x0), high(area.x1)), y: (low(area.y0), high(area.y1)) }
    }

    fn tiles(self) -> impl Iterator<Item = (u32, u32)> {
        (self.y.0..=self.y.1).flat_map(move |y| (self.x.0..=self.x.1).map(move |x| (x, y)))
    }

    fn holds(self, (x, y): (u32, u32)) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }
}
