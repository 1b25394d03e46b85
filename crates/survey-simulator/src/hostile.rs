//! Cities that mean harm, or are broken as if they did: each has a small true site, and traps around it.

use std::collections::BTreeMap;

use crate::draw::Draw;

/// A way to hurt a visitor that is a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A calendar whose months never end.
    Calendar,
    /// Links into folders that grow with each step.
    Maze,
    /// A byte a second.
    Tarpit,
    /// A body without end.
    Endless,
    /// A small gzip body that unpacks to a gigabyte.
    Bomb,
    /// Redirects in a circle, and a chain without end.
    Redirects,
    /// Ten megabytes of tags, one in the other.
    Nested,
    /// Markup in pieces, and a character set that is not the one named.
    Malformed,
    /// Header fields of many kilobytes.
    Headers,
    /// A robots.txt of megabytes.
    Robots,
    /// Scripts that never end, open windows and eat memory.
    Scripts,
    /// Redirects and links into private networks and other schemes.
    Inside,
    /// A sitemap of sitemaps without end.
    Sitemaps,
    /// The connection is cut in the middle of a body.
    Cut,
}

pub const ALL: [Kind; 14] = [
    Kind::Calendar,
    Kind::Tarpit,
    Kind::Bomb,
    Kind::Redirects,
    Kind::Nested,
    Kind::Malformed,
    Kind::Headers,
    Kind::Robots,
    Kind::Scripts,
    Kind::Inside,
    Kind::Maze,
    Kind::Endless,
    Kind::Sitemaps,
    Kind::Cut,
];

/// Kinds that one hostile city has.
const EACH: usize = 4;

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Calendar => "calendar",
            Kind::Maze => "maze",
            Kind::Tarpit => "tarpit",
            Kind::Endless => "endless",
            Kind::Bomb => "bomb",
            Kind::Redirects => "redirects",
            Kind::Nested => "nested",
            Kind::Malformed => "malformed",
            Kind::Headers => "headers",
            Kind::Robots => "robots",
            Kind::Scripts => "scripts",
            Kind::Inside => "inside",
            Kind::Sitemaps => "sitemaps",
            Kind::Cut => "cut",
        }
    }

    /// Addresses of the trap that pages link to.
    pub fn doors(self) -> &'static [&'static str] {
        match self {
            Kind::Calendar => &["/calendar?month=2026-12"],
            Kind::Maze => &["/archive/a/"],
            Kind::Tarpit => &["/slow/report", "/slow/statistics"],
            Kind::Endless => &["/stream/live", "/stream/document.pdf"],
            Kind::Bomb => &["/packed/page", "/packed/figures.csv"],
            Kind::Redirects => &["/turn/0", "/chain/1"],
            Kind::Nested => &["/deep/page"],
            Kind::Malformed => &["/torn/page", "/torn/letters", "/torn/noise"],
            Kind::Headers => &["/heads/page", "/heads/cookies"],
            // Asked for without a link.
            Kind::Robots | Kind::Sitemaps => &[],
            Kind::Scripts => &["/scripts/loop", "/scripts/memory", "/scripts/dialogs"],
            Kind::Inside => &["/inside/metadata", "/inside/router", "/inside/file"],
            Kind::Cut => &["/cut/page"],
        }
    }
}

/// City number → what it does, for a share of `percent` in a hundred, rounded up; all kinds occur before one repeats.
pub fn choose(count: usize, percent: f64, draw: &Draw) -> BTreeMap<usize, Vec<Kind>> {
    let bad = ((count as f64 * percent / 100.0).ceil().max(0.0) as usize).min(count);
    let mut own = draw.fork("hostile");
    let mut numbers: Vec<usize> = (0..count).collect();
    own.shuffle(&mut numbers);
    numbers.truncate(bad);
    numbers.sort_unstable();
    let dealt = |place: usize| (0..EACH).filter_map(|k| ALL.get((place * EACH + k) % ALL.len()).copied()).collect();
    numbers.into_iter().enumerate().map(|(place, number)| (number, dealt(place))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn four_hostile_cities_show_every_kind() {
        let chosen = choose(80, 5.0, &Draw::new(1));
        assert_eq!(chosen.len(), 4);
        let kinds: BTreeSet<Kind> = chosen.values().flatten().copied().collect();
        assert_eq!(kinds.len(), ALL.len());
        assert!(choose(10, 0.0, &Draw::new(1)).is_empty());
    }
}
