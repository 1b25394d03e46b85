//! What waits at one host: pages, copies of pages, documents; the best of each first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Id;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Queued {
    pub(super) worth: f32,
    pub(super) id: Id,
}

impl Eq for Queued {}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth.total_cmp(&other.worth).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Debug, Default)]
pub(super) struct Queues {
    pub(super) pages: BinaryHeap<Queued>,
    pub(super) copies: BinaryHeap<Queued>,
    pub(super) documents: BinaryHeap<Queued>,
}

/// Which of a host's queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Pages,
    Copies,
    Documents,
}

impl Queues {
    pub(super) fn line(&self, line: Line) -> &BinaryHeap<Queued> {
        match line {
            Line::Pages => &self.pages,
            Line::Copies => &self.copies,
            Line::Documents => &self.documents,
        }
    }

    pub(super) fn line_mut(&mut self, line: Line) -> &mut BinaryHeap<Queued> {
        match line {
            Line::Pages => &mut self.pages,
            Line::Copies => &mut self.copies,
            Line::Documents => &mut self.documents,
        }
    }
}
