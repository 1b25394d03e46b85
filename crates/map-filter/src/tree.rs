//! A filter as it was written, before a schema says what its names mean.

use geo_types::Geometry;
use jiff::{Timestamp, civil::Date};

/// One expression and where it stood: a byte offset in a text, the number of a pointer in JSON.
#[derive(Debug, Clone)]
pub struct Node {
    pub at: u32,
    pub what: What,
}

/// Two are the same when they say the same, wherever they stood.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.what == other.what
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    Date(Date),
    Timestamp(Timestamp),
    /// `..`, the open end of an interval.
    Open,
    Interval(Vec<Node>),
    /// In the axis order and CRS in which it was written.
    Geometry(Box<Geometry<f64>>),
    /// Four or six numbers.
    Bbox(Vec<f64>),
    Array(Vec<Node>),
    Property(String),
    Function(String, Vec<Node>),
    Op(Op, Vec<Node>),
}

/// The operators of CQL2, each with the number of operands the parsers have made sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    And,
    Or,
    Not,
    Compare(Compare),
    Like,
    /// Value, lower and upper end.
    Between,
    /// Value and an array.
    In,
    IsNull,
    Casei,
    Accenti,
    Arithmetic(Arithmetic),
    Spatial(Spatial),
    Temporal(Temporal),
    Array(ArrayOp),
}

macro_rules! names {
    ($(#[$doc:meta])* $kind:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind { $($variant),+ }

        impl $kind {
            pub const ALL: &[$kind] = &[$($kind::$variant),+];

            /// As CQL2 JSON writes it.
            pub fn name(self) -> &'static str {
                match self { $($kind::$variant => $name),+ }
            }

            pub fn named(name: &str) -> Option<$kind> {
                $kind::ALL.iter().copied().find(|op| op.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

names! { Compare { Equal = "=", Unequal = "<>", Less = "<", Greater = ">", AtMost = "<=", AtLeast = ">=" } }
names! { Arithmetic { Add = "+", Subtract = "-", Multiply = "*", Divide = "/", Remainder = "%", Whole = "div", Power = "^" } }
names! {
    /// OGC 21-065r2, table 7: as DE-9IM defines them.
    Spatial {
        Intersects = "s_intersects", Disjoint = "s_disjoint", Equals = "s_equals", Touches = "s_touches",
        Crosses = "s_crosses", Within = "s_within", Contains = "s_contains", Overlaps = "s_overlaps",
    }
}
names! {
    /// OGC 21-065r2, table 9.
    Temporal {
        After = "t_after", Before = "t_before", Contains = "t_contains", Disjoint = "t_disjoint",
        During = "t_during", Equals = "t_equals", FinishedBy = "t_finishedBy", Finishes = "t_finishes",
        Intersects = "t_intersects", Meets = "t_meets", MetBy = "t_metBy", OverlappedBy = "t_overlappedBy",
        Overlaps = "t_overlaps", StartedBy = "t_startedBy", Starts = "t_starts",
    }
}
names! { ArrayOp { ContainedBy = "a_containedBy", Contains = "a_contains", Equals = "a_equals", Overlaps = "a_overlaps" } }

impl Op {
    /// As CQL2 JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Op::And => "and",
            Op::Or => "or",
            Op::Not => "not",
            Op::Compare(op) => op.name(),
            Op::Like => "like",
            Op::Between => "between",
            Op::In => "in",
            Op::IsNull => "isNull",
            Op::Casei => "casei",
            Op::Accenti => "accenti",
            Op::Arithmetic(op) => op.name(),
            Op::Spatial(op) => op.name(),
            Op::Temporal(op) => op.name(),
            Op::Array(op) => op.name(),
        }
    }

    pub fn named(name: &str) -> Option<Op> {
        let plain = [Op::And, Op::Or, Op::Not, Op::Like, Op::Between, Op::In, Op::IsNull, Op::Casei, Op::Accenti];
        let plain = plain.into_iter().find(|op| op.name().eq_ignore_ascii_case(name));
        plain
            .or_else(|| Compare::named(name).map(Op::Compare))
            .or_else(|| Arithmetic::named(name).map(Op::Arithmetic))
            .or_else(|| Op::called(name))
    }

    /// Those that CQL2 Text writes as a function of two operands: `S_…`, `T_…`, `A_…`.
    pub fn called(name: &str) -> Option<Op> {
        let kind = name.get(..2)?;
        match kind.to_ascii_lowercase().as_str() {
            "s_" => Spatial::named(name).map(Op::Spatial),
            "t_" => Temporal::named(name).map(Op::Temporal),
            "a_" => ArrayOp::named(name).map(Op::Array),
            _ => None,
        }
    }

    /// How many operands it takes, at least and at most.
    pub fn operands(self) -> (usize, usize) {
        match self {
            Op::And | Op::Or => (2, usize::MAX),
            Op::Not | Op::IsNull | Op::Casei | Op::Accenti => (1, 1),
            Op::Between => (3, 3),
            _ => (2, 2),
        }
    }
}
