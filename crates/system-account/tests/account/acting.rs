use kernel_identity::{Role, acting, delegation};
use testkit::{Person, TestCity, on_both_engines};

use crate::systems;

/// The identifier in the first form of a page that leads to this act.
async fn id_for(city: &TestCity, person: &Person, act: &str) -> String {
    let page = city.by(person).get("/account/acting?lang=en").await;
    let form = format!("action=\"/account/acting/{act}\"");
    let rest = page.text.split_once(&form).unwrap_or_else(|| panic!("no {form}: {}", page.text)).1;
    let value = rest.split_once("name=\"id\" value=\"").expect("an id").1;
    value.split_once('"').expect("a value").0.to_owned()
}

async fn asked(city: &TestCity, from: &Person, to: &str, side: &str) -> u16 {
    let fields = [("side", side), ("email", to), ("days", "30"), ("note", "housing")];
    city.by(from).post("/account/acting/ask", &fields).await.status
}

async fn agreed(city: &TestCity, agent: &Person, principal: &Person) -> String {
    assert_eq!(asked(city, agent, &principal.email, "agent").await, 303);
    let id = id_for(city, principal, "agree").await;
    assert_eq!(city.by(principal).post("/account/acting/agree", &[("id", &id)]).await.status, 303);
    id
}

#[tokio::test]
async fn who_was_asked_consents_both_see_it_and_what_is_done_is_seen_by_whom_it_was_done_for() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let id = agreed(&city, &kim, &lee).await;
        assert!(city.by(&lee).get("/account/acting?lang=en").await.text.contains("Kim Minsu"));
        let begun = city.by(&kim).post("/account/acting/begin", &[("id", &id)]).await;
        assert_eq!(begun.status, 303);
        assert_ne!(city.by(&kim).get("/account").await.status, 200, "the old secret opens nothing any more");
        let acting = city.with_cookie_of(&begun);
        let page = acting.get("/account?lang=en").await;
        assert!(page.text.contains("You act for Lee Jiwoo") && !page.text.contains("lee.jiwoo@people.example"));
        assert_eq!(acting.post("/tent/pitch", &[]).await.status, 303);
        assert!(city.by(&lee).get("/account").await.text.contains("/tent/pitched"), "it is Lee's");
        let seen = city.by(&lee).get("/account/acting?lang=en").await;
        assert!(seen.text.contains("tent.pitched") && seen.text.contains("Began to act for you"), "{}", seen.text);
        let trail = kernel_record::trail(&city.city.store, kernel_record::Filter::Who(&kim.account), None, 20).await;
        let pitched = trail.expect("the trail").entries.into_iter().find(|entry| entry.act == "tent.pitched");
        assert!(pitched.expect("in the trail").detail.contains(&lee.account), "both are named");
    })
    .await;
}

#[tokio::test]
async fn nobody_reads_letters_or_takes_data_or_changes_the_sign_in_of_whom_they_act_for() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let id = agreed(&city, &kim, &lee).await;
        let begun = city.by(&kim).post("/account/acting/begin", &[("id", &id)]).await;
        let acting = city.with_cookie_of(&begun);
        for page in ["/account/data", "/account/details"] {
            assert_eq!(acting.get(page).await.status, 403, "{page}");
        }
        for act in ["/account/data/export", "/account/data/leave", "/account/acting/agree", "/account/details"] {
            assert_eq!(acting.post(act, &[]).await.status, 403, "{act}");
        }
    })
    .await;
}

#[tokio::test]
async fn withdrawn_consent_ends_a_session_that_acts_at_once_and_for_good() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let id = agreed(&city, &kim, &lee).await;
        let begun = city.by(&kim).post("/account/acting/begin", &[("id", &id)]).await;
        let session = city.with_cookie_of(&begun);
        assert!(session.get("/account?lang=en").await.text.contains("You act for Lee Jiwoo"));
        assert_eq!(city.by(&lee).post("/account/acting/end", &[("id", &id)]).await.status, 303);
        let page = session.get("/account?lang=en").await;
        assert!(page.text.contains("Hello Kim Minsu") && !page.text.contains("Lee Jiwoo"), "back at once");
        session.post("/tent/pitch", &[]).await;
        assert!(!city.by(&lee).get("/account").await.text.contains("/tent/pitched"));
        assert_eq!(session.post("/account/acting/begin", &[("id", &id)]).await.status, 409);
        assert_eq!(city.by(&lee).post("/account/acting/agree", &[("id", &id)]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn acting_ends_on_the_agreed_day() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let id = agreed(&city, &kim, &lee).await;
        city.clock.forward_days(29);
        let kim = city.again(&kim).await;
        let begun = city.by(&kim).post("/account/acting/begin", &[("id", &id)]).await;
        let session = city.with_cookie_of(&begun);
        assert!(session.get("/account?lang=en").await.text.contains("You act for"));
        city.clock.forward_seconds(86_400 - 3600);
        session.get("/account").await;
        city.clock.forward_seconds(3600);
        let page = session.get("/account?lang=en").await;
        assert!(page.status == 200 && !page.text.contains("You act for"), "{}", page.status);
    })
    .await;
}

#[tokio::test]
async fn a_request_tells_nothing_about_addresses_and_only_who_was_asked_can_answer() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let park = city.somebody("Park Seoyeon", Role::Resident).await;
        assert_eq!(asked(&city, &kim, &lee.email, "principal").await, 303);
        let known = city.by(&kim).get("/account/acting?lang=en").await.text.replace(&lee.email, "X");
        let id = id_for(&city, &lee, "agree").await;
        assert_eq!(city.by(&park).post("/account/acting/agree", &[("id", &id)]).await.status, 409);
        assert_eq!(city.by(&kim).post("/account/acting/agree", &[("id", &id)]).await.status, 409, "nor the asker");
        city.by(&kim).post("/account/acting/end", &[("id", &id)]).await;
        assert_eq!(asked(&city, &kim, "nobody@people.example", "principal").await, 303);
        let unknown = city.by(&kim).get("/account/acting?lang=en").await.text.replace("nobody@people.example", "X");
        let without_ids =
            |text: &str| text.split("de_").map(|part| part.get(26..).unwrap_or(part).to_owned()).collect::<String>();
        assert_eq!(without_ids(&known), without_ids(&unknown), "the page is the same");
        for number in 0..4 {
            assert_eq!(asked(&city, &kim, &format!("x{number}@people.example"), "agent").await, 303);
        }
        assert_eq!(asked(&city, &kim, "x5@people.example", "agent").await, 422, "five wait");
        assert_eq!(asked(&city, &kim, &kim.email, "agent").await, 422, "not oneself");
    })
    .await;
}

#[tokio::test]
async fn consent_needs_a_fresh_proof_and_a_request_is_over_after_14_days() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        assert_eq!(asked(&city, &kim, &lee.email, "agent").await, 303);
        let id = id_for(&city, &lee, "agree").await;
        city.clock.forward_seconds(601);
        let answer = city.by(&lee).post("/account/acting/agree", &[("id", &id)]).await;
        assert_eq!(answer.header("location"), "/sign-in/again?back=%2Faccount%2Facting");
        city.clock.forward_days(14);
        let lee = city.again(&lee).await;
        assert_eq!(city.by(&lee).post("/account/acting/agree", &[("id", &id)]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_founded_and_its_first_representative_decides_who_else_acts_for_it() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        assert_eq!(city.by(&kim).post("/account/acting/organisation", &[("name", "Bakery 온새")]).await.status, 303);
        let own = id_for(&city, &kim, "begin").await;
        city.clock.forward_seconds(1);
        let begun = city.by(&kim).post("/account/acting/begin", &[("id", &own)]).await;
        let bakery = city.with_cookie_of(&begun);
        let fields = [("email", lee.email.as_str()), ("days", "365")];
        assert_eq!(bakery.post("/account/acting/ask", &fields).await.status, 303);
        let invited = id_for(&city, &lee, "agree").await;
        assert!(city.by(&lee).get("/account/acting?lang=en").await.text.contains("You are to act for Bakery 온새"));
        assert_eq!(city.by(&lee).post("/account/acting/agree", &[("id", &invited)]).await.status, 303);
        let page = bakery.get("/account/acting?lang=en").await;
        assert!(page.text.contains("Lee Jiwoo") && page.text.contains("Kim Minsu"));
        // Whoever was there first decides who represents it; the others for themselves.
        let park = city.somebody("Park Seoyeon", Role::Resident).await;
        let begun = city.by(&lee).post("/account/acting/begin", &[("id", &invited)]).await;
        let by_lee = city.with_cookie_of(&begun);
        assert_eq!(by_lee.post("/account/acting/end", &[("id", &own)]).await.status, 409, "not who was there before");
        assert!(!by_lee.get("/account/acting").await.text.contains(&own));
        let more = [("email", park.email.as_str()), ("days", "365")];
        assert_eq!(by_lee.post("/account/acting/ask", &more).await.status, 403);
        city.clock.forward_seconds(1);
        assert_eq!(bakery.post("/account/acting/ask", &more).await.status, 303);
        let third = id_for(&city, &park, "agree").await;
        assert_eq!(city.by(&park).post("/account/acting/agree", &[("id", &third)]).await.status, 303);
        assert_eq!(by_lee.post("/account/acting/end", &[("id", &third)]).await.status, 409);
        // The founder stops; the next one decides.
        assert_eq!(bakery.post("/account/acting/end", &[("id", &own)]).await.status, 303);
        assert!(bakery.get("/account?lang=en").await.text.contains("Hello Kim Minsu"));
        assert_eq!(by_lee.post("/account/acting/end", &[("id", &third)]).await.status, 303);
        let trail = kernel_record::trail(&city.city.store, kernel_record::Filter::Subject(&third), None, 9).await;
        assert!(trail.expect("the trail").entries.iter().any(|entry| entry.act == "delegation.ended"));
    })
    .await;
}

#[tokio::test]
async fn a_clerk_at_the_counter_acts_for_an_hour_and_the_person_sees_it() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let made = (&*city.city.clock, &*city.city.random);
        let who = city.who(&clerk).await;
        let mut tx = city.city.store.begin().await.expect("begins");
        let (id, _) =
            acting::help(&mut tx, &who, &lee.account, "housing", &city.city.secrets, made).await.expect("helps");
        tx.commit().await.expect("commits");
        assert!(city.by(&lee).get("/account/acting?lang=en").await.text.contains("helper at a counter"));
        city.clock.forward_seconds(acting::AT_COUNTER_SECONDS);
        let all = delegation::all_of(&city.city.store, &lee.account, None, &city.city.secrets).await.expect("all");
        assert!(all[0].id == id.as_str() && !all[0].is_active(made.0.now()));
    })
    .await;
}
