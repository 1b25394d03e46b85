//! The site with its words looked up: each text once, whatever number of pages it stands on.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{Hit, Kind, Matcher};
use crate::rules::Rules;
use crate::site::model::{AddressId, Page, Site, TextId};
use crate::site::patterns;
use crate::text::normal::normalise;

/// Phrases of one text.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub hits: Box<[Hit]>,
    /// Bytes of the normalised text.
    pub length: u32,
}

/// A set of languages as bits.
#[derive(Debug, Clone, Copy)]
pub struct Languages(u64);

/// Every language there is a word list for.
pub const ALL_LANGUAGES: Languages = Languages(u64::MAX);

impl Languages {
    pub fn has(self, language: u8) -> bool {
        self.0 & (1 << language.min(63)) != 0
    }
}

/// A name by which one page links to another.
#[derive(Debug, Clone, Copy)]
pub struct Inbound {
    pub text: TextId,
    pub repeated: bool,
}

#[derive(Debug)]
pub struct Reading<'a> {
    pub site: &'a Site,
    pub rules: &'a Rules,
    pub matcher: Matcher,
    known: Vec<Known>,
    /// Parts that many titles share: how the organisation calls itself.
    pub shared_titles: Vec<String>,
    /// Title of each page without what all titles share.
    pub titles: Vec<String>,
    pub title_hits: Vec<Known>,
    /// Page → names of links to it, each once.
    pub inbound: BTreeMap<usize, Vec<Inbound>>,
    languages: Vec<Languages>,
    /// Mail addresses, telephone numbers and frames that stand on many pages.
    pub common: BTreeSet<String>,
    pub news: Vec<bool>,
    /// Phrase → worth as a sign of its topic, 0–1: words on page after page say little.
    worth: BTreeMap<u32, f64>,
}

/// How strongly a text names each subject, 0–1.
pub fn naming(known: &Known, languages: Languages) -> BTreeMap<u16, f64> {
    let mut strengths = BTreeMap::new();
    let length = f64::from(known.length.max(1));
    for hit in known.hits.iter().filter(|h| languages.has(h.language) && matches!(h.kind, Kind::Name | Kind::Weak)) {
        let denied = known.hits.iter().any(|n| {
            n.kind == Kind::Not
                && n.subject == hit.subject
                && languages.has(n.language)
                && n.start < hit.start + hit.length
                && hit.start < n.start + n.length
        });
        if denied {
            continue;
        }
        let share = f64::from(hit.length) / length;
        let strength = match hit.kind {
            Kind::Name if known.length <= 45 => 0.5 + 0.5 * share,
            Kind::Name if known.length <= 90 => share.max(0.35),
            Kind::Name => share,
            _ if share >= 0.9 => 0.48,
            _ if known.length <= 40 => 0.4 * share.max(0.5),
            _ => 0.0,
        };
        let best = strengths.entry(hit.subject).or_insert(0.0);
        *best = strength.max(*best);
    }
    strengths
}

impl<'a> Reading<'a> {
    pub fn new(site: &'a Site, rules: &'a Rules, matcher: Matcher) -> Self {
        let (titles, shared_titles) = own_titles(site);
        let title_hits: Vec<Known> = titles.iter().map(|t| looked_up(&matcher, t)).collect();
        let languages: Vec<Languages> = site.pages.iter().map(|p| languages_of(&matcher, p)).collect();
        let known = looked_up_all(&matcher, site);
        let mut news: Vec<bool> = site.pages.iter().map(|p| is_news(p, rules)).collect();
        listed_news(site, &matcher, &title_hits, &languages, &mut news);
        let worth = worth(site, &known);
        Self {
            worth,
            site,
            rules,
            known,
            titles,
            shared_titles,
            title_hits,
            inbound: inbound(site),
            languages,
            common: common(site),
            news,
            matcher,
        }
    }

    /// What these phrases are worth together.
    pub fn worth(&self, phrases: &BTreeSet<u32>) -> f64 {
        phrases.iter().map(|p| self.worth.get(p).copied().unwrap_or(1.0)).sum()
    }

    pub fn known(&self, text: TextId) -> &Known {
        static NOTHING: std::sync::LazyLock<Known> = std::sync::LazyLock::new(Known::default);
        self.known.get(text.0 as usize).unwrap_or(&NOTHING)
    }

    pub fn languages(&self, page: usize) -> Languages {
        self.languages.get(page).copied().unwrap_or(Languages(u64::MAX))
    }

    pub fn look_up(&self, text: &str) -> Known {
        looked_up(&self.matcher, text)
    }

    /// The text holds a word of the cue in one of these languages.
    pub fn cued(&self, known: &Known, cue: &str, languages: Languages) -> bool {
        let Some(subject) = self.matcher.subject_of(&format!("cue:{cue}")) else { return false };
        known.hits.iter().any(|h| h.kind == Kind::Cue && h.subject == subject && languages.has(h.language))
    }

    /// The text is a word of the cue and nothing else, in whatever language.
    pub fn cued_whole(&self, known: &Known, cue: &str) -> bool {
        let Some(subject) = self.matcher.subject_of(&format!("cue:{cue}")) else { return false };
        known
            .hits
            .iter()
            .any(|h| h.kind == Kind::Cue && h.subject == subject && h.start == 0 && h.length + 1 >= known.length)
    }

    /// The text begins with a word of the cue.
    pub fn cued_first(&self, known: &Known, cue: &str) -> bool {
        let Some(subject) = self.matcher.subject_of(&format!("cue:{cue}")) else { return false };
        known.hits.iter().any(|h| h.kind == Kind::Cue && h.subject == subject && h.start == 0)
    }

    /// How strongly a text names one topic.
    pub fn names(&self, known: &Known, topic: &str, languages: Languages) -> f64 {
        self.matcher.subject_of(topic).and_then(|s| naming(known, languages).get(&s).copied()).unwrap_or_default()
    }

    /// Most pages are in languages without a word list: what was not found by words may well be there.
    pub fn wordless(&self) -> bool {
        let total: usize = self.site.languages.iter().map(|(_, n)| n).sum();
        let without: usize =
            self.site.languages.iter().filter(|(l, _)| self.matcher.language_of(l).is_none()).map(|(_, n)| n).sum();
        without * 2 > total
    }

    pub fn title(&self, page: usize) -> &str {
        self.titles.get(page).map_or("", String::as_str)
    }

    pub fn is_news(&self, page: usize) -> bool {
        self.news.get(page).copied().unwrap_or_default()
    }

    /// A known page behind an address that answers, or `None`.
    pub fn page_to(&self, address: AddressId) -> Option<(usize, &'a Page)> {
        let index = self.site.page_to(address)?;
        self.site.pages.get(index).filter(|p| !p.soft_404).map(|p| (index, p))
    }
}

fn looked_up(matcher: &Matcher, text: &str) -> Known {
    let text = normalise(text);
    Known { hits: matcher.find(&text).into(), length: text.len() as u32 }
}

/// Two workers, each a half of the texts.
fn looked_up_all(matcher: &Matcher, site: &Site) -> Vec<Known> {
    let count = site.texts.count() as u32;
    let part = |range: std::ops::Range<u32>| -> Vec<Known> {
        range.map(|id| looked_up(matcher, site.texts.get(id))).collect()
    };
    std::thread::scope(|scope| {
        let second = scope.spawn(|| part(count / 2..count));
        let mut all = part(0..count / 2);
        match second.join() {
            Ok(rest) => all.extend(rest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    })
}

fn worth(site: &Site, known: &[Known]) -> BTreeMap<u32, f64> {
    let mut count: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, page) in site.distinct() {
        let phrases: BTreeSet<u32> = site
            .own_blocks(page)
            .filter_map(|b| known.get(b.text.0 as usize))
            .flat_map(|k| k.hits.iter())
            .filter(|h| matches!(h.kind, Kind::Body | Kind::Name))
            .map(|h| h.phrase)
            .collect();
        for phrase in phrases {
            *count.entry(phrase).or_default() += 1;
        }
    }
    let total = site.distinct_count().max(1);
    let worth = |n: usize| match n * 100 / total {
        _ if n <= 2 => 1.0,
        0..=5 => 1.0,
        6..=15 => 0.6,
        _ => 0.25,
    };
    count.into_iter().map(|(phrase, n)| (phrase, worth(n))).collect()
}

/// Pages to which a page of news leads by its own links and which bear a date at their top are news too.
fn listed_news(site: &Site, matcher: &Matcher, titles: &[Known], languages: &[Languages], news: &mut [bool]) {
    let Some(subject) = matcher.subject_of("news") else { return };
    let dated = |page: &Page| {
        let own = site.own_blocks(page).filter(|b| !b.form).map(|b| site.text(b.text));
        own.take(5)
            .any(|t| t.bytes().any(|b| b.is_ascii_digit()) && !patterns::dates(t.get(..160).unwrap_or(t)).is_empty())
    };
    for (index, page) in site.distinct() {
        let (Some(title), Some(languages)) = (titles.get(index), languages.get(index)) else { continue };
        let heading =
            page.blocks.iter().find(|b| b.heading == 1 && !b.repeated).map(|b| looked_up(matcher, site.text(b.text)));
        let named =
            |known: &Known| known.length <= 40 && naming(known, *languages).get(&subject).is_some_and(|s| *s >= 0.7);
        if Some(index) == site.home() || !(named(title) || heading.is_some_and(|h| named(&h))) {
            continue;
        }
        let items: BTreeSet<usize> =
            site.own_links(page).filter_map(|l| site.page_to(l.to)).filter(|i| *i != index).collect();
        let items: Vec<usize> = items.into_iter().filter(|i| site.pages.get(*i).is_some_and(dated)).collect();
        if items.len() >= 3 {
            items.into_iter().for_each(|i| {
                if let Some(flag) = news.get_mut(i) {
                    *flag = true
                }
            });
        }
    }
}

fn languages_of(matcher: &Matcher, page: &Page) -> Languages {
    let mut bits = 0;
    for code in [Some(page.language.as_str()), page.declared.as_deref(), Some("en")].into_iter().flatten() {
        if let Some(language) = matcher.language_of(code) {
            bits |= 1 << language.min(63);
        }
    }
    Languages(bits)
}

const BARS: [&str; 13] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " < ", " > ", "|", " : ", "｜", " ・ "];

fn segments(title: &str) -> Vec<String> {
    let mut parts = vec![title.to_owned()];
    for bar in BARS {
        parts = parts.iter().flat_map(|p| p.split(bar).map(|s| s.trim().to_owned()).collect::<Vec<_>>()).collect();
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// Titles without the parts that many titles share (the name of the city).
fn own_titles(site: &Site) -> (Vec<String>, Vec<String>) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let total = site.distinct_count();
    for (_, page) in site.distinct() {
        let unique: BTreeSet<String> = segments(site.text(page.title)).into_iter().collect();
        for part in unique {
            *count.entry(part).or_default() += 1;
        }
    }
    let limit = (total / 5).max(2);
    let shared = count.iter().filter(|(_, n)| **n > limit).map(|(part, _)| part.clone()).collect();
    let own = site
        .pages
        .iter()
        .map(|page| {
            let parts = segments(site.text(page.title));
            let own: Vec<&String> =
                parts.iter().filter(|p| count.get(*p).copied().unwrap_or_default() <= limit).collect();
            // The first own part is the page's name; later ones are its sections.
            own.first().map(|s| (*s).clone()).unwrap_or_default()
        })
        .collect();
    (own, shared)
}

fn inbound(site: &Site) -> BTreeMap<usize, Vec<Inbound>> {
    let mut seen: BTreeSet<(usize, TextId, bool)> = BTreeSet::new();
    let mut all: BTreeMap<usize, Vec<Inbound>> = BTreeMap::new();
    for (from, page) in site.distinct() {
        for link in &page.links {
            let Some(to) = site.page_to(link.to) else { continue };
            if to == from || site.text(link.text).is_empty() {
                continue;
            }
            if seen.insert((to, link.text, link.repeated)) {
                all.entry(to).or_default().push(Inbound { text: link.text, repeated: link.repeated || link.frame });
            }
        }
    }
    all
}

fn common(site: &Site) -> BTreeSet<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, page) in site.distinct() {
        let unique: BTreeSet<&str> = page
            .markup
            .mailto
            .iter()
            .chain(&page.markup.telephones)
            .chain(&page.markup.embeds)
            .map(String::as_str)
            .collect();
        for item in unique {
            *count.entry(item).or_default() += 1;
        }
    }
    let limit = (site.distinct_count() / 5).max(3);
    count.into_iter().filter(|(_, n)| *n >= limit).map(|(item, _)| item.to_owned()).collect()
}

/// A news item mentions what happens; it is not the service.
fn is_news(page: &Page, rules: &Rules) -> bool {
    if page.markup.types.iter().any(|t| matches!(t.as_str(), "NewsArticle" | "BlogPosting" | "ReportageNewsArticle")) {
        return true;
    }
    let Ok(url) = url::Url::parse(&page.url) else { return false };
    let parts: Vec<String> = url
        .path_segments()
        .map(|s| s.filter(|p| !p.is_empty()).map(|p| p.to_ascii_lowercase().replace('_', "-")).collect())
        .unwrap_or_default();
    let Some((last, before)) = parts.split_last() else { return false };
    let dated = before.windows(2).any(|w| matches!(w, [y, m] if y.len() == 4 && y.starts_with("20") && y.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&m.len()) && m.bytes().all(|b| b.is_ascii_digit())));
    let below = before.iter().any(|p| rules.hosts.news_paths.contains(p)) && !last.starts_with("index");
    dated || below
}
