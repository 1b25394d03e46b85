//! How a person wants letters.

use kernel_base::{Error, Result};
use kernel_language::{Lang, Language};
use kernel_store::{Store, Tx, flag, text};

use crate::{Channel, Reach};

pub(crate) const FIND: &str = "SELECT language, channel, push_subject FROM letters_preference WHERE account = $1";
pub(crate) const KEEP: &str = "INSERT INTO letters_preference (account, language, channel, push_subject)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (account) DO UPDATE SET language = EXCLUDED.language, channel = EXCLUDED.channel,
        push_subject = EXCLUDED.push_subject";

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preference {
    pub language: Lang,
    pub channel: Channel,
    /// Notices of the browser may show a letter's subject; without it they only say that there is a letter.
    pub push_subject: bool,
}

/// What the person chose; `None`: nothing yet, so as the account says.
pub async fn preference(store: &Store, account: &str) -> Result<Option<Preference>> {
    let Some(row) = store.one(FIND, &[text(account)]).await? else { return Ok(None) };
    let code = row.text("language")?;
    Ok(Some(Preference {
        language: Language::find(&code).ok_or_else(|| Error::Fault(format!("no language has the tag {code}")))?,
        channel: Channel::read(&row.text("channel")?)?,
        push_subject: row.flag("push_subject")?,
    }))
}

pub async fn prefer(tx: &mut Tx, account: &str, preference: Preference) -> Result<()> {
    let values =
        [text(account), text(preference.language.code), text(preference.channel.name()), flag(preference.push_subject)];
    tx.exec(KEEP, &values).await.map(drop)
}

/// The account's own word, unless the person chose otherwise for letters.
pub(crate) async fn applied(store: &Store, account: &str, reach: Reach) -> Result<Reach> {
    Ok(match preference(store, account).await? {
        Some(chosen) => Reach { language: chosen.language, channel: chosen.channel, ..reach },
        None => reach,
    })
}
