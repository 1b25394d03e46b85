//! Back from the provider.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::federated::{self, Somebody};
use kernel_identity::oidc::{Identity, Provider, Returned};
use kernel_identity::{Account, account, ceremony};
use kernel_store::Tx;
use kernel_web::{Answer, Asked, Failure, Visit};

use super::account::{Found, find};
use super::{Away, COOKIE, KIND, Purpose, failed, note, provider};
use crate::door::{self, Proof};
use crate::second;

/// Whole acts that the database may ask for: the provider's answer works once, so the person cannot come again.
const TRIES: usize = 5;

pub async fn back(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let provider = provider(&visit, &id)?;
    let mut response = match take(&visit).await? {
        Some(away) => arrived(&visit, provider, &away, &asked).await?,
        None => failed(&visit, provider, "account-with-over", ""),
    };
    visit.keep_short(&mut response, COOKIE, "", 0);
    Ok(response)
}

/// What this browser set off with. Taken once, whatever comes of it.
async fn take(visit: &Visit) -> Result<Option<Away>, Failure> {
    let city = &visit.city;
    let cookie = visit.short_cookie(COOKIE).unwrap_or_default();
    let Some((id, secret)) = cookie.split_once('.') else { return Ok(None) };
    let mut tx = city.store.begin().await?;
    let Some(found) = ceremony::find(&mut tx, KIND, id, visit.now()).await? else { return Ok(None) };
    let right = found.proves(&mut tx, KIND, secret, &city.secrets).await?;
    if right {
        ceremony::finish(&mut tx, &found.id).await?;
    }
    tx.commit_quietly().await?;
    if !right {
        visit.note("code.refused", "");
        return Ok(None);
    }
    let away = city.secrets.open(KIND, &found.state)?;
    Ok(Some(serde_json::from_slice(&away).map_err(Error::fault)?))
}

async fn arrived(visit: &Visit, provider: &Provider, away: &Away, asked: &Asked) -> Answer {
    let city = &visit.city;
    let returned = Returned {
        code: asked.text("code"),
        state: asked.text("state"),
        iss: asked.text("iss"),
        error: asked.text("error"),
    };
    let finished = city.settings.providers.finish(provider, &away.attempt, returned, &city.outside, visit.now()).await;
    let identity = match finished {
        Ok(identity) => identity,
        Err(trouble) => {
            visit.note("session.refused", away.account.as_deref().unwrap_or_default());
            return Ok(failed(visit, provider, trouble.key(), &away.back));
        }
    };
    for _ in 1..TRIES {
        match settle(visit, provider, away, &identity).await {
            Err(failure) if failure.status == StatusCode::SERVICE_UNAVAILABLE => {}
            answer => return answer,
        }
    }
    settle(visit, provider, away, &identity).await
}

/// Whose account it is, and what they came for.
async fn settle(visit: &Visit, provider: &Provider, away: &Away, identity: &Identity) -> Answer {
    let who = visit.who();
    // Somebody else signed in, or nobody is any more, while they were away.
    if away.purpose != Purpose::SignIn && away.account.as_deref() != who.map(|who| who.account.as_str()) {
        return Ok(failed(visit, provider, "account-with-over", &away.back));
    }
    let mut tx = visit.city.store.begin().await?;
    let somebody = Somebody { issuer: &identity.issuer, subject: &identity.subject };
    let linked = federated::account_of(&mut tx, somebody).await?;
    let proof = Proof { way: "oidc", assurance: &identity.assurance, second_factor: identity.high };
    match (away.purpose, who) {
        (Purpose::Link, Some(who)) => {
            if linked.is_some_and(|account| account != who.account) {
                return Ok(failed(visit, provider, "account-with-taken", &away.back));
            }
            if !super::account::link(visit, &mut tx, provider, identity, &who.account).await? {
                return Ok(failed(visit, provider, "account-with-taken", &away.back));
            }
            crate::tell::notice(visit, &mut tx, &who.account, "account-letter-way-added").await?;
            door::prove(visit, tx, who, proof, &away.back).await
        }
        (Purpose::Again, Some(who)) => {
            if linked.as_deref() != Some(&who.account) {
                return Ok(failed(visit, provider, "account-with-stranger", &away.back));
            }
            federated::used(&mut tx, somebody, &identity.assurance, visit.now()).await?;
            let account = account::get_in(&mut tx, &who.account).await?;
            if proof.second_factor || !second::is_asked(&visit.city, &account).await? {
                return door::prove(visit, tx, who, proof, &away.back).await;
            }
            tx.commit().await?;
            second::begin(visit, &account, proof, false, &away.back).await
        }
        _ => match find(visit, &mut tx, provider, identity, linked).await? {
            Found::Account(account) => sign_in(visit, tx, provider, &account, proof, &away.back).await,
            Found::AddressTaken => Ok(failed(visit, provider, "account-with-address", &away.back)),
        },
    }
}

async fn sign_in(
    visit: &Visit,
    mut tx: Tx,
    provider: &Provider,
    account: &Account,
    proof: Proof<'_>,
    back: &str,
) -> Answer {
    if !account.is_active() {
        visit.note("session.refused", &account.id);
        return Ok(failed(visit, provider, "account-with-refused", back));
    }
    note(visit, &mut tx, "link.used", &account.id, &provider.id).await?;
    if proof.second_factor || !second::is_asked(&visit.city, account).await? {
        return door::open(visit, tx, account, proof, false, back).await;
    }
    tx.commit().await?;
    second::begin(visit, account, proof, false, back).await
}
