//! One criterion as a whole page, and its form.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use kernel_ui::desk::{self, Workplace};
use kernel_ui::{Emphasis, Markup, Tone, alert, button_link, html};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Page, Submitted, Visit, see_other};
use survey_instrument::Criterion;

use super::save::{Kept, Outcome, keep};
use super::sheet::{Filled, sheet};
use super::work::Work;
use super::{archive, machine, overview, says, store};

/// Frames of our own archive may stand on this page; otherwise the house's policy.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

pub async fn show(visit: Visit, Path((assignment, criterion)): Path<(String, String)>, asked: Asked) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let criterion = work.criterion(&criterion)?;
    let filled = Filled::of(work.kept(&criterion.id));
    page(
        &visit,
        &work,
        criterion,
        Shown { asked: &asked, filled: &filled, errors: &FieldErrors::default(), above: html! {} },
    )
    .await
}

pub async fn save(
    visit: Visit,
    Path((assignment, criterion)): Path<(String, String)>,
    asked: Asked,
    sent: Submitted,
) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let criterion = work.criterion(&criterion)?;
    let filled = read(&sent);
    let mut errors = FieldErrors::default();
    let above = match kept(&visit, &work, criterion, &filled).await? {
        Outcome::Kept { .. } => return Ok(see_other(&next(&work, criterion, sent.text("go")))),
        Outcome::Conflict { kept, .. } => {
            let fresh = Filled { version: kept.version, ..filled };
            let above = conflict(&visit, &work, criterion, &kept);
            let shown = Shown { asked: &asked, filled: &fresh, errors: &errors, above };
            let mut answer = page(&visit, &work, criterion, shown).await?;
            *answer.status_mut() = StatusCode::CONFLICT;
            return Ok(answer);
        }
        Outcome::Refused { why, .. } => {
            let (field, key) = said(&why);
            errors.add(field, key);
            errors.summary(&visit)
        }
    };
    let shown = Shown { asked: &asked, filled: &filled, errors: &errors, above };
    let mut answer = page(&visit, &work, criterion, shown).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

fn read(sent: &Submitted) -> Filled {
    Filled {
        answer: sent.text("answer").to_owned(),
        note: sent.text("note").to_owned(),
        flagged: sent.text("flagged") == "yes",
        cited: sent.text("cited").to_owned(),
        version: sent.text("version").parse().unwrap_or(0),
    }
}

async fn kept(visit: &Visit, work: &Work, criterion: &Criterion, filled: &Filled) -> Result<Outcome, Failure> {
    let mut tx = visit.city.store.begin().await?;
    if !store::is_open(&mut tx, &work.assignment.id).await? {
        return Err(closed(work));
    }
    let outcome = keep(&mut tx, work, &filled.given(&criterion.id), visit.now()).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// The act came too late, or too early.
pub fn closed(work: &Work) -> Failure {
    let key = work.closed().map_or("survey-desk-over", |closed| closed.key());
    Failure::said(StatusCode::CONFLICT, key)
}

fn next(work: &Work, criterion: &Criterion, go: &str) -> String {
    match (go, work.neighbours(&criterion.id).1) {
        ("stay", _) => format!("{}?done=saved", work.at(&criterion.id)),
        (_, Some(after)) => work.at(&after.id),
        (_, None) => work.href(),
    }
}

/// The field that a refusal is about, and its words.
pub fn said(why: &str) -> (&'static str, &'static str) {
    match why {
        "survey-desk-answer-missing" => ("answer", "survey-desk-answer-missing"),
        "survey-desk-note-long" => ("note", "survey-desk-note-long"),
        "survey-desk-cited-wrong" => ("cited", "survey-desk-cited-wrong"),
        "survey-desk-cited-many" => ("cited", "survey-desk-cited-many"),
        "survey-desk-criterion-wrong" => ("answer", "survey-desk-criterion-wrong"),
        _ => ("answer", "survey-desk-answer-wrong"),
    }
}

/// Both answers, and what saving would do now.
fn conflict(visit: &Visit, work: &Work, criterion: &Criterion, kept: &Kept) -> Markup {
    let answer = overview::state(visit, Some(kept));
    let body = html! {
        p { (visit.t_with("survey-desk-conflict-kept", &[("answer", answer.into())])) @if !kept.note.is_empty() { " – " (kept.note) } }
        p { (visit.t("survey-desk-conflict-advice")) }
        p { (button_link(&visit.t("survey-desk-conflict-take"), &work.at(&criterion.id), Emphasis::Second)) }
    };
    alert(Tone::Warning, &visit.t("survey-desk-conflict"), body)
}

struct Shown<'a> {
    asked: &'a Asked,
    filled: &'a Filled,
    errors: &'a FieldErrors,
    above: Markup,
}

async fn page(visit: &Visit, work: &Work, criterion: &Criterion, shown: Shown<'_>) -> Answer {
    let visible = machine::visible(visit, work).await?;
    let found = visible.iter().find(|found| found.id == criterion.id);
    let pages = archive::pages(visit, work).await?;
    let saved = shown.asked.text("done") == "saved";
    let main = html! {
        @if let Some(closed) = work.closed() { (overview::closed_alert(visit, closed)) }
        @if saved { (alert(Tone::Success, "", html! { p { (visit.t("survey-desk-saved")) } })) }
        (shown.above)
        (workplace(visit, work,
            sheet(visit, work, criterion, (shown.filled, shown.errors), found),
            archive::beside(visit, work, criterion, &pages, shown.asked)))
    };
    let title = work.instrument().words(visit.language.code).question(&criterion.id);
    let page =
        overview::under(visit, Page::new(title)).crumb(work.city.name.clone(), work.href()).unlisted().main(main);
    let mut answer: Response = visit.page(page);
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(answer)
}

fn workplace(visit: &Visit, work: &Work, decision: Markup, beside: Markup) -> Markup {
    let keys = says::keys(visit);
    let word = |key: &str| visit.t(key);
    desk::workplace(&Workplace {
        place: &work.href(),
        reader: &work.assignment.account,
        open: work.closed().is_none(),
        bar: overview::bar(visit, work),
        decision,
        beside,
        keys: &keys,
        keys_title: &word("survey-desk-keys"),
        keys_switch: &word("survey-desk-keys-switch"),
        close: &word("survey-desk-close"),
        all: overview::all(visit, work),
        all_title: &word("survey-desk-all"),
        filter: &word("survey-desk-filter"),
        says: &says::says(visit),
    })
}
