//! CQL2 Text (OGC 21-065r2, annex B): from words to a tree by recursive descent, loosest operator first.

mod shape;
mod token;
mod write;

pub(crate) use shape::closed;
pub use write::written;

use token::Token;

use crate::{
    error::{FilterError, Place, Problem, Source, text_place},
    limits::{self, BRACKETS, Count, DEPTH, LENGTH},
    tree::{Arithmetic, Compare, Node, Op, What},
};

/// Reads a whole filter.
pub fn read(text: &str) -> Result<Node, FilterError> {
    if text.len() > LENGTH {
        let place = Place::Text { offset: 0, line: 1, column: 1 };
        return Err(FilterError { place, problem: Problem::Size(format!("{LENGTH} bytes")) });
    }
    let mut parser = Parser { text, at: 0, token: Token::End, end: 0, depth: 0, count: Count::default() };
    let node = parser
        .advance()
        .and_then(|()| parser.whole())
        .map_err(|(at, problem)| FilterError { place: text_place(text, at), problem })?;
    limits::shallow(&node, &Source::Text(text))?;
    Ok(node)
}

type Result2<T> = std::result::Result<T, (usize, Problem)>;

struct Parser<'a> {
    text: &'a str,
    /// Where the token in hand starts.
    at: usize,
    token: Token<'a>,
    /// Where it ends.
    end: usize,
    depth: usize,
    count: Count,
}

impl<'a> Parser<'a> {
    fn advance(&mut self) -> Result2<()> {
        (self.at, self.token, self.end) = token::next(self.text, self.end)?;
        Ok(())
    }

    /// The token after the one in hand is an opening bracket.
    fn opens_next(&self) -> bool {
        matches!(token::next(self.text, self.end), Ok((_, Token::Symbol("("), _)))
    }

    fn node(&mut self, at: usize, what: What) -> Result2<Node> {
        self.count.one().map_err(|problem| (at, problem))?;
        Ok(Node { at: at as u32, what })
    }

    fn op(&mut self, at: usize, op: Op, operands: Vec<Node>) -> Result2<Node> {
        self.node(at, What::Op(op, operands))
    }

    fn unexpected<T>(&self, expected: &str) -> Result2<T> {
        Err((self.at, Problem::unexpected(expected, self.token.described())))
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> Result2<bool> {
        let found = self.is_word(word);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn take_symbol(&mut self, symbol: &str) -> Result2<bool> {
        let found = matches!(self.token, Token::Symbol(found) if found == symbol);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn need_symbol(&mut self, symbol: &str) -> Result2<()> {
        if self.take_symbol(symbol)? { Ok(()) } else { self.unexpected(&format!("`{symbol}`")) }
    }

    /// One level deeper, or an error when that is too deep.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result2<T>) -> Result2<T> {
        if self.depth == BRACKETS {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn too_deep(&self) -> (usize, Problem) {
        (self.at, Problem::Depth(DEPTH))
    }

    fn whole(&mut self) -> Result2<Node> {
        let node = self.any()?;
        if self.token == Token::End { Ok(node) } else { self.unexpected("an operator or the end") }
    }

    fn any(&mut self) -> Result2<Node> {
        let at = self.at;
        let first = self.all()?;
        if !self.is_word("or") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("or")? {
            parts.push(self.all()?);
        }
        self.op(at, Op::Or, parts)
    }

    fn all(&mut self) -> Result2<Node> {
        let at = self.at;
        let first = self.not()?;
        if !self.is_word("and") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("and")? {
            parts.push(self.not()?);
        }
        self.op(at, Op::And, parts)
    }

    fn not(&mut self) -> Result2<Node> {
        let at = self.at;
        if self.take_word("not")? {
            let inner = self.deeper(Parser::not)?;
            return self.op(at, Op::Not, vec![inner]);
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Result2<Node> {
        let at = self.at;
        let left = self.arithmetic(ADD)?;
        if let Token::Symbol(symbol) = self.token
            && let Some(op) = Compare::named(symbol)
        {
            self.advance()?;
            let right = self.arithmetic(ADD)?;
            return self.op(at, Op::Compare(op), vec![left, right]);
        }
        if self.take_word("is")? {
            let not = self.take_word("not")?;
            if !self.take_word("null")? {
                return self.unexpected("NULL");
            }
            let node = self.op(at, Op::IsNull, vec![left])?;
            return self.negated(at, not, node);
        }
        let not = self.take_word("not")?;
        let node = if self.take_word("like")? {
            let pattern = self.arithmetic(ADD)?;
            self.op(at, Op::Like, vec![left, pattern])?
        } else if self.take_word("between")? {
            let lower = self.arithmetic(ADD)?;
            if !self.take_word("and")? {
                return self.unexpected("AND between the two ends");
            }
            let upper = self.arithmetic(ADD)?;
            self.op(at, Op::Between, vec![left, lower, upper])?
        } else if self.take_word("in")? {
            let list_at = self.at;
            self.need_symbol("(")?;
            let list = self.deeper(|parser| parser.list(list_at))?;
            let list = self.node(list_at, What::Array(list))?;
            self.op(at, Op::In, vec![left, list])?
        } else if not {
            return self.unexpected("LIKE, BETWEEN or IN");
        } else {
            return Ok(left);
        };
        self.negated(at, not, node)
    }

    fn negated(&mut self, at: usize, not: bool, node: Node) -> Result2<Node> {
        if not { self.op(at, Op::Not, vec![node]) } else { Ok(node) }
    }

    /// As [`Parser::list`], but what stands in brackets is an array however long it is.
    fn arrays(&mut self, opened: usize) -> Result2<Vec<Node>> {
        let mut operands = Vec::new();
        loop {
            let at = self.at;
            operands.push(if self.take_symbol("(")? {
                let list = self.deeper(|parser| parser.list(at))?;
                self.node(at, What::Array(list))?
            } else {
                self.any()?
            });
            if self.take_symbol(")")? {
                return Ok(operands);
            }
            if self.token == Token::End {
                return Err((opened, Problem::Unclosed("a bracket")));
            }
            self.need_symbol(",")?;
        }
    }

    /// What stands behind an opening bracket, and the closing one.
    fn list(&mut self, opened: usize) -> Result2<Vec<Node>> {
        let mut list = Vec::new();
        if self.take_symbol(")")? {
            return Ok(list);
        }
        loop {
            list.push(self.any()?);
            if self.take_symbol(")")? {
                return Ok(list);
            }
            if self.token == Token::End {
                return Err((opened, Problem::Unclosed("a bracket")));
            }
            if !self.take_symbol(",")? {
                return self.unexpected("`,` or `)`");
            }
        }
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
                    crate::time::date(text).map(What::Date).ok_or_else(|| Problem::Date(text.clone()))
                } else {
                    crate::time::timestamp(text).map(What::Timestamp).ok_or_else(|| Problem::Timestamp(text.clone()))
                };
                self.node(at, what.map_err(|problem| (at, problem))?)
            }
            "interval" => {
                let ends = operands.into_iter().map(crate::time::end).collect::<Result<Vec<Node>, _>>();
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
