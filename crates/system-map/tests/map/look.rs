//! The map as people look at it: pages, pictures, styles, paper, frames, maps of one's own, stories.

use testkit::TestCity;

use crate::trees;

async fn city() -> (TestCity, tempfile::TempDir) {
    let (database, folder) = testkit::empty_database().await;
    (TestCity::open(database, vec![system_map::SYSTEM]).await, folder)
}

const HERE: &str = "lon=126.98&lat=37.56&zoom=11&layer=&layer=trees";

#[tokio::test]
async fn an_empty_city_has_a_map_too() {
    let (city, _folder) = city().await;
    for page in [
        "/map",
        "/map?lon=x&lat=NaN&zoom=999&theme=~~~&bbox=a",
        "/map/layers",
        "/map/make",
        "/map/stories",
        "/map/embed",
    ] {
        let answer = city.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
    }
    assert_eq!(city.get("/map/layers/nothing").await.status, 404);
    assert_eq!(city.get("/map/style/neon.json").await.status, 404);
}

#[tokio::test]
async fn the_list_says_what_the_map_shows() {
    let (city, _folder) = city().await;
    trees(&city).await;
    let page = city.get(&format!("/map?{HERE}&lang=en")).await;
    assert!(page.text.contains("Trees: 3") && page.text.contains("Old oak"), "{}", page.text);
    let near = city.get("/map?lon=126.978&lat=37.5665&zoom=17&layer=&layer=trees&lang=en").await;
    assert!(near.text.contains("Trees: 1") && !near.text.contains("Bench"));
    // The browser's map has another form than the picture.
    let wide = city.get(&format!("/map?{HERE}&bbox=126.9,37.49,127.1,37.51&lang=en")).await;
    assert!(wide.text.contains("Trees: 1") && wide.text.contains("Bench"));
    let none = city.get("/map?lon=126.98&lat=37.56&zoom=12&layer=&lang=en").await;
    assert!(none.text.contains("No layer is chosen"));
}

#[tokio::test]
async fn a_view_is_a_picture_a_style_a_sheet_of_paper_and_a_frame() {
    let (city, _folder) = city().await;
    trees(&city).await;
    let picture = city.get(&format!("/map/picture?{HERE}")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let shape = city.get(&format!("/map/picture?{HERE}&shape=POINT(126.98%2037.56)")).await;
    assert_eq!(shape.status, 200);
    let style = city.get("/map/style/dark.json?layers=trees,nothing").await.json();
    assert_eq!(style["sources"]["trees"]["type"], "vector");
    assert!(style["sources"].get("nothing").is_none());
    let layers = style["layers"].as_array().expect("layers");
    let known =
        |layer: &&serde_json::Value| layer["source"].as_str().is_none_or(|of| style["sources"].get(of).is_some());
    assert!(layers.iter().all(|layer| known(&layer)), "no layer of a source that is not there");
    let paper = city.get(&format!("/map/print?{HERE}")).await;
    assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"));
    let frame = city.get(&format!("/map/embed?{HERE}")).await;
    assert!(frame.header("content-security-policy").contains("frame-ancestors *"));
    assert!(frame.header("content-security-policy").contains("form-action 'none'"));
    assert!(city.get("/map").await.header("content-security-policy").contains("frame-ancestors 'none'"));
}

#[tokio::test]
async fn what_is_hidden_is_on_no_page_and_colours_nothing() {
    let (city, _folder) = city().await;
    let editor = trees(&city).await;
    let form = [
        ("title_en", "Trees"),
        ("readers", "everyone"),
        ("use_of", "things"),
        ("hidden", "owner"),
        ("rows_shown", "open = TRUE"),
    ];
    assert_eq!(city.by(&editor).post("/map/office/trees", &form).await.status, 303);
    let theme = "theme=trees~categories~owner";
    let pages = [
        format!("/map?{HERE}&{theme}"),
        format!("/map/style/day.json?layers=trees&{theme}"),
        "/map/layers/trees".to_owned(),
        "/map/layers/trees/t1".to_owned(),
        "/map/make?of=trees&field=owner".to_owned(),
    ];
    for page in pages {
        let answer = city.get(&page).await;
        assert_eq!(answer.status, 200, "{page}");
        for secret in ["Kim", "Lee", "Park", "Young pine"] {
            assert!(!answer.text.contains(secret), "{secret} on {page}");
        }
    }
    assert!(!city.get("/map/layers/trees").await.text.contains("<code>owner</code>"));
    assert_eq!(city.get("/map/layers/trees/t2").await.status, 404);
    let counted = city.get(&format!("/map?{HERE}&lang=en")).await;
    assert!(counted.text.contains("Trees: 2"), "{}", counted.text);
    let own = city.by(&editor).get("/map/layers/trees/t1").await;
    assert!(own.text.contains("Kim"));
}

#[tokio::test]
async fn a_map_of_ones_own_is_a_link() {
    let (city, _folder) = city().await;
    trees(&city).await;
    let page = city.get("/map/make?of=trees&field=height&how=quantiles&classes=3&lang=en").await;
    let link = "theme=trees%7Egraduated%7E3%7Equantiles%7Eheight";
    assert!(page.text.contains(link), "{}", page.text);
    let style = city.get(&format!("/map/style/day.json?layers=trees&{link}")).await;
    assert!(style.text.contains("height") && style.text.contains("step"), "{}", style.text);
    // A text has no numbers: a colour a value.
    let page = city.get("/map/make?of=trees&field=name&how=circles").await;
    assert!(page.text.contains("theme=trees%7Ecategories%7Ename"));
}

/// The version that a form was made for.
fn version(page: &str) -> String {
    let found = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split("\">").next());
    found.expect("a version").replace("&quot;", "\"")
}

#[tokio::test]
async fn a_thing_is_changed_without_scripts_and_two_at_once_are_told() {
    let (city, _folder) = city().await;
    let editor = trees(&city).await;
    let by = || city.by(&editor);
    assert_eq!(city.get("/map/edit/trees").await.status, 401, "strangers sign in first, where there is a door");
    let page = by().get("/map/edit/trees?id=t1").await;
    let version_now = version(&page.text);
    let form = |name: &'static str, geometry: &'static str| {
        [
            ("version", version_now.clone()),
            ("f-name", name.to_owned()),
            ("f-height", "22.5".to_owned()),
            ("f-owner", "Kim".to_owned()),
            ("f-open", "true".to_owned()),
            ("geometry", geometry.to_owned()),
            ("go", "save".to_owned()),
        ]
    };
    let send = async |form: &[(&str, String)]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        by().post("/map/edit/trees?id=t1", &form).await
    };
    let wrong = send(&form("Oak", "POINT (nowhere)")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("POINT (nowhere)") && wrong.text.contains("Oak"), "what was typed stays");
    let line = send(&form("Oak", "LINESTRING (126 37, 127 38)")).await;
    assert_eq!(line.status, 422, "a layer of points");
    let kept = send(&form("Oak", "POINT (126.98 37.56)")).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/map/layers/trees/t1"), "{}", kept.text);
    let stale = send(&form("Old oak again", "POINT (126.98 37.56)")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.text.contains("Old oak again") && stale.text.contains(">Oak<"), "both are shown");
    let thing = city.get("/map/layers/trees/t1?lang=en").await;
    assert!(thing.text.contains("Oak") && thing.text.contains("22.5"), "{}", thing.text);
    // What it was after the first change comes back by a button of its history; the newest has none.
    let mut again = form("Ash", "POINT (126.98 37.56)");
    again[0].1 = version(&by().get("/map/edit/trees?id=t1").await.text);
    assert_eq!(send(&again).await.status, 303);
    let page = by().get("/map/layers/trees/t1").await;
    assert_eq!(page.text.matches("/map/edit/trees/restore").count(), 1, "{}", page.text);
    let seq =
        page.text.split("name=\"seq\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a number");
    let back = by().post("/map/edit/trees/restore", &[("id", "t1"), ("seq", seq)]).await;
    assert_eq!((back.status, back.header("location")), (303, "/map/layers/trees/t1"), "{}", back.text);
    let thing = city.get("/map/layers/trees/t1?lang=en").await;
    assert!(thing.text.contains("Oak") && !thing.text.contains("Ash") && !thing.text.contains("/restore"));
    for (id, seq) in [("t2", seq), ("t1", "99"), ("t1", "x")] {
        assert_eq!(by().post("/map/edit/trees/restore", &[("id", id), ("seq", seq)]).await.status, 404, "{id} {seq}");
    }
    let made = by()
        .post(
            "/map/edit/trees",
            &[
                ("f-name", "Elm"),
                ("geometry", "{\"type\":\"Point\",\"coordinates\":[127,37.5]}"),
                ("go", "save"),
                ("version", ""),
            ],
        )
        .await;
    assert_eq!(made.status, 303, "{}", made.text);
    let gone = by()
        .post(
            made.header("location").replace("/layers/trees/", "/edit/trees?id=").as_str(),
            &[("version", ""), ("go", "remove")],
        )
        .await;
    assert_eq!(gone.status, 422, "nobody removes what they did not read");
}

#[tokio::test]
async fn a_story_is_seen_when_it_is_shown() {
    let (city, _folder) = city().await;
    let editor = trees(&city).await;
    let by = || city.by(&editor);
    let story = |shown: &'static str| {
        [
            ("title_en", "Our trees"),
            ("name", "our-trees"),
            ("body_en", "# Three of them\n\n<b>Old</b> and young.\n\n/map?layer=trees&lon=127\nAll trees"),
            ("shown", shown),
        ]
    };
    assert_eq!(by().post("/map/stories/new", &[("title_en", ""), ("name", "Bad Name")]).await.status, 422);
    assert_eq!(by().post("/map/stories/new", &story("")).await.status, 303);
    assert_eq!(by().post("/map/stories/new", &story("")).await.status, 422, "the name is taken");
    assert_eq!(city.get("/map/stories/our-trees").await.status, 404);
    assert!(!city.get("/map/stories").await.text.contains("Our trees"));
    assert_eq!(by().post("/map/stories/our-trees/write", &story("yes")).await.status, 303);
    let page = city.get("/map/stories/our-trees").await;
    assert!(
        page.text.contains("/map/picture?layer=trees&amp;lon=127") && page.text.contains("&lt;b&gt;Old"),
        "{}",
        page.text
    );
    assert!(city.get("/map/stories").await.text.contains("Our trees"));
    assert_eq!(
        city.post("/map/stories/new", &story("yes")).await.status,
        401,
        "strangers sign in first, where there is a door"
    );
}
