use http::Method;
use survey_instrument::Instrument;
use testkit::{TestCity, on_both_engines};

fn full_sheet() -> String {
    let instrument = Instrument::load("global-2009").expect("instrument");
    let rows = instrument.criteria.iter().map(|criterion| format!("{},{}\n", criterion.id, criterion.scale.max()));
    format!("criterion,value\n{}", rows.collect::<String>())
}

async fn hand_in(city: &TestCity, sheet: &str) -> testkit::Answer {
    city.post("/survey/score?lang=en", &[("instrument", "global-2009"), ("sheet", sheet), ("name", "Example City")])
        .await
}

/// Scorecards in the database.
async fn kept(city: &TestCity) -> usize {
    city.city.store.all("SELECT id FROM survey_scorecard", &[]).await.expect("read").len()
}

#[tokio::test]
async fn a_sheet_becomes_an_unlisted_scorecard_that_is_forgotten_after_30_days() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let answer = hand_in(&city, &full_sheet()).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let address = answer.header("location").to_owned();
        assert!(address.starts_with("/survey/scorecards/sc_"), "{address}");
        let page = city.get(&format!("{address}?lang=en")).await;
        assert_eq!(page.status, 200);
        for wanted in ["100.00", "Example City", "59 of 59", "noindex"] {
            assert!(page.text.contains(wanted), "{wanted}");
        }
        let csv = city.get(&format!("{address}/sheet.csv")).await;
        assert!(csv.text.starts_with("criterion,value,state\nPS01,1,found\n"));
        city.clock.forward_days(29);
        city.run_jobs().await;
        assert_eq!((city.get(&address).await.status, kept(&city).await), (200, 1));
        city.clock.forward_days(1);
        assert_eq!(city.get(&address).await.status, 404, "its time is over even before the job ran");
        city.run_jobs().await;
        assert_eq!((city.get(&address).await.status, kept(&city).await), (404, 0));
    })
    .await;
}

#[tokio::test]
async fn a_faulty_sheet_comes_back_with_every_fault_and_what_was_typed() {
    let (city, _folder) = crate::city().await;
    let sheet = full_sheet().replace("PS01,1\n", "PS01,7\n").replace("PS02,1\n", "");
    let answer = hand_in(&city, &sheet).await;
    assert_eq!(answer.status, 422);
    for wanted in
        ["Line 2: PS01: 7 is not on the scale 0/1", "PS02 is missing", "SV20,", "Example City", "role=\"alert\""]
    {
        assert!(answer.text.contains(wanted), "{wanted}");
    }
    let one = "criterion,value\nPS01,1\nPS02,1\n";
    let few = hand_in(&city, one).await;
    assert!(few.text.contains("96 criteria are missing: PS03, PS04, … ") && !few.text.contains("And "), "{}", few.text);
    let korean = city.post("/survey/score?lang=ko", &[("instrument", "global-2009"), ("sheet", one)]).await;
    assert!(korean.text.contains("항목 96개가 빠졌어요: PS03, PS04, … "), "{}", korean.text);
    let korean = city.post("/survey/score?lang=ko", &[("instrument", "global-2009"), ("sheet", "")]).await;
    assert!(korean.text.contains("파일을 고르거나 채점표를 붙여 넣으세요"));
}

#[tokio::test]
async fn an_uploaded_report_shows_its_evidence_and_never_runs_it() {
    let (city, _folder) = crate::city().await;
    let instrument = Instrument::load("madang-2026").expect("instrument");
    let criteria: Vec<_> = instrument
        .criteria
        .iter()
        .map(|criterion| {
            serde_json::json!({ "id": criterion.id, "value": null, "state": "not_assessable", "decided": "human",
                "reason": "<script>alert(1)</script>",
                "evidence": [{ "url": "javascript:alert(1)", "record": "<urn:uuid:1>", "quote": "\"><img src=x>" }] })
        })
        .collect();
    let report = serde_json::json!({ "instrument": { "id": "madang-2026" }, "site": { "start": "https://city.example/" }, "criteria": criteria }).to_string();
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"report.json\"\r\n\r\n{report}\r\n--x\r\nContent-Disposition: form-data; name=\"sheet\"\r\n\r\n\r\n--x--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    let answer = city.ask(Method::POST, "/survey/score", &headers, body).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = city.get(answer.header("location")).await;
    assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.text.contains("city.example"));
    assert!(!page.text.contains("href=\"javascript") && !page.text.contains("<img src=x>"));
}

#[tokio::test]
async fn a_file_that_is_no_sheet_is_refused_with_advice() {
    let (city, _folder) = crate::city().await;
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    let cases = [
        ("sheet.csv", "<svg onload=alert(1)>", "not what its name says"),
        ("sheet.svg", "<svg onload=alert(1)>", "Choose one of these kinds: CSV, JSON, TXT"),
        ("sheet.csv", "PK\u{3}\u{4}", "not what its name says"),
    ];
    for (name, content, advice) in cases {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nMy city\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n"
        );
        let answer = city.ask(Method::POST, "/survey/score", &headers, body).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.text.contains(advice) && answer.text.contains("value=\"My city\""), "{name}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_api_scores_a_sheet_and_gives_it_back() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let address = "/api/v1/survey/scorecards?instrument=global-2009&name=Example";
        let kept = city.ask(Method::POST, address, &[("content-type", "text/csv")], full_sheet()).await;
        assert_eq!(kept.status, 201, "{}", kept.text);
        assert_eq!(kept.json()["total"], 100.0);
        let found = city.get(kept.header("location")).await;
        assert_eq!(found.json()["criteria"][0]["id"], "PS01");
        assert_eq!(found.json()["criteria"][0]["value"], "1");
        let refused =
            city.ask(Method::POST, address, &[("content-type", "text/csv")], "criterion,value\n".into()).await;
        assert_eq!((refused.status, refused.header("content-type")), (422, "application/problem+json"));
        assert!(
            refused.json()["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains("98 criteria are missing: PS01, PS02, … "))
        );
    })
    .await;
}

#[tokio::test]
async fn a_guessed_address_is_not_found() {
    let (city, _folder) = crate::city().await;
    for id in ["sc_00000000000000000000000000", "sc_1", "..%2f", "%00"] {
        assert_eq!(city.get(&format!("/survey/scorecards/{id}")).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn keeping_and_forgetting_stand_in_the_audit_trail() {
    let (city, _folder) = crate::city().await;
    hand_in(&city, &full_sheet()).await;
    city.clock.forward_days(31);
    city.run_jobs().await;
    let rows = city.city.store.all("SELECT act, who FROM record_audit ORDER BY id", &[]).await.expect("rows");
    let acts: Vec<_> = rows.iter().map(|row| (row.text("act").expect("act"), row.text("who").expect("who"))).collect();
    assert_eq!(
        acts,
        [("scorecard.kept".into(), "visitor".into()), ("scorecard.forgotten".to_owned(), "clock".to_owned())]
    );
}

#[tokio::test]
async fn every_statement_is_accepted_by_both_engines() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        for statement in system_survey::STATEMENTS.iter().copied().flatten() {
            city.city.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_gets_a_reference_and_a_pin_and_somebody_signed_in_finds_it_on_their_page() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let kept = hand_in(&city, &full_sheet()).await;
        let cookie = kept.header("set-cookie").split(';').next().unwrap_or_default();
        let page = city.get_as(&format!("{}?lang=en", kept.header("location")), &[("cookie", cookie)]).await;
        assert!(page.text.contains("Write these two down") && page.text.contains("Reference"), "{}", page.text);
        assert!(!city.get(kept.header("location")).await.text.contains("PIN"));

        let kim = city.somebody("Kim Minsu", kernel_identity::Role::Resident).await;
        let sheet = full_sheet();
        let fields = [("instrument", "global-2009"), ("sheet", sheet.as_str()), ("name", "Kim's city")];
        let own = city.by(&kim).post("/survey/score", &fields).await;
        assert_eq!((own.status, own.header("set-cookie")), (303, ""));
        let id = own.header("location").rsplit('/').next().unwrap_or_default().to_owned();
        let files = (system_survey::SYSTEM.export)(&city.city, &kim.account).await.expect("files");
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, [format!("survey/{id}.json"), format!("survey/{id}.csv")]);

        let mut tx = city.city.store.begin().await.expect("begins");
        (system_survey::SYSTEM.erase)(&city.city, &mut tx, &kim.account).await.expect("erases");
        tx.commit().await.expect("commits");
        assert_eq!(city.get(own.header("location")).await.status, 404);
        assert_eq!(city.get(kept.header("location")).await.status, 200, "the stranger's stays");
    })
    .await;
}
