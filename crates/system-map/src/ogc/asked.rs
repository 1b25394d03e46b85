//! What somebody asks of a collection's features, read from the query and checked against what they may see.

use geo_types::Rect;
use jiff::{Timestamp, civil::Date};
use kernel_web::{Asked, Failure};
use map_feature::{Bounds, Crs, Kind, Value};
use map_filter::{Filter, Options};

use super::answer::bad;
use super::reference::{box_in_degrees, named, spoken, turned};
use super::sieve::{Sieve, Span, Tilted};
use crate::layer::Layer;
use crate::served::Seen;

/// Features on a page when nobody says, and the most.
const USUAL: u64 = 10;
pub const MOST: u64 = 10_000;

/// Parameters of `items`; names of fields come on top.
pub const PARAMETERS: &[&str] = &[
    "bbox",
    "bbox-crs",
    "datetime",
    "limit",
    "offset",
    "crs",
    "properties",
    "skipGeometry",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
];

/// A question, ready to be asked.
pub struct Question {
    /// The box in degrees that all answers meet.
    pub area: Option<Bounds>,
    pub sieve: Sieve,
    pub crs: Crs,
    pub limit: u64,
    pub offset: u64,
    /// Fields of the answer, by position.
    pub fields: Vec<usize>,
    pub geometry: bool,
    /// Field and whether it falls.
    pub sort: Vec<(usize, bool)>,
}

/// Fields that this reader may see, and what of the query is read.
struct Reading<'a> {
    layer: &'a Layer,
    fields: Vec<usize>,
    asked: &'a Asked,
    spoken: Vec<Crs>,
}

impl Question {
    /// # Errors
    /// 400 that says what is wrong.
    pub fn read(seen: &Seen, asked: &Asked) -> Result<Question, Failure> {
        let layer = &*seen.served.layer;
        let fields = layer.fields(&seen.mask);
        // Most ask for nothing but CRS84.
        let named_any = ["crs", "bbox-crs", "filter-crs"].iter().any(|name| !asked.text(name).is_empty());
        let spoken = if named_any { spoken(layer, seen.served.live.bounds()) } else { Vec::new() };
        let reading = Reading { layer, fields, asked, spoken };
        let mut sieve = Sieve::of(layer, &seen.mask)?;
        sieve.equal = reading.equal()?;
        sieve.time = reading.time()?;
        sieve.filter = reading.filter()?;
        let area = reading.place(&mut sieve)?;
        let of_filter = sieve.filter.as_ref().and_then(Filter::area);
        Ok(Question {
            area: area.or(of_filter),
            sieve,
            crs: named("crs", asked.text("crs"), &reading.spoken)?,
            limit: reading.number("limit", USUAL, 1)?.min(MOST),
            offset: reading.number("offset", 0, 0)?,
            fields: reading.wanted()?,
            geometry: asked.text("skipGeometry") != "true",
            sort: reading.order()?,
        })
    }
}

impl Reading<'_> {
    fn number(&self, name: &str, usual: u64, least: u64) -> Result<u64, Failure> {
        if !self.asked.pairs().any(|(key, _)| key == name) {
            return Ok(usual);
        }
        let read = self.asked.text(name).parse().ok().filter(|number| *number >= least);
        read.ok_or_else(|| bad(format!("{name} is a whole number from {least}")))
    }

    fn known(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|at| self.layer.schema.fields[*at].name.as_str()).collect();
        names.join(", ")
    }

    fn field(&self, name: &str) -> Result<usize, Failure> {
        let found = self.layer.schema.position(name).filter(|at| self.fields.contains(at));
        found.ok_or_else(|| bad(format!("there is no property \"{name}\" here; known are {}", self.known())))
    }

    /// `property=value` for each parameter that is none of ours.
    fn equal(&self) -> Result<Vec<(usize, Value)>, Failure> {
        let ours = |key: &str| PARAMETERS.contains(&key) || matches!(key, "f" | "lang");
        let mut all = Vec::new();
        for (key, text) in self.asked.pairs().filter(|(key, _)| !ours(key)) {
            let at = self.layer.schema.position(key).filter(|at| self.fields.contains(at));
            let at = at.ok_or_else(|| {
                let known = PARAMETERS.join(", ");
                bad(format!(
                    "there is no parameter \"{key}\" here; known are {known} and the properties {}",
                    self.known()
                ))
            })?;
            all.push((at, value(self.layer.schema.fields[at].kind, text).ok_or_else(|| not(key, text))?));
        }
        Ok(all)
    }

    fn time(&self) -> Result<Option<(usize, Span)>, Failure> {
        let text = self.asked.text("datetime");
        if text.is_empty() {
            return Ok(None);
        }
        let span = Span::read(text).ok_or_else(|| {
            bad("datetime is a day, a moment of RFC 3339, or two of them with / between; .. is an open end")
        })?;
        Ok(time_field(self.layer, &self.fields).map(|at| (at, span)))
    }

    fn filter(&self) -> Result<Option<Filter>, Failure> {
        let text = self.asked.text("filter");
        let crs = named("filter-crs", self.asked.text("filter-crs"), &self.spoken)?;
        let options = Options { crs, queryables: Some(self.fields.clone()) };
        let language = self.asked.text("filter-lang");
        let read = match language {
            _ if text.is_empty() => return Ok(None),
            "" | "cql2-text" => Filter::text(text, &self.layer.schema, &options),
            "cql2-json" => {
                let json = serde_json::from_str(text).map_err(|cause| bad(format!("filter is no JSON: {cause}")))?;
                Filter::json(&json, &self.layer.schema, &options)
            }
            _ => return Err(bad("filter-lang is cql2-text or cql2-json")),
        };
        read.map(Some).map_err(|cause| bad(format!("filter, {cause}")))
    }

    /// The box in degrees, with what it lacks put into the sieve.
    fn place(&self, sieve: &mut Sieve) -> Result<Option<Bounds>, Failure> {
        let text = self.asked.text("bbox");
        let crs = named("bbox-crs", self.asked.text("bbox-crs"), &self.spoken)?;
        if text.is_empty() {
            return Ok(None);
        }
        let area = corners(text, turned(crs))?;
        if !matches!(crs, Crs::Crs84 | Crs::Epsg(4326)) {
            let straight = ordered(area).ok_or_else(|| bad("bbox: the first corner is the lower left one"))?;
            if crs != Crs::WEB_MERCATOR {
                sieve.tilted = Some(Tilted::new(straight, crs).map_err(|cause| bad(cause.to_string()))?);
            }
            return box_in_degrees(straight, crs).map(Some);
        }
        if let Some(area) = ordered(area) {
            return Ok(Some(area));
        }
        let [west, south, east, north] = area;
        if south > north {
            return Err(bad("bbox: the first corner is the lower left one"));
        }
        // Across the antimeridian: two boxes.
        sieve.boxes = vec![Bounds { west, south, east: 180.0, north }, Bounds { west: -180.0, south, east, north }];
        Ok(Some(Bounds { west: -180.0, south, east: 180.0, north }))
    }

    fn wanted(&self) -> Result<Vec<usize>, Failure> {
        match self.asked.text("properties") {
            "" => Ok(self.fields.clone()),
            names => names.split(',').map(|name| self.field(name.trim())).collect(),
        }
    }

    fn order(&self) -> Result<Vec<(usize, bool)>, Failure> {
        let names = self.asked.text("sortby").split(',').map(str::trim).filter(|name| !name.is_empty());
        names
            .map(|name| match name.strip_prefix('-') {
                Some(name) => self.field(name).map(|at| (at, true)),
                None => self.field(name.strip_prefix('+').unwrap_or(name)).map(|at| (at, false)),
            })
            .collect()
    }
}

/// The field that says when: the first that holds a day or a moment.
pub fn time_field(layer: &Layer, fields: &[usize]) -> Option<usize> {
    let kind = |at: &&usize| matches!(layer.schema.fields[**at].kind, Kind::Date | Kind::Instant);
    fields.iter().find(kind).copied()
}

fn not(key: &str, text: &str) -> Failure {
    bad(format!("{key} cannot be \"{text}\""))
}

/// A value as a parameter writes it.
fn value(kind: Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::Text => Value::Text(text.to_owned()),
        Kind::Boolean => Value::Boolean(text.parse().ok()?),
        Kind::Integer => Value::Integer(text.parse().ok()?),
        Kind::Number => Value::Number(text.parse::<f64>().ok().filter(|number| number.is_finite())?),
        Kind::Date => Value::Date(text.parse::<Date>().ok()?),
        Kind::Instant => Value::Instant(text.parse::<Timestamp>().ok()?),
    })
}

/// West, south, east, north of four or six numbers, heights left out.
fn corners(text: &str, turned: bool) -> Result<[f64; 4], Failure> {
    let numbers: Option<Vec<f64>> =
        text.split(',').map(|part| part.trim().parse().ok().filter(|number: &f64| number.is_finite())).collect();
    let flat = match numbers.as_deref() {
        Some([a, b, c, d]) => [*a, *b, *c, *d],
        Some([a, b, _, c, d, _]) => [*a, *b, *c, *d],
        _ => return Err(bad("bbox is four numbers, or six with heights, with commas between")),
    };
    let [a, b, c, d] = flat;
    Ok(if turned { [b, a, d, c] } else { flat })
}

fn ordered([west, south, east, north]: [f64; 4]) -> Option<Bounds> {
    let straight = Bounds::from(Rect::new((west, south), (east, north)));
    (west <= east && south <= north).then_some(straight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_four_or_six_numbers_in_the_order_of_their_system() {
        assert_eq!(corners("1,2,3,4", false).unwrap(), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(corners("1,2,0,3,4,9", false).unwrap(), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(corners("37,126,38,127", true).unwrap(), [126.0, 37.0, 127.0, 38.0]);
        for wrong in ["", "1,2,3", "1,2,3,x", "1,2,3,NaN", "1,2,3,4,5"] {
            assert!(corners(wrong, false).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_parameter_is_read_as_its_field_wants_it() {
        assert_eq!(value(Kind::Integer, "12"), Some(Value::Integer(12)));
        assert_eq!(value(Kind::Number, "NaN"), None);
        assert_eq!(value(Kind::Boolean, "yes"), None);
        assert_eq!(value(Kind::Text, ""), Some(Value::Text(String::new())));
    }
}
