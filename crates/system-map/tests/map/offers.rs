//! What other systems have at places is a layer by itself.

use contracts::Point;
use kernel_web::{LayerOffer, Offered, System};
use serde_json::json;
use system_map::served::served;

const LAMPS: LayerOffer = LayerOffer {
    name: "lamps",
    title: "map-title",
    about: "map-office-lead",
    after: &["layer_published"],
    fields: &[("name", "text"), ("watts", "integer")],
    features: |_| {
        Box::pin(async {
            let lamp = |id: &str, lon: f64| Offered {
                id: id.to_owned(),
                at: Point { lon, lat: 37.5 },
                properties: vec![json!(format!("Lamp {id}")), json!(40)],
            };
            Ok(vec![lamp("a", 126.9), lamp("b", 127.1)])
        })
    },
};
const LIGHTS: System = System { layers: &[LAMPS], ..System::named("lights") };

#[tokio::test]
async fn an_offered_layer_is_there_after_the_start_and_keeps_its_ids() {
    testkit::on_both_engines(vec![LIGHTS, system_map::SYSTEM], async |city| {
        assert!(city.run_jobs().await >= 1);
        let now = served(&city.city, "lamps").await.expect("served");
        assert_eq!(now.live.count(None), 2);
        assert_eq!(now.layer.title.said("ko"), "지도");
        assert!(now.live.get("b").expect("read").is_some());
        // Read again, and nothing is new: no other edition, no other version of anything.
        let before = now.layer.edition.clone();
        (system_map::SYSTEM.start)(&city.city).await.expect("started");
        assert!(city.run_jobs().await >= 1);
        assert_eq!(served(&city.city, "lamps").await.expect("served").layer.edition, before);
    })
    .await;
}
