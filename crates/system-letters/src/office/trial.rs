//! Letters to oneself, to see whether and how they arrive.

use axum::extract::Path;
use axum::response::Response;
use kernel_language::Language;
use kernel_letters::{Letter, To};
use kernel_ui::{Tone, alert, html};
use kernel_web::{Answer, Failure, Submitted, Visit, fresh};
use serde_json::json;

use super::{address, one, page, service, template};
use crate::template::shown_empty;

/// The city's own trial letter.
pub async fn send(visit: Visit, _: Submitted) -> Answer {
    let to = To::Account(visit.me()?.account.clone());
    let letter = Letter::template(to, "letters-trial");
    sent(&visit, &letter, "/letters-office").await
}

/// A template with its places shown by their names.
pub async fn send_template(visit: Visit, Path((id, template_id)): Path<(String, String)>, form: Submitted) -> Answer {
    let service = service(&visit.city, &id).await?;
    let template = template(&visit.city, &service.id, &template_id).await?;
    let (language, text) = template.text(Language::find(form.text("language")), service.language);
    let text = shown_empty(&text);
    let to = To::Account(visit.me()?.account.clone());
    let letter = Letter::plain(to, text.subject, text.body).language(language);
    sent(&visit, &letter, &format!("{}/templates/{}", address(&service), template.id)).await
}

async fn sent(visit: &Visit, letter: &Letter, back: &str) -> Result<Response, Failure> {
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let id = city.letters.send(&mut tx, letter, &*city.clock, &*city.random).await?;
    one::note(visit, &mut tx, "letter.tried", id.as_str(), json!({})).await?;
    tx.commit().await?;
    let main = html! {
        (alert(Tone::Success, &visit.t("letters-trial-sent"), html! { p { (visit.t("letters-trial-sent-text")) } }))
        p { a href=(back) { (visit.t("letters-trial-back")) } }
    };
    Ok(fresh(visit.page(page(visit, visit.t("letters-trial-sent")).main(main))))
}
