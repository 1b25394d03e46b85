//! Writing Mapbox Vector Tiles, specification 2.1: the messages of Protocol Buffers and the commands of geometry.

use crate::varint::{self, zigzag};

pub(crate) const EXTENT: u32 = 4096;
/// How far around a tile features are told, in its units.
pub(crate) const BUFFER: u32 = 64;

/// A number of a message's field (wire type 0).
pub(crate) fn number(out: &mut Vec<u8>, field: u8, number: u64) {
    out.push(field << 3);
    varint::write(out, number);
}

/// Bytes of a message's field (wire type 2).
pub(crate) fn bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push(field << 3 | 2);
    varint::write(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Eight bytes of a message's field (wire type 1).
pub(crate) fn double(out: &mut Vec<u8>, field: u8, number: f64) {
    out.push(field << 3 | 1);
    out.extend_from_slice(&number.to_le_bytes());
}

/// The commands that draw a geometry (4.3). The cursor moves from command to command.
#[derive(Default)]
pub(crate) struct Commands {
    pub bytes: Vec<u8>,
    cursor: (i32, i32),
}

impl Commands {
    const MOVE: u64 = 1;
    const LINE: u64 = 2;
    const CLOSE: u64 = 7;

    pub fn clear(&mut self) {
        self.bytes.clear();
        self.cursor = (0, 0);
    }

    /// The next command counts from the tile's corner.
    pub fn home(&mut self) {
        self.cursor = (0, 0);
    }

    pub fn points(&mut self, points: &[(i32, i32)]) {
        self.command(Self::MOVE, points);
    }

    pub fn line(&mut self, points: &[(i32, i32)]) {
        if let Some((first, rest)) = points.split_first() {
            self.command(Self::MOVE, std::slice::from_ref(first));
            self.command(Self::LINE, rest);
        }
    }

    pub fn ring(&mut self, points: impl Iterator<Item = (i32, i32)>, len: usize) {
        for (number, at) in points.enumerate() {
            match number {
                0 => self.bytes.push(1 << 3 | Self::MOVE as u8),
                1 => varint::write(&mut self.bytes, (len as u64 - 1) << 3 | Self::LINE),
                _ => {}
            }
            self.step(at);
        }
        self.bytes.push(1 << 3 | Self::CLOSE as u8);
    }

    fn command(&mut self, command: u64, points: &[(i32, i32)]) {
        varint::write(&mut self.bytes, (points.len() as u64) << 3 | command);
        points.iter().for_each(|at| self.step(*at));
    }

    #[inline]
    fn step(&mut self, at: (i32, i32)) {
        varint::write(&mut self.bytes, u64::from(zigzag(at.0.wrapping_sub(self.cursor.0))));
        varint::write(&mut self.bytes, u64::from(zigzag(at.1.wrapping_sub(self.cursor.1))));
        self.cursor = at;
    }
}
