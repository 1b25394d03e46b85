use data_encoding::BASE64URL_NOPAD;
use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, int, text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Uuid,
    Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::ceremony::{self, Begin};

const OF_ACCOUNT: &str =
    "SELECT id, name, state, made_at, used_at FROM identity_passkey WHERE account = $1 ORDER BY id";
const BY_CREDENTIAL: &str = "SELECT p.id, p.account, p.state FROM identity_passkey p
    JOIN identity_account a ON a.id = p.account WHERE p.credential = $1 AND a.state = 'active'";
const INSERT: &str = "INSERT INTO identity_passkey (id, account, credential, name, state, made_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const USED: &str = "UPDATE identity_passkey SET state = $2, used_at = $3 WHERE id = $1";
const RENAME: &str = "UPDATE identity_passkey SET name = $3 WHERE id = $1 AND account = $2";
const REMOVE: &str = "DELETE FROM identity_passkey WHERE id = $1 AND account = $2";

pub(crate) const STATEMENTS: &[&str] = &[OF_ACCOUNT, BY_CREDENTIAL, INSERT, USED, RENAME, REMOVE];

const ADD: &str = "passkey-add";
const PROVE: &str = "passkey";
/// As long as the browser gives the person (Web Authentication §15.1), and a little for the way.
const CEREMONY_SECONDS: i64 = 330;

/// The site that passkeys are for.
pub struct Site(Webauthn);

impl Site {
    /// `None` where browsers make no passkeys: at an address that is no name, or without TLS (but at `localhost`).
    pub fn of(origin: &str, name: &str) -> Option<Site> {
        let origin = Url::parse(origin).ok()?;
        let host = origin.domain()?.to_owned();
        if origin.scheme() != "https" && host != "localhost" {
            return None;
        }
        let built = WebauthnBuilder::new(&host, &origin).map(|builder| builder.rp_name(name)).and_then(|b| b.build());
        built.map(Site).ok()
    }
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: String,
    pub name: String,
    pub made_at: Instant,
    pub used_at: Option<Instant>,
    /// Its maker keeps copies, so that losing the device does not lose it.
    pub copied: bool,
}

/// Whose passkey is made: the account, and what the device shows beside it.
pub struct Owner<'a> {
    pub account: &'a str,
    pub address: &'a str,
    pub name: &'a str,
}

/// What the browser is asked, and the ceremony that its answer finishes.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    pub ceremony: String,
    #[serde(rename = "publicKey")]
    pub options: Value,
}

/// Somebody proved that a passkey of theirs is in their hands, unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub account: String,
    pub passkey: String,
}

/// Asks the browser to make a passkey which it finds again without a name, and which unlocks only for its owner.
pub async fn begin_adding(
    tx: &mut Tx,
    site: &Site,
    owner: Owner<'_>,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Question> {
    let kept = tx.all(OF_ACCOUNT, &[text(owner.account)]).await?;
    let kept = kept.iter().map(|row| Ok(state(row)?.cred_id().clone())).collect::<Result<Vec<_>>>()?;
    let person = handle(secrets, owner.account);
    let (challenge, noted) =
        site.0.start_passkey_registration(person, owner.address, owner.name, Some(kept)).map_err(Error::fault)?;
    let mut options = public_key(&challenge)?;
    options["authenticatorSelection"]["residentKey"] = "required".into();
    options["authenticatorSelection"]["requireResidentKey"] = true.into();
    ask(tx, (ADD, Some(owner.account)), &noted, options, secrets, (clock, random)).await
}

/// Keeps the passkey that the browser made; `None` when its answer is not what was asked for.
pub async fn add(
    tx: &mut Tx,
    site: &Site,
    (account, name): (&str, &str),
    (ceremony, answer): (&str, &str),
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Option<Id>> {
    let now = clock.now();
    let found = ceremony::find(tx, ADD, ceremony, now).await?;
    let Some(found) = found.filter(|found| found.account.as_deref() == Some(account)) else { return Ok(None) };
    let noted: PasskeyRegistration = unsealed(&found.state, secrets)?;
    ceremony::finish(tx, &found.id).await?;
    let Some(answer) = read_answer::<RegisterPublicKeyCredential>(answer) else { return Ok(None) };
    let made = match site.0.finish_passkey_registration(&answer, &noted) {
        Ok(made) => made,
        Err(error) => return Ok(refused(&error)),
    };
    let id = Id::new("pk", clock, random);
    let values = [
        text(id.as_str()),
        text(account),
        text(BASE64URL_NOPAD.encode(made.cred_id())),
        text(name),
        text(serde_json::to_string(&made).map_err(Error::fault)?),
        int(now.0),
    ];
    tx.exec(INSERT, &values).await?;
    Ok(Some(id))
}

/// Asks the browser for any passkey of this site; whose it is, it tells itself.
pub async fn begin_proof(
    tx: &mut Tx,
    site: &Site,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Question> {
    let (challenge, noted) = site.0.start_discoverable_authentication().map_err(Error::fault)?;
    ask(tx, (PROVE, None), &noted, public_key(&challenge)?, secrets, made).await
}

/// Whose passkey answered, and that it was unlocked; `None` when it proves nothing. Each question is answered once:
/// commit either way.
pub async fn proof(
    tx: &mut Tx,
    site: &Site,
    (ceremony, answer): (&str, &str),
    secrets: &Secrets,
    now: Instant,
) -> Result<Option<Proof>> {
    let Some(found) = ceremony::find(tx, PROVE, ceremony, now).await? else { return Ok(None) };
    let noted: DiscoverableAuthentication = unsealed(&found.state, secrets)?;
    ceremony::finish(tx, &found.id).await?;
    let Some(answer) = read_answer::<PublicKeyCredential>(answer) else { return Ok(None) };
    let (person, credential) = match site.0.identify_discoverable_authentication(&answer) {
        Ok(told) => told,
        Err(error) => return Ok(refused(&error)),
    };
    let Some(row) = tx.one(BY_CREDENTIAL, &[text(BASE64URL_NOPAD.encode(credential))]).await? else { return Ok(None) };
    let (passkey, account) = (row.text("id")?, row.text("account")?);
    let mut kept = state(&row)?;
    if person != handle(secrets, &account) {
        return Ok(None);
    }
    // A counter that did not rise is an error here: somebody may have copied the key.
    let result = match site.0.finish_discoverable_authentication_v2(&answer, noted, &kept) {
        Ok(result) => result,
        Err(error) => return Ok(refused(&error)),
    };
    kept.update_credential(&result);
    let kept = serde_json::to_string(&kept).map_err(Error::fault)?;
    tx.exec(USED, &[text(&passkey), text(kept), int(now.0)]).await?;
    Ok(result.user_verified().then_some(Proof { account, passkey }))
}

pub async fn all_of(store: &Store, account: &str) -> Result<Vec<Key>> {
    store.all(OF_ACCOUNT, &[text(account)]).await?.iter().map(read).collect()
}

/// # Errors
/// `NotFound` when the account has no such passkey.
pub async fn rename(tx: &mut Tx, account: &str, id: &str, name: &str) -> Result<()> {
    match tx.exec(RENAME, &[text(id), text(account), text(name)]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// # Errors
/// `NotFound` when the account has no such passkey.
pub async fn remove(tx: &mut Tx, account: &str, id: &str) -> Result<()> {
    match tx.exec(REMOVE, &[text(id), text(account)]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

async fn ask(
    tx: &mut Tx,
    (kind, account): (&str, Option<&str>),
    noted: &impl Serialize,
    options: Value,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Question> {
    let noted = serde_json::to_vec(noted).map_err(Error::fault)?;
    let state = secrets.seal("passkey", &noted, random)?;
    let begin = Begin { kind, account, secret: "", state, seconds: CEREMONY_SECONDS };
    let ceremony = ceremony::begin(tx, begin, secrets, (clock, random)).await?;
    Ok(Question { ceremony: ceremony.to_string(), options })
}

fn public_key(challenge: &impl Serialize) -> Result<Value> {
    let mut challenge = serde_json::to_value(challenge).map_err(Error::fault)?;
    Ok(challenge["publicKey"].take())
}

fn unsealed<T: DeserializeOwned>(state: &str, secrets: &Secrets) -> Result<T> {
    serde_json::from_slice(&secrets.open("passkey", state)?).map_err(Error::fault)
}

fn read_answer<T: for<'a> Deserialize<'a>>(answer: &str) -> Option<T> {
    let read = serde_json::from_str(answer);
    read.inspect_err(|error| tracing::debug!(%error, "a browser's answer cannot be read")).ok()
}

fn refused<T>(error: &WebauthnError) -> Option<T> {
    tracing::info!(target: "security", event = "passkey.refused", %error, "security");
    None
}

/// Stands for the person on their devices: 128 bits that tell nothing about the account.
fn handle(secrets: &Secrets, account: &str) -> Uuid {
    let key = secrets.key(&format!("passkey {account}"));
    let mut handle = [0; 16];
    handle.copy_from_slice(&key[..16]);
    Uuid::from_bytes(handle)
}

fn state(row: &Row) -> Result<Passkey> {
    serde_json::from_str(&row.text("state")?).map_err(Error::fault)
}

fn read(row: &Row) -> Result<Key> {
    let state: Value = serde_json::from_str(&row.text("state")?).map_err(Error::fault)?;
    Ok(Key {
        id: row.text("id")?,
        name: row.text("name")?,
        made_at: Instant(row.int("made_at")?),
        used_at: row.int_opt("used_at")?.map(Instant),
        copied: state["cred"]["backup_state"].as_bool().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_tls() {
        for origin in ["https://city.example", "https://portal.city.example:8443", "http://localhost:8080"] {
            assert!(Site::of(origin, "City").is_some(), "{origin}");
        }
        for origin in ["", "http://127.0.0.1:8080", "https://127.0.0.1", "https://[::1]", "http://city.example"] {
            assert!(Site::of(origin, "City").is_none(), "{origin}");
        }
    }

    #[test]
    fn a_person_is_the_same_on_all_devices_and_another_account_is_another_person() {
        let secrets = Secrets::new([1; 32]);
        assert_eq!(handle(&secrets, "ac_1"), handle(&secrets, "ac_1"));
        assert_ne!(handle(&secrets, "ac_1"), handle(&secrets, "ac_2"));
    }
}
