use std::ops::ControlFlow;

use map_feature::Bounds;

use crate::{Found, Live, Result, Row, live::Snapshot, row::At, world::Area};

/// A question for features.
#[derive(Clone, Copy, Default)]
pub struct Ask<'a> {
    /// Only features whose boxes meet this one, in CRS84.
    pub area: Option<Bounds>,
    /// Only features that pass.
    pub test: Option<&'a dyn Fn(&Row<'_>) -> bool>,
    /// How many to pass over, and how many to give at most.
    pub offset: u64,
    pub limit: u64,
    /// With a test: look at all features so that `matched` is right. Without it the search ends when the page is full, and
    /// `matched` only says how many were seen. Without a test `matched` is always exact.
    pub exact: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    pub features: Vec<Found>,
    /// How many features match in all, on all pages.
    pub matched: u64,
}

impl Live {
    /// One page of features, always in the same order as long as nothing changes: rows of the edition along the Hilbert
    /// curve, those without a place after them, then changed features by their ids.
    pub fn items(&self, ask: &Ask<'_>) -> Result<Items> {
        let now = self.now();
        match ask.test {
            None => now.page(ask),
            Some(test) => now.tested(ask, test),
        }
    }
}

impl Snapshot {
    fn page(&self, ask: &Ask<'_>) -> Result<Items> {
        let area = ask.area.map(Area::of);
        let mut page = Page { left: ask.limit, features: Vec::new(), failed: None };
        let mut skip = ask.offset;
        if ask.limit > 0 {
            let hidden = &self.delta.hidden;
            self.ranges(area, &mut |rows| {
                let visible = u64::from(rows.end - rows.start) - hidden.count(rows.clone());
                if skip >= visible {
                    skip -= visible;
                    return ControlFlow::Continue(());
                }
                let start = hidden.skip(rows.clone(), std::mem::take(&mut skip));
                for row in (start..rows.end).filter(|row| !hidden.has(*row)) {
                    page.take(&self.row(At::Base(row)))?;
                }
                ControlFlow::Continue(())
            });
            if page.left > 0 && page.failed.is_none() {
                let changed = self.delta.meeting(area).skip(usize::try_from(skip).unwrap_or(usize::MAX));
                let _ = { changed }.try_for_each(|entry| page.take(&self.row(At::Changed(entry))));
            }
        }
        page.items(self.count(area))
    }

    fn tested(&self, ask: &Ask<'_>, test: &dyn Fn(&Row<'_>) -> bool) -> Result<Items> {
        let mut page = Page { left: ask.limit, features: Vec::new(), failed: None };
        let mut matched = 0;
        let _ = self.rows(ask.area.map(Area::of), &mut |row| {
            if !test(row) {
                return ControlFlow::Continue(());
            }
            matched += 1;
            let full = page.left == 0 || matched > ask.offset && page.take(row).is_break();
            if full && (!ask.exact || page.failed.is_some()) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        page.items(matched)
    }
}

struct Page {
    left: u64,
    features: Vec<Found>,
    failed: Option<crate::Error>,
}

impl Page {
    /// Breaks off when the page is full.
    fn take(&mut self, row: &Row<'_>) -> ControlFlow<()> {
        match row.found() {
            Ok(found) => self.features.push(found),
            Err(error) => {
                self.failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        self.left -= 1;
        if self.left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn items(self, matched: u64) -> Result<Items> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(Items { features: self.features, matched }),
        }
    }
}
