//! The builder that pages are made with: words, addresses, people, days.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::ToSpan;
use jiff::civil::Date;

use super::files;
use super::page::{Field, Form, Input, Kind, Page, Piece, escaped};
use super::subjects::{self, SECTIONS};
use crate::city::City;
use crate::draw::{self, Draw};
use crate::taste::Addresses;
use crate::words::{self, Words, filled, latin};

/// A file that is no page.
#[derive(Debug, Clone)]
pub struct File {
    pub media: &'static str,
    pub body: Bytes,
}

/// Documents by ending.
pub type Count = BTreeMap<&'static str, usize>;

pub struct Build<'a> {
    pub city: &'a City,
    pub words: &'static Words,
    pub language: &'static str,
    /// The city's own language.
    pub main: bool,
    pub today: Date,
    pub pages: Vec<Page>,
    pub files: BTreeMap<String, File>,
    pub documents: Count,
}

/// A person of the city.
pub struct Person {
    pub name: String,
    pub mail: String,
    pub telephone: String,
}

impl<'a> Build<'a> {
    pub fn new(city: &'a City, language: &'static str, today: Date) -> Self {
        Self {
            city,
            words: words::of(language),
            language,
            main: language == city.language,
            today,
            pages: Vec::new(),
            files: BTreeMap::new(),
            documents: Count::new(),
        }
    }

    pub fn value(&self, criterion: &str) -> u8 {
        self.city.value(criterion)
    }

    pub fn draw(&self, name: &str) -> Draw {
        self.city.draw.fork(name)
    }

    /// One of several phrasings, the same wherever it is asked for.
    pub fn phrase(&self, name: &str, list: &[String]) -> String {
        list.get(self.city.taste.phrasing(name, list.len())).cloned().unwrap_or_default()
    }

    pub fn say(&self, key: &str) -> String {
        self.fill(self.words.say(key))
    }

    /// A text with the city's own names, numbers and days in its blanks, escaped.
    pub fn fill(&self, text: &str) -> String {
        let office = self.office(text);
        let (site, mail, street) = (self.site(), self.city.mail("info"), self.street());
        let (year, last) = (self.today.year().to_string(), (self.today.year() - 1).to_string());
        let issue = (1 + draw::named(text) % 9).to_string();
        let month = self.phrase("month", self.words.list("months"));
        let blanks = [
            ("c", self.city.own_name.as_str()),
            ("site", &site),
            ("mail", &mail),
            ("addr", &street),
            ("dept", &office),
            ("tel", &self.telephone(&office)),
            ("year", &year),
            ("last_year", &last),
            ("n", &issue),
            ("month", &month),
        ];
        escaped(&filled(text, &blanks))
    }

    /// How the city calls itself.
    pub fn site(&self) -> String {
        filled(&self.phrase("site", self.words.list("sites")), &[("c", &self.city.own_name)])
    }

    pub fn street(&self) -> String {
        let street = self.phrase("street", self.words.list("streets"));
        let number = (2 + self.draw("house").below(90)).to_string();
        let zip = format!("{:05}", 10_000 + self.draw("zip").below(89_000));
        filled(
            self.words.say("addr"),
            &[("street", &street), ("h", &number), ("zip", &zip), ("c", &self.city.own_name)],
        )
    }

    /// The office that answers for something.
    pub fn office(&self, about: &str) -> String {
        let all = self.words.list("departments");
        all.get(draw::named(about) as usize % all.len().max(1)).cloned().unwrap_or_default()
    }

    pub fn telephone(&self, of: &str) -> String {
        let number = draw::named(of) ^ self.city.taste.phrasing;
        let parts = [["0555", "210"], ["(0555)", "31"], ["+99 555", "44"], ["02", "5550"]];
        let [area, block] = parts[self.city.number % parts.len()];
        let bar = if self.city.number.is_multiple_of(3) { "-" } else { " " };
        format!("{area}{bar}{block}{bar}{:04}", number % 10_000)
    }

    /// Member `number` of the council or the staff.
    pub fn person(&self, number: usize) -> Person {
        let mut own = self.draw(&format!("person {number}"));
        let first = own.pick(self.words.list("first")).cloned().unwrap_or_default();
        let last = own.pick(self.words.list("last")).cloned().unwrap_or_default();
        let name = filled(self.words.say("person"), &[("first", &first), ("last", &last)]);
        let letters = latin(&name).replace(' ', ".");
        let box_name = if letters.is_empty() { format!("office{number}") } else { letters };
        Person { mail: self.city.mail(&box_name), telephone: self.telephone(&name), name }
    }

    pub fn ago(&self, days: i64) -> Date {
        self.today.checked_sub(days.days()).unwrap_or(self.today)
    }

    pub fn ahead(&self, days: i64) -> Date {
        self.today.checked_add(days.days()).unwrap_or(self.today)
    }

    /// Days since the newest thing on the site, by US19.
    pub fn newest(&self) -> i64 {
        let mut own = self.draw("newest");
        match self.value("US19") {
            0 => own.between(420, 900) as i64,
            1 => own.between(45, 300) as i64,
            _ => own.between(2, 20) as i64,
        }
    }

    /// A day as this city writes it.
    pub fn day(&self, day: Date) -> String {
        let pattern = if self.city.taste.named_months { "date_named" } else { "date_number" };
        let month = self.words.list("months").get(day.month() as usize - 1).cloned().unwrap_or_default();
        let (d, m, y) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
        let (dd, mm) = (format!("{:02}", day.day()), format!("{:02}", day.month()));
        filled(self.words.say(pattern), &[("d", &d), ("mo", &m), ("m", &month), ("y", &y), ("dd", &dd), ("mm", &mm)])
    }

    /// The subject's name on this site.
    pub fn title(&self, key: &str) -> String {
        self.fill(&self.phrase(key, &self.words.topic(key).t))
    }

    pub fn path(&self, key: &str) -> String {
        let section = subjects::section_of(key);
        let number = 1000 + draw::named(key) % 900_000;
        let path = match self.city.taste.addresses {
            Addresses::Node => format!("/node/{number}"),
            Addresses::Query => format!("/index.php?page={number}"),
            Addresses::Html => format!("/portal/{number}.html"),
            Addresses::Menu => format!("/city/contents.do?menu={number:07}"),
            Addresses::Words => {
                let own = words::of(&self.city.language);
                let word = |text: &str, or: &str| {
                    let letters = latin(text).replace(' ', "-");
                    if letters.len() >= 3 { letters } else { or.to_owned() }
                };
                let titled = own.topic(key).t.get(self.city.taste.phrasing(key, own.topic(key).t.len()));
                let last = titled.map_or_else(|| key.to_owned(), |t| word(t, key));
                match section {
                    Some(at) => {
                        let name = SECTIONS.get(at).copied().unwrap_or_default();
                        let folder = word(own.say(name), name.trim_start_matches("s_"));
                        if key == name { format!("/{folder}") } else { format!("/{folder}/{last}") }
                    }
                    None => format!("/{last}"),
                }
            }
        };
        if self.main { path } else { format!("/{}{path}", self.language) }
    }

    /// Adds a page and gives its address.
    pub fn page(&mut self, key: &str, title: String, kind: Kind, pieces: Vec<Piece>) -> String {
        let path = self.path(key);
        let days = self.newest() + 3 + self.draw(&format!("updated {key}")).below(200) as i64;
        let section = if kind == Kind::Legal { None } else { subjects::section_of(key) };
        self.pages.push(Page {
            key: key.to_owned(),
            path: path.clone(),
            language: self.language,
            section,
            title,
            pieces,
            updated: self.ago(days),
            kind,
        });
        path
    }

    /// The sentences of a subject as paragraphs, in an order of the city's own.
    pub fn told(&self, key: &str) -> String {
        self.words.topic(key).i.iter().map(|s| format!("<p>{}</p>", self.fill(s))).collect()
    }

    /// A document with its link; a site that cares offers it in an open format too.
    pub fn document(&mut self, name: &str) -> String {
        let name = self.fill(name);
        let stem = format!("/files/{:07x}", draw::named(&name) & 0xFFF_FFFF);
        let mut lines = vec![self.site()];
        lines.extend((1..=6).map(|n| format!("{n}. {name}")));
        self.files.entry(format!("{stem}.pdf")).or_insert_with(|| {
            *self.documents.entry("pdf").or_default() += 1;
            File { media: "application/pdf", body: files::pdf(&latin(&name), &lines).into() }
        });
        let mut links = format!("<li><a href=\"{stem}.pdf\">{name} (PDF)</a></li>");
        if self.value("CO19") == 2 && draw::named(&name).is_multiple_of(3) {
            self.files.entry(format!("{stem}.odt")).or_insert_with(|| {
                *self.documents.entry("odt").or_default() += 1;
                File { media: "application/vnd.oasis.opendocument.text", body: files::odt(&lines).into() }
            });
            links.push_str(&format!("<li><a href=\"{stem}.odt\">{name} (ODT)</a></li>"));
        }
        format!("<ul>{links}</ul>")
    }

    /// A table of figures, linked as CSV.
    pub fn figures(&mut self, key: &str, name: &str) -> String {
        let path = format!("/files/{key}.csv");
        let mut own = self.draw(&format!("figures {key}"));
        let mut text = String::from("id,year,value\n");
        for number in 0..40 {
            text.push_str(&format!("{number},{},{}\n", self.today.year() - 1 - (number % 5) as i16, own.below(90_000)));
        }
        self.files.entry(path.clone()).or_insert_with(|| {
            *self.documents.entry("csv").or_default() += 1;
            File { media: "text/csv; charset=utf-8", body: text.into() }
        });
        format!("<ul><li><a href=\"{path}\">{} (CSV)</a></li></ul>", self.fill(name))
    }

    /// A field with its usual label.
    pub fn field(&self, input: Input) -> Field {
        let (name, label, needed) = match input {
            Input::Email => ("email", "f_email", true),
            Input::Telephone => ("phone", "f_phone", false),
            Input::Address => ("street", "f_address", true),
            Input::Message => ("message", "f_message", true),
            Input::Date => ("day", "f_date", true),
            Input::File => ("file", "f_file", false),
            Input::Password => ("password", "f_password", true),
            Input::Select | Input::Radio | Input::Check => ("choice", "choose", false),
            Input::Text => ("name", "f_name", true),
        };
        Field { name, label: self.words.say(label).to_owned(), input, options: Vec::new(), needed }
    }

    /// A text field with a label of its own.
    pub fn asked(&self, name: &'static str, label: &str) -> Field {
        Field { name, label: label.to_owned(), input: Input::Text, options: Vec::new(), needed: true }
    }

    pub fn chosen(&self, input: Input, label: &str, options: Vec<String>) -> Field {
        Field { label: label.to_owned(), options, ..self.field(input) }
    }

    pub fn form(&self, heading: &str, fields: Vec<Field>, button: &str) -> Piece {
        let asks = false;
        Piece::Form(Form {
            asks,
            heading: heading.to_owned(),
            fields,
            button: button.to_owned(),
            action: String::new(),
        })
    }

    /// A form that asks the page's own list.
    pub fn query(&self, heading: &str, fields: Vec<Field>) -> Piece {
        let button = self.words.say("lookup").to_owned();
        Piece::Form(Form { asks: true, heading: heading.to_owned(), fields, button, action: String::new() })
    }
}
