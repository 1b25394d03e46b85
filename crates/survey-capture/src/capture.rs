//! From an address to an evidence archive.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use survey_archive::notes::{CaptureNote, Note};
use survey_archive::{Archive, WarcInfo};
use survey_browser::Browser;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::client::Client;
use crate::clock;
use crate::crawl::Crawl;
use crate::fetch::Shared;
use crate::journal::{self, Journal};
use crate::limits;
use crate::options::{Event, Options, Progress};
use crate::probe::{self, Prober};
use crate::proxy::Proxy;
use crate::recorder::Recorder;
use crate::render::Renderer;
use crate::replay;
use crate::tls::{Tls, TlsError};
use crate::words::Words;
use outbound::Dialler;

/// Share of the time that the crawl may use; the rest is for the browser and the probes.
const CRAWL_SHARE: f64 = 0.7;
/// Time of the probes at most.
const PROBE_TIME: Duration = Duration::from_secs(120);
/// Of the byte budget, what the browser may use.
const BROWSER_SHARE: u64 = 2;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the start address cannot be captured: {0}")]
    Start(String),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("archive: {0}")]
    Archive(#[from] survey_archive::Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// What a capture came to.
#[derive(Debug, Clone)]
pub struct Summary {
    pub evidence: std::path::PathBuf,
    pub note: CaptureNote,
    /// The capture went on from an earlier one that was broken off.
    pub resumed: bool,
}

/// Captures a site into `options.out/evidence.warc.gz`. Set `stop` to true to end early: what was read is kept and the
/// archive is whole. After a kill, the same call goes on where the archive ends.
///
/// # Errors
/// When the start is no web address, the CA file is unusable, or the archive cannot be written. A site that does not
/// answer is no error: the capture says so in its limits.
pub async fn capture(
    options: Options,
    progress: &dyn Progress,
    mut stop: watch::Receiver<bool>,
) -> Result<Summary, Error> {
    let start =
        crate::address::canonical(options.start.clone()).ok_or_else(|| Error::Start(options.start.to_string()))?;
    let options = Options { start: start.clone(), ..options };
    let begun = Instant::now();
    let (journal, resumed) = Journal::open(&options.out, start.as_str(), &clock::now())?;
    let out = options.out.clone();
    let evidence = journal::evidence(&out);
    let info =
        WarcInfo::new(&options.user_agent).with("description", &format!("Survey of {start}")).with("robots", "obey");
    let (recorder, ending) = Recorder::start(&evidence, &info, resumed)?;
    let dialler =
        Dialler::new(options.resolver.clone(), options.allow_private, &options.map_host, options.limits.connect_time);
    let tls = Tls::new(options.ca.as_deref())?;
    let client = Client::new(dialler.clone(), tls, &options.user_agent);
    let words = Words::new(&options.topics);
    let shared = Arc::new(Shared::new(options, client, recorder, words));
    let options = &shared.options;

    progress.event(Event::Stage("Reading robots.txt and the start page"));
    let proxy = Proxy::start(dialler, options.max_bytes / BROWSER_SHARE).await?;
    let (renderer, no_browser) =
        if options.browser { start_browser(options, &proxy).await } else { (None, Some("was not wanted".to_owned())) };
    let mut crawl = Crawl::new(shared.clone(), renderer.clone(), progress);
    if resumed {
        replay::replay(&mut crawl, &Archive::open(&evidence)?)?;
    }
    let end = begun + options.max_time;
    crawl.run(begun + options.max_time.mul_f64(CRAWL_SHARE), &mut stop).await?;
    let interrupted = *stop.borrow();
    if !interrupted {
        progress.event(Event::Stage("Looking at judged pages in a browser"));
        crawl.render_judged(begun + options.max_time.mul_f64(0.9), &mut stop).await?;
        if options.limits.probes {
            progress.event(Event::Stage("Asking well-known places and the site's own search"));
            probes(&mut crawl, end.min(Instant::now() + PROBE_TIME), &mut stop).await?;
        }
    }
    if proxy.left() == 0 {
        crawl
            .limits
            .insert("The browser used up its share of the byte budget; what it saw later is not whole.".to_owned());
    }
    for host in proxy.answered_in_plain() {
        crawl.limits.insert(format!(
            "The browser asked {host} for https (its own list or the pages' links say so); the mapped address answers \
             only http, which was shown in its place: what depends on TLS was not seen."
        ));
    }
    let rendered = renderer.is_some().then_some(crawl.counts.rendered);
    let note = note(&mut crawl, &journal, rendered, no_browser);
    shared.recorder.note(Note::Capture(note.clone())).await?;
    drop(crawl);
    if let Some(renderer) = renderer.and_then(Arc::into_inner) {
        renderer.browser.close().await;
    }
    drop(proxy);
    drop(shared);
    ending.wait().await?;
    if note.stopped != "interrupted" {
        Journal::close(&out)?;
    }
    Ok(Summary { evidence, note, resumed })
}

async fn start_browser(options: &Options, proxy: &Proxy) -> (Option<Arc<Renderer>>, Option<String>) {
    let mut wanted = survey_browser::Options::new(proxy.address);
    wanted.executable = options.browser_executable.clone();
    // The certificate is judged by the capture's own handshake; the page is looked at all the same.
    wanted.ignore_certificate_errors = true;
    match Browser::start(wanted).await {
        Ok(Some(browser)) => (Some(Arc::new(Renderer { browser, time: options.limits.render_time })), None),
        Ok(None) => (None, Some("is not on this machine".to_owned())),
        Err(e) => (None, Some(format!("did not start ({e})"))),
    }
}

async fn probes(
    crawl: &mut Crawl<'_>,
    until: Instant,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), survey_archive::Error> {
    let names = crawl.shared.scope.read().unwrap_or_else(PoisonError::into_inner).hosts().to_vec();
    let mut unseen = None;
    let work = async {
        let prober = Prober { shared: crawl.shared.clone(), hosts: &crawl.hosts, until };
        probe::hosts(&prober, &names).await?;
        if crawl.counts.pages > 0 {
            unseen = probe::search(&prober, &crawl.finds.forms, &crawl.finds.texts).await?;
            probe::endpoints(&prober, &crawl.frontier, &crawl.finds.resources, &names).await?;
        }
        Ok::<_, survey_archive::Error>(probe::broken_links(&prober, &crawl.frontier, &crawl.finds.outside).await)
    };
    let checked = tokio::select! {
        done = work => done?,
        Ok(()) = stop.changed() => return Ok(()),
    };
    crawl.limits.extend(unseen);
    if checked.outside_unreachable {
        crawl.limits.insert(
            "Some links to other organisations could not be checked: their hosts were not reachable from here."
                .to_owned(),
        );
    }
    for failure in checked.failures {
        crawl.failure(failure).await?;
    }
    Ok(())
}

fn note(crawl: &mut Crawl<'_>, journal: &Journal, rendered: Option<u32>, no_browser: Option<String>) -> CaptureNote {
    let limits = limits::sentences(crawl, no_browser.as_deref());
    let (known, _) = crawl.frontier.pages();
    let options = &crawl.shared.options;
    CaptureNote {
        start: journal.start.clone(),
        hosts: crawl.shared.scope.read().unwrap_or_else(PoisonError::into_inner).hosts().to_vec(),
        began: journal.began.clone(),
        ended: clock::now(),
        budget: options.budget,
        pages_known: known.max(crawl.counts.pages),
        pages_fetched: crawl.counts.pages,
        pages_forbidden: crawl.counts.forbidden,
        documents_fetched: crawl.counts.documents,
        bytes: crawl.shared.client.received(),
        pages_rendered: rendered,
        stopped: crawl.stopped.to_owned(),
        limits,
    }
}
