//! A file is read, looked at, and published or thrown away.

use kernel_identity::Role;
use testkit::on_both_engines;

use crate::{TREES, bring, made, staged, trees};

#[tokio::test]
async fn nothing_is_served_before_it_is_published() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = city.somebody("Han Editor", Role::Editor).await;
        made(&city, &editor, "trees").await;
        bring(&city, &editor, "trees", "trees.geojson", TREES).await;
        assert!(system_map::served::served(&city.city, "trees").await.is_err());
        city.labour().await;
        let page = city.by(&editor).get("/map/office/trees/import").await;
        assert!(page.text.contains("GeoJSON") && page.text.contains("Publish this data"), "{}", page.text);
        assert!(system_map::served::served(&city.city, "trees").await.is_err());

        let import = staged(&city, &editor, "trees").await;
        assert_eq!(city.by(&editor).post(&format!("{import}/publish"), &[]).await.status, 303);
        let served = system_map::served::served(&city.city, "trees").await.expect("served");
        assert_eq!(served.live.count(None), 3);
        // A second press of the button changes nothing.
        assert_eq!(city.by(&editor).post(&format!("{import}/publish"), &[]).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_says_why_and_changes_nothing() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = trees(&city).await;
        for (file, content) in
            [("broken.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{"), ("what.bin", "\u{1}\u{2}")]
        {
            assert_eq!(bring(&city, &editor, "trees", file, content).await.status, 303);
            city.labour().await;
            let page = city.by(&editor).get("/map/office/trees/import").await;
            assert!(page.text.contains("could not be read"), "{file}: {}", page.text);
            let import = staged(&city, &editor, "trees").await;
            assert_eq!(city.by(&editor).post(&format!("{import}/publish"), &[]).await.status, 422);
            assert_eq!(city.by(&editor).post(&format!("{import}/drop"), &[]).await.status, 303);
        }
        assert_eq!(system_map::served::served(&city.city, "trees").await.expect("served").live.count(None), 3);
    })
    .await;
}

#[tokio::test]
async fn a_form_without_a_file_or_with_an_unknown_system_keeps_what_was_typed() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = city.somebody("Han Editor", Role::Editor).await;
    made(&city, &editor, "trees").await;
    let body = "--x\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nlongitude\r\n--x--\r\n".to_owned();
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    let answer = city.by(&editor).ask(http::Method::POST, "/map/office/trees/import", &headers, body).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Choose a file") && answer.text.contains("longitude"), "{}", answer.text);
}

#[tokio::test]
async fn a_new_import_replaces_the_features_and_their_versions_begin_anew() {
    on_both_engines(vec![system_map::SYSTEM], async |city| {
        let editor = trees(&city).await;
        let before = system_map::served::served(&city.city, "trees").await.expect("served");
        let fewer = TREES.replace("\"t3\"", "\"t4\"");
        bring(&city, &editor, "trees", "trees.geojson", &fewer).await;
        city.labour().await;
        let import = staged(&city, &editor, "trees").await;
        city.by(&editor).post(&format!("{import}/publish"), &[]).await;
        let after = system_map::served::served(&city.city, "trees").await.expect("served");
        assert_ne!(before.layer.tag(1), after.layer.tag(1));
        assert!(after.live.get("t4").expect("read").is_some() && after.live.get("t3").expect("read").is_none());
    })
    .await;
}

#[tokio::test]
async fn names_that_fit_no_address_are_refused_and_titles_stay_in_the_form() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = city.somebody("Han Editor", Role::Editor).await;
    let form = [("title_en", "My trees"), ("title_ko", ""), ("name", "../trees"), ("begin", "file")];
    let answer = city.by(&editor).post("/map/office/new", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("My trees") && answer.text.contains("Write small letters"));
    assert_eq!(made(&city, &editor, "trees").await.status, 303);
    let twice = made(&city, &editor, "trees").await;
    assert_eq!(twice.status, 422);
    assert!(twice.text.contains("Another layer has this name"));
}
