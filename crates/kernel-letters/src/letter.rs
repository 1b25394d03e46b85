//! What a letter is: to whom, what it says, and how far it has come. Pure.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_language::Lang;
use serde::{Deserialize, Serialize};

/// Whom a letter is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A person with an account: kept in the inbox, and sent the way that the person chose.
    Account(String),
    /// A bare e-mail address.
    Email(String),
    /// A bare telephone number.
    Phone(String),
}

/// The ways to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Email,
    Sms,
    Push,
    /// The site alone.
    Inbox,
}

impl Channel {
    pub const ALL: [Channel; 4] = [Channel::Email, Channel::Sms, Channel::Push, Channel::Inbox];

    pub fn name(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Sms => "sms",
            Channel::Push => "push",
            Channel::Inbox => "inbox",
        }
    }

    pub fn find(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.name() == name)
    }

    pub(crate) fn read(name: &str) -> Result<Channel> {
        Channel::find(name).ok_or_else(|| Error::Fault(format!("no channel is called {name}")))
    }
}

/// How far a letter has come on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Kept; a job will take it.
    Waiting,
    /// A job is handing it over right now.
    Sending,
    /// The mail server, gateway or push service has taken it.
    Sent,
    /// Somebody said that it arrived.
    Delivered,
    /// The address does not take letters: returned, or refused at once.
    PermanentFailure,
    /// Tried for days in vain.
    TemporaryFailure,
    /// Our fault: it could not be written, or there is no way to send it.
    TechnicalFailure,
}

impl State {
    pub const ALL: [State; 7] = [
        State::Waiting,
        State::Sending,
        State::Sent,
        State::Delivered,
        State::PermanentFailure,
        State::TemporaryFailure,
        State::TechnicalFailure,
    ];

    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sending => "sending",
            State::Sent => "sent",
            State::Delivered => "delivered",
            State::PermanentFailure => "permanent-failure",
            State::TemporaryFailure => "temporary-failure",
            State::TechnicalFailure => "technical-failure",
        }
    }

    pub fn find(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    pub(crate) fn read(name: &str) -> Result<State> {
        State::find(name).ok_or_else(|| Error::Fault(format!("no state of a letter is called {name}")))
    }

    pub fn failed(self) -> bool {
        matches!(self, State::PermanentFailure | State::TemporaryFailure | State::TechnicalFailure)
    }

    /// Nothing more is done about it.
    pub fn finished(self) -> bool {
        !matches!(self, State::Waiting | State::Sending)
    }
}

/// Something put into a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Number(f64),
    /// A moment, written as the reader's language writes it: microseconds since 1970.
    Moment(i64),
    /// A path on this site; becomes a whole address.
    Link(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number as f64)
    }
}

impl From<Instant> for Value {
    fn from(moment: Instant) -> Value {
        Value::Moment(moment.0)
    }
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Messages of `text/*.ftl`: `{name}-subject`, `{name}-body` and, for short messages, `{name}-sms`.
    Template { name: String, values: BTreeMap<String, Value> },
    /// Words that somebody wrote already.
    Plain { subject: String, body: String },
}

/// A letter before it is sent: `Letter::template(To::Account(id), "account-letter-welcome").with("name", "Kim")`.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: To,
    pub content: Content,
    /// `None`: the reader's own language.
    pub language: Option<Lang>,
    /// The caller's own word for it, to find it again; may be empty.
    pub reference: String,
    /// Who sends it: empty for the city itself, else a service's id.
    pub service: String,
    /// Where answers go, when not to the city's usual address.
    pub reply_to: String,
    /// Where the reader can end such letters with one click (RFC 8058); only for letters that are a choice.
    pub unsubscribe: String,
    /// Kept on the site and sent nowhere.
    pub inbox_only: bool,
    /// Not sent at all, but counted as if this had come of it: for trials of other programs.
    pub pretend: Option<State>,
}

impl Letter {
    /// Words from `text/*.ftl`, in the reader's language.
    pub fn template(to: To, name: impl Into<String>) -> Letter {
        Letter::new(to, Content::Template { name: name.into(), values: BTreeMap::new() })
    }

    /// Words that stand already.
    pub fn plain(to: To, subject: impl Into<String>, body: impl Into<String>) -> Letter {
        Letter::new(to, Content::Plain { subject: subject.into(), body: body.into() })
    }

    fn new(to: To, content: Content) -> Letter {
        Letter {
            to,
            content,
            language: None,
            reference: String::new(),
            service: String::new(),
            reply_to: String::new(),
            unsubscribe: String::new(),
            inbox_only: false,
            pretend: None,
        }
    }

    /// Puts a value into the template; a plain letter has no places for values.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Letter {
        if let Content::Template { values, .. } = &mut self.content {
            values.insert(key.to_owned(), value.into());
        }
        self
    }

    /// Puts the whole address of a page of this site into the template.
    pub fn with_link(self, key: &str, path: impl Into<String>) -> Letter {
        self.with(key, Value::Link(path.into()))
    }

    pub fn language(mut self, language: Lang) -> Letter {
        self.language = Some(language);
        self
    }

    pub fn reference(mut self, reference: impl Into<String>) -> Letter {
        self.reference = reference.into();
        self
    }

    pub fn inbox_only(mut self) -> Letter {
        self.inbox_only = true;
        self
    }
}

/// A telephone number as `+821012345678` (ITU-T E.164), from how people write it; numbers without a country's prefix
/// are of the city's own country. `None` when it cannot be one.
pub fn phone(written: &str, country: &str) -> Option<String> {
    let mut digits = String::new();
    for (place, letter) in written.trim().chars().enumerate() {
        match letter {
            '+' if place == 0 => digits.push('+'),
            '0'..='9' => digits.push(letter),
            ' ' | '-' | '.' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    let number = if let Some(rest) = digits.strip_prefix('+') {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        format!("{country}{}", digits.strip_prefix('0').unwrap_or(&digits))
    };
    (8..=15).contains(&number.len()).then(|| format!("+{number}")).filter(|number| !number.starts_with("+0"))
}

/// Whether a letter could be addressed so. Whether it arrives is another question.
pub fn is_email(written: &str) -> bool {
    written.len() <= 254
        && written.parse::<lettre::Address>().is_ok_and(|address| {
            address.domain().contains('.') || address.domain() == "localhost" || address.domain().starts_with('[')
        })
}

/// One address in one spelling: hosts do not care about case, and no mailbox in use tells `Kim@` from `kim@`.
pub(crate) fn same_address(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Line breaks and control characters have no place in a header.
pub(crate) fn one_line(text: &str) -> String {
    let cleaned: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(phone("010-1234-5678", "82").as_deref(), Some("+821012345678"));
        assert_eq!(phone("+44 7700 900123", "82").as_deref(), Some("+447700900123"));
        assert_eq!(phone("0044 (7700) 900.123", "82").as_deref(), Some("+447700900123"));
        for wrong in ["", "12", "call me", "+0123456789", "010-1234-5678 ext 9", "+1234567890123456"] {
            assert_eq!(phone(wrong, "82"), None, "{wrong:?}");
        }
    }

    #[test]
    fn addresses_that_would_break_a_header_are_refused() {
        assert!(is_email("kim@city.example") && is_email("Kim.Park+letters@mail.city.example"));
        for wrong in ["", "kim", "kim@", "@city.example", "kim@city", "kim@city.example\r\nBcc: all@city.example"] {
            assert!(!is_email(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn what_goes_into_a_header_is_one_line() {
        assert_eq!(one_line("Your letter\r\nBcc: all@city.example"), "Your letter Bcc: all@city.example");
    }

    #[test]
    fn every_state_and_channel_is_found_by_its_name() {
        assert!(State::ALL.into_iter().all(|state| State::find(state.name()) == Some(state)));
        assert!(Channel::ALL.into_iter().all(|channel| Channel::find(channel.name()) == Some(channel)));
        assert!(State::Waiting < State::Sent && !State::Sent.failed() && State::Sent.finished());
    }
}
