//! The right of reply: the way to the sheet, the reply, the answer.

use http::Method;
use kernel_identity::Role;
use testkit::{Answer, TestCity, on_both_engines};

use crate::round::{self, TestRound};

const SHEET: &str = "/survey/reply/rc_1";
const OFFICE: &str = "/survey/office/2026";
const WORDS: &str = "The policy is at the foot of each page. <script>alert(1)</script>";

fn systems() -> Vec<kernel_web::System> {
    vec![system_survey::SYSTEM]
}

/// Three weeks of replies have begun.
async fn replying(city: &TestCity) -> TestRound {
    let round = round::handed_in(city, 3).await;
    round::set_stage(city, "replying", Some(city.city.clock.now().plus_days(21))).await;
    round
}

/// The city's newest letter: reference and PIN.
async fn letter(city: &TestCity, round: &TestRound) -> (String, String) {
    let sent = city.by(&round.kim).post(&format!("{OFFICE}/replies/seoul/letter"), &[]).await;
    assert_eq!(sent.header("location"), "/survey/office/2026/replies?done=written", "{}", sent.text);
    city.run_jobs().await;
    city.run_jobs().await;
    let letter = city.post.parcels().pop().expect("a letter");
    assert_eq!(letter.address, "desk@seoul.example");
    assert!(letter.body.contains("http://city.example/survey/reply/rc_1"), "{}", letter.body);
    let line = |word: &str| {
        letter.body.lines().find_map(|line| line.trim().strip_prefix(word)).expect("a line").trim().to_owned()
    };
    (line("접수 번호:"), line("비밀번호:"))
}

/// The cookie that an opened door gives.
async fn come_in(city: &TestCity, pair: &(String, String)) -> String {
    let opened = city.post(SHEET, &[("reference", &pair.0), ("pin", &pair.1)]).await;
    assert_eq!((opened.status, opened.header("location")), (303, SHEET), "{}", opened.text);
    let cookie = opened.header("set-cookie");
    assert!(cookie.starts_with("sheet=") && cookie.contains("HttpOnly") && cookie.contains("Max-Age=3600"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}

async fn get(city: &TestCity, cookie: &str, path: &str) -> Answer {
    city.ask(Method::GET, path, &[("cookie", cookie)], String::new()).await
}

async fn post(city: &TestCity, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    city.ask(Method::POST, path, &[kind, ("sec-fetch-site", "same-origin"), ("cookie", cookie)], body).await
}

#[tokio::test]
async fn a_city_opens_its_sheet_replies_edits_and_withdraws_until_its_time_is_over() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let pair = letter(&city, &round).await;
        let cookie = come_in(&city, &pair).await;
        let sheet = get(&city, &cookie, &format!("{SHEET}?lang=en")).await;
        assert_eq!((sheet.status, sheet.header("cache-control")), (200, "no-store"));
        for wanted in
            ["Seoul: your sheet", "The readers agree.", "The mean of two readers", "0.5\u{a0}of\u{a0}1", "until"]
        {
            assert!(sheet.text.contains(wanted), "{wanted}: {}", sheet.text);
        }
        assert!(!sheet.text.contains("Ahn One") && !sheet.text.contains("Bae Two"), "readers have no names here");
        let here = format!("{SHEET}/PS01");
        let wrong = post(
            &city,
            &cookie,
            &format!("{here}?lang=en"),
            &[("words", "short"), ("evidence", "javascript:alert(1)")],
        )
        .await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text.contains("Write 10 to 4000 characters") && wrong.text.contains("Write one address"),
            "{}",
            wrong.text
        );
        assert!(wrong.text.contains("value=\"javascript:alert(1)\"") && !wrong.text.contains("href=\"javascript:"));
        for words in [WORDS, "The policy is at the foot of every page, in two languages."] {
            let sent =
                post(&city, &cookie, &here, &[("words", words), ("evidence", "https://seoul.example/privacy")]).await;
            assert_eq!(sent.header("location"), format!("{SHEET}?done=received"), "{}", sent.text);
        }
        let again = get(&city, &cookie, &format!("{here}?lang=en")).await;
        assert!(again.text.contains("in two languages") && again.text.contains("Withdraw this reply"));
        assert_eq!(post(&city, &cookie, &format!("{here}/withdraw"), &[]).await.status, 303);
        assert_eq!(post(&city, &cookie, &format!("{here}/withdraw"), &[]).await.status, 409);
        let left = city.city.store.all("SELECT id FROM survey_reply", &[]).await.expect("reads").len();
        assert_eq!(left, 0);
        city.clock.forward_days(21);
        assert!(
            get(&city, &cookie, &format!("{SHEET}?lang=en")).await.text.contains("Open the sheet"),
            "after an hour the PIN again"
        );
        let cookie = come_in(&city, &pair).await;
        assert!(get(&city, &cookie, &format!("{SHEET}?lang=en")).await.text.contains("time for replies is over"));
        assert_eq!(post(&city, &cookie, &here, &[("words", WORDS)]).await.status, 409, "too late");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_opens_a_sheet_and_wrong_pins_close_its_door() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let pair = letter(&city, &round).await;
        let door = city.get(&format!("{SHEET}?lang=en")).await;
        assert!(door.text.contains("Open the sheet") && !door.text.contains("Seoul"), "{}", door.text);
        assert_eq!(city.get(&format!("{SHEET}/PS01")).await.header("location"), SHEET);
        let shut = city.post(&format!("{SHEET}/PS01?lang=en"), &[("words", WORDS)]).await;
        assert!(shut.status == 422 && shut.text.contains("at the foot of each page. &lt;script&gt;"), "{}", shut.text);
        assert_eq!(
            city.by(&round.kim).post(&format!("{SHEET}/PS01"), &[("words", WORDS)]).await.status,
            422,
            "no coordinator writes for a city"
        );
        let cookie = come_in(&city, &pair).await;
        let forged = [cookie.replace("sheet=1.", "sheet=1.A"), "sheet=rc_1".to_owned(), "sheet=".to_owned()];
        for forged in &forged {
            assert!(!get(&city, forged, SHEET).await.text.contains("Seoul"), "{forged}");
        }
        assert!(!get(&city, &cookie, "/survey/reply/rc_2").await.text.contains("Lima"), "another city's");
        let other = city.post("/survey/reply/rc_2?lang=en", &[("reference", &pair.0), ("pin", &pair.1)]).await;
        assert!(other.status == 422 && other.text.contains("There is no sheet here"));
        let newer = letter(&city, &round).await;
        assert!(
            !get(&city, &cookie, SHEET).await.text.contains("Seoul"),
            "a newer letter closes what the older one opened"
        );
        assert_eq!(city.post(SHEET, &[("reference", &pair.0), ("pin", &pair.1)]).await.status, 422);
        let wrong = if newer.1 == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(city.post(SHEET, &[("reference", &newer.0), ("pin", wrong)]).await.status, 422);
        }
        let closed = city.post(&format!("{SHEET}?lang=en"), &[("reference", &newer.0), ("pin", &newer.1)]).await;
        assert!(closed.status == 422 && closed.text.contains("too many wrong tries"), "{}", closed.text);
        city.clock.forward_seconds(901);
        let cookie = come_in(&city, &newer).await;
        let left = post(&city, &cookie, &format!("{SHEET}/leave"), &[]).await;
        assert!(left.status == 303 && left.header("set-cookie").starts_with("sheet=;"));
        round::set_stage(&city, "coding", None).await;
        assert!(!get(&city, &cookie, SHEET).await.text.contains("Seoul"), "not before its time");
    })
    .await;
}

#[tokio::test]
async fn an_adjudicator_answers_a_reply_and_the_city_reads_why() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let pair = letter(&city, &round).await;
        let cookie = come_in(&city, &pair).await;
        for criterion in ["PS01", "PS02"] {
            post(
                &city,
                &cookie,
                &format!("{SHEET}/{criterion}"),
                &[("words", WORDS), ("evidence", "https://seoul.example/privacy")],
            )
            .await;
        }
        let kim = city.by(&round.kim);
        let list = kim.get(&format!("{OFFICE}/replies?lang=en")).await;
        assert!(list.text.contains("2 replies wait") && list.text.contains("settle/seoul/PS01"), "{}", list.text);
        assert!(list.text.contains("letter, ") && list.text.contains("not yet"));
        let here = format!("{OFFICE}/settle/seoul/PS01");
        let page = kim.get(&format!("{here}?lang=en")).await;
        assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.text.contains("<script>alert"));
        assert!(
            page.text.contains("Keep: 0.5\u{a0}of\u{a0}1") && page.text.contains("Change to: 1\u{a0}of\u{a0}1"),
            "{}",
            page.text
        );
        assert_eq!(kim.post(&format!("{here}/reply"), &[("answer", "0.5"), ("reason", "no")]).await.status, 422);
        let changed =
            kim.post(&format!("{here}/reply"), &[("answer", "1"), ("reason", "It is on each page indeed.")]).await;
        assert_eq!(changed.header("location"), "/survey/office/2026/replies?done=answered", "{}", changed.text);
        assert_eq!(
            kim.post(&format!("{here}/reply"), &[("answer", "keep"), ("reason", "Another mind.")]).await.status,
            409
        );
        assert_eq!(kim.post(&format!("{here}/undo"), &[]).await.status, 409, "the city has been told");
        let kept = kim
            .post(&format!("{OFFICE}/settle/seoul/PS02/reply"), &[("answer", "keep"), ("reason", "That page is new.")])
            .await;
        assert_eq!(kept.status, 303, "{}", kept.text);
        city.run_jobs().await;
        city.run_jobs().await;
        let letters = city.post.parcels();
        assert!(
            letters.iter().filter(|letter| letter.body.contains("PS01") || letter.body.contains("PS02")).count() == 2
        );
        let sheet = get(&city, &cookie, &format!("{SHEET}?lang=en")).await;
        for wanted in ["It is on each page indeed.", "Answer changed", "Answer kept"] {
            assert!(sheet.text.contains(wanted), "{wanted}");
        }
        let told = get(&city, &cookie, &format!("{SHEET}/PS02?lang=en")).await;
        assert!(told.text.contains("That page is new.") && !told.text.contains("Send the reply"), "{}", told.text);
        assert_eq!(post(&city, &cookie, &format!("{SHEET}/PS01"), &[("words", WORDS)]).await.status, 409);
        let outcomes =
            city.city.store.all("SELECT outcome FROM survey_reply ORDER BY criterion", &[]).await.expect("reads");
        let outcomes: Vec<String> = outcomes.iter().map(|row| row.text("outcome").expect("decided")).collect();
        assert_eq!(outcomes, ["changed", "kept"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_taken_back_while_the_city_can_still_write_and_what_was_settled_before_holds_again() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let pair = letter(&city, &round).await;
        let cookie = come_in(&city, &pair).await;
        post(&city, &cookie, &format!("{SHEET}/PS01"), &[("words", WORDS)]).await;
        let kim = city.by(&round.kim);
        let here = format!("{OFFICE}/settle/seoul/PS01");
        let settled = "SELECT reason FROM survey_settlement WHERE criterion = 'PS01' AND replaced_at IS NULL";
        let holds = async || -> Vec<String> {
            let rows = city.city.store.all(settled, &[]).await.expect("reads");
            rows.iter().map(|row| row.text("reason").expect("a reason")).collect()
        };
        assert_eq!(kim.post(&here, &[("answer", "1"), ("reason", "Settled before.")]).await.status, 303);
        city.clock.forward_seconds(60);
        assert_eq!(kim.post(&format!("{here}/reply/undo"), &[]).await.status, 404, "nothing was answered");
        let answered = kim.post(&format!("{here}/reply"), &[("answer", "absent"), ("reason", "A wrong click.")]).await;
        assert_eq!(answered.status, 303, "{}", answered.text);
        assert_eq!(holds().await, ["A wrong click."]);
        assert!(kim.get(&format!("{here}?lang=en")).await.text.contains("Take this answer back"));
        city.clock.forward_seconds(60);
        assert_eq!(kim.post(&format!("{here}/reply/undo"), &[]).await.header("location"), here);
        assert_eq!(holds().await, ["Settled before."]);
        let page = kim.get(&format!("{here}?lang=en")).await.text;
        assert!(page.contains("Send the answer") && !page.contains("Take this answer back"), "{page}");
        let sheet = get(&city, &cookie, &format!("{SHEET}/PS01?lang=en")).await.text;
        assert!(sheet.contains("Withdraw this reply"), "the city may write again: {sheet}");
        city.run_jobs().await;
        city.run_jobs().await;
        let told = city.post.parcels().iter().filter(|letter| letter.body.contains("답을 되돌렸습니다")).count();
        assert_eq!(told, 1);
        let trail = "SELECT detail FROM record_audit WHERE act = 'reply.reopened'";
        let trail = city.city.store.all(trail, &[]).await.expect("reads");
        assert!(trail.len() == 1 && trail[0].text("detail").expect("detail").contains("A wrong click."));

        let again = kim.post(&format!("{here}/reply"), &[("answer", "keep"), ("reason", "It stays as it was.")]).await;
        assert_eq!(again.status, 303, "{}", again.text);
        city.clock.forward_days(21);
        let round = city.again(&round.kim).await;
        let late = city.by(&round).post(&format!("{here}/reply/undo"), &[]).await;
        assert_eq!(late.status, 409, "the city could say nothing to a new one");
    })
    .await;
}

#[tokio::test]
async fn a_city_sees_answers_and_reasons_and_no_note_of_a_reader() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let pair = letter(&city, &round).await;
        let cookie = come_in(&city, &pair).await;
        post(&city, &cookie, &format!("{SHEET}/PS02"), &[("words", WORDS)]).await;
        let settles = city.by(&round.kim).get(&format!("{OFFICE}/settle/seoul/PS02?lang=en")).await.text;
        assert!(settles.contains("note &lt;b&gt;"), "who settles reads notes: {settles}");
        for criterion in ["PS01", "PS02"] {
            let sheet = get(&city, &cookie, &format!("{SHEET}/{criterion}?lang=en")).await.text;
            assert!(sheet.contains("What the readers answered") && sheet.contains("https://seoul.example/page"));
            assert!(!sheet.contains("note &lt;b&gt;") && !sheet.contains(">Note<"), "{sheet}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_city_without_an_address_gets_a_slip_and_an_account_can_keep_it() {
    on_both_engines(systems(), async |city| {
        let round = replying(&city).await;
        let kim = city.by(&round.kim);
        let none = kim.post(&format!("{OFFICE}/replies/lima/letter"), &[]).await;
        assert_eq!(none.header("location"), "/survey/office/2026/replies?done=no-address");
        let slip = kim.post(&format!("{OFFICE}/replies/seoul/slip?lang=en"), &[]).await;
        assert!(slip.status == 200 && slip.text.contains("http://city.example/survey/reply/rc_1"), "{}", slip.text);
        let after = |word: &str| {
            let (_, rest) = slip.text.split_once(word).expect("a word");
            rest.split('<').next().unwrap_or_default().to_owned()
        };
        let pair = (after("Reference</dt><dd><strong>"), after("PIN</dt><dd><strong>"));
        come_in(&city, &pair).await;
        assert!(kim.get(&format!("{OFFICE}/replies?lang=en")).await.text.contains("slip, "));
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let portal = &city.city;
        let found =
            kernel_identity::guest::find(&portal.store, (&pair.0, &pair.1), &portal.secrets, portal.clock.now()).await;
        let found = found.expect("reads").expect("a deed");
        let mut tx = portal.store.begin().await.expect("begins");
        kernel_identity::guest::join(&mut tx, &lee.account, &found, portal.clock.now()).await.expect("joins");
        tx.commit().await.expect("commits");
        let sheet = city.by(&lee).get(&format!("{SHEET}?lang=en")).await;
        assert!(sheet.text.contains("Seoul: your sheet"));
        let park = city.somebody("Park", Role::Resident).await;
        assert!(!city.by(&park).get(SHEET).await.text.contains("Seoul"));
        assert_eq!(city.by(&lee).post(&format!("{SHEET}/PS01"), &[("words", WORDS)]).await.status, 303);
        round::set_stage(&city, "coding", None).await;
        assert_eq!(kim.post(&format!("{OFFICE}/replies/seoul/slip"), &[]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn cities_are_written_to_in_the_act_that_begins_the_replies() {
    on_both_engines(systems(), async |city| {
        let round = round::handed_in(&city, 3).await;
        let moved = city.by(&round.kim).post(&format!("{OFFICE}/move"), &[("from", "coding")]).await;
        assert_eq!(moved.status, 303, "{}", moved.text);
        city.run_jobs().await;
        city.run_jobs().await;
        let letters: Vec<_> =
            city.post.parcels().into_iter().filter(|letter| letter.body.contains("/survey/reply/")).collect();
        assert_eq!(letters.len(), 1, "one city has an address");
        let line = |word: &str| {
            letters[0].body.lines().find_map(|line| line.trim().strip_prefix(word)).expect("a line").trim().to_owned()
        };
        let cookie = come_in(&city, &(line("접수 번호:"), line("비밀번호:"))).await;
        assert!(get(&city, &cookie, &format!("{SHEET}?lang=en")).await.text.contains("until December 15, 2026"));
        let list = city.by(&round.kim).get(&format!("{OFFICE}/replies?lang=en")).await;
        assert!(list.text.contains("letter, ") && list.text.contains("not yet"), "{}", list.text);
    })
    .await;
}
