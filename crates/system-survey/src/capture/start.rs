//! Captures are put into the queue, held and let go on.

use kernel_base::Result;
use kernel_identity::Who;
use kernel_record::later_once;
use kernel_store::Tx;
use kernel_web::City;
use serde_json::json;

use super::job::CAPTURE;
use crate::office::did;
use crate::round::{Capture, Progress, Round, RoundCity, store};

/// Who acts: an account, or somebody on the machine.
async fn note(city: &City, tx: &mut Tx, who: Option<&Who>, act: &str, subject: &str) -> Result<()> {
    did(tx, who, act, subject, json!({}), (&*city.clock, &*city.random)).await
}

async fn queue(city: &City, tx: &mut Tx, id: &str) -> Result<()> {
    let now = city.clock.now();
    later_once(tx, &format!("capture {id}"), CAPTURE, &json!({ "city": id }), now, &*city.clock, &*city.random).await
}

/// Queues every city of the round that has no evidence yet, and lets captures go on that were held; answers how many
/// wait. Doing it twice changes nothing.
pub async fn start(city: &City, who: Option<&Who>, round: &Round) -> Result<usize> {
    let cities = store::cities(&city.store, &round.id).await?;
    let open = |one: &&RoundCity| matches!(one.capture.state, Capture::Waiting | Capture::Capturing);
    let waiting: Vec<&RoundCity> = cities.iter().filter(open).collect();
    let mut tx = city.store.begin().await?;
    store::pause(&mut tx, &round.id, false).await?;
    for one in &waiting {
        queue(city, &mut tx, &one.id).await?;
    }
    note(city, &mut tx, who, "round.captures-started", &round.id).await?;
    tx.commit().await?;
    Ok(waiting.len())
}

/// Holds the captures of a round: those under way stop politely, the others wait.
pub async fn pause(city: &City, who: Option<&Who>, round: &Round) -> Result<()> {
    let mut tx = city.store.begin().await?;
    store::pause(&mut tx, &round.id, true).await?;
    note(city, &mut tx, who, "round.captures-paused", &round.id).await?;
    tx.commit().await
}

/// Captures one city anew, whatever came of it before. Earlier evidence is kept beside the new one.
pub async fn again(city: &City, who: Option<&Who>, one: &RoundCity) -> Result<()> {
    let mut tx = city.store.begin().await?;
    let fresh = Progress {
        state: Capture::Waiting,
        note: String::new(),
        pages_known: 0,
        pages_read: 0,
        tries: 0,
        began: None,
        ended: None,
        evidence_digest: None,
        evidence_bytes: None,
    };
    store::progress(&mut tx, &one.id, &fresh).await?;
    queue(city, &mut tx, &one.id).await?;
    note(city, &mut tx, who, "city.capture-asked", &one.id).await?;
    tx.commit().await
}
