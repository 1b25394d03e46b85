//! Notices in browsers (web push): subscriptions, encryption (RFC 8291) and the city's signature (RFC 8292).

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures::future::BoxFuture;
use kernel_base::{Clock, Error, Id, Random, Result, Secrets};
use kernel_language::Lang;
use kernel_store::{Store, Tx, int, text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web_push_native::jwt_simple::algorithms::{ECDSAP256KeyPairLike, ECDSAP256PublicKeyLike, ES256KeyPair};
use web_push_native::jwt_simple::claims::Claims;
use web_push_native::jwt_simple::prelude::UnixTimeStamp;
use web_push_native::{Auth, p256};

use crate::carrier::{Carried, Carrier, Handed, Parcel, Setback};
use crate::fetch::Fetch;
use crate::words::Written;
use crate::{Channel, Letters, preference, settings};

pub(crate) const SUBSCRIBE: &str = "INSERT INTO letters_subscription (id, account, at, address, address_hash, agent)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (address_hash) DO UPDATE SET account = EXCLUDED.account, at = EXCLUDED.at,
        address = EXCLUDED.address, agent = EXCLUDED.agent";
pub(crate) const OF_ACCOUNT: &str =
    "SELECT id, at, address, agent FROM letters_subscription WHERE account = $1 ORDER BY id";
pub(crate) const UNSUBSCRIBE: &str = "DELETE FROM letters_subscription WHERE account = $1 AND id = $2";
pub(crate) const GONE: &str = "DELETE FROM letters_subscription WHERE address_hash = $1";

/// How long a push service keeps a notice for a browser that is away.
const KEPT: Duration = Duration::from_secs(3 * 86_400);
/// A signature is good for so long; at most a day (RFC 8292 §2).
const SIGNED_SECONDS: u64 = 12 * 3600;
const MOST_AN_ACCOUNT: usize = 20;

/// What `pushManager.subscribe` gives a page: `JSON.stringify(subscription)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub endpoint: String,
    pub keys: Keys,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    pub p256dh: String,
    pub auth: String,
}

impl Subscription {
    fn reader(&self) -> Option<(p256::PublicKey, Auth)> {
        let key = p256::PublicKey::from_sec1_bytes(&unpadded(&self.keys.p256dh)?).ok()?;
        let auth = unpadded(&self.keys.auth)?;
        (auth.len() == 16).then(|| (key, Auth::clone_from_slice(&auth)))
    }

    /// Refused unless it is an address of a known push service with well-formed keys.
    fn check(&self, push: &settings::Push) -> Result<()> {
        let well_formed = push.allows(&self.endpoint) && self.endpoint.len() <= 2000 && self.reader().is_some();
        well_formed.then_some(()).ok_or_else(|| Error::Refused("this is no subscription of a browser".to_owned()))
    }
}

fn unpadded(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok()
}

/// A browser that shows notices, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    pub id: String,
    pub at: kernel_base::Instant,
    pub agent: String,
}

impl Letters {
    /// A browser asks for notices. The same browser again, or with another account, replaces what was.
    pub async fn subscribe(
        &self,
        tx: &mut Tx,
        account: &str,
        subscription: &Subscription,
        agent: &str,
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<()> {
        subscription.check(&self.settings.push)?;
        if tx.all(OF_ACCOUNT, &[text(account)]).await?.len() >= MOST_AN_ACCOUNT {
            return Err(Error::Refused("too many browsers show notices already".to_owned()));
        }
        let address = serde_json::to_string(subscription).map_err(Error::fault)?;
        let values = [
            text(Id::new("ps", clock, random).as_str()),
            text(account),
            int(clock.now().0),
            text(self.secrets.seal("push", address.as_bytes(), random)?),
            text(self.address_hash(Channel::Push, &address)),
            text(agent.chars().take(200).collect::<String>()),
        ];
        tx.exec(SUBSCRIBE, &values).await.map(drop)
    }

    /// The city's public key for `applicationServerKey`; none when no notices are sent from here.
    pub fn push_key(&self) -> Option<String> {
        let sends = !self.settings.push.contact.is_empty();
        sends.then(|| public_key(&signer(&self.secrets)))
    }
}

pub async fn browsers(store: &Store, account: &str) -> Result<Vec<Browser>> {
    let rows = store.all(OF_ACCOUNT, &[text(account)]).await?;
    let browser = |row: &kernel_store::Row| {
        Ok(Browser { id: row.text("id")?, at: kernel_base::Instant(row.int("at")?), agent: row.text("agent")? })
    };
    rows.iter().map(browser).collect()
}

pub async fn unsubscribe(tx: &mut Tx, account: &str, id: &str) -> Result<bool> {
    Ok(tx.exec(UNSUBSCRIBE, &[text(account), text(id)]).await? > 0)
}

pub(crate) async fn addresses(letters: &Letters, store: &Store, account: &str) -> Result<Vec<String>> {
    let rows = store.all(OF_ACCOUNT, &[text(account)]).await?;
    let opened = rows
        .iter()
        .map(|row| String::from_utf8(letters.secrets.open("push", &row.text("address")?)?).map_err(Error::fault));
    opened.collect()
}

/// The push service says that the browser is gone.
pub(crate) async fn gone(tx: &mut Tx, address_hash: &str) -> Result<()> {
    tx.exec(GONE, &[text(address_hash)]).await.map(drop)
}

/// What a notice shows: on a locked screen, in front of others. Only that there is a letter, unless the person wants
/// its subject.
pub(crate) async fn notice(
    letters: &Letters,
    store: &Store,
    account: &str,
    language: Lang,
    letter: Written,
) -> Result<Written> {
    let shows_subject = preference::preference(store, account).await?.is_some_and(|chosen| chosen.push_subject);
    let city = letters.sender.name(language);
    let say = |key: &str| letters.words.say(language, key, &[("city", city.into())]).text;
    let subject = if shows_subject { letter.subject } else { say("letters-notice") };
    Ok(Written { subject, body: say("letters-notice-body") })
}

/// The city's signing key, the same on every node: the first of its subkeys that is a number of the curve's field
/// (all but one of four thousand million are).
fn signer(secrets: &Secrets) -> ES256KeyPair {
    let mut n = 0u32;
    loop {
        if let Ok(signer) = ES256KeyPair::from_bytes(&secrets.key(&format!("web-push {n}"))) {
            return signer;
        }
        n += 1;
    }
}

fn public_key(signer: &ES256KeyPair) -> String {
    BASE64URL_NOPAD.encode(&signer.public_key().public_key().to_bytes_uncompressed())
}

/// Hands notices to the push services of the browsers' makers.
pub struct WebPush {
    signer: ES256KeyPair,
    contact: String,
    fetch: Arc<dyn Fetch>,
}

impl WebPush {
    pub fn new(secrets: &Secrets, contact: &str, fetch: Arc<dyn Fetch>) -> WebPush {
        WebPush { signer: signer(secrets), contact: contact.to_owned(), fetch }
    }

    fn signature(&self, endpoint: &url::Url, now: u64) -> Option<String> {
        let mut claims = Claims::create(web_push_native::jwt_simple::prelude::Duration::from_secs(SIGNED_SECONDS))
            .with_audience(endpoint.origin().ascii_serialization())
            .with_subject(&self.contact);
        // The city's clock, not the machine's.
        claims.issued_at = Some(UnixTimeStamp::from_secs(now));
        claims.invalid_before = None;
        claims.expires_at = Some(UnixTimeStamp::from_secs(now + SIGNED_SECONDS));
        let token = self.signer.sign(claims).ok()?;
        Some(format!("vapid t={token}, k={}", public_key(&self.signer)))
    }
}

impl Carrier for WebPush {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            let broken = |what: &str| Setback::Broken(what.to_owned());
            let subscription: Subscription =
                serde_json::from_str(&parcel.address).map_err(|_| broken("subscription"))?;
            let (key, auth) = subscription.reader().ok_or_else(|| broken("subscription"))?;
            let endpoint = url::Url::parse(&subscription.endpoint).map_err(|_| broken("subscription"))?;
            let notice = json!({ "title": parcel.subject, "body": parcel.body, "lang": parcel.language.code,
                "tag": parcel.delivery, "href": "/account/letters" });
            let body = web_push_native::encrypt(notice.to_string().into_bytes(), &key, &auth);
            let now = u64::try_from(parcel.tried_at.0 / 1_000_000).unwrap_or_default();
            let signature = self.signature(&endpoint, now).ok_or_else(|| broken("signature"))?;
            let headers = [
                ("authorization", signature),
                ("content-encoding", "aes128gcm".to_owned()),
                ("content-type", "application/octet-stream".to_owned()),
                ("ttl", KEPT.as_secs().to_string()),
                // A second try replaces the first as long as the browser was away (RFC 8030 §5.4); at most 32 letters.
                ("topic", parcel.delivery.chars().filter(|letter| *letter != '_').take(32).collect()),
            ];
            let answer = self.fetch.post(endpoint.as_str(), &headers, body.map_err(|_| broken("encryption"))?).await;
            match answer.map_err(Setback::Later)?.status {
                200..=299 => Ok(Carried::default()),
                404 | 410 => Err(Setback::Gone),
                status @ (400 | 401 | 403 | 413) => Err(Setback::Broken(format!("push {status}"))),
                status => Err(Setback::Later(format!("push {status}"))),
            }
        })
    }
}
