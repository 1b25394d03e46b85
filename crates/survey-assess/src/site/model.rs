//! Pages, blocks, links and forms, with every text kept once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use survey_archive::notes::{CaptureNote, EndpointNote, FailureNote, HostNote, PageNote, SearchNote};

use super::address::Scope;

/// A text kept once for the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub u32);

/// An address kept once for the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressId(pub u32);

/// Strings kept once. Identifiers follow the order of first sight, so they are the same each time.
#[derive(Debug, Default)]
pub struct Kept {
    index: HashMap<String, u32>,
    items: Vec<String>,
}

impl Kept {
    /// The identifier of `text`, new or known.
    pub fn keep(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.index.get(text) {
            return id;
        }
        let id = self.items.len() as u32;
        self.index.insert(text.to_owned(), id);
        self.items.push(text.to_owned());
        id
    }

    pub fn known(&self, text: &str) -> Option<u32> {
        self.index.get(text).copied()
    }

    pub fn get(&self, id: u32) -> &str {
        self.items.get(id as usize).map_or("", String::as_str)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.items.len()
    }
}

/// A run of text between two block-level borders.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    pub text: TextId,
    /// 1–6 for a heading, 0 otherwise.
    pub heading: u8,
    /// Inside header, footer, nav or aside (element or role).
    pub frame: bool,
    /// Inside a form or a label.
    pub form: bool,
    /// Set after all pages are read: the block repeats across pages.
    pub repeated: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub to: AddressId,
    pub text: TextId,
    pub frame: bool,
    pub repeated: bool,
    /// Block of the page in which it stands.
    pub block: u32,
}

#[derive(Debug, Clone, Default)]
pub struct Field {
    /// `text`, `email`, `password`, `textarea`, `select`, `file`, `search`, `checkbox`, …
    pub kind: String,
    pub name: String,
    pub label: String,
    /// The label is a real one: `label`, `aria-label(ledby)` or `title`, not a placeholder.
    pub labelled: bool,
    pub required: bool,
    pub autocomplete: String,
}

#[derive(Debug, Clone, Default)]
pub struct Form {
    pub method: String,
    pub action: String,
    pub fields: Vec<Field>,
    pub submit: Vec<String>,
    /// The form's own words (labels, help, options), at most 2,000 characters.
    pub text: String,
    /// Last heading before or in the form.
    pub heading: String,
    /// `role=search`, or the class and id words of the element.
    pub hint: String,
    pub frame: bool,
    /// The same form stands on many pages.
    pub repeated: bool,
    /// Fields that stand in no form element (scripted pages).
    pub loose: bool,
    /// Block of the page before which it begins.
    pub block: u32,
}

impl Form {
    /// Fields that a person fills in.
    pub fn filled(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| !matches!(f.kind.as_str(), "hidden" | "submit" | "button" | "image" | "reset"))
    }

    pub fn has(&self, kind: &str) -> bool {
        self.fields.iter().any(|f| f.kind == kind)
    }

    pub fn asks_email(&self) -> bool {
        self.filled().any(|f| {
            f.kind == "email" || f.autocomplete == "email" || {
                let name = f.name.to_ascii_lowercase();
                name.contains("mail") && matches!(f.kind.as_str(), "text" | "email")
            }
        })
    }

    /// A form of one query field: how sites search.
    pub fn searches(&self) -> bool {
        let written: Vec<_> = self
            .filled()
            .filter(|f| {
                matches!(f.kind.as_str(), "text" | "search" | "textarea" | "email" | "password" | "tel" | "file")
            })
            .collect();
        let [only] = written.as_slice() else { return false };
        let name = only.name.to_ascii_lowercase();
        only.kind == "search"
            || self.hint.contains("search")
            || matches!(
                name.as_str(),
                "q" | "s"
                    | "query"
                    | "search"
                    | "keyword"
                    | "keywords"
                    | "kw"
                    | "keys"
                    | "searchword"
                    | "term"
                    | "text"
            )
            || name.contains("search")
            || name.contains("query")
            || name.contains("keyword")
            || self.action.to_ascii_lowercase().contains("search")
    }

    /// Data about a person are asked for (not only a word to search).
    pub fn takes_data(&self) -> bool {
        !self.searches()
            && (self.asks_email()
                || self.filled().any(|f| matches!(f.kind.as_str(), "textarea" | "tel" | "password" | "file"))
                || self.method != "get"
                    && self.filled().filter(|f| matches!(f.kind.as_str(), "text" | "number" | "date")).count() >= 2)
    }
}

/// Small facts of a page's markup.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    pub description: String,
    pub viewport: String,
    pub main: bool,
    pub nav: bool,
    pub skip_link: bool,
    pub breadcrumb: bool,
    /// Levels of headings in order.
    pub levels: Vec<u8>,
    pub images: u32,
    pub images_without_alt: u32,
    /// Addresses of frames, players and embedded objects.
    pub embeds: Vec<String>,
    pub scripts: Vec<String>,
    pub videos: u32,
    /// `@type` values and microdata types, sorted.
    pub types: BTreeSet<String>,
    /// Properties of structured data that were seen, sorted.
    pub properties: BTreeSet<String>,
    pub feeds: Vec<String>,
    /// Language → address of other versions of the page.
    pub alternates: BTreeMap<String, String>,
    pub translate_widget: bool,
    /// Languages that buttons offer: a script changes the words in place.
    pub switch: BTreeSet<String>,
    /// `rel=stylesheet` addresses and the number of style elements.
    pub stylesheets: Vec<String>,
    pub modified: Vec<Date>,
    pub rss_links: u32,
    pub mailto: Vec<String>,
    pub telephones: Vec<String>,
    /// `mailto:` and `tel:` links with the block in which they stand.
    pub reach: Vec<(u32, String)>,
    /// Words on buttons outside forms.
    pub buttons: Vec<String>,
    pub insecure_forms: u32,
    pub insecure_parts: u32,
    pub map: bool,
    pub canvas: bool,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub address: AddressId,
    pub url: String,
    pub record: String,
    pub declared: Option<String>,
    pub detected: Option<(String, f64)>,
    /// Language used for the word lists: detected when sure, else declared.
    pub language: String,
    pub title: TextId,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub forms: Vec<Form>,
    pub markup: Markup,
    /// Fingerprint of all its text: two addresses with the same are one page.
    pub print: u64,
    /// Another address holds the same text (this one is a copy of it).
    pub copy_of: Option<usize>,
    /// Several unlike addresses answer with this text: an error page with status 200.
    pub soft_404: bool,
    pub headers: BTreeMap<String, String>,
    /// Seen by a browser, and richer so than as it was sent.
    pub rendered: bool,
    /// Dates on the page as it was sent, when what a browser made of it took its place.
    pub plain_dates: Option<BTreeSet<Date>>,
}

/// Every captured thing a rule may ask about.
#[derive(Debug)]
pub struct Site {
    pub scope: Scope,
    pub capture: CaptureNote,
    pub today: Date,
    pub texts: Kept,
    pub addresses: Kept,
    /// In the order of their addresses.
    pub pages: Vec<Page>,
    /// Address → index of the page that is read there (redirects followed).
    pub page_at: BTreeMap<AddressId, usize>,
    pub hosts: Vec<HostNote>,
    pub seen: BTreeMap<String, PageNote>,
    pub searches: Vec<SearchNote>,
    pub endpoints: Vec<EndpointNote>,
    pub failures: BTreeMap<AddressId, FailureNote>,
    /// Documents that were fetched: address → record, media type.
    pub documents: BTreeMap<AddressId, Document>,
    /// Languages of pages with their number, most frequent first.
    pub languages: Vec<(String, usize)>,
    /// Statuses of all answers by address key.
    pub statuses: BTreeMap<AddressId, u16>,
}

#[derive(Debug, Clone, Default)]
pub struct Document {
    pub url: String,
    pub record: String,
    pub media: String,
    /// Start of its text, when the archive has it.
    pub text: Option<String>,
}

impl Site {
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.0)
    }

    pub fn address(&self, id: AddressId) -> &str {
        self.addresses.get(id.0)
    }

    /// Pages that count: copies and error pages left out.
    pub fn distinct(&self) -> impl Iterator<Item = (usize, &Page)> {
        self.pages.iter().enumerate().filter(|(_, p)| p.copy_of.is_none() && !p.soft_404)
    }

    pub fn distinct_count(&self) -> usize {
        self.distinct().count()
    }

    /// The page the capture began with, or the first.
    pub fn home(&self) -> Option<usize> {
        self.addresses
            .known(&super::address::key(&self.capture.start))
            .and_then(|id| self.page_at.get(&AddressId(id)).copied())
            .or_else(|| (!self.pages.is_empty()).then_some(0))
    }

    /// The page read at an address, copies resolved to their original.
    pub fn page_to(&self, address: AddressId) -> Option<usize> {
        let &index = self.page_at.get(&address)?;
        Some(self.pages.get(index).and_then(|p| p.copy_of).unwrap_or(index))
    }

    /// The address answered with an error or could not be read.
    pub fn broken(&self, address: AddressId) -> bool {
        self.statuses.get(&address).is_some_and(|&s| s >= 400)
            || (self.failures.get(&address).is_some_and(|f| f.kind != "robots" && f.kind != "too_large")
                && !self.page_at.contains_key(&address))
    }

    /// Blocks of a page that are its own: neither repeated nor in a frame.
    pub fn own_blocks<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Block> {
        page.blocks.iter().filter(|b| !b.repeated && !b.frame)
    }

    pub fn own_links<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Link> {
        page.links.iter().filter(|l| !l.repeated && !l.frame)
    }

    /// What a browser saw on a page.
    pub fn note(&self, page: &Page) -> Option<&PageNote> {
        self.seen.get(&super::address::key(&page.url))
    }

    /// All pages the crawler knew were read, and it was not stopped.
    pub fn complete(&self) -> bool {
        self.capture.stopped == "complete"
            && u64::from(self.capture.pages_fetched) * 100 >= u64::from(self.capture.pages_known) * 97
    }

    /// Share of known pages that were read, 0–1.
    pub fn coverage(&self) -> f64 {
        let known = f64::from(self.capture.pages_known.max(1));
        (f64::from(self.capture.pages_fetched) / known).clamp(0.0, 1.0)
    }
}
