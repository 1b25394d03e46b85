//! Audit, facts and jobs on SQLite; with whole acts on both engines in `crates/madang/tests`.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use contracts::Fact;
use kernel_base::{Clock, Error, HandClock, Instant, Random, Result, SeededRandom};
use kernel_record::{Audit, Hearer, Job, JobContext, Jobs, audit, deliver, later, say};
use kernel_store::{Database, Store};
use serde_json::json;

struct Counted {
    runs: AtomicUsize,
    fails_first: usize,
}

impl Job for Counted {
    fn kind(&self) -> &'static str {
        "counted"
    }

    fn run<'a>(
        &'a self,
        _payload: &'a serde_json::Value,
        _context: JobContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let run = self.runs.fetch_add(1, Ordering::SeqCst);
            if run < self.fails_first { Err(Error::Fault("not today".into())) } else { Ok(()) }
        })
    }
}

struct City {
    _folder: tempfile::TempDir,
    store: Store,
    clock: Arc<HandClock>,
    random: Arc<SeededRandom>,
}

async fn city() -> City {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Database::Sqlite(folder.path().join("city.db"))).await.unwrap();
    store.migrate(&[kernel_record::MIGRATIONS]).await.unwrap();
    let clock = Arc::new(HandClock::at(Instant(1_000_000_000)));
    City { _folder: folder, store, clock, random: Arc::new(SeededRandom::new(7)) }
}

impl City {
    fn worker(&self, job: Arc<Counted>) -> Jobs {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (self.clock.clone(), self.random.clone());
        Jobs::new(self.store.clone(), clock, random, vec![job])
    }

    async fn queue(&self, run_at: Instant) {
        let mut tx = self.store.begin().await.unwrap();
        later(&mut tx, "counted", &json!({}), run_at, &*self.clock, &*self.random).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_job_runs_when_it_is_due_and_only_once() {
    let city = city().await;
    let job = Arc::new(Counted { runs: AtomicUsize::new(0), fails_first: 0 });
    let worker = city.worker(job.clone());
    city.queue(city.clock.now().plus_seconds(10)).await;
    assert_eq!(worker.run_due().await.unwrap(), 0);
    city.clock.forward_seconds(11);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(job.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_failed_job_is_tried_again_after_a_pause() {
    let city = city().await;
    let job = Arc::new(Counted { runs: AtomicUsize::new(0), fails_first: 1 });
    let worker = city.worker(job.clone());
    city.queue(city.clock.now()).await;
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(worker.due().await.unwrap(), 0, "it rests first");
    city.clock.forward_seconds(60);
    assert_eq!(worker.run_due().await.unwrap(), 1);
}

#[tokio::test]
async fn many_workers_hand_out_each_job_once() {
    let city = city().await;
    for _ in 0..40 {
        city.queue(city.clock.now()).await;
    }
    let job = Arc::new(Counted { runs: AtomicUsize::new(0), fails_first: 0 });
    let workers = (0..4).map(|_| city.worker(job.clone())).collect::<Vec<_>>();
    let done = tokio::join!(workers[0].run_due(), workers[1].run_due(), workers[2].run_due(), workers[3].run_due());
    let total = done.0.unwrap() + done.1.unwrap() + done.2.unwrap() + done.3.unwrap();
    assert_eq!(total, 40);
    assert_eq!(job.runs.load(Ordering::SeqCst), 40);
}

struct Ear(Mutex<Vec<Fact>>);

impl Hearer for Ear {
    fn hear<'a>(&'a self, fact: &'a Fact) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            self.0.lock().unwrap().push(fact.clone());
            Ok(())
        })
    }
}

#[tokio::test]
async fn a_fact_is_heard_only_when_its_act_committed() {
    let city = city().await;
    let fact = Fact::ScorecardForgotten { id: "sc_1".into() };
    let mut tx = city.store.begin().await.unwrap();
    say(&mut tx, &fact, &*city.clock, &*city.random).await.unwrap();
    drop(tx);
    let ear = Arc::new(Ear(Mutex::default()));
    let hearers: Vec<Arc<dyn Hearer>> = vec![ear.clone()];
    assert_eq!(deliver(&city.store, &hearers).await.unwrap(), 0);

    let mut tx = city.store.begin().await.unwrap();
    let entry = Audit { act: "scorecard.forgotten", who: "city", subject: "sc_1", detail: json!({}) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await.unwrap();
    say(&mut tx, &fact, &*city.clock, &*city.random).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(deliver(&city.store, &hearers).await.unwrap(), 1);
    assert_eq!(deliver(&city.store, &hearers).await.unwrap(), 0);
    assert_eq!(*ear.0.lock().unwrap(), vec![fact]);
}
