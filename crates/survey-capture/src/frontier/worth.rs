//! What an address is worth now, and when there is enough of its kind.

use super::*;

impl Frontier {
    pub(super) fn worth(&self, known: &Known) -> f32 {
        let mut gains = [0.0f32; 3];
        for hit in &known.offer.hits {
            let had = self.had.get(usize::from(hit.topic)).copied().unwrap_or(0.0);
            let mut gain = hit.strength / (1.0 + had).powf(1.5);
            for best in &mut gains {
                if gain > *best {
                    std::mem::swap(best, &mut gain);
                }
            }
        }
        let alike = self.shapes.get(known.shape as usize).map_or(0, |s| s.taken);
        let beside = self.folders.get(known.folder as usize).copied().unwrap_or(0);
        let kind = match known.kind {
            Kind::Single | Kind::Numbered => 0.0,
            Kind::Query => 0.5,
            Kind::Paging => 2.0,
            Kind::Calendar => 3.0,
        };
        let offer = &known.offer;
        6.0 * (gains[0] + 0.5 * gains[1] + 0.25 * gains[2]) + 4.0 / (1.0 + f32::from(offer.depth))
            - 0.8 * (1.0 + alike as f32).ln()
            - 0.4 * (1.0 + beside as f32).ln()
            - kind
            - known.copy.as_ref().map_or(0.0, |l| 2.0 * (1.0 + self.copies.get(l).copied().unwrap_or(0) as f32).ln())
            - if offer.listed { 1.0 } else { 0.0 }
            + if offer.part { 8.0 } else { 0.0 }
            // Sections of the main menu open the way to topics that nothing known speaks for: after the first page of
            // every topic, before the second.
            + if known.section && offer.depth <= 1 { 5.0 } else { 0.0 }
    }

    pub(super) fn over_quota(&self, known: &Known) -> bool {
        self.shapes.get(known.shape as usize).is_some_and(|s| s.closed || s.taken >= known.kind.quota(self.budget))
    }

    /// What a fetched page said: shapes whose pages all say the same are closed.
    pub fn learn(&mut self, id: Id, print: u64) {
        let Some(known) = self.known.get(id as usize) else { return };
        let from = known.kind.compared_from(self.budget);
        let Some(shape) = self.shapes.get_mut(known.shape as usize) else { return };
        shape.read += 1;
        shape.prints.insert(print);
        let distinct = u32::try_from(shape.prints.len()).unwrap_or(u32::MAX);
        if from.is_some_and(|from| shape.read >= from) && distinct * 2 < shape.read {
            shape.closed = true;
        }
    }
}
