use crate::{
    Error, Result, Row, View,
    frame::Frame,
    ids,
    live::Snapshot,
    mvt::{self, EXTENT},
    row::At,
    shape::{self, LINES, POINTS},
    sketch::Sketch,
    tags::Tags,
    varint,
    world::Point,
};

/// A layer that is being written.
pub(crate) struct Layer<'a> {
    frame: Frame,
    tags: Tags<'a>,
    pub features: Vec<u8>,
    drawn: Sketch,
    points: Vec<Point>,
    pairs: Vec<u8>,
    head: Vec<u8>,
}

impl<'a> Layer<'a> {
    pub fn new(snapshot: &'a Snapshot, frame: Frame, view: &View<'_>) -> Layer<'a> {
        Layer {
            frame,
            tags: Tags::new(&snapshot.edition, view.fields),
            features: Vec::new(),
            drawn: Sketch::new(frame),
            points: Vec::new(),
            pairs: Vec::new(),
            head: Vec::new(),
        }
    }

    pub fn feature(&mut self, row: &Row<'_>, stands: bool) -> Result<()> {
        let damaged = || Error::Damaged("a shape is not one");
        let area = row.area().ok_or_else(damaged)?;
        let bytes = row.shape().ok_or_else(damaged)?;
        self.drawn.begin(!self.frame.area().holds(area));
        let corner = Point { x: area.x0, y: area.y0 };
        if stands {
            self.drawn.square(area.middle());
        } else {
            shape::walk(bytes, corner, &mut self.points, &mut self.drawn).ok_or_else(damaged)?;
        }
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

    pub fn finish(self, name: &str) -> Vec<u8> {
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
