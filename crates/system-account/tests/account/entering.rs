//! Registering, signing in, recovering, signing out.

use kernel_letters::Channel;
use testkit::{Answer, TestCity, on_both_engines};

use crate::systems;

const PASSWORD: &str = "persimmon tree in the yard";

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.text.split(&mark).nth(1).unwrap_or_else(|| panic!("no {name} in {}", page.text));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Asks a stranger's form for a code; without scripts the proof is paid with time.
async fn ask_for_code(city: &TestCity, path: &str, email: &str) -> String {
    let page = city.get(path).await;
    city.clock.forward_seconds(60);
    let answer = city.post(path, &[("email", email), ("proof", &hidden(&page, "proof"))]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    city.run_jobs().await;
    answer.header("location").split("c=").nth(1).expect("a request").to_owned()
}

fn code(city: &TestCity, email: &str) -> String {
    let parcels = city.post.parcels();
    let parcel = parcels.iter().rev().find(|parcel| parcel.address == email).expect("a letter came");
    assert_eq!(parcel.channel, Channel::Email);
    parcel.subject.rsplit(' ').next().expect("a code").to_owned()
}

async fn registered(city: &TestCity, email: &str) -> Answer {
    let request = ask_for_code(city, "/register", email).await;
    let code = code(city, email).to_lowercase().replace('-', " ");
    let fields = [("c", request.as_str()), ("code", &code), ("name", "Kim Minsu"), ("password", PASSWORD)];
    city.post("/register/confirm", &fields).await
}

async fn sign_in(city: &TestCity, email: &str, password: &str) -> Answer {
    city.post("/sign-in?lang=en", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn an_account_is_made_with_a_code_and_signs_in_and_out() {
    on_both_engines(systems(), async |city| {
        let made = registered(&city, "kim@people.example").await;
        assert_eq!((made.status, made.header("location")), (303, "/account"), "{}", made.text);
        let kim = city.with_cookie_of(&made);
        assert_eq!(kim.get("/account").await.status, 200);
        let list = kim.get("/account/sessions?lang=en").await;
        assert!(list.text.contains("Signed in on 1 device"), "{}", list.text);

        let again = sign_in(&city, " KIM@people.example ", PASSWORD).await;
        assert_eq!(again.status, 303);
        let phone = city.with_cookie_of(&again);
        assert!(kim.get("/account/sessions?lang=en").await.text.contains("Signed in on 2 devices"));

        let left = phone.post("/sign-out", &[]).await;
        assert_eq!(left.header("clear-site-data"), "\"cache\", \"storage\"");
        assert_eq!(phone.get("/account").await.status, 303, "the same cookie is nobody's now");
        assert_eq!(kim.get("/account").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_a_blocked_account_look_the_same() {
    on_both_engines(systems(), async |city| {
        registered(&city, "kim@people.example").await;
        let wrong = sign_in(&city, "kim@people.example", "not the password").await;
        let unknown = sign_in(&city, "lee@people.example", "not the password").await;
        let words = |answer: &Answer| answer.text.replace("kim@", "").replace("lee@", "");
        assert_eq!((wrong.status, unknown.status), (422, 422));
        assert_eq!(words(&wrong), words(&unknown));
        assert!(wrong.text.contains("kim@people.example"), "what was typed is still there");
        assert!(!wrong.text.contains("not the password"), "but never a password");
        let trimmed = sign_in(&city, "kim@people.example", &format!(" {PASSWORD}")).await;
        assert_eq!(trimmed.status, 422, "a password is taken exactly as it was typed");
    })
    .await;
}

#[tokio::test]
async fn registering_an_address_that_has_an_account_tells_only_its_owner() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    registered(&city, "kim@people.example").await;
    let first = city.get("/register/confirm?c=ce_00000000000000000000000000&lang=en").await;
    assert_eq!(first.status, 410);
    let request = ask_for_code(&city, "/register", "kim@people.example").await;
    let page = city.get(&format!("/register/confirm?c={request}&lang=en")).await;
    assert!(page.text.contains("We sent you a letter with a code"), "{}", page.text);
    let letters = city.post.parcels();
    let last = letters.last().expect("a letter");
    assert_eq!(last.subject, "You have an account already");
    let fields = [("c", request.as_str()), ("code", "0000-0000"), ("name", "Eve"), ("password", PASSWORD)];
    assert_eq!(city.post("/register/confirm", &fields).await.status, 422);
}

#[tokio::test]
async fn five_wrong_codes_end_a_request_and_ten_minutes_too() {
    on_both_engines(systems(), async |city| {
        let request = ask_for_code(&city, "/register", "kim@people.example").await;
        let right = code(&city, "kim@people.example");
        let try_code = async |code: &str| {
            let fields = [("c", request.as_str()), ("code", code), ("name", "Kim"), ("password", PASSWORD)];
            city.post("/register/confirm", &fields).await.status
        };
        for _ in 0..5 {
            assert_eq!(try_code("0000-0000").await, 422);
        }
        assert_eq!(try_code(&right).await, 410, "even the right one comes too late");

        let later = ask_for_code(&city, "/register", "lee@people.example").await;
        city.clock.forward_seconds(601);
        let fields = [
            ("c", later.as_str()),
            ("code", &code(&city, "lee@people.example")),
            ("name", "Lee"),
            ("password", PASSWORD),
        ];
        assert_eq!(city.post("/register/confirm", &fields).await.status, 410);
    })
    .await;
}

#[tokio::test]
async fn weak_passwords_are_refused_and_the_name_stays_typed() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let request = ask_for_code(&city, "/register", "kim@people.example").await;
    let code = code(&city, "kim@people.example");
    for weak in ["yTk4e", "password123", "Kim@people.example", "qwertyuiop"] {
        let fields = [("c", request.as_str()), ("code", &code), ("name", "Kim Minsu"), ("password", weak)];
        let answer = city.post("/register/confirm?lang=en", &fields).await;
        assert_eq!(answer.status, 422, "{weak}");
        assert!(answer.text.contains("Kim Minsu") && !answer.text.contains(weak), "{weak}");
    }
    let fields = [("c", request.as_str()), ("code", &code), ("name", "Kim Minsu"), ("password", PASSWORD)];
    assert_eq!(city.post("/register/confirm", &fields).await.status, 303, "the code was not spent by them");
}

#[tokio::test]
async fn a_lost_password_is_replaced_and_every_session_ends() {
    on_both_engines(systems(), async |city| {
        let made = registered(&city, "kim@people.example").await;
        let kim = city.with_cookie_of(&made);
        let request = ask_for_code(&city, "/recover", "kim@people.example").await;
        let code = code(&city, "kim@people.example");
        let new = "blue kettle on the moon";
        let fields = [("c", request.as_str()), ("code", &code), ("password", new)];
        let changed = city.post("/recover/confirm", &fields).await;
        assert_eq!((changed.status, changed.header("location")), (303, "/sign-in"), "{}", changed.text);
        assert_eq!(city.post("/recover/confirm", &fields).await.status, 410, "a code works once");
        assert_eq!(kim.get("/account").await.status, 303, "signed out everywhere");
        assert_eq!(sign_in(&city, "kim@people.example", PASSWORD).await.status, 422);
        assert_eq!(sign_in(&city, "kim@people.example", new).await.status, 303);
        city.run_jobs().await;
        assert_eq!(city.post.parcels().last().expect("a letter").subject, "Your password was changed");
        let before = city.post.parcels().len();
        ask_for_code(&city, "/recover", "nobody@people.example").await;
        assert_eq!(city.post.parcels().len(), before, "an unknown address gets nothing");
    })
    .await;
}

#[tokio::test]
async fn sessions_end_when_they_rest_too_long_and_what_matters_is_proved_again() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let made = registered(&city, "kim@people.example").await;
    let kim = city.with_cookie_of(&made);
    assert_eq!(kim.get("/account/password").await.status, 200);
    city.clock.forward_seconds(700);
    let asked = kim.get("/account/password").await;
    assert_eq!(asked.header("location"), "/sign-in/again?back=%2Faccount%2Fpassword");
    assert_eq!(kim.post("/sign-in/again", &[("password", "wrong")]).await.status, 422);
    let proved = kim.post("/sign-in/again", &[("password", PASSWORD), ("back", "/account/password")]).await;
    assert_eq!((proved.status, proved.header("location")), (303, "/account/password"));
    assert_eq!(kim.get("/account").await.status, 303, "the old secret is worth nothing");
    let kim = city.with_cookie_of(&proved);
    assert_eq!(kim.get("/account/password").await.status, 200);
    city.clock.forward_days(2);
    assert_eq!(kim.get("/account").await.status, 303, "unused for more than a day");
}

#[tokio::test]
async fn the_way_back_after_signing_in_stays_on_this_site() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    registered(&city, "kim@people.example").await;
    for (back, wanted) in
        [("/survey", "/survey"), ("https://evil.example", "/"), ("//evil.example", "/"), ("", "/account")]
    {
        let fields = [("email", "kim@people.example"), ("password", PASSWORD), ("back", back)];
        assert_eq!(city.post("/sign-in", &fields).await.header("location"), wanted, "{back:?}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_for_an_address_whether_it_exists_or_not() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let mut last = 0;
    for _ in 0..11 {
        last = sign_in(&city, "nobody@people.example", "guess").await.status;
    }
    assert_eq!(last, 429);
    city.clock.forward_seconds(901);
    assert_eq!(sign_in(&city, "nobody@people.example", "guess").await.status, 422);
}

#[tokio::test]
async fn a_session_that_a_browser_brought_along_is_not_adopted() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let made = registered(&city, "kim@people.example").await;
    let body = format!("email=kim%40people.example&password={}", PASSWORD.replace(' ', "+"));
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", "session=chosen-by-somebody-else"),
    ];
    let entered = city.ask(http::Method::POST, "/sign-in", &headers, body).await;
    assert_eq!(entered.status, 303);
    assert!(!entered.header("set-cookie").contains("chosen-by-somebody-else"));
    assert_ne!(entered.header("set-cookie"), made.header("set-cookie"));
}
