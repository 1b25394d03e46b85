//! Front pages: the home page, the sections', the list of all pages, and the order in which all is made.

use super::build::Build;
use super::daily::Item;
use super::page::{Kind, Page, Piece};
use super::subjects::SECTIONS;

/// Subjects that another authority may have.
const TASKS: [(&str, &str); 6] = [
    ("water", "SV01"),
    ("tax", "SV02"),
    ("fines", "SV03"),
    ("certificates", "SV06"),
    ("property", "SV12"),
    ("childcare", "SV15"),
];

/// What stands on the home page, when the city has it.
const QUICK: [&str; 10] =
    ["waste", "appointments", "report", "certificates", "events", "jobs", "contact", "feedback", "transport", "maps"];

impl Build<'_> {
    pub fn everything(&mut self) {
        self.legal();
        self.hall();
        self.ladders();
        for (key, criterion) in TASKS {
            if self.city.truth.planted(criterion) == Some(crate::truth::Planted::NotThisCity) {
                self.elsewhere(key);
            }
        }
        self.faq();
        self.engage();
        self.events();
        self.filler();
        self.audiences();
        let items = self.news();
        self.news_list(&items);
        self.fronts();
        self.site_map();
        self.home(&items);
        if self.main {
            self.interfaces();
        }
    }

    fn more(&self, item: &Item) -> String {
        // US10: the same empty words for every link.
        match self.value("US10") {
            0 => format!(
                "<h2>{}</h2><p>{}</p><p><a href=\"{}\">{}</a></p>",
                item.title,
                item.day,
                item.path,
                self.say("read_more")
            ),
            _ => {
                format!("<h2><a href=\"{}\">{}</a></h2><p>{}</p><p>{}</p>", item.path, item.title, item.day, item.told)
            }
        }
    }

    fn news_list(&mut self, items: &[Item]) {
        if items.is_empty() {
            return;
        }
        let text: String = items.iter().map(|i| self.more(i)).collect();
        self.page("news", self.title("news"), Kind::Section, vec![Piece::Html(text)]);
    }

    fn own_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|p| p.language == self.language)
    }

    fn fronts(&mut self) {
        for (at, key) in SECTIONS.iter().enumerate() {
            let inner: Vec<&Page> = self.own_pages().filter(|p| p.section == Some(at) && !is_part(p)).collect();
            let fillers: Vec<&Page> =
                self.own_pages().filter(|p| p.section == Some(at) && p.kind == Kind::Filler).collect();
            let one = |p: &&Page| match self.value("US10") {
                0 => format!("<li>{} <a href=\"{}\">{}</a></li>", p.title, p.path, self.say("here")),
                _ => format!("<li><a href=\"{}\">{}</a></li>", p.path, p.title),
            };
            let text = format!(
                "<ul>{}{}</ul>",
                inner.iter().map(one).collect::<String>(),
                fillers.iter().map(one).collect::<String>()
            );
            if inner.is_empty() && fillers.is_empty() {
                continue;
            }
            self.page(key, self.say(key), Kind::Section, vec![Piece::Html(text)]);
        }
    }

    /// US07: a page for people, a list for programs, or both.
    fn site_map(&mut self) {
        let level = self.value("US07");
        let for_people = level == 2 || level == 1 && self.draw("site map").chance(0.5);
        if !for_people {
            return;
        }
        let mut all: Vec<(String, String)> = self.own_pages().map(|p| (p.title.clone(), p.path.clone())).collect();
        all.sort();
        let list: String = all.iter().map(|(title, path)| format!("<li><a href=\"{path}\">{title}</a></li>")).collect();
        self.page("sitemap", self.title("sitemap"), Kind::Legal, vec![Piece::Html(format!("<ul>{list}</ul>"))]);
    }

    fn home(&mut self, items: &[Item]) {
        let quick: String = QUICK
            .iter()
            .filter_map(|key| self.own_pages().find(|p| p.key == *key))
            .map(|p| format!("<li><a href=\"{}\">{}</a></li>", p.path, p.title))
            .collect();
        let news: String = items.iter().take(4).map(|i| self.more(i)).collect();
        let weight = match self.value("US03") {
            0 => "<p><img src=\"/media/square.bmp\" width=\"800\" height=\"400\" alt=\"\"></p>",
            1 => "<p><img src=\"/media/bridge.bmp\" width=\"800\" height=\"400\" alt=\"\"></p>",
            _ => "",
        };
        let (heading, path) =
            (self.title("news"), if self.main { "/".to_owned() } else { format!("/{}/", self.language) });
        let order = if self.draw("home").chance(0.5) { [quick.as_str(), weight] } else { [weight, quick.as_str()] };
        let boxes: String = order
            .iter()
            .map(|part| if part.starts_with("<li>") { format!("<ul>{part}</ul>") } else { (*part).to_owned() })
            .collect();
        let news = news.replace("<h2>", "<h3>").replace("</h2>", "</h3>");
        let text = format!("{boxes}<h2>{heading}</h2>{news}{}", self.tracts());
        self.pages.push(Page {
            key: "home".into(),
            path,
            language: self.language,
            section: None,
            title: super::page::escaped(&self.site()),
            pieces: vec![Piece::Html(text)],
            updated: self.ago(self.newest()),
            kind: Kind::Home,
        });
    }

    /// Links to where a hostile city wants its visitors.
    fn tracts(&self) -> String {
        let doors = self.city.hostile.iter().flat_map(|kind| kind.doors().iter());
        let all: String = doors
            .map(|door| {
                format!("<li><a href=\"{door}\">{}</a></li>", door.trim_matches('/').replace(['/', '?', '='], " "))
            })
            .collect();
        if all.is_empty() { all } else { format!("<ul>{all}</ul>") }
    }
}

/// A part of another page: a member, an office, a thread.
fn is_part(page: &Page) -> bool {
    page.key.contains('-') || page.key.starts_with("s_")
}
