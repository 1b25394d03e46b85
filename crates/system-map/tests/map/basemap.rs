//! The ground of the map comes from an extract.

use std::path::{Path, PathBuf};

use kernel_base::Error;
use system_map::basemap::bring;
use system_map::by::By;
use system_map::layer::Use;
use system_map::store;

/// Real data beside the project, when it is there.
fn extract(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("MADANG_DATASETS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/datasets");
    let file = folder.unwrap_or(beside).join("map/osm_extracts").join(name);
    file.is_file().then_some(file)
}

#[tokio::test]
async fn an_extract_becomes_the_layers_that_the_looks_draw() {
    let Some(file) = extract("Helsinki.osm.pbf") else { return };
    testkit::on_both_engines(vec![system_map::SYSTEM], async |city| {
        let made = bring(&city.city, By::Command, &file, |_| {}).await.expect("brought");
        let features = |name: &str| made.iter().find(|(layer, _)| layer == name).map_or(0, |(_, features)| *features);
        assert!(features("base-road") > 500 && features("base-building") > 100, "{made:?}");
        let road = store::layer(&city.city.store, "base-road").await.expect("read").expect("there");
        assert_eq!((road.use_of, road.licence.as_str()), (Use::Base, "ODbL-1.0"));
        let tile = city.get("/map/tiles/base-road/14/9326/4742.mvt").await;
        assert!(matches!(tile.status, 200 | 204), "{}", tile.status);
        // A second time, as when the extract is a week newer.
        assert_eq!(bring(&city.city, By::Command, &file, |_| {}).await.expect("brought"), made);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_extract_changes_nothing_and_says_why() {
    let (database, folder) = testkit::empty_database().await;
    let city = testkit::TestCity::open(database, vec![system_map::SYSTEM]).await;
    let file = folder.path().join("trees.geojson");
    std::fs::write(&file, crate::TREES).expect("written");
    let refused = bring(&city.city, By::Command, &file, |_| {}).await;
    assert!(
        matches!(&refused, Err(Error::Refused(why)) if why.contains("not an OpenStreetMap extract")),
        "{refused:?}"
    );
    assert_eq!(store::layers(&city.city.store).await.expect("read"), []);
}
