//! The crawl itself: one loop owns what is known, tasks fetch beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

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

/// Something that may be asked later: a search form, a feed or an interface, found on a page.
#[derive(Debug, Default)]
pub struct Finds {
    /// Page, form: pages with search forms.
    pub forms: Vec<(Url, Form)>,
    /// Type and address of feeds and interface descriptions that pages name.
    pub resources: BTreeMap<String, String>,
    /// Links that lead outside.
    pub outside: BTreeMap<String, Option<Id>>,
    /// Words of a page for the search: text of the first pages.
    pub text: String,
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
    to_render: VecDeque<Id>,
    rendering: u32,
    pub rendered: BTreeSet<Id>,
    pub render_room: u32,
    languages: HashMap<String, u32>,
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
            to_render: VecDeque::new(),
            rendering: 0,
            rendered: BTreeSet::new(),
            render_room,
            languages: HashMap::new(),
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
            if let Some(why) = self.used_up(until, *stop.borrow()) {
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
        self.counts.documents < most && self.counts.document_bytes < limits.all_document_bytes
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
            self.counts.documents += 1;
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

    async fn robots(
        &mut self,
        name: &str,
        rules: Rules,
        failed: Option<FetchError>,
    ) -> Result<(), survey_archive::Error> {
        let forbids = rules.forbids_all();
        let status = rules.status;
        if let Some(host) = self.hosts.get_mut(name) {
            host.lands(failed.is_none());
            host.obey(rules);
            host.given_up |= failed.is_some();
        }
        if let Some(e) = failed {
            self.limits.insert(format!("Nothing of {name} could be read: {e}."));
            let url = self.frontier.root_of(name).map(String::from).unwrap_or_default();
            return self
                .failure(FailureNote { url, kind: e.kind().into(), detail: e.to_string(), ..FailureNote::default() })
                .await;
        }
        if status >= 500 {
            self.limits
                .insert(format!("robots.txt of {name} answered {status}: by RFC 9309 the whole host may not be read."));
        } else if forbids {
            self.limits
                .insert(format!("robots.txt of {name} forbids this crawler everything: no page of it was read."));
        }
        Ok(())
    }

    async fn sitemaps(&mut self, name: &str, listed: Listed) -> Result<(), survey_archive::Error> {
        if let Some(host) = self.hosts.get_mut(name) {
            host.lands(true);
            host.sitemaps = listed.sitemaps;
            host.sitemap_entries = listed.entries;
        }
        for url in listed.pages {
            let Some(url) = self.shared.canonical(url).filter(|u| self.shared.in_scope(u)) else { continue };
            let path = url.path().to_owned();
            let hits = self.shared.words.hits("", &path);
            self.frontier.offer(&url, Offer { hits, depth: 3, listed: true, ..Offer::default() });
        }
        for note in listed.failures {
            self.failure(note).await?;
        }
        Ok(())
    }

    async fn fetched(&mut self, fetched: Fetched) -> Result<(), survey_archive::Error> {
        let Fetched { id, url, outcome } = fetched;
        let name = url.host_str().unwrap_or("").to_owned();
        let reading = match outcome {
            Ok(reading) => reading,
            Err(e) => {
                if let Some(host) = self.hosts.get_mut(&name) {
                    host.lands(false);
                    if host.given_up {
                        self.limits.insert(format!("{name} stopped answering and was left alone."));
                    }
                }
                self.frontier.settle(id, State::Failed);
                return self.failed(id, e.kind(), None, e.to_string()).await;
            }
        };
        if let Some(host) = self.hosts.get_mut(&name) {
            host.lands(true);
        }
        if matches!(reading.status, 429 | 503) {
            return self.told_to_wait(id, &name, &reading).await;
        }
        if let Some(target) = reading.redirect.clone() {
            return self.redirected(id, target, reading.cookies).await;
        }
        if reading.status >= 400 || reading.status < 200 {
            self.frontier.settle(id, State::Failed);
            return self.failed(id, "status", Some(reading.status), format!("answered {}", reading.status)).await;
        }
        self.frontier.settle(id, State::Fetched);
        self.shared.scope.write().unwrap_or_else(PoisonError::into_inner).note_host(&name);
        self.read(id, &url, reading).await
    }

    async fn told_to_wait(
        &mut self,
        id: Id,
        name: &str,
        reading: &fetch::Reading,
    ) -> Result<(), survey_archive::Error> {
        let longest = self.shared.options.limits.retry_after;
        let pause = reading.retry_after.unwrap_or(Duration::from_secs(2));
        let way = self.ways.entry(id).or_default();
        way.tries += 1;
        let again = way.tries < MAX_TRIES && pause <= longest;
        let stays = self.hosts.get_mut(name).is_some_and(|h| h.rest(pause.min(longest)));
        self.limits.insert(format!(
            "{name} asked the crawler to slow down (status {}): it did, and may have seen less.",
            reading.status
        ));
        if again && stays {
            self.frontier.again(id);
            return Ok(());
        }
        self.frontier.settle(id, State::Failed);
        self.failed(
            id,
            "status",
            Some(reading.status),
            format!("still answered {} after {} s", reading.status, pause.as_secs()),
        )
        .await
    }

    async fn redirected(&mut self, id: Id, target: Url, cookies: Vec<String>) -> Result<(), survey_archive::Error> {
        let mut way = self.ways.get(&id).cloned().unwrap_or_default();
        let new_cookie = cookies.iter().any(|c| !way.cookies.contains(c));
        for c in cookies {
            if !way.cookies.contains(&c) {
                way.cookies.push(c);
            }
        }
        way.chain.push(id);
        self.frontier.settle(id, State::Failed);
        // The start may lead to another name of the same organisation.
        if way.chain.first() == Some(&self.start) {
            self.shared.scope.write().unwrap_or_else(PoisonError::into_inner).admit(&target);
        }
        let Some(target) = self.shared.canonical(target) else { return Ok(()) };
        if !self.shared.in_scope(&target) {
            self.finds.outside.entry(target.into()).or_insert(Some(id));
            return Ok(());
        }
        let seen = self.frontier.find(&target).filter(|t| way.chain.contains(t));
        if way.chain.len() > MAX_REDIRECTS || seen.is_some_and(|_| !new_cookie) {
            return self
                .failed(id, "redirect_loop", None, format!("{} redirects end at {target}", way.chain.len()))
                .await;
        }
        let depth = self.frontier.get(id).map_or(0, |k| k.offer.depth);
        let mut offer = Offer { depth, found_on: Some(id), part: true, ..Offer::default() };
        if let Some(known) = self.frontier.get(id) {
            offer.hits = known.offer.hits.clone();
        }
        let Some(next) = self.frontier.offer(&target, offer) else { return Ok(()) };
        self.follow(next, way);
        Ok(())
    }

    /// A redirect costs no page of the budget of its own; an address met again with a new cookie is asked again.
    fn follow(&mut self, next: Id, way: Way) {
        self.counts.asked = self.counts.asked.saturating_sub(1);
        let again = way.chain.contains(&next);
        if again {
            self.frontier.again(next);
        }
        if again || self.frontier.get(next).is_some_and(|k| k.state == State::Waiting) {
            self.ways.insert(next, way);
        }
    }

    async fn read(&mut self, id: Id, url: &Url, reading: fetch::Reading) -> Result<(), survey_archive::Error> {
        let Some(page) = reading.page else { return self.document(id, url, &reading).await };
        if reading.bomb || reading.truncated.is_some() {
            self.counts.cut += 1;
            let why = if reading.bomb { "unpacks to more than is read" } else { "was longer or slower than is read" };
            let kind = if reading.truncated == Some(survey_archive::Truncated::Time) { "timeout" } else { "too_large" };
            self.failed(id, kind, Some(reading.status), format!("the page {why}; only its beginning counts")).await?;
        }
        self.known_page(id, url, &page, reading.leads, reading.outside);
        let (known, _) = self.frontier.pages();
        self.progress.event(Event::Page { known, fetched: self.counts.pages, url: url.to_string() });
        Ok(())
    }

    /// Takes in what a page holds, fetched now or read from the archive of a capture that was broken off.
    pub fn known_page(&mut self, id: Id, url: &Url, page: &Page, leads: Vec<Lead>, outside: Vec<Url>) {
        self.counts.pages += 1;
        self.counts.asked = self.counts.asked.max(self.counts.pages);
        if id == self.start || self.is_from_start(id) {
            self.at_home(id, url, &outside, page);
        }
        self.leads_out(id, outside);
        self.leads(id, leads);
        self.collect(id, url, page);
        if page.needs_scripts() {
            self.counts.needed_scripts += 1;
            self.to_render.push_back(id);
        } else {
            self.frontier.learn(id, page.text_print);
            *self.counts.prints.entry(page.text_print).or_default() += 1;
        }
    }

    pub fn known_rendered(&mut self, id: Id, url: &Url, page: &Page, leads: Vec<Lead>, outside: Vec<Url>) {
        self.rendered.insert(id);
        self.counts.rendered += 1;
        self.leads_out(id, outside);
        self.leads(id, leads);
        self.collect(id, url, page);
    }

    fn leads_out(&mut self, id: Id, outside: Vec<Url>) {
        for to in outside {
            if self.finds.outside.len() < 2000 {
                self.finds.outside.entry(to.into()).or_insert(Some(id));
            }
        }
    }

    fn is_from_start(&self, id: Id) -> bool {
        self.ways.get(&id).is_some_and(|w| w.chain.first() == Some(&self.start))
    }

    /// The page that the start address leads to: its links may name further hosts of the organisation.
    fn at_home(&mut self, id: Id, url: &Url, outside: &[Url], page: &Page) {
        let mut found = Vec::new();
        {
            let mut scope = self.shared.scope.write().unwrap_or_else(PoisonError::into_inner);
            for link in outside {
                scope.consider(link);
                if scope.holds(link) {
                    found.push(link.clone());
                }
            }
        }
        for link in found {
            self.frontier.offer(&link, Offer { depth: 1, found_on: Some(id), ..Offer::default() });
        }
        if page.needs_scripts() {
            self.render_room = self.shared.options.limits.rendered_for_apps;
        }
        if self.renderer.is_some() {
            self.to_render.push_front(id);
        }
        self.ask_sitemaps(url);
    }

    fn ask_sitemaps(&mut self, url: &Url) {
        let name = url.host_str().unwrap_or("").to_owned();
        let Some(host) = self.hosts.get_mut(&name) else { return };
        let Some(rules) = host.rules.clone() else { return };
        if std::mem::replace(&mut host.sitemaps_asked, true) {
            return;
        }
        host.flying += 1;
        let (shared, delay, root) = (self.shared.clone(), host.delay, url.clone());
        self.tasks.spawn(async move {
            let listed = host::sitemaps(&shared, &root, &rules, delay).await?;
            Ok(Done::Sitemaps { host: name, listed })
        });
    }

    fn leads(&mut self, id: Id, leads: Vec<Lead>) {
        for mut lead in leads {
            if let Some(language) = lead.language {
                // The first pages of a language show that it is there; its other copies come last.
                let seen = self.languages.entry(language).or_default();
                *seen += 1;
                lead.offer.other_language = *seen > 3;
            }
            lead.offer.found_on = Some(id);
            self.frontier.offer(&lead.url, lead.offer);
        }
    }

    fn collect(&mut self, id: Id, url: &Url, page: &Page) {
        for form in &page.forms {
            if self.finds.forms.len() < 40 {
                self.finds.forms.push((url.clone(), form.clone()));
            }
        }
        let filled_in = page.forms.iter().any(|f| {
            f.fields
                .iter()
                .filter(|f| matches!(f.kind.as_str(), "text" | "email" | "tel" | "textarea" | "file" | "password"))
                .count()
                > 1
        });
        if filled_in && self.finds.form_pages.len() < 20 {
            self.finds.form_pages.push(id);
        }
        for (kind, href) in &page.resources {
            if let Ok(to) = url.join(href)
                && self.finds.resources.len() < 60
                && self.shared.in_scope(&to)
            {
                self.finds.resources.entry(to.into()).or_insert(kind.clone());
            }
        }
        if self.finds.text.len() < 20_000 {
            self.finds.text.push_str(&page.text);
        }
    }

    async fn document(&mut self, id: Id, url: &Url, reading: &fetch::Reading) -> Result<(), survey_archive::Error> {
        if self.frontier.get(id).is_some_and(|k| k.promise == Promise::Page) {
            // An address that looked like a page and is a document gives its place in the budget back.
            self.counts.asked = self.counts.asked.saturating_sub(1);
            self.counts.documents += 1;
            self.frontier.is_document(id);
        }
        self.counts.document_bytes += reading.bytes;
        self.progress.event(Event::Document { url: url.to_string() });
        if let Some(why) = &reading.unread {
            self.counts.documents_unread += 1;
            self.counts.document_tool_missing |= why.starts_with(crate::document::NO_TOOL);
        }
        if reading.truncated.is_some() {
            self.counts.cut += 1;
            let kind = if reading.truncated == Some(survey_archive::Truncated::Time) { "timeout" } else { "too_large" };
            return self
                .failed(
                    id,
                    kind,
                    Some(reading.status),
                    format!("the file ({}) is longer or slower than is read", reading.media),
                )
                .await;
        }
        Ok(())
    }

    async fn failed(
        &mut self,
        id: Id,
        kind: &str,
        status: Option<u16>,
        detail: String,
    ) -> Result<(), survey_archive::Error> {
        let Some(known) = self.frontier.get(id) else { return Ok(()) };
        let found_on = known.offer.found_on.and_then(|f| self.frontier.get(f)).map(|k| k.url.to_string());
        let note = FailureNote { url: known.url.to_string(), found_on, kind: kind.to_owned(), status, detail };
        self.failure(note).await
    }

    pub async fn failure(&mut self, note: FailureNote) -> Result<(), survey_archive::Error> {
        self.counts.failures += 1;
        if self.counts.failures <= MAX_FAILURES {
            self.shared.recorder.note(Note::Failure(note)).await?;
        }
        Ok(())
    }

    fn render_next(&mut self) {
        let Some(renderer) = self.renderer.clone() else { return };
        while self.rendering < 2 && self.counts.rendered + self.rendering < self.render_room {
            let Some(id) = self.to_render.pop_front() else { return };
            if !self.rendered.insert(id) {
                continue;
            }
            let Some(url) = self.frontier.get(id).and_then(|k| Url::parse(&k.url).ok()) else { continue };
            let depth = self.frontier.get(id).map_or(0, |k| k.offer.depth);
            let (shared, renderer) = (self.shared.clone(), renderer.clone());
            self.rendering += 1;
            self.tasks
                .spawn(async move { Ok(Done::Rendered(Box::new(renderer.render(&shared, id, url, depth).await?))) });
        }
    }

    async fn take_rendered(&mut self, rendered: Rendered) -> Result<(), survey_archive::Error> {
        let Rendered { id, url, outcome } = rendered;
        match outcome {
            Err(why) => {
                self.limits.insert("Some pages could not be rendered by the browser.".to_owned());
                self.failed(id, "timeout", None, format!("not rendered: {why}")).await
            }
            Ok((page, leads, outside)) => {
                self.known_rendered(id, &url, &page, leads, outside);
                self.progress.event(Event::Rendered { url: url.to_string() });
                Ok(())
            }
        }
    }

    /// After the crawl: what people will judge is looked at in the browser too.
    ///
    /// # Errors
    /// Only when the archive cannot be written.
    pub async fn render_judged(
        &mut self,
        until: Instant,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), survey_archive::Error> {
        if self.renderer.is_none() {
            return Ok(());
        }
        let forms = self.finds.form_pages.clone();
        let mut best = self.frontier.best_per_topic();
        best.truncate(self.shared.options.limits.rendered as usize);
        let (first, rest) = best.split_at(best.len().min(8));
        for id in first.iter().chain(forms.iter().take(3)).chain(rest) {
            if !self.rendered.contains(id) && !self.to_render.contains(id) {
                self.to_render.push_back(*id);
            }
        }
        loop {
            self.render_next();
            if self.tasks.is_empty() || *stop.borrow() || Instant::now() >= until {
                return self.land(Instant::now()).await;
            }
            tokio::select! {
                Some(done) = self.tasks.join_next() => self.take_in(done).await?,
                () = sleep_until(until) => {}
                Ok(()) = stop.changed() => {}
            }
        }
    }
}
