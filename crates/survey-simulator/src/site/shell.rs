//! What stands around a page's text: head, menus, path, foot, in five families of markup.

use super::Site;
use super::page::{Kind, Page, Piece, Sent, escaped};
use super::subjects::SECTIONS;
use crate::draw;
use crate::taste::Layout;
use crate::words::{self, Words};

/// Elements of one family of markup, with landmarks or without.
struct Boxes {
    head: (&'static str, &'static str),
    menu: (&'static str, &'static str),
    main: (&'static str, &'static str),
    foot: (&'static str, &'static str),
}

const LANDMARKS: Boxes = Boxes {
    head: ("<header class=\"head\">", "</header>"),
    menu: ("<nav aria-label=\"MENU\">", "</nav>"),
    main: ("<main id=\"text\">", "</main>"),
    foot: ("<footer class=\"foot\">", "</footer>"),
};
const NONE: Boxes = Boxes {
    head: ("<div class=\"head\">", "</div>"),
    menu: ("<div class=\"menu\">", "</div>"),
    main: ("<div class=\"main\">", "</div>"),
    foot: ("<div class=\"foot\">", "</div>"),
};

impl Site {
    /// The whole page, with what was sent to its form, and instead of its own pieces others when given.
    pub fn html(&self, page: &Page, sent: Option<&Sent>, instead: Option<String>) -> String {
        let words = words::of(page.language);
        let boxes = if self.value("US11") == 1 { &LANDMARKS } else { &NONE };
        let layout = self.city.taste.layout;
        let mut out = self.top(page);
        if self.value("US11") == 1 && layout != Layout::Old {
            out.push_str(&format!("<a class=\"skip\" href=\"#text\">{}</a>", escaped(words.say("skip"))));
        }
        out.push_str(boxes.head.0);
        out.push_str(&self.emblem(page, words));
        out.push_str(&self.languages(page, words));
        let open = boxes.menu.0.replace("MENU", &escaped(words.say("s_services")));
        out.push_str(&format!("{open}{}{}", self.menu(page, words), boxes.menu.1));
        out.push_str(&self.search_box(page, words));
        out.push_str(boxes.head.1);
        if self.value("US02") == 0 {
            out.push_str(&letters(page));
        }
        if matches!(layout, Layout::Side | Layout::Old) {
            out.push_str(&format!("<div class=\"side\">{}</div>", self.beside(page)));
        }
        out.push_str(&self.path_to(page, words));
        out.push_str(boxes.main.0);
        if matches!(layout, Layout::Side | Layout::Old) {
            out.push_str("<div class=\"beside\">");
        }
        out.push_str(&self.heading(page));
        match instead {
            Some(text) => out.push_str(&text),
            None => out.push_str(&self.text(page, sent, words)),
        }
        out.push_str(&self.below(page, words));
        if matches!(layout, Layout::Side | Layout::Old) {
            out.push_str("</div>");
        }
        out.push_str(boxes.main.1);
        out.push_str(boxes.foot.0);
        out.push_str(&self.foot(page));
        out.push_str(boxes.foot.1);
        out.push_str(&self.banner(words));
        out.push_str("</body></html>");
        if self.value("US08") == 0 && page.kind != Kind::Home {
            out = out.replace("<h2>", "<h4>").replace("</h2>", "</h4>");
        }
        out
    }

    fn top(&self, page: &Page) -> String {
        let site = self.name(page.language);
        let (bar, title) = (self.city.taste.bar, &page.title);
        let title = match (self.value("US09"), page.kind) {
            (0, _) | (_, Kind::Home) => escaped(&site),
            _ if self.city.taste.city_first => format!("{}{bar}{title}", escaped(&site)),
            _ => format!("{title}{bar}{}", escaped(&site)),
        };
        // US17: the language of the system that made the page, not that of its text.
        let said = match (self.value("US17"), page.language) {
            (1, language) => language,
            (_, "en") => "de",
            _ => "en",
        };
        let side = if words::from_the_right(page.language) { " dir=\"rtl\"" } else { "" };
        let small = if self.value("US01") == 1 {
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        } else {
            ""
        };
        let feed = if self.value("CO20") == 2 {
            format!("<link rel=\"alternate\" type=\"application/rss+xml\" title=\"RSS\" href=\"{}\">", self.feed_path())
        } else {
            String::new()
        };
        let other = self
            .others(page)
            .map(|(code, path)| format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"{path}\">"));
        format!(
            "<!doctype html><html lang=\"{said}\"{side}><head><meta charset=\"utf-8\">{small}<title>{title}</title>\
             <link rel=\"stylesheet\" href=\"/assets/style.css\">{feed}{}{}</head><body class=\"{}\">",
            other.unwrap_or_default(),
            self.strangers(),
            if self.value("US01") == 1 { "narrow" } else { "wide" },
        )
    }

    /// Parts from others, before anybody was asked.
    fn strangers(&self) -> String {
        match self.value("PS10") {
            0 => format!("<script async src=\"https://{}\"></script>", self.tracker()),
            1 => format!("<link rel=\"stylesheet\" href=\"https://{}/letters.css\">", super::FONTS),
            _ => String::new(),
        }
    }

    fn emblem(&self, page: &Page, words: &Words) -> String {
        let site = escaped(&self.name(page.language));
        let lost = self.value("US06") == 0 && matches!(page.kind, Kind::News | Kind::Filler);
        let image = "<img src=\"/assets/emblem.svg\" width=\"40\" height=\"40\" alt=\"\">";
        if lost {
            return format!("<p>{image} {site}</p>");
        }
        let home = self.home_of(page.language);
        let title = escaped(words.say("home"));
        format!("<p><a href=\"{home}\" title=\"{title}\">{image} {site}</a></p>")
    }

    fn languages(&self, page: &Page, words: &Words) -> String {
        let Some((code, path)) = self.others(page) else { return String::new() };
        let name = escaped(words::of(code).say("endonym"));
        let said = escaped(words.say("language"));
        format!("<p>{said}: <a lang=\"{code}\" hreflang=\"{code}\" href=\"{path}\">{name}</a></p>")
    }

    fn menu(&self, page: &Page, words: &Words) -> String {
        if self.value("US05") == 0 && page.kind == Kind::Filler {
            // A section with a menu of its own, as if it were another site.
            let own = self.pages.iter().filter(|p| p.kind == Kind::Filler && p.language == page.language).take(4);
            return format!("<ul>{}</ul>", own.map(link).collect::<String>());
        }
        let mut list = String::new();
        let lost = self.value("US06") == 0 && matches!(page.kind, Kind::News | Kind::Filler);
        if !lost {
            list.push_str(&format!(
                "<li><a href=\"{}\">{}</a></li>",
                self.home_of(page.language),
                escaped(words.say("home"))
            ));
        }
        for key in SECTIONS {
            let Some(front) = self.page_of(key, page.language) else { continue };
            let inner: String = match self.city.taste.layout {
                Layout::Mega => self.section(front).map(link).collect(),
                _ => String::new(),
            };
            let inner = if inner.is_empty() { inner } else { format!("<ul>{inner}</ul>") };
            list.push_str(&format!("<li><a href=\"{}\">{}</a>{inner}</li>", front.path, front.title));
        }
        list.extend(self.page_of("news", page.language).map(link));
        list.extend(self.page_of("sign_in", page.language).map(link));
        format!("<ul>{list}</ul>")
    }

    /// Pages of the same section.
    fn beside(&self, page: &Page) -> String {
        format!("<ul>{}</ul>", self.section(page).map(link).collect::<String>())
    }

    fn search_box(&self, page: &Page, words: &Words) -> String {
        let label = escaped(words.say("search"));
        let (action, name) = match self.value("US14") {
            0 => return String::new(),
            1 => ("https://www.google.com/search".to_owned(), "q"),
            _ => (self.search_path(page.language), self.city.taste.query),
        };
        let tag = if self.value("US12") == 0 {
            format!("<input type=\"search\" name=\"{name}\" placeholder=\"{label}\">")
        } else {
            format!("<label for=\"search\">{label}</label><input type=\"search\" id=\"search\" name=\"{name}\">")
        };
        format!(
            "<form role=\"search\" method=\"get\" action=\"{action}\">{tag}<button type=\"submit\">{label}</button></form>"
        )
    }

    fn path_to(&self, page: &Page, words: &Words) -> String {
        if self.value("US16") == 0 || page.kind == Kind::Home {
            return String::new();
        }
        let mut steps = vec![format!("<a href=\"{}\">{}</a>", self.home_of(page.language), escaped(words.say("home")))];
        let front =
            page.section.and_then(|s| self.page_of(SECTIONS.get(s).copied().unwrap_or_default(), page.language));
        if let Some(front) = front.filter(|f| f.path != page.path) {
            steps.push(format!("<a href=\"{}\">{}</a>", front.path, front.title));
        }
        steps.push(page.title.clone());
        let here = escaped(words.say("path"));
        match self.city.taste.layout {
            Layout::Plain | Layout::Mega if self.value("US11") == 1 => {
                let all: String = steps.iter().map(|s| format!("<li>{s}</li>")).collect();
                format!("<nav class=\"path\" aria-label=\"{here}\"><ol>{all}</ol></nav>")
            }
            Layout::Side => format!("<div class=\"breadcrumbs path\">{}</div>", steps.join(" / ")),
            _ => format!("<p class=\"path\">{here}: {}</p>", steps.join(" &gt; ")),
        }
    }

    fn heading(&self, page: &Page) -> String {
        if self.value("US08") == 0 && page.kind != Kind::Home {
            return format!("<p class=\"title\"><b>{}</b></p>", page.title);
        }
        format!("<h1>{}</h1>", page.title)
    }

    fn text(&self, page: &Page, sent: Option<&Sent>, words: &Words) -> String {
        let mut out = String::new();
        let chosen = |entry: &&String| {
            let asked = sent.and_then(|s| s.values.values().find(|v| v.chars().count() > 1));
            asked.is_none_or(|a| entry.to_lowercase().contains(&a.to_lowercase()))
        };
        for (number, piece) in page.pieces.iter().enumerate() {
            match piece {
                Piece::Html(text) => out.push_str(text),
                Piece::Form(form) => out.push_str(&form.html(&page.path, number, self.care(), sent, words)),
                Piece::Entries(all) => {
                    let fitting: String = all.iter().filter(chosen).map(|e| format!("<li>{e}</li>")).collect();
                    out.push_str(&format!("<ul>{fitting}</ul>"));
                }
            }
        }
        out
    }

    /// What ends each page: its day, who answers for it, whether it helped.
    fn below(&self, page: &Page, words: &Words) -> String {
        let mut out = String::new();
        let plain = matches!(page.kind, Kind::Topic | Kind::Filler | Kind::Section);
        if self.value("US19") == 3 && plain {
            let told = words::filled(words.say("updated"), &[("date", &self.day(page.updated, page.language))]);
            out.push_str(&format!("<p>{}</p>", escaped(&told)));
        }
        match self.value("EN20") {
            1 if plain => {
                let (office, telephone) = self.owner(page);
                let told = words::filled(words.say("owner"), &[("dept", &office), ("tel", &telephone)]);
                out.push_str(&format!("<p>{}</p>", escaped(&told)));
            }
            2 if plain => out.push_str(&format!(
                "<form method=\"post\" action=\"/opinion\"><p>{}</p><button name=\"helped\" value=\"yes\">{}</button> <button name=\"helped\" value=\"no\">{}</button></form>",
                escaped(words.say("helpful")),
                escaped(words.say("yes")),
                escaped(words.say("no"))
            )),
            _ => {}
        }
        if self.value("US10") == 0 {
            // Links that say nothing, each to another page.
            let near = self.pages.iter().filter(|p| p.language == page.language && p.path != page.path);
            let start = draw::named(&page.path) as usize % self.pages.len().max(1);
            let more = escaped(words.say(if start.is_multiple_of(2) { "read_more" } else { "here" }));
            let all: String =
                near.cycle().skip(start).take(3).map(|p| format!("<p><a href=\"{}\">{more}</a></p>", p.path)).collect();
            out.push_str(&all);
        }
        out
    }

    fn banner(&self, words: &Words) -> String {
        if !self.asks_consent() {
            return String::new();
        }
        format!(
            "<div class=\"cookie-banner box\" role=\"region\" aria-label=\"Cookies\"><p>{}</p><button type=\"button\">{}</button> <button type=\"button\">{}</button></div>",
            escaped(words.say("banner")),
            escaped(words.say("accept")),
            escaped(words.say("refuse"))
        )
    }
}

pub fn link(page: &Page) -> String {
    format!("<li><a href=\"{}\">{}</a></li>", page.path, page.title)
}

/// Small letters close together.
fn letters(page: &Page) -> String {
    let all: String = ('A'..='Z').map(|c| format!("<a href=\"{}#{c}\">{c}</a>", page.path)).collect();
    format!("<p class=\"letters\">{all}</p>")
}
