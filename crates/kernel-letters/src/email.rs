//! A letter as an e-mail (RFC 5322), and the mail server that takes it.

use std::time::{Duration, SystemTime};

use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, PoolConfig};
use lettre::{Address, AsyncTransport, Tokio1Executor};

use crate::carrier::{Carried, Carrier, Handed, Parcel, Setback};
use crate::letter::one_line;
use crate::settings::{Encryption, Settings, Smtp, secret};

/// Shorter than a job's lease, so that nobody else tries meanwhile.
const PATIENCE: Duration = Duration::from_secs(40);
const ANSWER: Duration = Duration::from_secs(15);

/// Knows the city's own addresses.
#[derive(Clone)]
pub struct Writer {
    from: Address,
    reply_to: Option<Mailbox>,
    bounces: Address,
}

impl Writer {
    pub fn new(settings: &Settings) -> Result<Writer> {
        let address = |key: &str, text: &str| {
            text.parse::<Address>()
                .map_err(|_| Error::Refused(format!("letters.{key}: {text} is not an e-mail address")))
        };
        let reply_to = match settings.reply_to.as_str() {
            "" => None,
            text => Some(Mailbox::new(None, address("reply_to", text)?)),
        };
        let (from, bounces) = (address("from", &settings.from)?, address("bounces", settings.bounces())?);
        Ok(Writer { from, reply_to, bounces })
    }

    /// Everything in it comes from the parcel, so that a second try is the same letter to whoever got the first.
    pub fn write(&self, parcel: &Parcel) -> Handed<Message> {
        let broken = |what: &str| Setback::Broken(what.to_owned());
        let to = parcel.address.parse::<Address>().map_err(|_| Setback::Refused("not an e-mail address".to_owned()))?;
        let name = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
        let seconds = u64::try_from(parcel.at.0 / 1_000_000).unwrap_or_default();
        let mut builder = Message::builder()
            .from(Mailbox::new(name(&parcel.city), self.from.clone()))
            .to(Mailbox::new(name(&parcel.name), to.clone()))
            .subject(one_line(&parcel.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{}@{}>", parcel.delivery, self.from.domain())))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", parcel.language.code))
            .envelope(Envelope::new(Some(self.returns_to(parcel)?), vec![to]).map_err(|_| broken("envelope"))?);
        let own = parcel.reply_to.parse::<Address>().ok().map(|address| Mailbox::new(None, address));
        if let Some(reply_to) = own.or_else(|| self.reply_to.clone()) {
            builder = builder.reply_to(reply_to);
        }
        if let Ok(address) = url::Url::parse(&parcel.unsubscribe) {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        // CRLF is the line break of mail; a lone LF would be encoded.
        let body = parcel.body.replace("\r\n", "\n").replace('\n', "\r\n");
        builder.header(ContentType::TEXT_PLAIN).body(body).map_err(|_| broken("body"))
    }

    /// A return address for this letter alone (VERP), so that whatever comes back names it.
    fn returns_to(&self, parcel: &Parcel) -> Handed<Address> {
        let user = format!("{}+{}", self.bounces.user(), parcel.delivery);
        Address::new(user, self.bounces.domain()).map_err(|_| Setback::Broken("return address".to_owned()))
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Hands letters to a mail server.
pub struct Post {
    writer: Writer,
    server: AsyncSmtpTransport<Tokio1Executor>,
}

impl Post {
    pub fn new(settings: &Settings) -> Result<Post> {
        Ok(Post { writer: Writer::new(settings)?, server: server(&settings.smtp)? })
    }
}

pub(crate) fn server(smtp: &Smtp) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let refused = |cause: lettre::transport::smtp::Error| Error::Refused(format!("letters.smtp: {cause}"));
    let parameters = || -> Result<TlsParameters> {
        let mut builder = TlsParameters::builder(smtp.host.clone());
        if !smtp.ca_file.as_os_str().is_empty() {
            let authority = secret(&smtp.ca_file)?;
            builder = builder.add_root_certificate(Certificate::from_pem(authority.as_bytes()).map_err(refused)?);
        }
        builder.build_rustls().map_err(refused)
    };
    let (usual, tls) = match smtp.tls {
        Encryption::Implicit => (465, Tls::Wrapper(parameters()?)),
        Encryption::Starttls => (587, Tls::Required(parameters()?)),
        Encryption::None => (25, Tls::None),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
        .port(if smtp.port == 0 { usual } else { smtp.port })
        .tls(tls)
        .timeout(Some(ANSWER))
        .pool_config(PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(20)));
    if !smtp.user.is_empty() {
        builder = builder.credentials(Credentials::new(smtp.user.clone(), secret(&smtp.password_file)?));
    }
    Ok(builder.build())
}

impl Carrier for Post {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            let message = self.writer.write(parcel)?;
            let sending = self.server.send(message);
            match tokio::time::timeout(PATIENCE, sending).await {
                Ok(Ok(_)) => Ok(Carried::default()),
                Ok(Err(cause)) => Err(setback(&cause)),
                Err(_) => Err(Setback::Unreachable("the mail server does not finish")),
            }
        })
    }
}

/// Only the answer's numbers are kept: its words may name the reader.
fn setback(cause: &lettre::transport::smtp::Error) -> Setback {
    let code = cause.status().map(|code| code.to_string()).unwrap_or_default();
    let reason = match enhanced(&cause.to_string()) {
        Some(status) => format!("smtp {code} {status}"),
        None => format!("smtp {code}"),
    };
    // 530, 535 and their kin are about us, not about the reader.
    let ours = ["530", "534", "535", "538"].contains(&code.as_str());
    if cause.is_permanent() && !ours {
        Setback::Refused(reason)
    } else if cause.is_permanent() || cause.is_transient() {
        Setback::Later(reason)
    } else if cause.is_tls() {
        Setback::Unreachable("no encrypted connection to the mail server")
    } else {
        Setback::Unreachable("the mail server does not answer")
    }
}

/// The enhanced status (RFC 3463) in a server's answer, such as `5.1.1`.
fn enhanced(answer: &str) -> Option<String> {
    let numbers = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        let class = matches!(parts.first(), Some(&"4" | &"5"));
        class
            && parts.len() == 3
            && parts.iter().all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    answer.split_whitespace().find(numbers).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;
    use kernel_base::Instant;
    use kernel_language::KOREAN;

    fn parcel() -> Parcel {
        Parcel {
            delivery: "de_01".to_owned(),
            channel: Channel::Email,
            address: "kim@city.example".to_owned(),
            name: "김하나".to_owned(),
            city: "온새담시".to_owned(),
            language: KOREAN,
            subject: "확인해 주세요".to_owned(),
            body: "첫 줄\n둘째 줄\n".to_owned(),
            reply_to: String::new(),
            unsubscribe: String::new(),
            at: Instant(1_795_478_400_000_000),
            tried_at: Instant(1_795_482_000_000_000),
        }
    }

    fn written(parcel: &Parcel) -> String {
        let settings = Settings { from: "letters@city.example".to_owned(), ..Settings::default() };
        let message = Writer::new(&settings).unwrap().write(parcel).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn of_a_servers_answer_the_numbers_alone_are_kept() {
        assert_eq!(enhanced("permanent error (550): 5.1.1 <kim@city.example> unknown").as_deref(), Some("5.1.1"));
        assert_eq!(enhanced("permanent error (550): no kim at 192.168.5.1 here"), None);
    }

    #[test]
    fn a_second_try_is_the_same_letter() {
        let text = written(&parcel());
        assert_eq!(text, written(&parcel()));
        assert!(text.contains("Message-ID: <de_01@city.example>\r\n"), "{text}");
        assert!(text.contains("Date: Tue, 24 Nov 2026 00:00:00 +0000\r\n"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
    }

    #[test]
    fn another_reader_understands_it() {
        let text = written(&parcel());
        let read = mail_parser::MessageParser::default().parse(text.as_bytes()).unwrap();
        assert_eq!(read.subject(), Some("확인해 주세요"));
        assert_eq!(read.body_text(0).as_deref(), Some("첫 줄\r\n둘째 줄\r\n"));
        assert_eq!(read.from().and_then(|from| from.first()).and_then(|from| from.name()), Some("온새담시"));
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 998));
    }

    #[test]
    fn nothing_that_somebody_wrote_becomes_a_header() {
        let evil = Parcel {
            name: "Kim\r\nBcc: a@evil.example".to_owned(),
            subject: "Hello\r\nBcc: b@evil.example".to_owned(),
            reply_to: "x@city.example\r\nBcc: c@evil.example".to_owned(),
            unsubscribe: "https://city.example/\r\nBcc: d@evil.example".to_owned(),
            ..parcel()
        };
        let text = written(&evil);
        assert!(!text.to_lowercase().contains("\nbcc:"), "{text}");
        let address = Parcel { address: "kim@city.example\r\nBcc: e@evil.example".to_owned(), ..parcel() };
        let writer = Writer::new(&Settings::default()).unwrap();
        assert!(matches!(writer.write(&address), Err(Setback::Refused(_))));
    }

    #[test]
    fn each_letter_returns_to_an_address_of_its_own() {
        let settings = Settings { bounces: "bounces@city.example".to_owned(), ..Settings::default() };
        let message = Writer::new(&settings).unwrap().write(&parcel()).unwrap();
        let from = message.envelope().from().map(ToString::to_string);
        assert_eq!(from.as_deref(), Some("bounces+de_01@city.example"));
    }

    #[test]
    fn a_letter_of_choice_can_be_ended_with_one_click() {
        let text = written(&Parcel { unsubscribe: "https://city.example/stop/1".to_owned(), ..parcel() });
        assert!(text.contains("List-Unsubscribe: <https://city.example/stop/1>\r\n"), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
    }
}
