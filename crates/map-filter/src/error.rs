use std::fmt;

use crate::tree::Node;

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct FilterError {
    pub place: Place,
    pub problem: Problem,
}

/// Where in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Of a CQL2 text: bytes from its start; line and column (in characters) from 1.
    Text { offset: usize, line: usize, column: usize },
    /// Of CQL2 JSON: a JSON pointer (RFC 6901).
    Json { pointer: String },
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Text { line: 1, column, .. } => write!(out, "at character {column}"),
            Place::Text { line, column, .. } => write!(out, "at line {line}, character {column}"),
            Place::Json { pointer } if pointer.is_empty() => out.write_str("at the top"),
            Place::Json { pointer } => write!(out, "at {pointer}"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    #[error("expected {expected}, found {found}")]
    Unexpected { expected: String, found: String },
    #[error("{0} is opened here and never closed")]
    Unclosed(&'static str),
    #[error("this number is too large")]
    Number,
    #[error("\"{0}\" is not a date (YYYY-MM-DD)")]
    Date(String),
    #[error("\"{0}\" is not a time stamp (YYYY-MM-DDThh:mm:ssZ)")]
    Timestamp(String),
    #[error("this is no geometry: {0}")]
    Geometry(&'static str),
    #[error("{op} takes {takes} operands, not {found}")]
    Operands { op: String, takes: String, found: usize },
    #[error("the filter is nested more than {0} deep")]
    Depth(usize),
    #[error("the filter is too long: at most {0} are taken")]
    Size(String),
    #[error("there is no property \"{name}\" here; known are {}", known.join(", "))]
    Property { name: String, known: Vec<String> },
    #[error("there is no function \"{name}\"; known are {}", known.join(", "))]
    Function { name: String, known: Vec<String> },
    #[error("this is {found}, where {expected} is needed")]
    Sort { expected: String, found: String },
    #[error("{left} cannot be compared with {right}")]
    Mismatch { left: String, right: String },
    #[error("a pattern must be written out; it cannot come from a property")]
    Pattern,
    #[error("the start of an interval lies behind its end")]
    Interval,
    #[error("{0}")]
    Crs(String),
}

impl Problem {
    pub(crate) fn unexpected(expected: impl Into<String>, found: impl Into<String>) -> Problem {
        Problem::Unexpected { expected: expected.into(), found: found.into() }
    }
}

/// What a filter was read from: turns the `at` of a node into a place.
pub(crate) enum Source<'a> {
    Text(&'a str),
    Json(&'a [String]),
}

impl Source<'_> {
    pub(crate) fn error(&self, at: u32, problem: Problem) -> FilterError {
        let place = match self {
            Source::Text(text) => text_place(text, at as usize),
            Source::Json(pointers) => Place::Json { pointer: pointers.get(at as usize).cloned().unwrap_or_default() },
        };
        FilterError { place, problem }
    }

    pub(crate) fn at(&self, node: &Node, problem: Problem) -> FilterError {
        self.error(node.at, problem)
    }
}

pub(crate) fn text_place(text: &str, offset: usize) -> Place {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Place::Text { offset, line, column }
}
