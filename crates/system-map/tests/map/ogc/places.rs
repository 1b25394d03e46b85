//! Words to places, points to what stands there.

use super::{asked, hide, ids, park};

#[tokio::test]
async fn places_are_found_by_words_and_by_points() {
    let (city, _, _folder) = park().await;
    let found = city.get(&asked("/map/api/search", &[("q", "old oak")])).await;
    assert_eq!(ids(&found), ["trees/t1"]);
    assert_eq!(found.json()["features"][0]["properties"]["name"], "Old oak");
    let near = city.get("/map/api/reverse?lon=126.9781&lat=37.5664").await;
    assert_eq!(ids(&near), ["trees/t1"]);
    assert!(ids(&city.get("/map/api/reverse?lon=0&lat=0").await).is_empty());
    assert_eq!(city.get("/map/api/districts?lon=127&lat=37.5").await.json()["districts"], serde_json::json!([]));
    for path in [
        "/map/api/reverse",
        "/map/api/reverse?lon=200&lat=0",
        "/map/api/search?q=a&limit=0",
        "/map/api/districts?lon=1",
    ] {
        assert_eq!(city.get(path).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn hidden_rows_are_found_by_their_owner_alone() {
    let (city, editor, _folder) = park().await;
    hide(&city, &editor).await;
    let pine = asked("/map/api/search", &[("q", "young pine")]);
    assert!(ids(&city.get(&pine).await).is_empty());
    assert!(ids(&city.get("/map/api/reverse?lon=126.99&lat=37.57").await).is_empty());
    assert_eq!(ids(&city.by(&editor).get(&pine).await), ["trees/t2"]);
}
