use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use kernel_base::{Secrets, SystemClock, SystemRandom};
use kernel_letters::Surroundings;
use kernel_store::Store;
use kernel_web::{City, Foundation, Outside, PostRoom, Profile, Settings, Stop, build, listen};
use outbound::{Client, Dialler, Options, SystemResolver};
use tokio::sync::watch;

use crate::city::{SEED, made_up};
use crate::config::Config;
use crate::key;
use crate::place::Place;
use madang::SYSTEMS;

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    place: Place,
    /// Address and port to answer at [default: 127.0.0.1:8080]; port 0 lets the system choose
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Certificate chain for TLS (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Which made-up city
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

impl ServeArgs {
    fn config(&self) -> anyhow::Result<Config> {
        let mut config = self.place.config()?;
        let take = |from: &Option<PathBuf>, to: &mut PathBuf| from.iter().for_each(|path| *to = path.clone());
        take(&self.tls_cert, &mut config.server.tls_cert);
        take(&self.tls_key, &mut config.server.tls_key);
        config.server.listen = self.listen.unwrap_or(config.server.listen);
        Ok(config)
    }
}

pub fn serve(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let config = args.config()?;
    let profile = Profile { name: config.city.name.clone(), ..Profile::default() };
    run(config, profile)
}

pub fn demo(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    run(args.serve.config()?, made_up(args.seed))
}

fn run(config: Config, profile: Profile) -> anyhow::Result<ExitCode> {
    log();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(portal(config, profile))?;
    Ok(ExitCode::SUCCESS)
}

/// To standard error, since standard output begins with the address: lines for eyes on a terminal, else one JSON object a
/// line, in which nothing that somebody sent can begin a line of its own. `MADANG_LOG=debug` says more.
/// PostgreSQL warns of every rollback after a commit that it refused itself; those acts are run again.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MADANG_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx::postgres::notice=error"));
    if !std::io::stderr().is_terminal() {
        tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
        // A panic's own words are lines too.
        std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panicked")));
        return;
    }
    // Colours only for eyes (https://no-color.org).
    let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .with_target(false)
        .init();
}

async fn portal(config: Config, profile: Profile) -> anyhow::Result<()> {
    if !kernel_ui::assets_present() {
        tracing::warn!(
            "pages are plain: build their styles with `npm --prefix web ci && npm --prefix web run build`, then build Madang again"
        );
    }
    // What people entrust to the city is for its own account on this machine only.
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data.dir)
        .with_context(|| format!("cannot make the folder {}", config.data.dir.display()))?;
    // The port first: when it is taken, nothing else should happen.
    let listening = listen(config.server.listen, config.tls()?.as_ref()).await?;
    // Passkeys want a name, not a number.
    let made_up = profile.demonstration.then(|| listening.url().replace("127.0.0.1", "localhost"));
    let city = open(&config, profile, made_up).await?;
    let (stop_sender, stop) = watch::channel(false);
    let workers = [
        tokio::spawn(work(city.clone(), stop.clone())),
        tokio::spawn(labour(city.clone(), config.survey.workers, stop.clone())),
        tokio::spawn(tell(city.clone(), stop.clone())),
        tokio::spawn(seal(city.clone(), stop.clone())),
    ];
    let asked = stop_asked()?;
    tokio::spawn(async move {
        asked.await;
        tracing::info!("stopping");
        // Nobody listens any more only when everything has ended already.
        let _ = stop_sender.send(true);
    });
    let mut out = std::io::stdout();
    writeln!(out, "{}", listening.url())?;
    out.flush()?;
    listening.serve(build(city.clone()), stop).await?;
    for worker in workers {
        worker.await?;
    }
    city.store.close().await;
    Ok(())
}

/// The city as it is configured; `made_up` is the address of a demonstration, which has none of its own.
pub async fn open(config: &Config, profile: Profile, made_up: Option<String>) -> anyhow::Result<City> {
    let store = Store::open(&config.database()).await?;
    let secrets = key::read_or_make(&config.key_file(), &SystemRandom)?;
    let outside = outside(config)?;
    let mut post = post(config, &secrets, &store, &outside)?;
    if post.origin.is_empty() {
        post.origin = made_up.unwrap_or_default();
    }
    let foundation = Foundation {
        store,
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        secrets,
        post,
        outside,
        files: config.files(),
        settings: Settings { providers: config.providers()?, ..config.settings() },
        profile,
        systems: SYSTEMS.to_vec(),
    };
    Ok(City::open(foundation).await?)
}

/// The guarded way to other servers.
pub fn outside(config: &Config) -> anyhow::Result<Client> {
    let limits = Duration::from_secs(20);
    let dialler = Dialler::new(Arc::new(SystemResolver), false, &[], limits / 2);
    Ok(Client::new(Options {
        dialler: dialler.with_private_hosts(&config.private_hosts()),
        trust: config.outbound.trust.clone(),
        timeout: limits,
        most_bytes: 1024 * 1024,
        agent: concat!("Madang/", env!("CARGO_PKG_VERSION")).to_owned(),
    })?)
}

/// The letters office as it is configured.
pub fn post(config: &Config, secrets: &Secrets, store: &Store, outside: &Client) -> anyhow::Result<PostRoom> {
    let around = Surroundings {
        folder: config.letters_folder(),
        secrets: secrets.clone(),
        fetch: Arc::new(Outside(outside.clone())),
        store: store.clone(),
        clock: Arc::new(SystemClock),
    };
    let carriers = kernel_letters::carriers(&config.letters, &around)?;
    Ok(PostRoom { settings: config.letters.clone(), carriers, origin: config.settings().origin })
}

/// Jobs that one node does at a time: one that takes long does not hold up the others.
const WORKERS: usize = 4;
const SECOND: Duration = Duration::from_secs(1);

async fn work(city: City, stop: Stop) {
    let jobs = city.jobs();
    futures::future::join_all((0..WORKERS).map(|_| jobs.work(2 * SECOND, stop.clone()))).await;
}

/// What takes minutes is left where it is when the portal stops: its next worker goes on.
async fn labour(city: City, workers: usize, stop: Stop) {
    let jobs = city.labour();
    let mut stopped = stop.clone();
    tokio::select! {
        _ = futures::future::join_all((0..workers).map(|_| jobs.work(2 * SECOND, stop.clone()))) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
}

/// Tells facts to the systems that hear them.
async fn tell(city: City, mut stop: Stop) {
    while tokio::time::timeout(SECOND, stop.wait_for(|stop| *stop)).await.is_err() {
        if let Err(error) = city.deliver_facts().await {
            tracing::error!(%error, "facts wait to be told");
        }
    }
}

/// Ties what was recorded to the chain of the audit trail.
async fn seal(city: City, mut stop: Stop) {
    while tokio::time::timeout(SECOND, stop.wait_for(|stop| *stop)).await.is_err() {
        if let Err(error) = kernel_record::seal(&city.store).await {
            tracing::error!(%error, "the audit trail waits to be sealed");
        }
    }
}

/// Ctrl-C or SIGTERM; from the call on, not only from the first look, so that no early one just kills.
fn stop_asked() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
