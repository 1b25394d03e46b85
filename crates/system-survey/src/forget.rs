//! Keeping a scorecard for its time, and forgetting it.

use contracts::Fact;
use futures::future::BoxFuture;
use kernel_base::{Error, Id, Result};
use kernel_record::{Audit, Job, JobContext, audit, later, say};
use kernel_web::City;
use serde_json::{Value as Json, json};

use crate::scorecard::{Draft, KEPT_DAYS};
use crate::store;

const FORGET: &str = "survey.forget-scorecard";

/// Keeps a scorecard under a new unlisted address and answers its id. All in one transaction.
pub async fn keep(city: &City, draft: &Draft) -> Result<Id> {
    let (clock, random) = (&*city.clock, &*city.random);
    let id = Id::new("sc", clock, random);
    let kept_at = clock.now();
    let forget_at = kept_at.plus_days(KEPT_DAYS);
    let instrument = draft.instrument.id.clone();
    let mut tx = city.store.begin().await?;
    store::insert(&mut tx, id.as_str(), draft, kept_at, forget_at).await?;
    let detail = json!({ "instrument": instrument });
    audit(&mut tx, Audit { act: "scorecard.kept", who: "visitor", subject: id.as_str(), detail }, clock, random)
        .await?;
    say(&mut tx, &Fact::ScorecardKept { id: id.to_string(), instrument }, clock, random).await?;
    later(&mut tx, FORGET, &json!({ "id": id.as_str() }), forget_at, clock, random).await?;
    tx.commit().await?;
    Ok(id)
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
