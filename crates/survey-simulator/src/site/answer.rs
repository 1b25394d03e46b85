//! What the site answers to a request.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::Site;
use super::page::{Kind, Page, Piece, Sent, escaped};
use super::trap::{self, Stream};
use crate::words::{self, filled};

/// A request, as far as it matters here.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Path and query.
    pub target: String,
    /// Something is sent: POST with these form fields, urlencoded.
    pub posted: Option<String>,
    /// It came by TLS.
    pub encrypted: bool,
}

#[derive(Debug, Clone)]
pub enum Body {
    Whole(Bytes),
    Stream(Stream),
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Body,
}

impl Answer {
    pub fn new(status: u16, media: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type".into(), media.into())], body: Body::Whole(body.into()) }
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn to(status: u16, place: impl Into<String>) -> Self {
        Self::new(status, "text/plain", "").with("location", place)
    }

    fn page(html: String) -> Self {
        Self::new(200, "text/html; charset=utf-8", html)
    }
}

/// Name → value of a query string or a urlencoded form.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let plain = |part: &str| {
        let part = part.replace('+', " ");
        let mut out = Vec::with_capacity(part.len());
        let mut bytes = part.bytes();
        while let Some(byte) = bytes.next() {
            let hex = |b: Option<u8>| b.and_then(|b| (b as char).to_digit(16)).map(|d| d as u8);
            match byte {
                b'%' => match (hex(bytes.next()), hex(bytes.next())) {
                    (Some(high), Some(low)) => out.push(high * 16 + low),
                    _ => out.push(b'%'),
                },
                other => out.push(other),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let all = text.split('&').filter(|p| !p.is_empty()).take(60);
    all.map(|p| p.split_once('=').unwrap_or((p, ""))).map(|(n, v)| (plain(n), plain(v))).collect()
}

impl Site {
    pub fn answer(&self, asked: &Asked) -> Answer {
        if let Some(answer) = trap::answer(&self.city, &asked.target) {
            return answer;
        }
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        let mut values = pairs(query);
        let mut answer = match self.routed(path, &mut values) {
            Some(page) => self.shown(page, &values, asked),
            None => self.other(path, &values).unwrap_or_else(|| self.missing()),
        };
        self.protect(&mut answer, asked);
        answer
    }

    /// The page at an address; its own parameters leave the query.
    fn routed(&self, path: &str, values: &mut BTreeMap<String, String>) -> Option<&Page> {
        for own in ["page", "menu"] {
            if let Some(number) = values.get(own) {
                let whole = format!("{path}?{own}={number}");
                let at = self.at.get(&whole)?;
                values.remove(own);
                return self.pages.get(*at);
            }
        }
        self.at.get(path).and_then(|at| self.pages.get(*at))
    }

    fn shown(&self, page: &Page, values: &BTreeMap<String, String>, asked: &Asked) -> Answer {
        let posted = asked.posted.as_deref().map(pairs);
        let Some(fields) = posted else {
            let sent = (!values.is_empty()).then(|| Sent { values: values.clone(), number: None });
            return Answer::page(self.html(page, sent.as_ref(), None));
        };
        let mut sent = Sent { values: fields, number: None };
        let words = words::of(page.language);
        let form = page.pieces.iter().find_map(|p| if let Piece::Form(f) = p { (!f.asks).then_some(f) } else { None });
        if form.is_none_or(|f| f.right(&sent, words)) {
            sent.number = Some(10_000 + crate::draw::named(&asked.target) % 80_000);
        }
        Answer::page(self.html(page, Some(&sent), None))
    }

    fn other(&self, path: &str, values: &BTreeMap<String, String>) -> Option<Answer> {
        if let Some(file) = self.files.get(path) {
            return Some(Answer::new(200, file.media, file.body.clone()));
        }
        let second = format!("/{}", self.city.second);
        let (language, rest) = match path.strip_prefix(&second).filter(|r| r.starts_with('/')) {
            Some(rest) => (self.city.second.as_str(), rest),
            None => (self.city.language.as_str(), path),
        };
        if self.value("US14") >= 2 && rest == self.search_path(&self.city.language) {
            return Some(self.searched(language, values));
        }
        match path {
            "/assets/style.css" => Some(Answer::new(200, "text/css", self.style.clone())),
            "/assets/emblem.svg" => Some(Answer::new(200, "image/svg+xml", self.emblem.clone())),
            "/assets/leaflet.js" => Some(Answer::new(
                200,
                "text/javascript",
                "document.getElementById('map')?.setAttribute('data-ready','1');",
            )),
            "/assets/site.js" => Some(Answer::new(
                200,
                "text/javascript",
                "document.querySelectorAll('#assistant,#live').forEach(b=>b.addEventListener('click',()=>{b.setAttribute('aria-expanded','true')}));",
            )),
            "/media/square.bmp" => {
                Some(Answer::new(200, "image/bmp", super::files::noise(2_700_000, self.city.number as u64)))
            }
            "/media/bridge.bmp" => {
                Some(Answer::new(200, "image/bmp", super::files::noise(900_000, self.city.number as u64)))
            }
            "/media/live" | "/eid/start" | "/opinion" => Some(Answer::to(303, "/")),
            _ if path.starts_with("/media/") => Some(Answer::new(200, "video/mp4", "")),
            _ => None,
        }
    }

    fn missing(&self) -> Answer {
        let Some(home) = self.pages.iter().find(|p| p.kind == Kind::Home) else {
            return Answer::new(404, "text/plain", "404");
        };
        let mut page = home.clone();
        (page.title, page.kind, page.path) = ("404".into(), Kind::Legal, "/404".into());
        Answer { status: 404, ..Answer::page(self.html(&page, None, Some(String::new()))) }
    }

    /// The site's own search, as good as US14 and US15 say.
    fn searched(&self, language: &str, values: &BTreeMap<String, String>) -> Answer {
        let words = words::of(language);
        let asked = values.get(self.city.taste.query).cloned().unwrap_or_default();
        let needle = asked.trim().to_lowercase();
        if self.value("US14") == 2 && self.city.number.is_multiple_of(2) {
            return Answer::new(
                500,
                "text/html; charset=utf-8",
                "<!doctype html><title>500</title><p>Internal Server Error</p>",
            );
        }
        let section = values.get("section").cloned().unwrap_or_default();
        let fits = |page: &&Page| {
            let text = page
                .pieces
                .iter()
                .any(|p| if let Piece::Html(t) = p { t.to_lowercase().contains(&needle) } else { false });
            let inside =
                section.is_empty() || section == "0" || page.section.is_some_and(|s| (s + 1).to_string() == section);
            page.language == language
                && page.kind != Kind::Home
                && inside
                && (page.title.to_lowercase().contains(&needle) || text)
        };
        let mut found: Vec<&Page> = if self.value("US14") == 3 && needle.chars().count() > 1 {
            self.pages.iter().filter(fits).collect()
        } else {
            Vec::new()
        };
        match values.get("order").map(String::as_str) {
            Some("new") => found.sort_by_key(|p| std::cmp::Reverse(p.updated)),
            // What the title says comes first.
            _ => found.sort_by_key(|p| !p.title.to_lowercase().contains(&needle)),
        }
        let head = if found.is_empty() { "none" } else { "results_for" };
        let told = escaped(&filled(words.say(head), &[("q", &asked)]));
        let list: String =
            found.iter().take(25).map(|p| format!("<li><a href=\"{}\">{}</a></li>", p.path, p.title)).collect();
        let list = if list.is_empty() { list } else { format!("<ul>{list}</ul>") };
        let text = format!("<p>{told}</p>{}{list}", self.refine(language, &asked));
        let mut page = Page {
            title: escaped(words.say("search")),
            kind: Kind::Legal,
            path: self.search_path(language),
            ..self.blank(language)
        };
        page.pieces.clear();
        Answer::page(self.html(&page, None, Some(text)))
    }

    fn blank(&self, language: &str) -> Page {
        let home = self.pages.iter().find(|p| p.kind == Kind::Home && p.language == language);
        home.or(self.pages.first()).cloned().unwrap_or_else(|| Page {
            key: "search".into(),
            path: "/search".into(),
            language: "en",
            section: None,
            title: String::new(),
            pieces: Vec::new(),
            updated: self.today,
            kind: Kind::Legal,
        })
    }

    /// Controls that narrow or order what was found.
    fn refine(&self, language: &str, asked: &str) -> String {
        let (words, level) = (words::of(language), self.value("US15"));
        if level == 0 {
            return String::new();
        }
        let label = |id: &str, text: &str| {
            if self.value("US12") == 0 {
                String::new()
            } else {
                format!("<label for=\"{id}\">{}</label>", escaped(text))
            }
        };
        let sections: String = std::iter::once("everything")
            .chain(super::subjects::SECTIONS)
            .enumerate()
            .map(|(n, key)| format!("<option value=\"{n}\">{}</option>", escaped(words.say(key))))
            .collect();
        let section = format!(
            "{}<select id=\"section\" name=\"section\">{sections}</select>",
            label("section", words.say("section"))
        );
        let order = format!(
            "{}<select id=\"order\" name=\"order\"><option value=\"fit\">{}</option><option value=\"new\">{}</option></select>",
            label("order", words.say("order")),
            escaped(words.say("fitting")),
            escaped(words.say("newest"))
        );
        let parts = match level {
            1 if self.city.number.is_multiple_of(2) => order,
            1 => section,
            _ => format!("{section}{order}"),
        };
        format!(
            "<form method=\"get\" action=\"{}\"><input type=\"hidden\" name=\"{}\" value=\"{}\">{parts}<button type=\"submit\">{}</button></form>",
            self.search_path(language),
            self.city.taste.query,
            escaped(asked),
            escaped(words.say("lookup"))
        )
    }

    /// Headers and cookies that the truth asks for.
    fn protect(&self, answer: &mut Answer, asked: &Asked) {
        let mut add = |name: &str, value: String| answer.headers.push((name.to_owned(), value));
        if asked.encrypted && self.value("PS12") == 2 {
            add("strict-transport-security", "max-age=31536000; includeSubDomains".into());
        }
        let scripts = match self.value("PS10") {
            0 => format!("script-src 'self' https://{}; ", self.tracker().split('/').next().unwrap_or_default()),
            1 => format!("style-src 'self' https://{}; ", super::FONTS),
            _ => String::new(),
        };
        match self.value("PS13") {
            0 => {}
            1 if self.city.number.is_multiple_of(2) => add("x-frame-options", "SAMEORIGIN".into()),
            1 => {
                add("x-content-type-options", "nosniff".into());
                add("content-security-policy", "default-src * 'unsafe-inline'".into());
            }
            _ => {
                let pictures = if self.value("PS14") == 0 { "img-src 'self' http:; " } else { "" };
                add(
                    "content-security-policy",
                    format!("default-src 'self'; {scripts}{pictures}frame-ancestors 'none'"),
                );
                add("x-content-type-options", "nosniff".into());
                add("referrer-policy", "same-origin".into());
            }
        }
        let page = answer.headers.iter().any(|(n, v)| n == "content-type" && v.starts_with("text/html"));
        if page {
            self.cookies(answer);
        }
    }

    fn cookies(&self, answer: &mut Answer) {
        let mut set = |text: &str| answer.headers.push(("set-cookie".into(), text.to_owned()));
        if self.value("PS11") < 2 {
            set("visitor=a81f33; Path=/; Max-Age=31536000; SameSite=Lax");
        } else if self.city.number.is_multiple_of(2) {
            set("session=5d0c; Path=/; HttpOnly; SameSite=Lax");
        }
    }
}
