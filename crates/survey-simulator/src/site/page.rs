//! A page as data: pieces of text, and forms that remember what was typed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::words::Words;

/// What a page is for; shells treat them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Home,
    /// A section's front page.
    Section,
    Topic,
    /// The notice, the statement and the like.
    Legal,
    News,
    /// Subjects that no criterion asks about.
    Filler,
}

#[derive(Debug, Clone)]
pub enum Piece {
    Html(String),
    Form(Form),
    /// Entries that the page's own search chooses from.
    Entries(Vec<String>),
}

#[derive(Debug, Clone)]
pub struct Page {
    pub key: String,
    pub path: String,
    pub language: &'static str,
    /// Index into the sections; `None` for legal pages.
    pub section: Option<usize>,
    pub title: String,
    pub pieces: Vec<Piece>,
    pub updated: Date,
    pub kind: Kind,
}

/// How well a site's forms are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Care {
    /// US12: 0 hints inside the field only, 1 labels, 2 labels, marks and help of the browser.
    pub labels: u8,
    /// US13: 0 nothing, 1 says that something is wrong, 2 names the field and keeps what was typed, 3 confirms too.
    pub errors: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Text,
    Email,
    Telephone,
    Address,
    Message,
    Date,
    File,
    Password,
    Select,
    Radio,
    Check,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub input: Input,
    pub options: Vec<String>,
    pub needed: bool,
}

#[derive(Debug, Clone)]
pub struct Form {
    /// Asks and changes nothing: sent by GET, answered with the entries that fit.
    pub asks: bool,
    pub heading: String,
    pub fields: Vec<Field>,
    pub button: String,
    /// Where it is sent; the page itself when empty.
    pub action: String,
}

/// What came back with a form.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub values: BTreeMap<String, String>,
    /// The number of the message, when everything was right.
    pub number: Option<u64>,
}

pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

impl Field {
    fn wrong(&self, sent: &Sent, words: &Words) -> Option<String> {
        let value = sent.values.get(self.name).map_or("", String::as_str).trim();
        if self.needed && value.is_empty() && self.input != Input::File {
            return Some(words.say("wrong_empty").to_owned());
        }
        let mail = value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        (self.input == Input::Email && !value.is_empty() && !mail).then(|| words.say("wrong_email").to_owned())
    }

    fn completes(&self) -> &'static str {
        match self.input {
            Input::Email => " autocomplete=\"email\"",
            Input::Telephone => " autocomplete=\"tel\"",
            Input::Address => " autocomplete=\"street-address\"",
            Input::Text if self.name == "name" => " autocomplete=\"name\"",
            _ => "",
        }
    }
}

impl Form {
    /// The first mistake makes the whole form wrong.
    pub fn right(&self, sent: &Sent, words: &Words) -> bool {
        self.fields.iter().all(|f| f.wrong(sent, words).is_none())
    }

    /// The form as markup; `number` makes its ids unique on the page.
    pub fn html(&self, path: &str, number: usize, care: Care, sent: Option<&Sent>, words: &Words) -> String {
        let mut out = String::new();
        if let Some(sent) = sent.filter(|_| !self.asks) {
            if let Some(given) = sent.number.filter(|_| care.errors == 3) {
                let told = crate::words::filled(words.say("thanks"), &[("n", &given.to_string())]);
                return format!("<p role=\"status\">{}</p>", escaped(&told));
            }
            if sent.number.is_none() && care.errors > 0 {
                out.push_str(&format!("<p role=\"alert\">{}</p>", escaped(words.say("wrong"))));
            }
        }
        if !self.heading.is_empty() {
            out.push_str(&format!("<h2>{}</h2>", escaped(&self.heading)));
        }
        let action = if self.action.is_empty() { path } else { &self.action };
        let (plain, query) = action.split_once('?').unwrap_or((action, ""));
        let method = if self.asks { "get" } else { "post" };
        let encoding =
            if self.fields.iter().any(|f| f.input == Input::File) { " enctype=\"multipart/form-data\"" } else { "" };
        let target = if self.asks { plain } else { action };
        out.push_str(&format!("<form method=\"{method}\" action=\"{}\"{encoding}>", escaped(target)));
        for pair in query.split('&').filter(|p| self.asks && !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            out.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"));
        }
        let keeps = self.asks || care.errors >= 2;
        for field in &self.fields {
            let kept = sent.filter(|_| keeps).and_then(|s| s.values.get(field.name)).map_or("", String::as_str);
            let wrong = sent.filter(|_| !self.asks && care.errors >= 2).and_then(|s| field.wrong(s, words));
            out.push_str(&control(field, &format!("f{number}-{}", field.name), care, kept, wrong, words));
        }
        out.push_str(&format!("<p><button type=\"submit\">{}</button></p></form>", escaped(&self.button)));
        out
    }
}

fn control(field: &Field, id: &str, care: Care, kept: &str, wrong: Option<String>, words: &Words) -> String {
    let label = escaped(&field.label);
    let (name, value) = (field.name, escaped(kept));
    if matches!(field.input, Input::Radio | Input::Check) {
        return choices(field, id, care, &label);
    }
    let mark =
        if field.needed && care.labels == 2 { format!(" {}", escaped(words.say("required"))) } else { String::new() };
    let needed = if field.needed && care.labels == 2 && care.errors == 0 { " required" } else { "" };
    let help = if care.labels == 2 { field.completes() } else { "" };
    let (head, hint) = match care.labels {
        0 => (String::new(), format!(" placeholder=\"{label}\"")),
        _ => (format!("<label for=\"{id}\">{label}{mark}</label>"), String::new()),
    };
    let told = wrong.map(|w| format!("<span id=\"{id}-wrong\">{}</span>", escaped(&w))).unwrap_or_default();
    let described =
        if told.is_empty() { String::new() } else { format!(" aria-describedby=\"{id}-wrong\" aria-invalid=\"true\"") };
    let kind = match field.input {
        Input::Email => "email",
        Input::Telephone => "tel",
        Input::Date => "date",
        Input::File => "file",
        Input::Password => "password",
        _ => "text",
    };
    let input = match field.input {
        Input::Message => format!(
            "<textarea id=\"{id}\" name=\"{name}\" rows=\"5\" cols=\"40\"{hint}{needed}{described}>{value}</textarea>"
        ),
        Input::Select => {
            let options: String = field
                .options
                .iter()
                .map(|o| format!("<option{}>{}</option>", if o == kept { " selected" } else { "" }, escaped(o)))
                .collect();
            format!("<select id=\"{id}\" name=\"{name}\"{described}>{options}</select>")
        }
        _ => format!(
            "<input id=\"{id}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\"{hint}{needed}{help}{described}>"
        ),
    };
    format!("<p>{head}{input}{told}</p>")
}

fn choices(field: &Field, id: &str, care: Care, label: &str) -> String {
    let kind = if field.input == Input::Radio { "radio" } else { "checkbox" };
    let one = |(number, option): (usize, &String)| {
        let option = escaped(option);
        let input = format!("<input type=\"{kind}\" id=\"{id}-{number}\" name=\"{}\" value=\"{number}\">", field.name);
        match care.labels {
            0 => format!("<p>{input} {option}</p>"),
            _ => format!("<p>{input} <label for=\"{id}-{number}\">{option}</label></p>"),
        }
    };
    let all: String = field.options.iter().enumerate().map(one).collect();
    match care.labels {
        0 => format!("<div>{label}{all}</div>"),
        _ => format!("<fieldset><legend>{label}</legend>{all}</fieldset>"),
    }
}
