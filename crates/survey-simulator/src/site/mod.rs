//! A city's site: all pages and files, made from its truth, and what it answers.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use jiff::civil::Date;

mod answer;
mod build;
mod climb;
mod council;
mod daily;
mod engage;
mod files;
mod foot;
mod front;
mod legal;
mod lists;
mod page;
mod shell;
mod style;
mod subjects;
pub mod trap;

use build::{Build, File};
use page::{Care, Kind, Page};

pub use answer::{Answer, Asked, Body};

use crate::city::City;
use crate::words::{self, filled};

/// Where letters come from on sites that fetch them elsewhere; answers nowhere (RFC 2606).
pub const FONTS: &str = "letters.cdn-of-fonts.example";

/// Who counts visitors, by the country's habits.
const TRACKERS: [(&str, &str); 5] = [
    ("ru", "mc.yandex.ru/metrika/tag.js"),
    ("zh", "hm.baidu.com/hm.js"),
    ("ko", "wcs.naver.net/wcslog.js"),
    ("de", "www.googletagmanager.com/gtag/js"),
    ("en", "www.google-analytics.com/analytics.js"),
];

/// Hosts of others that pages may name.
pub fn strangers() -> Vec<&'static str> {
    let trackers = TRACKERS.iter().map(|(_, t)| t.split('/').next().unwrap_or_default());
    trackers.chain([FONTS]).collect()
}

pub struct Site {
    pub city: City,
    pages: Vec<Page>,
    at: HashMap<String, usize>,
    /// Key and language → page.
    keyed: HashMap<(String, &'static str), usize>,
    files: BTreeMap<String, File>,
    style: Bytes,
    emblem: Bytes,
    today: Date,
}

impl Site {
    /// Makes the whole site, which answers at `root` (without a slash at its end). What only the finished site shows, such
    /// as the formats of its documents, is put right in the truth.
    pub fn new(mut city: City, today: Date, root: &str) -> Self {
        settle(&mut city);
        let mut made = all(&city, today);
        let (pages, files) = (std::mem::take(&mut made.pages), std::mem::take(&mut made.files));
        let shown = shown(&pages, &std::mem::take(&mut made.documents));
        drop(made);
        shown.into_iter().for_each(|(criterion, most)| {
            city.truth.set(criterion, most.min(city.value(criterion).max(u8::from(criterion == "CO19") * most)))
        });
        let at = pages.iter().enumerate().map(|(i, p)| (p.path.clone(), i)).collect();
        let keyed = pages.iter().enumerate().map(|(i, p)| ((p.key.clone(), p.language), i)).collect();
        let style = style::sheet(&city).into();
        let emblem = emblem(&city).into();
        let mut site = Self { city, pages, at, keyed, files, style, emblem, today };
        site.lists(root);
        site
    }

    pub fn value(&self, criterion: &str) -> u8 {
        self.city.value(criterion)
    }

    /// Addresses of its pages.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|p| p.path.as_str())
    }

    fn page_of(&self, key: &str, language: &str) -> Option<&Page> {
        self.keyed.get(&(key.to_owned(), words::languages().find(|l| *l == language)?)).and_then(|i| self.pages.get(*i))
    }

    /// Pages of the same section as this one, but for its parts and the section's own front.
    fn section<'s>(&'s self, page: &'s Page) -> impl Iterator<Item = &'s Page> {
        let whole = |p: &&Page| !p.key.contains('-') && !p.key.starts_with("s_");
        self.pages
            .iter()
            .filter(move |p| page.section.is_some() && p.section == page.section && p.language == page.language)
            .filter(whole)
    }

    fn care(&self) -> Care {
        Care { labels: self.value("US12"), errors: self.value("US13") }
    }

    fn name(&self, language: &str) -> String {
        let words = words::of(language);
        let list = words.list("sites");
        let at = self.city.taste.phrasing("site", list.len());
        filled(list.get(at).map_or("", String::as_str), &[("c", &self.city.own_name)])
    }

    fn home_of(&self, language: &str) -> String {
        if language == self.city.language { "/".into() } else { format!("/{language}/") }
    }

    fn day(&self, day: Date, language: &'static str) -> String {
        Build::new(&self.city, language, self.today).day(day)
    }

    fn owner(&self, page: &Page) -> (String, String) {
        let build = Build::new(&self.city, page.language, self.today);
        let office = build.office(&page.key);
        let telephone = build.telephone(&office);
        (office, telephone)
    }

    /// The same page in the other language, when there is one.
    fn others(&self, page: &Page) -> Option<(&'static str, String)> {
        let (main, second) = (self.city.language.as_str(), self.city.second.as_str());
        let other = if page.language == main { second } else { main };
        let code = words::languages().find(|l| *l == other)?;
        if self.value("CO16") == 0 {
            return None;
        }
        let twin = self.page_of(&page.key, code);
        let front = match page.language == main && self.value("CO16") < 3 {
            true => self.page_of("welcome", code),
            false => self.pages.iter().find(|p| p.kind == Kind::Home && p.language == code),
        };
        twin.or(front).map(|p| (code, p.path.clone()))
    }

    fn tracker(&self) -> &'static str {
        let own = TRACKERS.iter().find(|(l, _)| *l == self.city.language);
        own.map_or("www.googletagmanager.com/gtag/js", |(_, t)| t)
    }

    fn search_path(&self, language: &str) -> String {
        let word = if self.city.taste.query == "q" { "/search" } else { "/find" };
        if language == self.city.language { word.into() } else { format!("/{language}{word}") }
    }

    fn feed_path(&self) -> &'static str {
        if self.city.number.is_multiple_of(2) { "/rss.xml" } else { "/news/feed.atom" }
    }

    fn asks_consent(&self) -> bool {
        self.value("PS11") == 2 && self.city.draw.fork("banner").chance(0.4)
    }
}

/// What must hold between dated things and the newest day that pages show.
fn settle(city: &mut City) {
    let dated = city.value("CO04") >= 2 || city.value("EN12") == 3 || city.value("EN16") >= 2;
    if dated && city.value("US19") == 0 {
        city.truth.set("US19", 1);
        if city.value("CO20") == 0 {
            city.truth.set("CO20", 1);
        }
    }
}

/// The most that pages show of criteria which depend on what all of them hold.
fn shown(pages: &[Page], documents: &build::Count) -> Vec<(&'static str, u8)> {
    let number: usize = documents.values().sum();
    let open: usize = documents.iter().filter(|(ending, _)| **ending != "pdf").map(|(_, n)| n).sum();
    let formats = match (number, open * 10 >= number) {
        (0, _) => 0,
        (_, true) => 2,
        _ => 1,
    };
    let forms: Vec<&page::Form> = pages
        .iter()
        .flat_map(|p| &p.pieces)
        .filter_map(|p| if let page::Piece::Form(f) = p { Some(f) } else { None })
        .collect();
    let takes = forms.iter().any(|f| !f.asks);
    let labels = if takes { 2 } else { 1 };
    vec![("CO19", formats), ("US12", labels), ("US13", if takes { 3 } else { 0 })]
}

fn all(city: &City, today: Date) -> Build<'_> {
    let main = words::languages().find(|l| *l == city.language).unwrap_or("en");
    let mut build = Build::new(city, main, today);
    build.everything();
    let other = words::languages().find(|l| *l == city.second).unwrap_or("en");
    let level = city.value("CO16");
    if level > 0 {
        let mut second = Build::new(city, other, today);
        std::mem::swap(&mut second.documents, &mut build.documents);
        match level {
            1 => second.welcome(0),
            2 => second.welcome(9),
            _ => second.everything(),
        }
        build.pages.append(&mut second.pages);
        build.files.append(&mut second.files);
        build.documents = second.documents;
    }
    build
}

fn emblem(city: &City) -> String {
    let hue = (city.number * 47) % 360;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><rect width=\"40\" height=\"40\" fill=\"hsl({hue} 60% 35%)\"/><circle cx=\"20\" cy=\"20\" r=\"{}\" fill=\"#fff\"/></svg>",
        6 + city.number % 10
    )
}
