//! JSON to expressions. What we do not draw is an error that names the place, so that who writes a style sees it.

use serde_json::Value as Json;

use super::{Compare, Expr, Reckon, StyleError, Val};
use crate::Colour;

/// How deep expressions may stand in each other, and how many parts a style may have.
const DEEPEST: usize = 32;
const MOST_PARTS: usize = 50_000;

/// What a place in the style wants to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Any,
    Number,
    Colour,
    Text,
    Boolean,
}

/// Reads one style; knows where it is.
#[derive(Default)]
pub struct Reader {
    place: Vec<String>,
    parts: usize,
}

impl Reader {
    pub fn at<T>(
        &mut self,
        step: impl Into<String>,
        read: impl FnOnce(&mut Reader) -> Result<T, StyleError>,
    ) -> Result<T, StyleError> {
        self.place.push(step.into());
        let result = read(self);
        self.place.pop();
        result
    }

    pub fn error(&self, what: impl Into<String>) -> StyleError {
        StyleError { place: self.place.concat().trim_start_matches('.').to_owned(), what: what.into() }
    }

    pub fn expression(&mut self, json: &Json, want: Want) -> Result<Expr, StyleError> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(self.error(format!("the style has more than {MOST_PARTS} parts")));
        }
        if self.place.len() > DEEPEST + 3 {
            return Err(self.error(format!("expressions stand more than {DEEPEST} deep in each other")));
        }
        match json {
            Json::Array(list) => self.call(list, want),
            Json::Object(_) => {
                Err(self.error("functions with \"stops\" are not drawn; write [\"interpolate\", …] or [\"step\", …]"))
            }
            plain => Ok(Expr::Literal(self.literal(plain, want)?)),
        }
    }

    /// A value that is written out, of the type that the place wants.
    fn literal(&self, json: &Json, want: Want) -> Result<Val, StyleError> {
        let value = match json {
            Json::Null => Val::Null,
            Json::Bool(value) => Val::Boolean(*value),
            Json::Number(number) => Val::Number(number.as_f64().ok_or_else(|| self.error("this number is too long"))?),
            Json::String(text) if want == Want::Colour => {
                Val::Colour(text.parse::<Colour>().map_err(|what| self.error(what))?)
            }
            Json::String(text) => Val::Text(text.clone()),
            Json::Array(list) => {
                Val::List(list.iter().map(|part| self.literal(part, Want::Any)).collect::<Result<_, _>>()?)
            }
            Json::Object(_) => return Err(self.error("an object cannot stand here")),
        };
        match (want, &value) {
            (Want::Any, _)
            | (_, Val::Null)
            | (Want::Number, Val::Number(_))
            | (Want::Colour, Val::Colour(_))
            | (Want::Text, Val::Text(_))
            | (Want::Boolean, Val::Boolean(_)) => Ok(value),
            _ => {
                let wanted = match want {
                    Want::Number => "a number",
                    Want::Colour => "a colour",
                    Want::Text => "a text",
                    _ => "true or false",
                };
                Err(self.error(format!("{wanted} must stand here, not {json}")))
            }
        }
    }

    fn call(&mut self, list: &[Json], want: Want) -> Result<Expr, StyleError> {
        let Some(Json::String(name)) = list.first() else {
            return Err(self.error("an expression begins with its name, as in [\"get\", \"name\"]; lists of values are written [\"literal\", […]]"));
        };
        let given = &list[1..];
        let count = |this: &Reader, least: usize, most: usize| {
            if (least..=most).contains(&given.len()) {
                Ok(())
            } else {
                Err(this.error(format!("\"{name}\" does not take {} parts", given.len())))
            }
        };
        let many = usize::MAX;
        Ok(match name.as_str() {
            "literal" => {
                count(self, 1, 1)?;
                self.at("[1]", |this| this.literal(&given[0], want).map(Expr::Literal))?
            }
            "get" => {
                count(self, 1, 1)?;
                Expr::Get(self.name(&given[0])?)
            }
            "has" => {
                count(self, 1, 1)?;
                Expr::Has(self.name(&given[0])?)
            }
            "!has" => {
                count(self, 1, 1)?;
                Expr::Not(Box::new(Expr::Has(self.name(&given[0])?)))
            }
            "zoom" => {
                count(self, 0, 0)?;
                Expr::Zoom
            }
            "geometry-type" => {
                count(self, 0, 0)?;
                Expr::GeometryType
            }
            "match" => self.matching(given, want)?,
            "case" => self.case(given, want)?,
            "step" => self.step(given, want)?,
            "interpolate" => self.interpolate(given, want)?,
            "==" => self.compare(Compare::Equal, given)?,
            "!=" => self.compare(Compare::NotEqual, given)?,
            "<" => self.compare(Compare::Less, given)?,
            "<=" => self.compare(Compare::LessOrEqual, given)?,
            ">" => self.compare(Compare::Greater, given)?,
            ">=" => self.compare(Compare::GreaterOrEqual, given)?,
            "all" => Expr::All(self.list(given, Want::Boolean)?),
            "any" => Expr::Any(self.list(given, Want::Boolean)?),
            "none" => Expr::Not(Box::new(Expr::Any(self.list(given, Want::Boolean)?))),
            "!" => {
                count(self, 1, 1)?;
                Expr::Not(self.part(given, 0, Want::Boolean)?)
            }
            "in" => {
                count(self, 2, 2)?;
                Expr::In(self.part(given, 0, Want::Any)?, self.part(given, 1, Want::Any)?)
            }
            "coalesce" => {
                count(self, 1, many)?;
                Expr::Coalesce(self.list(given, want)?)
            }
            "concat" => Expr::Concat(self.list(given, Want::Any)?),
            "to-string" => {
                count(self, 1, 1)?;
                Expr::ToText(self.part(given, 0, Want::Any)?)
            }
            "to-number" => {
                count(self, 1, many)?;
                Expr::ToNumber(self.list(given, Want::Any)?)
            }
            "to-boolean" => {
                count(self, 1, 1)?;
                Expr::ToBoolean(self.part(given, 0, Want::Any)?)
            }
            // Assertions and conversions to what the place wants anyway: the first that fits.
            "string" | "number" | "boolean" => {
                count(self, 1, many)?;
                Expr::Coalesce(self.list(given, Want::Any)?)
            }
            "upcase" | "downcase" => {
                count(self, 1, 1)?;
                let part = self.part(given, 0, Want::Text)?;
                if name == "upcase" { Expr::Upper(part) } else { Expr::Lower(part) }
            }
            "rgb" | "rgba" => {
                let parts = if name == "rgb" { 3 } else { 4 };
                count(self, parts, parts)?;
                Expr::Rgb(self.list(given, Want::Number)?)
            }
            other => match reckoning(other) {
                Some((how, least, most)) => {
                    count(self, least, most)?;
                    Expr::Reckon(how, self.list(given, Want::Number)?)
                }
                None => return Err(self.error(format!("the expression \"{other}\" is not drawn by the server"))),
            },
        })
    }

    fn name(&self, json: &Json) -> Result<String, StyleError> {
        json.as_str().map(str::to_owned).ok_or_else(|| self.error("the name of a property must stand here, in quotes"))
    }

    /// `at` counts after the name of the expression.
    fn part(&mut self, given: &[Json], at: usize, want: Want) -> Result<Box<Expr>, StyleError> {
        let Some(json) = given.get(at) else { return Err(self.error("a part is missing at the end")) };
        self.at(format!("[{}]", at + 1), |this| this.expression(json, want)).map(Box::new)
    }

    fn list(&mut self, given: &[Json], want: Want) -> Result<Vec<Expr>, StyleError> {
        (0..given.len()).map(|at| self.part(given, at, want).map(|part| *part)).collect()
    }

    fn compare(&mut self, how: Compare, given: &[Json]) -> Result<Expr, StyleError> {
        if given.len() != 2 {
            return Err(self.error("a comparison takes two parts"));
        }
        Ok(Expr::Compare(how, self.part(given, 0, Want::Any)?, self.part(given, 1, Want::Any)?))
    }

    fn matching(&mut self, given: &[Json], want: Want) -> Result<Expr, StyleError> {
        if given.len() < 4 || !given.len().is_multiple_of(2) {
            return Err(self.error("\"match\" takes an input, pairs of label and value, and a value for the rest"));
        }
        let input = self.part(given, 0, Want::Any)?;
        let mut arms = Vec::new();
        for at in (1..given.len() - 1).step_by(2) {
            let labels = self.at(format!("[{}]", at + 1), |this| match &given[at] {
                Json::Array(list) => list.iter().map(|label| this.literal(label, Want::Any)).collect(),
                plain => Ok(vec![this.literal(plain, Want::Any)?]),
            })?;
            arms.push((labels, *self.part(given, at + 1, want)?));
        }
        let otherwise = self.part(given, given.len() - 1, want)?;
        Ok(Expr::Match { input, arms, otherwise })
    }

    fn case(&mut self, given: &[Json], want: Want) -> Result<Expr, StyleError> {
        if given.len() < 3 || given.len() % 2 != 1 {
            return Err(self.error("\"case\" takes pairs of condition and value, and a value for the rest"));
        }
        let mut arms = Vec::new();
        for at in (0..given.len() - 1).step_by(2) {
            arms.push((*self.part(given, at, Want::Boolean)?, *self.part(given, at + 1, want)?));
        }
        let otherwise = self.part(given, given.len() - 1, want)?;
        Ok(Expr::Case { arms, otherwise })
    }

    fn step(&mut self, given: &[Json], want: Want) -> Result<Expr, StyleError> {
        if given.len() < 2 || !given.len().is_multiple_of(2) {
            return Err(self.error("\"step\" takes an input, a first value, and pairs of limit and value"));
        }
        let input = self.part(given, 0, Want::Number)?;
        let first = self.part(given, 1, want)?;
        Ok(Expr::Step { input, first, stops: self.stops(given, 2, want)? })
    }

    fn interpolate(&mut self, given: &[Json], want: Want) -> Result<Expr, StyleError> {
        if !matches!(want, Want::Number | Want::Colour) {
            return Err(self.error("only numbers and colours can lie between others; use \"step\""));
        }
        if given.len() < 4 || !given.len().is_multiple_of(2) {
            return Err(self.error("\"interpolate\" takes a way, an input, and pairs of stop and value"));
        }
        let base = match given[0].as_array().map(Vec::as_slice) {
            Some([way]) if way == "linear" => 1.0,
            Some([way, base]) if way == "exponential" => base
                .as_f64()
                .filter(|base| (0.01..=100.0).contains(base))
                .ok_or_else(|| self.error("the base of \"exponential\" is a number from 0.01 to 100"))?,
            _ => return Err(self.error("the way is [\"linear\"] or [\"exponential\", base]")),
        };
        let input = self.part(given, 1, Want::Number)?;
        Ok(Expr::Interpolate { base, input, stops: self.stops(given, 2, want)? })
    }

    fn stops(&mut self, given: &[Json], from: usize, want: Want) -> Result<Vec<(f64, Expr)>, StyleError> {
        let mut stops: Vec<(f64, Expr)> = Vec::new();
        for at in (from..given.len()).step_by(2) {
            let stop = given[at].as_f64().ok_or_else(|| self.error(format!("stop {} is not a number", given[at])))?;
            if stops.last().is_some_and(|(before, _)| *before >= stop) {
                return Err(self.error("stops must rise"));
            }
            stops.push((stop, *self.part(given, at + 1, want)?));
        }
        Ok(stops)
    }
}

fn reckoning(name: &str) -> Option<(Reckon, usize, usize)> {
    let many = usize::MAX;
    Some(match name {
        "+" => (Reckon::Add, 1, many),
        "*" => (Reckon::Multiply, 1, many),
        "-" => (Reckon::Subtract, 1, 2),
        "/" => (Reckon::Divide, 2, 2),
        "%" => (Reckon::Remainder, 2, 2),
        "^" => (Reckon::Power, 2, 2),
        "min" => (Reckon::Smallest, 1, many),
        "max" => (Reckon::Largest, 1, many),
        "round" => (Reckon::Round, 1, 1),
        "floor" => (Reckon::Floor, 1, 1),
        "ceil" => (Reckon::Ceiling, 1, 1),
        "abs" => (Reckon::Absolute, 1, 1),
        "sqrt" => (Reckon::Root, 1, 1),
        _ => return None,
    })
}
