//! Rows and fields that a reader may not see are in no answer.

use kernel_identity::Role;

use super::{ITEMS, asked, hide, ids, park};

#[tokio::test]
async fn hidden_rows_and_fields_are_as_if_they_were_not_there() {
    let (city, editor, _folder) = park().await;
    hide(&city, &editor).await;
    let theirs = city.get(ITEMS).await;
    assert_eq!(theirs.json()["numberMatched"], 2);
    for secret in ["Kim", "Lee", "Young pine", "owner"] {
        assert!(!theirs.text.contains(secret), "{secret}: {}", theirs.text);
    }
    assert_eq!(city.get(&format!("{ITEMS}/t2")).await.status, 404);
    assert!(city.get(&format!("{ITEMS}/t1")).await.json()["properties"]["owner"].is_null());
    for query in [("owner", "Kim"), ("filter", "owner = 'Kim'"), ("properties", "owner"), ("sortby", "owner")] {
        let refused = city.get(&asked(ITEMS, &[query])).await;
        assert_eq!(refused.status, 400, "{query:?}: {}", refused.text);
        assert!(
            !refused.text.replace("\\\"owner\\\"", "").contains("owner"),
            "known fields are named: {}",
            refused.text
        );
    }
    let csv = city.get(&format!("{ITEMS}?f=csv")).await.text;
    assert!(!csv.contains("Kim") && !csv.contains("pine"), "{csv}");
    let page = city.get(&format!("{ITEMS}?f=html")).await.text;
    assert!(page.contains("Old oak") && !page.contains("Kim") && !page.contains("Young pine"));

    let ours = city.by(&editor).get(ITEMS).await;
    assert_eq!(ours.json()["numberMatched"], 3);
    assert!(ours.text.contains("Kim"));
    assert_eq!(ids(&city.by(&editor).get(&asked(ITEMS, &[("filter", "owner = 'Lee'")])).await), ["t2"]);
    let page = city.by(&editor).get(&format!("{ITEMS}?f=html")).await.text;
    assert!(page.contains("Kim"));
    let again = city.get(&format!("{ITEMS}?f=html")).await.text;
    assert!(!again.contains("Kim"), "the owner's page was kept for nobody");
}

#[tokio::test]
async fn a_layer_for_some_is_there_for_nobody_else_and_read_by_no_other_site() {
    let (city, editor, _folder) = park().await;
    let form = [("title_en", "Trees"), ("readers", "signed-in"), ("use_of", "things")];
    assert_eq!(city.by(&editor).post("/map/office/trees", &form).await.status, 303);
    let paths = ["/map/api/collections/trees", ITEMS, "/map/tiles/trees/12/3492/1586.mvt", "/map/tiles/trees.json"];
    for path in paths {
        assert_eq!(city.get(path).await.status, 404, "{path}");
        assert_eq!(city.get_as(path, &[("accept", "text/html")]).await.status, 404, "{path}");
    }
    assert_eq!(city.get("/map/api/collections").await.json()["collections"], serde_json::json!([]));
    assert!(!city.get("/map/api/api").await.text.contains("/collections/trees"));
    let resident = city.somebody("Yun Resident", Role::Resident).await;
    for path in paths {
        let seen = city.by(&resident).get(path).await;
        assert_eq!(seen.status, 200, "{path}");
        assert_eq!(seen.header("access-control-allow-origin"), "", "{path}");
    }
    assert_eq!(city.get(ITEMS).await.status, 404, "after somebody else looked");
}
