//! An archived page without any of its powers: its words, its shape and pictures that are in the archive, nothing that runs, asks,
//! sends or leads elsewhere. Pure.
//!
//! The page is read by the parser that browsers agree on (HTML §13.2) as one without scripts reads it, and written anew
//! from lists of what may stay. The answer's policy (`serve.rs`) is the second wall.

use std::fmt::Write;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};
use url::Url;

use super::allowed::{self, Fate};

/// What the archive has of what a page asks for.
pub trait Kept {
    /// Where this portal shows the page.
    fn link(&self, address: &Url) -> Option<String>;
    /// The text of a style sheet.
    fn style(&self, address: &Url) -> Option<String>;
    /// A picture as a `data:` address.
    fn picture(&self, address: &Url) -> Option<String>;
}

/// Deeper nesting and elements without end are cut before the parser sees them.
fn parse(source: &str) -> Html {
    let without_scripts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder: without_scripts, ..ParseOpts::default() };
    parse_document(HtmlTreeSink::new(Html::new_document()), options).one(&*survey_assess::flatten(source))
}

/// The page's title, in one line.
pub fn title(source: &str) -> String {
    title_of(&parse(source))
}

fn title_of(html: &Html) -> String {
    let found = html.tree.nodes().find(|node| element(node).is_some_and(|one| is_html(one) && one.name() == "title"));
    found.map_or_else(String::new, |node| text(node).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A whole page, written anew. `rendered` pages were saved after their scripts ran, so what stands there for readers
/// without scripts was never seen.
pub fn clean(source: &str, address: &Url, rendered: bool, kept: &dyn Kept) -> String {
    let html = parse(source);
    let mut writer =
        Writer { base: base(&html, address), address, rendered, kept, body: String::new(), styles: String::new() };
    let mut skipped = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() && writer.open(node) => skipped = Some(node.id()),
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() => writer.close(node),
            _ => {}
        }
    }
    let (root, body) = (first(&html, "html"), first(&html, "body"));
    let attributes = |of: Option<&Element>| of.map_or_else(String::new, |one| writer.attributes(one));
    format!(
        "<!doctype html><html{}><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{}</style></head><body{}>{}</body></html>",
        attributes(root),
        escaped(&title_of(&html)),
        writer.styles,
        attributes(body),
        writer.body,
    )
}

fn first<'a>(html: &'a Html, name: &str) -> Option<&'a Element> {
    html.tree.nodes().filter_map(|node| node.value().as_element()).find(|one| is_html(one) && one.name() == name)
}

/// What addresses are relative to (HTML §2.4.3): the first `base` with an address, else the page's own.
fn base(html: &Html, address: &Url) -> Url {
    let all = html.tree.nodes().filter_map(|node| node.value().as_element());
    let said = all.filter(|one| is_html(one) && one.name() == "base").find_map(|one| one.attr("href"));
    said.and_then(|href| address.join(href).ok()).unwrap_or_else(|| address.clone())
}

fn element<'a>(node: &NodeRef<'a, Node>) -> Option<&'a Element> {
    node.value().as_element()
}

fn is_html(one: &Element) -> bool {
    &*one.name.ns == "http://www.w3.org/1999/xhtml"
}

fn is_drawing(one: &Element) -> bool {
    &*one.name.ns == "http://www.w3.org/2000/svg"
}

fn text(node: NodeRef<'_, Node>) -> String {
    node.descendants().filter_map(|one| one.value().as_text()).map(|one| &**one).collect()
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// No style sheet ends its element early: what could begin a tag is written as CSS escapes it.
fn harmless_style(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut letters = sheet.chars().peekable();
    while let Some(letter) = letters.next() {
        let tag = letters.peek().is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if letter == '<' && tag { out.push_str("\\3c ") } else { out.push(letter) }
    }
    out
}

struct Writer<'a> {
    base: Url,
    address: &'a Url,
    rendered: bool,
    kept: &'a dyn Kept,
    body: String,
    styles: String,
}

impl Writer<'_> {
    /// Writes what begins here; true when everything inside is left out.
    fn open(&mut self, node: NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(words) => {
                self.body.push_str(&escaped(words));
                false
            }
            Node::Element(one) => match self.fate(node, one) {
                Fate::Stays(name) => {
                    let attributes = self.attributes(one);
                    // Writing into a string does not fail.
                    let _ = write!(self.body, "<{name}{attributes}>");
                    false
                }
                Fate::Opens => false,
                Fate::Goes => {
                    self.style(node, one);
                    true
                }
            },
            Node::Document | Node::Fragment => false,
            Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => true,
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(one) = element(&node) else { return };
        if let Fate::Stays(name) = self.fate(node, one)
            && !allowed::is_void(name)
        {
            let _ = write!(self.body, "</{name}>");
        }
    }

    fn fate<'e>(&self, node: NodeRef<'_, Node>, one: &'e Element) -> Fate<'e> {
        let in_drawing = node.parent().as_ref().and_then(element).is_some_and(is_drawing);
        match (is_html(one), is_drawing(one)) {
            (true, _) if in_drawing => Fate::Goes,
            (true, _) if one.name() == "noscript" => {
                if self.rendered {
                    Fate::Goes
                } else {
                    Fate::Opens
                }
            }
            (true, _) => allowed::html(one.name()),
            (_, true) => allowed::drawing(one.name(), in_drawing),
            _ => Fate::Opens,
        }
    }

    /// Style sheets of the page and of the archive, in their order.
    fn style(&mut self, node: NodeRef<'_, Node>, one: &Element) {
        let print = one.attr("media").is_some_and(|media| media.contains("print") && !media.contains("screen"));
        if !is_html(one) || print {
            return;
        }
        let sheet = match one.name() {
            "style" => Some(text(node)),
            "link" if is_style_sheet(one) => {
                one.attr("href").and_then(|href| self.base.join(href).ok()).and_then(|at| self.kept.style(&at))
            }
            _ => None,
        };
        if let Some(sheet) = sheet {
            self.styles.push_str(&harmless_style(&sheet));
            self.styles.push('\n');
        }
    }

    fn attributes(&self, one: &Element) -> String {
        let mut out = String::new();
        let mut put = |name: &str, value: &str| {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        };
        for (name, value) in one.attrs() {
            let stays =
                if is_drawing(one) { allowed::drawing_attribute(name, value) } else { allowed::attribute(name) };
            if stays {
                put(name, value);
            }
        }
        match one.name() {
            "a" if is_html(one) => self.lead(one, &mut put),
            "img" if is_html(one) => {
                let sources = ["src", "data-src", "data-original"].into_iter().filter_map(|name| one.attr(name));
                let mut addresses = sources.filter_map(|source| self.base.join(source).ok());
                if let Some(picture) = addresses.find_map(|at| self.kept.picture(&at)) {
                    put("src", &picture);
                }
            }
            "input" | "button" | "select" | "textarea" if is_html(one) => put("disabled", ""),
            _ => {}
        }
        out
    }

    /// A link leads on within the archive or nowhere; then it says where it led.
    fn lead(&self, one: &Element, put: &mut dyn FnMut(&str, &str)) {
        let Some(href) = one.attr("href").map(str::trim) else { return };
        let Ok(mut to) = self.base.join(href) else { return };
        let fragment = to.fragment().map(|part| format!("#{part}")).unwrap_or_default();
        to.set_fragment(None);
        let web = matches!(to.scheme(), "http" | "https");
        if web && to == *self.address && !fragment.is_empty() {
            put("href", &fragment);
        } else if let Some(shown) = Some(&to).filter(|_| web).and_then(|to| self.kept.link(to)) {
            put("href", &format!("{shown}{fragment}"));
        } else if matches!(to.scheme(), "http" | "https" | "mailto" | "tel") && one.attr("title").is_none() {
            put("title", to.as_str());
        }
    }
}

fn is_style_sheet(one: &Element) -> bool {
    let words: Vec<String> =
        one.attr("rel").unwrap_or_default().split_whitespace().map(str::to_ascii_lowercase).collect();
    words.iter().any(|word| word == "stylesheet") && !words.iter().any(|word| word == "alternate")
}

#[cfg(test)]
mod tests;
