//! Values: arithmetic, literals, names and functions.

use super::{Parser, Result2, shape, token, token::Token, write};
use crate::{
    error::Problem,
    limits::BRACKETS,
    time,
    tree::{Arithmetic, Node, Op, What},
};

impl<'a> Parser<'a> {
    pub(super) fn sum(&mut self) -> Result2<Node> {
        self.arithmetic(ADD)
    }

    /// Operators of arithmetic that bind as strongly as `least` or stronger, by precedence climbing: those of one
    /// strength go from left to right, powers from right to left, and each makes the tree one deeper.
    fn arithmetic(&mut self, least: u8) -> Result2<Node> {
        let (at, outside) = (self.at, self.depth);
        let mut left = self.factor()?;
        while let Some((op, strength)) = arithmetic(&self.token).filter(|(_, strength)| *strength >= least) {
            if self.depth == BRACKETS {
                return Err(self.too_deep());
            }
            self.depth += 1;
            self.advance()?;
            let right = self.arithmetic(if op == Arithmetic::Power { strength } else { strength + 1 })?;
            left = self.op(at, Op::Arithmetic(op), vec![left, right])?;
        }
        self.depth = outside;
        Ok(left)
    }

    fn factor(&mut self) -> Result2<Node> {
        let at = self.at;
        if self.take_symbol("+")? {
            return self.deeper(Parser::factor);
        }
        if !self.take_symbol("-")? {
            return self.primary();
        }
        if let Token::Number(digits) = self.token {
            let what = number(&format!("-{digits}")).ok_or((at, Problem::Number))?;
            self.advance()?;
            return self.node(at, what);
        }
        let minus = self.node(at, What::Integer(-1))?;
        let inner = self.deeper(Parser::factor)?;
        self.op(at, Op::Arithmetic(Arithmetic::Multiply), vec![minus, inner])
    }

    fn primary(&mut self) -> Result2<Node> {
        let at = self.at;
        match std::mem::replace(&mut self.token, Token::End) {
            Token::Number(digits) => {
                let what = number(digits).ok_or((at, Problem::Number))?;
                self.advance()?;
                self.node(at, what)
            }
            Token::Text(text) => {
                self.advance()?;
                self.node(at, What::Text(text))
            }
            Token::Quoted(name) => {
                self.advance()?;
                self.node(at, What::Property(name))
            }
            Token::Symbol("(") => {
                self.advance()?;
                let mut list = self.deeper(|parser| parser.list(at))?;
                match list.len() {
                    1 => Ok(list.remove(0)),
                    _ => self.node(at, What::Array(list)),
                }
            }
            Token::Word(word) => {
                self.token = Token::Word(word);
                self.word(at, word)
            }
            other => {
                self.token = other;
                self.unexpected("a value, a property or a function")
            }
        }
    }

    fn word(&mut self, at: usize, word: &'a str) -> Result2<Node> {
        for (name, value) in [("true", true), ("false", false)] {
            if self.take_word(name)? {
                return self.node(at, What::Boolean(value));
            }
        }
        if write::RESERVED.iter().any(|reserved| word.eq_ignore_ascii_case(reserved)) {
            return self.unexpected("a value, a property or a function");
        }
        if let Some(what) = self.shape(word)? {
            return self.node(at, what);
        }
        if !self.opens_next() {
            self.advance()?;
            return self.node(at, What::Property(word.to_owned()));
        }
        self.advance()?;
        self.advance()?;
        let arrays = matches!(Op::called(word), Some(Op::Array(_)));
        let operands = self.deeper(|parser| if arrays { parser.arrays(at) } else { parser.list(at) })?;
        self.called(at, word, operands)
    }

    /// What a name and its operands in brackets mean.
    fn called(&mut self, at: usize, name: &str, operands: Vec<Node>) -> Result2<Node> {
        let known = |name: &str| match name.to_ascii_lowercase().as_str() {
            "casei" => Some(Op::Casei),
            "accenti" => Some(Op::Accenti),
            other => Op::called(other),
        };
        if let Some(op) = known(name) {
            let (takes, _) = op.operands();
            if operands.len() != takes {
                let (takes, found) = (takes.to_string(), operands.len());
                return Err((at, Problem::Operands { op: name.to_owned(), takes, found }));
            }
            return self.op(at, op, operands);
        }
        match name.to_ascii_lowercase().as_str() {
            "date" | "timestamp" => {
                let [Node { what: What::Text(text), .. }] = operands.as_slice() else {
                    return Err((
                        at,
                        Problem::unexpected("one text in quotes", format!("{} operands", operands.len())),
                    ));
                };
                let what = if name.eq_ignore_ascii_case("date") {
                    time::date(text).map(What::Date).ok_or_else(|| Problem::Date(text.clone()))
                } else {
                    time::timestamp(text).map(What::Timestamp).ok_or_else(|| Problem::Timestamp(text.clone()))
                };
                self.node(at, what.map_err(|problem| (at, problem))?)
            }
            "interval" => {
                let ends = operands.into_iter().map(time::end).collect::<Result<Vec<Node>, _>>();
                let ends = ends.map_err(|(at, problem)| (at as usize, problem))?;
                if ends.len() != 2 {
                    let op = "INTERVAL".to_owned();
                    return Err((at, Problem::Operands { op, takes: "2".to_owned(), found: ends.len() }));
                }
                self.node(at, What::Interval(ends))
            }
            _ => self.node(at, What::Function(name.to_owned(), operands)),
        }
    }
}

/// How strongly the weakest operators of arithmetic bind.
const ADD: u8 = 1;

fn arithmetic(token: &Token) -> Option<(Arithmetic, u8)> {
    Some(match token {
        Token::Symbol("+") => (Arithmetic::Add, ADD),
        Token::Symbol("-") => (Arithmetic::Subtract, ADD),
        Token::Symbol("*") => (Arithmetic::Multiply, ADD + 1),
        Token::Symbol("/") => (Arithmetic::Divide, ADD + 1),
        Token::Symbol("%") => (Arithmetic::Remainder, ADD + 1),
        Token::Word(word) if word.eq_ignore_ascii_case("div") => (Arithmetic::Whole, ADD + 1),
        Token::Symbol("^") => (Arithmetic::Power, ADD + 2),
        _ => return None,
    })
}

fn number(digits: &str) -> Option<What> {
    if let Ok(whole) = digits.parse() {
        return Some(What::Integer(whole));
    }
    digits.parse().ok().filter(|value: &f64| value.is_finite()).map(What::Number)
}

/// A name that can stand before brackets and means a function there.
pub(crate) fn is_name(name: &str) -> bool {
    const OTHERWISE: &[&str] = &["date", "timestamp", "interval", "bbox", "casei", "accenti"];
    name.starts_with(token::starts_name)
        && name.chars().all(token::continues_name)
        && !write::RESERVED.iter().chain(OTHERWISE).chain(shape::KINDS).any(|word| name.eq_ignore_ascii_case(word))
}
