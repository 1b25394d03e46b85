use kernel_identity::{Contact, Role};
use kernel_letters::{Letter, To};
use testkit::{Person, TestCity, on_both_engines};

use crate::systems;

async fn written_to(city: &TestCity, person: &Person) {
    let letter = Letter::plain(
        To::Account(person.account.clone()),
        "Your tree",
        "It was planted.\n\nLook: http://city.example/tree",
    );
    let mut tx = city.city.store.begin().await.expect("begins");
    city.city.letters.send(&mut tx, &letter, &*city.city.clock, &*city.city.random).await.expect("sends");
    tx.commit().await.expect("commits");
}

#[tokio::test]
async fn letters_stand_in_the_inbox_are_opened_and_thrown_away_by_their_reader_only() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        written_to(&city, &lee).await;
        assert!(city.by(&lee).get("/account?lang=en").await.text.contains("1 new letter"));
        let list = city.by(&lee).get("/account/letters?lang=en").await;
        assert!(list.text.contains("Your tree") && list.text.contains("1 not opened"));
        let address = list.text.split_once("href=\"/account/letters/le_").expect("a letter").1;
        let address = format!("/account/letters/le_{}", address.split_once('"').expect("an end").0);
        let letter = city.by(&lee).get(&address).await;
        assert!(
            letter.text.contains("It was planted.") && letter.text.contains("<a href=\"http://city.example/tree\"")
        );
        assert!(city.by(&lee).get("/account?lang=en").await.text.contains("Nothing is waiting"));
        assert_eq!(city.by(&kim).get(&address).await.status, 404);
        let id = address.rsplit('/').next().expect("an id");
        city.by(&kim).post("/account/letters/throw-away", &[("id", id)]).await;
        assert_eq!(city.by(&lee).get(&address).await.status, 200, "not by others");
        city.by(&lee).post("/account/letters/throw-away", &[("id", id)]).await;
        assert_eq!(city.by(&lee).get(&address).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn everybody_chooses_way_and_language_of_letters() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let wrong = city.by(&lee).post("/account/letters/way", &[("channel", "pigeon"), ("language", "ko")]).await;
        assert_eq!(wrong.status, 422);
        let chosen = city.by(&lee).post("/account/letters/way", &[("channel", "inbox"), ("language", "ko")]).await;
        assert_eq!(chosen.status, 303);
        written_to(&city, &lee).await;
        city.run_jobs().await;
        assert!(city.post.parcels().is_empty(), "only on the page");
    })
    .await;
}

/// The code in the newest letter to an address.
fn code_to(city: &TestCity, address: &str) -> String {
    let parcels = city.post.parcels();
    let parcel = parcels.iter().rev().find(|parcel| parcel.address == address).expect("a letter");
    let is_code = |word: &&str| word.len() == 9 && word.as_bytes()[4] == b'-';
    parcel.body.split([' ', '.']).find(is_code).expect("a code").to_owned()
}

#[tokio::test]
async fn a_new_address_counts_after_its_code_came_back_and_the_old_one_is_told() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let fields = [("kind", "email"), ("email", "New@people.example")];
        let begun = city.by(&lee).post("/account/details/contact", &fields).await;
        assert_eq!(begun.status, 303);
        city.run_jobs().await;
        let id = begun.header("location").split_once("c=").expect("an id").1.to_owned();
        let code = code_to(&city, "new@people.example");
        let contact = async || Contact::of(&city.city.store, &lee.account).await.expect("a contact").email;
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let confirm = [("kind", "email"), ("c", id.as_str()), ("code", code.as_str())];
        assert_eq!(city.by(&kim).post("/account/details/confirm", &confirm).await.status, 410, "not for others");
        let wrong = [("kind", "email"), ("c", id.as_str()), ("code", "0000-0000")];
        assert_eq!(city.by(&lee).post("/account/details/confirm", &wrong).await.status, 422);
        assert_eq!(contact().await.as_deref(), Some("lee.jiwoo@people.example"));
        assert_eq!(city.by(&lee).post("/account/details/confirm", &confirm).await.status, 303);
        assert_eq!(contact().await.as_deref(), Some("new@people.example"));
        assert_eq!(city.by(&lee).post("/account/details/confirm", &confirm).await.status, 410, "once");
        city.run_jobs().await;
        let told =
            city.post.parcels().iter().any(|parcel| {
                parcel.address == "lee.jiwoo@people.example" && parcel.subject == "Your contact was changed"
            });
        assert!(told);
    })
    .await;
}

#[tokio::test]
async fn an_address_of_somebody_else_gets_no_code_and_the_page_looks_the_same() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let fields = [("kind", "email"), ("email", kim.email.as_str())];
        let begun = city.by(&lee).post("/account/details/contact", &fields).await;
        assert!(
            begun.status == 303 && begun.header("location").starts_with("/account/details/confirm?kind=email&c=ce_")
        );
        city.run_jobs().await;
        assert!(city.post.parcels().is_empty());
        city.clock.forward_seconds(601);
        let late = city.by(&lee).post("/account/details/contact", &fields).await;
        assert_eq!(late.header("location"), "/sign-in/again?back=%2Faccount%2Fdetails");
    })
    .await;
}
