//! Landing page, conformance, description, collections, schemas: as JSON and as pages.

use super::{hide, links, park};

/// Every document that answers GET without parameters.
const ALL: &[&str] = &[
    "/map/api",
    "/map/api/conformance",
    "/map/api/api",
    "/map/api/collections",
    "/map/api/collections/trees",
    "/map/api/collections/trees/schema",
    "/map/api/collections/trees/queryables",
    "/map/api/collections/trees/sortables",
    "/map/api/collections/trees/items",
    "/map/api/collections/trees/items/t1",
];

#[tokio::test]
async fn every_document_is_json_for_programs_and_a_page_for_browsers() {
    let (city, _, _folder) = park().await;
    for path in ALL {
        let json = city.get(path).await;
        assert_eq!(json.status, 200, "{path}: {}", json.text);
        assert!(json.header("content-type").contains("json"), "{path}");
        assert_eq!(json.header("access-control-allow-origin"), "*", "{path}");
        json.json();
        let page = city.get_as(path, &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")]).await;
        assert!(page.status == 200 && page.header("content-type").starts_with("text/html"), "{path}: {}", page.status);
        assert!(page.text.contains("<h1"), "{path}");
        assert!(!page.text.contains("map-ogc-"), "{path} lacks words");
        let said = city.get(&format!("{path}?f=html")).await;
        assert!(said.header("content-type").starts_with("text/html"), "{path}?f=html");
        let again = city.get_as(path, &[("accept", "application/json")]).await;
        assert!(again.header("content-type").contains("json"), "{path} after its page was kept");
    }
}

#[tokio::test]
async fn the_landing_page_leads_to_all_else() {
    let (city, _, _folder) = park().await;
    let landing = city.get("/map/api").await.json();
    for rel in ["self", "alternate", "service-desc", "service-doc", "conformance", "data"] {
        let found = links(&landing, rel);
        assert_eq!(found.len(), 1, "{rel}");
        let path = found[0].strip_prefix("http://city.example").expect("an address of the city");
        assert_eq!(city.get(path).await.status, 200, "{rel}: {path}");
    }
    assert_eq!(city.get("/map/api/").await.json(), landing);
}

#[tokio::test]
async fn a_collection_says_where_it_lies_and_what_it_speaks() {
    let (city, _, _folder) = park().await;
    let all = city.get("/map/api/collections").await.json();
    let one = city.get("/map/api/collections/trees").await.json();
    assert_eq!(all["collections"][0], one);
    assert_eq!(one["title"], "Trees");
    let bbox = &one["extent"]["spatial"]["bbox"][0];
    assert!((bbox[0].as_f64().expect("west") - 126.978).abs() < 1e-6, "{bbox}");
    assert_eq!(one["crs"][0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    let korean = city.get("/map/api/collections/trees?lang=ko").await.json();
    assert_eq!(korean["title"], "나무");
    assert_eq!(city.get("/map/api/collections/none").await.status, 404);
}

#[tokio::test]
async fn what_is_hidden_stands_in_no_schema() {
    let (city, editor, _folder) = park().await;
    hide(&city, &editor).await;
    for document in ["schema", "queryables", "sortables"] {
        let path = format!("/map/api/collections/trees/{document}");
        let theirs = city.get(&path).await.json();
        assert!(theirs["properties"]["height"].is_object() && theirs["properties"]["owner"].is_null(), "{theirs}");
        assert!(city.by(&editor).get(&path).await.json()["properties"]["owner"].is_object(), "{document}");
    }
    let described = city.get("/map/api/api").await;
    assert!(!described.text.contains("owner") && described.text.contains("\"height\""));
    let tiles = city.get("/map/tiles/trees.json").await.json();
    assert!(tiles["vector_layers"][0]["fields"]["owner"].is_null() && tiles["bounds"].is_null(), "{tiles}");
}

#[tokio::test]
async fn refusals_are_problems_for_programs() {
    let (city, _, _folder) = park().await;
    for path in ["/map/api/collections/none", "/map/tiles/none/1/1/1.mvt", "/map/api/collections/trees?x=1"] {
        let refused = city.get(path).await;
        assert_eq!(refused.header("content-type"), "application/problem+json", "{path}");
    }
    let page = city.get_as("/map/api/collections/none", &[("accept", "text/html")]).await;
    assert!(page.status == 404 && page.header("content-type").starts_with("text/html"));
}
