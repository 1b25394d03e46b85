use kernel_identity::{Role, delegation};
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::{letters, systems};

async fn sent(city: &TestCity, clerk: &Person, who: &str) -> Answer {
    let fields = [("who", who), ("note", "an application for rent")];
    city.by(clerk).post("/people/counter?lang=en", &fields).await
}

async fn code_of(city: &TestCity, person: &Person) -> String {
    let written = letters(city, person).await;
    let subject = written.last().and_then(|letter| letter.lines().next()).expect("a letter").to_owned();
    subject.rsplit(' ').next().expect("a code").to_owned()
}

#[tokio::test]
async fn a_clerk_acts_for_who_is_present_after_they_told_the_code_from_their_letter() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let begun = sent(&city, &clerk, &lee.email).await;
        assert_eq!(begun.status, 303, "{}", begun.text);
        let page = begun.header("location").to_owned();
        let id = page.rsplit('=').next().expect("an id").to_owned();
        assert!(city.by(&clerk).get(&format!("{page}&lang=en")).await.text.contains("an application for rent"));
        let code = code_of(&city, &lee).await;
        let wrong = city.by(&clerk).post("/people/counter/code", &[("c", &id), ("code", "0000-0000")]).await;
        assert_eq!(wrong.status, 422);
        let typed = code.to_lowercase().replace('-', " ");
        let other = city.somebody("Park Clerk", Role::Clerk).await;
        assert_eq!(city.by(&other).post("/people/counter/code", &[("c", &id), ("code", &typed)]).await.status, 404);
        let helping = city.by(&clerk).post("/people/counter/code", &[("c", &id), ("code", &typed)]).await;
        assert_eq!((helping.status, helping.header("location")), (303, "/account"));
        let acting = city.with_cookie_of(&helping);
        let home = acting.get("/?lang=en").await;
        assert!(home.text.contains("You are acting for Lee Jiwoo"), "{}", home.text);
        assert_eq!(acting.get("/people/find").await.status, 403, "the own office is put down meanwhile");
        let seen = delegation::all_of(&city.city.store, &lee.account, None, &city.city.secrets).await.expect("seen");
        assert!(seen[0].is_active(city.city.clock.now()) && seen[0].note == "an application for rent");
        assert_eq!(
            city.by(&clerk).post("/people/counter/code", &[("c", &id), ("code", &typed)]).await.status,
            401,
            "the session has a new secret"
        );
        city.clock.forward_seconds(3601);
        assert!(!seen[0].is_active(city.city.clock.now()));
        assert!(!acting.get("/?lang=en").await.text.contains("You are acting for"));
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_are_counted_and_nobody_helps_themselves() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        for who in [clerk.email.as_str(), "nobody@people.example", "lee"] {
            assert_eq!(sent(&city, &clerk, who).await.status, 422, "{who}");
        }
        let begun = sent(&city, &clerk, &lee.account).await;
        let id = begun.header("location").rsplit('=').next().expect("an id").to_owned();
        let code = code_of(&city, &lee).await;
        for _ in 0..5 {
            city.by(&clerk).post("/people/counter/code", &[("c", &id), ("code", "ZZZZ-ZZZZ")]).await;
        }
        let late = city.by(&clerk).post("/people/counter/code?lang=en", &[("c", &id), ("code", &code)]).await;
        assert_eq!(late.status, 422, "the right code comes too late");
        assert!(late.text.contains("tried too often"), "{}", late.text);
        for _ in 0..4 {
            assert_eq!(sent(&city, &clerk, &lee.account).await.status, 303);
        }
        assert_eq!(sent(&city, &clerk, &lee.account).await.status, 429, "nobody is flooded with codes");
    })
    .await;
}
