//! One streaming pass over a page: its links with their words, its forms, and whether it is whole without scripts.

mod choose;

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use lol_html::html_content::{Element, TextType};
use lol_html::{EndTagHandler, HtmlRewriter, MemorySettings, Settings, doc_text, element, text};

use crate::entities;

/// More links than this on one page are not looked at.
const MAX_LINKS: usize = 5_000;
const MAX_LINK_TEXT: usize = 200;
const MAX_FORMS: usize = 50;
/// Memory of the parser for one page, bytes: hostile nesting ends here.
const MAX_PARSER_MEMORY: usize = 64 << 20;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    pub href: String,
    pub text: String,
    /// `hreflang` of an alternate.
    pub language: Option<String>,
    /// A frame, refresh or script hint: part of the page rather than a link in it.
    pub frame: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub role: String,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Field {
    pub name: String,
    pub kind: String,
    pub value: String,
    /// Placeholder, label and title together.
    pub hint: String,
}

/// What one page holds, without judgement.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    pub language: Option<String>,
    pub base: Option<String>,
    pub links: Vec<Link>,
    /// Addresses of feeds, search descriptions and the like: `type` of the `<link>` and its `href`.
    pub resources: Vec<(String, String)>,
    pub forms: Vec<Form>,
    /// Values of options that name languages.
    languages: Vec<String>,
    /// Characters of visible text.
    pub text_len: usize,
    /// Equal for pages whose text differs only in digits and spaces.
    pub text_print: u64,
    /// Start of the visible text, for choosing a word to search for.
    pub text: String,
    pub scripts: u32,
    /// An element that script frameworks fill (`#app`, `#root`, `#__nuxt` …).
    pub app_root: bool,
    /// A `<noscript>` that asks for scripts.
    pub asks_for_scripts: bool,
    /// The parser gave up before the end.
    pub cut: bool,
}

impl Page {
    /// A reader without scripts would see next to nothing.
    pub fn needs_scripts(&self) -> bool {
        self.scripts > 0
            && ((self.text_len < 200 && (self.app_root || self.links.len() < 3))
                || (self.text_len < 600 && self.app_root && self.links.len() < 5)
                || (self.asks_for_scripts && self.text_len < 600))
    }
}

#[derive(Default)]
struct State {
    page: Page,
    hash: DefaultHasher,
    /// Links that are open: nested ones exist in broken pages.
    open: Vec<usize>,
    title_open: bool,
    form: Option<usize>,
}

type Shared = Rc<RefCell<State>>;

/// Reads a page.
pub fn read(html: &str) -> Page {
    let state: Shared = Rc::default();
    let mut settings = Settings::new();
    settings = settings
        .with_strict(false)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MAX_PARSER_MEMORY));
    settings = link_handlers(settings, &state);
    settings = form_handlers(settings, &state);
    settings = choose::handlers(settings, &state);
    settings = whole_handlers(settings, &state);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let ended = html.as_bytes().chunks(64 * 1024).try_for_each(|part| rewriter.write(part));
    let cut = match ended {
        Ok(()) => rewriter.end().is_err(),
        Err(_) => {
            drop(rewriter);
            true
        }
    };
    let mut state = state.take();
    state.page.cut = cut;
    state.page.text_print = state.hash.finish();
    for link in &mut state.page.links {
        link.text = squeeze(&entities::decode(&link.text));
        link.href = entities::decode(&link.href).trim().to_owned();
    }
    state.page.title = squeeze(&entities::decode(&state.page.title));
    state.page
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute(el: &Element<'_, '_>, name: &str) -> String {
    el.get_attribute(name).map(|v| entities::decode(&v)).unwrap_or_default()
}

fn link_handlers<'h>(settings: Settings<'h, 'static>, state: &Shared) -> Settings<'h, 'static> {
    let (a, a_text, img, embedded, hints) = (state.clone(), state.clone(), state.clone(), state.clone(), state.clone());
    settings
        .append_element_content_handler(element!("a[href], area[href]", move |el| {
            let mut s = a.borrow_mut();
            if s.page.links.len() >= MAX_LINKS {
                return Ok(());
            }
            let href = el.get_attribute("href").unwrap_or_default();
            let mut text = String::new();
            for name in ["aria-label", "title", "alt"] {
                if let Some(label) = el.get_attribute(name) {
                    text.push_str(&label);
                    text.push(' ');
                }
            }
            let language = el.get_attribute("hreflang");
            s.page.links.push(Link { href, text, language, frame: false });
            let at = s.page.links.len() - 1;
            if el.can_have_content() {
                s.open.push(at);
                drop(s);
                let closing = a.clone();
                if let Some(handlers) = el.end_tag_handlers() {
                    let close: EndTagHandler<'static> = Box::new(move |_| {
                        closing.borrow_mut().open.retain(|&open| open != at);
                        Ok(())
                    });
                    handlers.push(close);
                }
            }
            Ok(())
        }))
        .append_element_content_handler(text!("a[href]", move |chunk| {
            let s = &mut *a_text.borrow_mut();
            if let Some(&at) = s.open.last()
                && let Some(link) = s.page.links.get_mut(at)
                && link.text.len() < MAX_LINK_TEXT
            {
                link.text.push_str(chunk.as_str());
                if chunk.last_in_text_node() {
                    link.text.push(' ');
                }
            }
            Ok(())
        }))
        .append_element_content_handler(element!("a[href] img[alt]", move |el| {
            let s = &mut *img.borrow_mut();
            if let Some(link) = s.open.last().and_then(|&at| s.page.links.get_mut(at))
                && link.text.len() < MAX_LINK_TEXT
            {
                link.text.push_str(&el.get_attribute("alt").unwrap_or_default());
                link.text.push(' ');
            }
            Ok(())
        }))
        .append_element_content_handler(element!("frame[src], iframe[src]", move |el| {
            let text = attribute(el, "title");
            let href = el.get_attribute("src").unwrap_or_default();
            embedded.borrow_mut().page.links.push(Link { href, text, language: None, frame: true });
            Ok(())
        }))
        .append_element_content_handler(element!("[onclick]", move |el| {
            if let Some(href) = scripted_target(&attribute(el, "onclick")) {
                hints.borrow_mut().page.links.push(Link {
                    href,
                    text: attribute(el, "title"),
                    language: None,
                    frame: false,
                });
            }
            Ok(())
        }))
}

/// The address in `location.href='…'` and `window.open('…')`, which menus of older portals use instead of links.
fn scripted_target(script: &str) -> Option<String> {
    let at = ["location.href", "location=", "location.replace(", "window.open("].iter().find_map(|w| script.find(w))?;
    let rest = script.get(at..)?;
    let open = rest.find(['\'', '"'])?;
    let quote = rest.get(open..)?.chars().next()?;
    let inner = rest.get(open + 1..)?;
    let target = inner.get(..inner.find(quote)?)?;
    (!target.is_empty() && target.len() < 1000).then(|| target.to_owned())
}

fn form_handlers<'h>(settings: Settings<'h, 'static>, state: &Shared) -> Settings<'h, 'static> {
    let (form, field) = (state.clone(), state.clone());
    settings
        .append_element_content_handler(element!("form", move |el| {
            let mut s = form.borrow_mut();
            if s.page.forms.len() < MAX_FORMS {
                let method = attribute(el, "method").to_ascii_lowercase();
                let role = format!(
                    "{} {} {} {}",
                    attribute(el, "role"),
                    attribute(el, "class"),
                    attribute(el, "id"),
                    attribute(el, "name")
                );
                s.page.forms.push(Form { action: attribute(el, "action"), method, role, fields: Vec::new() });
                s.form = Some(s.page.forms.len() - 1);
                drop(s);
                let closing = form.clone();
                if let Some(handlers) = el.end_tag_handlers() {
                    let close: EndTagHandler<'static> = Box::new(move |_| {
                        closing.borrow_mut().form = None;
                        Ok(())
                    });
                    handlers.push(close);
                }
            }
            Ok(())
        }))
        .append_element_content_handler(element!("input, select, textarea, button", move |el| {
            let s = &mut *field.borrow_mut();
            let Some(form) = s.form.and_then(|at| s.page.forms.get_mut(at)) else { return Ok(()) };
            if form.fields.len() < 100 {
                let tag = el.tag_name();
                let kind = if tag == "input" { attribute(el, "type").to_ascii_lowercase() } else { tag };
                let hint = ["placeholder", "aria-label", "title", "id"].map(|n| attribute(el, n)).join(" ");
                form.fields.push(Field { name: attribute(el, "name"), kind, value: attribute(el, "value"), hint });
            }
            Ok(())
        }))
}

fn whole_handlers<'h>(settings: Settings<'h, 'static>, state: &Shared) -> Settings<'h, 'static> {
    let (html, base, resources, meta, scripts, roots, asks, title, words) = (
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
        state.clone(),
    );
    settings
        .append_element_content_handler(element!("html[lang]", move |el| {
            html.borrow_mut().page.language.get_or_insert(attribute(el, "lang"));
            Ok(())
        }))
        .append_element_content_handler(element!("base[href]", move |el| {
            base.borrow_mut().page.base.get_or_insert(attribute(el, "href"));
            Ok(())
        }))
        .append_element_content_handler(element!("link[href][rel]", move |el| {
            let s = &mut *resources.borrow_mut();
            let rel = attribute(el, "rel").to_ascii_lowercase();
            let href = attribute(el, "href");
            if let Some(language) = el.get_attribute("hreflang") {
                s.page.links.push(Link { href, text: String::new(), language: Some(language), frame: false });
            } else if matches!(rel.as_str(), "alternate" | "search" | "service-desc" | "describedby") {
                s.page.resources.push((attribute(el, "type").to_ascii_lowercase(), href));
            } else if matches!(
                rel.as_str(),
                "next" | "prev" | "help" | "privacy-policy" | "terms-of-service" | "license"
            ) {
                s.page.links.push(Link { href, text: rel.replace('-', " "), language: None, frame: false });
            }
            Ok(())
        }))
        .append_element_content_handler(element!("meta[http-equiv][content]", move |el| {
            if attribute(el, "http-equiv").eq_ignore_ascii_case("refresh") {
                let content = attribute(el, "content");
                if let Some(at) = content.to_ascii_lowercase().find("url=") {
                    let href = content.get(at + 4..).unwrap_or("").trim_matches(['\'', '"', ' ']).to_owned();
                    meta.borrow_mut().page.links.push(Link { href, text: String::new(), language: None, frame: true });
                }
            }
            Ok(())
        }))
        .append_element_content_handler(element!("script", move |_| {
            scripts.borrow_mut().page.scripts += 1;
            Ok(())
        }))
        .append_element_content_handler(element!(
            "#app, #root, #__nuxt, #__next, #___gatsby, app-root, [data-reactroot], [ng-app], #svelte",
            move |_| {
                roots.borrow_mut().page.app_root = true;
                Ok(())
            }
        ))
        .append_element_content_handler(text!("noscript", move |chunk| {
            let text = chunk.as_str().to_ascii_lowercase();
            if text.contains("javascript") || text.contains("자바스크립트") || text.contains("enable") {
                asks.borrow_mut().page.asks_for_scripts = true;
            }
            Ok(())
        }))
        .append_element_content_handler(text!("title", move |chunk| {
            let s = &mut *title.borrow_mut();
            if !s.title_open && s.page.title.len() < 500 {
                s.page.title.push_str(chunk.as_str());
                s.title_open = chunk.last_in_text_node();
            }
            Ok(())
        }))
        .append_document_content_handler(doc_text!(move |chunk| {
            if chunk.text_type() == TextType::Data {
                words.borrow_mut().hear(chunk.as_str());
            }
            Ok(())
        }))
}

impl State {
    fn hear(&mut self, text: &str) {
        for word in text.split_whitespace() {
            self.page.text_len += word.chars().count();
            for c in word.chars().filter(|c| !c.is_ascii_digit()) {
                c.hash(&mut self.hash);
            }
            if self.page.text.len() < 4000 {
                self.page.text.push_str(word);
                self.page.text.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_their_words_from_text_images_and_labels() {
        let page = read(
            "<html lang=ko><title>시청</title><a href='/a?x=1&amp;y=2'>Pay <b>a fine</b></a><a href=b><img alt='Map'></a>\
             <a href=c aria-label=Privacy></a><iframe src=f title=Frame></iframe><div onclick=\"location.href='/d.do'\">x</div>",
        );
        let seen: Vec<(&str, &str)> = page.links.iter().map(|l| (l.href.as_str(), l.text.as_str())).collect();
        assert_eq!(seen, [("/a?x=1&y=2", "Pay a fine"), ("b", "Map"), ("c", "Privacy"), ("f", "Frame"), ("/d.do", "")]);
        assert_eq!((page.title.as_str(), page.language.as_deref()), ("시청", Some("ko")));
    }

    #[test]
    fn broken_and_deep_pages_end() {
        let page = read("<a href=1>one<a href=2>two<p<div></a></a><a href='3>never closed");
        assert_eq!(page.links.len(), 2);
        let deep = "<div><a href=x>".repeat(200_000);
        assert!(read(&deep).links.len() <= MAX_LINKS);
    }

    #[test]
    fn an_empty_app_needs_scripts_and_a_page_with_text_does_not() {
        assert!(
            read("<div id=app></div><script src=a.js></script><noscript>Please enable JavaScript</noscript>")
                .needs_scripts()
        );
        let text = "word ".repeat(300);
        assert!(!read(&format!("<div id=app>{text}<a href=1>1</a></div><script></script>")).needs_scripts());
    }

    #[test]
    fn texts_that_differ_in_digits_have_the_same_print() {
        assert_eq!(read("<p>May 3, 2031").text_print, read("<p>May 14,  2032").text_print);
        assert_ne!(read("<p>May").text_print, read("<p>June").text_print);
    }
}
