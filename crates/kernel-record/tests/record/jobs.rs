use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kernel_base::{Clock, Error, Random, Result};
use kernel_record::{Job, JobContext, Jobs, MOST_TRIES, later, later_once, patiently, trouble, wake};
use serde_json::{Value as Json, json};

use crate::{Node, nodes};

#[derive(Default)]
struct Counted {
    runs: AtomicUsize,
    fails_first: usize,
    takes: Duration,
    every: Option<i64>,
}

impl Job for Counted {
    fn kind(&self) -> &'static str {
        "counted"
    }

    fn every_seconds(&self) -> Option<i64> {
        self.every
    }

    fn run<'a>(
        &'a self,
        _payload: &'a Json,
        _context: JobContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let run = self.runs.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(self.takes).await;
            if run < self.fails_first { Err(Error::Fault("not today".into())) } else { Ok(()) }
        })
    }
}

impl Counted {
    fn runs(&self) -> usize {
        self.runs.load(Ordering::SeqCst)
    }
}

impl Node {
    fn worker(&self, job: &Arc<Counted>) -> Jobs {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (self.clock.clone(), self.random.clone());
        Jobs::new(self.store.clone(), clock, random, vec![job.clone()]).with_heartbeat(Duration::from_millis(20))
    }

    async fn queue(&self, kind: &str, in_seconds: i64) {
        let run_at = self.clock.now().plus_seconds(in_seconds);
        let mut tx = self.store.begin().await.unwrap();
        later(&mut tx, kind, &json!({}), run_at, &*self.clock, &*self.random).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// An act that touches the job whose lease is being renewed: the database may ask to repeat it.
    async fn queue_once(&self) {
        let now = self.clock.now();
        let act = async || {
            let mut tx = self.store.begin().await?;
            later_once(&mut tx, "index", "counted", &json!({}), now, &*self.clock, &*self.random).await?;
            tx.commit().await
        };
        patiently(&*self.random, act).await.unwrap();
    }
}

#[tokio::test]
async fn a_job_runs_when_it_is_due_and_only_once() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let job = Arc::new(Counted::default());
        let worker = node.worker(&job);
        node.queue("counted", 10).await;
        assert_eq!(worker.run_due().await.unwrap(), 0);
        node.clock.forward_seconds(11);
        assert_eq!(worker.run_due().await.unwrap(), 1);
        assert_eq!(worker.run_due().await.unwrap(), 0);
        assert_eq!(job.runs(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_failed_job_is_tried_again_after_a_pause() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let job = Arc::new(Counted { fails_first: 1, ..Counted::default() });
        let worker = node.worker(&job);
        node.queue("counted", 0).await;
        assert_eq!(worker.run_due().await.unwrap(), 0);
        assert_eq!(worker.due().await.unwrap(), 0, "it rests first");
        node.clock.forward_seconds(60);
        assert_eq!(worker.run_due().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn four_nodes_hand_out_each_job_once() {
    testkit::on_both_databases(async |database| {
        let nodes = nodes::<4>(&database).await;
        for _ in 0..40 {
            nodes[0].queue("counted", 0).await;
        }
        let job = Arc::new(Counted::default());
        let workers = nodes.each_ref().map(|node| node.worker(&job));
        let [one, two, three, four] = &workers;
        let done = tokio::join!(one.run_due(), two.run_due(), three.run_due(), four.run_due());
        let total = done.0.unwrap() + done.1.unwrap() + done.2.unwrap() + done.3.unwrap();
        assert_eq!((total, job.runs()), (40, 40));
    })
    .await;
}

#[tokio::test]
async fn a_long_job_is_not_taken_by_a_second_node_while_the_first_lives() {
    testkit::on_both_databases(async |database| {
        let [one, two] = nodes(&database).await;
        let job = Arc::new(Counted { takes: Duration::from_millis(500), ..Counted::default() });
        let (first, second) = (one.worker(&job), two.worker(&job));
        one.queue("counted", 0).await;
        let elsewhere = async {
            // Ten minutes of the common clock pass; a lease holds for one.
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_millis(30)).await;
                assert_eq!(second.run_due().await.unwrap(), 0);
                one.clock.forward_seconds(50);
            }
        };
        let (done, ()) = tokio::join!(first.run_due(), elsewhere);
        assert_eq!(done.unwrap(), 1);
        assert_eq!(job.runs(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_job_of_a_dead_node_is_taken_by_another_when_its_lease_ends() {
    testkit::on_both_databases(async |database| {
        let [dying, other] = nodes(&database).await;
        let slow = Arc::new(Counted { takes: Duration::from_secs(60), ..Counted::default() });
        dying.queue("counted", 0).await;
        let worker = dying.worker(&slow);
        let died = async {
            while slow.runs() == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::select! {
            done = worker.run_due() => panic!("it takes a minute: {done:?}"),
            () = died => {}
        }
        let job = Arc::new(Counted::default());
        assert_eq!(other.worker(&job).run_due().await.unwrap(), 0, "its lease holds for a while");
        other.clock.forward_seconds(61);
        assert_eq!(other.worker(&job).run_due().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_keeps_failing_rests_until_somebody_wakes_it() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let job = Arc::new(Counted { fails_first: MOST_TRIES as usize, ..Counted::default() });
        let worker = node.worker(&job);
        node.queue("counted", 0).await;
        for _ in 0..MOST_TRIES + 5 {
            worker.run_due().await.unwrap();
            node.clock.forward_seconds(3601);
        }
        assert_eq!(job.runs(), MOST_TRIES as usize);
        let found = trouble(&node.store, node.clock.now()).await.unwrap();
        assert_eq!(found.resting.len(), 1);
        assert_eq!(found.resting[0].last_error.as_deref(), Some("not today"));
        assert!(found.overdue.is_empty() && found.failing.is_empty());
        assert_eq!(wake(&node.store, node.clock.now()).await.unwrap(), 1);
        assert_eq!(worker.run_due().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_kind_that_no_node_knows_waits_untouched_and_is_named() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        node.queue("from-a-newer-release", 0).await;
        let worker = node.worker(&Arc::new(Counted::default()));
        assert_eq!(worker.run_due().await.unwrap(), 0);
        node.clock.forward_seconds(3700);
        let found = trouble(&node.store, node.clock.now()).await.unwrap();
        assert_eq!((found.overdue[0].kind.as_str(), found.overdue[0].tries), ("from-a-newer-release", 0));
    })
    .await;
}

#[tokio::test]
async fn a_job_under_a_key_waits_once_and_runs_again_when_asked_for_while_it_ran() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        let job = Arc::new(Counted { takes: Duration::from_millis(200), ..Counted::default() });
        let worker = node.worker(&job);
        for _ in 0..3 {
            node.queue_once().await;
        }
        assert_eq!(worker.run_due().await.unwrap(), 1);
        node.queue_once().await;
        let meanwhile = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            node.queue_once().await;
        };
        let (done, ()) = tokio::join!(worker.run_due(), meanwhile);
        assert_eq!(done.unwrap(), 2);
        assert_eq!(worker.run_due().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_recurring_job_stands_once_in_the_queue_and_comes_back_even_after_many_failures() {
    testkit::on_both_databases(async |database| {
        let [one, two] = nodes(&database).await;
        let job = Arc::new(Counted { every: Some(600), fails_first: 30, ..Counted::default() });
        let (first, second) = (one.worker(&job), two.worker(&job));
        for _ in 0..30 {
            let (here, there) = tokio::join!(first.run_due(), second.run_due());
            assert_eq!(here.unwrap() + there.unwrap(), 0);
            one.clock.forward_seconds(601);
        }
        assert_eq!(job.runs(), 30);
        assert_eq!(trouble(&one.store, one.clock.now()).await.unwrap().failing.len(), 1);
        let (here, there) = tokio::join!(first.run_due(), second.run_due());
        assert_eq!(here.unwrap() + there.unwrap(), 1);
        assert_eq!(first.run_due().await.unwrap(), 0, "not before its time");
        one.clock.forward_seconds(601);
        assert_eq!(second.run_due().await.unwrap(), 1);
        assert!(trouble(&one.store, one.clock.now()).await.unwrap().failing.is_empty());
    })
    .await;
}
