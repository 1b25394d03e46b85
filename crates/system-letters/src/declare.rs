//! A service written in a file, for those who set up a city from files: what is not there is made, what changed becomes
//! a new version, what is the same stays.

use std::collections::BTreeMap;

use kernel_base::{Clock, Error, Id, Random, Result, Secrets};
use kernel_language::{LANGUAGES, Language};
use kernel_letters::Channel;
use kernel_record::{Audit, audit};
use kernel_store::Store;
use serde::Deserialize;
use serde_json::json;

use crate::notify::sign::{make_key, public_id};
use crate::service::{KeyKind, Service};
use crate::store::{self, NewVersion};
use crate::template::Text;

/// The file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    pub name: String,
    #[serde(default = "english")]
    pub language: String,
    /// Addresses that keys for the team may write to.
    #[serde(default)]
    pub team: Vec<String>,
    #[serde(default)]
    pub template: Vec<DeclaredTemplate>,
}

fn english() -> String {
    "en".to_owned()
}

/// `[[template]]` with `[template.en]` and `[template.ko]`.
#[derive(Debug, Clone, Deserialize)]
pub struct DeclaredTemplate {
    pub name: String,
    /// `email` or `sms`.
    pub kind: String,
    #[serde(flatten)]
    pub texts: BTreeMap<String, DeclaredText>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredText {
    #[serde(default)]
    pub subject: String,
    pub body: String,
}

/// What the interface calls the service and its templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub service: String,
    /// Name and identifier.
    pub templates: Vec<(String, String)>,
    /// The new key, which nobody can read again.
    pub key: Option<String>,
}

const COMMAND: &str = "command";

impl Declared {
    fn check(&self) -> Result<()> {
        let refused = |why: String| Err(Error::Refused(why));
        if self.name.trim().is_empty() {
            return refused("name: a service needs a name".to_owned());
        }
        if Language::find(&self.language).is_none() {
            let known: Vec<_> = LANGUAGES.iter().map(|language| language.code).collect();
            return refused(format!("language: {} is none of {}", self.language, known.join(", ")));
        }
        for template in &self.template {
            let name = &template.name;
            if !["email", "sms"].contains(&template.kind.as_str()) {
                return refused(format!("template {name}: kind is email or sms"));
            }
            if template.texts.is_empty() {
                return refused(format!("template {name}: write [template.en] or [template.ko] with a body"));
            }
            if let Some(code) = template.texts.keys().find(|code| Language::find(code).is_none()) {
                return refused(format!("template {name}: {code} is no language"));
            }
            let email = template.kind == "email";
            if email && template.texts.values().any(|text| text.subject.trim().is_empty()) {
                return refused(format!("template {name}: an e-mail needs a subject"));
            }
        }
        Ok(())
    }

    /// Makes it so; with a new key when one is named.
    ///
    /// # Errors
    /// When something in the file is wrong; nothing is changed then.
    pub async fn make(
        &self,
        store: &Store,
        key: Option<(&str, &str)>,
        secrets: &Secrets,
        (clock, random): (&dyn Clock, &dyn Random),
    ) -> Result<Made> {
        self.check()?;
        let kind = |word: &str| {
            KeyKind::find(word).ok_or_else(|| Error::Refused(format!("a key is live, team or test, not {word}")))
        };
        let key = key.map(|(name, word)| kind(word).map(|kind| (name, kind))).transpose()?;
        let found = store::services(store).await?.into_iter().find(|service| service.name == self.name);
        let is_new = found.is_none();
        let service = Service {
            id: found.map_or_else(|| Id::new("se", clock, random).to_string(), |found| found.id),
            at: clock.now(),
            name: self.name.clone(),
            language: Language::find(&self.language).unwrap_or(kernel_language::ENGLISH),
            team: self.team.clone(),
        };
        let known = store::templates(store, &service.id).await?;
        let mut made = Made { service: public_id(&service.id), templates: Vec::new(), key: None };
        let mut tx = store.begin().await?;
        match is_new {
            true => store::insert_service(&mut tx, &service).await?,
            false => store::change_service(&mut tx, &service).await?,
        }
        for wanted in &self.template {
            let texts: BTreeMap<String, Text> =
                wanted.texts.iter().map(|(code, text)| (code.clone(), text.into())).collect();
            let same =
                |known: &&crate::template::Template| known.name == wanted.name && known.kind.name() == wanted.kind;
            let old = known.iter().filter(|known| !known.retired).find(same);
            let id = old.map_or_else(|| Id::new("lt", clock, random).to_string(), |old| old.id.clone());
            if old.is_none() {
                let kind = Channel::find(&wanted.kind).unwrap_or(Channel::Email);
                store::insert_template(&mut tx, &service.id, &id, kind, clock.now()).await?;
            }
            if old.is_none_or(|old| old.texts != texts) {
                let new = NewVersion { account: COMMAND, name: &wanted.name, texts: &texts };
                store::insert_version(&mut tx, &service.id, &id, new, clock.now()).await?;
            }
            made.templates.push((wanted.name.clone(), public_id(&id)));
        }
        if let Some((name, kind)) = key {
            let (kept, shown_once) = make_key(&service, name, kind, secrets, (clock, random))?;
            store::insert_key(&mut tx, &service.id, &kept).await?;
            made.key = Some(shown_once);
        }
        let detail = json!({ "templates": made.templates.len(), "key": made.key.is_some() });
        audit(&mut tx, Audit { act: "service.declared", who: COMMAND, subject: &service.id, detail }, clock, random)
            .await?;
        tx.commit().await?;
        Ok(made)
    }
}

impl From<&DeclaredText> for Text {
    fn from(text: &DeclaredText) -> Text {
        Text { subject: text.subject.clone(), body: text.body.clone() }
    }
}
