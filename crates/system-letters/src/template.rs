//! Templates of services: `((name))` and `((name??words when it is yes))`, as GOV.UK Notify writes them. Pure.

use std::collections::BTreeMap;

use kernel_base::Instant;
use kernel_language::{Lang, Language};
use kernel_letters::Channel;
use serde::{Deserialize, Serialize};

/// Characters of a subject and of a body.
pub const LONGEST_SUBJECT: usize = 250;
pub const LONGEST_BODY: usize = 20_000;
/// Six messages that a telephone puts together.
pub const LONGEST_SMS: usize = 918;

/// A version of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    pub id: String,
    pub kind: Channel,
    pub version: i64,
    pub name: String,
    /// By language; one at least.
    pub texts: BTreeMap<String, Text>,
    /// When the template was made, and this version.
    pub made_at: Instant,
    pub at: Instant,
    pub account: String,
    pub retired: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub subject: String,
    pub body: String,
}

impl Template {
    /// The wished language, else the service's, else any.
    pub fn text(&self, wished: Option<Lang>, usual: Lang) -> (Lang, Text) {
        let languages = wished.into_iter().chain([usual]);
        let found = languages.filter_map(|language| Some((language, self.texts.get(language.code)?))).next();
        let any = || self.texts.iter().find_map(|(code, text)| Some((Language::find(code)?, text)));
        let (language, text) = found.or_else(any).unzip();
        (language.unwrap_or(usual), text.cloned().unwrap_or_default())
    }
}

/// What a request puts into the places of a template. Names are compared as people write them: without case, spaces,
/// `-` and `_`.
#[derive(Debug, Clone, Default)]
pub struct Values(BTreeMap<String, Value>);

#[derive(Debug, Clone, PartialEq)]
enum Value {
    One(String),
    Many(Vec<String>),
}

impl Values {
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(known_as(name), Value::One(value.into()));
    }

    pub fn set_list(&mut self, name: &str, items: Vec<String>) {
        self.0.insert(known_as(name), Value::Many(items));
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(&known_as(name))
    }
}

impl Value {
    /// A list is one line an item in a letter, and a row of words in a line.
    fn shown(&self, in_body: bool) -> String {
        match self {
            Value::One(text) => text.clone(),
            Value::Many(items) if in_body => items.iter().map(|item| format!("\n* {item}")).collect(),
            Value::Many(items) => items.join(", "),
        }
    }

    fn is_yes(&self) -> bool {
        let words = ["yes", "y", "true", "t", "1", "include", "show"];
        matches!(self, Value::One(text) if words.contains(&text.trim().to_lowercase().as_str()))
    }
}

fn known_as(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !['-', '_'].contains(letter))
        .collect::<String>()
        .to_lowercase()
}

enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
    OnlyIf(&'a str, &'a str),
}

/// A text cut at its places. A place begins with the last two brackets before its name: `(((name)))` is a place in
/// brackets. What is not closed is words.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find("((").and_then(|begin| Some(begin + rest[begin..].find("))")?)) {
        let begin = rest[..end].rfind("((").unwrap_or_default();
        let inside = &rest[begin + 2..end];
        pieces.push(Piece::Words(&rest[..begin]));
        pieces.push(match inside.split_once("??") {
            Some((name, words)) => Piece::OnlyIf(name.trim(), words),
            None => Piece::Place(inside.trim()),
        });
        rest = &rest[end + 2..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// Names of the places, in order, each once.
pub fn places(text: &Text) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(&text.subject).into_iter().chain(pieces(&text.body)) {
        if let Piece::Place(name) | Piece::OnlyIf(name, _) = piece
            && !names.iter().any(|known| known_as(known) == known_as(name))
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The text with its places filled in.
///
/// # Errors
/// The names that have no value.
pub fn filled(text: &Text, values: &Values) -> Result<Text, Vec<String>> {
    let missing: Vec<String> = places(text).into_iter().filter(|name| values.get(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let fill = |text: &str, in_body: bool| -> String {
        let piece = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Place(name) => values.get(name).map(|value| value.shown(in_body)).unwrap_or_default(),
            Piece::OnlyIf(name, words) if values.get(name).is_some_and(Value::is_yes) => words.to_owned(),
            Piece::OnlyIf(..) => String::new(),
        };
        pieces(text).into_iter().map(piece).collect()
    };
    Ok(Text { subject: fill(&text.subject, false), body: fill(&text.body, true) })
}

/// Every place filled with its own name, to see how a letter looks.
pub fn shown_empty(text: &Text) -> Text {
    let mut values = Values::default();
    for name in places(text) {
        values.set(&name, format!("[{name}]"));
    }
    filled(text, &values).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str) -> Text {
        Text { subject: String::new(), body: body.to_owned() }
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        let mut values = Values::default();
        pairs.iter().for_each(|(name, value)| values.set(name, *value));
        values
    }

    #[test]
    fn places_are_filled_whatever_the_case_and_spaces_of_their_names() {
        let filled = filled(&text("Hello ((First name)), ((first_name))"), &values(&[("FIRST-NAME", "Kim")]));
        assert_eq!(filled.unwrap().body, "Hello Kim, Kim");
    }

    #[test]
    fn words_that_depend_are_shown_when_the_answer_is_yes() {
        let letter = text("Come((umbrella?? with an umbrella)).");
        assert_eq!(filled(&letter, &values(&[("umbrella", "yes")])).unwrap().body, "Come with an umbrella.");
        assert_eq!(filled(&letter, &values(&[("umbrella", "no")])).unwrap().body, "Come.");
        assert_eq!(filled(&letter, &values(&[])), Err(vec!["umbrella".to_owned()]));
    }

    #[test]
    fn what_is_missing_is_named_once_and_what_is_too_much_is_ignored() {
        let letter = Text { subject: "((a))".into(), body: "((A)) ((b)) ((c))".into() };
        assert_eq!(filled(&letter, &values(&[("c", "1"), ("d", "2")])), Err(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_somebody_fills_in_is_not_filled_in_again() {
        let letter = text("((a)) ((b))");
        assert_eq!(filled(&letter, &values(&[("a", "((b))"), ("b", "x")])).unwrap().body, "((b)) x");
    }

    #[test]
    fn brackets_that_are_no_places_stay() {
        assert_eq!(filled(&text("f(x) and (((a)) and (("), &values(&[("a", "1")])).unwrap().body, "f(x) and (1 and ((");
        assert_eq!(filled(&text("(((a)))"), &values(&[("a", "1")])).unwrap().body, "(1)");
        assert_eq!(filled(&text("no place (("), &values(&[])).unwrap().body, "no place ((");
    }

    #[test]
    fn a_list_is_lines_in_the_body_and_words_in_the_subject() {
        let mut list = Values::default();
        list.set_list("things", vec!["a".into(), "b".into()]);
        let letter = Text { subject: "((things))".into(), body: "Bring:((things))".into() };
        let filled = filled(&letter, &list).unwrap();
        assert_eq!((filled.subject.as_str(), filled.body.as_str()), ("a, b", "Bring:\n* a\n* b"));
    }
}
