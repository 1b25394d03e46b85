//! The cities on loopback: an address each, one port, TLS and plain HTTP on it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use futures::StreamExt;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use jiff::civil::Date;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::certificate::Authority;
use crate::city::City;
use crate::site::trap::Stream;
use crate::site::{self, Answer, Asked, Body, Site};

type Sending = BoxBody<Bytes, std::io::Error>;

/// Bytes of a request that are read.
const MOST: usize = 1 << 20;

/// What stands ready.
pub struct Served {
    pub sites: Vec<Arc<Site>>,
    /// The first city's address and the port of all.
    pub first: SocketAddr,
    /// The authority whose certificates they show.
    pub authority: String,
    /// `HOST=ADDR:PORT` of parties that pages name.
    pub strangers: Vec<String>,
}

/// Where city `number` answers, when the first one answers at `first`.
pub fn address(first: SocketAddr, number: usize) -> SocketAddr {
    let IpAddr::V4(base) = first.ip() else { return first };
    // No city at .0 or .255, which some systems take for more than one.
    let at = u32::from(base) & 0xFF;
    let place = (at.max(1) - 1) as usize + number;
    let ip = (u32::from(base) & 0xFFFF_FF00) + ((place / 254) as u32) * 256 + (place % 254) as u32 + 1;
    SocketAddr::new(IpAddr::V4(Ipv4Addr::from(ip)), first.port())
}

/// `https://127.0.1.7:8600`, by what is true of the city.
pub fn root(city: &City, first: SocketAddr) -> String {
    let scheme = if city.encrypted() { "https" } else { "http" };
    format!("{scheme}://{}", address(first, city.number))
}

/// Binds all addresses and answers in the background for as long as the runtime lives.
///
/// # Errors
/// When an address is taken or is not one of this machine's own.
pub async fn serve(cities: Vec<City>, today: Date, listen: SocketAddr) -> anyhow::Result<Served> {
    if !listen.ip().is_loopback() || !listen.is_ipv4() {
        bail!("{listen} is not a loopback address such as 127.0.1.1:8600");
    }
    let count = cities.len();
    let listener = TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be taken"))?;
    let first = listener.local_addr()?;
    let mut listeners = vec![listener];
    for number in 1..=count {
        let at = address(first, number);
        listeners.push(TcpListener::bind(at).await.with_context(|| format!("{at} cannot be taken"))?);
    }
    let outsider = listeners.pop();
    let authority = Authority::new()?;
    let mut sites = Vec::with_capacity(count);
    for (city, listener) in cities.into_iter().zip(listeners) {
        let tls = match city.encrypted() {
            true => Some(TlsAcceptor::from(authority.server(listener.local_addr()?.ip())?)),
            false => None,
        };
        let root = root(&city, first);
        let site = Arc::new(Site::new(city, today, &root));
        sites.push(site.clone());
        tokio::spawn(welcome(listener, Arc::new(Door { site, tls, root })));
    }
    let strangers = match outsider {
        Some(listener) => {
            let at = listener.local_addr()?;
            tokio::spawn(strange(listener));
            site::strangers().into_iter().map(|host| format!("{host}={at}")).collect()
        }
        None => Vec::new(),
    };
    Ok(Served { sites, first, authority: authority.pem(), strangers })
}

struct Door {
    site: Arc<Site>,
    tls: Option<TlsAcceptor>,
    root: String,
}

async fn welcome(listener: TcpListener, door: Arc<Door>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let door = door.clone();
        tokio::spawn(async move {
            // A connection that fails is the visitor's own affair.
            let _ = visit(stream, door).await;
        });
    }
}

/// A TLS greeting begins with the byte 22 (RFC 8446 §5.1); anything else is plain HTTP on the same port.
async fn visit(stream: TcpStream, door: Arc<Door>) -> std::io::Result<()> {
    let mut byte = [0];
    stream.set_nodelay(true)?;
    if stream.peek(&mut byte).await? == 0 {
        return Ok(());
    }
    match &door.tls {
        Some(tls) if byte == [22] => converse(tls.accept(stream).await?, door, true).await,
        _ => converse(stream, door, false).await,
    }
    Ok(())
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, door: Arc<Door>, encrypted: bool) {
    let service = service_fn(move |request: Request<Incoming>| {
        let door = door.clone();
        async move { Ok::<_, Infallible>(respond(&door, request, encrypted).await) }
    });
    let server = hyper::server::conn::http1::Builder::new();
    // A cut or refused connection ends the conversation, nothing else.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(door: &Door, request: Request<Incoming>, encrypted: bool) -> Response<Sending> {
    let target = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    // PS12: who does it well leads every visitor to TLS.
    if !encrypted && door.site.value("PS12") == 2 {
        return sending(Answer::to(301, format!("{}{target}", door.root)));
    }
    let posted = match request.method().as_str() {
        "GET" | "HEAD" => None,
        _ => {
            let body = Limited::new(request.into_body(), MOST).collect().await;
            Some(body.map(|b| String::from_utf8_lossy(&b.to_bytes()).into_owned()).unwrap_or_default())
        }
    };
    sending(door.site.answer(&Asked { target, posted, encrypted }))
}

fn sending(answer: Answer) -> Response<Sending> {
    let body = match answer.body {
        Body::Whole(bytes) => Full::new(bytes).map_err(|never| match never {}).boxed(),
        Body::Stream(stream) => flowing(stream),
    };
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(body).unwrap_or_default()
}

fn flowing(stream: Stream) -> Sending {
    let text = |text: &'static [u8]| Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(text)));
    match stream {
        Stream::Slow => {
            let drops = futures::stream::unfold((), move |()| async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Some((text(b"<"), ()))
            });
            BoxBody::new(StreamBody::new(drops))
        }
        Stream::Endless => {
            let flood = futures::stream::repeat_with(move || text(&[b'x'; 16 * 1024]));
            BoxBody::new(StreamBody::new(flood))
        }
        Stream::Cut => {
            let begun = futures::stream::once(async move { text(b"<!doctype html><title>Cut</title><p>Half of") });
            let cut = futures::stream::once(async { Err(std::io::ErrorKind::ConnectionReset.into()) });
            BoxBody::new(StreamBody::new(begun.chain(cut)))
        }
    }
}

/// Others, whom pages name: a script or a style sheet that does nothing.
async fn strange(listener: TcpListener) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| async move {
                let media = if request.uri().path().ends_with(".css") { "text/css" } else { "text/javascript" };
                Ok::<_, Infallible>(sending(Answer::new(200, media, "")))
            });
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_city_has_an_address_of_its_own() {
        let first: SocketAddr = "127.0.1.1:8600".parse().expect("address");
        assert_eq!(address(first, 0), first);
        assert_eq!(address(first, 99).to_string(), "127.0.1.100:8600");
        assert_eq!(address(first, 254).to_string(), "127.0.2.1:8600");
        let later: SocketAddr = "127.0.1.254:1".parse().expect("address");
        assert_eq!(address(later, 1).to_string(), "127.0.2.1:1");
    }
}
