//! The interface for programs.

mod documents;
mod items;
mod listening;
mod places;
mod rights;
mod tiles;
mod writing;

use serde_json::Value;
use testkit::{Answer, Person, TestCity};

use crate::trees;

pub const ITEMS: &str = "/map/api/collections/trees/items";

/// A city with the layer of trees.
pub async fn park() -> (TestCity, Person, tempfile::TempDir) {
    let (database, folder) = testkit::empty_database().await;
    let city = TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    (city, editor, folder)
}

/// Hides the owners and the trees that are not open.
pub async fn hide(city: &TestCity, editor: &Person) {
    let form = [
        ("title_en", "Trees"),
        ("readers", "everyone"),
        ("use_of", "things"),
        ("hidden", "owner"),
        ("rows_shown", "open = TRUE"),
    ];
    let kept = city.by(editor).post("/map/office/trees", &form).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
}

/// The ids of an answer's features.
pub fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let json = answer.json();
    let features = json["features"].as_array().expect("features");
    features.iter().map(|feature| feature["id"].as_str().expect("an id").to_owned()).collect()
}

/// The addresses of links with this relation.
pub fn links(json: &Value, rel: &str) -> Vec<String> {
    let all = json["links"].as_array().expect("links").iter();
    all.filter(|link| link["rel"] == rel).map(|link| link["href"].as_str().expect("an address").to_owned()).collect()
}

/// A path with a query, from pairs.
pub fn asked(path: &str, query: &[(&str, &str)]) -> String {
    format!("{path}?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish())
}
