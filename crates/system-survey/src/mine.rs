//! What is somebody's own in the survey: scorecards that they kept and cities that they read; on their page, in what they
//! take away, and gone with their account.

use contracts::Fact;
use kernel_base::{Id, Result};
use kernel_identity::guest::{self, Followed};
use kernel_record::{Audit, audit, say};
use kernel_store::Tx;
use kernel_web::{City, ExportFile, Mine, Visit};
use serde_json::json;

use crate::reading::store as reading;
use crate::round::store as rounds;
use crate::scorecard::Scorecard;
use crate::{api, desk, store};

fn ours(deeds: Vec<Followed>) -> impl Iterator<Item = Followed> {
    deeds.into_iter().filter(|deed| Id::parse("sc", &deed.subject).is_some())
}

async fn kept_by(city: &City, account: &str) -> Result<Vec<Scorecard>> {
    let now = city.clock.now();
    let mut kept = Vec::new();
    for deed in ours(guest::of_account(&city.store, account, now).await?) {
        kept.extend(store::find(&city.store, &deed.subject, now).await?);
    }
    Ok(kept)
}

pub async fn list(visit: &Visit, account: &str) -> Result<Vec<Mine>> {
    let kept = kept_by(&visit.city, account).await?;
    let sheets = sheets_of(visit, account).await?;
    let mine = kept.into_iter().map(|scorecard| Mine {
        title: match scorecard.name.as_str() {
            "" => visit.t("survey-scorecard"),
            name => visit.t_with("survey-scorecard-of", &[("name", name.into())]),
        },
        href: format!("/survey/scorecards/{}", scorecard.id),
        at: scorecard.kept_at,
    });
    Ok(mine.chain(sheets).collect())
}

/// Sheets of cities that somebody replies for, kept with an account instead of a PIN.
async fn sheets_of(visit: &Visit, account: &str) -> Result<Vec<Mine>> {
    let store = &visit.city.store;
    let mut sheets = Vec::new();
    for deed in guest::of_account(store, account, visit.now()).await? {
        let Some(city) = rounds::city_by_id(store, &deed.subject).await? else { continue };
        let title = visit.t_with("survey-reply-title", &[("place", city.name.into())]);
        sheets.push(Mine { title, href: deed.href, at: deed.made_at });
    }
    Ok(sheets)
}

/// Each scorecard as the open interface gives it, and as a sheet.
pub async fn export(city: &City, account: &str) -> Result<Vec<ExportFile>> {
    let mut files = Vec::new();
    for scorecard in kept_by(city, account).await? {
        let sheet = scorecard.sheet.to_csv(scorecard.instrument).into_bytes();
        files.push(ExportFile { path: format!("survey/{}.json", scorecard.id), bytes: api::json(&scorecard)? });
        files.push(ExportFile { path: format!("survey/{}.csv", scorecard.id), bytes: sheet });
    }
    files.extend(desk::export(city, account).await?);
    Ok(files)
}

/// A sheet's name and an evaluator's notes are in their own words, so they go with them.
pub async fn erase(city: &City, tx: &mut Tx, account: &str) -> Result<()> {
    let (clock, random) = (&*city.clock, &*city.random);
    reading::forget(tx, account).await?;
    for deed in ours(guest::of_leaving(tx, account, clock.now()).await?) {
        let id = deed.subject;
        if store::erase(tx, &id).await? {
            let entry = Audit { act: "scorecard.forgotten", who: "clock", subject: &id, detail: json!({}) };
            audit(tx, entry, clock, random).await?;
            say(tx, &Fact::ScorecardForgotten { id }, clock, random).await?;
        }
    }
    Ok(())
}
