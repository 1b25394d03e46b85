//! Questions about what is known: for the report, for the browser, for the probes.

use super::*;

impl Frontier {
    /// Hosts where pages, or documents, may still wait.
    pub fn hosts_waiting(&self, pages: bool, documents: bool) -> impl Iterator<Item = &str> {
        let waits = move |q: &Queues| {
            (pages && !(q.pages.is_empty() && q.copies.is_empty())) || (documents && !q.documents.is_empty())
        };
        self.queues.iter().filter(move |(_, q)| waits(q)).map(|(h, _)| h.as_str())
    }

    /// An address of this host, for its scheme and port.
    pub fn root_of(&self, host: &str) -> Option<Url> {
        let queues = self.queues.get(host)?;
        let first = queues.pages.iter().chain(&queues.copies).chain(&queues.documents).map(|q| q.id).min();
        let of_queue = first.and_then(|id| self.get(id)).and_then(|k| Url::parse(&k.url).ok());
        of_queue
            .or_else(|| self.known.iter().filter_map(|k| Url::parse(&k.url).ok()).find(|u| u.host_str() == Some(host)))?
            .join("/")
            .ok()
    }

    /// Another page says the same: in another language, for printing.
    pub fn is_copy(&self, id: Id) -> bool {
        self.get(id).is_some_and(|known| known.copy.is_some())
    }

    /// Addresses left out by quota: how many, and the shapes.
    pub fn left_out(&self) -> (u32, Vec<&str>) {
        let mut shapes: BTreeMap<u32, u32> = BTreeMap::new();
        for known in self.known.iter().filter(|k| k.state == State::LeftOut) {
            *shapes.entry(known.shape).or_default() += 1;
        }
        let mut by_count: Vec<(u32, u32)> = shapes.iter().map(|(s, n)| (*n, *s)).collect();
        by_count.sort_unstable_by(|a, b| b.cmp(a));
        let names = by_count
            .iter()
            .filter_map(|(_, s)| self.shapes.get(*s as usize))
            .map(|s| s.name.as_str())
            .take(3)
            .collect();
        (shapes.values().sum(), names)
    }

    pub fn documents_waiting(&self) -> usize {
        self.known.iter().filter(|k| k.promise == Promise::Document && k.state == State::Waiting).count()
    }

    /// Pages waiting or fetched, and pages fetched.
    pub fn pages(&self) -> (u32, u32) {
        let (mut known, mut fetched) = (0, 0);
        for k in self.known.iter().filter(|k| k.promise == Promise::Page) {
            known += u32::from(matches!(k.state, State::Waiting | State::Taken | State::Fetched));
            fetched += u32::from(k.state == State::Fetched);
        }
        (known, fetched)
    }

    /// The best fetched page for each topic, strongest first.
    pub fn best_per_topic(&self) -> Vec<Id> {
        let mut best: HashMap<u16, (f32, Id)> = HashMap::new();
        for (id, known) in self.known.iter().enumerate() {
            if known.state != State::Fetched || known.promise != Promise::Page {
                continue;
            }
            for hit in &known.offer.hits {
                let id = Id::try_from(id).unwrap_or(Id::MAX);
                let entry = best.entry(hit.topic).or_insert((hit.strength, id));
                if hit.strength > entry.0 {
                    *entry = (hit.strength, id);
                }
            }
        }
        let mut all: Vec<(f32, Id)> = best.into_values().collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = HashSet::new();
        all.into_iter().map(|(_, id)| id).filter(|id| seen.insert(*id)).collect()
    }
}
