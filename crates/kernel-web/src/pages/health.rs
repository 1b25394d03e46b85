use std::net::SocketAddr;
use std::sync::OnceLock;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::{Answer, City, Failure, fresh};

const SELECT: &str = "SELECT 1 AS one";

/// One recorder a process, however many cities it serves.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

pub(crate) fn recorder() -> Option<&'static PrometheusHandle> {
    let start = || {
        let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
        let builder = PrometheusBuilder::new().set_buckets(&buckets).ok()?;
        builder.install_recorder().map_err(|error| tracing::warn!(%error, "no metrics")).ok()
    };
    RECORDER.get_or_init(start).as_ref()
}

fn plain(body: String) -> Response {
    const KIND: [(HeaderName, HeaderValue); 1] =
        [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"))];
    fresh((KIND, body).into_response())
}

/// The process answers.
pub(crate) async fn alive() -> Response {
    plain("ok\n".to_owned())
}

/// The process can do its work: the database answers.
pub(crate) async fn ready(State(city): State<City>) -> Answer {
    let row = city.store.one(SELECT, &[]).await.map_err(unready)?;
    row.ok_or_else(|| unready(Error::NotFound))?;
    Ok(plain("ready\n".to_owned()))
}

fn unready(error: Error) -> Failure {
    tracing::error!(%error, "the database does not answer");
    Failure::from(Error::Retry)
}

/// Prometheus text format 0.0.4, for this machine only unless the configuration opens it. A proxy on this machine asks for
/// others.
pub(crate) async fn metrics(State(city): State<City>, request: Request) -> Answer {
    let proxied = ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
    // None when it is not asked over a connection at all.
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    let ours = !proxied && peer.is_none_or(|peer| peer.is_loopback());
    if !ours && !city.settings.metrics_open {
        return Err(Failure::not_found());
    }
    let recorder = recorder().ok_or(Failure::from(Error::Retry))?;
    metrics::gauge!("store_version").set(city.store.version() as f64);
    Ok(plain(recorder.render()))
}
