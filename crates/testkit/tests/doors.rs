//! Who comes in and who does not: sessions, tokens and rights through all layers of the portal.

use http::Method;
use kernel_identity::{NewToken, Permission, Role, account, session, token};
use kernel_web::{Answer, Need, Page, Routes, System, Visit};
use testkit::{By, Person, TestCity, on_both_engines};

const HOUSE: System = System {
    permissions: &[
        Permission { name: "house.files", roles: &[Role::Administrator] },
        Permission { name: "house.read", roles: &Role::ALL },
    ],
    routes: || {
        Routes::new()
            .get("/house/hall", Need::Everyone, room)
            .get("/house/room", Need::SignedIn, room)
            .get("/house/files", Need::Right("house.files"), room)
            .get("/house/reading", Need::Right("house.read"), room)
            .get("/house/cellar", Need::Right("house.unknown"), room)
    },
    ..System::named("house")
};

/// Asks nobody who it is, as a careless page would.
async fn room(visit: Visit) -> Answer {
    Ok(visit.page(Page::new("A room").main(kernel_ui::lead("What is in the room"))))
}

async fn status(by: &By<'_>, path: &str) -> u16 {
    by.get(path).await.status
}

async fn with_token(city: &TestCity, path: &str, secret: &str) -> u16 {
    city.get_as(path, &[("authorization", &format!("Bearer {secret}"))]).await.status
}

async fn new_token(city: &TestCity, person: &Person, scopes: &[&str], seconds: i64) -> String {
    let mut tx = city.city.store.begin().await.expect("begins");
    let ends_at = city.city.clock.now().plus_seconds(seconds);
    let new = NewToken { account: &person.account, name: "A program", scopes, ends_at };
    let made = (&*city.city.clock, &*city.city.random);
    let (_, secret) = token::issue(&mut tx, new, &city.city.secrets, made).await.expect("a token");
    tx.commit().await.expect("commits");
    secret
}

#[tokio::test]
async fn a_page_behind_a_door_is_kept_for_nobody_else() {
    on_both_engines(vec![HOUSE], async |city| {
        let [kim, lee] = [city.somebody("Kim", Role::Administrator).await, city.somebody("Lee", Role::Resident).await];
        let files = city.by(&kim).get("/house/files").await;
        assert_eq!(status(&city.by(&lee), "/house/files").await, 403, "a ready page does not open the door");
        assert_eq!((files.status, files.header("cache-control")), (200, "no-store"));
        let room = city.by(&lee).get("/house/room").await;
        assert_eq!((room.status, room.header("cache-control")), (200, "no-store"));
        assert_eq!(city.get("/house/room").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn strangers_residents_and_staff_without_a_second_factor_stay_outside() {
    on_both_engines(vec![HOUSE], async |city| {
        let resident = city.somebody("Lee", Role::Resident).await;
        let hasty = city.somebody_of("Park", Role::Administrator, None, false).await;
        let clerk = city.somebody("Choi", Role::Clerk).await;
        assert_eq!(city.get("/house/files").await.status, 401);
        for person in [&resident, &hasty, &clerk] {
            assert_eq!(status(&city.by(person), "/house/files").await, 403, "{}", person.email);
            assert_eq!(status(&city.by(person), "/house/reading").await, 200, "{}", person.email);
            assert_eq!(status(&city.by(person), "/house/cellar").await, 403, "a right that nobody has");
        }
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let refused = city.by(&clerk).ask(method, "/house/files", &[], String::new()).await.status;
            assert!(refused == 403 || refused == 405, "{refused}");
        }
        assert_eq!(city.by(&clerk).ask(Method::HEAD, "/house/files", &[], String::new()).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_when_they_are_idle_or_too_old() {
    on_both_engines(vec![HOUSE], async |city| {
        let lives = city.city.sessions.lifetimes;
        let [kim, lee] = [city.somebody("Kim", Role::Administrator).await, city.somebody("Lee", Role::Resident).await];
        city.clock.forward_seconds(lives.staff_idle - 60);
        assert_eq!(status(&city.by(&kim), "/house/room").await, 200);
        // The last use is noted every five minutes only.
        city.clock.forward_seconds(lives.staff_idle + 301);
        assert_eq!(status(&city.by(&kim), "/house/room").await, 401, "idle");
        assert_eq!(status(&city.by(&lee), "/house/room").await, 200, "residents have longer");
        let park = city.somebody("Park", Role::Clerk).await;
        for (person, most, step) in [(&park, lives.staff_most, 1800), (&lee, lives.resident_most, 12 * 3600)] {
            let begun = city.city.clock.now();
            while status(&city.by(person), "/house/room").await == 200 {
                city.clock.forward_seconds(step);
                assert!(city.city.clock.now() <= begun.plus_seconds(most + step), "longer than allowed");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_blocked_account_is_a_stranger_with_every_session_and_token() {
    on_both_engines(vec![HOUSE], async |city| {
        let lee = city.somebody("Lee", Role::Resident).await;
        let secret = new_token(&city, &lee, &["house.read"], 3600).await;
        assert_eq!(status(&city.by(&lee), "/house/room").await, 200);
        assert_eq!(with_token(&city, "/house/reading", &secret).await, 200);
        let mut tx = city.city.store.begin().await.expect("begins");
        account::set_state(&mut tx, &lee.account, "blocked", city.city.clock.now()).await.expect("blocks");
        tx.commit().await.expect("commits");
        assert_eq!(status(&city.by(&lee), "/house/room").await, 401);
        assert_eq!(with_token(&city, "/house/reading", &secret).await, 401);
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_is_of_no_use_and_ends_only_for_its_owner() {
    on_both_engines(vec![HOUSE], async |city| {
        let [kim, lee] = [city.somebody("Kim", Role::Administrator).await, city.somebody("Lee", Role::Resident).await];
        let now = city.city.clock.now();
        let mut tx = city.city.store.begin().await.expect("begins");
        assert!(!session::end(&mut tx, &kim.account, &lee.session, now).await.expect("answers"), "somebody else's");
        assert!(session::end(&mut tx, &lee.account, &lee.session, now).await.expect("answers"));
        tx.commit().await.expect("commits");
        assert_eq!(status(&city.by(&lee), "/house/room").await, 401);
        assert_eq!(status(&city.by(&kim), "/house/room").await, 200);
    })
    .await;
}

#[tokio::test]
async fn who_proves_it_again_gets_a_new_secret_and_the_old_one_dies() {
    on_both_engines(vec![HOUSE], async |city| {
        let lee = city.somebody("Lee", Role::Resident).await;
        let portal = &city.city;
        let cookies = portal.store.all("SELECT token_hash FROM identity_session", &[]).await.expect("reads");
        let before = cookies[0].text("token_hash").expect("text");
        assert_eq!(before.len(), 64, "a hash, not the secret");
        let grants = kernel_identity::grants_of(&portal.store, &lee.account).await.expect("reads");
        let who = kernel_identity::Who {
            account: lee.account.clone(),
            name: "Lee".to_owned(),
            language: "en".to_owned(),
            session: lee.session.clone(),
            grants,
            way: "password".to_owned(),
            assurance: String::new(),
            second_factor: false,
            proved_at: portal.clock.now(),
            verified: false,
            acting: None,
            scopes: None,
        };
        let mut tx = portal.store.begin().await.expect("begins");
        let made = (&*portal.clock, &*portal.random);
        let proved = session::prove(&mut tx, &who, ("passkey", ""), true, &portal.secrets, made).await;
        tx.commit().await.expect("commits");
        let secret = proved.expect("a new secret");
        assert!(secret.len() >= 43, "256 bits as base64");
        assert_eq!(status(&city.by(&lee), "/house/room").await, 401, "the old cookie");
        let fresh = city.get_as("/house/room", &[("cookie", &format!("session={secret}"))]).await;
        assert_eq!(fresh.status, 200);
    })
    .await;
}

#[tokio::test]
async fn tokens_are_read_from_their_header_only_and_made_up_ones_never() {
    on_both_engines(vec![HOUSE], async |city| {
        let kim = city.somebody("Kim", Role::Administrator).await;
        let secret = new_token(&city, &kim, &["house.read"], 3600).await;
        assert_eq!(with_token(&city, "/house/reading", &secret).await, 200);
        assert_eq!(with_token(&city, "/house/files", &secret).await, 403, "not among its scopes");
        assert_eq!(city.get(&format!("/house/reading?token={secret}&access_token={secret}")).await.status, 401);
        let by_cookie =
            city.get_as("/house/reading", &[("cookie", &format!("session={secret}; token={secret}"))]).await;
        assert_eq!(by_cookie.status, 401, "a token is no session");
        for made_up in ["", "x", "madang_pat_", &secret[..secret.len() - 1], &secret.to_uppercase()] {
            assert_eq!(with_token(&city, "/house/reading", made_up).await, 401, "{made_up}");
        }
        let chosen = city.get_as("/house/room", &[("cookie", "session=chosen-by-somebody-else")]).await;
        assert_eq!(chosen.status, 401);
        assert!(!chosen.headers.contains_key("set-cookie"), "a secret that came from outside is never adopted");
        city.clock.forward_seconds(3601);
        assert_eq!(with_token(&city, "/house/reading", &secret).await, 401, "its time is over");
    })
    .await;
}
