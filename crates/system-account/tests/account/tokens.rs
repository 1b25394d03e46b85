use http::Method;
use kernel_identity::{Role, token};
use serde_json::json;
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::systems;

async fn made(city: &TestCity, person: &Person, scopes: &[&str], days: &str) -> Answer {
    let mut fields = vec![("name", "Calendar"), ("days", days)];
    fields.extend(scopes.iter().map(|scope| ("scopes", *scope)));
    city.by(person).post("/account/tokens?lang=en", &fields).await
}

fn secret_of(page: &str) -> String {
    let from = page.find("madang_pat_").expect("the key is shown");
    page[from..].chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect()
}

async fn with(city: &TestCity, secret: &str, method: Method, path: &str, body: serde_json::Value) -> Answer {
    let key = format!("Bearer {secret}");
    let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
    city.ask(method, path, &headers, body.to_string()).await
}

#[tokio::test]
async fn a_key_is_shown_once_works_for_what_it_was_made_for_and_ends() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let page = made(&city, &lee, &["account.read"], "30").await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let secret = secret_of(&page.text);
        assert!(!city.by(&lee).get("/account/tokens").await.text.contains(&secret), "only once");
        let me = with(&city, &secret, Method::GET, "/api/v1/account", json!({})).await;
        assert_eq!((me.status, &me.json()["email"]), (200, &json!(lee.email)));
        assert_eq!(me.json()["scopes"], json!(["account.read"]));
        let sessions = with(&city, &secret, Method::GET, "/api/v1/account/sessions", json!({})).await;
        assert_eq!((sessions.status, sessions.header("content-type")), (403, "application/problem+json"));
        for page in ["/account", "/account/tokens", "/account/data"] {
            assert_eq!(with(&city, &secret, Method::GET, page, json!({})).await.status, 403, "{page} is no program's");
        }
        city.run_jobs().await;
        let written = city.post.parcels();
        assert!(written.iter().any(|one| one.address == lee.email && one.subject == "A new key for programs"));

        let tokens = token::all_of(&city.city.store, &lee.account).await.expect("keys");
        assert!(tokens[0].used_at.is_some(), "its owner sees when it was used");
        let other = city.somebody("Park Sol", Role::Resident).await;
        let end = async |by: &Person| city.by(by).post("/account/tokens/end", &[("token", &tokens[0].id)]).await.status;
        assert_eq!(end(&other).await, 404, "somebody else's");
        assert_eq!(end(&lee).await, 303);
        assert_eq!(with(&city, &secret, Method::GET, "/api/v1/account", json!({})).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_key_never_carries_more_than_its_owner_has() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let hasty = city.somebody_of("Yoon Clerk", Role::Clerk, None, false).await;
        for (person, scopes, days) in [
            (&lee, &["tent.repair"][..], "30"),
            (&hasty, &["tent.repair"][..], "30"),
            (&lee, &["account.read", "no.such"][..], "30"),
            (&lee, &[][..], "30"),
            (&lee, &["account.read"][..], "9999"),
        ] {
            assert_eq!(made(&city, person, scopes, days).await.status, 422, "{scopes:?} {days}");
        }
        assert_eq!(made(&city, &clerk, &["tent.repair"], "365").await.status, 200);
        city.clock.forward_seconds(601);
        let again = made(&city, &lee, &["account.read"], "30").await;
        assert_eq!(again.header("location"), "/sign-in/again?back=%2Faccount%2Ftokens");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_makes_keys_makes_none_that_is_stronger_or_lives_longer() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let secret = secret_of(&made(&city, &clerk, &["account.tokens", "account.read"], "30").await.text);
        let wish = |scopes: &[&str]| json!({ "name": "Child", "scopes": scopes, "days": 365 });
        let make =
            async |scopes: &[&str]| with(&city, &secret, Method::POST, "/api/v1/account/tokens", wish(scopes)).await;
        let refused = make(&["tent.repair"]).await;
        assert!(
            refused.status == 422 && refused.text.contains("none that the asker does not have"),
            "{}",
            refused.text
        );
        let child = make(&["account.read"]).await;
        assert_eq!(child.status, 201, "{}", child.text);
        let ends: Vec<_> = token::all_of(&city.city.store, &clerk.account)
            .await
            .expect("keys")
            .iter()
            .map(|one| one.ends_at)
            .collect();
        assert_eq!(ends[0], ends[1], "it ends with the key that made it");
        let secret_child = child.json()["secret"].as_str().expect("a secret").to_owned();
        assert_eq!(with(&city, &secret_child, Method::GET, "/api/v1/account", json!({})).await.status, 200);
        let listed = with(&city, &secret, Method::GET, "/api/v1/account/tokens", json!({})).await;
        assert_eq!(listed.json().as_array().map(Vec::len), Some(2));
        assert!(!listed.text.contains("madang_pat_"));
        let ended = with(&city, &secret, Method::DELETE, child.header("location"), json!({})).await;
        assert_eq!(ended.status, 204);
        assert_eq!(with(&city, &secret_child, Method::GET, "/api/v1/account", json!({})).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_session_of_a_browser_proves_itself_before_it_makes_a_key_by_the_interface() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let body = json!({ "name": "Calendar", "scopes": ["account.read"], "days": 30 }).to_string();
        let json = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
        let ask = async || city.by(&lee).ask(Method::POST, "/api/v1/account/tokens", &json, body.clone()).await.status;
        assert_eq!(ask().await, 201);
        city.clock.forward_seconds(601);
        assert_eq!(ask().await, 403);
        let other = city.somebody("Park Sol", Role::Resident).await;
        let second = city.again(&lee).await;
        let elsewhere = format!("/api/v1/account/sessions/{}", second.session);
        assert_eq!(city.by(&lee).ask(Method::DELETE, &elsewhere, &json, String::new()).await.status, 403);
        let path = format!("/api/v1/account/sessions/{}", lee.session);
        assert_eq!(city.by(&other).ask(Method::DELETE, &path, &json, String::new()).await.status, 404);
        assert_eq!(city.by(&lee).ask(Method::DELETE, &path, &json, String::new()).await.status, 204);
        assert_eq!(city.by(&lee).get("/api/v1/account").await.status, 401);
    })
    .await;
}
