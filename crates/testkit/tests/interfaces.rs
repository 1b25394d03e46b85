//! What every interface for programs does the same way, through all layers of the portal.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use http::{HeaderMap, Method, StatusCode, header};
use kernel_identity::Role;
use kernel_web::{Answer as Answered, Api, Asked, Failure, Given, Need, Part, System, Visit, if_match};
use serde::Deserialize;
use testkit::{Answer, TestCity, on_both_engines};
use utoipa::ToSchema;
use utoipa_axum::routes;

const HOUSE: System = System {
    api: || {
        Api::new()
            .routes(Need::Everyone, routes!(build))
            .routes(Need::Everyone, routes!(rooms))
            .routes(Need::Everyone, routes!(room, paint))
            .routes(Need::SignedIn, routes!(keys))
    },
    ..System::named("house")
};

/// How many rooms were built.
static BUILT: AtomicU32 = AtomicU32::new(0);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRoom {
    name: String,
}

/// Builds a room; `?how=` lets it fail in several ways.
#[utoipa::path(post, path = "/api/v1/house/rooms", request_body = NewRoom, responses((status = 201, description = "Built")))]
async fn build(asked: Asked, Given(room): Given<NewRoom>) -> Answered {
    if asked.text("how") == "refused" {
        return Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "no"));
    }
    let number = BUILT.fetch_add(1, Ordering::SeqCst) + 1;
    match asked.text("how") {
        "broken" => return Err(Failure::from(kernel_base::Error::Fault("after it was built".into()))),
        "slow" => tokio::time::sleep(Duration::from_millis(300)).await,
        "large" => return Ok((StatusCode::CREATED, "x".repeat(65 * 1024)).into_response()),
        _ => {}
    }
    let location = [(header::LOCATION, format!("/api/v1/house/rooms/{number}"))];
    Ok((StatusCode::CREATED, location, Json(format!("{} {number}", room.name))).into_response())
}

const ROOMS: [&str; 5] = ["hall", "kitchen", "study", "attic", "cellar"];

/// All rooms.
#[utoipa::path(get, path = "/api/v1/house/rooms", params(Part), responses((status = 200, description = "Rooms", body = Vec<String>)))]
async fn rooms(visit: Visit, part: Part) -> Answered {
    Ok(part.answer(&visit, part.of(ROOMS, |name| name), |name| name))
}

/// One room.
#[utoipa::path(get, path = "/api/v1/house/rooms/{id}", params(("id" = String, Path)), responses((status = 200, description = "A room")))]
async fn room(Path(id): Path<String>) -> Answered {
    Ok(Json(id).into_response())
}

/// Paints a room.
#[utoipa::path(put, path = "/api/v1/house/rooms/{id}", params(("id" = String, Path)), responses((status = 204, description = "Painted")))]
async fn paint(headers: HeaderMap, Path(id): Path<String>) -> Answered {
    if_match(&headers, &id)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The keys of the house.
#[utoipa::path(get, path = "/api/v1/house/keys", responses((status = 200, description = "Keys"), (status = 404, description = "None", body = String)))]
async fn keys() -> Answered {
    Ok(Json("keys").into_response())
}

async fn build_with(city: &TestCity, key: &str, how: &str, body: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    city.ask(Method::POST, &format!("/api/v1/house/rooms?how={how}"), &headers, body.to_owned()).await
}

const HALL: &str = "{\"name\":\"hall\"}";

#[tokio::test]
async fn an_act_with_a_key_is_done_once_and_answered_as_often_as_it_is_asked() {
    on_both_engines(vec![HOUSE], async |city| {
        let first = build_with(&city, "\"once-1\"", "", HALL).await;
        assert_eq!((first.status, first.header("idempotent-replayed")), (201, ""), "{}", first.text);
        let again = build_with(&city, "once-1", "", HALL).await;
        assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"));
        assert_eq!((&again.text, again.header("location")), (&first.text, first.header("location")));
        assert_eq!(again.header("content-type"), "application/json");
        let other = build_with(&city, "once-1", "", "{\"name\":\"study\"}").await;
        assert_eq!((other.status, other.header("content-type")), (422, "application/problem+json"));
        assert_ne!(build_with(&city, "once-2", "", HALL).await.text, first.text, "another key, another act");
        let rows = city.city.store.all("SELECT answer FROM web_idempotency", &[]).await.expect("rows");
        assert!(!rows[0].text("answer").expect("an answer").contains("hall"), "answers are sealed");
        city.clock.forward_seconds(24 * 3600 + 1);
        assert_ne!(build_with(&city, "once-1", "", HALL).await.text, first.text, "kept for a day");
    })
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_who_made_it_up() {
    on_both_engines(vec![HOUSE], async |city| {
        let [kim, lee] = [city.somebody("Kim", Role::Resident).await, city.somebody("Lee", Role::Resident).await];
        let headers = [("content-type", "application/json"), ("idempotency-key", "1")];
        let mut texts = std::collections::BTreeSet::new();
        for by in [city.by(&kim), city.by(&lee), city.by(&kim)] {
            let answer = by.ask(Method::POST, "/api/v1/house/rooms", &headers, HALL.to_owned()).await;
            texts.insert(answer.text);
        }
        texts.insert(build_with(&city, "1", "", HALL).await.text);
        assert_eq!(texts.len(), 3, "Kim's, Lee's and a stranger's");
    })
    .await;
}

#[tokio::test]
async fn what_was_refused_may_be_asked_again_with_the_same_key() {
    on_both_engines(vec![HOUSE], async |city| {
        for (how, body, status) in
            [("refused", HALL, 422), ("", "{", 400), ("", "{\"colour\":1}", 422), ("", HALL, 201), ("", HALL, 201)]
        {
            let answer = build_with(&city, "refused", how, body).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
        for key in ["", "two words", "\"\"", &"x".repeat(256)] {
            assert_eq!(build_with(&city, key, "", HALL).await.status, 400, "{key:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_under_way_is_not_begun_again_and_what_broke_is_not_repeated_blindly() {
    on_both_engines(vec![HOUSE], async |city| {
        let (slow, second) = futures::join!(build_with(&city, "slow", "slow", HALL), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            build_with(&city, "slow", "slow", HALL).await
        });
        assert_eq!((slow.status, second.status), (201, 409), "{}", second.text);
        assert!(second.text.contains("under way"), "{}", second.text);

        assert_eq!(build_with(&city, "broken", "broken", HALL).await.status, 500);
        let again = build_with(&city, "broken", "broken", HALL).await;
        assert!(again.status == 409 && again.text.contains("Look first"), "{}", again.text);

        // The process dies in the middle of it.
        let cut = tokio::time::timeout(Duration::from_millis(100), build_with(&city, "cut", "slow", HALL)).await;
        assert!(cut.is_err());
        assert!(build_with(&city, "cut", "slow", HALL).await.text.contains("under way"));
        city.clock.forward_seconds(36);
        assert!(build_with(&city, "cut", "slow", HALL).await.text.contains("Look first"));

        assert_eq!(build_with(&city, "large", "large", HALL).await.status, 201);
        let again = build_with(&city, "large", "large", HALL).await;
        assert!(again.status == 409 && again.text.contains("was done before"), "{}", again.text);
    })
    .await;
}

#[tokio::test]
async fn kept_answers_are_thrown_away_after_their_day() {
    on_both_engines(vec![HOUSE], async |city| {
        build_with(&city, "old", "", HALL).await;
        let count = async || city.city.store.all("SELECT id FROM web_idempotency", &[]).await.expect("rows").len();
        city.run_jobs().await;
        assert_eq!(count().await, 1);
        city.clock.forward_seconds(24 * 3600 + 1);
        city.run_jobs().await;
        assert_eq!(count().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_read_part_by_part() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![HOUSE]).await;
    let (mut next, mut seen) = ("/api/v1/house/rooms?limit=2&colour=a%20b".to_owned(), Vec::new());
    loop {
        let answer = city.get(&next).await;
        assert_eq!(answer.status, 200, "{next}");
        seen.extend(answer.json().as_array().expect("a list").iter().map(|name| name.as_str().map(str::to_owned)));
        let link = answer.header("link");
        let Some(way) = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")) else { break };
        assert!(way.contains("colour=a+b"), "what else was asked stays: {way}");
        next = way.to_owned();
    }
    let all: Vec<_> = ROOMS.iter().map(|name| Some((*name).to_owned())).collect();
    assert_eq!(seen, all);
    for wrong in ["limit=0", "limit=101", "limit=x"] {
        let answer = city.get(&format!("/api/v1/house/rooms?{wrong}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"));
    }
}

#[tokio::test]
async fn a_change_to_what_was_changed_meanwhile_is_refused() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![HOUSE]).await;
    let address = "/api/v1/house/rooms/hall";
    let tag = city.get(address).await.header("etag").to_owned();
    let paint = async |tag: &str| city.ask(Method::PUT, address, &[("if-match", tag)], String::new()).await.status;
    assert_eq!((paint(&tag).await, paint("*").await), (204, 204));
    assert_eq!(paint("\"another\"").await, 412);
    let known = city.get_as(address, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    assert_eq!(city.get_as(address, &[("if-none-match", "*")]).await.status, 304);
}

#[tokio::test]
async fn every_error_of_an_interface_is_a_problem() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![HOUSE]).await;
    let json = [("content-type", "application/json")];
    let large = "x".repeat(3 * 1024 * 1024);
    type Asked<'a> = (Method, &'a str, &'a [(&'a str, &'a str)], &'a str, u16);
    let asked: [Asked; 10] = [
        (Method::GET, "/api/v1/none", &[], "", 404),
        (Method::GET, "/api/v1/house/rooms/%ff", &[], "", 400),
        (Method::DELETE, "/api/v1/house/rooms", &[], "", 405),
        (Method::POST, "/api/v1/house/rooms", &[("content-type", "text/plain")], "hall", 415),
        (Method::POST, "/api/v1/house/rooms", &[], HALL, 415),
        (Method::POST, "/api/v1/house/rooms", &json, "{\"name\":", 400),
        (Method::POST, "/api/v1/house/rooms", &json, "{\"name\":\"\\u0000\"}", 422),
        (Method::GET, "/api/v1/house/rooms/%00", &[], "", 404),
        (Method::POST, "/api/v1/house/rooms", &json, &large, 413),
        (Method::GET, "/api/v1/house/keys", &[("accept", "text/html")], "", 401),
    ];
    for (method, path, headers, body, status) in asked {
        let answer = city.ask(method.clone(), path, headers, body.to_owned()).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, "application/problem+json"),
            "{method} {path}"
        );
        let problem = answer.json();
        assert_eq!((&problem["status"], &problem["type"]), (&status.into(), &"about:blank".into()), "{method} {path}");
        assert_eq!(problem["instance"], path, "{method} {path}");
        match status {
            405 => assert!(answer.header("allow").contains("GET") && answer.header("allow").contains("POST")),
            401 => assert!(answer.header("www-authenticate").starts_with("Bearer")),
            _ => {}
        }
    }
    let broken =
        city.ask(Method::POST, "/api/v1/house/rooms", &json, "not UTF-8: \u{fffd}".replace('\u{fffd}', "\u{80}"));
    assert_eq!(broken.await.status, 400);
}

#[tokio::test]
async fn the_description_says_what_every_operation_may_answer() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![HOUSE]).await;
    let described = city.get("/api/openapi.json").await.json();
    let paths = &described["paths"];
    let statuses = |path: &str, method: &str| -> Vec<String> {
        paths[path][method]["responses"].as_object().expect("responses").keys().cloned().collect()
    };
    let build = statuses("/api/v1/house/rooms", "post");
    assert_eq!(build, ["201", "400", "403", "409", "413", "415", "422", "429", "503"]);
    assert_eq!(statuses("/api/v1/house/keys", "get"), ["200", "304", "401", "403", "404", "429", "503"]);
    let keys = &paths["/api/v1/house/keys"]["get"];
    assert_eq!(keys["security"], serde_json::json!([{ "bearer": [] }]));
    assert!(keys["responses"]["404"]["content"]["application/problem+json"].is_object(), "{keys}");
    let named = |path: &str, method: &str, name: &str| {
        let parameters = paths[path][method]["parameters"].as_array().expect("parameters");
        parameters.iter().any(|parameter| parameter["name"] == name)
    };
    assert!(named("/api/v1/house/rooms", "post", "Idempotency-Key"));
    assert!(named("/api/v1/house/rooms", "get", "If-None-Match") && named("/api/v1/house/rooms", "get", "after"));
    assert!(paths["/api/v1/house/rooms"]["get"]["responses"]["200"]["headers"]["Link"].is_object());
    assert_eq!(described["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}
