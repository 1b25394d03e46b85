//! KML 2.2/2.3 (OGC 12-007r2): placemarks with their extended data, one at a time.

mod shapes;
mod write;

use std::path::{Path, PathBuf};

use map_feature::{Crs, Feature, GeometryKind, Schema, Value};

pub(crate) use write::write;

use crate::geometry::{self};
use crate::intake::Intake;
use crate::kinds::{Tally, parse};
use crate::look::Layer;
use crate::xml::{CUT, Element, Step, Xml};
use crate::{CrsGuess, Format, Limits, Options, ProblemKind, Reader, Result};
use shapes::shape;

pub(crate) struct File {
    path: PathBuf,
}

enum Met {
    /// A placemark and the names of the folders it is in.
    Placemark(Box<Element>, String),
    TooLong,
    Cut,
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    /// All placemarks in document order.
    fn walk(&self, limits: &Limits, each: &mut dyn FnMut(Met, u64) -> Result<()>) -> Result<String> {
        let mut xml = Xml::open(&self.path, Format::Kml, limits)?;
        let mut title = String::new();
        // Open folders with their names; documents count as nameless ones.
        let mut folders: Vec<(String, String)> = Vec::new();
        loop {
            let step = match xml.next() {
                Ok(step) => step,
                Err(error) if error.to_string().ends_with(CUT) => {
                    each(Met::Cut, xml.meter.all())?;
                    return Ok(title);
                }
                Err(error) => return Err(error),
            };
            match step {
                Step::End => return Ok(title),
                Step::Open(name, attributes) if name == "Placemark" => {
                    let element = match Element::read(&mut xml, name, attributes) {
                        Err(error) if error.to_string().ends_with(CUT) => {
                            each(Met::Cut, xml.meter.all())?;
                            return Ok(title);
                        }
                        other => other?,
                    };
                    let names: Vec<&str> =
                        folders.iter().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).collect();
                    let met = match element {
                        Some(element) => Met::Placemark(Box::new(element), names.join("/")),
                        None => Met::TooLong,
                    };
                    each(met, xml.meter.all())?;
                    xml.meter.next();
                }
                Step::Open(name, _) if name == "Folder" || name == "Document" => folders.push((name, String::new())),
                Step::Open(name, attributes) if name == "name" => {
                    let text = Element::read(&mut xml, name, attributes)?.map(|one| one.text).unwrap_or_default();
                    match folders.last_mut() {
                        Some((kind, name)) if kind == "Folder" => *name = text.trim().to_owned(),
                        _ if title.is_empty() => title = text.trim().to_owned(),
                        _ => {}
                    }
                }
                Step::Open(name, attributes) if name != "kml" => {
                    Element::read(&mut xml, name, attributes)?;
                }
                Step::Close(name) if name == "Folder" || name == "Document" => {
                    folders.pop();
                }
                _ => {}
            }
        }
    }
}

/// Name and value of everything said of a placemark.
fn said<'a>(placemark: &'a Element, folder: &'a str, put: &mut dyn FnMut(&str, &'a str)) {
    for name in ["name", "description", "address", "phoneNumber"] {
        if let Some(text) = placemark.text_of(name) {
            put(name, text);
        }
    }
    if !folder.is_empty() {
        put("folder", folder);
    }
    if let Some(when) = placemark.child("TimeStamp").and_then(|stamp| stamp.text_of("when")) {
        put("timestamp", when);
    }
    for name in ["begin", "end"] {
        if let Some(text) = placemark.child("TimeSpan").and_then(|span| span.text_of(name)) {
            put(name, text);
        }
    }
    for extended in placemark.children.iter().filter(|child| child.name == "ExtendedData") {
        for data in &extended.children {
            match data.name.as_str() {
                "Data" => {
                    if let (Some(name), Some(text)) = (data.attribute("name"), data.text_of("value")) {
                        put(name, text);
                    }
                }
                "SchemaData" => {
                    for simple in data.children.iter().filter(|child| child.name == "SimpleData") {
                        if let Some(name) = simple.attribute("name") {
                            put(name, simple.text.trim());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let mut tally = Tally::default();
        let mut layer = Layer { crs: CrsGuess::stated(Crs::Crs84), ..Layer::default() };
        let mut kind = None;
        let mut count = 0;
        let limits = &options.limits;
        layer.name = self.walk(limits, &mut |met, _| {
            count += 1;
            let Met::Placemark(placemark, folder) = met else { return Ok(()) };
            let mut full = Ok(());
            said(&placemark, &folder, &mut |name, text| match tally.place(name, limits) {
                Ok(place) => tally.see_text(place, text),
                Err(error) => full = Err(error),
            });
            if let Ok((Some(shape), _)) = shape(&placemark, limits) {
                kind = Some(geometry::joined(kind, geometry::kind(&shape)));
                if let (_, Some(bounds), true) = geometry::survey(&shape) {
                    layer.seen = Some(layer.seen.map_or(bounds, |all| all.joined(bounds)));
                }
            }
            full
        })?;
        layer.schema = Schema { fields: tally.fields(), geometry: kind.unwrap_or(GeometryKind::None) };
        layer.count = Some(count);
        Ok(vec![layer])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let total = std::fs::metadata(&self.path)?.len();
        let mut row = 0;
        self.walk(&options.limits, &mut |met, done| {
            row += 1;
            intake.at(done, total);
            match met {
                Met::Placemark(placemark, folder) => take(row, &placemark, &folder, layer, options, intake),
                Met::TooLong => intake.reject(row, None, ProblemKind::TooLong, ""),
                Met::Cut => intake.reject(row, None, ProblemKind::Truncated, ""),
            }
        })?;
        Ok(())
    }
}

fn take(
    row: u64,
    placemark: &Element,
    folder: &str,
    layer: &Layer,
    options: &Options,
    intake: &mut Intake,
) -> Result<()> {
    let id = placemark.attribute("id").filter(|id| !id.is_empty()).map(str::to_owned);
    let (shape, flat) = match shape(placemark, &options.limits) {
        Ok(found) => found,
        Err(why) => {
            let name = placemark.text_of("name").unwrap_or_default();
            return intake.reject(row, id.as_deref(), why.into(), name);
        }
    };
    if !flat {
        intake.note(ProblemKind::ThirdDimension, row, id.as_deref(), None);
    }
    let mut values = vec![Value::Null; layer.schema.fields.len()];
    said(placemark, folder, &mut |name, text| {
        let Some(place) = layer.schema.position(name) else { return };
        match parse(text, layer.schema.fields[place].kind) {
            Some(value) => values[place] = value,
            None => intake.note(ProblemKind::WrongKind, row, id.as_deref(), Some(place)),
        }
    });
    let id = match &options.columns.id {
        Some(name) => layer.schema.position(name).map(|place| values[place].to_string()).filter(|id| !id.is_empty()),
        None => id,
    };
    intake.feature(row, Feature { id, geometry: shape, values })
}
