//! From a tree to a plan: names are looked up, kinds are checked, constants computed.

mod operands;
mod place;

use std::fmt;

use map_feature::{Crs, Kind, Schema, Value};

use operands::computed;

use crate::{
    error::{FilterError, Problem, Source},
    evaluate::Nothing,
    function::Function,
    plan::{Operand, Shape, Stretch, Term, Test},
    tree::{Node, Op, What},
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
}
