//! Geometries: Well-Known Text (OGC 06-103r4, section 7) and `BBOX(…)`.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use super::{
    Parser, Result2,
    token::{self, Token},
};
use crate::{error::Problem, tree::What};

pub(super) const KINDS: &[&str] =
    &["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

impl<'a> Parser<'a> {
    /// A geometry or box when the word in hand begins one.
    pub(super) fn shape(&mut self, word: &str) -> Result2<Option<What>> {
        if word.eq_ignore_ascii_case("BBOX") && self.opens_next() {
            self.advance()?;
            return self.bbox().map(Some);
        }
        let Some(kind) = KINDS.iter().find(|kind| word.eq_ignore_ascii_case(kind)) else {
            return Ok(None);
        };
        let tagged = match token::next(self.text, self.end) {
            Ok((_, Token::Word(tag), _)) => ["Z", "M", "ZM"].iter().any(|known| tag.eq_ignore_ascii_case(known)),
            _ => false,
        };
        if !tagged && !self.opens_next() {
            return Ok(None);
        }
        self.geometry(kind).map(|geometry| Some(What::Geometry(Box::new(geometry))))
    }

    fn bbox(&mut self) -> Result2<What> {
        let at = self.at;
        let numbers = self.bracketed(Parser::coordinate)?;
        match numbers.len() {
            4 | 6 => Ok(What::Bbox(numbers)),
            found => Err((at, Problem::Operands { op: "BBOX".to_owned(), takes: "4 or 6".to_owned(), found })),
        }
    }

    /// The kind is in hand; what follows is a dimension and brackets.
    fn geometry(&mut self, kind: &str) -> Result2<Geometry<f64>> {
        self.advance()?;
        for tag in ["Z", "M", "ZM"] {
            if self.take_word(tag)? {
                break;
            }
        }
        Ok(match kind {
            "POINT" => {
                let at = self.at;
                let coords = self.coords()?;
                let [coord] = coords[..] else {
                    return Err((at, Problem::Geometry("a point has one position")));
                };
                Point(coord).into()
            }
            "LINESTRING" => self.line()?.into(),
            "POLYGON" => self.polygon()?.into(),
            "MULTIPOINT" => MultiPoint(self.bracketed(Parser::point_of_many)?).into(),
            "MULTILINESTRING" => MultiLineString(self.bracketed(Parser::line)?).into(),
            "MULTIPOLYGON" => MultiPolygon(self.bracketed(Parser::polygon)?).into(),
            _ => {
                let parts = self.deeper(|parser| parser.bracketed(Parser::part))?;
                Geometry::GeometryCollection(GeometryCollection(parts))
            }
        })
    }

    fn part(&mut self) -> Result2<Geometry<f64>> {
        let kind = match self.token {
            Token::Word(word) => KINDS.iter().find(|kind| word.eq_ignore_ascii_case(kind)),
            _ => None,
        };
        match kind {
            Some(kind) => self.geometry(kind),
            None => self.unexpected("a geometry"),
        }
    }

    /// One or more of the same, with commas between and brackets around.
    fn bracketed<T>(&mut self, part: fn(&mut Self) -> Result2<T>) -> Result2<Vec<T>> {
        let opened = self.at;
        self.need_symbol("(")?;
        let mut parts = vec![part(self)?];
        while self.take_symbol(",")? {
            parts.push(part(self)?);
        }
        if self.take_symbol(")")? {
            return Ok(parts);
        }
        match self.token {
            Token::End => Err((opened, Problem::Unclosed("a bracket"))),
            _ => self.unexpected("`,` or `)`"),
        }
    }

    /// `1 2` or `(1 2)`: both are written.
    fn point_of_many(&mut self) -> Result2<Point<f64>> {
        let inner = self.take_symbol("(")?;
        let coord = self.coord()?;
        if inner {
            self.need_symbol(")")?;
        }
        Ok(Point(coord))
    }

    fn coords(&mut self) -> Result2<Vec<Coord<f64>>> {
        self.bracketed(Parser::coord)
    }

    fn line(&mut self) -> Result2<LineString<f64>> {
        let at = self.at;
        let coords = self.coords()?;
        if coords.len() < 2 {
            return Err((at, Problem::Geometry("a line has two positions or more")));
        }
        Ok(LineString(coords))
    }

    fn ring(&mut self) -> Result2<LineString<f64>> {
        let at = self.at;
        let coords = self.coords()?;
        closed(coords).map_err(|problem| (at, problem))
    }

    fn polygon(&mut self) -> Result2<Polygon<f64>> {
        let mut rings = self.bracketed(Parser::ring)?;
        let exterior = rings.remove(0);
        Ok(Polygon::new(exterior, rings))
    }

    /// Two numbers; a height and a measure are read over.
    fn coord(&mut self) -> Result2<Coord<f64>> {
        let (x, y) = (self.coordinate()?, self.coordinate()?);
        for _ in 0..2 {
            if matches!(self.token, Token::Number(_) | Token::Symbol("-" | "+")) {
                self.coordinate()?;
            }
        }
        Ok(Coord { x, y })
    }

    fn coordinate(&mut self) -> Result2<f64> {
        let at = self.at;
        let negative = self.take_symbol("-")?;
        if !negative {
            self.take_symbol("+")?;
        }
        let Token::Number(digits) = self.token else {
            return self.unexpected("a number");
        };
        let value: f64 = digits.parse().map_err(|_| (at, Problem::Number))?;
        if !value.is_finite() {
            return Err((at, Problem::Number));
        }
        self.advance()?;
        Ok(if negative { -value } else { value })
    }
}

/// A ring has four positions or more, the last like the first (OGC 06-103r4, 6.1.11).
pub(crate) fn closed(coords: Vec<Coord<f64>>) -> Result<LineString<f64>, Problem> {
    if coords.len() < 4 {
        return Err(Problem::Geometry("a ring has four positions or more"));
    }
    if coords.first() != coords.last() {
        return Err(Problem::Geometry("a ring ends where it begins"));
    }
    Ok(LineString(coords))
}
