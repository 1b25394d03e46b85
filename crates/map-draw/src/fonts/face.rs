use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::{Direction, ShapePlan, Shaper, ShaperData, ShaperInstance, Tag, UnicodeBuffer};
use skrifa::instance::{Location, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{Path, PathBuilder};

use super::Weight;

/// A font file and the code points that it is for.
pub struct Face {
    packed: Cow<'static, [u8]>,
    ranges: Vec<(u32, u32)>,
    loaded: OnceLock<Option<Loaded>>,
}

/// A font file that was unpacked and can be read.
pub struct Loaded {
    pub file: Arc<Vec<u8>>,
    pub shaper: ShaperData,
    pub units_per_em: f32,
    /// How each weight, direction and script is shaped; making such a plan costs more than following it.
    plans: Mutex<HashMap<PlanKey, Arc<ShapePlan>>>,
}

type PlanKey = (Weight, bool, Option<Tag>);

impl Face {
    pub fn new(packed: Cow<'static, [u8]>, ranges: Vec<(u32, u32)>) -> Face {
        Face { packed, ranges, loaded: OnceLock::new() }
    }

    /// `None` when the file is broken.
    pub fn loaded(&self) -> Option<&Loaded> {
        self.loaded.get_or_init(|| Loaded::read(&self.packed)).as_ref()
    }

    pub fn has(&self, letter: char) -> bool {
        let code = u32::from(letter);
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&code))
            && self.loaded().and_then(Loaded::font).is_some_and(|font| font.charmap().map(letter).is_some())
    }
}

impl Loaded {
    fn read(packed: &[u8]) -> Option<Loaded> {
        let file = if packed.starts_with(b"wOF2") { wuff::decompress_woff2(packed).ok()? } else { packed.to_vec() };
        let font = FontRef::new(&file).ok()?;
        let shaper = ShaperData::new(&font);
        let units_per_em =
            f32::from(font.metrics(Size::unscaled(), skrifa::instance::LocationRef::default()).units_per_em);
        (units_per_em > 0.0).then(|| Loaded { file: Arc::new(file), shaper, units_per_em, plans: Mutex::default() })
    }

    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.file).ok()
    }

    pub fn instance(&self, font: &FontRef, weight: Weight) -> ShaperInstance {
        ShaperInstance::from_variations(font, [("wght", weight.axis())])
    }

    /// The plan for text in a buffer.
    pub fn plan(&self, shaper: &Shaper, weight: Weight, buffer: &UnicodeBuffer) -> Arc<ShapePlan> {
        let script = buffer.script();
        let key = (weight, buffer.direction() == Direction::RightToLeft, Some(script.tag()));
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(ShapePlan::new(shaper, buffer.direction(), Some(script), None, &[]));
        Arc::clone(plans.entry(key).or_insert_with(make))
    }

    pub fn outline(&self, weight: Weight, glyph: u32) -> Option<Path> {
        let font = self.font()?;
        let location: Location = font.axes().location([("wght", weight.axis())]);
        let outline = font.outline_glyphs().get(GlyphId::new(glyph))?;
        let mut pen = Pen { path: PathBuilder::new(), scale: 1.0 / self.units_per_em };
        outline.draw(DrawSettings::unhinted(Size::unscaled(), &location), &mut pen).ok()?;
        pen.path.finish()
    }
}

/// Font units with y upwards to ems with y downwards.
struct Pen {
    path: PathBuilder,
    scale: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x * self.scale, -y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x * self.scale, -y * self.scale);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.quad_to(cx * s, -cy * s, x * s, -y * s);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.cubic_to(ax * s, -ay * s, bx * s, -by * s, x * s, -y * s);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
