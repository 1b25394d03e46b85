use std::{cmp::Reverse, ops::ControlFlow};

use crate::{
    Error, Live, Result, Row,
    clip::{self, Square},
    ids,
    live::Snapshot,
    mvt::{self, BUFFER, Commands, EXTENT},
    row::At,
    shape::{self, LINES, POINTS, POLYGONS, Sink},
    tags::Tags,
    varint,
    world::{Area, Point},
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
/// Up to this zoom level small things are left out and fewer features told.
const COARSE: u8 = 12;
/// Two pixels of 512 across a tile, in the tile's units.
const SMALL: u32 = 2 * EXTENT / 512;
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
    /// tiles of more than 5,000 features, polygons below 2 × 2 pixels (of 512) and lines below one are left out. Of more than 20,000 features (50,000 from zoom 13) the
    /// largest are told, and of equally large ones (points) a scattering that stays the same from zoom to zoom.
    pub fn tile(&self, z: u8, x: u32, y: u32, view: &View<'_>) -> Result<Vec<u8>> {
        match Frame::new(z, x, y) {
            Some(frame) => self.now().tile(frame, view),
            None => Ok(Vec::new()),
        }
    }
}

/// Where a tile lies: its north-west corner and by how many bits its units are larger than the world's.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    z: u8,
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
    fn units(self, length: u32) -> u32 {
        if self.z <= 20 {
            u32::try_from(u64::from(length) << (20 - self.z)).unwrap_or(u32::MAX)
        } else {
            length >> (self.z - 20)
        }
    }

    #[inline]
    fn at(self, point: Point) -> clip::At {
        let (x, y) = (i64::from(point.x) - self.left, i64::from(point.y) - self.top);
        if self.z <= 20 { (x >> (20 - self.z), y >> (20 - self.z)) } else { (x << (self.z - 20), y << (self.z - 20)) }
    }
}

struct Candidate<'a> {
    /// Width plus height of the box.
    size: u64,
    order: u32,
    at: At<'a>,
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
            layer.feature(&self.row(one.at))?;
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
        let least = if polygons { small } else { 0 };
        let mut chosen = Vec::new();
        let mut take = |at: At<'a>, order: u32| {
            let row = self.row(at);
            let Some(area) = row.area() else { return };
            if area.width() < small && area.height() < small {
                if polygons && matches!(at, At::Base(_)) {
                    return;
                }
                let kinds = row.shape().and_then(|shape| shape.first()).copied().unwrap_or(POLYGONS);
                let tiny = area.width() < small / 2 && area.height() < small / 2;
                if kinds & POINTS == 0 && (kinds & LINES == 0 || tiny) {
                    return;
                }
            }
            if view.rows.is_none_or(|passes| passes(&row)) {
                chosen.push(Candidate { size: u64::from(area.width()) + u64::from(area.height()), order, at });
            }
        };
        self.edition.tree.search(area, least, &mut |rows| {
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

/// A layer that is being written.
struct Layer<'a> {
    frame: Frame,
    tags: Tags<'a>,
    features: Vec<u8>,
    drawn: Drawn,
    points: Vec<Point>,
    pairs: Vec<u8>,
    head: Vec<u8>,
}

impl<'a> Layer<'a> {
    fn new(snapshot: &'a Snapshot, frame: Frame, view: &View<'_>) -> Layer<'a> {
        Layer {
            frame,
            tags: Tags::new(&snapshot.edition, view.fields),
            features: Vec::new(),
            drawn: Drawn::new(frame),
            points: Vec::new(),
            pairs: Vec::new(),
            head: Vec::new(),
        }
    }

    fn feature(&mut self, row: &Row<'_>) -> Result<()> {
        let damaged = || Error::Damaged("a shape is not one");
        let area = row.area().ok_or_else(damaged)?;
        let bytes = row.shape().ok_or_else(damaged)?;
        self.drawn.begin(!self.frame.area().holds(area));
        let corner = Point { x: area.x0, y: area.y0 };
        shape::walk(bytes, corner, &mut self.points, &mut self.drawn).ok_or_else(damaged)?;
        if self.drawn.ends.is_empty() {
            return Ok(());
        }
        self.pairs.clear();
        self.head.clear();
        self.tags.write(row, &mut self.pairs);
        match row.at {
            At::Base(at) => match row.edition.ids.number(at) {
                Some(number) => mvt::number(&mut self.head, 1, number),
                None => self.tags.write_id(row.edition.ids.text(at).unwrap_or_default(), &mut self.pairs),
            },
            At::Changed(entry) => match ids::as_number(entry.id.as_bytes()) {
                Some(number) => mvt::number(&mut self.head, 1, number),
                None => self.tags.write_id(&entry.id, &mut self.pairs),
            },
        }
        if !self.pairs.is_empty() {
            mvt::bytes(&mut self.head, 2, &self.pairs);
        }
        let mut start = 0;
        for &(kind, end) in &self.drawn.ends {
            let geometry = &self.drawn.commands.bytes[start..end];
            let shown = match kind {
                POINTS => 1,
                LINES => 2,
                _ => 3,
            };
            let len = self.head.len() + 3 + length_of(geometry.len()) + geometry.len();
            self.features.push(2 << 3 | 2);
            varint::write(&mut self.features, len as u64);
            self.features.extend_from_slice(&self.head);
            mvt::number(&mut self.features, 3, shown);
            mvt::bytes(&mut self.features, 4, geometry);
            start = end;
        }
        Ok(())
    }

    fn finish(self, name: &str) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut layer = Vec::with_capacity(self.features.len() + 4096);
        mvt::number(&mut layer, 15, 2);
        mvt::bytes(&mut layer, 1, name.as_bytes());
        layer.extend_from_slice(&self.features);
        self.tags.finish(&mut layer);
        mvt::number(&mut layer, 5, u64::from(EXTENT));
        let mut tile = Vec::with_capacity(layer.len() + 8);
        mvt::bytes(&mut tile, 3, &layer);
        tile
    }
}

fn length_of(number: usize) -> usize {
    (usize::BITS - number.leading_zeros()).max(1).div_ceil(7) as usize
}

/// A shape as commands: cut to the tile, rounded to its units, without what rounding makes of no size, outer rings with
/// positive area and holes with negative (4.3.3.3).
struct Drawn {
    frame: Frame,
    square: Square,
    /// Whether the shape reaches beyond the border.
    cut: bool,
    commands: Commands,
    /// Where the commands of a kind end.
    ends: Vec<(u8, usize)>,
    path: Vec<clip::At>,
    room: Vec<clip::At>,
    rounded: Vec<(i32, i32)>,
    /// Whether the last outer ring was told: else its holes are not either.
    outer: bool,
}

impl Drawn {
    fn new(frame: Frame) -> Drawn {
        let (extent, buffer) = (i64::from(EXTENT), i64::from(BUFFER));
        Drawn {
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

    fn begin(&mut self, cut: bool) {
        self.cut = cut;
        self.outer = false;
        self.commands.clear();
        self.ends.clear();
    }

    fn take(&mut self, points: &[Point]) {
        self.path.clear();
        self.path.extend(points.iter().map(|point| self.frame.at(*point)));
    }
}

impl Sink for Drawn {
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
        let Drawn { path, room, rounded, commands, .. } = self;
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
