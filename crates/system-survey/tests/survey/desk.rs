//! The evaluator's desk: whose it is, what is kept, what is hidden, and when it is closed.

use http::Method;
use kernel_identity::Role;
use kernel_store::{flag, int, text};
use serde_json::{Value, json};
use survey_instrument::Instrument;
use testkit::{Answer, Person, TestCity, on_both_engines};

const ROUND: &str = "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown, threshold,
    reply_days, budget, capture_paused, opened_by, opened_at)
    VALUES ('rd_1', 'spring', 'Spring round', 'madang-2026', '1.0.0', $1, $2, 100, 21, 400, $3, 'ac_1', $4)";
const CITY: &str = "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address,
    contact, capture, capture_note, pages_known, pages_read, capture_tries)
    VALUES ('rc_1', 'rd_1', 'harbour', 'Harbour', 'KR', 'asia', $1, 'ko', 'https://harbour.example/', '', 'assessed', '', 1, 1, 1)";
const REPORT: &str = "INSERT INTO survey_report (city, report, assessed_at) VALUES ('rc_1', $1, 0)";
const ASSIGN: &str = "INSERT INTO survey_assignment (id, round, city, account, seat, given_at)
    VALUES ($1, 'rd_1', 'rc_1', $2, $3, $4)";
const STAGE: &str = "UPDATE survey_round SET stage = $1";
const CODE: &str = "SELECT * FROM survey_code WHERE assignment = 'as_kim' AND criterion = $1";

/// What the machine found, with a hostile quote.
fn report() -> String {
    json!({ "criteria": [{ "id": "PS01", "value": 1, "state": "found", "confidence": 0.9, "decided": "automatic",
        "reason": "The needle in the report.",
        "evidence": [{ "url": "javascript:alert(1)", "record": "<urn:1>", "quote": "<script>alert(1)</script>" }] }] })
    .to_string()
}

pub struct Desk<'a> {
    pub city: &'a TestCity,
    pub kim: Person,
    pub lee: Person,
}

impl<'a> Desk<'a> {
    /// A round in coding, one city, two evaluators.
    pub async fn open(city: &'a TestCity, machine_shown: bool) -> Desk<'a> {
        let kim = city.somebody("Kim Reader", Role::Evaluator).await;
        let lee = city.somebody("Lee Reader", Role::Evaluator).await;
        let now = int(city.clock_now());
        let mut tx = city.city.store.begin().await.expect("begins");
        tx.exec(ROUND, &[text("coding"), flag(machine_shown), flag(false), now.clone()]).await.expect("a round");
        tx.exec(CITY, &[flag(true)]).await.expect("a city");
        tx.exec(REPORT, &[text(report())]).await.expect("a report");
        for (id, person, seat) in [("as_kim", &kim, "first"), ("as_lee", &lee, "second")] {
            let values = [text(id), text(&person.account), text(seat), now.clone()];
            tx.exec(ASSIGN, &values).await.expect("an assignment");
        }
        tx.commit().await.expect("commits");
        Desk { city, kim, lee }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.city.by(&self.kim).get(&format!("/survey/desk{path}")).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.city.by(&self.kim).post(&format!("/survey/desk{path}"), fields).await
    }

    /// What a browser sends that has answers waiting.
    pub async fn merge(&self, answers: Value) -> Answer {
        let headers =
            [("content-type", "application/json"), ("accept", "application/json"), ("sec-fetch-site", "same-origin")];
        let body = json!({ "answers": answers }).to_string();
        self.city.by(&self.kim).ask(Method::POST, "/survey/desk/as_kim/codes?lang=en", &headers, body).await
    }

    pub async fn kept(&self, criterion: &str) -> Option<kernel_store::Row> {
        self.city.city.store.one(CODE, &[text(criterion)]).await.expect("reads")
    }

    async fn stage(&self, stage: &str) {
        let mut tx = self.city.city.store.begin().await.expect("begins");
        tx.exec(STAGE, &[text(stage)]).await.expect("moves");
        tx.commit().await.expect("commits");
    }
}

trait Now {
    fn clock_now(&self) -> i64;
}

impl Now for TestCity {
    fn clock_now(&self) -> i64 {
        use kernel_base::Clock;
        self.clock.now().0
    }
}

pub fn systems() -> Vec<kernel_web::System> {
    vec![system_survey::SYSTEM]
}

pub fn found(criterion: &str, value: i64, version: i64) -> Value {
    json!({ "criterion": criterion, "state": "found", "value": value, "version": version })
}

#[tokio::test]
async fn an_evaluator_answers_by_form_and_goes_on() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let list = desk.get("?lang=en").await;
        for wanted in ["Harbour", "Spring round", "not begun", "0 of 98 answered", "/survey/desk/as_kim/PS01"] {
            assert!(list.text.contains(wanted), "{wanted}: {}", list.text);
        }
        let page = desk.get("/as_kim/PS01?lang=en").await;
        for wanted in
            ["Does the site carry a privacy notice of its own?", "Look in the footer", "Value 1", "not found", "PS02"]
        {
            assert!(page.text.contains(wanted), "{wanted}");
        }
        assert!(!page.text.contains("answer-2"), "the scale is 0/1");
        let fields = [
            ("answer", "1"),
            ("note", " In the footer. "),
            ("cited", "https://harbour.example/privacy\r\n"),
            ("flagged", "yes"),
            ("version", "0"),
            ("go", "next"),
        ];
        let saved = desk.post("/as_kim/PS01?lang=en", &fields).await;
        assert_eq!((saved.status, saved.header("location")), (303, "/survey/desk/as_kim/PS02"), "{}", saved.text);
        let kept = desk.kept("PS01").await.expect("kept");
        assert_eq!(
            (kept.text("state").unwrap(), kept.int("value").unwrap(), kept.int("version").unwrap()),
            ("found".into(), 1, 1)
        );
        assert_eq!(
            (kept.text("note").unwrap(), kept.text("cited").unwrap()),
            ("In the footer.".into(), "[\"https://harbour.example/privacy\"]".into())
        );
        let list = desk.get("?lang=ko").await;
        assert!(list.text.contains("98개 가운데 1개 답함") && list.text.contains("진행 중"), "{}", list.text);
        let overview = desk.get("/as_kim?lang=en").await;
        assert!(overview.text.contains("1, flagged") && overview.text.contains("Go on"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_kept_stays_in_the_form_with_what_to_do() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let long = "x".repeat(2001);
        let cases: [(&[(&str, &str)], &str); 6] = [
            (&[("note", " ")], "Choose an answer"),
            (&[("answer", "2"), ("note", "typed")], "Choose one of the answers"),
            (&[("answer", "everything"), ("note", "typed")], "Choose one of the answers"),
            (&[("answer", "1"), ("note", &long)], "Shorten the note"),
            (&[("answer", "1"), ("note", "typed"), ("cited", "javascript:alert(1)")], "Write whole addresses"),
            (
                &[("answer", "1"), ("note", "typed"), ("cited", "https://a.example/ https://b.example/")],
                "Write whole addresses",
            ),
        ];
        for (fields, advice) in cases {
            let answer = desk.post("/as_kim/PS01?lang=en", fields).await;
            assert_eq!(answer.status, 422, "{fields:?}");
            assert!(answer.text.contains(advice) && answer.text.contains("role=\"alert\""), "{fields:?}");
            assert!(
                answer.text.contains(fields.iter().find(|(key, _)| *key == "note").map_or("typed", |(_, value)| value))
            );
        }
        assert!(desk.kept("PS01").await.is_none());
    })
    .await;
}

#[tokio::test]
async fn answers_of_several_devices_merge_and_the_same_one_asks() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let first = desk.merge(json!([found("PS01", 1, 0), found("PS02", 0, 0)])).await;
        assert_eq!(first.status, 200, "{}", first.text);
        assert_eq!(first.json()["answers"][1], json!({ "outcome": "kept", "criterion": "PS02", "version": 1 }));
        // A device that was offline: another criterion merges, the same one does not.
        let late = desk.merge(json!([found("PS01", 0, 0), found("PS03", 1, 0), found("PS02", 1, 1)])).await.json();
        assert_eq!(late["answers"][0]["outcome"], "conflict");
        assert_eq!(late["answers"][0]["kept"]["value"], 1);
        assert_eq!(late["answers"][0]["kept"]["version"], 1);
        assert_eq!(late["answers"][1]["outcome"], "kept");
        assert_eq!(late["answers"][2], json!({ "outcome": "kept", "criterion": "PS02", "version": 2 }));
        assert_eq!(desk.kept("PS01").await.expect("kept").int("value").unwrap(), 1);
        // Its answer was lost on the way: sent again it is the same, not a conflict.
        let again = desk.merge(json!([found("PS02", 1, 1)])).await.json();
        assert_eq!(again["answers"][0], json!({ "outcome": "kept", "criterion": "PS02", "version": 2 }));
        // Decided: on top of what is kept.
        let decided = desk.merge(json!([found("PS01", 0, 1)])).await.json();
        assert_eq!(decided["answers"][0]["version"], 2);
        // The form asks in the same way and keeps what was chosen.
        let form = desk.post("/as_kim/PS01?lang=en", &[("answer", "1"), ("note", "mine"), ("version", "1")]).await;
        assert_eq!(form.status, 409);
        for wanted in
            ["You changed this answer somewhere else", "Kept there: 0", "name=\"version\" value=\"2\"", "mine"]
        {
            assert!(form.text.contains(wanted), "{wanted}");
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_lists_keep_nothing_wrong_and_say_why() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let mixed = desk
            .merge(json!([
                found("PS01", 9, 0),
                found("ZZ99", 1, 0),
                { "criterion": "PS02", "state": "absent", "value": 1 },
                { "criterion": "PS03", "state": "found", "value": 1, "version": 77, "at": i64::MAX },
                { "criterion": "PS04", "state": "not_found", "note": "<script>alert(1)</script>", "at": -1 },
            ]))
            .await
            .json();
        let outcomes: Vec<_> =
            (0..5).map(|n| mixed["answers"][n]["outcome"].as_str().unwrap_or("none").to_owned()).collect();
        assert_eq!(outcomes, ["refused", "refused", "refused", "kept", "kept"]);
        assert_eq!(mixed["answers"][0]["why"], "Choose one of the answers of this criterion");
        let now = city.clock_now();
        assert_eq!(desk.kept("PS03").await.expect("kept").int("coded_at").unwrap(), now, "no clock but ours");
        let page = desk.get("/as_kim/PS04").await;
        assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.text.contains("<script>alert"));
        let many: Vec<Value> = (0..301).map(|_| found("PS05", 1, 0)).collect();
        assert_eq!(desk.merge(Value::from(many)).await.status, 422);
        assert_eq!(
            desk.merge(json!([{ "criterion": "PS05", "state": "found", "value": 1, "blind_value": 0 }])).await.status,
            422
        );
        assert_eq!(desk.merge(json!([found("PS05", 1, i64::MIN)])).await.json()["answers"][0]["outcome"], "kept");
        for id in ["as_none", "..%2f", "%00", "as_%27%20OR%201=1"] {
            assert_eq!(desk.get(&format!("/{id}")).await.status, 404, "{id}");
        }
        assert_eq!(desk.get("/as_kim/ZZ99").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_machine_is_seen_after_the_answer_and_later_answers_are_not_blind() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let needle = "The needle in the report";
        assert!(!desk.get("/as_kim/PS01").await.text.contains(needle));
        assert!(!desk.get("/as_kim/bundle").await.text.contains(needle), "never sent before");
        assert_eq!(desk.post("/as_kim/PS01/machine", &[]).await.status, 409, "not by asking either");
        desk.merge(json!([found("PS01", 0, 0)])).await;
        assert!(!desk.get("/as_kim/PS01").await.text.contains(needle), "only when asked for");
        assert!(!desk.get("/as_kim/bundle").await.text.contains(needle));
        desk.merge(json!([found("PS01", 1, 1)])).await;
        assert_eq!(desk.kept("PS01").await.expect("kept").int("blind_value").unwrap(), 1, "still blind");

        let shown = desk.post("/as_kim/PS01/machine", &[]).await;
        assert_eq!((shown.status, shown.header("location")), (303, "/survey/desk/as_kim/PS01#machine"));
        let page = desk.get("/as_kim/PS01?lang=en").await;
        for wanted in [needle, "1 of 1, found", "&lt;script&gt;alert(1)&lt;/script&gt;"] {
            assert!(page.text.contains(wanted), "{wanted}");
        }
        assert!(!page.text.contains("javascript:") && !page.text.contains("<script>alert"));
        assert!(desk.get("/as_kim/bundle").await.text.contains(needle));
        let seen = desk.kept("PS01").await.expect("kept");
        assert_eq!(seen.int("version").unwrap(), 2, "seeing changes no answer");
        assert_eq!(seen.int("machine_seen_at").unwrap(), city.clock_now());
        desk.merge(json!([found("PS01", 0, 2)])).await;
        let after = desk.kept("PS01").await.expect("kept");
        assert_eq!((after.int("value").unwrap(), after.int("blind_value").unwrap()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_round_may_show_the_machine_to_all() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, true).await;
        assert!(desk.get("/as_kim/PS01").await.text.contains("The needle in the report"));
        desk.merge(json!([found("PS01", 1, 0)])).await;
        let kept = desk.kept("PS01").await.expect("kept");
        assert!(kept.int_opt("machine_seen_at").unwrap().is_some(), "never taken for blind");
    })
    .await;
}

#[tokio::test]
async fn a_desk_is_ones_own_and_nobody_sees_anothers_answers() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        desk.merge(json!([{ "criterion": "PS01", "state": "found", "value": 1, "note": "secret of Kim" }])).await;
        let others = ["", "/PS01", "/bundle", "/hand-in"];
        for path in others {
            let theirs = city.by(&desk.lee).get(&format!("/survey/desk/as_kim{path}")).await;
            assert_eq!(theirs.status, 404, "{path}");
            let own = city.by(&desk.lee).get(&format!("/survey/desk/as_lee{path}")).await;
            assert_eq!(own.status, 200, "{path}");
            assert!(!own.text.contains("secret of Kim"), "{path}");
        }
        for path in ["/PS01", "/hand-in", "/PS01/machine"] {
            let theirs = city.by(&desk.lee).post(&format!("/survey/desk/as_kim{path}"), &[("answer", "0")]).await;
            assert_eq!(theirs.status, 404, "{path}");
        }
        let headers = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
        let body = json!({ "answers": [found("PS02", 1, 0)] }).to_string();
        let theirs = city.by(&desk.lee).ask(Method::POST, "/survey/desk/as_kim/codes", &headers, body).await;
        assert_eq!(theirs.status, 404);
        for role in [Role::Resident, Role::Coordinator, Role::Administrator, Role::Clerk] {
            let other = city.somebody(&format!("Other {}", role.word()), role).await;
            for path in ["", "/as_kim", "/as_kim/PS01", "/as_kim/bundle"] {
                assert_eq!(city.by(&other).get(&format!("/survey/desk{path}")).await.status, 403, "{path} {role:?}");
            }
        }
        assert_eq!(city.get("/survey/desk/as_kim").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_city_is_handed_in_when_all_is_answered_and_closed_then() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let instrument = Instrument::load("madang-2026").expect("instrument");
        let (last, rest) = instrument.criteria.split_last().expect("criteria");
        let all: Vec<Value> = rest.iter().map(|one| found(&one.id, i64::from(one.scale.max()), 0)).collect();
        desk.merge(Value::from(all)).await;
        let early = desk.post("/as_kim/hand-in?lang=en", &[]).await;
        assert_eq!(early.status, 422);
        assert!(early.text.contains("1 criterion has no answer") && early.text.contains(&last.id), "{}", early.text);
        desk.merge(json!([{ "criterion": last.id, "state": "not_this_city" }])).await;
        let check = desk.get("/as_kim/hand-in?lang=en").await;
        assert!(
            check.text.contains("By your answers: 100.00 of 100")
                && check.text.contains("action=\"/survey/desk/as_kim/hand-in\"")
        );
        let handed = desk.post("/as_kim/hand-in", &[]).await;
        assert_eq!((handed.status, handed.header("location")), (303, "/survey/desk?done=handed-in"));
        assert!(desk.get("?lang=en").await.text.contains("handed in"));
        assert_eq!(desk.post("/as_kim/hand-in", &[]).await.status, 409);
        assert_eq!(desk.post("/as_kim/PS01", &[("answer", "0"), ("version", "1")]).await.status, 409);
        let late = desk.merge(json!([found("PS01", 0, 1)])).await;
        assert_eq!((late.status, late.header("content-type")), (409, "application/problem+json"));
        assert_eq!(desk.kept("PS01").await.expect("kept").int("value").unwrap(), 1);
        let page = desk.get("/as_kim/PS01?lang=en").await;
        assert!(page.text.contains("This city is handed in") && !page.text.contains("Save and next"));
        let trail = kernel_record::trail(&city.city.store, kernel_record::Filter::Subject("rc_1"), None, 9).await;
        let entries = trail.expect("the trail").entries;
        assert_eq!((entries.len(), entries[0].act.as_str(), &entries[0].who), (1, "city.handed-in", &desk.kim.account));
    })
    .await;
}

#[tokio::test]
async fn answers_are_taken_in_the_stage_of_coding_alone() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        for (stage, words) in [
            ("preparing", "Reading has not begun"),
            ("replying", "Reading is over"),
            ("closed", "Reading is over"),
            ("published", "Reading is over"),
        ] {
            desk.stage(stage).await;
            assert_eq!(desk.merge(json!([found("PS01", 1, 0)])).await.status, 409, "{stage}");
            let form = desk.post("/as_kim/PS01?lang=en", &[("answer", "1")]).await;
            assert_eq!(form.status, 409, "{stage}");
            assert!(form.text.contains(words), "{stage}: {}", form.text);
            assert_eq!(desk.post("/as_kim/hand-in", &[]).await.status, 409, "{stage}");
        }
        assert!(desk.kept("PS01").await.is_none());
    })
    .await;
}
