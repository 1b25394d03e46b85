//! The map as staff and residents meet it, in a whole city.

mod basemap;
mod edit;
mod import;
mod look;
mod offers;
mod ogc;
mod rights;

use kernel_identity::Role;
use testkit::{Answer, Person, TestCity};

/// Two trees and a bench.
pub const TREES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"t1","geometry":{"type":"Point","coordinates":[126.978,37.5665]},"properties":{"name":"Old oak","height":21.5,"owner":"Kim","open":true}},
{"type":"Feature","id":"t2","geometry":{"type":"Point","coordinates":[126.99,37.57]},"properties":{"name":"Young pine","height":3,"owner":"Lee","open":false}},
{"type":"Feature","id":"t3","geometry":{"type":"Point","coordinates":[127.02,37.5]},"properties":{"name":"Bench","height":1,"owner":"Park","open":true}}
]}"#;

/// Makes a layer that waits for a file.
pub async fn made(city: &TestCity, person: &Person, name: &str) -> Answer {
    let form = [("title_en", "Trees"), ("title_ko", "나무"), ("name", name), ("begin", "file")];
    city.by(person).post("/map/office/new", &form).await
}

/// Hands a file in as the page's form does.
pub async fn bring(city: &TestCity, person: &Person, layer: &str, file: &str, content: &str) -> Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"crs\"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n--x--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    city.by(person).ask(http::Method::POST, &format!("/map/office/{layer}/import"), &headers, body).await
}

/// The import that waits for a decision, by the address of its button.
pub async fn staged(city: &TestCity, person: &Person, layer: &str) -> String {
    let page = city.by(person).get(&format!("/map/office/{layer}/import")).await;
    let (_, rest) = page.text.split_once(&format!("/map/office/{layer}/import/im_")).expect("an import waits");
    let id = rest.split('/').next().expect("an id");
    format!("/map/office/{layer}/import/im_{id}")
}

/// A published layer with the trees in it.
pub async fn trees(city: &TestCity) -> Person {
    let editor = city.somebody("Han Editor", Role::Editor).await;
    assert_eq!(made(city, &editor, "trees").await.status, 303);
    assert_eq!(bring(city, &editor, "trees", "trees.geojson", TREES).await.status, 303);
    assert_eq!(city.labour().await, 1);
    let import = staged(city, &editor, "trees").await;
    let published = city.by(&editor).post(&format!("{import}/publish"), &[]).await;
    assert_eq!(published.status, 303, "{}", published.text);
    editor
}
