//! The jobs that bring letters on their way. Each may run twice: what it does is decided by the rows it finds.

use futures::future::BoxFuture;
use kernel_base::{Error, Instant, Result};
use kernel_record::{Job, JobContext, later, patiently};
use serde_json::{Value as Json, json};

use crate::carrier::{Handed, Parcel, Setback};
use crate::store::{self, Taken};
use crate::{Channel, Letters, Reach, State, preference, push, returned};

pub(crate) const DISPATCH: &str = "letters.dispatch";
pub(crate) const DELIVER: &str = "letters.deliver";

/// Longer than any carrier's patience.
const LEASE_SECONDS: i64 = 50;
/// A server that did not answer is left alone for so long.
const REST_SECONDS: i64 = 30;
const LONGEST_PAUSE_SECONDS: i64 = 600;

/// Chooses the ways for a letter to an account: by the person's wish, else by what is there.
pub(crate) struct Dispatch(pub Letters);

impl Job for Dispatch {
    fn kind(&self) -> &'static str {
        DISPATCH
    }

    fn run<'a>(&'a self, payload: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let id = named(payload, "letter")?;
            let Some(letter) = store::letter(context.store, id).await? else { return Ok(()) };
            let Some(account) = letter.account.filter(|_| !letter.dispatched) else { return Ok(()) };
            let ways = match self.0.book.reach(&account).await? {
                Some(reach) => {
                    let reach = preference::applied(context.store, &account, reach).await?;
                    let language = letter.language.unwrap_or(reach.language);
                    (language, ways(&self.0, &context, &account, reach).await?)
                }
                None => return Ok(()),
            };
            let mut tx = context.store.begin().await?;
            if store::dispatched(&mut tx, id).await? {
                for way in &ways.1 {
                    self.0.queue(&mut tx, id, way, ways.0, None, context.clock, context.random).await?;
                }
            }
            tx.commit().await
        })
    }
}

/// The first channel, beginning with the wished one, that exists here and has an address that takes letters.
async fn ways(
    letters: &Letters,
    context: &JobContext<'_>,
    account: &str,
    reach: Reach,
) -> Result<Vec<(Channel, String)>> {
    if reach.channel == Channel::Inbox {
        return Ok(Vec::new());
    }
    let mut order = vec![reach.channel, Channel::Email, Channel::Sms, Channel::Push];
    order.dedup();
    for channel in order {
        if letters.carriers.of(channel).is_none() {
            continue;
        }
        let addresses = match channel {
            Channel::Email => reach.email.clone().into_iter().collect(),
            Channel::Sms => reach.phone.clone().into_iter().collect(),
            Channel::Push => push::addresses(letters, context.store, account).await?,
            Channel::Inbox => Vec::new(),
        };
        let mut open = Vec::new();
        for address in addresses {
            if !returned::is_blocked(context.store, &letters.address_hash(channel, &address)).await? {
                open.push((channel, address));
            }
        }
        if !open.is_empty() {
            return Ok(open);
        }
    }
    Ok(Vec::new())
}

/// Hands one parcel to its carrier.
pub(crate) struct Deliver(pub Letters);

impl Job for Deliver {
    fn kind(&self) -> &'static str {
        DELIVER
    }

    fn run<'a>(&'a self, payload: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let id = named(payload, "delivery")?;
            let now = context.clock.now();
            let lease = now.plus_seconds(LEASE_SECONDS);
            let taken = patiently(context.random, || take(&context, id, now, lease)).await?;
            let Some(taken) = taken else {
                return match store::state(context.store, id).await? {
                    // Somebody has it in hand; look again, in case they were killed.
                    Some((State::Sending, next)) if next <= now => Err(Error::Fault("still being handed over".into())),
                    _ => Ok(()),
                };
            };
            let outcome = match self.0.resting(taken.channel) {
                Some(until) if until > now => Err(Setback::Later("resting".to_owned())),
                _ => hand_over(&self.0, &context, id, &taken).await?,
            };
            // It may be gone already: not noted, it would go once more.
            patiently(context.random, || note(&self.0, &context, (id, lease), &taken, outcome.clone())).await
        })
    }
}

async fn take(context: &JobContext<'_>, id: &str, now: Instant, lease: Instant) -> Result<Option<Taken>> {
    let mut tx = context.store.begin().await?;
    let taken = store::take(&mut tx, id, now, lease).await?;
    if taken.is_some() {
        tx.commit().await?;
    }
    Ok(taken)
}

async fn hand_over(letters: &Letters, context: &JobContext<'_>, id: &str, taken: &Taken) -> Result<Handed> {
    if returned::is_blocked(context.store, &taken.address_hash).await? {
        return Ok(Err(Setback::Refused("returned before".to_owned())));
    }
    let Some(carrier) = letters.carriers.of(taken.channel) else {
        return Ok(Err(Setback::Broken("no such channel here".to_owned())));
    };
    match parcel(letters, context, id, taken).await? {
        Some(parcel) => Ok(carrier.carry(&parcel).await),
        None => Ok(Err(Setback::Broken("forgotten before it was sent".to_owned()))),
    }
}

async fn parcel(letters: &Letters, context: &JobContext<'_>, id: &str, taken: &Taken) -> Result<Option<Parcel>> {
    let Some(letter) = store::letter(context.store, &taken.letter).await? else { return Ok(None) };
    let (Some(content), Some(address)) = (&letter.content, &taken.address) else { return Ok(None) };
    let sealed = letters.open(content)?;
    let name = match &letter.account {
        Some(account) => letters.book.reach(account).await?.map(|reach| reach.name).unwrap_or_default(),
        None => String::new(),
    };
    let pen = letters.pen(taken.language, &name);
    let mut written = pen.write(&sealed.content, taken.channel);
    match taken.channel {
        Channel::Email => written.body = pen.framed(&written.body, letter.account.is_some()),
        Channel::Push => {
            let account = letter.account.as_deref().unwrap_or_default();
            written = push::notice(letters, context.store, account, taken.language, written).await?;
        }
        Channel::Sms | Channel::Inbox => {}
    }
    Ok(Some(Parcel {
        delivery: id.to_owned(),
        channel: taken.channel,
        address: letters.open_address(address)?,
        city: letters.sender.name(taken.language).to_owned(),
        language: taken.language,
        subject: written.subject,
        body: written.body,
        reply_to: sealed.reply_to,
        unsubscribe: sealed.unsubscribe,
        at: taken.at,
        tried_at: context.clock.now(),
        name,
    }))
}

/// Writes down what became of it, and queues the next try together with that.
async fn note(
    letters: &Letters,
    context: &JobContext<'_>,
    (id, lease): (&str, Instant),
    taken: &Taken,
    outcome: Handed,
) -> Result<()> {
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let failure = match outcome {
        Ok(carried) => {
            store::sent(&mut tx, id, &carried.remotes, now).await?;
            return tx.commit().await;
        }
        Err(Setback::Refused(reason)) => (State::PermanentFailure, reason),
        Err(Setback::Broken(reason)) => (State::TechnicalFailure, reason),
        Err(Setback::Gone) => {
            push::gone(&mut tx, &taken.address_hash).await?;
            (State::PermanentFailure, "taken away".to_owned())
        }
        Err(Setback::Unreachable(reason)) => {
            letters.rest(taken.channel, now.plus_seconds(REST_SECONDS));
            (State::TemporaryFailure, reason.to_owned())
        }
        Err(Setback::Later(reason)) => (State::TemporaryFailure, reason),
    };
    let (state, reason) = failure;
    let given_up = taken.at.plus_seconds(letters.settings.give_up_hours.saturating_mul(3600));
    if state == State::TemporaryFailure && now < given_up {
        let next = now.plus_seconds(pause(taken.tries));
        if store::rest(&mut tx, id, lease, &reason, next).await? {
            later(&mut tx, DELIVER, &json!({ "delivery": id }), next, context.clock, context.random).await?;
        }
        tracing::info!(delivery = id, channel = taken.channel.name(), reason, "a letter waits for another try");
    } else if store::failed(&mut tx, id, lease, (state, &reason), now).await? {
        tracing::warn!(delivery = id, channel = taken.channel.name(), reason, state = state.name(), "a letter failed");
        if returned::is_hard(&reason) {
            returned::block(letters, &mut tx, id, &reason, context.clock, context.random).await?;
        }
    }
    tx.commit().await
}

/// Half a minute, one, two, four, eight; then every ten minutes.
fn pause(tries: i64) -> i64 {
    (15i64 << tries.clamp(1, 10)).min(LONGEST_PAUSE_SECONDS)
}

fn named<'a>(payload: &'a Json, key: &str) -> Result<&'a str> {
    payload.get(key).and_then(Json::as_str).ok_or_else(|| Error::Fault(format!("a job without a {key}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_minutes_and_no_further() {
        let pauses: Vec<i64> = (1..=8).map(pause).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 600, 600, 600]);
        assert_eq!(pause(i64::MAX), 600);
    }
}
