//! A coded sheet: what evaluators found for each criterion (`criterion,value[,state]`).

use std::collections::BTreeMap;
use std::fmt;

use crate::{Criterion, Fraction, Instrument, exact, parse_fraction};

/// What was found for one criterion. Three kinds of "no" are three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coded {
    /// A value of the scale, or the mean of two evaluators' values.
    Value(Fraction),
    /// Looked for and certainly not there: 0 points.
    Absent,
    /// Not found by this evaluator: 0 points, but somebody else may find it.
    NotFound,
    /// Not this city's task: leaves the denominator.
    NotThisCity,
    /// Could not be judged: 0 points, and full points in the upper bound.
    NotAssessable,
}

impl Coded {
    /// The word in a sheet's `state` column and in reports.
    pub fn state(self) -> &'static str {
        match self {
            Coded::Value(_) => "found",
            Coded::Absent => "absent",
            Coded::NotFound => "not_found",
            Coded::NotThisCity => "not_this_city",
            Coded::NotAssessable => "not_assessable",
        }
    }

    /// Points, when there are any to give: a "no" is 0, what leaves the count has none.
    pub fn value(self) -> Option<Fraction> {
        match self {
            Coded::Value(value) => Some(value),
            Coded::Absent | Coded::NotFound => Some(Fraction::from_integer(0)),
            Coded::NotThisCity | Coded::NotAssessable => None,
        }
    }

    /// Puts a state and an optional value together as a report or a sheet writes them.
    ///
    /// # Errors
    /// [`SheetProblem`] when they contradict each other or the scale.
    pub fn from_parts(criterion: &Criterion, state: &str, value: Option<Fraction>) -> Result<Self, SheetProblem> {
        let off_scale =
            |value: Fraction| SheetProblem::OffScale { value: exact(value), scale: criterion.scale.to_string() };
        if let Some(value) = value.filter(|value| !criterion.scale.allows(*value)) {
            return Err(off_scale(value));
        }
        let some = value.is_some_and(|value| value != Fraction::from_integer(0));
        match (state, value) {
            ("" | "found", Some(value)) => Ok(Coded::Value(value)),
            ("" | "found", None) => Err(SheetProblem::NoValue),
            ("absent", _) if !some => Ok(Coded::Absent),
            ("not_found", _) if !some => Ok(Coded::NotFound),
            ("not_this_city", None) => Ok(Coded::NotThisCity),
            ("not_assessable", None) => Ok(Coded::NotAssessable),
            ("absent" | "not_found" | "not_this_city" | "not_assessable", Some(value)) => {
                Err(SheetProblem::StateAndValue { state: state.to_owned(), value: exact(value) })
            }
            _ => Err(SheetProblem::UnknownState(state.to_owned())),
        }
    }
}

/// A sheet: at most one answer for each criterion of one instrument.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    coded: BTreeMap<String, Coded>,
}

/// Missing criteria up to this number are all named.
const NAMED: usize = 5;

/// What is wrong with a sheet, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetError {
    /// Line in the file, from 1; none when the whole sheet is meant.
    pub line: Option<u64>,
    /// The criterion as written; of several that are missing, their ids.
    pub criterion: String,
    pub problem: SheetProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetProblem {
    /// The file is not CSV with these columns.
    Unreadable(String),
    NoHeader,
    UnknownCriterion,
    Duplicate {
        first_line: u64,
    },
    /// So many criteria are nowhere; [`SheetError::criterion`] names them.
    Missing {
        count: usize,
    },
    NoValue,
    NotANumber(String),
    OffScale {
        value: String,
        scale: String,
    },
    UnknownState(String),
    StateAndValue {
        state: String,
        value: String,
    },
}

impl SheetProblem {
    /// A short stable word for programs and message keys.
    pub fn code(&self) -> &'static str {
        match self {
            SheetProblem::Unreadable(_) => "unreadable",
            SheetProblem::NoHeader => "no-header",
            SheetProblem::UnknownCriterion => "unknown-criterion",
            SheetProblem::Duplicate { .. } => "duplicate",
            SheetProblem::Missing { .. } => "missing",
            SheetProblem::NoValue => "no-value",
            SheetProblem::NotANumber(_) => "not-a-number",
            SheetProblem::OffScale { .. } => "off-scale",
            SheetProblem::UnknownState(_) => "unknown-state",
            SheetProblem::StateAndValue { .. } => "state-and-value",
        }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(out, "line {line}: ")?;
        }
        let name = &self.criterion;
        match &self.problem {
            SheetProblem::Unreadable(why) => write!(out, "this is not a CSV row: {why}"),
            SheetProblem::NoHeader => {
                write!(out, "the first line must be the header criterion,value (and, if you like, state)")
            }
            SheetProblem::UnknownCriterion => write!(out, "{name:?} is not a criterion of this instrument"),
            SheetProblem::Duplicate { first_line } => {
                write!(out, "{name} was already coded in line {first_line}; keep one")
            }
            SheetProblem::Missing { count: 1 } => {
                write!(out, "{name} is missing; give it a value, or the state not_assessable")
            }
            SheetProblem::Missing { count } => {
                write!(out, "{count} criteria are missing: {name}; give each a value, or the state not_assessable")
            }
            SheetProblem::NoValue => write!(
                out,
                "{name} has no value; write one, or a state (absent, not_found, not_this_city, not_assessable)"
            ),
            SheetProblem::NotANumber(value) => write!(out, "{name}: {value:?} is not a number"),
            SheetProblem::OffScale { value, scale } => {
                write!(out, "{name}: {value} is not on the scale {scale} (half points are the mean of two evaluators)")
            }
            SheetProblem::UnknownState(state) => {
                write!(
                    out,
                    "{name}: {state:?} is not a state; write found, absent, not_found, not_this_city or not_assessable"
                )
            }
            SheetProblem::StateAndValue { state, value } => {
                write!(out, "{name}: the state {state} cannot have the value {value}")
            }
        }
    }
}

impl std::error::Error for SheetError {}

impl SheetError {
    /// One error for all criteria that are nowhere: a list of a hundred lines helps nobody.
    pub fn missing(instrument: &Instrument, known: impl Fn(&str) -> bool) -> Option<SheetError> {
        let ids: Vec<&str> =
            instrument.criteria.iter().map(|criterion| criterion.id.as_str()).filter(|id| !known(id)).collect();
        let criterion = match ids.as_slice() {
            [] => return None,
            [first, second, .., last] if ids.len() > NAMED => format!("{first}, {second}, … {last}"),
            all => all.join(", "),
        };
        Some(SheetError { line: None, criterion, problem: SheetProblem::Missing { count: ids.len() } })
    }
}

impl Sheet {
    pub fn new() -> Self {
        Self::default()
    }

    /// Records an answer, replacing an earlier one.
    pub fn set(&mut self, criterion: impl Into<String>, coded: Coded) {
        self.coded.insert(criterion.into(), coded);
    }

    /// The answer; not assessable where nobody gave one.
    pub fn get(&self, criterion: &str) -> Coded {
        self.coded.get(criterion).copied().unwrap_or(Coded::NotAssessable)
    }

    /// Reads a complete sheet in CSV: header `criterion,value` with an optional `state` and any further columns,
    /// criteria by id or number, in any order.
    ///
    /// # Errors
    /// Everything wrong with the sheet, in the order of its lines, then what is missing.
    pub fn parse(instrument: &Instrument, text: &str) -> Result<Self, Vec<SheetError>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let whole = |problem| vec![SheetError { line: None, criterion: String::new(), problem }];
        let header = reader.headers().map_err(|error| whole(SheetProblem::Unreadable(error.to_string())))?.clone();
        let column = |name: &str| header.iter().position(|title| title.eq_ignore_ascii_case(name));
        let (Some(criterion_at), Some(value_at)) = (column("criterion"), column("value")) else {
            return Err(vec![SheetError { line: Some(1), criterion: String::new(), problem: SheetProblem::NoHeader }]);
        };
        let state_at = column("state");
        let (mut sheet, mut lines, mut errors) = (Sheet::new(), BTreeMap::new(), Vec::new());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    errors.push(SheetError {
                        line,
                        criterion: String::new(),
                        problem: SheetProblem::Unreadable(error.to_string()),
                    });
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let name = record.get(criterion_at).unwrap_or_default();
            let state = state_at.and_then(|at| record.get(at)).unwrap_or_default();
            match answer(instrument, name, record.get(value_at).unwrap_or_default(), state) {
                Ok((criterion, coded)) => match lines.get(&criterion.id) {
                    Some(first_line) => {
                        let problem = SheetProblem::Duplicate { first_line: *first_line };
                        errors.push(SheetError { line: Some(line), criterion: criterion.id.clone(), problem });
                    }
                    None => {
                        lines.insert(criterion.id.clone(), line);
                        sheet.set(&criterion.id, coded);
                    }
                },
                Err(problem) => {
                    if let Some(criterion) = find(instrument, name) {
                        lines.entry(criterion.id.clone()).or_insert(line);
                    }
                    errors.push(SheetError { line: Some(line), criterion: name.to_owned(), problem });
                }
            }
        }
        errors.extend(SheetError::missing(instrument, |id| lines.contains_key(id)));
        if errors.is_empty() { Ok(sheet) } else { Err(errors) }
    }

    /// The sheet as CSV, in the instrument's order; [`Sheet::parse`] reads it back.
    pub fn to_csv(&self, instrument: &Instrument) -> String {
        let mut text = String::from("criterion,value,state\n");
        for criterion in &instrument.criteria {
            let coded = self.get(&criterion.id);
            let value = match coded {
                Coded::Value(value) => crate::fraction::shortest(value),
                _ => String::new(),
            };
            text.push_str(&format!("{},{value},{}\n", criterion.id, coded.state()));
        }
        text
    }
}

fn find<'a>(instrument: &'a Instrument, name: &str) -> Option<&'a Criterion> {
    let by_number = || {
        name.parse()
            .ok()
            .and_then(|number: u32| instrument.criteria.iter().find(|criterion| criterion.number == number))
    };
    instrument.criteria.iter().find(|criterion| criterion.id.eq_ignore_ascii_case(name)).or_else(by_number)
}

fn answer<'a>(
    instrument: &'a Instrument,
    name: &str,
    value: &str,
    state: &str,
) -> Result<(&'a Criterion, Coded), SheetProblem> {
    let criterion = find(instrument, name).ok_or(SheetProblem::UnknownCriterion)?;
    let number = match value {
        "" => None,
        text => Some(parse_fraction(text).ok_or_else(|| SheetProblem::NotANumber(text.to_owned()))?),
    };
    Ok((criterion, Coded::from_parts(criterion, &state.to_ascii_lowercase(), number)?))
}
