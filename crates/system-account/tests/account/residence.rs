use kernel_identity::residence::{self, Verified};
use kernel_identity::{Reason, Role, account};
use testkit::{Person, TestCity, on_both_engines};

use crate::systems;

async fn asked(city: &TestCity, person: &Person, way: &str, identifier: &str) -> u16 {
    let address = "12 Mill Road, 04524 Onsaedam";
    let fields = [("way", way), ("name", "Lee Jiwoo"), ("address", address), ("identifier", identifier)];
    city.by(person).post("/account/residence/ask", &fields).await.status
}

/// The clerk prints the letter; answers the code on it.
async fn printed(city: &TestCity, clerk: &Person) -> String {
    let made = (&*city.city.clock, &*city.city.random);
    let who = city.who(clerk).await;
    let waiting = residence::to_print(&city.city.store, made.0.now()).await.expect("letters");
    let mut tx = city.city.store.begin().await.expect("begins");
    let (claim, code, _) =
        residence::print(&mut tx, &who, &waiting[0].id, &city.city.secrets, made).await.expect("prints");
    tx.commit().await.expect("commits");
    assert!(claim.address.contains("Mill Road"));
    code
}

async fn decided(city: &TestCity, clerk: &Person, identifier: Option<&str>) -> Verified {
    let made = (&*city.city.clock, &*city.city.random);
    let who = city.who(clerk).await;
    let waiting = residence::waiting(&city.city.store, made.0.now()).await.expect("requests");
    let reason = Reason::parse("papers seen at the counter").expect("a reason");
    let mut tx = city.city.store.begin().await.expect("begins");
    let id = &waiting[0].id;
    let came =
        residence::decide(&mut tx, &who, id, identifier, &reason, &city.city.secrets, made).await.expect("decides");
    tx.commit().await.expect("commits");
    came
}

async fn is_resident(city: &TestCity, person: &Person) -> bool {
    account::get(&city.city.store, &person.account).await.expect("an account").verified_at.is_some()
}

#[tokio::test]
async fn a_code_sent_by_post_confirms_a_resident() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        assert_eq!(asked(&city, &lee, "post", "x").await, 422);
        assert_eq!(asked(&city, &lee, "post", "900101-2345678").await, 303);
        let code = printed(&city, &clerk).await;
        let page = city.by(&lee).get("/account?lang=en").await;
        assert!(page.text.contains("A letter with a code is on its way to you"));
        let wrong = city.by(&lee).post("/account/residence/code?lang=en", &[("code", "0000-0000")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("This is not the code"));
        let right = city.by(&lee).post("/account/residence/code", &[("code", &code.to_lowercase())]).await;
        assert_eq!((right.status, right.header("location")), (303, "/account/residence?done=residence"));
        assert!(is_resident(&city, &lee).await);
        let again = city.by(&lee).post("/account/residence/code", &[("code", &code)]).await;
        assert_eq!(again.status, 422, "a code works once");
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_or_thirty_days_spend_a_letter() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        asked(&city, &lee, "post", "900101-2345678").await;
        let code = printed(&city, &clerk).await;
        for _ in 0..5 {
            city.by(&lee).post("/account/residence/code", &[("code", "0000-0000")]).await;
        }
        let spent = city.by(&lee).post("/account/residence/code?lang=en", &[("code", &code)]).await;
        assert!(spent.status == 422 && spent.text.contains("counts no more") && !is_resident(&city, &lee).await);
        asked(&city, &lee, "post", "900101-2345678").await;
        let code = printed(&city, &clerk).await;
        city.clock.forward_days(30);
        let (clerk, lee) = (city.again(&clerk).await, city.again(&lee).await);
        assert_eq!(city.by(&lee).post("/account/residence/code", &[("code", &code)]).await.status, 422);
        assert_eq!(asked(&city, &lee, "post", "900101-2345678").await, 303);
        assert_eq!(asked(&city, &lee, "post", "900101-2345678").await, 422, "three letters are enough");
        assert!(!printed(&city, &clerk).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_person_has_one_account_and_nobody_learns_whose_the_other_is() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Park Clerk", Role::Clerk).await;
        let (lee, twin) =
            (city.somebody("Lee Jiwoo", Role::Resident).await, city.somebody("Other Name", Role::Resident).await);
        asked(&city, &lee, "clerk", "M1234567").await;
        assert_eq!(decided(&city, &clerk, Some("M 123-4567")).await, Verified::Done);
        assert!(is_resident(&city, &lee).await);
        asked(&city, &twin, "clerk", "M1234567").await;
        assert_eq!(decided(&city, &clerk, Some("m1234567")).await, Verified::AnotherAccount);
        let page = city.by(&twin).get("/account/residence?lang=en").await;
        assert!(page.text.contains("has an account here already") && !page.text.contains("Jiwoo"));
        assert!(!is_resident(&city, &twin).await);

        let who = city.who(&clerk).await;
        let made = (&*city.city.clock, &*city.city.random);
        let moved = Reason::parse("moved to another city").expect("a reason");
        let mut tx = city.city.store.begin().await.expect("begins");
        residence::end(&mut tx, &who, &lee.account, &moved, made).await.expect("ends");
        let how = residence::verified(&mut tx, &twin.account, "M1234567", "oidc", &city.city.secrets, made).await;
        assert_eq!(how.expect("verifies"), Verified::Done, "free again");
        tx.commit().await.expect("commits");
        assert!(!is_resident(&city, &lee).await && is_resident(&city, &twin).await);
        let page = city.by(&lee).get("/account/residence?lang=en").await;
        assert!(page.text.contains("moved to another city"));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_says_why_and_what_was_claimed_is_gone() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        asked(&city, &lee, "clerk", "M1234567").await;
        assert_eq!(decided(&city, &clerk, None).await, Verified::Done);
        let page = city.by(&lee).get("/account/residence?lang=en").await;
        assert!(page.text.contains("papers seen at the counter") && !is_resident(&city, &lee).await);
        let request = residence::of_account(&city.city.store, &lee.account).await.expect("requests").remove(0);
        assert_eq!(request.claim(&city.city.secrets).expect("a claim"), residence::Claim::default());
        asked(&city, &lee, "clerk", "M1234567").await;
        assert_eq!(city.by(&lee).post("/account/residence/withdraw", &[]).await.status, 303);
        assert!(residence::waiting(&city.city.store, city.city.clock.now()).await.expect("requests").is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_about_themselves() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Park Clerk", Role::Clerk).await;
        asked(&city, &clerk, "clerk", "M1234567").await;
        let made = (&*city.city.clock, &*city.city.random);
        let id = residence::waiting(&city.city.store, made.0.now()).await.expect("requests").remove(0).id;
        let reason = Reason::parse("I know myself").expect("a reason");
        let who = city.who(&clerk).await;
        let mut tx = city.city.store.begin().await.expect("begins");
        let refused = residence::decide(&mut tx, &who, &id, Some("M1"), &reason, &city.city.secrets, made).await;
        assert!(matches!(refused, Err(kernel_base::Error::NotFound)));
    })
    .await;
}

/// A form with a picture, as a browser sends it.
async fn asked_with(city: &TestCity, person: &Person, file: &[u8]) -> testkit::Answer {
    let mut body = Vec::new();
    for (name, value) in
        [("way", "clerk"), ("name", "Lee Jiwoo"), ("address", "12 Mill Road, 04524"), ("identifier", "M1234567")]
    {
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    body.extend(b"--x\r\nContent-Disposition: form-data; name=\"identity\"; filename=\"card.gif\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    let body = String::from_utf8(body).expect("the test's picture is ASCII");
    city.by(person).ask(http::Method::POST, "/account/residence/ask?lang=en", &headers, body).await
}

/// One pixel, every byte below 128.
const PICTURE: &[u8] = b"GIF87a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[tokio::test]
async fn papers_come_along_are_taken_away_and_gone_when_it_is_decided() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let refused = asked_with(&city, &lee, b"no picture").await;
        assert!(refused.status == 422 && refused.text.contains("M1234567"), "{}", refused.text);
        let sent = asked_with(&city, &lee, PICTURE).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        let request = residence::of_account(&city.city.store, &lee.account).await.expect("requests").remove(0);
        let paper = request.papers[0].clone();
        assert!(city.city.files.open(&paper.id).await.is_ok() && paper.kind == "image/gif");
        let archive = city.by(&lee).post("/account/data/export", &[]).await;
        let archive = zip::ZipArchive::new(std::io::Cursor::new(archive.bytes)).expect("a ZIP");
        assert!(archive.index_for_name(&format!("residence/{}-0-{}", request.id, paper.name)).is_some());
        decided(&city, &clerk, None).await;
        city.clock.forward_seconds(3601);
        city.run_jobs().await;
        assert!(city.city.files.open(&paper.id).await.is_err());
        let request = residence::of_account(&city.city.store, &lee.account).await.expect("requests").remove(0);
        assert!(request.papers.is_empty());
    })
    .await;
}
