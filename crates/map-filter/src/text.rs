//! CQL2 Text (OGC 21-065r2, annex B): from words to a tree by recursive descent, loosest operator first.

mod shape;
mod token;
mod value;
mod write;

pub(crate) use shape::closed;
pub(crate) use value::is_name;
pub use write::written;

use token::Token;

use crate::{
    error::{FilterError, Place, Problem, Source, text_place},
    limits::{self, BRACKETS, Count, DEPTH, LENGTH},
    tree::{Compare, Node, Op, What},
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
        let left = self.sum()?;
        if let Token::Symbol(symbol) = self.token
            && let Some(op) = Compare::named(symbol)
        {
            self.advance()?;
            let right = self.sum()?;
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
            let pattern = self.sum()?;
            self.op(at, Op::Like, vec![left, pattern])?
        } else if self.take_word("between")? {
            let lower = self.sum()?;
            if !self.take_word("and")? {
                return self.unexpected("AND between the two ends");
            }
            let upper = self.sum()?;
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
}
