//! Letters that come back: addresses that do not take them are left alone until their owner confirms them anew.

use kernel_base::{Clock, Random, Result};
use kernel_store::{Store, Tx, int, text};

use crate::notification::{Fate, Notification};
use crate::{Channel, Letter, Letters, State, To};

pub(crate) const BLOCK: &str = "INSERT INTO letters_returned (address_hash, at, delivery, reason)
    SELECT address_hash, $2, id, $3 FROM letters_delivery WHERE id = $1 AND address_hash <> ''
    ON CONFLICT (address_hash) DO NOTHING";
pub(crate) const BLOCKED: &str = "SELECT at FROM letters_returned WHERE address_hash = $1";
pub(crate) const FREE: &str = "DELETE FROM letters_returned WHERE address_hash = $1";
pub(crate) const ACCOUNT: &str = "SELECT l.account FROM letters_letter l JOIN letters_delivery d ON d.letter = l.id
    WHERE d.id = $1 AND l.account IS NOT NULL";
pub(crate) const CAME_BACK: &str = "UPDATE letters_delivery SET state = $2, reason = $3, finished_at = $4
    WHERE id = $1 AND state IN ('waiting', 'sending', 'sent', 'delivered')";
pub(crate) const ARRIVED: &str = "UPDATE letters_delivery SET state = 'delivered', finished_at = $2
    WHERE id = $1 AND state IN ('sending', 'sent')";

/// Whether letters came back from there.
pub(crate) async fn is_blocked(store: &Store, address_hash: &str) -> Result<bool> {
    Ok(store.one(BLOCKED, &[text(address_hash)]).await?.is_some())
}

/// Stops letters to the address of a delivery. A person with an account finds a notice in the inbox, once.
pub(crate) async fn block(
    letters: &Letters,
    tx: &mut Tx,
    delivery: &str,
    reason: &str,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<()> {
    if tx.exec(BLOCK, &[text(delivery), int(clock.now().0), text(reason)]).await? == 0 {
        return Ok(());
    }
    if let Some(row) = tx.one(ACCOUNT, &[text(delivery)]).await? {
        let notice = Letter::template(To::Account(row.text("account")?), "letters-returned")
            .with_link("link", "/account/letters")
            .inbox_only();
        letters.send(tx, &notice, clock, random).await?;
    }
    Ok(())
}

impl Letters {
    /// The owner confirmed the address anew: letters go there again.
    pub async fn confirm_address(&self, tx: &mut Tx, channel: Channel, address: &str) -> Result<()> {
        tx.exec(FREE, &[text(self.address_hash(channel, address))]).await.map(drop)
    }

    /// Whether letters to this address came back, for the page where a person sees their addresses.
    pub async fn came_back(&self, store: &Store, channel: Channel, address: &str) -> Result<bool> {
        is_blocked(store, &self.address_hash(channel, address)).await
    }

    /// Reads a mail that came to the return address; answers whether it told anything about a letter of ours.
    pub async fn read_returned(
        &self,
        store: &Store,
        mail: &[u8],
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<bool> {
        let Some(notification) = Notification::read(mail) else { return Ok(false) };
        let mut tx = store.begin().await?;
        let known = self.note_fate(&mut tx, &notification, clock, random).await?;
        tx.commit().await?;
        Ok(known)
    }

    async fn note_fate(
        &self,
        tx: &mut Tx,
        notification: &Notification,
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<bool> {
        let (id, now) = (notification.delivery.as_str(), clock.now());
        match &notification.fate {
            Fate::Delayed => Ok(true),
            Fate::Delivered => Ok(tx.exec(ARRIVED, &[text(id), int(now.0)]).await? > 0),
            Fate::Failed(status) => {
                let state = State::PermanentFailure.name();
                let reason = format!("returned {status}");
                let known = tx.exec(CAME_BACK, &[text(id), text(state), text(&reason), int(now.0)]).await? > 0;
                if known && is_hard(&reason) {
                    block(self, tx, id, &reason, clock, random).await?;
                }
                Ok(known)
            }
        }
    }
}

/// Whether a reason is about the address itself: bad mailbox, moved, or disabled (RFC 3463). A full mailbox and a
/// server's opinion of our letters are not. Old servers say only that there is no such mailbox (RFC 5321 §4.2.3).
pub(crate) fn is_hard(reason: &str) -> bool {
    let status = reason.rsplit(' ').next().unwrap_or_default();
    status.starts_with("5.1.") || status == "5.2.1" || ["smtp 550", "smtp 551", "smtp 553"].contains(&reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_the_address_itself_stops_letters() {
        assert!(
            is_hard("returned 5.1.1") && is_hard("smtp 550 5.1.10") && is_hard("returned 5.2.1") && is_hard("smtp 550")
        );
        assert!(
            !is_hard("returned 5.2.2") && !is_hard("smtp 550 5.7.1") && !is_hard("smtp 554") && !is_hard("gateway 400")
        );
    }
}
