//! Writing a template: its first version, and each later one.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use kernel_base::Id;
use kernel_letters::Channel;
use kernel_ui::{Choice, Emphasis, Field, Markup, button, details, form, html, prose, radios, text_field, textarea};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::services::LONGEST_NAME;
use super::{address, one, page_of, service, template, written_languages};
use crate::service::Service;
use crate::store::{self, NewVersion};
use crate::template::{LONGEST_BODY, LONGEST_SMS, LONGEST_SUBJECT, Template, Text};

/// A template as the form has it.
pub(super) struct Draft {
    pub kind: Channel,
    pub name: String,
    pub texts: BTreeMap<String, Text>,
}

impl Draft {
    pub(super) fn of(template: &Template) -> Draft {
        Draft { kind: template.kind, name: template.name.clone(), texts: template.texts.clone() }
    }

    fn read(sent: &Submitted, kind: Channel) -> Draft {
        let mut texts = BTreeMap::new();
        for language in written_languages() {
            let field = |part: &str| sent.text(&format!("{part}_{}", language.code)).to_owned();
            let text = Text { subject: field("subject"), body: field("body").replace("\r\n", "\n") };
            if text != Text::default() {
                texts.insert(language.code.to_owned(), text);
            }
        }
        Draft { kind, name: sent.text("name").to_owned(), texts }
    }

    fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.name.is_empty() || self.name.chars().count() > LONGEST_NAME {
            errors.add("name", "letters-template-name-error");
        }
        if self.texts.is_empty() {
            errors.add("body_en", "letters-template-text-error");
        }
        let longest = if self.kind == Channel::Sms { LONGEST_SMS } else { LONGEST_BODY };
        for (code, text) in &self.texts {
            let (subject, body) = if code == "ko" { ("subject_ko", "body_ko") } else { ("subject_en", "body_en") };
            if text.body.is_empty() || text.body.chars().count() > longest {
                errors.add(body, "letters-template-text-error");
            }
            if self.kind == Channel::Email
                && (text.subject.is_empty() || text.subject.chars().count() > LONGEST_SUBJECT)
            {
                errors.add(subject, "letters-template-subject-error");
            }
        }
        errors
    }
}

pub async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let service = service(&visit.city, &id).await?;
    let draft = Draft { kind: Channel::Email, name: String::new(), texts: BTreeMap::new() };
    Ok(asked(&visit, &service, &draft, &FieldErrors::default()))
}

fn asked(visit: &Visit, service: &Service, draft: &Draft, errors: &FieldErrors) -> Response {
    let label = visit.t("letters-channel");
    let choice =
        |channel: Channel| Choice::new(channel.name(), visit.t(&format!("letters-channel-{}", channel.name())));
    let kinds = [Channel::Email, Channel::Sms].map(choice);
    let kind = Field { name: "kind", label: &label, value: draft.kind.name(), required: true, ..Field::default() };
    let body = html! { (radios(visit, &kind, &kinds)) (questions(visit, draft, true, errors)) };
    let main = html! { (errors.summary(visit)) (form(&format!("{}/templates/new", address(service)), false, body)) };
    visit.page(page_of(visit, service, visit.t("letters-template-new")).status(errors.status()).main(main))
}

/// Name and texts; with a subject where the channel may have one.
pub(super) fn questions(visit: &Visit, draft: &Draft, subjects: bool, errors: &FieldErrors) -> Markup {
    let (name, name_error) = (visit.t("letters-template-name"), errors.message(visit, "name"));
    html! {
        (text_field(visit, &Field { name: "name", label: &name, error: &name_error, value: &draft.name, required: true, ..Field::default() }))
        (details(&visit.t("letters-template-help"), prose(html! {
            p { (visit.t("letters-template-help-text")) }
            pre { "((name))\n((is late??…))" }
        })))
        @for language in written_languages() {
            (text_questions(visit, language, draft.texts.get(language.code), subjects, errors))
        }
        (button(&visit.t("letters-template-save"), Emphasis::Main))
    }
}

fn text_questions(
    visit: &Visit,
    language: kernel_language::Lang,
    text: Option<&Text>,
    subjects: bool,
    errors: &FieldErrors,
) -> Markup {
    let named = |key: &str| visit.t_with(key, &[("language", language.name.into())]);
    let (subject, body) = (format!("subject_{}", language.code), format!("body_{}", language.code));
    let (subject_label, body_label) = (named("letters-template-subject"), named("letters-template-body"));
    let (subject_error, body_error) = (errors.message(visit, &subject), errors.message(visit, &body));
    let subject_hint = visit.t("letters-template-subject-hint");
    let text = text.cloned().unwrap_or_default();
    html! {
        @if subjects {
            (text_field(visit, &Field { name: &subject, label: &subject_label, hint: &subject_hint, error: &subject_error, value: &text.subject, ..Field::default() }))
        }
        (textarea(visit, &Field { name: &body, label: &body_label, error: &body_error, value: &text.body, ..Field::default() }, 8))
    }
}

pub async fn make(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let service = service(city, &id).await?;
    let kind = if sent.text("kind") == Channel::Sms.name() { Channel::Sms } else { Channel::Email };
    let draft = Draft::read(&sent, kind);
    let errors = draft.errors();
    if !errors.is_empty() {
        return Ok(asked(&visit, &service, &draft, &errors));
    }
    let template = Id::new("lt", &*city.clock, &*city.random).to_string();
    let mut tx = city.store.begin().await?;
    store::insert_template(&mut tx, &service.id, &template, kind, visit.now()).await?;
    keep(&visit, &mut tx, (&service.id, &template), &draft).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/templates/{template}", address(&service))))
}

pub async fn change(visit: Visit, Path((id, template_id)): Path<(String, String)>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let service = service(city, &id).await?;
    let template = template(city, &service.id, &template_id).await?;
    let draft = Draft::read(&sent, template.kind);
    let errors = draft.errors();
    if !errors.is_empty() {
        return super::template::shown(&visit, &service, &template, &draft, &errors).await;
    }
    let mut tx = city.store.begin().await?;
    keep(&visit, &mut tx, (&service.id, &template.id), &draft).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/templates/{}", address(&service), template.id)))
}

async fn keep(
    visit: &Visit,
    tx: &mut kernel_store::Tx,
    (service, template): (&str, &str),
    draft: &Draft,
) -> Result<(), Failure> {
    let new = NewVersion { account: &visit.me()?.account, name: &draft.name, texts: &draft.texts };
    let version = store::insert_version(tx, service, template, new, visit.now()).await?;
    let version = version.ok_or(kernel_base::Error::NotFound)?;
    one::note(visit, tx, "template.written", template, json!({ "service": service, "version": version })).await
}
