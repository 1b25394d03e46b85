//! Delivery status notifications (RFC 3464): which letter, and what became of it. Pure.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The delivery that it is about.
    pub delivery: String,
    pub fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// With the status of RFC 3463, such as `5.1.1`.
    Failed(String),
    /// The other side still tries.
    Delayed,
    Delivered,
}

impl Notification {
    /// `None` for any other mail, such as "I am on holiday".
    pub fn read(mail: &[u8]) -> Option<Notification> {
        let message = MessageParser::default().parse(mail)?;
        let report = message.parts.iter().find(|part| is_type(*part, "message", "delivery-status"))?;
        let text = match &report.body {
            PartType::Text(text) => text.to_string(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::from_utf8_lossy(report.contents()).into_owned(),
        };
        let fate = match field(&text, "action")?.to_ascii_lowercase().as_str() {
            "failed" => Fate::Failed(status(&field(&text, "status").unwrap_or_default())),
            "delayed" => Fate::Delayed,
            "delivered" | "relayed" | "expanded" => Fate::Delivered,
            _ => return None,
        };
        Some(Notification { delivery: marked(&message)?, fate })
    }
}

fn is_type<'x>(part: &impl MimeHeaders<'x>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|found| {
        found.ctype().eq_ignore_ascii_case(kind) && found.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case(subtype))
    })
}

/// The first field of that name in the report; folded lines belong to it.
fn field(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.trim().eq_ignore_ascii_case(name) {
            let mut value = value.trim().to_owned();
            while let Some(more) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
                value.push(' ');
                value.push_str(more.trim());
            }
            return Some(value);
        }
    }
    None
}

/// The three numbers alone: what follows may hold anything.
fn status(field: &str) -> String {
    let numbers: String = field.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    if numbers.split('.').count() == 3 && numbers.len() <= 11 { numbers } else { "5.0.0".to_owned() }
}

/// The mark of the letter: in the address that the notification came to, else in the returned letter's Message-ID.
fn marked(message: &Message<'_>) -> Option<String> {
    let ours = ["To", "Delivered-To", "X-Original-To", "Envelope-To"];
    let addressed = ours.iter().filter_map(|name| message.header_raw(*name)).find_map(|value| mark(value, '+'));
    addressed.or_else(|| {
        message.parts.iter().find_map(|part| match &part.body {
            PartType::Message(returned) => returned.header_raw("Message-ID").and_then(|id| mark(id, '<')),
            _ if is_type(part, "text", "rfc822-headers") || is_type(part, "message", "rfc822-headers") => {
                field(part.text_contents()?, "message-id").and_then(|id| mark(&id, '<'))
            }
            _ => None,
        })
    })
}

/// `de_…` between this sign and an `@`.
fn mark(text: &str, sign: char) -> Option<String> {
    text.split(sign).skip(1).find_map(|rest| {
        let (id, _) = rest.split_once('@')?;
        kernel_base::Id::parse("de", id).map(|id| id.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "de_068w3vk5f42t9qjzc0e6m1rxhg";

    fn dsn(to: &str, action: &str, status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mail.example\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mail.example\r\n\r\n\
             Final-Recipient: rfc822; kim@city.example\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 <kim@city.example>:\r\n    Recipient address rejected\r\n\r\n\
             --b\r\nContent-Type: message/rfc822\r\n\r\n\
             From: letters@city.example\r\nTo: kim@city.example\r\nMessage-ID: <{MARK}@city.example>\r\n\
             Subject: Hello\r\n\r\nHello\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_returned_letter_is_known_by_its_return_address_or_by_its_message_id() {
        let failed = |status: &str| Some(Notification { delivery: MARK.into(), fate: Fate::Failed(status.into()) });
        let own = format!("bounces+{MARK}@city.example");
        assert_eq!(Notification::read(dsn(&own, "failed", "5.1.1").as_bytes()), failed("5.1.1"));
        assert_eq!(
            Notification::read(dsn("bounces@city.example", "failed", "5.2.2 (full)").as_bytes()),
            failed("5.2.2")
        );
        assert_eq!(Notification::read(dsn(&own, "failed", "nonsense").as_bytes()), failed("5.0.0"));
    }

    #[test]
    fn delays_and_arrivals_are_told_apart() {
        let fate = |action| Notification::read(dsn("x@y.example", action, "4.4.1").as_bytes()).map(|read| read.fate);
        assert_eq!(fate("delayed"), Some(Fate::Delayed));
        assert_eq!(fate("delivered"), Some(Fate::Delivered));
        assert_eq!(fate("surprised"), None);
    }

    #[test]
    fn other_mail_says_nothing() {
        let holiday = format!("From: kim@city.example\r\nTo: bounces+{MARK}@city.example\r\n\r\nI am on holiday.\r\n");
        assert_eq!(Notification::read(holiday.as_bytes()), None);
        assert_eq!(Notification::read(b""), None);
        assert_eq!(Notification::read(&[0xff; 300]), None);
    }

    #[test]
    fn headers_alone_are_enough() {
        let text = dsn("bounces@city.example", "failed", "5.1.1").replace("message/rfc822", "text/rfc822-headers");
        assert_eq!(Notification::read(text.as_bytes()).map(|read| read.delivery).as_deref(), Some(MARK));
    }
}
