use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt;
use kernel_base::{HandClock, Instant, Secrets, SeededRandom};
use kernel_identity::Cost;
use kernel_letters::{Carriers, Kept};
use kernel_store::{Database, Store};
use kernel_web::{City, Foundation, PostRoom, Profile, Settings, System};
use outbound::{Client, Dialler, Options, SystemResolver};
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;

/// 2026-11-24T00:00:00Z: every test city begins here.
const MORNING: Instant = Instant(1_795_478_400_000_000);

/// Tests hash many passwords.
const CHEAP: Cost = Cost { kibibytes: 8, passes: 1, lanes: 1 };

const ORIGIN: &str = "http://city.example";

/// The guarded way out, which reaches nothing on this machine.
fn outside() -> outbound::Client {
    let second = Duration::from_secs(1);
    let dialler = Dialler::new(Arc::new(SystemResolver), false, &[], second);
    let options = Options { dialler, trust: Vec::new(), timeout: second, most_bytes: 65_536, agent: "test".to_owned() };
    Client::new(options).expect("a client")
}

/// What the systems read for themselves: all files in the test's folder; sites are captured from this machine, without
/// a browser.
fn rooms(folder: &Path) -> BTreeMap<&'static str, serde_json::Value> {
    let capture = json!({ "folder": folder.join("survey"), "allow_private": true, "browser": false });
    let map = json!({ "folder": folder.join("map") });
    BTreeMap::from([("survey", json!({ "capture": capture })), ("map", map)])
}

pub struct TestCity {
    pub city: City,
    pub clock: Arc<HandClock>,
    /// Letters that were carried.
    pub post: Arc<Kept>,
    router: Router,
    _files: tempfile::TempDir,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|cause| panic!("not JSON ({cause}): {}", self.text))
    }
}

impl TestCity {
    pub async fn open(database: Database, systems: Vec<System>) -> TestCity {
        let clock = Arc::new(HandClock::at(MORNING));
        let (carriers, post) = Carriers::kept();
        let files = tempfile::tempdir().expect("a folder");
        let foundation = Foundation {
            store: Store::open(&database).await.expect("the test's database opens"),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(120)),
            secrets: Secrets::new([120; 32]),
            post: PostRoom { settings: Default::default(), carriers, origin: ORIGIN.to_owned() },
            outside: outside(),
            files: kernel_files::Settings::in_folder(files.path()),
            settings: Settings {
                password_cost: CHEAP,
                origin: ORIGIN.to_owned(),
                rooms: rooms(files.path()),
                ..Settings::default()
            },
            profile: Profile::default(),
            systems,
        };
        let city = City::open(foundation).await.expect("the city opens");
        TestCity { router: kernel_web::build(city.clone()), city, clock, post, _files: files }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], String::new()).await
    }

    pub async fn get_as(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, String::new()).await
    }

    /// Submits a form from the city's own page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.ask(Method::POST, path, &headers, body).await
    }

    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.ask(Method::POST, path, &[("content-type", "application/json")], body.to_string()).await
    }

    /// An answer that may have no end, as it comes.
    pub async fn stream(&self, path: &str, headers: &[(&str, &str)]) -> http::Response<Body> {
        let mut request = Request::builder().uri(path).header(header::HOST, "city.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request of the test is well-formed");
        self.router.clone().oneshot(request).await.expect("the portal always answers")
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "city.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request of the test is well-formed");
        let answer = self.router.clone().oneshot(request).await.expect("the portal always answers");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("an answer has an end").to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.into(),
        }
    }

    /// Runs the jobs that are due by the hand clock; answers how many succeeded.
    pub async fn run_jobs(&self) -> usize {
        self.city.jobs().run_due().await.expect("the queue can be read")
    }

    /// The same for jobs that take minutes.
    pub async fn labour(&self) -> usize {
        self.city.labour().run_due().await.expect("the queue can be read")
    }
}
