//! Features are changed: versions, history, undo, folding.

use map_feature::Value;
use serde_json::json;
use system_map::by::By;
use system_map::change::{Act, Draft, Refused, change};
use system_map::served::served;
use system_map::store;
use testkit::{TestCity, on_both_engines};

use crate::{TREES, bring, staged, trees};

fn draft(properties: serde_json::Value) -> Draft {
    Draft { geometry: None, properties: properties.as_object().expect("an object").clone() }
}

async fn height(city: &TestCity, id: &str) -> Value {
    let now = served(&city.city, "trees").await.expect("served");
    let at = now.layer.schema.position("height").expect("a field");
    now.live.get(id).expect("read").expect("there").feature.values[at].clone()
}

#[tokio::test]
async fn a_change_is_seen_at_once_and_only_from_the_version_that_holds() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        trees(&city).await;
        let grown = Act::Update(draft(json!({ "height": 22.0 })));
        let done = change(&city.city, By::Command, "trees", Some("t1"), Some(1), grown.clone()).await.expect("changed");
        assert_eq!(done.version, 2);
        assert_eq!(height(&city, "t1").await, Value::Number(22.0));
        let late = change(&city.city, By::Command, "trees", Some("t1"), Some(1), grown).await;
        assert!(matches!(late, Err(Refused::Stale(2))), "{late:?}");
        assert_eq!(height(&city, "t1").await, Value::Number(22.0));
    })
    .await;
}

#[tokio::test]
async fn what_was_removed_comes_back_as_it_was() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        trees(&city).await;
        let first =
            change(&city.city, By::Command, "trees", Some("t1"), None, Act::Update(draft(json!({ "height": 22.0 }))));
        let first = first.await.expect("changed");
        change(&city.city, By::Command, "trees", Some("t1"), None, Act::Remove).await.expect("removed");
        assert!(served(&city.city, "trees").await.expect("served").live.get("t1").expect("read").is_none());
        assert_eq!(served(&city.city, "trees").await.expect("served").live.count(None), 2);
        let gone = change(&city.city, By::Command, "trees", Some("t1"), None, Act::Remove).await;
        assert!(matches!(gone, Err(Refused::Gone)), "{gone:?}");
        change(&city.city, By::Command, "trees", Some("t1"), None, Act::Restore { seq: first.seq })
            .await
            .expect("back");
        assert_eq!(height(&city, "t1").await, Value::Number(22.0));
        let history = store::history(&city.city.store, "trees", "t1").await.expect("history");
        let acts: Vec<&str> = history.iter().map(|row| row.act.as_str()).collect();
        assert_eq!(acts, ["restored", "removed", "changed"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_brought_back_from_another_import() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    let grown = Act::Update(draft(json!({ "height": 22.0 })));
    let old = change(&city.city, By::Command, "trees", Some("t1"), None, grown).await.expect("changed");
    bring(&city, &editor, "trees", "trees.geojson", TREES).await;
    city.labour().await;
    let import = staged(&city, &editor, "trees").await;
    assert_eq!(city.by(&editor).post(&format!("{import}/publish"), &[]).await.status, 303);
    let back = change(&city.city, By::Command, "trees", Some("t1"), None, Act::Restore { seq: old.seq }).await;
    assert!(matches!(back, Err(Refused::Gone)), "{back:?}");
    assert_eq!(height(&city, "t1").await, Value::Number(21.5));
}

#[tokio::test]
async fn what_does_not_fit_the_schema_changes_nothing() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![system_map::SYSTEM]).await;
    trees(&city).await;
    for wrong in [json!({ "height": "tall" }), json!({ "age": 3 })] {
        let refused = change(&city.city, By::Command, "trees", Some("t1"), None, Act::Update(draft(wrong))).await;
        assert!(matches!(refused, Err(Refused::Property(_))), "{refused:?}");
    }
    let line = geo_types::Geometry::from(geo_types::LineString::from(vec![(1.0, 1.0), (2.0, 2.0)]));
    let line = Draft { geometry: Some(Some(line)), ..draft(json!({})) };
    let refused = change(&city.city, By::Command, "trees", None, None, Act::Create(line)).await;
    assert!(matches!(refused, Err(Refused::Geometry("points"))), "{refused:?}");
    assert_eq!(store::layer(&city.city.store, "trees").await.expect("read").expect("there").seq, 0);
}

#[tokio::test]
async fn folding_changes_nothing_that_anybody_sees() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        trees(&city).await;
        change(&city.city, By::Command, "trees", Some("t2"), None, Act::Remove).await.expect("removed");
        change(&city.city, By::Command, "trees", Some("t1"), None, Act::Update(draft(json!({ "height": 22.0 }))))
            .await
            .expect("changed");
        let before = served(&city.city, "trees").await.expect("served");
        system_map::fold(&city.city, "trees").await.expect("folded");
        let after = served(&city.city, "trees").await.expect("served");
        assert_ne!(before.layer.edition, after.layer.edition);
        assert_eq!((before.layer.tag(2), after.live.count(None)), (after.layer.tag(2), 2));
        assert_eq!(height(&city, "t1").await, Value::Number(22.0));
        // The version goes on where it was.
        let next = change(
            &city.city,
            By::Command,
            "trees",
            Some("t1"),
            Some(2),
            Act::Update(draft(json!({ "height": 23.0 }))),
        );
        assert_eq!(next.await.expect("changed").version, 3);
        // What was removed stays removed, and can come back.
        let removed = store::history(&city.city.store, "trees", "t2").await.expect("history");
        assert_eq!(removed.len(), 1);
    })
    .await;
}
