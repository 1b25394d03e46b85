//! Cutting paths to a square around a tile, in the tile's units.

/// From `least` to `most` in both directions, edges included.
#[derive(Clone, Copy)]
pub(crate) struct Square {
    pub least: i64,
    pub most: i64,
}

pub(crate) type At = (i64, i64);

impl Square {
    pub fn holds(self, at: At) -> bool {
        (self.least..=self.most).contains(&at.0) && (self.least..=self.most).contains(&at.1)
    }

    /// A ring, closed by its first point, by Sutherland and Hodgman's way: one edge of the square after the other. Where
    /// the outside lies between, the ring goes along the edge. `room` is only kept for its memory.
    pub fn ring(self, ring: &mut Vec<At>, room: &mut Vec<At>) {
        let half = |at: At, side: usize| match side {
            0 => at.0 - self.least,
            1 => self.most - at.0,
            2 => at.1 - self.least,
            _ => self.most - at.1,
        };
        for side in 0..4 {
            std::mem::swap(ring, room);
            ring.clear();
            let Some(mut last) = room.last().copied() else { return };
            let mut last_in = half(last, side);
            for &at in room.iter() {
                let inside = half(at, side);
                if (last_in < 0) != (inside < 0) {
                    ring.push(between(last, at, last_in, inside));
                }
                if inside >= 0 {
                    ring.push(at);
                }
                (last, last_in) = (at, inside);
            }
        }
    }

    /// Gives the pieces of a line that lie in the square, by Liang and Barsky's way. `piece` is only kept for its memory.
    pub fn line(self, line: &[At], piece: &mut Vec<At>, give: &mut impl FnMut(&mut Vec<At>)) {
        piece.clear();
        for ends in line.windows(2) {
            let Some((from, to)) = self.segment(ends[0], ends[1]) else { continue };
            if piece.last() != Some(&from) {
                if !piece.is_empty() {
                    give(piece);
                }
                piece.clear();
                piece.push(from);
            }
            piece.push(to);
        }
        if !piece.is_empty() {
            give(piece);
        }
    }

    fn segment(self, from: At, to: At) -> Option<(At, At)> {
        if self.holds(from) && self.holds(to) {
            return Some((from, to));
        }
        let (dx, dy) = ((to.0 - from.0) as f64, (to.1 - from.1) as f64);
        let (mut start, mut end) = (0.0f64, 1.0f64);
        let sides = [
            (-dx, from.0 - self.least),
            (dx, self.most - from.0),
            (-dy, from.1 - self.least),
            (dy, self.most - from.1),
        ];
        for (speed, room) in sides {
            let room = room as f64;
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                start = start.max(room / speed);
            } else {
                end = end.min(room / speed);
            }
        }
        if start > end {
            return None;
        }
        let at = |along: f64| {
            let on = |from: i64, step: f64| ((from as f64 + along * step).round() as i64).clamp(self.least, self.most);
            (on(from.0, dx), on(from.1, dy))
        };
        Some((if start > 0.0 { at(start) } else { from }, if end < 1.0 { at(end) } else { to }))
    }
}

/// Where a segment crosses an edge; `a` and `b` say how far inside its ends are.
fn between(from: At, to: At, a: i64, b: i64) -> At {
    let along = a as f64 / (a as f64 - b as f64);
    let on = |from: i64, to: i64| from + ((to - from) as f64 * along).round() as i64;
    (on(from.0, to.0), on(from.1, to.1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SQUARE: Square = Square { least: -10, most: 110 };

    #[test]
    fn what_is_larger_than_the_square_becomes_the_square() {
        let mut ring = vec![(-1000, -1000), (1000, -1000), (1000, 1000), (-1000, 1000)];
        SQUARE.ring(&mut ring, &mut Vec::new());
        ring.sort_unstable();
        assert_eq!(ring, [(-10, -10), (-10, 110), (110, -10), (110, 110)]);
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two() {
        let mut pieces = Vec::new();
        let line = [(0, 0), (200, 0), (200, 50), (0, 50)];
        SQUARE.line(&line, &mut Vec::new(), &mut |piece| pieces.push(piece.clone()));
        assert_eq!(pieces, [vec![(0, 0), (110, 0)], vec![(110, 50), (0, 50)]]);
    }

    proptest! {
        #[test]
        fn nothing_is_left_outside(points in prop::collection::vec((-(1i64 << 36)..1 << 36, -(1i64 << 36)..1 << 36), 0..9)) {
            let mut ring = points.clone();
            SQUARE.ring(&mut ring, &mut Vec::new());
            prop_assert!(ring.iter().all(|at| SQUARE.holds(*at)));
            SQUARE.line(&points, &mut Vec::new(), &mut |piece| assert!(piece.iter().all(|at| SQUARE.holds(*at))));
        }

        #[test]
        fn what_is_inside_stays(points in prop::collection::vec((-10i64..=110, -10i64..=110), 0..9)) {
            let mut ring = points.clone();
            SQUARE.ring(&mut ring, &mut Vec::new());
            prop_assert_eq!(&ring, &points);
            let mut pieces = Vec::new();
            SQUARE.line(&points, &mut Vec::new(), &mut |piece| pieces.push(piece.clone()));
            prop_assert_eq!(pieces, if points.len() > 1 { vec![points] } else { vec![] });
        }
    }
}
