use http::Method;
use kernel_identity::Role;
use testkit::{Answer, TestCity, on_both_engines};

use crate::systems;

/// Between two marks of a page.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

async fn with_cookie(city: &TestCity, path: &str, cookie: &str) -> Answer {
    city.ask(Method::GET, path, &[("cookie", cookie)], String::new()).await
}

/// A stranger does something and reads the slip from the page.
async fn pitched(city: &TestCity) -> (String, String) {
    let answer = city.post("/tent/pitch", &[]).await;
    assert_eq!(answer.status, 303);
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert!(answer.header("set-cookie").contains("slip=") && answer.header("set-cookie").contains("HttpOnly"));
    let page = with_cookie(city, "/tent/pitched?lang=en", &cookie).await;
    let reference = between(&page.text, "Reference</dt><dd><strong>", "<").to_owned();
    let pin = between(&page.text, "PIN</dt><dd><strong>", "<").to_owned();
    assert!(reference.len() == 11 && pin.len() == 6, "{reference} {pin}: {}", page.text);
    assert!(page.headers.get_all("set-cookie").iter().any(|line| line.to_str().is_ok_and(|l| l.starts_with("slip=;"))));
    assert!(page.header("cache-control").contains("no-store"));
    assert!(!city.get("/tent/pitched?lang=en").await.text.contains(&pin), "shown once");
    (reference, pin)
}

#[tokio::test]
async fn a_guest_finds_the_case_again_with_reference_and_pin_and_joins_it_to_an_account() {
    on_both_engines(systems(), async |city| {
        let (reference, pin) = pitched(&city).await;
        let pair = [("reference", reference.as_str()), ("pin", pin.as_str())];
        let found = city.post("/follow?lang=en", &pair).await;
        assert_eq!(found.status, 200);
        assert!(found.text.contains("/tent/pitched") && !found.text.contains("/follow/join"));
        assert_ne!(city.post("/follow/join", &pair).await.status, 303, "only with an account");

        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let typed = reference.to_lowercase().replace('-', " ");
        let found = city.by(&kim).post("/follow?lang=en", &[("reference", &typed), ("pin", &pin)]).await;
        assert!(found.text.contains("/follow/join"), "{}", found.text);
        let joined = city.by(&kim).post("/follow/join", &pair).await;
        assert_eq!((joined.status, joined.header("location")), (303, "/account?done=joined"));
        assert!(city.by(&kim).get("/account").await.text.contains("/tent/pitched"));
        assert_eq!(city.post("/follow", &pair).await.status, 422, "the PIN opens nothing any more");
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        city.by(&lee).post("/follow/join", &pair).await;
        assert!(!city.by(&lee).get("/account").await.text.contains("/tent/pitched"));
    })
    .await;
}

#[tokio::test]
async fn five_wrong_pins_close_a_reference_for_a_quarter_of_an_hour_and_twenty_a_network() {
    on_both_engines(systems(), async |city| {
        let (reference, pin) = pitched(&city).await;
        let right = [("reference", reference.as_str()), ("pin", pin.as_str())];
        let wrong_pin = if pin == "000000" { "000001" } else { "000000" };
        let wrong = [("reference", reference.as_str()), ("pin", wrong_pin)];
        for _ in 0..5 {
            let answer = city.post("/follow?lang=en", &wrong).await;
            assert!(answer.status == 422 && answer.text.contains("There is nothing with this reference"));
        }
        let closed = city.post("/follow?lang=en", &right).await;
        assert!(closed.status == 422 && closed.text.contains("too many wrong tries"), "the right PIN too");
        city.clock.forward_seconds(15 * 60 + 1);
        assert_eq!(city.post("/follow", &right).await.status, 200);
        for _ in 0..20 {
            city.post("/follow", &[("reference", "no reference"), ("pin", "123456")]).await;
        }
        assert!(city.post("/follow?lang=en", &right).await.text.contains("too many wrong tries"), "from this network");
    })
    .await;
}

#[tokio::test]
async fn what_is_over_is_not_found_any_more() {
    on_both_engines(systems(), async |city| {
        let (reference, pin) = pitched(&city).await;
        city.clock.forward_days(30);
        assert_eq!(city.post("/follow", &[("reference", &reference), ("pin", &pin)]).await.status, 422);
    })
    .await;
}
