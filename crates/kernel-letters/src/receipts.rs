//! What message centres say about short messages that they took.

use std::sync::Arc;

use futures::future::BoxFuture;
use kernel_base::{Clock, Result};
use kernel_store::{Store, int, text};

use crate::returned::{ARRIVED, CAME_BACK};
use crate::{State, smpp};

pub(crate) const PART_ARRIVED: &str = "UPDATE letters_part SET delivered = TRUE WHERE remote = $1 RETURNING delivery";
pub(crate) const PART: &str = "SELECT delivery FROM letters_part WHERE remote = $1";
pub(crate) const MISSING: &str = "SELECT COUNT(*) AS n FROM letters_part WHERE delivery = $1 AND delivered = FALSE";

/// Writes receipts into the database.
pub struct Receipts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
}

impl smpp::Receipts for Receipts {
    fn note<'a>(&'a self, remote: &'a str, arrived: bool) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            let now = int(self.clock.now().0);
            let mut tx = self.store.begin().await?;
            let sql = if arrived { PART_ARRIVED } else { PART };
            let Some(row) = tx.one(sql, &[text(remote)]).await? else { return Ok(false) };
            let delivery = row.text("delivery")?;
            if !arrived {
                let state = State::PermanentFailure.name();
                tx.exec(CAME_BACK, &[text(delivery), text(state), text("receipt"), now]).await?;
            } else if tx.one(MISSING, &[text(&delivery)]).await?.map(|row| row.int("n")).transpose()? == Some(0) {
                tx.exec(ARRIVED, &[text(delivery), now]).await?;
            }
            tx.commit().await?;
            Ok(true)
        })
    }
}
