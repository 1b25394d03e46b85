//! Who listens hears of changes at once, also of those that other nodes made.

use std::time::Duration;

use http::Method;
use http_body_util::BodyExt;
use serde_json::Value;
use testkit::{TestCity, on_both_engines};

use super::{ITEMS, hide, park};
use crate::trees;

/// An open stream of events.
struct Stream {
    body: axum::body::Body,
    text: String,
}

impl Stream {
    async fn open(city: &TestCity, path: &str, headers: &[(&str, &str)]) -> Stream {
        let answer = city.stream(path, headers).await;
        assert_eq!(answer.status().as_u16(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Stream { body: answer.into_body(), text: String::new() }
    }

    /// The next event: its kind, id and data. A heartbeat is none.
    async fn next(&mut self) -> (String, String, Value) {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let line = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
                };
                let found = (line("event:"), line("id:"), serde_json::from_str(&line("data:")).unwrap_or_default());
                self.text = rest.to_owned();
                if !found.0.is_empty() {
                    return found;
                }
                continue;
            }
            let frame = tokio::time::timeout(Duration::from_secs(5), self.body.frame()).await.expect("in time");
            let frame = frame.expect("the stream goes on").expect("a frame");
            self.text.push_str(&String::from_utf8_lossy(frame.data_ref().expect("data")));
        }
    }
}

async fn rename(city: &TestCity, editor: &testkit::Person, id: &str, name: &str) {
    let headers = [("content-type", "application/merge-patch+json"), ("if-match", "*")];
    let patch = format!(r#"{{"properties":{{"name":"{name}"}}}}"#);
    let done = city.by(editor).ask(Method::PATCH, &format!("{ITEMS}/{id}"), &headers, patch).await;
    assert_eq!(done.status, 204, "{}", done.text);
}

#[tokio::test]
async fn a_change_names_its_tiles() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = trees(&city).await;
        let mut stream = Stream::open(&city, "/map/changes?layers=trees&zoom=12", &[]).await;
        let (kind, before, _) = stream.next().await;
        assert_eq!(kind, "ready");
        rename(&city, &editor, "t1", "Ancient oak").await;
        let (kind, after, data) = stream.next().await;
        assert_eq!((kind.as_str(), &data["layer"]), ("change", &Value::from("trees")));
        assert_eq!(data["tiles"], serde_json::json!([[12, 3492, 1586]]));
        assert_ne!(before, after);

        let mut again = Stream::open(&city, "/map/changes?layers=trees", &[("last-event-id", &before)]).await;
        assert_eq!(again.next().await.0, "ready");
        assert_eq!(again.next().await.2["all"], true, "what was missed is to be looked at anew");
        let mut newest = Stream::open(&city, "/map/changes?layers=trees&zoom=12", &[("last-event-id", &after)]).await;
        assert_eq!(newest.next().await.0, "ready");
        rename(&city, &editor, "t3", "Seat").await;
        assert!(newest.next().await.2["tiles"].is_array(), "nothing was missed");
    })
    .await;
}

#[tokio::test]
async fn where_a_hidden_row_was_changed_is_not_told() {
    let (city, editor, _folder) = park().await;
    hide(&city, &editor).await;
    let mut stream = Stream::open(&city, "/map/changes?layers=trees&zoom=12", &[]).await;
    assert_eq!(stream.next().await.0, "ready");
    rename(&city, &editor, "t2", "Pine").await;
    let data = stream.next().await.2;
    assert!(data["all"] == true && data["tiles"].is_null(), "{data}");
}

#[tokio::test]
async fn nobody_listens_to_nothing_or_to_what_is_not_there() {
    let (city, _, _folder) = park().await;
    for (path, status) in [
        ("/map/changes", 400),
        ("/map/changes?layers=", 400),
        ("/map/changes?layers=none", 404),
        ("/map/changes?layers=trees&zoom=40", 400),
        ("/map/changes?layers=trees&bbox=1", 400),
    ] {
        assert_eq!(city.get(path).await.status, status, "{path}");
    }
}
