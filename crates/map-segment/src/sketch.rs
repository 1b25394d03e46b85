use crate::{
    clip::{self, Square},
    frame::Frame,
    mvt::{BUFFER, Commands, EXTENT},
    shape::{POLYGONS, Sink},
    tile::SMALL,
    world::Point,
};

/// A shape as commands: cut to the tile, rounded to its units, without what rounding makes of no size, outer rings with
/// positive area and holes with negative (4.3.3.3).
pub(crate) struct Sketch {
    frame: Frame,
    square: Square,
    /// Whether the shape reaches beyond the border.
    cut: bool,
    pub commands: Commands,
    /// Where the commands of a kind end.
    pub ends: Vec<(u8, usize)>,
    path: Vec<clip::At>,
    room: Vec<clip::At>,
    rounded: Vec<(i32, i32)>,
    /// Whether the last outer ring was told: else its holes are not either.
    outer: bool,
}

impl Sketch {
    pub fn new(frame: Frame) -> Sketch {
        let (extent, buffer) = (i64::from(EXTENT), i64::from(BUFFER));
        Sketch {
            frame,
            square: Square { least: -buffer, most: extent + buffer },
            cut: false,
            commands: Commands::default(),
            ends: Vec::new(),
            path: Vec::new(),
            room: Vec::new(),
            rounded: Vec::new(),
            outer: false,
        }
    }

    pub fn begin(&mut self, cut: bool) {
        self.cut = cut;
        self.outer = false;
        self.commands.clear();
        self.ends.clear();
    }

    /// A square of two pixels.
    pub fn square(&mut self, middle: Point) {
        let (x, y) = self.frame.at(middle);
        let keep = |at: i64| at.clamp(self.square.least, self.square.most) as i32;
        let half = i64::from(SMALL / 2);
        let (west, north, east, south) = (keep(x - half), keep(y - half), keep(x + half), keep(y + half));
        if west < east && north < south {
            let ring = [(west, north), (east, north), (east, south), (west, south)];
            self.commands.ring(ring.into_iter(), ring.len());
            self.end(POLYGONS);
        }
    }

    fn take(&mut self, points: &[Point]) {
        self.path.clear();
        self.path.extend(points.iter().map(|point| self.frame.at(*point)));
    }
}

impl Sink for Sketch {
    fn points(&mut self, points: &[Point]) {
        self.rounded.clear();
        let inside = points.iter().map(|point| self.frame.at(*point)).filter(|at| self.square.holds(*at));
        self.rounded.extend(inside.map(narrow));
        if self.rounded.len() > 1 {
            self.rounded.sort_unstable();
            self.rounded.dedup();
        }
        if !self.rounded.is_empty() {
            self.commands.points(&self.rounded);
        }
    }

    fn line(&mut self, points: &[Point]) {
        self.take(points);
        let Sketch { path, room, rounded, commands, .. } = self;
        let mut give = |piece: &mut Vec<clip::At>| {
            rounded.clear();
            piece.iter().for_each(|at| straight(rounded, narrow(*at), false));
            if rounded.len() > 1 {
                commands.line(rounded);
            }
        };
        if self.cut { self.square.line(path, room, &mut give) } else { give(path) }
    }

    fn ring(&mut self, points: &[Point], outer: bool) {
        if !outer && !self.outer {
            return;
        }
        self.take(points);
        if self.cut {
            self.square.ring(&mut self.path, &mut self.room);
        }
        let rounded = &mut self.rounded;
        rounded.clear();
        self.path.iter().for_each(|at| straight(rounded, narrow(*at), true));
        close(rounded);
        let area = area(rounded);
        if outer {
            self.outer = area != 0;
        }
        if area == 0 {
            return;
        }
        if (area > 0) == outer {
            self.commands.ring(rounded.iter().copied(), rounded.len());
        } else {
            self.commands.ring(rounded.iter().rev().copied(), rounded.len());
        }
    }

    fn end(&mut self, kind: u8) {
        let end = self.commands.bytes.len();
        if self.ends.last().map_or(0, |(_, end)| *end) < end {
            self.ends.push((kind, end));
        }
        // Each kind becomes a feature of its own, whose cursor starts anew.
        self.commands.home();
    }
}

#[inline]
fn narrow(at: clip::At) -> (i32, i32) {
    (at.0 as i32, at.1 as i32)
}

/// How far `c` lies beside the line from `a` to `b`.
#[inline]
fn beside(a: (i32, i32), b: (i32, i32), c: (i32, i32)) -> i64 {
    let (ux, uy) = (i64::from(b.0) - i64::from(a.0), i64::from(b.1) - i64::from(a.1));
    let (vx, vy) = (i64::from(c.0) - i64::from(b.0), i64::from(c.1) - i64::from(b.1));
    ux.wrapping_mul(vy).wrapping_sub(uy.wrapping_mul(vx))
}

/// Appends a point to a path without points that say nothing: the same again, or in the middle of a straight. With
/// `spikes` also where the path goes back on itself.
#[inline]
fn straight(path: &mut Vec<(i32, i32)>, at: (i32, i32), spikes: bool) {
    loop {
        match path[..] {
            [.., last] if last == at => return,
            [.., before, last] if beside(before, last, at) == 0 && (spikes || onward(before, last, at)) => {
                path.pop();
            }
            _ => break,
        }
    }
    path.push(at);
}

fn onward(a: (i32, i32), b: (i32, i32), c: (i32, i32)) -> bool {
    let same = |a: i32, b: i32, c: i32| (i64::from(b) - i64::from(a)).signum() * (i64::from(c) - i64::from(b)).signum();
    same(a.0, b.0, c.0) >= 0 && same(a.1, b.1, c.1) >= 0
}

/// The same where the ring's end meets its start.
fn close(ring: &mut Vec<(i32, i32)>) {
    let mut start = 0;
    loop {
        match ring[start..] {
            [first, .., last] if first == last => {
                ring.pop();
            }
            [first, .., before, last] if beside(before, last, first) == 0 => {
                ring.pop();
            }
            [first, second, .., last] if beside(last, first, second) == 0 => start += 1,
            _ => break,
        }
    }
    ring.drain(..start);
}

/// Twice the area by the surveyor's formula, positive when the points go clockwise on the screen.
fn area(ring: &[(i32, i32)]) -> i64 {
    let Some(&last) = ring.last() else { return 0 };
    let mut before = last;
    let mut sum = 0i64;
    for &at in ring {
        sum = sum.wrapping_add(
            i64::from(before.0)
                .wrapping_mul(i64::from(at.1))
                .wrapping_sub(i64::from(at.0).wrapping_mul(i64::from(before.1))),
        );
        before = at;
    }
    sum
}
