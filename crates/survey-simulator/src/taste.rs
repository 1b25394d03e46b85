//! How a site is built: markup, addresses and habits in which cities differ whatever they offer.

use crate::draw::Draw;

/// Families of markup, as content management systems leave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Landmarks, a list as menu, one column.
    Plain,
    /// A menu that names nearly every page on every page.
    Mega,
    /// Sections above, the pages of the section beside the text.
    Side,
    /// A portal of boxes and class names without end.
    Portal,
    /// Table cells and small type, as it was built long ago.
    Old,
}

/// What addresses look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// `/council/budget`
    Words,
    /// `/node/4711`
    Node,
    /// `/index.php?page=4711`
    Query,
    /// `/portal/4711.html`
    Html,
    /// `/city/contents.do?menu=04711`
    Menu,
}

#[derive(Debug, Clone)]
pub struct Taste {
    pub layout: Layout,
    pub addresses: Addresses,
    /// 0 – 5: colours and type.
    pub colours: usize,
    /// Dates as numbers or with the month's name.
    pub named_months: bool,
    /// The name of the search parameter.
    pub query: &'static str,
    /// Separator of titles.
    pub bar: &'static str,
    /// Titles begin with the city.
    pub city_first: bool,
    /// Which of a language's phrasings; each text adds its own number.
    pub phrasing: u64,
    /// Pages of news, and of other subjects that no criterion asks about.
    pub news: usize,
    pub filler: usize,
    pub districts: usize,
}

const LAYOUTS: [Layout; 5] = [Layout::Plain, Layout::Mega, Layout::Side, Layout::Portal, Layout::Old];
const ADDRESSES: [Addresses; 5] =
    [Addresses::Words, Addresses::Words, Addresses::Node, Addresses::Query, Addresses::Html];

impl Taste {
    pub fn of(draw: &Draw) -> Self {
        let mut own = draw.fork("taste");
        let addresses =
            if own.chance(0.12) { Addresses::Menu } else { own.pick(&ADDRESSES).copied().unwrap_or(Addresses::Words) };
        Self {
            layout: own.pick(&LAYOUTS).copied().unwrap_or(Layout::Plain),
            addresses,
            colours: own.below(6),
            named_months: own.chance(0.5),
            query: own.pick(&["q", "search", "query", "s", "keyword"]).copied().unwrap_or("q"),
            bar: own.pick(&[" | ", " - ", " – ", " :: "]).copied().unwrap_or(" | "),
            city_first: own.chance(0.2),
            phrasing: own.number(),
            news: own.between(8, 24),
            filler: own.between(7, 10),
            districts: own.between(6, 24),
        }
    }

    /// One of `count` phrasings for a text called `name`, the same each time.
    pub fn phrasing(&self, name: &str, count: usize) -> usize {
        (crate::draw::named(name) ^ self.phrasing).wrapping_mul(0x9E37_79B9_7F4A_7C15) as usize % count.max(1)
    }
}
