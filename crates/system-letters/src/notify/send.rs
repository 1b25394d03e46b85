//! Sending: `POST /v2/notifications/email` and `/sms`.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kernel_base::Id;
use kernel_language::Lang;
use kernel_letters::{Channel, Letter, State, To, is_email, phone};
use kernel_web::{City, Visit};
use serde_json::json;

use super::asked::Asked;
use super::refusal::{Answer, Refusal, answered, json_response};
use super::shape::template_link;
use super::sign::{public_id, signed};
use crate::service::{Key, KeyKind, Service};
use crate::store;
use crate::template::{LONGEST_SMS, Template, Text, filled};

/// Letters that a service may send in a minute.
const A_MINUTE: i64 = 3000;

pub async fn email(visit: Visit, headers: HeaderMap, body: Bytes) -> Answer {
    answered(send(&visit, &headers, &body, Channel::Email).await)
}

pub async fn sms(visit: Visit, headers: HeaderMap, body: Bytes) -> Answer {
    answered(send(&visit, &headers, &body, Channel::Sms).await)
}

/// On paper: not offered.
pub async fn letter(visit: Visit, headers: HeaderMap) -> Answer {
    let outcome = signed(&visit.city, &headers).await;
    answered(outcome.and_then(|_| Err(Refusal::bad("Letters on paper are not offered here"))))
}

async fn send(visit: &Visit, headers: &HeaderMap, body: &Bytes, channel: Channel) -> Result<Response, Refusal> {
    let city = &visit.city;
    let (service, key) = signed(city, headers).await?;
    let asked = Asked::read(body)?;
    let field = if channel == Channel::Email { "email_address" } else { "phone_number" };
    let known: &[&str] = match channel {
        Channel::Email => &[
            "personalisation",
            "reference",
            "language",
            "email_reply_to_id",
            "one_click_unsubscribe_url",
            "sanitise_content_for",
        ],
        _ => &["personalisation", "reference", "language", "sms_sender_id"],
    };
    asked.only(known, &[field, "template_id"])?;
    let address = recipient(city, &asked, field)?;
    let wanted = asked.text("template_id")?.unwrap_or_default();
    let template = template(city, &service, wanted, channel).await?;
    let (language, text) = template.text(asked.language()?, service.language);
    let text = fill(channel, &text, &asked)?;
    let pretend = pretended(city, &service, &key, &address)?;
    allowed(city, &service).await?;
    let mut letter = written(channel, &address, &text, language);
    letter.service.clone_from(&service.id);
    letter.reference = asked.text("reference")?.unwrap_or_default().to_owned();
    letter.pretend = pretend;
    letter.reply_to = reply_to(city, &service, &asked).await?;
    letter.unsubscribe = unsubscribe(&asked)?;
    let mut tx = city.store.begin().await?;
    let version = (template.id.as_str(), template.version);
    let id = city.letters.send_template(&mut tx, &letter, version, &*city.clock, &*city.random).await?;
    tx.commit().await?;
    Ok(json_response(StatusCode::CREATED, &taken(visit, &id, &letter, &template, &text)))
}

fn written(channel: Channel, address: &str, text: &Text, language: Lang) -> Letter {
    let to = match channel {
        Channel::Email => To::Email(address.to_owned()),
        _ => To::Phone(address.to_owned()),
    };
    Letter::plain(to, text.subject.clone(), text.body.clone()).language(language)
}

fn taken(visit: &Visit, id: &Id, letter: &Letter, template: &Template, text: &Text) -> serde_json::Value {
    let settings = &visit.city.letters.settings;
    let content = match template.kind {
        Channel::Email => json!({ "subject": text.subject, "body": text.body, "from_email": settings.from,
            "one_click_unsubscribe_url": Some(&letter.unsubscribe).filter(|address| !address.is_empty()) }),
        _ => json!({ "body": text.body, "from_number": settings.sms.from }),
    };
    let id = id.uuid();
    json!({
        "id": id,
        "reference": Some(&letter.reference).filter(|reference| !reference.is_empty()),
        "content": content,
        "uri": format!("{}/v2/notifications/{id}", visit.origin),
        "template": template_link(&template.id, template.version, &visit.origin),
        "scheduled_for": null,
    })
}

fn recipient(city: &City, asked: &Asked, field: &str) -> Result<String, Refusal> {
    let address = asked.text(field)?.unwrap_or_default().trim();
    match field {
        "email_address" if is_email(address) => Ok(address.to_owned()),
        "email_address" => Err(Refusal::invalid("email_address Not a valid email address")),
        _ => phone(address, &city.letters.settings.country)
            .ok_or_else(|| Refusal::invalid("phone_number Not a valid phone number")),
    }
}

async fn template(city: &City, service: &Service, wanted: &str, channel: Channel) -> Result<Template, Refusal> {
    let id = Id::from_uuid("lt", wanted).ok_or_else(|| Refusal::invalid("template_id is not a valid UUID"))?;
    let template = store::template(&city.store, &service.id, id.as_str(), None).await?;
    let template = template.ok_or_else(|| Refusal::bad("Template not found"))?;
    if template.retired {
        return Err(Refusal::bad(format!("Template {wanted} has been deleted")));
    }
    if template.kind != channel {
        let (is, asked) = (template.kind.name(), channel.name());
        return Err(Refusal::bad(format!("{is} template is not suitable for {asked} notification")));
    }
    Ok(template)
}

pub(super) fn fill(channel: Channel, text: &Text, asked: &Asked) -> Result<Text, Refusal> {
    let values = asked.personalisation()?;
    let text = filled(text, &values)
        .map_err(|missing| Refusal::bad(format!("Missing personalisation: {}", missing.join(", "))))?;
    if channel == Channel::Sms && text.body.chars().count() > LONGEST_SMS {
        return Err(Refusal::bad(format!("Text messages cannot be longer than {LONGEST_SMS} characters")));
    }
    if text.body.len() > 1_000_000 {
        return Err(Refusal::bad("Emails cannot be longer than 1000000 bytes"));
    }
    Ok(text)
}

/// What is to be pretended: nothing for live keys; for a team's, its own people alone get letters.
fn pretended(city: &City, service: &Service, key: &Key, address: &str) -> Result<Option<State>, Refusal> {
    match key.kind {
        KeyKind::Live => Ok(None),
        KeyKind::Team if service.is_team(address, &city.letters.settings.country) => Ok(None),
        KeyKind::Team => Err(Refusal::bad("Can’t send to this recipient using a team-only API key")),
        KeyKind::Test => Ok(Some(match address {
            "temp-fail@simulator.notify" | "+447700900003" => State::TemporaryFailure,
            "perm-fail@simulator.notify" | "+447700900002" => State::PermanentFailure,
            _ => State::Delivered,
        })),
    }
}

async fn allowed(city: &City, service: &Service) -> Result<(), Refusal> {
    let floor = Id::floor("le", city.clock.now().plus_seconds(-60));
    if store::sent_since(&city.store, &service.id, &floor).await? >= A_MINUTE {
        let message = format!("Exceeded rate limit for key type LIVE of {A_MINUTE} requests per 60 seconds");
        return Err(Refusal::too_many(message));
    }
    Ok(())
}

async fn reply_to(city: &City, service: &Service, asked: &Asked) -> Result<String, Refusal> {
    let addresses = store::reply_to(&city.store, &service.id).await?;
    let Some(wanted) = asked.text("email_reply_to_id")? else {
        return Ok(addresses.into_iter().next().map(|usual| usual.address).unwrap_or_default());
    };
    let found = addresses.into_iter().find(|known| public_id(&known.id) == wanted.to_ascii_lowercase());
    found.map(|known| known.address).ok_or_else(|| {
        let service = public_id(&service.id);
        Refusal::bad(format!("email_reply_to_id {wanted} does not exist in database for service id {service}"))
    })
}

fn unsubscribe(asked: &Asked) -> Result<String, Refusal> {
    let Some(address) = asked.text("one_click_unsubscribe_url")? else { return Ok(String::new()) };
    let encrypted = url::Url::parse(address).is_ok_and(|url| url.scheme() == "https");
    encrypted
        .then(|| address.to_owned())
        .ok_or_else(|| Refusal::invalid("one_click_unsubscribe_url is not a valid https url"))
}
