//! The one door through which sessions are opened, however somebody proved who they are.

use axum::response::Response;
use kernel_base::Result;
use kernel_identity::{Account, NewSession, Who, session};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_web::{Answer, Submitted, Visit, local, see_other};
use serde_json::json;

/// Sessions that one person may have at a time; the one that was not used longest ends.
const MOST_SESSIONS: i64 = 20;

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// `password`, `passkey`, `oidc` …
    pub way: &'a str,
    /// The prover's own name for how sure it is (`acr`); empty when there is none.
    pub assurance: &'a str,
    pub second_factor: bool,
}

/// Opens a session within the act's transaction, commits and leads back to where the reader wanted to go.
/// A session that the browser brought along ends: nothing from before the sign-in is believed after it.
pub async fn open(visit: &Visit, mut tx: Tx, account: &Account, proof: Proof<'_>, stay: bool, back: &str) -> Answer {
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let now = visit.now();
    if let Some(who) = visit.who() {
        session::end(&mut tx, &who.account, &who.session, now).await?;
    }
    let device = device(&visit.agent);
    let new = NewSession {
        account: &account.id,
        way: proof.way,
        assurance: proof.assurance,
        second_factor: proof.second_factor,
        device: &device,
    };
    let (id, secret) = session::open(&mut tx, new, city.sessions.lifetimes, &city.secrets, made).await?;
    session::end_beyond(&mut tx, &account.id, MOST_SESSIONS, now).await?;
    let detail = json!({ "session": id.as_str(), "way": proof.way, "second_factor": proof.second_factor });
    let entry = Audit { act: "session.opened", who: &account.id, subject: &account.id, detail };
    audit(&mut tx, entry, made.0, made.1).await?;
    tx.commit().await?;
    visit.note("session.opened", &account.id);
    let mut response = see_other(wanted(visit, back));
    let seconds = stay.then_some(city.sessions.lifetimes.resident_most);
    visit.keep_session(&mut response, &secret, seconds);
    Ok(response)
}

/// Who is signed in proved it again, or with one factor more: the session goes on under a new secret.
pub async fn prove(visit: &Visit, mut tx: Tx, who: &Who, proof: Proof<'_>, back: &str) -> Answer {
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let both = proof.second_factor || who.second_factor;
    let secret = session::prove(&mut tx, who, (proof.way, proof.assurance), both, &city.secrets, made).await?;
    let detail = json!({ "session": who.session, "way": proof.way, "second_factor": both });
    let entry = Audit { act: "session.proved", who: &who.account, subject: &who.account, detail };
    audit(&mut tx, entry, made.0, made.1).await?;
    tx.commit().await?;
    visit.note("session.proved", &who.account);
    let mut response = see_other(wanted(visit, back));
    visit.keep_session(&mut response, &secret, None);
    Ok(response)
}

pub async fn sign_out(visit: Visit, sent: Submitted) -> Answer {
    leave(visit, sent.text("keep") == "work").await
}

/// Ends this session, and with it what the browser kept, but for `work` that waits there.
pub async fn leave(visit: Visit, work: bool) -> Answer {
    let mut response: Response = see_other("/");
    if let Some(who) = visit.who() {
        let city = &visit.city;
        let mut tx = city.store.begin().await?;
        session::end(&mut tx, &who.account, &who.session, visit.now()).await?;
        let detail = json!({ "session": who.session });
        let entry = Audit { act: "session.ended", who: &who.account, subject: &who.account, detail };
        audit(&mut tx, entry, &*city.clock, &*city.random).await?;
        tx.commit().await?;
        visit.note("session.ended", &who.account);
    }
    visit.forget_session(&mut response, work);
    Ok(response)
}

/// The page that was wanted before, else the own page.
fn wanted<'a>(visit: &Visit, back: &'a str) -> &'a str {
    let home = visit.city.entrance().map_or("/", |entrance| entrance.home);
    if back.is_empty() { home } else { local(back) }
}

/// `Firefox, Android` from what a browser says of itself: enough for its owner to recognise it.
pub(crate) fn device(agent: &str) -> String {
    let first = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Whale", "Whale"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Ends every session of an account but the own one, because a way in changed.
pub async fn end_others(tx: &mut Tx, who: &Who, now: kernel_base::Instant) -> Result<u64> {
    session::end_all(tx, &who.account, &who.session, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_in_a_few_words() {
        let chrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Android");
        assert_eq!(device("curl/8.0"), "");
    }
}
