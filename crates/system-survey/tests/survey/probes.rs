//! Questions to cities: noted by who sent them, corrected with a reason.

use kernel_identity::Role;
use testkit::on_both_engines;

use crate::round;

const PROBES: &str = "/survey/office/2026/probes";

fn systems() -> Vec<kernel_web::System> {
    vec![system_survey::SYSTEM]
}

/// What stands between two marks of a page.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

#[tokio::test]
async fn a_question_is_noted_with_its_mark_and_its_times_are_corrected_with_a_reason() {
    on_both_engines(systems(), async |city| {
        let round = round::open(&city).await;
        let reader = city.by(&round.readers[0]);
        let page = reader.get(&format!("{PROBES}?lang=en")).await;
        assert!(
            page.text.contains("Ask Seoul") && !page.text.contains("Lima"),
            "an evaluator asks the own cities: {}",
            page.text
        );
        let new = format!("{PROBES}/new?city=seoul&lang=en");
        let form = reader.get(&new).await;
        let mark = between(&form.text, "<strong>[", "]</strong>").to_owned();
        assert_eq!(mark.len(), 9, "{}", form.text);
        assert!(form.text.contains(&format!("How do I get a library card? [{mark}]")));
        assert_eq!(
            between(&reader.get(&new).await.text, "<strong>[", "]</strong>"),
            mark,
            "the same until it is noted"
        );
        let fields = [
            ("city", "seoul"),
            ("criterion", "SV20"),
            ("way", "mail"),
            ("subject", "Card"),
            ("sent", "2026-11-25T00:00"),
        ];
        let future = reader.post(&format!("{PROBES}/new?lang=en"), &fields).await;
        assert!(future.status == 422 && future.text.contains("not in the future"), "{}", future.text);
        let wrong = reader
            .post(&format!("{PROBES}/new?lang=en"), &[("city", "seoul"), ("criterion", "PS01"), ("way", "pigeon")])
            .await;
        for wanted in ["Choose a criterion that needs a question", "Say how it was sent", "Write the subject"] {
            assert!(wrong.text.contains(wanted), "{wanted}: {}", wrong.text);
        }
        assert_eq!(reader.post(&format!("{PROBES}/new"), &[("city", "lima")]).await.status, 404, "not this reader's");
        let noted = reader
            .post(
                &format!("{PROBES}/new"),
                &[("city", "seoul"), ("criterion", "SV20"), ("way", "mail"), ("subject", "Card")],
            )
            .await;
        assert_eq!(noted.header("location"), "/survey/office/2026/probes?done=noted", "{}", noted.text);
        assert_ne!(
            between(&reader.get(&new).await.text, "<strong>[", "]</strong>"),
            mark,
            "the next question has its own"
        );
        let kim = city.by(&round.kim);
        let list = kim.get(&format!("{PROBES}?lang=en")).await;
        assert!(list.text.contains(&mark) && list.text.contains("waits") && list.text.contains("Ask Lima"));
        let id = between(&list.text, "/survey/office/2026/probes/pb_", "\"").to_owned();
        let here = format!("{PROBES}/pb_{id}");
        city.clock.forward_days(2);
        let kim = city.again(&round.kim).await;
        let kim = city.by(&kim);
        let before = [("sent", "2026-11-24T00:00"), ("answered", "2026-11-23T00:00"), ("reason", "By telephone.")];
        let early = kim.post(&format!("{here}?lang=en"), &before).await;
        assert!(early.status == 422 && early.text.contains("after the question was sent"), "{}", early.text);
        let right = [
            ("sent", "2026-11-24T00:00"),
            ("acknowledged", ""),
            ("answered", "2026-11-25T12:00"),
            ("reason", "By telephone."),
        ];
        assert_eq!(kim.post(&here, &right).await.header("location"), "/survey/office/2026/probes?done=corrected");
        let list = kim.get(&format!("{PROBES}?lang=en")).await;
        assert!(list.text.contains("Answered by a person") && list.text.contains("36.0 hours"), "{}", list.text);
        let page = kim.get(&format!("{here}?lang=en")).await;
        assert!(
            page.text.contains("By telephone.")
                && page.text.contains("After 36.0 hours")
                && page.text.contains("1 working day"),
            "{}",
            page.text
        );
        let told = kim.get("/api/v1/survey/office/2026/probes").await.json();
        assert_eq!((&told[0]["mark"], &told[0]["answered"]), (&mark.as_str().into(), &"2026-11-25T12:00:00Z".into()));
        let acts = city
            .city
            .store
            .all("SELECT act FROM record_audit WHERE act LIKE 'probe.%' ORDER BY id", &[])
            .await
            .expect("reads");
        let acts: Vec<String> = acts.iter().map(|row| row.text("act").expect("an act")).collect();
        assert_eq!(acts, ["probe.noted", "probe.corrected"]);
        round::set_stage(&city, "closed", None).await;
        assert_eq!(kim.post(&here, &right).await.status, 409);
        let resident = city.somebody("Lee", Role::Resident).await;
        assert_eq!(city.by(&resident).get(PROBES).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn whoever_settles_sees_the_time_beside_the_criterion() {
    let (city, _folder) = crate::city().await;
    let round = round::handed_in(&city, 98).await;
    let kim = city.by(&round.kim);
    round::assign(&city, "as_third", "third", &round.readers[2].account).await;
    round::code(&city, &round, "as_third", |_, most| most).await;
    round::hand_in(&city, "as_third").await;
    let here = "/survey/office/2026/settle/seoul/SV20?lang=en";
    assert!(kim.get(here).await.text.contains("No question was sent about this yet"));
    kim.post(
        &format!("{PROBES}/new"),
        &[("city", "seoul"), ("criterion", "SV20"), ("way", "form"), ("subject", "Card")],
    )
    .await;
    let page = kim.get(here).await;
    assert!(page.text.contains("by a form on the city") && page.text.contains("waits"), "{}", page.text);
}
