//! Who may see what of a layer, and who may look after it.

use kernel_identity::Role;
use system_map::export;
use system_map::layer::{Mask, Reading};
use system_map::served::served;

use crate::{TREES, bring, made, staged, trees};

#[tokio::test]
async fn hidden_fields_and_rows_leave_in_no_file() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    let form = [
        ("title_en", "Trees"),
        ("readers", "everyone"),
        ("use_of", "things"),
        ("hidden", "owner"),
        ("rows_shown", "open = TRUE"),
    ];
    let kept = city.by(&editor).post("/map/office/trees", &form).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let now = served(&city.city, "trees").await.expect("served");
    let stranger = now.layer.mask(Reading { who: None, keeper: false }).expect("everyone sees it");
    assert_eq!(stranger, Mask::Shown);
    let written = |mask: &Mask| {
        let mut out = Vec::new();
        export::write(&now, mask, map_formats::Format::GeoJson, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    };
    let (theirs, ours) = (written(&stranger), written(&Mask::Whole));
    for secret in ["Kim", "owner", "Young pine"] {
        assert!(!theirs.contains(secret) && ours.contains(secret), "{secret}: {theirs}");
    }
    assert!(theirs.contains("Old oak"));
}

#[tokio::test]
async fn a_file_that_could_show_what_is_hidden_is_not_published() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    let form = [
        ("title_en", "Trees"),
        ("readers", "everyone"),
        ("use_of", "things"),
        ("hidden", "owner"),
        ("rows_shown", "open = TRUE"),
    ];
    assert_eq!(city.by(&editor).post("/map/office/trees", &form).await.status, 303);
    for (field, other, why) in [("owner", "belongs_to", "hides the field"), ("open", "access", "rows that others see")]
    {
        let renamed = TREES.replace(&format!("\"{field}\""), &format!("\"{other}\""));
        bring(&city, &editor, "trees", "trees.geojson", &renamed).await;
        city.labour().await;
        let import = staged(&city, &editor, "trees").await;
        let refused = city.by(&editor).post(&format!("{import}/publish"), &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains(why), "{}", refused.text);
        assert_eq!(city.by(&editor).post(&format!("{import}/drop"), &[]).await.status, 303);
    }
    let now = served(&city.city, "trees").await.expect("served");
    assert!(now.layer.schema.position("owner").is_some() && now.layer.schema.position("open").is_some());
}

#[tokio::test]
async fn a_draft_and_a_layer_taken_back_are_seen_by_nobody_else() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    let stranger = Reading { who: None, keeper: false };
    let mask = async || served(&city.city, "trees").await.expect("served").layer.mask(stranger);
    assert_eq!(mask().await, Some(Mask::Whole));
    city.by(&editor).post("/map/office/trees/stage", &[("stage", "withdrawn")]).await;
    assert_eq!(mask().await, None);
}

#[tokio::test]
async fn a_condition_that_cannot_be_read_is_refused_and_stays_in_the_form() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let editor = trees(&city).await;
    let form = [("title_en", "Trees"), ("readers", "everyone"), ("use_of", "things"), ("rows_shown", "open == maybe")];
    let refused = city.by(&editor).post("/map/office/trees", &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("open == maybe"));
}

#[tokio::test]
async fn only_editors_and_administrators_look_after_layers() {
    let (database, _folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
    assert_eq!(made(&city, &clerk, "trees").await.status, 403);
    assert_eq!(city.by(&clerk).get("/map/office").await.status, 403);
}
