//! The client against servers on loopback that answer as they like.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use outbound::{Client, Dialler, FetchError, Options, Peer, Resolve};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Every name leads to this machine.
struct Loopback;

impl Resolve for Loopback {
    fn resolve<'a>(&'a self, _: &'a str, _: u16) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async { Ok(vec![IpAddr::from([127, 0, 0, 1])]) })
    }
}

fn client(private: &[&str], trust: Vec<PathBuf>) -> Client {
    let private: Vec<String> = private.iter().map(|host| (*host).to_owned()).collect();
    let dialler = Dialler::new(Arc::new(Loopback), false, &[], Duration::from_secs(2)).with_private_hosts(&private);
    let options = Options { dialler, trust, timeout: Duration::from_secs(1), most_bytes: 1000, agent: "Test/1".into() };
    Client::new(options).expect("client")
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, answer: &[u8]) -> String {
    let mut asked = Vec::new();
    let mut some = [0u8; 1024];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut some).await.unwrap_or(0);
        if read == 0 {
            break;
        }
        asked.extend_from_slice(&some[..read]);
    }
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
    String::from_utf8_lossy(&asked).into_owned()
}

/// A server for one request; gives the request back. An empty answer leaves the asker waiting.
async fn serve(answer: &'static [u8], tls: Option<TlsAcceptor>) -> (SocketAddr, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let at = listener.local_addr().expect("address");
    let asked = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("accept");
        if answer.is_empty() {
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
        match tls {
            None => talk(stream, answer).await,
            Some(tls) => match tls.accept(stream).await {
                Ok(stream) => talk(stream, answer).await,
                Err(e) => e.to_string(),
            },
        }
    });
    (at, asked)
}

fn get(address: String) -> Request<Bytes> {
    Request::get(address).body(Bytes::new()).expect("request")
}

fn own_certificate(folder: &std::path::Path) -> (TlsAcceptor, PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec!["idp.internal".into()]).expect("certificate");
    let file = folder.join("own.pem");
    std::fs::write(&file, made.cert.pem()).expect("written");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("server");
    (TlsAcceptor::from(Arc::new(config)), file)
}

#[tokio::test]
async fn a_request_is_sent_whole_and_the_answer_read_whole() {
    let (at, asked) = serve(b"HTTP/1.1 201 Created\r\nX-Id: 7\r\nContent-Length: 4\r\n\r\ndone", None).await;
    let address = format!("http://sms.internal:{}/send?key=1", at.port());
    let request = Request::post(&address).header("x-key", "k").body(Bytes::from("text=hi")).expect("request");
    let answer = client(&["sms.internal"], vec![]).send(request).await.expect("answer");
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (201, b"done".as_ref()));
    assert_eq!(answer.headers()["x-id"], "7");
    assert_eq!(answer.extensions().get(), Some(&Peer(at)));
    let asked = asked.await.expect("asked").to_ascii_lowercase();
    assert!(asked.starts_with("post /send?key=1 http/1.1\r\n"), "{asked}");
    for line in [&format!("host: sms.internal:{}", at.port()), "user-agent: test/1", "x-key: k", "content-length: 7"] {
        assert!(asked.contains(line), "{line} in {asked}");
    }
}

#[tokio::test]
async fn redirects_are_answers() {
    let (at, _) =
        serve(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", None).await;
    let answer = client(&["a.internal"], vec![]).send(get(format!("http://a.internal:{}/", at.port()))).await;
    assert_eq!(answer.expect("answer").status().as_u16(), 302);
}

#[tokio::test]
async fn a_long_body_is_an_error_whether_declared_or_not() {
    let long: &'static [u8] = Box::leak(
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".as_slice(), &[b'a'; 2000]].concat().into_boxed_slice(),
    );
    for answer in [b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\na".as_slice(), long] {
        let (at, _) = serve(answer, None).await;
        let answer = client(&["a.internal"], vec![]).send(get(format!("http://a.internal:{}/", at.port()))).await;
        assert!(matches!(answer, Err(FetchError::TooLarge { most_bytes: 1000, .. })), "{answer:?}");
    }
}

#[tokio::test]
async fn silence_and_broken_answers_end_and_may_be_tried_again() {
    let (at, _) = serve(b"", None).await;
    let ask = |port: u16| get(format!("http://a.internal:{port}/"));
    let slow = client(&["a.internal"], vec![]).send(ask(at.port())).await.expect_err("silence");
    assert!(matches!(slow, FetchError::Timeout { seconds: 1, .. }) && slow.is_temporary());
    let (at, _) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", None).await;
    let broken = client(&["a.internal"], vec![]).send(ask(at.port())).await.expect_err("half an answer");
    assert!(matches!(broken, FetchError::Broken { .. }) && broken.is_temporary(), "{broken}");
}

#[tokio::test]
async fn what_is_refused_is_said_without_secrets() {
    let client = client(&[], vec![]);
    let private = client.send(get("http://gateway.example/send?password=hunter2".into())).await.expect_err("private");
    assert!(matches!(private, FetchError::Private(_)) && !private.is_temporary());
    let named = client.send(get("https://user:hunter2@gateway.example/".into())).await.expect_err("credentials");
    assert!(matches!(named, FetchError::Credentials { .. }));
    let file = client.send(get("ftp://gateway.example/".into())).await.expect_err("scheme");
    assert!(matches!(file, FetchError::Address));
    assert!(matches!(client.send(get("/path".into())).await, Err(FetchError::Address)));
    for error in [private, named, file] {
        assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn an_own_authority_is_trusted_only_when_named_and_only_for_its_host() {
    let folder = tempfile::tempdir().expect("folder");
    let (tls, file) = own_certificate(folder.path());
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let ask = |host: &str, port: u16| get(format!("https://{host}:{port}/"));
    let (at, _) = serve(answer, Some(tls.clone())).await;
    let trusting = client(&["idp.internal", "other.internal"], vec![file]);
    let found = trusting.send(ask("idp.internal", at.port())).await.expect("trusted");
    assert_eq!(found.body().as_ref(), b"ok");
    let (at, _) = serve(answer, Some(tls.clone())).await;
    let other = trusting.send(ask("other.internal", at.port())).await;
    assert!(matches!(other, Err(FetchError::Tls { .. })), "{other:?}");
    let (at, _) = serve(answer, Some(tls)).await;
    let unknown = client(&["idp.internal"], vec![]).send(ask("idp.internal", at.port())).await;
    assert!(matches!(unknown, Err(FetchError::Tls { .. })), "{unknown:?}");
}
