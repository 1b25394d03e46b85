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

#[tokio::test]
async fn passwords_are_hidden_and_left_to_browsers_and_their_managers() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let kim = city.with_cookie_of(&registered(&city, "kim@people.example").await);
    let request = ask_for_code(&city, "/register", "lee@people.example").await;
    let recover = ask_for_code(&city, "/recover", "kim@people.example").await;
    for (page, known) in [
        (city.get("/sign-in").await, true),
        (city.get(&format!("/register/confirm?c={request}")).await, false),
        (city.get(&format!("/recover/confirm?c={recover}")).await, false),
        (kim.get("/account/password").await, true),
        (kim.get("/sign-in/again").await, true),
    ] {
        let tags = page.text.split("<input").filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
        let fields: Vec<&str> =
            tags.filter(|tag| tag.contains("name=\"password\"") || tag.contains("name=\"current\"")).collect();
        assert!(!fields.is_empty(), "{}", page.text);
        assert!(known == fields.iter().any(|tag| tag.contains("autocomplete=\"current-password\"")));
        for tag in fields {
            assert!(
                tag.contains("type=\"password\" ") && tag.contains("-password\"") && tag.contains("value=\"\""),
                "{tag}"
            );
            for obstacle in ["maxlength", "readonly", "onpaste", "autocomplete=\"off\"", "pattern"] {
                assert!(!tag.contains(obstacle), "{obstacle}: {tag}");
            }
        }
    }
}

#[tokio::test]
async fn any_long_password_is_taken_whole_and_does_not_grow_old() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let request = ask_for_code(&city, "/register", "kim@people.example").await;
    // Small letters and spaces only, some of them Korean, 91 characters.
    let long = "감나무 아래 느린 거북이 ".repeat(7);
    let code = code(&city, "kim@people.example");
    let fields = [("c", request.as_str()), ("code", &code), ("name", "Kim"), ("password", &long)];
    assert_eq!(city.post("/register/confirm", &fields).await.status, 303);
    city.clock.forward_days(3650);
    for wrong in [&long[..long.len() - 1], &long.replace('감', "강"), long.trim()] {
        assert_eq!(sign_in(&city, "kim@people.example", wrong).await.status, 422);
    }
    assert_eq!(sign_in(&city, "kim@people.example", &long).await.header("location"), "/account");
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one() {
    on_both_engines(systems(), async |city| {
        let kim = city.with_cookie_of(&registered(&city, "kim@people.example").await);
        let change = async |current: &str| {
            let fields = [("current", current), ("password", "blue kettle on the moon")];
            kim.post("/account/password?lang=en", &fields).await
        };
        for wrong in ["", "not the password"] {
            let refused = change(wrong).await;
            assert!(refused.status == 422 && refused.text.contains("This is not your password"), "{}", refused.text);
        }
        assert_eq!(change(PASSWORD).await.status, 303);
        assert_eq!(sign_in(&city, "kim@people.example", PASSWORD).await.status, 422);
        assert_eq!(sign_in(&city, "kim@people.example", "blue kettle on the moon").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_code_finishes_only_the_request_that_it_was_sent_for() {
    on_both_engines(systems(), async |city| {
        let first = ask_for_code(&city, "/register", "kim@people.example").await;
        let of_first = code(&city, "kim@people.example");
        let second = ask_for_code(&city, "/register", "lee@people.example").await;
        let finish = async |request: &str| {
            let fields = [("c", request), ("code", of_first.as_str()), ("name", "Kim"), ("password", PASSWORD)];
            city.post("/register/confirm", &fields).await.status
        };
        assert_eq!(finish(&second).await, 422);
        assert_eq!(finish(&first).await, 303);
        assert_eq!(finish(&first).await, 410, "once");
        for letter in city.post.parcels() {
            assert!(!letter.body.contains("c=ce_"), "no address that finishes anything: {}", letter.body);
        }
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before_and_twenty_stay_open() {
    on_both_engines(systems(), async |city| {
        let first = city.with_cookie_of(&registered(&city, "kim@people.example").await);
        let fields = [("email", "kim@people.example"), ("password", PASSWORD)];
        let again = first.post("/sign-in", &fields).await;
        assert_eq!(again.status, 303);
        assert_eq!(first.get("/account").await.status, 303, "the earlier secret opens nothing");
        let mut oldest = None;
        for _ in 0..20 {
            city.clock.forward_seconds(100);
            let opened = sign_in(&city, "kim@people.example", PASSWORD).await;
            assert_eq!(opened.status, 303, "{}", opened.text);
            oldest.get_or_insert(opened);
        }
        assert_eq!(city.with_cookie_of(&again).get("/account").await.status, 303, "the twenty-first ended the first");
        assert_eq!(city.with_cookie_of(oldest.as_ref().expect("one")).get("/account").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn cookies_stay_with_this_site_and_out_of_scripts() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    let opened = registered(&city, "kim@people.example").await;
    let slip = city.post("/tent/pitch", &[]).await;
    let left = city.with_cookie_of(&opened).post("/sign-out", &[]).await;
    for answer in [&opened, &slip, &left] {
        let lines: Vec<&str> = answer.headers.get_all("set-cookie").iter().filter_map(|l| l.to_str().ok()).collect();
        assert!(!lines.is_empty());
        for line in lines {
            assert!(line.contains("; Path=/; HttpOnly; SameSite=Lax"), "{line}");
        }
    }
}

#[tokio::test]
async fn another_site_cannot_send_people_off_to_a_provider() {
    let (database, _folder) = testkit::empty_database().await;
    let city = TestCity::open(database, systems()).await;
    for site in ["cross-site", "same-site"] {
        let answer = city.get_as("/sign-in/with/national?back=/account", &[("sec-fetch-site", site)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in?back=%2Faccount"), "{site}");
    }
    for site in ["same-origin", "none"] {
        let answer = city.get_as("/sign-in/with/national", &[("sec-fetch-site", site)]).await;
        assert_eq!(answer.status, 404, "this city has no providers: {site}");
    }
}

#[tokio::test]
async fn other_sessions_are_ended_after_a_fresh_proof_and_the_own_at_any_time() {
    on_both_engines(systems(), async |city| {
        let kim = city.with_cookie_of(&registered(&city, "kim@people.example").await);
        city.clock.forward_seconds(601);
        let other = city.with_cookie_of(&sign_in(&city, "kim@people.example", PASSWORD).await);
        let asked = kim.post("/account/sessions", &[("session", "others")]).await;
        assert_eq!(asked.header("location"), "/sign-in/again?back=%2Faccount%2Fsessions");
        assert_eq!(other.get("/account").await.status, 200);
        assert_eq!(other.post("/account/sessions", &[("session", "others")]).await.status, 303);
        assert_eq!(kim.get("/account").await.status, 303);
        city.clock.forward_seconds(601);
        assert_eq!(other.post("/sign-out", &[]).await.status, 303);
        assert_eq!(other.get("/account").await.status, 303);
    })
    .await;
}
