//! A coordinator opens a round, brings cities, and is told what stands in the way.

use kernel_identity::Role;
use testkit::{Answer, TestCity, on_both_engines};

pub const FORM: [(&str, &str); 7] = [
    ("title", "Pilot 2026"),
    ("slug", "pilot"),
    ("instrument", "madang-2026"),
    ("machine", "hidden"),
    ("threshold", "10"),
    ("reply_days", "21"),
    ("budget", "50"),
];
const LIST: &str = "name,country,region,oecd,languages,address,contact\n\
    Seoul,KR,asia,yes,ko en,https://www.seoul.go.kr/,office@seoul.example\n\
    Toronto,CA,north_america,yes,en fr,https://www.toronto.ca/,\n";

/// Hands in a list as the page's form does.
pub async fn bring(city: &TestCity, person: &testkit::Person, list: &str) -> Answer {
    let body = format!("--x\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n{list}\r\n--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    city.by(person).ask(http::Method::POST, "/survey/office/pilot/cities", &headers, body).await
}

#[tokio::test]
async fn a_round_is_opened_its_cities_are_brought_and_what_is_missing_is_named() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let kim = city.somebody("Kim Coordinator", Role::Coordinator).await;
        let opened = city.by(&kim).post("/survey/office/new", &FORM).await;
        assert_eq!((opened.status, opened.header("location")), (303, "/survey/office/pilot"), "{}", opened.text);
        let twice = city.by(&kim).post("/survey/office/new", &FORM).await;
        assert_eq!(twice.status, 422);
        assert!(twice.text.contains("Another round has this address") && twice.text.contains("Pilot 2026"));

        let brought = bring(&city, &kim, LIST).await;
        assert_eq!(brought.status, 303, "{}", brought.text);
        let again = bring(&city, &kim, LIST).await;
        assert_eq!(again.status, 422);
        assert!(again.text.contains("stands in the list or in the round already") && again.text.contains("Toronto"));
        let list = city.by(&kim).get("/survey/office/pilot/cities").await;
        assert!(list.text.contains("2 cities") && list.text.contains("Seoul") && !list.text.contains("office@seoul"));

        let overview = city.by(&kim).get("/survey/office/pilot").await;
        for missing in ["2 sites are not captured yet", "2 cities have no two evaluators yet"] {
            assert!(overview.text.contains(missing), "{missing}");
        }
        let moved = city.by(&kim).post("/survey/office/pilot/move", &[("from", "preparing")]).await;
        assert_eq!(moved.status, 409);

        let removed = city.by(&kim).post("/survey/office/pilot/cities/toronto/remove", &[]).await;
        assert_eq!(removed.status, 303);
        assert!(!city.by(&kim).get("/survey/office/pilot/cities").await.text.contains("Toronto"));
        let acts = city.city.store.all("SELECT act, who FROM record_audit ORDER BY id", &[]).await.expect("rows");
        let of_survey = |act: &String| act.starts_with("round.");
        let mut acts: Vec<String> = acts.iter().map(|row| row.text("act").expect("act")).filter(of_survey).collect();
        // Within one moment of the hand clock there is no order.
        acts.sort();
        assert_eq!(acts, ["round.cities-imported", "round.city-removed", "round.opened"]);
    })
    .await;
}

#[tokio::test]
async fn the_address_of_a_city_is_not_readable_in_the_database() {
    let (city, _folder) = crate::city().await;
    let kim = city.somebody("Kim Coordinator", Role::Coordinator).await;
    city.by(&kim).post("/survey/office/new", &FORM).await;
    bring(&city, &kim, LIST).await;
    let rows = city.city.store.all("SELECT contact FROM survey_round_city ORDER BY name", &[]).await.expect("rows");
    let kept: Vec<String> = rows.iter().map(|row| row.text("contact").expect("contact")).collect();
    assert!(kept[0].starts_with("1.") && kept[1].is_empty(), "{kept:?}");
}

#[tokio::test]
async fn captures_are_started_and_held_from_their_page() {
    let (city, _folder) = crate::city().await;
    let kim = city.somebody("Kim Coordinator", Role::Coordinator).await;
    city.by(&kim).post("/survey/office/new", &FORM).await;
    let empty = city.by(&kim).get("/survey/office/pilot/capture").await;
    assert!(empty.text.contains("There are no cities in this round yet"));
    bring(&city, &kim, LIST).await;
    assert_eq!(city.by(&kim).post("/survey/office/pilot/capture/start", &[]).await.status, 303);
    assert_eq!(city.city.labour().due().await.expect("counted"), 2);
    assert_eq!(city.by(&kim).post("/survey/office/pilot/capture/pause", &[]).await.status, 303);
    let held = city.by(&kim).get("/survey/office/pilot/capture").await;
    assert!(held.text.contains("The captures are held") && held.text.contains("0 of 2"));
    assert_eq!(city.labour().await, 2, "held jobs end without asking any site");
    assert!(city.by(&kim).get("/survey/office/pilot/capture").await.text.contains("Waiting"));
}
