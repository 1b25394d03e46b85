use crate::{
    DEEPEST, clip,
    mvt::{BUFFER, EXTENT},
    world::{Area, Point},
};

/// Where a tile lies: its north-west corner and by how many bits its units are larger than the world's.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub z: u8,
    left: i64,
    top: i64,
}

impl Frame {
    pub fn new(z: u8, x: u32, y: u32) -> Option<Frame> {
        if z > DEEPEST || u64::from(x.max(y)) >= 1 << z {
            return None;
        }
        Some(Frame { z, left: i64::from(x) << (32 - z), top: i64::from(y) << (32 - z) })
    }

    /// With the border.
    pub fn area(self) -> Area {
        let side = 1i64 << (32 - self.z);
        let border = side / i64::from(EXTENT / BUFFER);
        let keep = |at: i64| at.clamp(0, i64::from(u32::MAX)) as u32;
        Area {
            x0: keep(self.left - border),
            y0: keep(self.top - border),
            x1: keep(self.left + side + border - 1),
            y1: keep(self.top + side + border - 1),
        }
    }

    /// A length in the tile's units in those of the world.
    pub fn units(self, length: u32) -> u32 {
        if self.z <= 20 {
            u32::try_from(u64::from(length) << (20 - self.z)).unwrap_or(u32::MAX)
        } else {
            length >> (self.z - 20)
        }
    }

    #[inline]
    pub fn at(self, point: Point) -> clip::At {
        let (x, y) = (i64::from(point.x) - self.left, i64::from(point.y) - self.top);
        if self.z <= 20 { (x >> (20 - self.z), y >> (20 - self.z)) } else { (x << (self.z - 20), y << (self.z - 20)) }
    }
}
