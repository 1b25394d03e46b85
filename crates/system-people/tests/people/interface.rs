use http::Method;
use kernel_identity::{NewToken, Role, token};
use serde_json::json;
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::{letters, systems};

async fn key(city: &TestCity, person: &Person) -> String {
    let portal = &city.city;
    let scopes = ["people.departments", "people.roles"];
    let mut tx = portal.store.begin().await.expect("begins");
    let new =
        NewToken { account: &person.account, name: "x", scopes: &scopes, ends_at: portal.clock.now().plus_days(9) };
    let made = (&*portal.clock, &*portal.random);
    let (_, secret) = token::issue(&mut tx, new, &portal.secrets, made).await.expect("a key");
    tx.commit().await.expect("commits");
    format!("Bearer {secret}")
}

struct Program<'a>(&'a TestCity, String);

impl Program<'_> {
    async fn ask(&self, method: Method, path: &str, more: &[(&str, &str)], body: serde_json::Value) -> Answer {
        let mut headers = vec![("authorization", self.1.as_str()), ("content-type", "application/json")];
        headers.extend(more);
        self.0.ask(method, path, &headers, body.to_string()).await
    }
}

#[tokio::test]
async fn departments_are_kept_by_a_program_that_saw_their_last_state() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let program = Program(&city, key(&city, &kim).await);
        let names = json!({ "en": "Parks", "ko": "공원과" });
        let made = program.ask(Method::POST, "/api/v1/departments", &[("idempotency-key", "1")], names.clone()).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let again = program.ask(Method::POST, "/api/v1/departments", &[("idempotency-key", "1")], names).await;
        assert_eq!(again.header("location"), made.header("location"));
        let here = made.header("location").to_owned();
        assert_eq!(
            city.get("/api/v1/departments").await.json().as_array().map(Vec::len),
            Some(1),
            "done once, read by all"
        );
        let known = city.get(&here).await;
        let tag = known.header("etag").to_owned();
        let renamed = json!({ "en": "Parks and trees", "ko": "공원녹지과" });
        let good = program.ask(Method::PUT, &here, &[("if-match", &tag)], renamed.clone()).await;
        assert_eq!((good.status, &good.json()["name"]["ko"]), (200, &json!("공원녹지과")));
        assert_eq!(program.ask(Method::PUT, &here, &[("if-match", &tag)], renamed).await.status, 412);
        assert_eq!(program.ask(Method::DELETE, &here, &[("if-match", &tag)], json!({})).await.status, 412);
        let now = city.get(&here).await.header("etag").to_owned();
        assert_eq!(program.ask(Method::DELETE, &here, &[("if-match", &now)], json!({})).await.status, 204);
        assert_eq!(city.get(&here).await.json()["closed"], true);
        assert_eq!(city.get("/api/v1/departments").await.json(), json!([]));
    })
    .await;
}

#[tokio::test]
async fn roles_are_given_and_taken_by_a_program_under_the_same_rules() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let program = Program(&city, key(&city, &kim).await);
        let wished = |email: &str, role: &str| json!({ "email": email, "role": role });
        for (body, words) in [
            (wished(&kim.email, "editor"), "Nobody changes their own roles"),
            (wished("nobody@people.example", "editor"), "no account has it"),
            (wished(&lee.email, "clerk"), "clerks have one that is open"),
            (wished(&lee.email, "mayor"), "unknown variant"),
        ] {
            let refused = program.ask(Method::POST, "/api/v1/people/roles", &[], body).await;
            assert!(refused.status == 422 && refused.text.contains(words), "{}", refused.text);
        }
        let given = program.ask(Method::POST, "/api/v1/people/roles", &[], wished(&lee.email, "editor")).await;
        assert_eq!(given.status, 201, "{}", given.text);
        let listed = program.ask(Method::GET, "/api/v1/people/roles", &[], json!({})).await.json();
        assert_eq!((&listed[1]["name"], &listed[1]["role"]), (&json!("Lee Jiwoo"), &json!("editor")));
        let mine = listed[0]["id"].as_str().expect("an id");
        let own = program.ask(Method::DELETE, &format!("/api/v1/people/roles/{mine}"), &[], json!({})).await;
        assert_eq!((own.status, own.header("content-type")), (409, "application/problem+json"));
        assert_eq!(program.ask(Method::DELETE, given.header("location"), &[], json!({})).await.status, 204);
        assert_eq!(program.ask(Method::DELETE, given.header("location"), &[], json!({})).await.status, 404);
        assert_eq!(letters(&city, &lee).await.len(), 2);
    })
    .await;
}
