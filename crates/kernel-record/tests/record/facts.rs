use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contracts::Fact;
use kernel_base::{Clock, Error, Instant, Result};
use kernel_record::{Hearer, deliver, forget_heard, say, unheard_since};

use crate::{Node, nodes};

/// Hears slowly, remembers what it heard, and refuses one fact once.
#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<String>>,
    refuses: Mutex<Option<String>>,
}

impl Hearer for Ear {
    fn hear<'a>(&'a self, fact: &'a Fact) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let Fact::ScorecardForgotten { id } = fact else { return Ok(()) };
            tokio::time::sleep(Duration::from_millis(2)).await;
            if self.refuses.lock().unwrap().take_if(|refused| refused == id).is_some() {
                return Err(Error::Fault("not now".into()));
            }
            self.heard.lock().unwrap().push(id.clone());
            Ok(())
        })
    }
}

impl Node {
    async fn says(&self, ids: &[String], commit: bool) {
        let mut tx = self.store.begin().await.unwrap();
        for id in ids {
            let fact = Fact::ScorecardForgotten { id: id.clone() };
            say(&mut tx, &fact, &*self.clock, &*self.random).await.unwrap();
        }
        if commit {
            tx.commit().await.unwrap();
        }
    }

    async fn tells(&self, ear: &Arc<Ear>) -> Result<usize> {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let hearers: Vec<Arc<dyn Hearer>> = vec![ear.clone()];
        deliver(&self.store, &hearers, &clock, &*self.random).await
    }
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("sc_{number}")).collect()
}

#[tokio::test]
async fn a_fact_is_heard_only_when_its_act_committed_and_then_once() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let ear = Arc::new(Ear::default());
        node.says(&numbered(1), false).await;
        assert_eq!(node.tells(&ear).await.unwrap(), 0);
        node.says(&numbered(1), true).await;
        assert_eq!(node.tells(&ear).await.unwrap(), 1);
        assert_eq!(node.tells(&ear).await.unwrap(), 0);
        assert_eq!(*ear.heard.lock().unwrap(), numbered(1));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_tell_every_fact_once_and_in_the_order_in_which_it_was_said() {
    testkit::on_both_databases(async |database| {
        let [one, two] = nodes(&database).await;
        let ear = Arc::new(Ear::default());
        // All of one moment: only the order of saying tells them apart.
        one.says(&numbered(60), true).await;
        let mut told = 0;
        while told < 60 {
            let (here, there) = tokio::join!(one.tells(&ear), two.tells(&ear));
            told += here.unwrap() + there.unwrap();
        }
        assert_eq!(*ear.heard.lock().unwrap(), numbered(60));
    })
    .await;
}

#[tokio::test]
async fn a_refused_fact_is_told_again_before_those_behind_it() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let ear = Arc::new(Ear { refuses: Mutex::new(Some("sc_1".into())), ..Ear::default() });
        node.says(&numbered(3), true).await;
        assert!(node.tells(&ear).await.is_err());
        assert_eq!(*ear.heard.lock().unwrap(), numbered(1));
        let (name, _) = unheard_since(&node.store, Instant(i64::MAX)).await.unwrap().unwrap();
        assert_eq!(name, "scorecard_forgotten");
        assert_eq!(node.tells(&ear).await.unwrap(), 2);
        assert_eq!(*ear.heard.lock().unwrap(), numbered(3));
        assert_eq!(unheard_since(&node.store, Instant(i64::MAX)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn facts_of_a_node_that_died_telling_them_are_told_by_another() {
    testkit::on_both_databases(async |database| {
        let [dying, other] = nodes(&database).await;
        let ear = Arc::new(Ear::default());
        dying.says(&numbered(40), true).await;
        // Dropped in the middle, as a killed process leaves it: the lease is still held.
        let cut = tokio::time::timeout(Duration::from_millis(30), dying.tells(&ear)).await;
        assert!(cut.is_err(), "it was telling still");
        assert_eq!(other.tells(&ear).await.unwrap(), 0, "the dead node's lease holds for a while");
        other.clock.forward_seconds(61);
        other.tells(&ear).await.unwrap();
        let mut heard = ear.heard.lock().unwrap().clone();
        heard.dedup();
        assert_eq!(heard, numbered(40), "none lost, in order, at most the last one twice");
    })
    .await;
}

#[tokio::test]
async fn facts_that_everybody_heard_are_forgotten_in_time_and_no_others() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let ear = Arc::new(Ear::default());
        node.says(&numbered(2), true).await;
        node.tells(&ear).await.unwrap();
        node.says(&["sc_9".to_owned()], true).await;
        let forget = async |before: Instant| {
            let mut tx = node.store.begin().await.unwrap();
            let gone = forget_heard(&mut tx, before).await.unwrap();
            tx.commit().await.unwrap();
            gone
        };
        assert_eq!(forget(node.clock.now()).await, 0, "not yet");
        assert_eq!(forget(node.clock.now().plus_seconds(1)).await, 2);
        assert_eq!(node.tells(&ear).await.unwrap(), 1, "what nobody heard stays");
        assert_eq!(ear.heard.lock().unwrap().last().unwrap(), "sc_9");
    })
    .await;
}
