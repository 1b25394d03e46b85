//! A mail that came, by its head alone: who, about what, in answer to what, and whether a person wrote it. Pure.

use kernel_base::Instant;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders};

/// Who wrote a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Person,
    /// A machine that answers everybody: receipts, "out of office", read receipts.
    Automatic,
    /// The mail system itself: our mail did not arrive.
    Returned,
}

/// What the head of a mail says. Nothing of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// When it came into the mailbox, by the mailbox's own clock.
    pub at: Instant,
    /// Address of who wrote it, in small letters; empty when it names none.
    pub from: String,
    pub subject: String,
    /// Its `Message-ID`, without angle brackets; empty when it has none.
    pub id: String,
    /// Message-IDs of what it answers: `In-Reply-To` and `References` (RFC 5322 section 3.6.4).
    pub answers: Vec<String>,
    pub sort: Sort,
}

impl Arrived {
    /// `None` for what has no header at all.
    pub fn read(head: &[u8], at: Instant) -> Option<Arrived> {
        let message = MessageParser::default().parse(head)?;
        let ids = |value: &HeaderValue| match value {
            HeaderValue::Text(id) => vec![id.to_string()],
            HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        let mut answers = ids(message.in_reply_to());
        answers.extend(ids(message.references()));
        Some(Arrived {
            at,
            from: message
                .from()
                .and_then(Address::first)
                .and_then(|from| from.address())
                .unwrap_or_default()
                .to_lowercase(),
            subject: message.subject().unwrap_or_default().to_owned(),
            id: message.message_id().unwrap_or_default().to_owned(),
            answers,
            sort: sort(&message),
        })
    }
}

fn sort(message: &Message<'_>) -> Sort {
    match report(message).as_deref() {
        Some("delivery-status") => return Sort::Returned,
        Some(_) => return Sort::Automatic,
        None => {}
    }
    let says = |name: &str| message.header_raw(name).map(first_word);
    // RFC 3834 section 5: anything but "no" was sent by a machine.
    let submitted = says("Auto-Submitted").is_some_and(|word| word != "no");
    // Older machines. "list" is left out: people answer through mailing lists and shared mailboxes.
    let precedence = says("Precedence").is_some_and(|word| ["auto_reply", "bulk", "junk"].contains(&word.as_str()));
    let older = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From"];
    let older = older.iter().any(|name| says(name).is_some_and(|word| word != "no"));
    // RFC 5321 section 4.5.5: a mail that nobody may answer.
    let nobody = message.header_raw("Return-Path").is_some_and(|path| path.trim() == "<>");
    if submitted || precedence || older || nobody { Sort::Automatic } else { Sort::Person }
}

/// The kind of a report (RFC 6522), such as `delivery-status` or `disposition-notification`.
fn report(message: &Message<'_>) -> Option<String> {
    let kind = message.content_type()?;
    let is_report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
    is_report.then(|| kind.attribute("report-type").unwrap_or_default().to_ascii_lowercase())
}

/// Without comments and parameters: `auto-replied (vacation); …` is `auto-replied`.
fn first_word(value: &str) -> String {
    value.trim().split([';', ' ', '\t', '(', '\r']).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Arrived {
        Arrived::read(head.replace('\n', "\r\n").as_bytes(), Instant(7)).expect("a head")
    }

    fn sort_of(lines: &str) -> Sort {
        read(&format!("From: clerk@city.example\nSubject: Re: A question\n{lines}\n\n")).sort
    }

    #[test]
    fn machines_are_told_from_people() {
        for machine in [
            "Auto-Submitted: auto-replied",
            "auto-submitted: Auto-Replied (vacation)",
            "Auto-Submitted: auto-generated; owner-email=\"a@b.example\"",
            "Precedence: bulk",
            "Precedence: auto_reply",
            "X-Autoreply: yes",
            "X-Autorespond: A question",
            "Return-Path: <>",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        ] {
            assert_eq!(sort_of(machine), Sort::Automatic, "{machine}");
        }
        for person in [
            "Auto-Submitted: no",
            "Precedence: list",
            "X-Autoreply: no",
            "Return-Path: <clerk@city.example>",
            "X-Mailer: Pen",
        ] {
            assert_eq!(sort_of(person), Sort::Person, "{person}");
        }
        let returned =
            "Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=\"delivery-status\"; boundary=b";
        assert_eq!(sort_of(returned), Sort::Returned);
    }

    #[test]
    fn a_head_says_who_about_what_and_in_answer_to_what() {
        let mail = read(
            "From: =?utf-8?B?7Iuc7LKt?= <Clerk@City.example>\nSubject: =?utf-8?B?7ZqM7IugOiBbN0szTS05UVgyXQ==?=\n\
             Message-ID: <b@city.example>\nIn-Reply-To: <a@institute.example>\n\
             References: <0@institute.example>\n <a@institute.example>\n\n",
        );
        assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("clerk@city.example", "회신: [7K3M-9QX2]"));
        assert_eq!((mail.id.as_str(), mail.at), ("b@city.example", Instant(7)));
        assert_eq!(mail.answers, ["a@institute.example", "0@institute.example", "a@institute.example"]);
    }

    #[test]
    fn nonsense_is_no_reason_to_stop() {
        assert_eq!(Arrived::read(b"", Instant(0)), None);
        for nonsense in [&[0xff_u8; 300][..], b"Subject", b"From: <>\r\n\r\n", b"\r\n\r\n"] {
            let read = Arrived::read(nonsense, Instant(0));
            assert!(read.is_none_or(|mail| mail.from.is_empty() && mail.answers.is_empty()));
        }
    }
}
