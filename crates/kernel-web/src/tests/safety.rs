//! What the portal keeps to itself, and what it says when it is attacked or its database is away.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use super::Town;
use crate::{Profile, Settings};

#[tokio::test]
async fn choices_are_bound_to_the_host_over_tls_and_older_ones_still_count() {
    let town = Town::with(Settings { tls: true, ..Settings::default() }, Profile::named("Testville")).await;
    let (_, headers, _) = town.read("/privacy?lang=ko", &[]).await;
    let set = headers[header::SET_COOKIE].to_str().expect("text");
    assert!(set.starts_with("__Host-language=ko; Path=/;") && set.ends_with("; Secure"), "{set}");
    let display = town.ask("POST", "/preferences", &[]).await;
    assert!(display.headers()[header::SET_COOKIE].to_str().expect("text").starts_with("__Host-display="));
    for (cookie, language) in
        [("language=ko", "ko"), ("__Host-language=ar", "ar"), ("language=ko; __Host-language=ar", "ar")]
    {
        let (_, _, body) = town.read("/privacy", &[("cookie", cookie)]).await;
        assert!(body.contains(&format!("<html lang=\"{language}\"")), "{cookie}");
    }
    let (_, _, plain) = town.read("/privacy", &[("accept-language", "en")]).await;
    let (_, _, dark) = town.read("/privacy", &[("accept-language", "en"), ("cookie", "__Host-display=dark")]).await;
    assert_ne!(plain, dark, "kept pages are told apart by the new name too");
}

#[tokio::test]
async fn figures_are_for_this_machine_unless_opened() {
    let [near, far] = ["127.0.0.1:4000", "192.0.2.7:4000"].map(|peer| peer.parse::<SocketAddr>().expect("an address"));
    let ask = async |town: &Town, peer: SocketAddr, forwarded: bool| {
        let mut request = Request::builder().uri("/metrics").extension(ConnectInfo(peer));
        if forwarded {
            request = request.header("x-forwarded-for", "192.0.2.7");
        }
        let request = request.body(Body::empty()).expect("a request");
        town.app.clone().oneshot(request).await.expect("an answer").status()
    };
    let town = Town::new().await;
    assert_eq!(ask(&town, near, false).await, StatusCode::OK);
    assert_eq!(ask(&town, far, false).await, StatusCode::NOT_FOUND);
    assert_eq!(ask(&town, near, true).await, StatusCode::NOT_FOUND, "a proxy on this machine asks for others");
    let open = Town::with(Settings { metrics_open: true, ..Settings::default() }, Profile::named("Testville")).await;
    assert_eq!(ask(&open, far, true).await, StatusCode::OK);
}

#[tokio::test]
async fn the_gallery_is_shown_in_a_demonstration_only() {
    let town = Town::new().await;
    for (method, path) in [("GET", "/gallery"), ("POST", "/gallery")] {
        assert_eq!(town.ask(method, path, &[]).await.status(), StatusCode::NOT_FOUND, "{method}");
    }
    for path in ["/", "/sitemap", "/sitemap.xml"] {
        let (_, _, body) = town.read(path, &[]).await;
        assert!(!body.contains("/gallery") && !body.contains("/about"), "{path}");
    }
    let profile = Profile { demonstration: true, ..Profile::named("Testville") };
    let town = Town::with(Settings::default(), profile).await;
    for language in ["en", "ko", "ar"] {
        let (status, _, body) = town.read("/gallery", &[("accept-language", language)]).await;
        assert!(status == StatusCode::OK && body.contains("href=\"/gallery\""), "{language}");
    }
    assert_eq!(town.ask("POST", "/gallery", &[]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_database_that_is_away_is_said_and_ready_pages_stay() {
    let town = Town::new().await;
    assert_eq!(town.read("/privacy", &[]).await.0, StatusCode::OK);
    town.city.store.close().await;
    let (status, headers, body) = town.read("/example/stored", &[]).await;
    assert_eq!(
        (status, &headers[header::RETRY_AFTER]),
        (StatusCode::SERVICE_UNAVAILABLE, &"10".parse().expect("text"))
    );
    assert!(!body.contains("pool"), "no details of the machine");
    assert_eq!(town.read("/privacy", &[]).await.0, StatusCode::OK);
    let somebody = [("cookie", "session=anything")];
    assert_eq!(town.ask("POST", "/example/door", &somebody).await.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn attempts_to_get_around_are_noted_with_what_and_where_from() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let town = Town::new().await;
    town.ask("POST", "/preferences", &[("origin", "https://evil.example")]).await;
    for _ in 0..4 {
        town.ask("POST", "/preferences", &[]).await;
    }
    town.ask("GET", "/example", &[("authorization", "Bearer mdg_made-up")]).await;
    town.ask("GET", "/example?a=%0a%7B%22level%22:%22ERROR%22%7D", &[("user-agent", "a\t{\"level\":\"ERROR\"}")]).await;
    let log = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    for event in ["form.foreign", "limit.reached", "token.refused"] {
        let found = lines.iter().find(|line| line["fields"]["event"] == event).expect(event);
        assert_eq!(
            (&found["target"], &found["fields"]["network"]),
            (&"security".into(), &"127.0.0.1".into()),
            "{found}"
        );
        assert!(found["span"]["id"].as_str().is_some_and(|id| id.contains('-')), "which request: {found}");
    }
    assert!(!log.contains("made-up") && lines.iter().all(|line| line["level"] != "ERROR"));
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl tracing_subscriber::fmt::MakeWriter<'_> for Log {
    type Writer = Log;

    fn make_writer(&self) -> Log {
        self.clone()
    }
}
