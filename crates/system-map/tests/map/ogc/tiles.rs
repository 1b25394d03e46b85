//! Vector tiles, and what is kept of them.

use std::io::Read;

use http::Method;
use testkit::{Answer, TestCity, on_both_engines};

use super::{ITEMS, hide, park};
use crate::trees;

/// The tile with two of the trees at zoom 12.
const TILE: &str = "/map/tiles/trees/12/3492/1586.mvt";

async fn tile(city: &TestCity, path: &str) -> Answer {
    city.get_as(path, &[("accept-encoding", "gzip")]).await
}

/// What stands in a tile: its bytes hold texts as they are.
fn holds(answer: &Answer, words: &str) -> bool {
    let bytes = unpacked(answer);
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    if answer.header("content-encoding") != "gzip" {
        return answer.bytes.clone();
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&answer.bytes[..]).read_to_end(&mut bytes).expect("gzip");
    bytes
}

#[tokio::test]
async fn a_tile_has_a_tag_comes_packed_and_by_two_addresses() {
    let (city, _, _folder) = park().await;
    let packed = tile(&city, TILE).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (200, "gzip"));
    assert_eq!(packed.header("content-type"), "application/vnd.mapbox-vector-tile");
    assert_eq!(packed.header("access-control-allow-origin"), "*");
    assert!(holds(&packed, "Old oak") && holds(&packed, "Young pine"));
    let plain = city.get(TILE).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.bytes, unpacked(&packed));
    let by_row = tile(&city, "/map/api/collections/trees/tiles/WebMercatorQuad/12/1586/3492").await;
    assert_eq!(by_row.bytes, packed.bytes, "the row comes before the column");
    let known = [("accept-encoding", "gzip"), ("if-none-match", packed.header("etag"))];
    assert_eq!(city.get_as(TILE, &known).await.status, 304);
    for (path, status) in [
        ("/map/tiles/trees/12/0/0.mvt", 204),
        ("/map/tiles/trees/23/0/0.mvt", 404),
        ("/map/tiles/trees/1/2/0.mvt", 404),
        ("/map/tiles/trees/a/b/c.mvt", 404),
        ("/map/api/collections/trees/tiles/Other/12/1586/3492", 404),
    ] {
        assert_eq!(tile(&city, path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_change_drops_the_tiles_that_it_touches_and_no_other() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = trees(&city).await;
        let (before, far) = (tile(&city, TILE).await, tile(&city, "/map/tiles/trees/14/13972/6349.mvt").await);
        let patch = r#"{"properties":{"name":"Ancient oak"}}"#.to_owned();
        let headers = [("content-type", "application/merge-patch+json"), ("if-match", "*")];
        let done = city.by(&editor).ask(Method::PATCH, &format!("{ITEMS}/t1"), &headers, patch).await;
        assert_eq!(done.status, 204, "{}", done.text);
        let after = tile(&city, TILE).await;
        assert!(holds(&after, "Ancient oak") && !holds(&after, "Old oak"));
        assert_ne!(after.header("etag"), before.header("etag"));
        assert_eq!(tile(&city, "/map/tiles/trees/14/13972/6349.mvt").await.header("etag"), far.header("etag"));
    })
    .await;
}

#[tokio::test]
async fn what_is_private_never_reaches_a_tile() {
    let (city, editor, _folder) = park().await;
    assert!(holds(&tile(&city, TILE).await, "Kim"), "as long as it is public");
    hide(&city, &editor).await;
    for zoom in 0..=14 {
        let (x, y) = (
            3492 >> 12_u32.saturating_sub(zoom) << zoom.saturating_sub(12),
            1586 >> 12_u32.saturating_sub(zoom) << zoom.saturating_sub(12),
        );
        let theirs = tile(&city, &format!("/map/tiles/trees/{zoom}/{x}/{y}.mvt")).await;
        for secret in ["Kim", "Lee", "owner", "Young pine"] {
            assert!(!holds(&theirs, secret), "{secret} at zoom {zoom}");
        }
    }
    let ours = city.by(&editor).ask(Method::GET, TILE, &[], String::new()).await;
    assert!(holds(&ours, "Kim") && holds(&ours, "Young pine"));
    let theirs = tile(&city, TILE).await;
    assert!(holds(&theirs, "Old oak") && !holds(&theirs, "Kim"), "after the owner looked");
    assert_eq!(ours.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn tilesets_are_described() {
    let (city, _, _folder) = park().await;
    let set = city.get("/map/api/tileMatrixSets/WebMercatorQuad").await.json();
    assert_eq!(set["tileMatrices"].as_array().map(Vec::len), Some(23));
    assert_eq!(set["tileMatrices"][0]["scaleDenominator"].as_f64().map(f64::round), Some(559_082_264.0));
    assert_eq!(city.get("/map/api/collections/trees/tiles").await.json()["tilesets"][0]["dataType"], "vector");
    assert_eq!(city.get("/map/api/collections/trees/tiles/WebMercatorQuad").await.status, 200);
    let json = city.get("/map/tiles/trees.json").await.json();
    assert_eq!(json["tiles"][0], "http://city.example/map/tiles/trees/{z}/{x}/{y}.mvt");
}
