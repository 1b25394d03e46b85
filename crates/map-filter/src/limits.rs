//! What a filter from anybody may cost.

use crate::{
    error::{FilterError, Problem, Source},
    tree::{Node, What},
};

/// How deep operators and functions may lie in each other.
pub const DEPTH: usize = 32;
/// How deep the parser of texts goes before it knows: brackets may stand around everything.
pub const BRACKETS: usize = DEPTH * 3 / 2;
/// Bytes of a CQL2 text, and coordinates of CQL2 JSON's geometries by the same measure.
pub const LENGTH: usize = 1 << 20;
/// Values, names and operators.
pub const NODES: usize = 20_000;

#[derive(Default)]
pub struct Count(usize);

impl Count {
    pub fn one(&mut self) -> Result<(), Problem> {
        self.0 += 1;
        if self.0 > NODES { Err(Problem::Size(format!("{NODES} values, names and operators"))) } else { Ok(()) }
    }
}

/// Refuses a tree that is deeper than [`DEPTH`]; what comes out can be walked and written without another look.
pub(crate) fn shallow(root: &Node, source: &Source) -> Result<(), FilterError> {
    let mut level = vec![root];
    for _ in 0..DEPTH {
        level = level.into_iter().flat_map(children).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    level.first().map_or(Ok(()), |node| Err(source.at(node, Problem::Depth(DEPTH))))
}

fn children(node: &Node) -> &[Node] {
    match &node.what {
        What::Op(_, nodes) | What::Function(_, nodes) | What::Array(nodes) | What::Interval(nodes) => nodes,
        _ => &[],
    }
}
