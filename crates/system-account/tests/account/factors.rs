//! Authenticator apps, recovery codes and the second step.

use http::Method;
use kernel_identity::{Passwords, Role, recovery};
use kernel_store::text;
use testkit::{Answer, Person, TestCity, on_both_engines};
use totp_rs::{Builder, Secret};

use crate::systems;

const PASSWORD: &str = "persimmon tree in the yard";

/// Between two marks of a page.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

/// What the app shows now, from the key that the page told.
fn code(city: &TestCity, key: &str) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).expect("a key");
    let totp = Builder::new().with_secret(secret).build().expect("an app");
    totp.generate(u64::try_from(city.city.clock.now().0 / 1_000_000).expect("after 1970")).to_string()
}

async fn give_password(city: &TestCity, person: &Person) {
    let hash = city.city.passwords.hash(PASSWORD, &*city.city.random).await.expect("hashes");
    let mut tx = city.city.store.begin().await.expect("begins");
    Passwords::set(&mut tx, &person.account, &hash, city.city.clock.now()).await.expect("sets");
    tx.commit().await.expect("commits");
}

/// Sets an app up; answers its key and the session that goes on.
async fn with_app<'c>(city: &'c TestCity, person: &Person) -> (String, testkit::By<'c>) {
    let begun = city.by(person).post("/account/security/app", &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    let page = city.by(person).get(&format!("{}&lang=en", begun.header("location"))).await;
    let key = between(&page.text, "<code class=\"secret\" translate=\"no\">", "<").to_owned();
    assert!(key.len() == 39 && page.text.contains("<svg class=\"square-code\""), "{}", page.text);
    let setup = between(&page.text, "name=\"setup\" value=\"", "\"").to_owned();
    let wrong = city.by(person).post("/account/security/app", &[("setup", &setup), ("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    let fields = [("setup", setup.as_str()), ("code", &code(city, &key))];
    let done = city.by(person).post("/account/security/app", &fields).await;
    assert_eq!((done.status, done.header("location")), (303, "/account/security/codes"), "{}", done.text);
    let by = city.with_cookie_of(&done);
    (key, by)
}

fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    set.filter_map(|line| line.split(';').next()).collect::<Vec<_>>().join("; ")
}

/// The first step; answers the cookie of the second.
async fn first_step(city: &TestCity, person: &Person) -> String {
    let answer = city.post("/sign-in", &[("email", &person.email), ("password", PASSWORD), ("back", "/follow")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/sign-in/second"), "{}", answer.text);
    cookies(&answer)
}

async fn second_step(city: &TestCity, cookie: &str, code: &str) -> Answer {
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin"), ("cookie", cookie)];
    city.ask(Method::POST, "/sign-in/second?lang=en", &headers, format!("code={code}")).await
}

#[tokio::test]
async fn after_the_password_the_app_is_asked_and_each_code_opens_once() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (key, _) = with_app(&city, &kim).await;
        // The code that set it up is spent.
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, &code(&city, &key)).await.status, 422);
        city.clock.forward_seconds(30);
        let fresh = code(&city, &key);
        let entered = second_step(&city, &cookie, &fresh).await;
        assert_eq!((entered.status, entered.header("location")), (303, "/follow"), "{}", entered.text);
        assert_eq!(city.with_cookie_of(&entered).get("/account").await.status, 200);
        // Neither the step nor the code serves again, in this browser or another.
        assert_eq!(second_step(&city, &cookie, &fresh).await.header("location"), "/sign-in");
        let again = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &again, &fresh).await.status, 422);
        // A step belongs to the browser that has its secret.
        let (id, _) = again.split_once('.').expect("a cookie");
        city.clock.forward_seconds(30);
        let stolen = second_step(&city, &format!("{id}.guessed"), &code(&city, &key)).await;
        assert_eq!((stolen.status, stolen.header("location")), (303, "/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_close_the_second_step_for_a_quarter_of_an_hour() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (key, _) = with_app(&city, &kim).await;
        city.clock.forward_seconds(60);
        for _ in 0..5 {
            let cookie = first_step(&city, &kim).await;
            assert_eq!(second_step(&city, &cookie, "000000").await.status, 422);
        }
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, &code(&city, &key)).await.status, 429);
        city.clock.forward_seconds(900);
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, &code(&city, &key)).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_new_codes_end_the_old() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (_, by) = with_app(&city, &kim).await;
        let shown = by.post("/account/security/codes?lang=en", &[]).await;
        assert!(shown.status == 200 && shown.header("cache-control").contains("no-store"));
        let codes: Vec<&str> =
            shown.text.split("<li><code translate=\"no\">").skip(1).map(|rest| &rest[..29]).collect();
        assert_eq!(codes.len(), 10, "{}", shown.text);
        assert!(!by.get("/account/security/codes").await.text.contains(codes[0]), "shown once");

        let cookie = first_step(&city, &kim).await;
        let entered = second_step(&city, &cookie, &codes[0].to_uppercase().replace('-', "+")).await;
        assert_eq!(entered.status, 303, "{}", entered.text);
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, codes[0]).await.status, 422, "each works once");
        let left = city.with_cookie_of(&entered).get("/account/security?lang=en").await;
        assert!(left.text.contains("9 unused recovery codes"), "{}", left.text);

        assert_eq!(city.with_cookie_of(&entered).post("/account/security/codes", &[]).await.status, 200);
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, codes[1]).await.status, 422, "old codes are over");
    })
    .await;
}

#[tokio::test]
async fn staff_are_led_to_a_second_factor_and_keep_it() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody_of("Park Clerk", Role::Clerk, None, false).await;
        give_password(&city, &clerk).await;
        let led = city.by(&clerk).get("/sign-in/second?back=/follow&lang=en").await;
        assert!(led.status == 200 && led.text.contains("/account/security/app"), "{}", led.text);
        let (_, by) = with_app(&city, &clerk).await;
        let on = by.get("/sign-in/second?back=/follow").await;
        assert_eq!((on.status, on.header("location")), (303, "/follow"), "the session has both factors now");
        let refused = by.post("/account/security?lang=en", &[("what", "app")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("This cannot be removed"), "{}", refused.text);

        let resident = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &resident).await;
        let (_, by) = with_app(&city, &resident).await;
        assert_eq!(by.post("/account/security", &[("what", "app")]).await.status, 303);
        assert!(by.get("/account/security?lang=en").await.text.contains("no recovery codes"));
    })
    .await;
}

#[tokio::test]
async fn factors_are_changed_by_their_owner_alone_after_a_fresh_proof() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let begun = city.by(&kim).post("/account/security/app", &[]).await;
        let theirs = city.by(&lee).get(&format!("{}&lang=en", begun.header("location"))).await;
        assert!(!theirs.text.contains("square-code"), "another's secret is not shown");
        city.clock.forward_seconds(601);
        for path in ["/account/security/app", "/account/security/codes", "/account/security/passkey"] {
            let answer = city.by(&kim).get(path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.header("location").starts_with("/sign-in/again?back="), "{path}");
        }
        let answer = city.by(&kim).post("/account/security", &[("what", "app")]).await;
        assert!(answer.header("location").starts_with("/sign-in/again?back="));
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_nobody_made_opens_nothing() {
    on_both_engines(systems(), async |city| {
        // The test's city has no TLS: browsers make no passkeys there, and the page says so.
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let page = city.by(&kim).get("/account/security/passkey?lang=en").await;
        assert!(page.text.contains("Passkeys work only at a name"), "{}", page.text);
        assert_eq!(city.post("/sign-in/passkey", &[("ceremony", "ce_1"), ("answer", "{}")]).await.status, 404);
    })
    .await;
}

/// A passkey as the database knows it; what browsers do with one is shown by e2e/journeys/passkey.mjs.
async fn give_passkey(city: &TestCity, person: &Person) -> Vec<String> {
    const PASSKEY: &str = "INSERT INTO identity_passkey (id, account, credential, name, state, made_at)
        VALUES ('pk_1', $1, 'c', 'My phone', '{}', 0)";
    let city = &city.city;
    let mut tx = city.store.begin().await.expect("begins");
    tx.exec(PASSKEY, &[text(&person.account)]).await.expect("a passkey");
    let codes = recovery::renew(&mut tx, &person.account, &city.secrets, &*city.random).await.expect("codes");
    tx.commit().await.expect("commits");
    codes
}

#[tokio::test]
async fn who_has_a_passkey_is_asked_for_it_after_the_password_or_for_a_recovery_code() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let codes = give_passkey(&city, &kim).await;
        let cookie = first_step(&city, &kim).await;
        let page = city.get_as("/sign-in/second?lang=en", &[("cookie", &cookie)]).await;
        assert!(page.text.contains("Recovery code") && !page.text.contains("Six digits"), "{}", page.text);
        assert_eq!(second_step(&city, &cookie, "000000").await.status, 422);
        assert_eq!(second_step(&city, &cookie, &codes[0]).await.header("location"), "/follow");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_does_not_replace_the_second_factor() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (key, _) = with_app(&city, &kim).await;
        let page = city.get("/recover").await;
        city.clock.forward_seconds(60);
        let proof = between(&page.text, "name=\"proof\" value=\"", "\"").to_owned();
        let begun = city.post("/recover", &[("email", &kim.email), ("proof", &proof)]).await;
        city.run_jobs().await;
        let letters = city.post.parcels();
        let letter = letters.iter().find(|letter| letter.subject.contains("code: ")).expect("a letter");
        let code_in_letter = letter.subject.rsplit(' ').next().expect("a code").to_owned();
        let request = begun.header("location").split("c=").nth(1).expect("a request").to_owned();
        let fields = [("c", request.as_str()), ("code", &code_in_letter), ("password", PASSWORD)];
        let done = city.post("/recover/confirm", &fields).await;
        assert_eq!((done.status, done.header("location")), (303, "/sign-in"), "{}", done.text);
        assert!(!done.headers.contains_key("set-cookie"), "nobody is signed in by a letter alone");
        let cookie = first_step(&city, &kim).await;
        assert_eq!(second_step(&city, &cookie, &code(&city, &key)).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn what_changes_a_way_in_ends_the_sessions_elsewhere() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (_, here) = with_app(&city, &kim).await;
        for (path, fields) in [
            ("/account/password", &[("current", PASSWORD), ("password", "blue kettle on the moon")][..]),
            ("/account/security", &[("what", "app")]),
        ] {
            let elsewhere = city.again(&kim).await;
            assert_eq!(city.by(&elsewhere).get("/account").await.status, 200);
            assert_eq!(here.post(path, fields).await.status, 303, "{path}");
            assert_eq!(city.by(&elsewhere).get("/account").await.status, 303, "{path}");
            assert_eq!(here.get("/account").await.status, 200, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_passkey_gets_another_name_from_its_owner_alone() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        give_passkey(&city, &kim).await;
        let here = "/account/security/passkey/pk_1";
        assert!(city.by(&kim).get(here).await.text.contains("value=\"My phone\""));
        assert_eq!(city.by(&lee).get(here).await.status, 404);
        assert_eq!(city.by(&lee).post(here, &[("name", "Mine")]).await.status, 404);
        let wrong = city.by(&kim).post(&format!("{here}?lang=en"), &[("name", " ")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("Give the passkey a name"), "{}", wrong.text);
        assert_eq!(city.by(&kim).post(here, &[("name", "Old phone")]).await.status, 303);
        let list = city.by(&kim).get("/account/security").await.text;
        assert!(list.contains("Old phone") && !list.contains("My phone"));
        let trail = kernel_record::trail(&city.city.store, kernel_record::Filter::Who(&kim.account), None, 9).await;
        assert!(trail.expect("the trail").entries.iter().any(|entry| entry.act == "passkey.renamed"));
    })
    .await;
}

#[tokio::test]
async fn proving_it_again_asks_for_both_factors_and_the_session_goes_on() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        give_password(&city, &kim).await;
        let (key, here) = with_app(&city, &kim).await;
        city.clock.forward_seconds(700);
        let half = here.post("/sign-in/again", &[("password", PASSWORD), ("back", "/account/security/codes")]).await;
        assert_eq!(half.header("location"), "/sign-in/second", "{}", half.text);
        let asked = here.get("/account/security/codes").await;
        assert!(asked.header("location").starts_with("/sign-in/again"), "the password alone proves nothing");
        let session = here.cookie();
        let done = second_step(&city, &format!("{}; {session}", cookies(&half)), &code(&city, &key)).await;
        assert_eq!((done.status, done.header("location")), (303, "/account/security/codes"), "{}", done.text);
        let on = city.with_cookie_of(&done);
        assert_eq!(on.get("/account/security/codes").await.status, 200);
        assert!(on.get("/account/sessions?lang=en").await.text.contains("Signed in on 1 device"), "none was added");
        assert_eq!(here.get("/account").await.status, 303, "the old secret is worth nothing");
    })
    .await;
}
