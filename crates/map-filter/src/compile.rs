//! From a tree to a plan: names are looked up, kinds are checked, constants computed.

mod place;

use std::fmt;

use map_feature::{Crs, Kind, Schema, Value};

use crate::{
    error::{FilterError, Problem, Source},
    evaluate::{Nothing, compare},
    function::Function,
    plan::{List, Operand, Shape, Stretch, Term, Test},
    time,
    tree::{Node, Op, What},
    words::Pattern,
};

/// What an expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Boolean,
    Number,
    Text,
    Time,
    Interval,
    Place,
    List,
}

impl fmt::Display for Sort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Sort::Boolean => "a condition",
            Sort::Number => "a number",
            Sort::Text => "a text",
            Sort::Time => "a day or moment",
            Sort::Interval => "an interval",
            Sort::Place => "a geometry",
            Sort::List => "an array",
        })
    }
}

/// How a filter is to be understood.
#[derive(Debug, Clone)]
pub struct Options {
    /// Of the coordinates in the filter (`filter-crs`), in the axis order of its register.
    pub crs: Crs,
    /// The fields that may be named, by position; `None`: all.
    pub queryables: Option<Vec<usize>>,
}

impl Default for Options {
    fn default() -> Options {
        Options { crs: Crs::Crs84, queryables: None }
    }
}

/// Names of the feature's geometry, unless a field has them.
const GEOMETRY: &[&str] = &["geometry", "geom"];
/// Name of the feature's id, unless a field has it.
const ID: &str = "id";

pub(crate) struct Compiler<'a> {
    schema: &'a Schema,
    options: &'a Options,
    source: Source<'a>,
    places: place::Places,
}

type Made<T> = Result<T, FilterError>;

enum Meant {
    Test(Test),
    Term(Term, Sort),
    Shape(Shape),
    Stretch(Stretch),
    List(Vec<Node>),
}

impl Meant {
    fn sort(&self) -> Sort {
        match self {
            Meant::Test(_) => Sort::Boolean,
            Meant::Term(_, sort) => *sort,
            Meant::Shape(_) => Sort::Place,
            Meant::Stretch(_) => Sort::Interval,
            Meant::List(_) => Sort::List,
        }
    }
}

impl<'a> Compiler<'a> {
    pub fn new(schema: &'a Schema, options: &'a Options, source: Source<'a>) -> Compiler<'a> {
        Compiler { schema, options, source, places: place::Places::new(options.crs) }
    }

    /// A whole filter or a part of it that is true or false.
    pub fn test(&self, node: &Node) -> Made<Test> {
        match self.meant(node)? {
            Meant::Test(test) => Ok(test),
            Meant::Term(Term::Constant(Value::Boolean(value)), _) => Ok(Test::Known(Some(value))),
            Meant::Term(term, Sort::Boolean) => Ok(Test::Is(term)),
            other => Err(self.wrong(node, Sort::Boolean, other.sort())),
        }
    }

    fn wrong(&self, node: &Node, expected: impl fmt::Display, found: Sort) -> FilterError {
        self.source.at(node, Problem::Sort { expected: expected.to_string(), found: found.to_string() })
    }

    fn meant(&self, node: &Node) -> Made<Meant> {
        let constant = |value, sort| Ok(Meant::Term(Term::Constant(value), sort));
        match &node.what {
            What::Boolean(value) => constant(Value::Boolean(*value), Sort::Boolean),
            What::Integer(value) => constant(Value::Integer(*value), Sort::Number),
            What::Number(value) => constant(Value::Number(*value), Sort::Number),
            What::Text(text) => constant(Value::Text(text.clone()), Sort::Text),
            What::Date(date) => constant(Value::Date(*date), Sort::Time),
            What::Timestamp(at) => constant(Value::Instant(*at), Sort::Time),
            What::Open => Err(self.wrong(node, "a value", Sort::Interval)),
            What::Interval(ends) => self.interval(node, ends).map(Meant::Stretch),
            What::Geometry(_) | What::Bbox(_) => {
                let fixed = self.places.fixed(&node.what).map_err(|problem| self.source.at(node, problem))?;
                Ok(Meant::Shape(Shape::Fixed(fixed.into())))
            }
            What::Array(list) => Ok(Meant::List(list.clone())),
            What::Property(name) => self.property(node, name),
            What::Function(name, operands) => self.function(node, name, operands),
            What::Op(op, operands) => self.operation(node, *op, operands),
        }
    }

    fn property(&self, node: &Node, name: &str) -> Made<Meant> {
        let may = |position: &usize| self.options.queryables.as_ref().is_none_or(|all| all.contains(position));
        if let Some(position) = self.schema.position(name).filter(may) {
            let sort = match self.schema.fields[position].kind {
                Kind::Boolean => Sort::Boolean,
                Kind::Integer | Kind::Number => Sort::Number,
                Kind::Text => Sort::Text,
                Kind::Date | Kind::Instant => Sort::Time,
            };
            return Ok(Meant::Term(Term::Field(position), sort));
        }
        if GEOMETRY.contains(&name) {
            return Ok(Meant::Shape(Shape::Own));
        }
        if name == ID {
            return Ok(Meant::Term(Term::Id, Sort::Text));
        }
        let fields = self.schema.fields.iter().enumerate().filter(|(position, _)| may(position));
        let mut known: Vec<String> = fields.map(|(_, field)| field.name.clone()).collect();
        known.extend([ID.to_owned(), GEOMETRY[0].to_owned()]);
        Err(self.source.at(node, Problem::Property { name: name.to_owned(), known }))
    }

    fn function(&self, node: &Node, name: &str, operands: &[Node]) -> Made<Meant> {
        let found = Function::ALL.iter().find(|(_, known, ..)| known.eq_ignore_ascii_case(name));
        let Some((function, _, takes, gives)) = found else {
            let known = Function::ALL.iter().map(|(_, known, ..)| (*known).to_owned()).collect();
            return Err(self.source.at(node, Problem::Function { name: name.to_owned(), known }));
        };
        if takes.len() != operands.len() {
            let (takes, found) = (takes.len().to_string(), operands.len());
            return Err(self.source.at(node, Problem::Operands { op: name.to_owned(), takes, found }));
        }
        let operand = |(node, sort): (&Node, &Sort)| match sort {
            Sort::Place => self.shape(node).map(Operand::Shape),
            sort => self.term_of(node, *sort).map(Operand::Term),
        };
        let operands = operands.iter().zip(*takes).map(operand).collect::<Made<Vec<Operand>>>()?;
        Ok(Meant::Term(computed(Term::Function(*function, operands)), *gives))
    }

    fn operation(&self, node: &Node, op: Op, operands: &[Node]) -> Made<Meant> {
        let test = match (op, operands) {
            (Op::And, all) => Test::All(all.iter().map(|node| self.test(node)).collect::<Made<_>>()?),
            (Op::Or, any) => Test::Any(any.iter().map(|node| self.test(node)).collect::<Made<_>>()?),
            (Op::Not, [inner]) => Test::Not(Box::new(self.test(inner)?)),
            (Op::Compare(op), [left, right]) => {
                let (left, right) = self.alike(left, right)?;
                Test::Compare(op, left, right)
            }
            (Op::Like, [value, pattern]) => self.like(value, pattern)?,
            (Op::Between, [value, lower, upper]) => {
                let (term, lower) = self.alike(value, lower)?;
                let (_, upper) = self.alike(value, upper)?;
                Test::Between(Box::new([term, lower, upper]))
            }
            (Op::In, [value, Node { what: What::Array(list), .. }]) => self.one_of(value, list)?,
            (Op::IsNull, [value]) => match self.meant(value)? {
                Meant::Shape(Shape::Own) => Test::Nowhere,
                Meant::Term(term, _) => Test::Null(term),
                Meant::Test(test) => Test::Null(Term::Test(Box::new(test))),
                Meant::Shape(_) | Meant::Stretch(_) | Meant::List(_) => Test::Known(Some(false)),
            },
            (Op::Casei, [text]) => return self.folded(text, Term::Casei),
            (Op::Accenti, [text]) => return self.folded(text, Term::Accenti),
            (Op::Arithmetic(op), [left, right]) => {
                let terms = (self.term_of(left, Sort::Number)?, self.term_of(right, Sort::Number)?);
                return Ok(Meant::Term(computed(Term::Arithmetic(op, Box::new(terms))), Sort::Number));
            }
            (Op::Spatial(op), [left, right]) => Test::Spatial(op, self.shape(left)?, self.shape(right)?),
            (Op::Temporal(op), [left, right]) => {
                Test::Temporal(op, Box::new(self.stretch(left)?), Box::new(self.stretch(right)?))
            }
            (Op::Array(op), [left, right]) => Test::Array(op, self.list(left)?, self.list(right)?),
            (op, operands) => {
                let (takes, _) = op.operands();
                let (op, takes, found) = (op.name().to_owned(), takes.to_string(), operands.len());
                return Err(self.source.at(node, Problem::Operands { op, takes, found }));
            }
        };
        Ok(Meant::Test(if test.is_constant() { Test::Known(test.of(&Nothing)) } else { test }))
    }

    /// Whatever has one value.
    fn term(&self, node: &Node) -> Made<(Term, Sort)> {
        match self.meant(node)? {
            Meant::Term(term, sort) => Ok((term, sort)),
            Meant::Test(Test::Known(known)) => {
                Ok((Term::Constant(known.map_or(Value::Null, Value::Boolean)), Sort::Boolean))
            }
            Meant::Test(test) => Ok((Term::Test(Box::new(test)), Sort::Boolean)),
            other => Err(self.wrong(node, "a single value", other.sort())),
        }
    }

    fn term_of(&self, node: &Node, sort: Sort) -> Made<Term> {
        let (term, found) = self.term(node)?;
        if found == sort {
            return Ok(term);
        }
        // Many write a day or moment as plain text.
        match &term {
            Term::Constant(Value::Text(text)) if sort == Sort::Time => moment(text).map(Term::Constant),
            _ => None,
        }
        .ok_or_else(|| self.wrong(node, sort, found))
    }

    /// Two values that can be compared.
    fn alike(&self, left: &Node, right: &Node) -> Made<(Term, Term)> {
        let ((left_term, left_sort), (right_term, right_sort)) = (self.term(left)?, self.term(right)?);
        if left_sort == right_sort {
            return Ok((left_term, right_term));
        }
        let mismatch =
            || self.source.at(right, Problem::Mismatch { left: left_sort.to_string(), right: right_sort.to_string() });
        match (left_sort, right_sort) {
            (Sort::Time, Sort::Text) => Ok((left_term, self.term_of(right, Sort::Time).map_err(|_| mismatch())?)),
            (Sort::Text, Sort::Time) => Ok((self.term_of(left, Sort::Time).map_err(|_| mismatch())?, right_term)),
            _ => Err(mismatch()),
        }
    }

    fn folded(&self, text: &Node, fold: fn(Box<Term>) -> Term) -> Made<Meant> {
        let term = self.term_of(text, Sort::Text)?;
        Ok(Meant::Term(computed(fold(Box::new(term))), Sort::Text))
    }

    fn like(&self, value: &Node, pattern: &Node) -> Made<Test> {
        let value = self.term_of(value, Sort::Text)?;
        match self.term_of(pattern, Sort::Text)? {
            Term::Constant(Value::Text(text)) => Ok(Test::Like(value, Pattern::new(&text))),
            _ => Err(self.source.at(pattern, Problem::Pattern)),
        }
    }

    fn one_of(&self, value: &Node, list: &[Node]) -> Made<Test> {
        let (term, _) = self.term(value)?;
        let terms = list.iter().map(|each| Ok(self.alike(value, each)?.1)).collect::<Made<Vec<Term>>>()?;
        let constant = |term: &Term| match term {
            Term::Constant(value) if !value.is_null() => Some(value.clone()),
            _ => None,
        };
        Ok(match terms.iter().map(constant).collect::<Option<Vec<Value>>>() {
            Some(mut values) => {
                values.sort_by(|left, right| compare(left, right).unwrap_or(std::cmp::Ordering::Equal));
                Test::OneOf(term, values)
            }
            None => Test::In(term, terms),
        })
    }

    fn shape(&self, node: &Node) -> Made<Shape> {
        match self.meant(node)? {
            Meant::Shape(shape) => Ok(shape),
            other => Err(self.wrong(node, Sort::Place, other.sort())),
        }
    }

    fn interval(&self, node: &Node, ends: &[Node]) -> Made<Stretch> {
        let end = |node: &Node| match &node.what {
            What::Open => Ok(None),
            _ => self.term_of(node, Sort::Time).map(Some),
        };
        let [start, stop] = ends else {
            return Err(self.source.at(node, Problem::Interval));
        };
        let (start, end) = (end(start)?, end(stop)?);
        if let (Some(Term::Constant(start)), Some(Term::Constant(end))) = (&start, &end)
            && compare(start, end).is_some_and(std::cmp::Ordering::is_gt)
        {
            return Err(self.source.at(node, Problem::Interval));
        }
        Ok(Stretch { start, end })
    }

    fn stretch(&self, node: &Node) -> Made<Stretch> {
        if let Meant::Stretch(stretch) = self.meant(node)? {
            return Ok(stretch);
        }
        Ok(Stretch { start: Some(self.term_of(node, Sort::Time)?), end: Some(self.term_of(node, Sort::Time)?) })
    }

    fn list(&self, node: &Node) -> Made<List> {
        match self.meant(node)? {
            Meant::List(list) => {
                Ok(List::Terms(list.iter().map(|node| self.term(node).map(|(term, _)| term)).collect::<Made<_>>()?))
            }
            Meant::Term(term, Sort::Text) => Ok(List::Text(term)),
            other => Err(self.wrong(node, Sort::List, other.sort())),
        }
    }
}

fn moment(text: &str) -> Option<Value> {
    time::date(text).map(Value::Date).or_else(|| time::timestamp(text).map(Value::Instant))
}

/// A constant term is its value.
fn computed(term: Term) -> Term {
    if term.is_constant() { Term::Constant(term.of(&Nothing)) } else { term }
}
