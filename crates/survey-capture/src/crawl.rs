//! The crawl itself: one loop owns what is known, tasks fetch beside it.

mod answers;
mod browse;
mod known;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use survey_archive::RecordId;
use survey_archive::notes::{FailureNote, Note};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use url::Url;

use crate::address::Promise;
use crate::client::FetchError;
use crate::clock;
use crate::fetch::{self, Fetched, Lead, Shared};
use crate::frontier::{Frontier, Id, Offer, State};
use crate::host::{self, Host, Listed};
use crate::options::{Event, Progress};
use crate::page::{Form, Page};
use crate::render::{Rendered, Renderer};
use crate::robots::Rules;

/// Notes of failures kept; a site where everything fails says so once.
const MAX_FAILURES: u32 = 300;
const MAX_REDIRECTS: usize = 10;
const MAX_TRIES: u8 = 3;

/// What a task brought back.
pub enum Done {
    Robots { host: String, rules: Rules, failed: Option<FetchError> },
    Sitemaps { host: String, listed: Listed },
    Fetched(Box<Fetched>),
    Rendered(Box<Rendered>),
}

/// The way by which an address was reached, when it is no plain link.
#[derive(Debug, Clone, Default)]
struct Way {
    chain: Vec<Id>,
    cookies: Vec<String>,
    tries: u8,
}

#[derive(Debug, Default)]
pub struct Counts {
    /// Pages asked for, whatever the answer.
    pub asked: u32,
    pub pages: u32,
    pub forbidden: u32,
    pub documents_asked: u32,
    pub documents: u32,
    pub document_bytes: u64,
    pub documents_unread: u32,
    pub document_tool_missing: bool,
    pub rendered: u32,
    pub failures: u32,
    pub needed_scripts: u32,
    pub cut: u32,
    /// Equal texts of pages, for walls that stand before everything.
    pub prints: HashMap<u64, u32>,
}

/// What a browser should know of a page that was fetched.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub record: Option<RecordId>,
    /// Its `lang`.
    pub language: Option<String>,
}

/// Something that may be asked later: a search form, a feed or an interface, found on a page.
#[derive(Debug, Default)]
pub struct Finds {
    /// Page, form: pages with search forms.
    pub forms: Vec<(Url, Form)>,
    /// Type and address of feeds and interface descriptions that pages name.
    pub resources: BTreeMap<String, String>,
    /// Links that lead outside.
    pub outside: BTreeMap<String, Option<Id>>,
    /// Words of pages for the search: texts of the first pages.
    pub texts: Vec<String>,
    /// Pages with a form that people fill in.
    pub form_pages: Vec<Id>,
}

pub struct Crawl<'a> {
    pub shared: Arc<Shared>,
    pub frontier: Frontier,
    pub hosts: HashMap<String, Host>,
    pub counts: Counts,
    pub finds: Finds,
    pub limits: BTreeSet<String>,
    pub stopped: &'static str,
    pub renderer: Option<Arc<Renderer>>,
    progress: &'a dyn Progress,
    tasks: JoinSet<Result<Done, survey_archive::Error>>,
    ways: HashMap<Id, Way>,
    reads: HashMap<Id, Read>,
    /// Language of the page that the start leads to.
    home_language: Option<String>,
    to_render: VecDeque<Id>,
    rendering: u32,
    copies_to_render: u32,
    pub rendered: BTreeSet<Id>,
    pub render_room: u32,
    start: Id,
    turn: u32,
}

impl<'a> Crawl<'a> {
    pub fn new(shared: Arc<Shared>, renderer: Option<Arc<Renderer>>, progress: &'a dyn Progress) -> Self {
        let options = &shared.options;
        let mut frontier = Frontier::new(options.budget, shared.words.topics().len(), clock::year());
        let render_room = options.limits.rendered;
        let start = frontier.offer(&options.start, Offer { part: true, ..Offer::default() }).unwrap_or(0);
        Self {
            frontier,
            hosts: HashMap::new(),
            counts: Counts::default(),
            finds: Finds::default(),
            limits: BTreeSet::new(),
            stopped: "complete",
            renderer,
            progress,
            tasks: JoinSet::new(),
            ways: HashMap::new(),
            reads: HashMap::new(),
            home_language: None,
            to_render: VecDeque::new(),
            rendering: 0,
            copies_to_render: 0,
            rendered: BTreeSet::new(),
            render_room,
            start,
            turn: 0,
            shared,
        }
    }

    /// Fetches until everything is read, or a budget is used up, or somebody says stop.
    ///
    /// # Errors
    /// Only when the archive cannot be written.
    pub async fn run(&mut self, until: Instant, stop: &mut watch::Receiver<bool>) -> Result<(), survey_archive::Error> {
        loop {
            let interrupted = *stop.borrow();
            if let Some(why) = self.used_up(until, interrupted) {
                self.stopped = why;
                return self.land(until.max(Instant::now())).await;
            }
            self.fill();
            let wake = self.wake();
            if self.tasks.is_empty() && wake.is_none() {
                let more = self.counts.asked >= self.shared.options.budget && self.frontier_waits();
                self.stopped = if more { "pages" } else { "complete" };
                return Ok(());
            }
            let wake = wake.map_or(until, |t| t.min(until));
            tokio::select! {
                Some(done) = self.tasks.join_next() => self.take_in(done).await?,
                () = sleep_until(wake) => {}
                Ok(()) = stop.changed() => {}
            }
        }
    }

    fn used_up(&self, until: Instant, interrupted: bool) -> Option<&'static str> {
        let options = &self.shared.options;
        if interrupted {
            Some("interrupted")
        } else if Instant::now() >= until {
            Some("time")
        } else if self.shared.client.received() >= options.max_bytes {
            Some("bytes")
        } else {
            None
        }
    }

    fn frontier_waits(&self) -> bool {
        self.frontier.known().iter().any(|k| k.state == State::Waiting && k.promise == Promise::Page)
    }

    /// What is under way may end, for a moment.
    async fn land(&mut self, until: Instant) -> Result<(), survey_archive::Error> {
        let grace = until.min(Instant::now()) + Duration::from_secs(2);
        while let Ok(Some(done)) = tokio::time::timeout_at(grace, self.tasks.join_next()).await {
            self.take_in(done).await?;
        }
        self.tasks.abort_all();
        while self.tasks.join_next().await.is_some() {}
        self.rendering = 0;
        Ok(())
    }

    /// When a host that has to be left in peace for a moment may be asked again.
    fn wake(&self) -> Option<Instant> {
        let now = Instant::now();
        let waiting = self.frontier.hosts_waiting(self.pages_left(), self.documents_left());
        let hosts = waiting.filter_map(|name| self.hosts.get(name)).filter(|h| !h.given_up && h.flying < h.room);
        hosts.map(|h| h.next).filter(|t| *t > now).min()
    }

    fn pages_left(&self) -> bool {
        self.counts.asked < self.shared.options.budget
    }

    fn fill(&mut self) {
        for (name, _) in self.hosts.iter().filter(|(_, host)| host.given_up) {
            self.frontier.give_up(name);
        }
        self.ask_new_hosts();
        self.render_next();
        let now = Instant::now();
        let options = &self.shared.options;
        let room = options.concurrency.max(1)
            + self.hosts.values().filter(|h| h.room > 1).map(|h| h.room as usize).sum::<usize>();
        while self.tasks.len() < room + self.rendering as usize {
            self.turn += 1;
            let pages_left = self.pages_left();
            let documents_first = self.turn.is_multiple_of(6);
            let hosts = &self.hosts;
            let mut ready = |h: &str| hosts.get(h).is_some_and(|h| h.ready(now));
            let wants_documents = self.documents_left();
            let mut taken = None;
            if wants_documents && documents_first {
                taken = self.frontier.take(true, &mut ready);
            }
            if taken.is_none() && pages_left {
                taken = self.frontier.take(false, &mut ready);
            }
            if taken.is_none() && wants_documents {
                taken = self.frontier.take(true, &mut ready);
            }
            let Some(id) = taken else { break };
            self.launch(id, now);
        }
    }

    fn documents_left(&self) -> bool {
        let limits = &self.shared.options.limits;
        // A small budget of pages buys a small number of documents.
        let most = limits.documents.min(self.shared.options.budget / 4 + 1);
        self.counts.documents_asked < most && self.counts.document_bytes < limits.all_document_bytes
    }

    fn ask_new_hosts(&mut self) {
        let new: Vec<String> = self
            .frontier
            .hosts_waiting(self.pages_left(), self.documents_left())
            .filter(|h| self.hosts.get(*h).is_none_or(|h| h.rules.is_none() && !h.asking))
            .map(str::to_owned)
            .collect();
        for name in new {
            let near = self.shared.client.dialler().is_near(&name);
            let options = &self.shared.options;
            let host = self.hosts.entry(name.clone()).or_insert_with(|| Host::new(near, options));
            host.asking = true;
            host.takes_off(Instant::now());
            let Some(root) = self.frontier.root_of(&name) else { continue };
            let shared = self.shared.clone();
            self.tasks.spawn(async move {
                let (rules, failed) = host::robots(&shared, &root).await?;
                Ok(Done::Robots { host: name, rules, failed })
            });
        }
    }

    fn launch(&mut self, id: Id, now: Instant) {
        let Some(known) = self.frontier.get(id) else { return };
        let Ok(url) = Url::parse(&known.url) else { return };
        let (depth, document) = (known.offer.depth, known.promise == Promise::Document);
        let Some(host) = self.hosts.get_mut(url.host_str().unwrap_or("")) else { return };
        if host.rules.as_ref().is_some_and(|r| !r.allows(&url)) {
            self.frontier.settle(id, State::Forbidden);
            self.counts.forbidden += u32::from(!document);
            return;
        }
        host.takes_off(now);
        let way = self.ways.get(&id);
        if document {
            self.counts.documents_asked += 1;
        } else if way.is_none_or(|w| w.tries == 0) {
            self.counts.asked += 1;
        }
        let cookies = way.filter(|w| !w.cookies.is_empty()).map(|w| w.cookies.join("; "));
        let shared = self.shared.clone();
        self.tasks.spawn(async move {
            let fetched = fetch::fetch(&shared, id, url, depth, document, cookies).await?;
            Ok(Done::Fetched(Box::new(fetched)))
        });
    }

    async fn take_in(
        &mut self,
        done: Result<Result<Done, survey_archive::Error>, tokio::task::JoinError>,
    ) -> Result<(), survey_archive::Error> {
        let done = match done {
            Ok(done) => done?,
            Err(e) => {
                if e.is_panic() {
                    self.limits
                        .insert("One address could not be read because of an error in the crawler itself.".to_owned());
                }
                return Ok(());
            }
        };
        match done {
            Done::Robots { host, rules, failed } => self.robots(&host, rules, failed).await,
            Done::Sitemaps { host, listed } => self.sitemaps(&host, listed).await,
            Done::Fetched(fetched) => self.fetched(*fetched).await,
            Done::Rendered(rendered) => {
                self.rendering = self.rendering.saturating_sub(1);
                self.take_rendered(*rendered).await
            }
        }
    }
}
