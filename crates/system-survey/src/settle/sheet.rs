//! A city looks at its own sheet: every criterion with final answer, reason and evidence, and what it said to it.

use axum::extract::Path;
use kernel_base::Result;
use kernel_ui::{
    Column, Emphasis, Figure, Markup, Row, Table, Tone, alert, button, figures, folded, form, html, lead, table, tag,
};
use kernel_web::{Answer, Asked, FieldErrors, Page, Visit, fresh};
use survey_instrument::{Criterion, Scores, rounded_number, score};

use super::adjudicate::replied;
use super::door::{self, Guest};
use super::invite::href;
use super::reply::Reply;
use super::seen::{self, Codes, said};
use super::standing::Comparison;
use super::store;
use crate::reading::verdict::{self, Ground, Verdict};
use crate::reading::{Settlement, store as reading};

/// Everything that a city sees.
pub struct Seen {
    pub verdicts: Vec<(String, Verdict)>,
    pub codes: Codes,
    pub settled: Vec<Settlement>,
    pub replies: Vec<Reply>,
}

impl Seen {
    pub async fn of(visit: &Visit, guest: &Guest) -> Result<Seen> {
        let (store, instrument, city) = (&visit.city.store, guest.round.instrument, &guest.city.id);
        let comparison = Comparison::of(store, &guest.round, city).await?;
        Ok(Seen {
            verdicts: comparison.verdicts(instrument),
            codes: seen::codes(store, instrument, &comparison).await?,
            settled: reading::settled(store, instrument, city).await?,
            replies: store::replies(store, city).await?,
        })
    }

    pub fn reply(&self, criterion: &str) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.criterion == criterion)
    }

    /// How the final answer came about, in words.
    pub fn reason(&self, visit: &Visit, criterion: &str, verdict: &Verdict) -> String {
        let settled = self.settled.iter().find(|one| one.criterion == criterion);
        match (verdict.ground, settled) {
            (Ground::Settled, Some(settled)) => settled.reason.clone(),
            (Ground::Mean, _) => visit.t("survey-reply-mean"),
            (Ground::Agreed, _) => visit.t("survey-reply-agreed"),
            _ => visit.t("survey-reply-open"),
        }
    }

    /// The pages that readers point to, each once.
    fn cited(&self, criterion: &str) -> Vec<String> {
        let all = self.codes.values().filter_map(|codes| codes.get(criterion)).flat_map(|code| code.cited.clone());
        let mut cited: Vec<String> = all.collect();
        cited.sort();
        cited.dedup();
        cited
    }
}

pub async fn show(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let Some(guest) = door::open(&visit, &city).await? else {
        return Ok(door::ask(&visit, &city, "", &FieldErrors::default()));
    };
    let seen = Seen::of(&visit, &guest).await?;
    let instrument = guest.round.instrument;
    let words = instrument.words(visit.language.code);
    let scores = score(instrument, &verdict::final_sheet(&seen.verdicts));
    let main = html! {
        (done(&visit, asked.text("done")))
        (lead(&visit.t_with("survey-reply-lead", &[("round", (&guest.round.title).into())])))
        (until(&visit, &guest))
        (figures(&[total(&visit, &guest, &scores)]))
        @for (category, scored) in instrument.categories.iter().zip(&scores.categories) {
            @let result = format!("{} / {}", visit.decimal(rounded_number(scored.score), 2), category.points);
            (folded(&category.id, words.category(&category.id), &result, criteria(&visit, &guest, &seen, &category.id)))
        }
        (form(&format!("{}/leave", href(&guest.city.id)), false, button(&visit.t("survey-reply-leave"), Emphasis::Quiet)))
    };
    let title = visit.t_with("survey-reply-title", &[("place", (&guest.city.name).into())]);
    Ok(fresh(visit.page(Page::new(title).crumb(visit.t("survey-title"), "/survey").unlisted().main(main))))
}

fn done(visit: &Visit, word: &str) -> Markup {
    let key = match word {
        "received" => "survey-reply-done-received",
        "withdrawn" => "survey-reply-done-withdrawn",
        _ => return html! {},
    };
    alert(Tone::Success, "", html! { p { (visit.t(key)) } })
}

/// Until when the city may reply, or that its time is over.
pub fn until(visit: &Visit, guest: &Guest) -> Markup {
    let (tone, said) = match guest.writes_until(visit.now()) {
        Some(until) => (Tone::Info, visit.t_with("survey-reply-until", &[("when", visit.moment(until).into())])),
        None => (Tone::Neutral, visit.t("survey-reply-over")),
    };
    alert(tone, "", html! { p { (said) } })
}

fn total(visit: &Visit, guest: &Guest, scores: &Scores) -> Figure {
    let words = guest.round.instrument.words(visit.language.code);
    Figure {
        value: visit.decimal(rounded_number(scores.total), 2),
        label: visit.t("survey-reply-total"),
        source: visit.t_with(
            "survey-reply-total-source",
            &[("instrument", words.title.as_str().into()), ("date", visit.date(visit.now().date()).into())],
        ),
    }
}

fn criteria(visit: &Visit, guest: &Guest, seen: &Seen, category: &str) -> Markup {
    let instrument = guest.round.instrument;
    let rows = instrument.in_category(category).filter_map(|criterion| {
        let (_, verdict) = seen.verdicts.iter().find(|(id, _)| *id == criterion.id)?;
        Some(row(visit, guest, seen, criterion, verdict))
    });
    let columns = [
        "survey-criterion-id",
        "survey-criterion",
        "survey-settle-answer",
        "survey-why",
        "survey-settle-cited",
        "survey-reply-yours",
    ];
    table(&Table {
        caption: instrument.words(visit.language.code).category(category).to_owned(),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: rows.collect(),
    })
}

fn row(visit: &Visit, guest: &Guest, seen: &Seen, criterion: &Criterion, verdict: &Verdict) -> Row {
    let id = criterion.id.as_str();
    let question = guest.round.instrument.words(visit.language.code).question(id);
    Row::new(vec![
        html! { (id) },
        html! { a href=(format!("{}/{id}", href(&guest.city.id))) { (question) } },
        html! { (said(visit, criterion, verdict.coded)) },
        html! { (seen.reason(visit, id, verdict)) },
        html! { div { (seen::pages(&seen.cited(id))) } },
        html! {
            @match seen.reply(id) {
                Some(reply) => { (replied(visit, reply)) }
                None if guest.writes_until(visit.now()).is_some() => { (tag(Tone::Neutral, &visit.t("survey-reply-none"))) }
                None => {}
            }
        },
    ])
    .named_by(1)
}
