//! Questions for features.

use testkit::on_both_engines;

use super::{ITEMS, asked, ids, links, park};
use crate::trees;

#[tokio::test]
async fn features_come_in_parts_that_lead_to_each_other() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        trees(&city).await;
        let first = city.get(&format!("{ITEMS}?limit=2")).await;
        assert_eq!(first.header("content-type"), "application/geo+json");
        assert_eq!(first.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
        let json = first.json();
        assert_eq!((&json["numberMatched"], &json["numberReturned"]), (&3.into(), &2.into()));
        assert!(links(&json, "prev").is_empty());
        let next = links(&json, "next").remove(0);
        let second = city.get(next.strip_prefix("http://city.example").expect("ours")).await;
        let mut all = [ids(&first), ids(&second)].concat();
        all.sort();
        assert_eq!(all, ["t1", "t2", "t3"]);
        assert!(links(&second.json(), "next").is_empty() && links(&second.json(), "prev").len() == 1);
    })
    .await;
}

#[tokio::test]
async fn questions_are_answered() {
    let (city, _, _folder) = park().await;
    for (query, wanted) in [
        (&[("bbox", "126.97,37.56,127,37.58")][..], &["t1", "t2"][..]),
        (
            &[("bbox", "37.56,126.97,37.58,127"), ("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/4326")],
            &["t1", "t2"],
        ),
        (
            &[("bbox", "545000,190000,555000,198500"), ("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/5186")],
            &["t1"],
        ),
        (&[("bbox", "170,37,-170,38")], &[]),
        (&[("bbox", "120,37,-170,38")], &["t1", "t2", "t3"]),
        (&[("name", "Bench")], &["t3"]),
        (&[("height", "3")], &["t2"]),
        (&[("open", "true")], &["t1", "t3"]),
        (&[("filter", "height > 2 AND open = TRUE")], &["t1"]),
        (&[("filter", "S_INTERSECTS(geometry, BBOX(126.97, 37.56, 126.98, 37.57))")], &["t1"]),
        (&[("filter", r#"{"op":"<","args":[{"property":"height"},2]}"#), ("filter-lang", "cql2-json")], &["t3"]),
        (&[("filter", "height > 2"), ("bbox", "126.985,37.5,127.1,37.6")], &["t2"]),
        (&[("datetime", "2018-02-12T00:00:00Z/..")], &["t1", "t2", "t3"]),
    ] {
        let mut found = ids(&city.get(&asked(ITEMS, query)).await);
        found.sort();
        assert_eq!(found, wanted, "{query:?}");
    }
    let sorted = ids(&city.get(&format!("{ITEMS}?sortby=-height")).await);
    assert_eq!(sorted, ["t1", "t2", "t3"]);
    let part = city.get(&asked(ITEMS, &[("sortby", "height"), ("limit", "1"), ("offset", "1")])).await;
    assert_eq!(ids(&part), ["t2"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_reason() {
    let (city, _, _folder) = park().await;
    for (query, reason) in [
        (&[("limit", "unlimited")][..], "limit"),
        (&[("limit", "0")], "limit"),
        (&[("ooga", "booga")], "ooga"),
        (&[("bbox", "1,2,3")], "bbox"),
        (&[("bbox", "1,5,2,4")], "bbox"),
        (&[("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/99999"), ("bbox", "1,2,3,4")], "bbox-crs"),
        (&[("crs", "Mars")], "crs"),
        (&[("datetime", "yesterday")], "datetime"),
        (&[("filter", "age > 3")], "age"),
        (&[("filter", "height >")], "filter"),
        (&[("filter", "{"), ("filter-lang", "cql2-json")], "filter"),
        (&[("filter", "height > 2"), ("filter-lang", "sql")], "filter-lang"),
        (&[("height", "tall")], "height"),
        (&[("properties", "age")], "age"),
        (&[("sortby", "age")], "age"),
        (&[("f", "docx")], "f is"),
    ] {
        let refused = city.get(&asked(ITEMS, query)).await;
        assert_eq!(refused.status, 400, "{query:?}: {}", refused.text);
        assert!(refused.json()["detail"].as_str().is_some_and(|why| why.contains(reason)), "{}", refused.text);
    }
}

#[tokio::test]
async fn coordinates_come_in_the_system_and_the_order_that_is_asked_for() {
    let (city, _, _folder) = park().await;
    let of = async |code: &str| {
        let crs = format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
        let answer = city.get(&asked(&format!("{ITEMS}/t1"), &[("crs", &crs)])).await;
        assert_eq!(answer.header("content-crs"), format!("<{crs}>"), "{}", answer.text);
        let at = answer.json()["geometry"]["coordinates"].clone();
        [at[0].as_f64().expect("a number"), at[1].as_f64().expect("a number")]
    };
    assert_eq!(of("4326").await, [37.5665, 126.978]);
    let [north, east] = of("5186").await;
    assert!((north - 551_885.0).abs() < 20.0 && (east - 198_056.0).abs() < 10.0, "{north} {east}");
    let [x, y] = of("3857").await;
    assert!((x - 14_135_126.0).abs() < 100.0 && (y - 4_518_376.0).abs() < 2_000.0, "{x} {y}");
}

#[tokio::test]
async fn fields_are_chosen_and_places_left_out() {
    let (city, _, _folder) = park().await;
    let query = [("properties", "name,open"), ("skipGeometry", "true"), ("limit", "1"), ("name", "Old oak")];
    let json = city.get(&asked(ITEMS, &query)).await.json();
    assert_eq!(json["features"][0]["properties"], serde_json::json!({ "name": "Old oak", "open": true }));
    assert!(json["features"][0]["geometry"].is_null());
}

#[tokio::test]
async fn a_whole_layer_comes_as_a_file() {
    let (city, _, _folder) = park().await;
    for (format, begins) in [("csv", &b""[..]), ("fgb", b"fgb"), ("gpkg", b"SQLite format 3"), ("geojsonl", b"")] {
        let file = city.get(&format!("{ITEMS}?f={format}")).await;
        assert_eq!(file.status, 200, "{format}");
        assert!(file.header("content-disposition").contains(&format!("trees.{format}")), "{format}");
        assert!(file.bytes.starts_with(begins) && file.bytes.len() > 100, "{format}: {}", file.text);
    }
    assert!(city.get(&format!("{ITEMS}?f=csv")).await.text.contains("Old oak"));
    assert_eq!(city.get(&format!("{ITEMS}?f=csv&bbox=1,2,3,4")).await.status, 400);
}
