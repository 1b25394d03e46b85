use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use kernel_base::{Error, Result};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Certificate chain and private key, PEM files.
#[derive(Debug, Clone)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Turns true when the server should finish what it is doing and end.
pub type Stop = watch::Receiver<bool>;

/// In every request that came through a port: an answer that has no end of its own ends when this turns true.
#[derive(Debug, Clone)]
pub struct Stopping(pub Stop);

/// A port that is already open, before the first request is answered.
pub struct Listening {
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    address: SocketAddr,
}

/// How long open requests may take after the stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Opens the port. Port 0 lets the system choose; see [`Listening::url`].
pub async fn listen(address: SocketAddr, tls: Option<&Tls>) -> Result<Listening> {
    let acceptor = tls.map(acceptor).transpose()?;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| Error::Refused(format!("cannot listen on {address}: {cause}")))?;
    let address = listener.local_addr().map_err(Error::fault)?;
    Ok(Listening { listener, acceptor, address })
}

fn acceptor(tls: &Tls) -> Result<TlsAcceptor> {
    let refused = |path: &Path, cause: &dyn std::fmt::Display| Error::Refused(format!("{}: {cause}", path.display()));
    let chain: Vec<CertificateDer> = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(|found| found.collect())
        .map_err(|cause| refused(&tls.certificate, &cause))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|cause| refused(&tls.key, &cause))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::fault)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|cause| refused(&tls.certificate, &cause))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl Listening {
    /// `http://127.0.0.1:8080`, with the real port.
    pub fn url(&self) -> String {
        let scheme = if self.acceptor.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Answers until `stop` turns true, then lets open requests end.
    pub async fn serve(self, app: Router, mut stop: Stop) -> Result<()> {
        let graceful = GracefulShutdown::new();
        let upkeep = tokio::spawn(metrics_upkeep(stop.clone()));
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            match accepted {
                Ok((stream, peer)) => self.answer((stream, peer), (app.clone(), stop.clone()), &graceful),
                Err(error) => {
                    // Out of file handles, usually: wait instead of spinning.
                    tracing::warn!(%error, "could not take a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(self.listener);
        if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests were cut off");
        }
        upkeep.abort();
        Ok(())
    }

    fn answer(&self, (stream, peer): (TcpStream, SocketAddr), app: (Router, Stop), graceful: &GracefulShutdown) {
        let watcher = graceful.watcher();
        let acceptor = self.acceptor.clone();
        // Small answers must not wait for the other side's acknowledgement.
        let _ = stream.set_nodelay(true);
        tokio::spawn(async move {
            match acceptor {
                None => connection(stream, peer, app, watcher).await,
                Some(acceptor) => match tokio::time::timeout(Duration::from_secs(10), acceptor.accept(stream)).await {
                    Ok(Ok(stream)) => connection(stream, peer, app, watcher).await,
                    Ok(Err(error)) => tracing::debug!(%error, %peer, "TLS was not agreed"),
                    Err(_) => tracing::debug!(%peer, "TLS took too long"),
                },
            }
        });
    }
}

async fn connection<S>(
    stream: S,
    peer: SocketAddr,
    (app, stop): (Router, Stop),
    watcher: hyper_util::server::graceful::Watcher,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = hyper::service::service_fn(move |mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(Stopping(stop.clone()));
        app.clone().oneshot(request.map(Body::new))
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // Slow headers are how idle attackers hold connections.
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(15));
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Duration::from_secs(30)).max_concurrent_streams(128);
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}

/// Histograms keep raw samples until somebody folds them.
async fn metrics_upkeep(mut stop: Stop) {
    let Some(recorder) = crate::pages::recorder() else { return };
    while tokio::time::timeout(Duration::from_secs(5), stop.wait_for(|stop| *stop)).await.is_err() {
        recorder.run_upkeep();
    }
}
