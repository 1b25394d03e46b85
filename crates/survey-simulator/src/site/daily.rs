//! What a city writes every day: news, events, and pages that no criterion asks for; entries for groups of people.

use super::build::{Build, File};
use super::page::{Input, Kind, Piece, escaped};

fn html(text: String) -> Piece {
    Piece::Html(text)
}

/// One announcement.
pub struct Item {
    pub path: String,
    pub title: String,
    pub day: String,
    pub told: String,
}

impl Build<'_> {
    /// Pages of news, newest first.
    pub fn news(&mut self) -> Vec<Item> {
        let few = if self.city.hostile.is_empty() { self.city.taste.news } else { 5 };
        let count = if self.main { few } else { 3 };
        let titles = self.words.list("news").to_vec();
        let texts = self.words.list("news_text").to_vec();
        let first = self.newest();
        let mut items = Vec::new();
        for number in 0..count {
            let mut own = self.draw(&format!("news {number}"));
            let title = titles.get((number + self.city.number) % titles.len().max(1)).cloned().unwrap_or_default();
            let again = number / titles.len().max(1);
            let title = if again == 0 { self.fill(&title) } else { format!("{} ({})", self.fill(&title), again + 1) };
            let day = self.day(self.ago(first + 9 * number as i64));
            let told = self.fill(own.pick(&texts).map_or("", String::as_str));
            let more = self.fill(own.pick(&texts).map_or("", String::as_str));
            let body = format!("<p>{day}</p><p>{title}. {told}</p><p>{more}</p>");
            let key = format!("news-{number}");
            let path = self.page(&key, title.clone(), Kind::News, vec![html(body)]);
            items.push(Item { path, title, day, told });
        }
        items
    }

    pub fn events(&mut self) {
        let level = self.value("CO18");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("events").clone();
        let mut entries = Vec::new();
        for (number, event) in self.words.list("events").to_vec().iter().enumerate() {
            let day = self.day(self.ahead(5 + 4 * number as i64));
            // A neglected site gives weekdays at most.
            let when = if self.value("US19") == 0 { String::new() } else { format!("{day}: ") };
            let mut entry = format!("{when}{}", self.fill(event));
            if level == 3 {
                let path = format!("/files/event-{number}.ics");
                let stamp = self.ahead(5 + 4 * number as i64).strftime("%Y%m%dT180000Z").to_string();
                let body = format!(
                    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//simulated city//\r\nBEGIN:VEVENT\r\nUID:{number}@{}\r\nDTSTAMP:{stamp}\r\nDTSTART:{stamp}\r\nSUMMARY:{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                    self.city.domain()
                );
                entry.push_str(&format!(" <a href=\"{path}\">{} (iCalendar)</a>", self.fill(event)));
                self.files.insert(path, File { media: "text/calendar; charset=utf-8", body: body.into() });
            }
            entries.push(entry);
        }
        let mut pieces = vec![html(self.told("events"))];
        if level == 2 {
            pieces.push(html(self.document(&topic.d)));
        }
        if level == 3 {
            let fields = vec![
                self.asked("words", self.words.say("search")),
                self.chosen(Input::Date, self.words.say("f_date"), Vec::new()),
            ];
            pieces.push(self.query(&topic.a, fields));
        }
        pieces.push(Piece::Entries(entries));
        self.page("events", self.title("events"), Kind::Topic, pieces);
    }

    pub fn faq(&mut self) {
        let level = self.value("SV14");
        let all: Vec<String> = self.words.list("faq").iter().map(|t| self.fill(t)).collect();
        if level == 0 {
            return;
        }
        let subjects = if level == 1 { 1 } else { 3 };
        let mut text = String::new();
        for part in all.chunks(5).take(subjects) {
            let [subject, q1, a1, q2, a2] = part else { continue };
            let h = if level == 2 { format!("<h2>{subject}</h2>") } else { String::new() };
            let q = if level == 2 { "h3" } else { "h2" };
            text.push_str(&format!("{h}<{q}>{q1}</{q}><p>{a1}</p><{q}>{q2}</{q}><p>{a2}</p>"));
        }
        self.page("faq", self.title("faq"), Kind::Topic, vec![html(text)]);
    }

    pub fn filler(&mut self) {
        let count = if self.city.hostile.is_empty() { self.city.taste.filler } else { 4 };
        let mut links = String::new();
        let all: Vec<(String, Vec<String>)> = self.words.filler.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        for (key, words) in all.iter().take(count) {
            let [title, one, two] = words.as_slice() else { continue };
            let (title, text) = (self.fill(title), format!("<p>{}</p><p>{}</p>", self.fill(one), self.fill(two)));
            let path = self.page(&format!("filler-{key}"), title.clone(), Kind::Filler, vec![html(text)]);
            links.push_str(&format!("<li><a href=\"{path}\">{title}</a></li>"));
        }
        let districts = if self.city.hostile.is_empty() { self.city.taste.districts } else { 4 };
        let names = self.words.list("districts").to_vec();
        for number in 0..districts {
            let name = names.get(number % names.len().max(1)).cloned().unwrap_or_default();
            let again = number / names.len().max(1);
            let name = if again == 0 { self.fill(&name) } else { format!("{} {}", self.fill(&name), again + 1) };
            let told =
                all.get((number + self.city.number) % all.len().max(1)).map(|(_, w)| w.clone()).unwrap_or_default();
            let text: String = told.iter().skip(1).map(|s| format!("<p>{name}. {}</p>", self.fill(s))).collect();
            let path = self.page(&format!("district-{number}"), name.clone(), Kind::Filler, vec![html(text)]);
            links.push_str(&format!("<li><a href=\"{path}\">{name}</a></li>"));
        }
    }

    /// Entries for residents, firms and guests.
    pub fn audiences(&mut self) {
        let level = self.value("US04");
        let groups: &[(&str, &[&str])] = match level {
            0 => return,
            1 => &[("guests", &["events", "maps"])],
            _ => &[
                ("residents", &["waste", "certificates", "childcare", "appointments", "tax", "water"]),
                ("firms", &["business", "tenders", "building", "fines"]),
                ("guests", &["transport", "events", "maps"]),
            ],
        };
        for (key, subjects) in groups {
            let there: Vec<(String, String)> = subjects
                .iter()
                .filter_map(|s| self.pages.iter().find(|p| p.key == *s && p.language == self.language))
                .map(|p| (p.path.clone(), p.title.clone()))
                .collect();
            let links: String =
                there.iter().map(|(path, title)| format!("<li><a href=\"{path}\">{title}</a></li>")).collect();
            let mut pieces = vec![html(format!("{}<ul>{links}</ul>", self.told(key)))];
            if level >= 2 {
                let guide = self.title(key);
                pieces.push(html(self.document(&guide)));
            }
            if level == 3 {
                let fields = vec![self.field(Input::Text), self.field(Input::Email), self.field(Input::Address)];
                pieces.push(self.form("", fields, &self.say("apply")));
            }
            self.page(key, self.title(key), Kind::Topic, pieces);
        }
    }

    /// One page of welcome, or a small section, in another language.
    pub fn welcome(&mut self, subjects: usize) {
        let text = self.told("welcome");
        self.page("welcome", self.title("welcome"), Kind::Topic, vec![html(text)]);
        let keys = ["waste", "transport", "emergency", "childcare", "certificates", "jobs", "events", "water", "tax"];
        for key in keys.into_iter().take(subjects) {
            let text = format!("{}<p>{}</p>", self.told(key), self.say("counter"));
            self.page(key, self.title(key), Kind::Topic, vec![html(text)]);
        }
    }

    /// A message that a task is another authority's.
    pub fn elsewhere(&mut self, key: &str) {
        if self.draw(&format!("elsewhere {key}")).chance(0.5) {
            let text = format!("<p>{}</p>", escaped(self.words.say("elsewhere")));
            self.page(key, self.title(key), Kind::Topic, vec![html(text)]);
        }
    }
}
