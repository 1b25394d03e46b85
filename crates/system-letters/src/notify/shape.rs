//! Letters and templates as this interface writes them.

use kernel_base::Instant;
use kernel_language::Lang;
use kernel_letters::{Channel, Content, Sent, State};
use serde_json::{Value as Json, json};

use super::sign::public_id;
use crate::template::{Template, Text};

/// The word of this interface for a state.
pub fn status(state: State) -> &'static str {
    match state {
        State::Waiting => "created",
        other => other.name(),
    }
}

/// States that a word of this interface asks for.
pub fn states(word: &str) -> Option<Vec<State>> {
    match word {
        "created" => Some(vec![State::Waiting]),
        "pending" => Some(vec![State::Waiting, State::Sending]),
        "failed" => Some(State::ALL.into_iter().filter(|state| state.failed()).collect()),
        "waiting" => None,
        other => State::find(other).map(|state| vec![state]),
    }
}

/// To the microsecond, as clients of this interface read it.
pub fn moment(at: Instant) -> String {
    let fraction = at.0.rem_euclid(1_000_000);
    let whole = Instant(at.0 - fraction).rfc3339();
    format!("{}.{fraction:06}Z", whole.trim_end_matches('Z'))
}

pub fn notification(sent: &Sent, origin: &str) -> Json {
    let email = sent.channel == Channel::Email;
    let (subject, body) = match &sent.content {
        Some(Content::Plain { subject, body }) => (Some(subject.as_str()).filter(|_| email), Some(body.as_str())),
        _ => (None, None),
    };
    let address = |wanted: bool| sent.address.as_deref().filter(|_| wanted);
    let reference = Some(sent.reference.as_str()).filter(|reference| !reference.is_empty());
    json!({
        "id": public_id(&sent.id),
        "reference": reference,
        "email_address": address(email),
        "phone_number": address(!email),
        "line_1": null, "line_2": null, "line_3": null, "line_4": null, "line_5": null, "line_6": null,
        "line_7": null, "postcode": null, "postage": null,
        "type": sent.channel.name(),
        "status": status(sent.state),
        "template": template_link(&sent.template, sent.version, origin),
        "subject": subject,
        "body": body,
        "created_at": moment(sent.at),
        "created_by_name": null,
        "sent_at": sent.sent_at.map(moment),
        "completed_at": sent.finished_at.map(moment),
        "scheduled_for": null,
    })
}

pub fn template_link(id: &str, version: i64, origin: &str) -> Json {
    let id = public_id(id);
    json!({ "id": id, "version": version, "uri": format!("{origin}/v2/template/{id}/version/{version}") })
}

pub fn template(template: &Template, usual: Lang) -> Json {
    let (_, text) = template.text(None, usual);
    json!({
        "id": public_id(&template.id),
        "type": template.kind.name(),
        "name": template.name,
        "version": template.version,
        "created_at": moment(template.made_at),
        "updated_at": (template.version > 1).then(|| moment(template.at)),
        "created_by": "",
        "subject": subject(template.kind, &text),
        "body": text.body,
        "letter_contact_block": null,
        "postage": null,
    })
}

pub fn preview(template: &Template, text: &Text) -> Json {
    json!({
        "id": public_id(&template.id),
        "type": template.kind.name(),
        "version": template.version,
        "subject": subject(template.kind, text),
        "body": text.body,
        // Letters leave as plain text.
        "html": null,
        "postage": null,
    })
}

fn subject(kind: Channel, text: &Text) -> Option<&str> {
    (kind == Channel::Email).then_some(text.subject.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_interface_asks_for_states_and_ours_are_not_shown() {
        for word in ["created", "sending", "sent", "delivered", "pending", "failed", "permanent-failure"] {
            assert!(states(word).is_some_and(|states| !states.is_empty()), "{word}");
        }
        assert!(states("waiting").is_none() && states("lost").is_none());
        assert!(State::ALL.into_iter().all(|state| states(status(state)).is_some_and(|found| found.contains(&state))));
    }

    #[test]
    fn moments_are_written_to_the_microsecond() {
        assert_eq!(moment(Instant(1_795_478_400_000_042)), "2026-11-24T00:00:00.000042Z");
        assert_eq!(moment(Instant(1_795_478_400_900_000)), "2026-11-24T00:00:00.900000Z");
    }
}
