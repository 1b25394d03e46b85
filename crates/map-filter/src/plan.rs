//! A filter as it runs: names are positions, constants are computed, texts are sorted.

use std::sync::Arc;

use map_feature::Value;

use crate::{
    function::Function,
    shape::Fixed,
    tree::{Arithmetic, ArrayOp, Compare, Spatial, Temporal},
    words::Pattern,
};

/// True, false or unknown.
pub enum Test {
    Known(Option<bool>),
    Is(Term),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare(Compare, Term, Term),
    Between(Box<[Term; 3]>),
    Like(Term, Pattern),
    /// Constants, sorted.
    OneOf(Term, Vec<Value>),
    In(Term, Vec<Term>),
    Null(Term),
    Nowhere,
    Spatial(Spatial, Shape, Shape),
    Temporal(Temporal, Box<Stretch>, Box<Stretch>),
    Array(ArrayOp, List, List),
}

/// What has one value.
pub enum Term {
    Constant(Value),
    Field(usize),
    Id,
    Casei(Box<Term>),
    Accenti(Box<Term>),
    Arithmetic(Arithmetic, Box<(Term, Term)>),
    Function(Function, Vec<Operand>),
    Test(Box<Test>),
}

pub enum Operand {
    Term(Term),
    Shape(Shape),
}

#[derive(Clone)]
pub enum Shape {
    /// The feature's own geometry.
    Own,
    Fixed(Arc<Fixed>),
}

/// From a start to an end; `None` is open.
pub struct Stretch {
    pub start: Option<Term>,
    pub end: Option<Term>,
}

pub enum List {
    Terms(Vec<Term>),
    /// A text that is a JSON array.
    Text(Term),
}

impl Test {
    /// The same for all features.
    pub fn is_constant(&self) -> bool {
        match self {
            Test::Known(_) => true,
            Test::Nowhere => false,
            Test::Is(term) | Test::Like(term, _) | Test::OneOf(term, _) | Test::Null(term) => term.is_constant(),
            Test::All(tests) | Test::Any(tests) => tests.iter().all(Test::is_constant),
            Test::Not(test) => test.is_constant(),
            Test::Compare(_, left, right) => left.is_constant() && right.is_constant(),
            Test::Between(terms) => terms.iter().all(Term::is_constant),
            Test::In(term, list) => term.is_constant() && list.iter().all(Term::is_constant),
            Test::Spatial(_, left, right) => left.is_constant() && right.is_constant(),
            Test::Temporal(_, left, right) => left.is_constant() && right.is_constant(),
            Test::Array(_, left, right) => left.is_constant() && right.is_constant(),
        }
    }
}

impl Term {
    pub fn is_constant(&self) -> bool {
        match self {
            Term::Constant(_) => true,
            Term::Field(_) | Term::Id => false,
            Term::Casei(term) | Term::Accenti(term) => term.is_constant(),
            Term::Arithmetic(_, terms) => terms.0.is_constant() && terms.1.is_constant(),
            Term::Function(_, operands) => operands.iter().all(|operand| match operand {
                Operand::Term(term) => term.is_constant(),
                Operand::Shape(shape) => shape.is_constant(),
            }),
            Term::Test(test) => test.is_constant(),
        }
    }
}

impl Shape {
    fn is_constant(&self) -> bool {
        matches!(self, Shape::Fixed(_))
    }
}

impl Stretch {
    fn is_constant(&self) -> bool {
        [&self.start, &self.end].into_iter().flatten().all(Term::is_constant)
    }
}

impl List {
    fn is_constant(&self) -> bool {
        match self {
            List::Terms(terms) => terms.iter().all(Term::is_constant),
            List::Text(term) => term.is_constant(),
        }
    }
}
