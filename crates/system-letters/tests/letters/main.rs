//! The letters office as staff and as programs of the city meet it, in a whole city.

mod notify;
mod office;

use axum::http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel_base::Clock;
use kernel_identity::Role;
use serde_json::{Value as Json, json};
use testkit::{Answer, Person, TestCity};

async fn city() -> (TestCity, tempfile::TempDir) {
    let (database, folder) = testkit::empty_database().await;
    (TestCity::open(database, vec![system_account::SYSTEM, system_letters::SYSTEM]).await, folder)
}

/// A service with a template for e-mail and one for short messages, and a key.
struct Service {
    editor: Person,
    /// Path of its page.
    page: String,
    key: String,
    email: String,
    sms: String,
}

/// The text between two marks, where it stands first.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {text}"));
    rest.split_once(after).map(|(found, _)| found).unwrap_or_else(|| panic!("no {after:?} behind {before:?}"))
}

async fn make_key(city: &TestCity, editor: &Person, page: &str, kind: &str) -> String {
    let fields = [("key_name", "First key"), ("kind", kind)];
    let made = city.by(editor).post(&format!("{page}/keys"), &fields).await;
    assert_eq!(made.status, 200, "{}", made.text);
    format!("First_key-{}", between(&made.text, "First_key-", "<"))
}

async fn make_template(city: &TestCity, editor: &Person, page: &str, fields: &[(&str, &str)]) -> String {
    let made = city.by(editor).post(&format!("{page}/templates/new"), fields).await;
    assert_eq!(made.status, 303, "{}", made.text);
    made.header("location").to_owned()
}

/// The identifier of the interface, as the page shows it.
async fn public_id(city: &TestCity, editor: &Person, page: &str) -> String {
    let shown = city.by(editor).get(page).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    let uuid = between(&shown.text, "<code>", "</code>").to_owned();
    assert_eq!(uuid.len(), 36, "{uuid}");
    uuid
}

async fn service(city: &TestCity, kind: &str) -> Service {
    service_of(city, "Editor Park", kind).await
}

async fn service_of(city: &TestCity, editor: &str, kind: &str) -> Service {
    let editor = city.somebody(editor, Role::Editor).await;
    let made = city.by(&editor).post("/letters-office/services", &[("name", "Parking"), ("language", "en")]).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let page = made.header("location").to_owned();
    let key = make_key(city, &editor, &page, kind).await;
    let texts = [
        ("kind", "email"),
        ("name", "Permit"),
        ("subject_en", "Your permit, ((name))"),
        ("body_en", "Hello ((name)).((late?? You are late.))"),
        ("subject_ko", "((name))님의 허가증"),
        ("body_ko", "((name))님, 안녕하세요.((late?? 늦으셨어요.))"),
    ];
    let email = make_template(city, &editor, &page, &texts).await;
    let email = public_id(city, &editor, &email).await;
    let texts = [("kind", "sms"), ("name", "Ready"), ("body_en", "((name)), your permit is ready.")];
    let sms = make_template(city, &editor, &page, &texts).await;
    let sms = public_id(city, &editor, &sms).await;
    Service { editor, page, key, email, sms }
}

/// A request signed as the client libraries sign it.
struct Signed<'a> {
    city: &'a TestCity,
    key: &'a str,
}

impl Signed<'_> {
    fn token(&self, iat: i64) -> String {
        let cut = |from: usize, to: usize| &self.key[self.key.len() - from..self.key.len() - to];
        let claims = json!({ "iss": cut(73, 37), "iat": iat });
        encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(cut(36, 0).as_bytes())).unwrap()
    }

    async fn ask(&self, method: Method, path: &str, body: String) -> Answer {
        let token = format!("Bearer {}", self.token(self.city.clock.now().0 / 1_000_000));
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        self.city.ask(method, path, &headers, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, String::new()).await
    }

    async fn post(&self, path: &str, body: &Json) -> Answer {
        self.ask(Method::POST, path, body.to_string()).await
    }
}

fn signed<'a>(city: &'a TestCity, key: &'a str) -> Signed<'a> {
    Signed { city, key }
}

/// Kind and words of the first error.
fn first_error(answer: &Answer) -> (u16, String, String) {
    let body = answer.json();
    assert_eq!(body["status_code"], answer.status);
    let text = |key: &str| body["errors"][0][key].as_str().unwrap_or_default().to_owned();
    (answer.status, text("error"), text("message"))
}
