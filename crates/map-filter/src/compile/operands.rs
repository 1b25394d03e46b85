//! The operands of operators, each of the sort that the operator takes.

use std::cmp::Ordering;

use map_feature::Value;

use super::{Compiler, Made, Meant, Sort};
use crate::{
    error::Problem,
    evaluate::{Nothing, compare},
    plan::{List, Shape, Stretch, Term, Test},
    time,
    tree::{Node, What},
    words::Pattern,
};

impl Compiler<'_> {
    /// Whatever has one value.
    pub(super) fn term(&self, node: &Node) -> Made<(Term, Sort)> {
        match self.meant(node)? {
            Meant::Term(term, sort) => Ok((term, sort)),
            Meant::Test(Test::Known(known)) => {
                Ok((Term::Constant(known.map_or(Value::Null, Value::Boolean)), Sort::Boolean))
            }
            Meant::Test(test) => Ok((Term::Test(Box::new(test)), Sort::Boolean)),
            other => Err(self.wrong(node, "a single value", other.sort())),
        }
    }

    pub(super) fn term_of(&self, node: &Node, sort: Sort) -> Made<Term> {
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
    pub(super) fn alike(&self, left: &Node, right: &Node) -> Made<(Term, Term)> {
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

    pub(super) fn folded(&self, text: &Node, fold: fn(Box<Term>) -> Term) -> Made<Meant> {
        let term = self.term_of(text, Sort::Text)?;
        Ok(Meant::Term(computed(fold(Box::new(term))), Sort::Text))
    }

    pub(super) fn like(&self, value: &Node, pattern: &Node) -> Made<Test> {
        let value = self.term_of(value, Sort::Text)?;
        match self.term_of(pattern, Sort::Text)? {
            Term::Constant(Value::Text(text)) => Ok(Test::Like(value, Pattern::new(&text))),
            _ => Err(self.source.at(pattern, Problem::Pattern)),
        }
    }

    pub(super) fn one_of(&self, value: &Node, list: &[Node]) -> Made<Test> {
        let (term, _) = self.term(value)?;
        let terms = list.iter().map(|each| Ok(self.alike(value, each)?.1)).collect::<Made<Vec<Term>>>()?;
        let constant = |term: &Term| match term {
            Term::Constant(value) if !value.is_null() => Some(value.clone()),
            _ => None,
        };
        Ok(match terms.iter().map(constant).collect::<Option<Vec<Value>>>() {
            Some(mut values) => {
                values.sort_by(|left, right| compare(left, right).unwrap_or(Ordering::Equal));
                Test::OneOf(term, values)
            }
            None => Test::In(term, terms),
        })
    }

    pub(super) fn shape(&self, node: &Node) -> Made<Shape> {
        match self.meant(node)? {
            Meant::Shape(shape) => Ok(shape),
            other => Err(self.wrong(node, Sort::Place, other.sort())),
        }
    }

    pub(super) fn interval(&self, node: &Node, ends: &[Node]) -> Made<Stretch> {
        let end = |node: &Node| match &node.what {
            What::Open => Ok(None),
            _ => self.term_of(node, Sort::Time).map(Some),
        };
        let [start, stop] = ends else {
            return Err(self.source.at(node, Problem::Interval));
        };
        let (start, end) = (end(start)?, end(stop)?);
        if let (Some(Term::Constant(start)), Some(Term::Constant(end))) = (&start, &end)
            && compare(start, end).is_some_and(Ordering::is_gt)
        {
            return Err(self.source.at(node, Problem::Interval));
        }
        Ok(Stretch { start, end })
    }

    pub(super) fn stretch(&self, node: &Node) -> Made<Stretch> {
        if let Meant::Stretch(stretch) = self.meant(node)? {
            return Ok(stretch);
        }
        Ok(Stretch { start: Some(self.term_of(node, Sort::Time)?), end: Some(self.term_of(node, Sort::Time)?) })
    }

    pub(super) fn list(&self, node: &Node) -> Made<List> {
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
pub(super) fn computed(term: Term) -> Term {
    if term.is_constant() { Term::Constant(term.of(&Nothing)) } else { term }
}
