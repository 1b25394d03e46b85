//! Reading what became of letters: `GET /v2/notifications…`.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kernel_base::Id;
use kernel_letters::{Channel, State, Wanted};
use kernel_web::{Asked as Query, Visit};
use serde_json::json;

use super::refusal::{Answer, Refusal, answered, json_response};
use super::shape::{notification, states};
use super::sign::{public_id, signed};

const A_PAGE: i64 = 250;

pub async fn one(visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    answered(find(&visit, &headers, &id).await)
}

async fn find(visit: &Visit, headers: &HeaderMap, id: &str) -> Result<Response, Refusal> {
    let (service, _) = signed(&visit.city, headers).await?;
    let id = Id::from_uuid("le", id).ok_or_else(|| Refusal::invalid("notification_id is not a valid UUID"))?;
    let sent = visit.city.letters.sent(&visit.city.store, &service.id, id.as_str()).await?;
    let sent = sent.ok_or_else(Refusal::none)?;
    Ok(json_response(StatusCode::OK, &notification(&sent, &visit.origin)))
}

pub async fn list(visit: Visit, headers: HeaderMap, query: Query) -> Answer {
    answered(page(&visit, &headers, &query).await)
}

async fn page(visit: &Visit, headers: &HeaderMap, query: &Query) -> Result<Response, Refusal> {
    let (service, _) = signed(&visit.city, headers).await?;
    let states = wanted_states(query)?;
    let channel = match query.text("template_type") {
        "" => None,
        "email" => Some(Channel::Email),
        "sms" => Some(Channel::Sms),
        other => return Err(Refusal::invalid(format!("template_type {other} is not one of [sms, email]"))),
    };
    let before = match query.text("older_than") {
        "" => String::new(),
        id => Id::from_uuid("le", id)
            .map(|id| id.to_string())
            .ok_or_else(|| Refusal::invalid("older_than is not a valid UUID"))?,
    };
    let wanted = Wanted { states: &states, channel, reference: query.text("reference"), before: &before, most: A_PAGE };
    let sent = visit.city.letters.list_sent(&visit.city.store, &service.id, wanted).await?;
    let address = format!("{}/v2/notifications", visit.origin);
    let mut links = json!({ "current": with_query(&address, query, None) });
    if let Some(last) = sent.last() {
        links["next"] = with_query(&address, query, Some(&public_id(&last.id))).into();
    }
    let notifications: Vec<_> = sent.iter().map(|sent| notification(sent, &visit.origin)).collect();
    Ok(json_response(StatusCode::OK, &json!({ "notifications": notifications, "links": links })))
}

fn wanted_states(query: &Query) -> Result<Vec<State>, Refusal> {
    let mut wanted = Vec::new();
    for word in query.all("status") {
        let known = "created, sending, sent, delivered, pending, failed, technical-failure, temporary-failure, permanent-failure";
        let found = states(word).ok_or_else(|| Refusal::invalid(format!("status {word} is not one of [{known}]")))?;
        wanted.extend(found);
    }
    Ok(wanted)
}

/// The same question, older than a letter.
fn with_query(address: &str, query: &Query, older_than: Option<&str>) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(query.pairs().filter(|(key, _)| older_than.is_none() || *key != "older_than"));
    if let Some(id) = older_than {
        pairs.append_pair("older_than", id);
    }
    let pairs = pairs.finish();
    if pairs.is_empty() { address.to_owned() } else { format!("{address}?{pairs}") }
}

/// Short messages to the city are not read here: always none.
pub async fn received(visit: Visit, headers: HeaderMap) -> Answer {
    let current = format!("{}/v2/received-text-messages", visit.origin);
    let none = json!({ "received_text_messages": [], "links": { "current": current } });
    answered(signed(&visit.city, &headers).await.map(|_| json_response(StatusCode::OK, &none)))
}
