//! How often somebody tried: counted in the database, so that it holds across nodes and restarts.

use axum::http::StatusCode;
use kernel_base::{Instant, Result};
use kernel_store::{int, text};

use crate::{City, Failure, Visit};

const COUNT: &str = "INSERT INTO web_attempt (id, ends, tries) VALUES ($1, $2, 1)
    ON CONFLICT (id, ends) DO UPDATE SET tries = web_attempt.tries + 1
    RETURNING tries";
const SEEN: &str = "SELECT tries FROM web_attempt WHERE id = $1 AND ends = $2";
pub(crate) const PURGE: &str = "DELETE FROM web_attempt WHERE ends < $1";

pub(crate) const STATEMENTS: &[&str] = &[COUNT, SEEN, PURGE];

/// Guesses spread over many networks: one account takes this many times what it takes from one network. Low enough to
/// stop guessing, high enough that one network cannot lock somebody out of an account.
const NETWORKS: i64 = 5;

/// Counts one more try of `key` within the current window (in UTC, from the clock's zero); answers how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(city: &City, key: &str, window_seconds: i64) -> Result<i64> {
    let values = [text(city.secrets.hash("attempt", key)), int(end(city.clock.now(), window_seconds).0)];
    let mut tx = city.store.begin().await?;
    let row = tx.one(COUNT, &values).await?;
    // No page shows it.
    tx.commit_quietly().await?;
    row.map_or(Ok(0), |row| row.int("tries"))
}

/// How many tries of `key` there are in the current window, without counting one.
///
/// # Errors
/// When the database does not answer.
pub async fn seen(city: &City, key: &str, window_seconds: i64) -> Result<i64> {
    let values = [text(city.secrets.hash("attempt", key)), int(end(city.clock.now(), window_seconds).0)];
    city.store.one(SEEN, &values).await?.map_or(Ok(0), |row| row.int("tries"))
}

fn end(now: Instant, window_seconds: i64) -> Instant {
    let window = window_seconds.max(1).saturating_mul(1_000_000);
    Instant((now.0.div_euclid(window) + 1).saturating_mul(window))
}

/// How often something may be tried, e.g. signing in: ten times in a quarter of an hour for one account from one network.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Part of the key: every purpose counts by itself.
    pub purpose: &'static str,
    /// For one account from one network; five times as often from all networks together.
    pub per_account: i64,
    /// For one network and all accounts.
    pub per_network: i64,
    pub window_seconds: i64,
}

impl Limit {
    /// Counts a try and refuses it when there were too many. `account` is what was typed (name, address, number), whether
    /// it exists or not: the answer tells nobody. Empty counts the network alone. Call it before looking anything up.
    ///
    /// # Errors
    /// 429 with `Retry-After` and words in the reader's language.
    pub async fn check(&self, visit: &Visit, account: &str) -> std::result::Result<(), Failure> {
        let network = visit.network;
        let mut counted = vec![(format!("{} network {network}", self.purpose), self.per_network)];
        let account = account.trim().to_lowercase();
        if !account.is_empty() {
            counted.push((format!("{} account {account} {network}", self.purpose), self.per_account));
            counted.push((format!("{} account {account}", self.purpose), self.per_account.saturating_mul(NETWORKS)));
        }
        let mut exceeded = false;
        for (key, most) in counted {
            exceeded |= count(&visit.city, &key, self.window_seconds).await? > most;
        }
        if exceeded { Err(self.failure(visit)) } else { Ok(()) }
    }

    fn failure(&self, visit: &Visit) -> Failure {
        let now = visit.now();
        let seconds = (end(now, self.window_seconds).0 - now.0 + 999_999).div_euclid(1_000_000);
        too_many(visit, seconds)
    }
}

/// 429: what to do and when.
pub(crate) fn too_many(visit: &Visit, seconds: i64) -> Failure {
    let minutes = (seconds + 59).div_euclid(60);
    visit.note("limit.reached", "");
    let mut failure = Failure::said(StatusCode::TOO_MANY_REQUESTS, "attempts-too-many");
    failure.detail = visit.t_with("attempts-wait", &[("n", minutes.into())]);
    failure.after(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_begin_and_end_at_the_same_moments_on_every_node() {
        let minute = |seconds: i64| end(Instant(seconds * 1_000_000), 60).0 / 1_000_000;
        assert_eq!((minute(0), minute(59), minute(60), minute(-1)), (60, 60, 120, 0));
    }
}
