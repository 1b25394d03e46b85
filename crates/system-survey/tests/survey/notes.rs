//! What an evaluator notes before there is an answer, and what stays of them when they leave.

use kernel_store::flag;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::desk::{Desk, found, systems};

/// A note without an answer.
fn noted(criterion: &str, note: &str, version: i64) -> Value {
    json!({ "criterion": criterion, "state": "", "note": note, "flagged": true, "version": version })
}

#[tokio::test]
async fn a_note_before_an_answer_is_kept_and_the_answer_takes_it_over() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let first = desk.merge(json!([noted("PS01", "Look again.", 0)])).await.json();
        assert_eq!(first["answers"][0], json!({ "outcome": "kept", "criterion": "PS01", "version": 1 }));
        assert!(desk.kept("PS01").await.is_none(), "a note is no answer");
        let bundle = desk.get("/as_kim/bundle").await.json();
        assert_eq!(
            bundle["codes"]["PS01"],
            json!({ "state": "", "value": null, "note": "Look again.", "flagged": true, "cited": [], "version": 1 })
        );
        let overview = desk.get("/as_kim?lang=en").await.text;
        assert!(overview.contains("0 of 98 answered") && overview.contains("–, flagged"), "{overview}");
        assert!(desk.get("/as_kim/PS01?lang=en").await.text.contains("Look again."));
        // The other device knew nothing of it.
        let late = desk.merge(json!([noted("PS01", "Another.", 0), found("PS01", 1, 0)])).await.json();
        for outcome in late["answers"].as_array().expect("two") {
            assert_eq!((&outcome["outcome"], &outcome["kept"]["note"]), (&json!("conflict"), &json!("Look again.")));
        }
        let mut answer = found("PS01", 1, 1);
        answer["note"] = "Seen.".into();
        let taken = desk.merge(json!([answer])).await.json();
        assert_eq!(taken["answers"][0], json!({ "outcome": "kept", "criterion": "PS01", "version": 2 }));
        assert_eq!(desk.kept("PS01").await.expect("kept").text("note").expect("a note"), "Seen.");
        let left = city.city.store.all("SELECT criterion FROM survey_jotting", &[]).await.expect("reads");
        assert!(left.is_empty());
        // An answer is changed, not taken away; and nothing at all is no note.
        let back = desk.merge(json!([noted("PS01", "Gone?", 2)])).await.json();
        assert_eq!(back["answers"][0]["outcome"], "refused");
        let nothing = desk.merge(json!([{ "criterion": "PS02", "state": "", "version": 0 }])).await.json();
        assert_eq!(nothing["answers"][0]["outcome"], "refused");
        // The form does the same without a script.
        let sent = desk.post("/as_kim/PS03", &[("note", "By hand."), ("version", "0"), ("go", "next")]).await;
        assert_eq!((sent.status, sent.header("location")), (303, "/survey/desk/as_kim/PS04"), "{}", sent.text);
        assert!(desk.get("/as_kim/PS03?lang=en").await.text.contains("By hand."));
    })
    .await;
}

#[tokio::test]
async fn an_evaluator_takes_everything_away_and_leaves_letters_alone_behind() {
    on_both_engines(systems(), async |city| {
        let desk = Desk::open(&city, false).await;
        let mut answer = found("PS01", 1, 0);
        answer["note"] = "My own words.".into();
        desk.merge(json!([answer, noted("PS02", "Not yet.", 0)])).await;
        let export = system_survey::SYSTEM.export;
        let files = export(&city.city, &desk.kim.account).await.expect("exported");
        let file = files.iter().find(|file| file.path == "survey/spring-harbour.json").expect("a file");
        let said: Value = serde_json::from_slice(&file.bytes).expect("JSON");
        assert_eq!((&said["city"], &said["seat"]), (&json!("Harbour"), &json!("first")));
        assert_eq!(said["answers"][0]["note"], "My own words.");
        assert_eq!(said["answers"][1]["note"], "Not yet.");
        assert!(export(&city.city, &desk.lee.account).await.expect("exported")[0].bytes.len() < file.bytes.len());

        // Lee has handed the city in, Kim has not.
        let mut tx = city.city.store.begin().await.expect("begins");
        let lee = "INSERT INTO survey_code (assignment, criterion, state, value, note, flagged, cited, blind_state, blind_value, version, coded_at)
            VALUES ('as_lee', 'PS01', 'found', 1, 'Words of Lee.', $1, '[]', 'found', 1, 1, 0)";
        tx.exec(lee, &[flag(true)]).await.expect("coded");
        tx.exec("UPDATE survey_assignment SET done_at = 1 WHERE id = 'as_lee'", &[]).await.expect("handed in");
        for _ in 0..2 {
            for person in [&desk.kim, &desk.lee] {
                (system_survey::SYSTEM.erase)(&city.city, &mut tx, &person.account).await.expect("erased");
            }
        }
        tx.commit().await.expect("commits");
        let all = async |sql: &'static str| city.city.store.all(sql, &[]).await.expect("reads");
        let seats = all("SELECT id, account, seat FROM survey_assignment").await;
        assert_eq!(seats.len(), 1, "what was not handed in is open for somebody else");
        assert_eq!((seats[0].text("seat").expect("seat"), seats[0].text("account").expect("account")), ("second".into(), "left as_lee".into()));
        let codes = all("SELECT value, note, flagged FROM survey_code").await;
        assert_eq!((codes.len(), codes[0].int("value").expect("a value")), (1, 1));
        assert!(codes[0].text("note").expect("a note").is_empty() && !codes[0].flag("flagged").expect("a flag"));
        assert!(all("SELECT note FROM survey_jotting").await.is_empty());
    })
    .await;
}
