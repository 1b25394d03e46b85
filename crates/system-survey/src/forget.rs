//! Keeping a scorecard for its time, and forgetting it.

use contracts::Fact;
use futures::future::BoxFuture;
use kernel_base::{Error, Id, Result};
use kernel_identity::Who;
use kernel_identity::guest::{self, Deed, Slip};
use kernel_record::{Audit, Job, JobContext, audit, later, say};
use kernel_web::City;
use serde_json::{Value as Json, json};

use crate::scorecard::{Draft, KEPT_DAYS};
use crate::store;

const FORGET: &str = "survey.forget-scorecard";

/// Keeps a scorecard under a new unlisted address and answers its id. All in one transaction. A guest gets a slip to find
/// it again by.
pub async fn keep(city: &City, who: Option<&Who>, draft: &Draft) -> Result<(Id, Option<Slip>)> {
    let (clock, random) = (&*city.clock, &*city.random);
    let id = Id::new("sc", clock, random);
    let kept_at = clock.now();
    let forget_at = kept_at.plus_days(KEPT_DAYS);
    let instrument = draft.instrument.id.clone();
    let mut tx = city.store.begin().await?;
    store::insert(&mut tx, id.as_str(), draft, kept_at, forget_at).await?;
    let detail = json!({ "instrument": instrument });
    let href = format!("/survey/scorecards/{id}");
    let deed = Deed { subject: id.as_str(), href: &href, ends_at: forget_at };
    let slip = match who {
        Some(who) => {
            guest::keep_for(&mut tx, who.subject(), deed, (clock, random)).await?;
            who.did(&mut tx, "scorecard.kept", id.as_str(), detail, (clock, random)).await?;
            None
        }
        None => {
            let entry = Audit { act: "scorecard.kept", who: "visitor", subject: id.as_str(), detail };
            audit(&mut tx, entry, clock, random).await?;
            Some(guest::keep(&mut tx, deed, &city.secrets, (clock, random)).await?)
        }
    };
    say(&mut tx, &Fact::ScorecardKept { id: id.to_string(), instrument }, clock, random).await?;
    later(&mut tx, FORGET, &json!({ "id": id.as_str() }), forget_at, clock, random).await?;
    tx.commit().await?;
    Ok((id, slip))
}

/// Forgets one scorecard when its time has come.
pub struct ForgetScorecard;

impl Job for ForgetScorecard {
    fn kind(&self) -> &'static str {
        FORGET
    }

    fn run<'a>(&'a self, payload: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let id =
                payload.get("id").and_then(Json::as_str).ok_or_else(|| Error::Fault("a job without an id".into()))?;
            let mut tx = context.store.begin().await?;
            if store::delete(&mut tx, id, context.clock.now()).await? {
                let entry = Audit { act: "scorecard.forgotten", who: "clock", subject: id, detail: json!({}) };
                audit(&mut tx, entry, context.clock, context.random).await?;
                say(&mut tx, &Fact::ScorecardForgotten { id: id.to_owned() }, context.clock, context.random).await?;
            }
            tx.commit().await
        })
    }
}
