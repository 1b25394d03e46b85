//! All SQL of services, their keys and templates.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_language::{ENGLISH, Language};
use kernel_letters::Channel;
use kernel_store::{Row, Store, Tx, Value, int, text};

use crate::service::{Key, KeyKind, ReplyTo, Service};
use crate::template::{Template, Text};

const INSERT_SERVICE: &str = "INSERT INTO letters_service (id, at, name, language, team) VALUES ($1, $2, $3, $4, $5)";
const CHANGE_SERVICE: &str = "UPDATE letters_service SET name = $2, language = $3, team = $4 WHERE id = $1";
const SERVICES: &str = "SELECT id, at, name, language, team FROM letters_service ORDER BY name, id";
const SERVICE: &str = "SELECT id, at, name, language, team FROM letters_service WHERE id = $1";
const INSERT_KEY: &str =
    "INSERT INTO letters_key (id, service, at, name, kind, secret) VALUES ($1, $2, $3, $4, $5, $6)";
const KEYS: &str = "SELECT id, at, name, kind, secret, revoked_at FROM letters_key WHERE service = $1 ORDER BY id";
const REVOKE: &str = "UPDATE letters_key SET revoked_at = $3 WHERE service = $1 AND id = $2 AND revoked_at IS NULL";
const INSERT_REPLY_TO: &str = "INSERT INTO letters_reply_to (id, service, address) VALUES ($1, $2, $3)";
const REPLY_TO: &str = "SELECT id, address FROM letters_reply_to WHERE service = $1 ORDER BY id";
const INSERT_TEMPLATE: &str = "INSERT INTO letters_template (id, service, at, kind, version, retired)
    VALUES ($1, $2, $3, $4, 0, FALSE)";
const NEXT_VERSION: &str = "UPDATE letters_template SET version = version + 1 WHERE service = $1 AND id = $2
    RETURNING version";
const INSERT_VERSION: &str = "INSERT INTO letters_template_version (template, version, at, account, name, texts)
    VALUES ($1, $2, $3, $4, $5, $6)";
const RETIRE: &str = "UPDATE letters_template SET retired = TRUE WHERE service = $1 AND id = $2";
const TEMPLATES: &str = "SELECT t.id, t.at AS made_at, t.kind, t.retired, v.version, v.at, v.account, v.name, v.texts
    FROM letters_template t JOIN letters_template_version v ON v.template = t.id AND v.version = t.version
    WHERE t.service = $1 ORDER BY v.name, t.id";
// Version 0 is the newest.
const TEMPLATE: &str = "SELECT t.id, t.at AS made_at, t.kind, t.retired, v.version, v.at, v.account, v.name, v.texts
    FROM letters_template t JOIN letters_template_version v ON v.template = t.id
    WHERE t.service = $1 AND t.id = $2 AND (v.version = $3 OR ($3 = 0 AND v.version = t.version))";
const VERSIONS: &str = "SELECT t.id, t.at AS made_at, t.kind, t.retired, v.version, v.at, v.account, v.name, v.texts
    FROM letters_template t JOIN letters_template_version v ON v.template = t.id
    WHERE t.service = $1 AND t.id = $2 ORDER BY v.version DESC";
const SENT_SINCE: &str = "SELECT COUNT(*) AS n FROM letters_letter WHERE service = $1 AND id >= $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    INSERT_SERVICE,
    CHANGE_SERVICE,
    SERVICES,
    SERVICE,
    INSERT_KEY,
    KEYS,
    REVOKE,
    INSERT_REPLY_TO,
    REPLY_TO,
    INSERT_TEMPLATE,
    NEXT_VERSION,
    INSERT_VERSION,
    RETIRE,
    TEMPLATES,
    TEMPLATE,
    VERSIONS,
    SENT_SINCE,
];

pub async fn insert_service(tx: &mut Tx, service: &Service) -> Result<()> {
    let (language, team) = (service.language.code, service.team.join("\n"));
    let values = [text(&service.id), int(service.at.0), text(&service.name), text(language), text(team)];
    tx.exec(INSERT_SERVICE, &values).await.map(drop)
}

pub async fn change_service(tx: &mut Tx, service: &Service) -> Result<()> {
    let (language, team) = (service.language.code, service.team.join("\n"));
    tx.exec(CHANGE_SERVICE, &[text(&service.id), text(&service.name), text(language), text(team)]).await.map(drop)
}

pub async fn services(store: &Store) -> Result<Vec<Service>> {
    store.all(SERVICES, &[]).await?.iter().map(service_of).collect()
}

pub async fn service(store: &Store, id: &str) -> Result<Option<Service>> {
    store.one(SERVICE, &[text(id)]).await?.map(|row| service_of(&row)).transpose()
}

fn service_of(row: &Row) -> Result<Service> {
    Ok(Service {
        id: row.text("id")?,
        at: Instant(row.int("at")?),
        name: row.text("name")?,
        language: Language::find(&row.text("language")?).unwrap_or(ENGLISH),
        team: row.text("team")?.lines().map(str::to_owned).collect(),
    })
}

pub async fn insert_key(tx: &mut Tx, service: &str, key: &Key) -> Result<()> {
    let kind = key.kind.name();
    let values = [text(&key.id), text(service), int(key.at.0), text(&key.name), text(kind), text(&key.secret)];
    tx.exec(INSERT_KEY, &values).await.map(drop)
}

pub async fn keys(store: &Store, service: &str) -> Result<Vec<Key>> {
    let key = |row: &Row| {
        let kind = row.text("kind")?;
        Ok(Key {
            id: row.text("id")?,
            at: Instant(row.int("at")?),
            name: row.text("name")?,
            kind: KeyKind::find(&kind).ok_or_else(|| Error::Fault(format!("no key is of kind {kind}")))?,
            secret: row.text("secret")?,
            revoked_at: row.int_opt("revoked_at")?.map(Instant),
        })
    };
    store.all(KEYS, &[text(service)]).await?.iter().map(key).collect()
}

/// False when there is no such key, or it was revoked before.
pub async fn revoke(tx: &mut Tx, service: &str, key: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(REVOKE, &[text(service), text(key), int(now.0)]).await? > 0)
}

pub async fn insert_reply_to(tx: &mut Tx, service: &str, id: &str, address: &str) -> Result<()> {
    tx.exec(INSERT_REPLY_TO, &[text(id), text(service), text(address)]).await.map(drop)
}

pub async fn reply_to(store: &Store, service: &str) -> Result<Vec<ReplyTo>> {
    let address = |row: &Row| Ok(ReplyTo { id: row.text("id")?, address: row.text("address")? });
    store.all(REPLY_TO, &[text(service)]).await?.iter().map(address).collect()
}

pub async fn insert_template(tx: &mut Tx, service: &str, id: &str, kind: Channel, now: Instant) -> Result<()> {
    tx.exec(INSERT_TEMPLATE, &[text(id), text(service), int(now.0), text(kind.name())]).await.map(drop)
}

/// What a version says.
pub struct NewVersion<'a> {
    pub account: &'a str,
    pub name: &'a str,
    pub texts: &'a BTreeMap<String, Text>,
}

/// Adds a version and answers its number; `None` when there is no such template.
pub async fn insert_version(
    tx: &mut Tx,
    service: &str,
    template: &str,
    new: NewVersion<'_>,
    now: Instant,
) -> Result<Option<i64>> {
    let Some(row) = tx.one(NEXT_VERSION, &[text(service), text(template)]).await? else { return Ok(None) };
    let version = row.int("version")?;
    let texts = serde_json::to_string(new.texts).map_err(Error::fault)?;
    let values: [Value; 6] = [text(template), int(version), int(now.0), text(new.account), text(new.name), text(texts)];
    tx.exec(INSERT_VERSION, &values).await?;
    Ok(Some(version))
}

pub async fn retire(tx: &mut Tx, service: &str, template: &str) -> Result<bool> {
    Ok(tx.exec(RETIRE, &[text(service), text(template)]).await? > 0)
}

/// The newest version of each, retired ones too.
pub async fn templates(store: &Store, service: &str) -> Result<Vec<Template>> {
    store.all(TEMPLATES, &[text(service)]).await?.iter().map(template_of).collect()
}

/// One version; `None`: the newest.
pub async fn template(store: &Store, service: &str, id: &str, version: Option<i64>) -> Result<Option<Template>> {
    let values = [text(service), text(id), int(version.unwrap_or(0))];
    store.one(TEMPLATE, &values).await?.map(|row| template_of(&row)).transpose()
}

/// Newest first.
pub async fn versions(store: &Store, service: &str, id: &str) -> Result<Vec<Template>> {
    store.all(VERSIONS, &[text(service), text(id)]).await?.iter().map(template_of).collect()
}

fn template_of(row: &Row) -> Result<Template> {
    let kind = row.text("kind")?;
    Ok(Template {
        id: row.text("id")?,
        kind: Channel::find(&kind).ok_or_else(|| Error::Fault(format!("no channel is called {kind}")))?,
        version: row.int("version")?,
        name: row.text("name")?,
        texts: serde_json::from_str(&row.text("texts")?).map_err(Error::fault)?,
        made_at: Instant(row.int("made_at")?),
        at: Instant(row.int("at")?),
        account: row.text("account")?,
        retired: row.flag("retired")?,
    })
}

/// How many letters a service sent since the moment that this identifier stands for.
pub async fn sent_since(store: &Store, service: &str, floor: &str) -> Result<i64> {
    store.one(SENT_SINCE, &[text(service), text(floor)]).await?.ok_or(Error::NotFound)?.int("n")
}
