use kernel_base::{Random, Result};
use kernel_store::{int, text};

use super::challenge::Terms;
use crate::City;

const SPEND: &str = "INSERT INTO web_proof (id, act, ends) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
const FIND: &str = "SELECT act FROM web_proof WHERE id = $1";
pub(crate) const PURGE: &str = "DELETE FROM web_proof WHERE ends < $1";

pub(crate) const STATEMENTS: &[&str] = &[SPEND, FIND, PURGE];

/// One request that changes something, also when it is run again because the database asked for it: it may find its own
/// proof spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Act([u8; 16]);

impl Act {
    pub fn new(random: &dyn Random) -> Act {
        let mut act = [0u8; 16];
        random.fill(&mut act);
        Act(act)
    }

    fn word(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }
}

/// `false` when another act has spent it.
pub(super) async fn spend(city: &City, terms: &Terms, act: Act) -> Result<bool> {
    let id = terms.seed(&city.secrets);
    let mut tx = city.store.begin().await?;
    tx.exec(SPEND, &[text(&id), text(act.word()), int(terms.ends().0)]).await?;
    let by = tx.one(FIND, &[text(&id)]).await?.map(|row| row.text("act")).transpose()?;
    // No page shows it.
    tx.commit_quietly().await?;
    Ok(by.is_some_and(|by| by == act.word()))
}

pub(super) async fn is_spent(city: &City, terms: &Terms) -> Result<bool> {
    Ok(city.store.one(FIND, &[text(terms.seed(&city.secrets))]).await?.is_some())
}
