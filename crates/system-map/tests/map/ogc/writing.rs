//! Features made, replaced, patched and removed by programs.

use http::Method;
use kernel_identity::{NewToken, Role, token};
use serde_json::json;
use testkit::{Answer, Person, TestCity, on_both_engines};

use super::{ITEMS, ids, park};
use crate::trees;

const GEOJSON: (&str, &str) = ("content-type", "application/geo+json");

async fn ask(
    city: &TestCity,
    by: &Person,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Answer {
    city.by(by).ask(method, path, headers, body).await
}

fn elm(height: f64) -> String {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [127.0, 37.55] },
        "properties": { "name": "Elm", "height": height, "open": true },
    })
    .to_string()
}

#[tokio::test]
async fn a_feature_is_made_read_changed_and_removed() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = trees(&city).await;
        let made = ask(&city, &editor, Method::POST, ITEMS, &[GEOJSON], elm(4.0)).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let path = made.header("location").strip_prefix("http://city.example").expect("ours").to_owned();
        let first = city.get(&path).await;
        assert_eq!(first.json()["properties"]["name"], "Elm");
        let tag = first.header("etag").to_owned();
        assert_eq!(tag, made.header("etag"));
        assert_eq!(city.get_as(&path, &[("if-none-match", &tag)]).await.status, 304);

        let bare = ask(&city, &editor, Method::PUT, &path, &[GEOJSON], elm(5.0)).await;
        assert_eq!(bare.status, 428, "{}", bare.text);
        let known = [GEOJSON, ("if-match", tag.as_str())];
        assert_eq!(ask(&city, &editor, Method::PUT, &path, &known, elm(5.0)).await.status, 204);
        let late = ask(&city, &editor, Method::PUT, &path, &known, elm(6.0)).await;
        assert_eq!(late.status, 412, "{}", late.text);

        let tag = city.get(&path).await.header("etag").to_owned();
        let patch = json!({ "properties": { "height": 7.5 } }).to_string();
        let headers = [
            ("content-type", "application/merge-patch+json"),
            ("if-match", tag.as_str()),
            ("prefer", "return=representation"),
        ];
        let patched = ask(&city, &editor, Method::PATCH, &path, &headers, patch).await;
        assert_eq!(patched.status, 200, "{}", patched.text);
        assert_eq!(patched.json()["properties"], json!({ "name": "Elm", "height": 7.5, "open": true, "owner": null }));
        assert_eq!(patched.header("etag"), city.get(&path).await.header("etag"));

        let gone = ask(&city, &editor, Method::DELETE, &path, &[("if-match", "*")], String::new()).await;
        assert_eq!((gone.status, city.get(&path).await.status), (204, 404));
        assert_eq!(ask(&city, &editor, Method::DELETE, &path, &[("if-match", "*")], String::new()).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_feature_is_written_in_another_system() {
    let (city, editor, _folder) = park().await;
    let feature = json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [551_885.0, 198_056.0] },
        "properties": { "name": "City hall" },
    });
    let crs = ("content-crs", "<http://www.opengis.net/def/crs/EPSG/0/5186>");
    let made = ask(&city, &editor, Method::POST, ITEMS, &[GEOJSON, crs], feature.to_string()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let found = city.get(&format!("{ITEMS}?name=City+hall")).await.json();
    let at = &found["features"][0]["geometry"]["coordinates"];
    assert!(
        (at[0].as_f64().expect("lon") - 126.978).abs() < 1e-3 && (at[1].as_f64().expect("lat") - 37.5665).abs() < 1e-3
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_changes_nothing() {
    let (city, editor, _folder) = park().await;
    let place = json!({ "type": "Point", "coordinates": [127.0, 37.5] });
    for (status, body) in [
        (400, "{".to_owned()),
        (400, "[]".to_owned()),
        (400, json!({ "type": "FeatureCollection", "features": [] }).to_string()),
        (422, json!({ "type": "Feature", "properties": {} }).to_string()),
        (422, json!({ "type": "Feature", "geometry": place, "properties": { "age": 3 } }).to_string()),
        (422, json!({ "type": "Feature", "geometry": place, "properties": { "height": "tall" } }).to_string()),
        (422, json!({ "type": "Feature", "geometry": { "type": "Circle" }, "properties": {} }).to_string()),
        (
            422,
            json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [0, 91] }, "properties": {} })
                .to_string(),
        ),
        (400, "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"name\":\"a\\u0000b\"}}".to_owned()),
    ] {
        let refused = ask(&city, &editor, Method::POST, ITEMS, &[GEOJSON], body.clone()).await;
        assert_eq!(refused.status, status, "{body}: {}", refused.text);
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
    let text = ask(&city, &editor, Method::POST, ITEMS, &[("content-type", "text/plain")], elm(1.0)).await;
    assert_eq!(text.status, 415);
    assert_eq!(ids(&city.get(ITEMS).await).len(), 3);
}

#[tokio::test]
async fn only_the_owner_and_who_looks_after_layers_write() {
    let (city, editor, _folder) = park().await;
    let stranger = city.ask(Method::POST, ITEMS, &[GEOJSON], elm(1.0)).await;
    assert_eq!((stranger.status, stranger.header("www-authenticate")), (401, "Bearer realm=\"api\""));
    let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
    assert_eq!(ask(&city, &clerk, Method::POST, ITEMS, &[GEOJSON], elm(1.0)).await.status, 403);
    let resident = city.somebody("Yun Resident", Role::Resident).await;
    assert_eq!(ask(&city, &resident, Method::POST, ITEMS, &[GEOJSON], elm(1.0)).await.status, 403);
    let foreign = [GEOJSON, ("sec-fetch-site", "cross-site")];
    assert_eq!(ask(&city, &editor, Method::POST, ITEMS, &foreign, elm(1.0)).await.status, 403);
    let trail =
        city.city.store.all("SELECT act FROM record_audit WHERE act = 'feature.created'", &[]).await.expect("rows");
    assert!(trail.is_empty());
}

#[tokio::test]
async fn a_program_writes_with_a_token() {
    let (city, editor, _folder) = park().await;
    let made = (&*city.city.clock, &*city.city.random);
    let mut tx = city.city.store.begin().await.expect("begins");
    let ends_at = city.city.clock.now().plus_days(1);
    let new = NewToken { account: &editor.account, name: "Survey", scopes: &["map.edit", "map.layer"], ends_at };
    let (_, secret) = token::issue(&mut tx, new, &city.city.secrets, made).await.expect("a token");
    tx.commit().await.expect("commits");
    let key = format!("Bearer {secret}");
    let written = city.ask(Method::POST, ITEMS, &[GEOJSON, ("authorization", &key)], elm(1.0)).await;
    assert_eq!(written.status, 201, "{}", written.text);
    let again = [GEOJSON, ("authorization", &key), ("idempotency-key", "8e03978e")];
    let first = city.ask(Method::POST, ITEMS, &again, elm(2.0)).await;
    let second = city.ask(Method::POST, ITEMS, &again, elm(2.0)).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.header("location"), second.header("location"), "done once");
    assert_eq!(ids(&city.get(ITEMS).await).len(), 5);
}
