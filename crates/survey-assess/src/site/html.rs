//! One walk over a page's tree: blocks, headings, links, forms and markup facts. No recursion.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use url::Url;

use super::element::{block_level, framed, unseen};
use super::guard;
use super::markup::{self, attr};
use super::model::{Field, Form, Markup};
use crate::text::normal::tidy;

const BLOCKS: usize = 8_000;
const LINKS: usize = 5_000;

#[derive(Debug, Clone)]
pub struct RawBlock {
    pub text: String,
    pub heading: u8,
    pub frame: bool,
    pub form: bool,
}

#[derive(Debug, Clone, Default)]
pub struct RawLink {
    pub url: String,
    pub text: String,
    pub frame: bool,
    pub block: u32,
}

/// What a page says, before it is compared with the other pages.
#[derive(Debug, Clone, Default)]
pub struct RawPage {
    pub declared: Option<String>,
    pub title: String,
    pub blocks: Vec<RawBlock>,
    pub links: Vec<RawLink>,
    pub forms: Vec<Form>,
    pub markup: Markup,
}

impl RawPage {
    /// Characters of text outside frames.
    pub fn weight(&self) -> usize {
        self.blocks.iter().map(|b| b.text.len()).sum()
    }
}

#[derive(Default)]
struct Walk {
    page: RawPage,
    base: Option<Url>,
    text: String,
    frame: u32,
    hidden: u32,
    heading: u8,
    last_heading: String,
    link: Option<RawLink>,
    button: Option<String>,
    form: Option<Form>,
    loose: Form,
    label: Option<(String, String)>,
    /// `for` → label words; `id` words of aria-labelledby are found among blocks' ids only.
    labels: Vec<(String, String)>,
    ids: Vec<(String, String)>,
    title: Option<String>,
    select: u32,
    opened_id: Vec<(String, usize)>,
}

/// Reads a page. `address` resolves relative links.
pub fn read(source: &str, address: &str) -> RawPage {
    let flat = guard::flatten(source);
    let html = Html::parse_document(&flat);
    let mut walk =
        Walk { base: Url::parse(address).ok(), loose: Form { loose: true, ..Form::default() }, ..Walk::default() };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => walk.open(element),
                Node::Text(text) => walk.words(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
        }
    }
    walk.finish(&html)
}

impl Walk {
    fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        match &self.base {
            Some(base) => base.join(href).ok(),
            None => Url::parse(href).ok(),
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = tidy(&self.text, 4_000);
        self.text.clear();
        if text.is_empty() || self.page.blocks.len() >= BLOCKS {
            return;
        }
        if self.heading > 0 {
            self.last_heading.clone_from(&text);
        }
        self.page.blocks.push(RawBlock {
            text,
            heading: self.heading,
            frame: self.frame > 0,
            form: self.form.is_some(),
        });
    }

    fn words(&mut self, text: &str) {
        if let Some(title) = &mut self.title {
            title.push_str(text);
            return;
        }
        if self.hidden > 0 {
            return;
        }
        if let Some(link) = &mut self.link
            && link.text.len() < 600
        {
            link.text.push_str(text);
        }
        if let Some(button) = &mut self.button {
            button.push_str(text);
        }
        if let Some((_, label)) = &mut self.label {
            label.push_str(text);
        }
        if let Some(form) = &mut self.form
            && form.text.len() < 2_000
        {
            form.text.push_str(text);
            form.text.push(' ');
        }
        if self.select == 0 {
            self.text.push_str(text);
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        if block_level(name) {
            self.flush();
        }
        if unseen(name, element) {
            self.hidden += 1;
        }
        if framed(name, element) {
            self.flush();
            self.frame += 1;
        }
        markup::note(&mut self.page.markup, name, element, &mut self.base);
        match name {
            "html" => {
                self.page.declared = attr(element, "lang")
                    .or_else(|| attr(element, "xml:lang"))
                    .filter(|l| !l.trim().is_empty())
                    .map(str::to_owned)
            }
            "title" if self.page.title.is_empty() && self.title.is_none() && self.frame == 0 => {
                self.title = Some(String::new())
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.as_bytes().get(1).map_or(0, |b| b - b'0');
                if self.hidden == 0 {
                    self.page.markup.levels.push(self.heading);
                }
            }
            "a" | "area" => self.open_link(element),
            "img" => self.image(element),
            "button" => self.button = Some(attr(element, "aria-label").unwrap_or_default().to_owned() + " "),
            "form" => {
                let action = attr(element, "action")
                    .and_then(|a| self.resolve(a))
                    .or_else(|| self.base.clone())
                    .map(String::from)
                    .unwrap_or_default();
                let hint = ["role", "class", "id", "aria-label"]
                    .iter()
                    .filter_map(|k| attr(element, k))
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_ascii_lowercase();
                self.form = Some(Form {
                    method: attr(element, "method").unwrap_or("get").to_ascii_lowercase(),
                    action,
                    hint,
                    heading: self.last_heading.clone(),
                    frame: self.frame > 0,
                    block: self.page.blocks.len() as u32,
                    ..Form::default()
                });
            }
            "label" => self.label = Some((attr(element, "for").unwrap_or_default().to_owned(), String::new())),
            "input" | "select" | "textarea" => self.field(name, element),
            _ => {}
        }
        if name == "select" {
            self.select += 1;
        }
        if let Some(id) = attr(element, "id")
            && self.ids.len() < 2_000
            && matches!(name, "span" | "label" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "legend")
        {
            self.opened_id.push((id.to_owned(), self.text.len()));
        }
    }

    fn open_link(&mut self, element: &Element) {
        let Some(href) = attr(element, "href") else { return };
        let Some(url) = self.resolve(href) else { return };
        let named = attr(element, "aria-label").or_else(|| attr(element, "alt")).unwrap_or_default();
        let block = self.page.blocks.len() as u32;
        if matches!(url.scheme(), "mailto" | "tel") && self.page.markup.reach.len() < 200 {
            self.page.markup.reach.push((block, url.to_string()));
        }
        let mut link = RawLink { url: url.into(), frame: self.frame > 0, block, ..RawLink::default() };
        if element.name() == "area" {
            link.text = named.to_owned();
            self.page.links.push(link);
            return;
        }
        // The visible words come first; an aria-label counts only when there are none.
        link.text = String::new();
        if !named.is_empty() {
            self.ids.push((format!("link {}", self.page.links.len()), named.to_owned()));
        } else if let Some(title) = attr(element, "title") {
            self.ids.push((format!("link {}", self.page.links.len()), title.to_owned()));
        }
        self.link = Some(link);
    }

    fn image(&mut self, element: &Element) {
        let alt = attr(element, "alt");
        self.page.markup.images += 1;
        if alt.is_none() {
            self.page.markup.images_without_alt += 1;
        }
        if let (Some(link), Some(alt)) = (&mut self.link, alt)
            && !alt.trim().is_empty()
            && link.text.trim().is_empty()
        {
            link.text = format!("{alt} ");
        }
    }

    fn field(&mut self, name: &str, element: &Element) {
        let kind = match name {
            "input" => attr(element, "type").unwrap_or("text").to_ascii_lowercase(),
            other => other.to_owned(),
        };
        let value = attr(element, "value").unwrap_or_default();
        if matches!(kind.as_str(), "submit" | "image" | "button") {
            let words = tidy(if value.is_empty() { attr(element, "alt").unwrap_or_default() } else { value }, 80);
            let form = self.form.as_mut().unwrap_or(&mut self.loose);
            form.submit.push(words);
            return;
        }
        let direct = ["aria-label", "title"].iter().filter_map(|k| attr(element, k)).find(|t| !t.trim().is_empty());
        let id = attr(element, "id").unwrap_or_default();
        let by = attr(element, "aria-labelledby").unwrap_or_default();
        let wrapped = self.label.as_ref().map(|(_, words)| words.clone());
        let mut field = Field {
            name: format!("{} {}", attr(element, "name").unwrap_or_default(), id).trim().to_owned(),
            label: direct.or(attr(element, "placeholder")).unwrap_or_default().to_owned(),
            labelled: direct.is_some() || !by.is_empty(),
            required: attr(element, "required").is_some() || attr(element, "aria-required") == Some("true"),
            autocomplete: attr(element, "autocomplete").unwrap_or_default().to_ascii_lowercase(),
            kind,
        };
        if let Some(words) = wrapped {
            field.labelled = true;
            if field.label.is_empty() {
                field.label = words;
            }
        }
        // `name` alone is what the search test reads; keep the id apart by a mark that finish() strips.
        field.name = format!("{}\u{1}{}", attr(element, "name").unwrap_or_default(), id);
        let form = self.form.as_mut().unwrap_or(&mut self.loose);
        if form.fields.len() < 300 {
            form.fields.push(field);
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if block_level(name) || name == "a" && self.text.len() > 2_000 {
            self.flush();
        }
        match name {
            "title" => {
                if let Some(title) = self.title.take() {
                    self.page.title = tidy(&title, 300);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = 0,
            "a" => {
                if let Some(mut link) = self.link.take() {
                    link.text = tidy(&link.text, 300);
                    let mark = format!("link {}", self.page.links.len());
                    if let Some(at) = self.ids.iter().rposition(|(id, _)| *id == mark) {
                        let (_, words) = self.ids.swap_remove(at);
                        if link.text.is_empty() {
                            link.text = tidy(&words, 300);
                        }
                    }
                    if self.page.links.len() < LINKS {
                        self.page.links.push(link);
                    }
                }
            }
            "button" => {
                if let Some(words) = self.button.take() {
                    let words = tidy(&words, 80);
                    self.page
                        .markup
                        .switch
                        .extend(words.split_whitespace().last().and_then(markup::language_offered).map(str::to_owned));
                    if self.form.is_none()
                        && self.page.markup.buttons.len() < 200
                        && self.frame == 0
                        && !words.is_empty()
                    {
                        self.page.markup.buttons.push(words.clone());
                    }
                    self.form.as_mut().unwrap_or(&mut self.loose).submit.push(words);
                }
            }
            "label" => {
                if let Some((target, words)) = self.label.take()
                    && !target.is_empty()
                {
                    self.labels.push((target, tidy(&words, 200)));
                }
            }
            "form" => {
                if let Some(form) = self.form.take() {
                    self.page.forms.push(form);
                }
            }
            "select" => self.select = self.select.saturating_sub(1),
            _ => {}
        }
        if framed(name, element) {
            self.flush();
            self.frame = self.frame.saturating_sub(1);
        }
        if unseen(name, element) {
            self.hidden = self.hidden.saturating_sub(1);
        }
    }

    fn finish(mut self, html: &Html) -> RawPage {
        self.flush();
        if let Some(form) = self.form.take() {
            self.page.forms.push(form);
        }
        if self.loose.filled().next().is_some() {
            let loose = std::mem::take(&mut self.loose);
            self.page.forms.push(loose);
        }
        for form in &mut self.page.forms {
            form.text = tidy(&form.text, 2_000);
            form.submit.retain(|s| !s.is_empty());
            for field in &mut form.fields {
                let whole = std::mem::take(&mut field.name);
                let (name, id) = whole.split_once('\u{1}').unwrap_or((&whole, ""));
                if let Some((_, words)) = self.labels.iter().find(|(target, _)| !id.is_empty() && target == id) {
                    field.labelled = true;
                    field.label.clone_from(words);
                }
                field.name = if name.is_empty() { id.to_owned() } else { name.to_owned() };
                field.label = tidy(&field.label, 200);
            }
        }
        markup::settle(&mut self.page, html);
        self.page
    }
}
