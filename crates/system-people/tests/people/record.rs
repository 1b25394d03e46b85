use http::Method;
use kernel_identity::{NewToken, Role, access, token};
use testkit::on_both_engines;

use crate::{acts, letters, systems};

#[tokio::test]
async fn an_account_is_found_by_exactly_its_address_or_number_and_nothing_of_it_is_shown() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        for typed in [lee.email.as_str(), "LEE.JIWOO@people.example", &lee.account] {
            let found = city.by(&clerk).post("/people/find", &[("who", typed)]).await;
            assert_eq!(found.header("location"), format!("/people/{}", lee.account), "{typed}");
        }
        for typed in ["lee", "lee.jiwoo", "%@people.example", "ac_", "Lee Jiwoo", ""] {
            let nothing = city.by(&clerk).post("/people/find?lang=en", &[("who", typed)]).await;
            assert!(nothing.status == 200 && nothing.text.contains("No account has this"), "{typed}");
        }
        let page = city.by(&clerk).get(&format!("/people/{}", lee.account)).await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("Lee Jiwoo") && !page.text.contains(&lee.email) && !page.text.contains("Tent of"));
        for _ in 0..60 {
            city.by(&clerk).post("/people/find", &[("who", "x")]).await;
            city.clock.forward_seconds(10);
        }
        let many = city.by(&city.again(&clerk).await).post("/people/find", &[("who", "x")]).await;
        assert_eq!(many.status, 429, "nobody tries addresses at a desk");
    })
    .await;
}

#[tokio::test]
async fn a_record_opens_with_a_reason_for_half_an_hour_and_the_person_sees_it() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let other = city.somebody("Park Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let here = format!("/people/{}", lee.account);
        for hollow in ["", "ok", "    "] {
            let answer = city.by(&clerk).post(&format!("{here}/record?lang=en"), &[("reason", hollow)]).await;
            assert!(answer.status == 422 && !answer.text.contains("Lee Jiwoo"), "{hollow:?}");
        }
        let opened = city.by(&clerk).post(&format!("{here}/record"), &[("reason", "a call about rent")]).await;
        assert_eq!(opened.status, 303);
        let page = city.by(&clerk).get(&here).await;
        assert!(page.text.contains("Lee Jiwoo") && page.text.contains(&lee.email));
        assert!(page.text.contains(&format!("Tent of {}", lee.account)));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!city.by(&other).get(&here).await.text.contains("Lee Jiwoo"), "a reason is for who gave it");
        let looks = access::accesses_of(&city.city.store, &lee.account).await.expect("looks");
        assert_eq!((looks[0].name.as_str(), looks[0].reason.as_str()), ("Choi Clerk", "a call about rent"));
        city.clock.forward_seconds(30 * 60 + 1);
        assert!(!city.by(&city.again(&clerk).await).get(&here).await.text.contains("Lee Jiwoo"));
        assert_eq!(acts(&city, &lee.account).await, ["record.opened"]);
    })
    .await;
}

#[tokio::test]
async fn who_is_blocked_is_out_at_once_with_every_program_and_comes_back_unharmed() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let lee = city.somebody("Lee Editor", Role::Editor).await;
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let (here, rights) = (format!("/people/{}", clerk.account), &city.city);
        let made = (&*rights.clock, &*rights.random);
        let mut tx = rights.store.begin().await.expect("begins");
        let new = NewToken {
            account: &clerk.account,
            name: "x",
            scopes: &["people.find"],
            ends_at: rights.clock.now().plus_days(1),
        };
        let (_, secret) = token::issue(&mut tx, new, &rights.secrets, made).await.expect("a key");
        tx.commit().await.expect("commits");
        let key = format!("Bearer {secret}");
        let by_key =
            async || city.ask(Method::GET, "/people/find", &[("authorization", &key)], String::new()).await.status;
        assert_eq!((city.by(&clerk).get("/people/find").await.status, by_key().await), (200, 200));

        assert_eq!(city.by(&lee).post(&format!("{here}/block"), &[("reason", "just because")]).await.status, 403);
        assert_eq!(city.by(&kim).post(&format!("{here}/block"), &[("reason", "")]).await.status, 422);
        let own = format!("/people/{}/block", kim.account);
        assert_eq!(city.by(&kim).post(&own, &[("reason", "tired of it")]).await.status, 409);
        let blocked = city.by(&kim).post(&format!("{here}/block"), &[("reason", "a stolen telephone")]).await;
        assert_eq!(city.by(&clerk).get("/people/find").await.status, 303, "sent to sign in");
        assert_eq!(by_key().await, 303);
        let page = city.by(&kim).get(&format!("{}&lang=en", blocked.header("location"))).await;
        assert!(page.text.contains("Undo") && page.text.contains(&format!("action=\"{here}/unblock\"")));
        assert_eq!(city.by(&kim).post(&format!("{here}/unblock"), &[]).await.status, 303);
        assert_eq!(city.by(&clerk).get("/people/find").await.status, 303, "an ended session stays ended");
        assert_eq!(city.by(&city.again(&clerk).await).get("/people/find").await.status, 200);
        let written = letters(&city, &clerk).await;
        // Both of one moment: nobody promises their order.
        let said = |words: &str| written.iter().filter(|letter| letter.contains(words)).count();
        assert_eq!((said("is blocked"), said("open again")), (1, 1), "{written:?}");
        assert_eq!(acts(&city, &clerk.account).await, ["account.blocked", "account.unblocked", "record.opened"]);
    })
    .await;
}

#[tokio::test]
async fn lost_second_factors_are_taken_away_at_the_counter_and_those_of_staff_by_an_administrator() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let (lee, editor) =
            (city.somebody("Lee Jiwoo", Role::Resident).await, city.somebody("Park Editor", Role::Editor).await);
        let portal = &city.city;
        let made = (&*portal.clock, &*portal.random);
        let mut tx = portal.store.begin().await.expect("begins");
        kernel_identity::totp::begin(&mut tx, &lee.account, &portal.secrets, made).await.expect("an app");
        let codes = kernel_identity::recovery::renew(&mut tx, &lee.account, &portal.secrets, made.1).await;
        tx.commit().await.expect("commits");
        assert!(!codes.expect("codes").is_empty());
        let reason = [("reason", "saw the passport")];
        let of = |account: &str| format!("/people/{account}/factors");
        assert_eq!(city.by(&clerk).post(&of(&editor.account), &reason).await.status, 403);
        assert_eq!(city.by(&kim).post(&of(&editor.account), &reason).await.status, 303);
        assert_eq!(city.by(&clerk).post(&of(&clerk.account), &reason).await.status, 409);
        assert_eq!(city.by(&clerk).post(&of(&lee.account), &reason).await.status, 303);
        let factors = kernel_identity::Factors::of(&portal.store, &lee.account).await.expect("factors");
        assert!(!factors.has_second());
        let written = letters(&city, &lee).await;
        assert!(written[0].contains("second factors were taken away"), "{written:?}");
        let spent = {
            let mut tx = portal.store.begin().await.expect("begins");
            let codes =
                kernel_identity::recovery::spend(&mut tx, &lee.account, "x", &portal.secrets, made.0.now()).await;
            codes.expect("answers")
        };
        assert!(!spent);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_ends_all_sessions_of_somebody() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Editor", Role::Clerk).await;
        let second = city.again(&lee).await;
        let here = format!("/people/{}/sessions", lee.account);
        assert_eq!(city.by(&clerk).post(&here, &[]).await.status, 403);
        assert_eq!(
            city.by(&kim).post(&here, &[]).await.header("location"),
            format!("/people/{}?done=sessions", lee.account)
        );
        for session in [&lee, &second] {
            assert_eq!(city.by(session).get("/people/find").await.status, 303, "sent to sign in");
        }
        assert_eq!(city.by(&city.again(&lee).await).get("/people/find").await.status, 200, "the account stays open");
        assert!(acts(&city, &lee.account).await.contains(&"session.ended".to_owned()));
    })
    .await;
}
