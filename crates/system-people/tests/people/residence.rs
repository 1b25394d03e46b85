use kernel_identity::residence::{self, Claim};
use kernel_identity::{Role, access, account};
use testkit::{Person, TestCity, on_both_engines};

use crate::{letters, systems};

async fn asked(city: &TestCity, person: &Person, way: &str) -> String {
    let portal = &city.city;
    let made = (&*portal.clock, &*portal.random);
    let claim =
        Claim { name: "Lee Jiwoo".into(), address: "1 Well Lane\n04524".into(), identifier: "M 123-4567".into() };
    let mut tx = portal.store.begin().await.expect("begins");
    let id = residence::ask(&mut tx, &*city.who(person).await, way, &claim, &[], &portal.secrets, made).await;
    tx.commit().await.expect("commits");
    id.expect("a request").to_string()
}

#[tokio::test]
async fn a_clerk_sees_the_claim_and_decides_with_a_reason() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let (lee, twin) =
            (city.somebody("Lee Jiwoo", Role::Resident).await, city.somebody("Lee Twin", Role::Resident).await);
        let by = city.by(&clerk);
        let here = format!("/people/residence/{}", asked(&city, &lee, "clerk").await);
        assert!(by.get("/people/residence").await.text.contains(&here));
        let page = by.get(&format!("{here}?lang=en")).await;
        assert!(page.text.contains("Well Lane") && page.text.contains("M 123-4567"));
        let looks = access::accesses_of(&city.city.store, &lee.account).await.expect("looks");
        assert_eq!((looks.len(), looks[0].what.as_str()), (1, "residence"));
        by.get(&here).await;
        assert_eq!(access::accesses_of(&city.city.store, &lee.account).await.expect("looks").len(), 1, "noted once");

        let decide = format!("{here}/decide");
        for fields in [
            [("decision", ""), ("identifier", "M1234567"), ("reason", "saw the card")],
            [("decision", "grant"), ("identifier", ""), ("reason", "saw the card")],
            [("decision", "grant"), ("identifier", "M1234567"), ("reason", "")],
        ] {
            assert_eq!(by.post(&decide, &fields).await.status, 422, "{fields:?}");
        }
        let good = [("decision", "grant"), ("identifier", "m 1234567"), ("reason", "saw the card")];
        assert_eq!(by.post(&decide, &good).await.header("location"), "/people/residence?done=granted");
        assert!(account::get(&city.city.store, &lee.account).await.expect("Lee").verified_at.is_some());
        assert!(letters(&city, &lee).await[0].contains("You are a known resident"));
        assert_eq!(by.post(&decide, &good).await.status, 404, "decided once");

        let second = format!("/people/residence/{}/decide", asked(&city, &twin, "clerk").await);
        assert_eq!(by.post(&second, &good).await.header("location"), "/people/residence?done=doubled");
        assert!(account::get(&city.city.store, &twin.account).await.expect("the twin").verified_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_printed_once_and_only_its_code_grants() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let here = format!("/people/residence/{}", asked(&city, &lee, "post").await);
        let by = city.by(&clerk);
        let grant = [("decision", "grant"), ("identifier", "M1234567"), ("reason", "saw the card")];
        assert_eq!(by.post(&format!("{here}/decide"), &grant).await.status, 404);
        let letter = by.post(&format!("{here}/print?lang=en"), &[]).await;
        assert_eq!((letter.status, letter.header("cache-control")), (200, "no-store"));
        let code =
            letter.text.split_once("<strong><code>").and_then(|(_, rest)| rest.split_once('<')).expect("a code").0;
        assert!(letter.text.contains("1 Well Lane") && code.len() == 9, "{}", letter.text);
        let portal = &city.city;
        let mut tx = portal.store.begin().await.expect("begins");
        let made = (&*portal.clock, &*portal.random);
        let typed = residence::enter(&mut tx, &*city.who(&lee).await, code, &portal.secrets, made).await;
        assert_eq!(typed.expect("answers"), residence::Typed::Verified(residence::Verified::Done));
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_about_themselves() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Choi Clerk", Role::Clerk).await;
        let here = format!("/people/residence/{}", asked(&city, &clerk, "clerk").await);
        assert_eq!(city.by(&clerk).get(&here).await.status, 409);
        let grant = [("decision", "grant"), ("identifier", "M1234567"), ("reason", "it is me")];
        assert_eq!(city.by(&clerk).post(&format!("{here}/decide"), &grant).await.status, 404);
    })
    .await;
}
