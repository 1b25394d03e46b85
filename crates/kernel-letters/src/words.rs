//! A letter's words: from templates and values to subject and text, in the reader's language.

use kernel_base::Instant;
use kernel_language::{Arg, Formats, Lang, Words};

use crate::{Channel, Content, Value};

/// What letters say about the city they come from.
#[derive(Debug, Clone, Default)]
pub struct Sender {
    /// `https://city.example`, for links; from the configuration, never from what a browser said.
    pub origin: String,
    /// The city's name in each language; the first is for all others.
    pub names: Vec<(Lang, String)>,
}

impl Sender {
    pub(crate) fn name(&self, language: Lang) -> &str {
        let own = self.names.iter().find(|(known, _)| *known == language);
        own.or(self.names.first()).map(|(_, name)| name.as_str()).unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub subject: String,
    pub body: String,
}

pub(crate) struct Pen<'a> {
    pub words: &'a Words,
    pub sender: &'a Sender,
    pub language: Lang,
    /// The reader's name; may be empty.
    pub name: &'a str,
}

impl Pen<'_> {
    pub fn write(&self, content: &Content, channel: Channel) -> Written {
        match content {
            Content::Plain { subject, body } => Written { subject: subject.clone(), body: body.clone() },
            Content::Template { name, values } => {
                let mut args: Vec<(&str, Arg)> = vec![("city", self.sender.name(self.language).into())];
                args.extend(values.iter().map(|(key, value)| (key.as_str(), self.arg(value))));
                if !values.contains_key("name") {
                    args.push(("name", self.name.into()));
                }
                let say = |key: String| self.words.say(self.language, &key, &args).text;
                let short = format!("{name}-sms");
                let body = match channel {
                    Channel::Sms if self.words.has(kernel_language::ENGLISH, &short) => say(short),
                    _ => say(format!("{name}-body")),
                };
                Written { subject: say(format!("{name}-subject")), body }
            }
        }
    }

    /// The text of an e-mail: the letter, and below it who sends it and how to choose another way.
    pub fn framed(&self, body: &str, choice: bool) -> String {
        let origin = self.sender.origin.as_str();
        let mut text = format!("{}\n\n-- \n{}\n", body.trim_end(), self.sender.name(self.language));
        text.push_str(&self.words.say(self.language, "letters-frame-automatic", &[]).text);
        text.push('\n');
        if choice {
            text.push_str(&self.words.say(self.language, "letters-frame-choice", &[("origin", origin.into())]).text);
            text.push('\n');
        }
        text
    }

    fn arg(&self, value: &Value) -> Arg {
        match value {
            Value::Text(text) => text.into(),
            Value::Number(number) => (*number).into(),
            Value::Moment(at) => self.moment(Instant(*at)).into(),
            Value::Link(path) => format!("{}{path}", self.sender.origin).into(),
        }
    }

    /// Day and time in UTC, as on the pages.
    fn moment(&self, moment: Instant) -> String {
        let clock = moment.rfc3339();
        let day = Formats::of(self.language).date(moment.date());
        format!("{day} {} UTC", clock.get(11..16).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Letter, To};
    use kernel_language::{ENGLISH, KOREAN, Texts};

    const TEXTS: Texts = &[
        (
            "en",
            "example-subject = Confirm, { $name }\nexample-body = Open { $link } before { $until }. { $city }\nexample-sms = Code { $code }\n",
        ),
        (
            "ko",
            "example-subject = { $name }님, 확인해 주세요\nexample-body = { $until }까지 { $link }\nexample-sms = 번호 { $code }\n",
        ),
    ];

    fn example() -> Letter {
        Letter::template(To::Account("ac_1".into()), "example")
            .with_link("link", "/confirm?code=7")
            .with("code", "7")
            .with("until", Instant(1_795_478_400_000_000))
    }

    fn pen<'a>(words: &'a Words, sender: &'a Sender, language: Lang) -> Pen<'a> {
        Pen { words, sender, language, name: "Kim" }
    }

    #[test]
    fn a_template_is_filled_in_the_readers_language() {
        let words = Words::new(&[TEXTS, crate::TEXTS]).unwrap();
        let sender = Sender {
            origin: "https://city.example".into(),
            names: vec![(ENGLISH, "Onsaedam City".into()), (KOREAN, "온새담시".into())],
        };
        let english = pen(&words, &sender, ENGLISH).write(&example().content, Channel::Email);
        assert_eq!(english.subject, "Confirm, Kim");
        assert!(english.body.starts_with("Open https://city.example/confirm?code=7 before "), "{}", english.body);
        assert!(english.body.ends_with("00:00 UTC. Onsaedam City"), "{}", english.body);
        let korean = pen(&words, &sender, KOREAN).write(&example().content, Channel::Sms);
        assert_eq!((korean.subject.as_str(), korean.body.as_str()), ("Kim님, 확인해 주세요", "번호 7"));
        let framed = pen(&words, &sender, KOREAN).framed("안녕하세요.\n", true);
        assert!(
            framed.starts_with("안녕하세요.\n\n-- \n온새담시\n") && framed.contains("https://city.example/"),
            "{framed}"
        );
    }

    #[test]
    fn words_that_stand_are_not_touched() {
        let words = Words::new(&[crate::TEXTS]).unwrap();
        let letter = Letter::plain(To::Email("kim@city.example".into()), "Hello { $name }", "((name))");
        let written = pen(&words, &Sender::default(), ENGLISH).write(&letter.content, Channel::Email);
        assert_eq!((written.subject.as_str(), written.body.as_str()), ("Hello { $name }", "((name))"));
    }
}
