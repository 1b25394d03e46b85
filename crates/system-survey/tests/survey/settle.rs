//! Third readers and the adjudicator: who sees what when, and what is decided.

use kernel_identity::Role;
use testkit::{TestCity, on_both_engines};

use crate::round::{self, ASSIGNED};

const DIFFERENCES: &str = "/survey/office/2026/differences";
const SETTLE: &str = "/survey/office/2026/settle/seoul";

fn systems() -> Vec<kernel_web::System> {
    vec![system_survey::SYSTEM]
}

async fn count(city: &TestCity, sql: &'static str) -> i64 {
    city.city.store.one(sql, &[]).await.expect("reads").expect("a row").int("n").expect("a number")
}

#[tokio::test]
async fn before_both_have_handed_in_there_is_progress_and_nothing_else() {
    on_both_engines(systems(), async |city| {
        let round = round::open(&city).await;
        round::code(&city, &round, ASSIGNED[0], |_, most| most).await;
        round::code(&city, &round, ASSIGNED[1], |_, _| 0).await;
        round::hand_in(&city, ASSIGNED[0]).await;
        let kim = city.by(&round.kim);
        let page = kim.get(&format!("{DIFFERENCES}?lang=en")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("A handed in 98 of 98. B has 98 of 98."), "{}", page.text);
        assert!(page.text.contains("Nobody reads this city yet") && !page.text.contains("100.00"));
        let list = kim.get(&format!("{SETTLE}?lang=en")).await;
        assert!(list.text.contains("shown when all readers have handed in") && !list.text.contains("note &lt;b&gt;"));
        assert_eq!(kim.get(&format!("{SETTLE}/PS01")).await.status, 404);
        assert_eq!(kim.post(&format!("{SETTLE}/PS01"), &[("answer", "1"), ("reason", "Because.")]).await.status, 404);
        let told = kim.get("/api/v1/survey/office/2026/differences").await.json();
        let seoul =
            told.as_array().and_then(|all| all.iter().find(|one| one["city"] == "seoul")).expect("seoul").clone();
        assert_eq!((&seoul["totals"], &seoul["standing"]), (&serde_json::Value::Null, &"reading".into()));
    })
    .await;
}

#[tokio::test]
async fn a_third_reader_is_called_of_those_who_can_read_the_city_and_gets_a_letter() {
    on_both_engines(systems(), async |city| {
        let round = round::handed_in(&city, 40).await;
        let kim = city.by(&round.kim);
        let page = kim.get(&format!("{DIFFERENCES}?lang=en")).await;
        assert!(
            page.text.contains("third reader needed") && page.text.contains("Call Cho Three for Seoul"),
            "{}",
            page.text
        );
        assert!(page.text.contains("100.00") && !page.text.contains("Call Ahn One"));
        let here = format!("{DIFFERENCES}/seoul");
        let choice = kim.get(&format!("{here}?lang=en")).await;
        assert!(choice.text.contains("Cho Three") && !choice.text.contains("Bae Two"), "{}", choice.text);
        let refused = kim.post(&format!("{here}?lang=en"), &[("account", &round.readers[0].account)]).await;
        assert!(refused.status == 422 && refused.text.contains("Choose somebody from the list"));
        let called = kim.post(&here, &[("account", &round.readers[2].account)]).await;
        assert_eq!((called.status, called.header("location")), (303, "/survey/office/2026/differences?done=called"));
        assert_eq!(kim.post(&here, &[("account", &round.readers[2].account)]).await.status, 409, "called already");
        city.run_jobs().await;
        city.run_jobs().await;
        let letter = city.post.parcels().pop().expect("a letter");
        assert!(letter.address == round.readers[2].email && letter.subject.contains("Seoul"), "{letter:?}");
        assert!(letter.body.contains("http://city.example/survey/desk"));
        assert_eq!(count(&city, "SELECT COUNT(*) AS n FROM record_audit WHERE act = 'city.assigned'").await, 1);
        let list = kim.get(&format!("{SETTLE}?lang=en")).await;
        assert!(list.text.contains("shown when all readers"), "the third reads first");
    })
    .await;
}

#[tokio::test]
async fn an_adjudicator_settles_with_a_reason_goes_on_undoes_and_replaces() {
    on_both_engines(systems(), async |city| {
        let round = round::handed_in(&city, 40).await;
        round::assign(&city, "as_third", "third", &round.readers[2].account).await;
        round::code(&city, &round, "as_third", |_, most| most).await;
        round::hand_in(&city, "as_third").await;
        let kim = city.by(&round.kim);
        let list = kim.get(&format!("{SETTLE}?lang=en")).await;
        assert!(list.text.contains("40 criteria to decide on, 40 open"), "{}", list.text);
        let (first, second) = (&round.instrument.criteria[0].id, &round.instrument.criteria[1].id);
        let here = format!("{SETTLE}/{first}");
        let page = kim.get(&format!("{here}?lang=en")).await;
        for wanted in ["note &lt;b&gt;as_first&lt;/b&gt;", "https://seoul.example/page", "Settle and go on"] {
            assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
        }
        assert!(!page.text.contains("href=\"javascript:"), "only web addresses become links");
        let empty = kim.post(&format!("{here}?lang=en"), &[("answer", "7"), ("reason", "x")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.text.contains("Choose an answer.") && empty.text.contains("Say why"), "{}", empty.text);
        let settled = kim.post(&here, &[("answer", "absent"), ("reason", "The page is a draft.")]).await;
        assert_eq!(settled.header("location"), format!("{SETTLE}/{second}?done={first}"), "the next one");
        let next = kim.get(&format!("{SETTLE}/{second}?done={first}&lang=en")).await;
        assert!(next.text.contains(&format!("{first} is settled")) && next.text.contains(&format!("{here}/undo")));
        assert_eq!(kim.post(&format!("{here}/undo"), &[]).await.status, 303);
        let reopened = kim.get(&format!("{SETTLE}?lang=en")).await;
        assert!(reopened.text.contains("40 criteria to decide on, 40 open"));
        for (answer, reason) in [("1", "It is there."), ("not_this_city", "The state does it.")] {
            kim.post(&here, &[("answer", answer), ("reason", reason)]).await;
        }
        let page = kim.get(&format!("{here}?lang=en")).await;
        for wanted in ["The page is a draft.", "It is there.", "The state does it.", "Kim Minsu", "holds", "replaced "]
        {
            assert!(page.text.contains(wanted), "{wanted}");
        }
        let acts = "SELECT COUNT(*) AS n FROM record_audit WHERE act IN ('criterion.settled', 'criterion.reopened')";
        assert_eq!(count(&city, acts).await, 4);
        for criterion in &round.instrument.criteria[..40] {
            kim.post(&format!("{SETTLE}/{}", criterion.id), &[("answer", "absent"), ("reason", "Not there.")]).await;
        }
        let done = kim.get(&format!("{SETTLE}?lang=en")).await;
        assert!(done.text.contains("No criterion of this city is open"), "{}", done.text);
        assert_eq!(
            kim.get(&format!("{SETTLE}/{}", round.instrument.criteria[60].id)).await.status,
            404,
            "readers agree"
        );
        round::set_stage(&city, "closed", None).await;
        assert_eq!(kim.post(&here, &[("answer", "1"), ("reason", "Too late.")]).await.status, 409);
        assert_eq!(kim.post(&format!("{here}/undo"), &[]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn without_a_third_reader_only_what_cannot_be_a_mean_waits() {
    let (city, _folder) = crate::city().await;
    let round = round::handed_in(&city, 3).await;
    let kim = city.by(&round.kim);
    let list = kim.get(&format!("{SETTLE}?lang=en")).await;
    assert!(list.text.contains("No criterion of this city is open"), "{}", list.text);
    let mut tx = city.city.store.begin().await.expect("begins");
    let change = "UPDATE survey_code SET state = 'not_this_city', value = NULL WHERE assignment = 'as_second' AND criterion = 'PS01'";
    tx.exec(change, &[]).await.expect("changes");
    tx.commit().await.expect("commits");
    let list = kim.get(&format!("{SETTLE}?lang=en")).await;
    assert!(list.text.contains("1 criterion to decide on, 1 open") && list.text.contains(&format!("{SETTLE}/PS01")));
}

#[tokio::test]
async fn evaluators_settle_nothing_and_nobody_settles_what_they_read() {
    let (city, _folder) = crate::city().await;
    let round = round::handed_in(&city, 40).await;
    let both = city.somebody("Dan Both", Role::Coordinator).await;
    let reader = city.by(&round.readers[0]);
    for path in [
        DIFFERENCES,
        SETTLE,
        "/survey/office/2026/settle/seoul/PS01",
        "/survey/office/2026/replies",
        "/api/v1/survey/office/2026/differences",
    ] {
        assert_eq!(reader.get(path).await.status, 403, "{path}");
        assert_eq!(city.get(path).await.status, 401, "{path}");
    }
    for path in [
        "/survey/office/2026/settle/seoul/PS01",
        "/survey/office/2026/settle/seoul/PS01/undo",
        "/survey/office/2026/differences/seoul",
    ] {
        assert_eq!(reader.post(path, &[("answer", "1"), ("reason", "Because.")]).await.status, 403, "{path}");
    }
    let mut tx = city.city.store.begin().await.expect("begins");
    tx.exec("UPDATE survey_assignment SET account = $1 WHERE id = 'as_second'", &[kernel_store::text(&both.account)])
        .await
        .expect("changes");
    tx.commit().await.expect("commits");
    let both = city.by(&both);
    let page = both.get(&format!("{DIFFERENCES}?lang=en")).await;
    assert!(page.text.contains("You read this city") && !page.text.contains("100.00"), "{}", page.text);
    assert_eq!(both.get(SETTLE).await.status, 403);
    assert_eq!(both.post(&format!("{SETTLE}/PS01"), &[("answer", "1"), ("reason", "My own.")]).await.status, 403);
    assert_eq!(both.post(&format!("{DIFFERENCES}/seoul"), &[("account", "x")]).await.status, 403);
    let told = both.get("/api/v1/survey/office/2026/differences").await;
    assert!(told.text.contains("\"totals\":null"), "{}", told.text);
    assert_eq!(both.get("/survey/office/none/differences").await.status, 404);
}
