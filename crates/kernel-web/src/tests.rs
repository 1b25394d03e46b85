//! The portal as a reader or a program meets it, without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use kernel_base::{HandClock, Instant, SeededRandom};
use kernel_record::{Audit, audit};
use kernel_store::{Database, Store};
use tempfile::TempDir;
use tower::ServiceExt;

mod safety;

use crate::{Answer, City, Failure, Foundation, Need, Page, Profile, Routes, Settings, System, Visit, build, fresh};

/// How often the counting page was made.
static MADE: AtomicU32 = AtomicU32::new(0);

const EXAMPLE: System = System {
    texts: &[("en", "example-title = An example\nexample-text = Only in English\n")],
    routes: || {
        Routes::new()
            .get("/example", Need::Everyone, example)
            .get("/example/fresh", Need::Everyone, always_new)
            .get("/example/broken", Need::Everyone, broken)
            .get("/example/panic", Need::Everyone, panics)
            .get("/example/stored", Need::Everyone, stored)
            .post("/example/door", Need::SignedIn, always_new)
            .post("/example/contended", Need::Everyone, contended)
    },
    ..System::named("example")
};

async fn example(visit: Visit) -> Answer {
    MADE.fetch_add(1, Ordering::SeqCst);
    let main = kernel_ui::lead(&visit.t("example-text"));
    Ok(visit.page(Page::new(visit.t("example-title")).main(main)))
}

async fn always_new(visit: Visit) -> Answer {
    Ok(fresh(visit.page(Page::new(visit.now().rfc3339()))))
}

async fn broken() -> Answer {
    Err(Failure::from(kernel_base::Error::Fault("the secret cause".into())))
}

async fn stored(State(city): State<City>) -> Answer {
    city.store.begin().await?.commit().await?;
    Ok(crate::see_other("/"))
}

/// How often the contended act was begun.
static BEGUN: AtomicU32 = AtomicU32::new(0);

async fn contended(body: String) -> Answer {
    match BEGUN.fetch_add(1, Ordering::SeqCst) {
        0 | 1 => Err(Failure::from(kernel_base::Error::Retry)),
        _ => Ok(axum::response::IntoResponse::into_response(body)),
    }
}

async fn panics() -> Answer {
    panic!("on purpose")
}

struct Town {
    app: Router,
    city: City,
    _folder: TempDir,
}

impl Town {
    async fn new() -> Town {
        let settings = Settings { posts_per_minute: 3, ..Settings::default() };
        Town::with(settings, Profile::named("Testville")).await
    }

    async fn with(settings: Settings, profile: Profile) -> Town {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Database::Sqlite(folder.path().join("town.sqlite"))).await.expect("opens");
        let city = City::open(Foundation {
            store,
            clock: Arc::new(HandClock::at(Instant(1_800_000_000_000_000))),
            secrets: kernel_base::Secrets::new([7; 32]),
            post: crate::PostRoom {
                settings: Default::default(),
                carriers: kernel_letters::Carriers::kept().0,
                origin: String::new(),
            },
            outside: outside(),
            random: Arc::new(SeededRandom::new(1)),
            files: kernel_files::Settings::in_folder(folder.path().join("files")),
            settings,
            profile,
            systems: vec![EXAMPLE],
        })
        .await
        .expect("a city");
        Town { app: build(city.clone()), city, _folder: folder }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "town.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.app.clone().oneshot(request).await.expect("an answer")
    }

    async fn read(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
        let response = self.ask("GET", path, headers).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).expect("text"))
    }
}

#[tokio::test]
async fn every_page_of_the_shell_answers_in_every_language() {
    let town = Town::new().await;
    for path in crate::PAGES.iter().filter(|path| crate::pages::is_shown(&town.city, path)) {
        for language in ["en", "ko", "ar"] {
            let (status, headers, body) = town.read(path, &[("accept-language", language)]).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(body.contains(&format!("<html lang=\"{language}\"")) && body.matches("<h1").count() == 1, "{path}");
            assert!(
                !body.contains("<script>") && !body.contains(" style=\"") && !body.contains(" onclick"),
                "{path} needs inline code"
            );
            assert!(
                headers.contains_key(header::CONTENT_SECURITY_POLICY)
                    && headers.contains_key(header::X_CONTENT_TYPE_OPTIONS)
            );
            let untold: Vec<&str> =
                body.split(['>', '<', '"']).filter(|text| text.starts_with("ui-") && text.len() > 4).collect();
            assert!(untold.is_empty(), "{path} shows keys: {untold:?}");
        }
    }
}

#[tokio::test]
async fn a_made_up_citys_page_says_so_and_a_real_citys_does_not() {
    let town = Town::new().await;
    let (_, _, body) = town.read("/", &[]).await;
    assert!(body.contains("Official website of Testville") && !body.contains("demonstration"));
    assert_eq!(town.read("/about", &[]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_in_the_readers_language_is_marked_as_english() {
    let town = Town::new().await;
    let (_, _, body) = town.read("/example", &[("accept-language", "ar")]).await;
    assert!(body.contains("<main id=\"main\" tabindex=\"-1\" lang=\"en\" dir=\"ltr\">"), "{body}");
    let (_, _, body) = town.read("/privacy", &[("accept-language", "ar")]).await;
    assert!(body.contains("<main id=\"main\" tabindex=\"-1\">"));
}

#[tokio::test]
async fn a_page_is_made_once_and_again_only_after_a_commit() {
    let town = Town::new().await;
    let before = MADE.load(Ordering::SeqCst);
    let made = || MADE.load(Ordering::SeqCst) - before;
    let (_, headers, first) = town.read("/example?lang=ko", &[]).await;
    assert!(headers[header::SET_COOKIE].to_str().expect("text").starts_with("language=ko"));
    let (_, headers, second) = town.read("/example?lang=ko", &[]).await;
    assert!(headers.contains_key(header::SET_COOKIE), "the choice is kept from a ready page too");
    assert_eq!(first, second);
    let once = made();
    let mut tx = town.city.store.begin().await.expect("a transaction");
    let entry = Audit { act: "test.done", who: "visitor", subject: "x", detail: serde_json::json!({}) };
    audit(&mut tx, entry, &*town.city.clock, &*town.city.random).await.expect("recorded");
    tx.commit().await.expect("committed");
    town.read("/example?lang=ko", &[]).await;
    assert!(made() > once, "a commit makes ready pages old");
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_again() {
    let town = Town::new().await;
    let (_, headers, _) = town.read("/privacy", &[]).await;
    let tag = headers[header::ETAG].to_str().expect("text").to_owned();
    let response = town.ask("GET", "/privacy", &[("if-none-match", &tag)]).await;
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    let (_, headers, _) = town.read("/example/fresh", &[]).await;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn pages_are_compressed_when_the_reader_takes_it() {
    let town = Town::new().await;
    for (accept, encoding) in [("br", "br"), ("gzip", "gzip")] {
        let response = town.ask("GET", "/privacy", &[("accept-encoding", accept)]).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], encoding);
    }
}

#[tokio::test]
async fn failures_speak_the_readers_language_or_json() {
    let town = Town::new().await;
    let (status, _, body) = town.read("/nothing", &[("accept-language", "ko")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("이 쪽은 없어요"));
    let (status, headers, body) = town.read("/api/nothing", &[]).await;
    assert_eq!(
        (status, headers[header::CONTENT_TYPE].to_str().expect("text")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
    assert!(body.contains("\"status\":404"));
    for path in ["/example/broken", "/example/panic"] {
        let (status, _, body) = town.read(path, &[]).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(body.contains("Something went wrong") && !body.contains("secret") && !body.contains("on purpose"));
    }
    let response = town.ask("POST", "/privacy", &[]).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let town = Town::new().await;
    let evil: [&[(&str, &str)]; 3] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
    ];
    for headers in evil {
        assert_eq!(town.ask("POST", "/preferences", headers).await.status(), StatusCode::FORBIDDEN, "{headers:?}");
    }
    let ours =
        town.ask("POST", "/preferences", &[("origin", "http://town.example"), ("sec-fetch-site", "same-origin")]).await;
    assert_eq!(ours.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_flood_of_forms_is_slowed_down() {
    let town = Town::new().await;
    for _ in 0..3 {
        assert_eq!(town.ask("POST", "/preferences", &[]).await.status(), StatusCode::SEE_OTHER);
    }
    let response = town.ask("POST", "/preferences", &[]).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn hsts_is_sent_only_over_tls() {
    let town = Town::new().await;
    let (_, headers, _) = town.read("/", &[("x-forwarded-proto", "https")]).await;
    assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "the proxy is not trusted unless configured");
}

#[tokio::test]
async fn a_forged_host_does_not_get_into_the_page() {
    let town = Town::new().await;
    let request =
        Request::builder().uri("/").header(header::HOST, "\"><script>").body(Body::empty()).expect("a request");
    let response = town.app.clone().oneshot(request).await.expect("an answer");
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    assert!(!String::from_utf8_lossy(&body).contains("\"><script>"));
}

#[tokio::test]
async fn an_act_runs_again_when_the_database_asks_for_it_and_gets_its_form_again() {
    let town = Town::new().await;
    let request = Request::builder()
        .method("POST")
        .uri("/example/contended")
        .header(header::HOST, "town.example")
        .body(Body::from("all that was typed"))
        .expect("a request");
    let response = town.app.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(body, "all that was typed");
    assert_eq!(BEGUN.load(Ordering::SeqCst), 3);
}

/// The guarded way out, which reaches nothing on this machine.
fn outside() -> outbound::Client {
    let second = std::time::Duration::from_secs(1);
    let dialler = outbound::Dialler::new(Arc::new(outbound::SystemResolver), false, &[], second);
    let options =
        outbound::Options { dialler, trust: Vec::new(), timeout: second, most_bytes: 1024, agent: "test".to_owned() };
    outbound::Client::new(options).expect("a client")
}
