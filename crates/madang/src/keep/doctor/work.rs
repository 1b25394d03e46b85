//! Whether the work behind the pages goes on.

use kernel_base::Result;
use kernel_record::{Stuck, check_last, trouble, unheard_since, unsealed_since};
use kernel_store::Store;

use super::{Finding, Installation};

/// Entries of the audit trail that are verified every time.
const LAST_ENTRIES: i64 = 1000;
/// Facts are told every second; this long means that somebody refuses.
const FACTS_WAIT_SECONDS: i64 = 300;
const SEALED_WITHIN_SECONDS: i64 = 60;

pub async fn jobs(it: &Installation) -> Vec<Finding> {
    const CHECK: &str = "jobs";
    judge(CHECK, it, async |store| {
        let found = trouble(store, it.now).await?;
        let mut findings = Vec::new();
        for job in &found.resting {
            let todo = "mend the cause, then `madang doctor --wake`";
            findings.push(Finding::wrong(CHECK, format!("{} rests {}", named(job), failed(job)), todo));
        }
        for job in &found.failing {
            let found = format!("{} comes back and fails {}", named(job), failed(job));
            findings.push(Finding::wrong(CHECK, found, "mend the cause; it goes on by itself"));
        }
        for job in &found.overdue {
            let todo = "see that a `madang serve` of this version runs";
            findings.push(Finding::wrong(CHECK, format!("{} waits for more than an hour", named(job)), todo));
        }
        if findings.is_empty() {
            findings.push(Finding::good(CHECK, "none waits too long, none failed too often"));
        }
        Ok(findings)
    })
    .await
}

pub async fn facts(it: &Installation) -> Vec<Finding> {
    const CHECK: &str = "facts";
    judge(CHECK, it, async |store| {
        let waits = unheard_since(store, it.now.plus_seconds(-FACTS_WAIT_SECONDS)).await?;
        Ok(vec![match waits {
            None => Finding::good(CHECK, "all are told"),
            Some((name, since)) => Finding::wrong(
                CHECK,
                format!("{name} of {since} is not told yet, nor are those behind it"),
                "see that `madang serve` runs; its log says who refuses to hear it",
            ),
        }])
    })
    .await
}

pub async fn trail(it: &Installation) -> Vec<Finding> {
    const CHECK: &str = "audit trail";
    judge(CHECK, it, async |store| {
        let mut findings = Vec::new();
        let checked = check_last(store, LAST_ENTRIES).await?;
        match checked.broken.first() {
            Some(broken) => findings.push(Finding::wrong(
                CHECK,
                format!("entry {} is {}", broken.entry, broken.fault.sentence()),
                "run `madang check audit`; compare with a backup and a checkpoint",
            )),
            None => {
                let last = checked.size.min(LAST_ENTRIES);
                findings.push(Finding::good(CHECK, format!("the last {last} of {} entries hold", checked.size)));
            }
        }
        if let Some(since) = unsealed_since(store).await?.filter(|at| *at < it.now.plus_seconds(-SEALED_WITHIN_SECONDS))
        {
            let found = format!("{} entries since {since} are not sealed", checked.waiting);
            findings.push(Finding::wrong(
                CHECK,
                found,
                "see that `madang serve` runs; its log says why it does not seal",
            ));
        }
        Ok(findings)
    })
    .await
}

fn named(job: &Stuck) -> String {
    format!("{} ({})", job.kind, job.id)
}

fn failed(job: &Stuck) -> String {
    format!("after {} tries: {}", job.tries, job.last_error.as_deref().unwrap_or("its node died each time"))
}

/// Without a database, or with a schema that these statements do not fit, that is said elsewhere.
async fn judge(
    check: &'static str,
    it: &Installation,
    look: impl AsyncFn(&Store) -> Result<Vec<Finding>>,
) -> Vec<Finding> {
    let Some(store) = &it.store else { return Vec::new() };
    look(store).await.unwrap_or_else(|cause| {
        vec![Finding::note(check, format!("cannot be looked at: {cause}"), "bring the schema up to date first")]
    })
}
