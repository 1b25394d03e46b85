//! Audit trail, facts and jobs on both engines, with several nodes at one database.

mod chain;
mod facts;
mod jobs;
mod trail;

use std::sync::Arc;

use kernel_base::{HandClock, Instant, SeededRandom};
use kernel_record::{Audit, audit};
use kernel_store::{Database, Store};

/// One node: its own connections, the common clock.
struct Node {
    store: Store,
    clock: Arc<HandClock>,
    random: Arc<SeededRandom>,
}

/// So many nodes at the same database.
async fn nodes<const COUNT: usize>(database: &Database) -> [Node; COUNT] {
    let clock = Arc::new(HandClock::at(Instant(1_000_000_000)));
    let mut nodes = Vec::new();
    for seed in 0..COUNT {
        let store = Store::open(database).await.unwrap();
        store.migrate(&[kernel_record::MIGRATIONS]).await.unwrap();
        nodes.push(Node { store, clock: clock.clone(), random: Arc::new(SeededRandom::new(seed as u64)) });
    }
    nodes.try_into().unwrap_or_else(|_| panic!("as many as asked"))
}

impl Node {
    /// Records an act; a moment passes.
    async fn act(&self, act: &str, who: &str, subject: &str) {
        let detail = serde_json::json!({ "by": "a test" });
        let mut tx = self.store.begin().await.unwrap();
        audit(&mut tx, Audit { act, who, subject, detail }, &*self.clock, &*self.random).await.unwrap();
        tx.commit().await.unwrap();
        self.clock.forward_seconds(1);
    }

    async fn run(&self, sql: &'static str) {
        let mut tx = self.store.begin().await.unwrap();
        tx.exec(sql, &[]).await.unwrap_or_else(|cause| panic!("{sql}: {cause}"));
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn every_statement_is_good_on_both_engines() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        for statement in kernel_record::STATEMENTS {
            node.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{cause}"));
        }
    })
    .await;
}
