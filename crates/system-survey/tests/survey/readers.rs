//! Evaluators come into a round and get cities by language, blind of each other, by one button or by hand.

use kernel_identity::Role;
use kernel_store::{int, text};
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::office::{FORM, bring};

const LIST: &str = "name,country,region,oecd,languages,address\n\
    Seoul,KR,asia,yes,ko en,https://www.seoul.go.kr/\n\
    Toronto,CA,north_america,yes,en fr,https://www.toronto.ca/\n\
    Lima,PE,south_america,no,es,https://www.munlima.gob.pe/\n";

struct Pilot {
    kim: Person,
    /// Ahn and Bae read Korean and English, Cho reads English.
    readers: [Person; 3],
}

async fn pilot(city: &TestCity) -> Pilot {
    let kim = city.somebody("Kim Coordinator", Role::Coordinator).await;
    city.by(&kim).post("/survey/office/new", &FORM).await;
    assert_eq!(bring(city, &kim, LIST).await.status, 303);
    let readers = [
        city.somebody("Ahn One", Role::Evaluator).await,
        city.somebody("Bae Two", Role::Evaluator).await,
        city.somebody("Cho Three", Role::Evaluator).await,
    ];
    for (reader, languages) in readers.iter().zip(["ko, EN", "ko,en", "en"]) {
        assert_eq!(add(city, &kim, &reader.email, languages).await.status, 303);
    }
    Pilot { kim, readers }
}

async fn add(city: &TestCity, kim: &Person, who: &str, languages: &str) -> Answer {
    let fields = [("who", who), ("languages", languages)];
    city.by(kim).post("/survey/office/pilot/evaluators?lang=en", &fields).await
}

/// What the page with the look ahead would send.
fn mark(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("name=\"plan\" value=\"").expect("a plan");
    rest.split('"').next().expect("its mark").to_owned()
}

async fn acts(city: &TestCity, wanted: &str) -> usize {
    let rows = city.city.store.all("SELECT act FROM record_audit", &[]).await.expect("rows");
    rows.iter().filter(|row| row.text("act").expect("act") == wanted).count()
}

async fn assigned(city: &TestCity) -> Vec<(String, String)> {
    let sql = "SELECT c.slug, a.account FROM survey_assignment a JOIN survey_round_city c ON c.id = a.city ORDER BY c.slug, a.seat";
    let rows = city.city.store.all(sql, &[]).await.expect("rows");
    rows.iter().map(|row| (row.text("slug").expect("slug"), row.text("account").expect("account"))).collect()
}

async fn give(city: &TestCity, kim: &Person) -> Answer {
    let seen = city.by(kim).get("/survey/office/pilot/assign?lang=en").await;
    city.by(kim).post("/survey/office/pilot/assign?lang=en", &[("plan", &mark(&seen))]).await
}

async fn letters(city: &TestCity, person: &Person) -> Vec<String> {
    city.run_jobs().await;
    let theirs = city.post.parcels().into_iter().filter(|parcel| parcel.address == person.email);
    theirs.map(|parcel| format!("{}\n{}", parcel.subject, parcel.body)).collect()
}

#[tokio::test]
async fn only_evaluators_come_into_a_round_and_what_was_typed_stays() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let Pilot { kim, readers } = pilot(&city).await;
        let lee = city.somebody("Lee Resident", Role::Resident).await;
        for who in [lee.email.as_str(), &kim.email, "nobody@people.example", "ac_none", ""] {
            let refused = add(&city, &kim, who, "ko").await;
            assert_eq!(refused.status, 422, "{who}");
            assert!(refused.text.contains("No evaluator has this address"), "{who}");
        }
        let refused = add(&city, &kim, &readers[0].email, "Korean <b>").await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("Korean &lt;b&gt;") && refused.text.contains(&readers[0].email));

        assert_eq!(add(&city, &kim, &readers[0].account, "ko,es").await.status, 303, "languages change");
        let list = city.by(&kim).get("/survey/office/pilot/evaluators?lang=en").await;
        assert!(list.text.contains("3 evaluators") && list.text.contains("ko, es") && list.text.contains("Cho Three"));
        let out = format!("/survey/office/pilot/evaluators/{}/remove", readers[2].account);
        assert_eq!(city.by(&kim).post(&out, &[]).await.status, 303);
        assert_eq!(city.by(&kim).post(&out, &[]).await.status, 404, "gone is gone");
        assert_eq!((acts(&city, "evaluator.added").await, acts(&city, "evaluator.removed").await), (4, 1));
    })
    .await;
}

#[tokio::test]
async fn one_button_gives_what_was_seen_and_writes_one_letter_each() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let Pilot { kim, readers } = pilot(&city).await;
        let seen = city.by(&kim).get("/survey/office/pilot/assign?lang=en").await;
        for wanted in ["1 city has too few readers", "Lima", "2 readers are missing", "Give 4 seats"] {
            assert!(seen.text.contains(wanted), "{wanted}\n{}", seen.text);
        }
        assert!(assigned(&city).await.is_empty(), "looking gives nothing");

        // Somebody changes what stands before the button is pressed.
        let out = format!("/survey/office/pilot/evaluators/{}/remove", readers[2].account);
        city.by(&kim).post(&out, &[]).await;
        let late = city.by(&kim).post("/survey/office/pilot/assign?lang=en", &[("plan", &mark(&seen))]).await;
        assert_eq!(late.status, 409);
        assert!(late.text.contains("Something has changed") && assigned(&city).await.is_empty());

        let given = give(&city, &kim).await;
        assert_eq!((given.status, given.header("location")), (303, "/survey/office/pilot/readers?done=given"));
        let both = [&readers[0].account, &readers[1].account];
        let mut found = assigned(&city).await;
        assert_eq!(
            found.iter().map(|(city, _)| city.as_str()).collect::<Vec<_>>(),
            ["seoul", "seoul", "toronto", "toronto"]
        );
        found.dedup();
        assert!(found.len() == 4 && found.iter().all(|(_, account)| both.contains(&account)), "{found:?}");
        assert_eq!(acts(&city, "city.assigned").await, 4);
        for reader in &readers[..2] {
            let written = letters(&city, reader).await;
            assert_eq!(written.len(), 1, "{written:?}");
            assert!(written[0].contains("2 cities to read") && written[0].contains("Seoul, Toronto"), "{}", written[0]);
            assert!(written[0].contains("/survey/desk") && !written[0].contains("Lima"));
        }
        assert!(letters(&city, &readers[2]).await.is_empty());
        let nothing = city.by(&kim).get("/survey/office/pilot/assign?lang=en").await;
        assert!(nothing.text.contains("There is nothing to give") && !nothing.text.contains("name=\"plan\""));
        let out = format!("/survey/office/pilot/evaluators/{}/remove?lang=en", readers[0].account);
        let busy = city.by(&kim).post(&out, &[]).await;
        assert_eq!(busy.status, 409);
        assert!(busy.text.contains("This evaluator has cities"));
    })
    .await;
}

#[tokio::test]
async fn a_city_is_given_by_hand_and_taken_back_until_something_is_coded() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let Pilot { kim, readers } = pilot(&city).await;
        let here = "/survey/office/pilot/readers/lima?lang=en";
        assert!(city.by(&kim).get(here).await.text.contains("Nobody in this round reads the city"));
        let unread = city.by(&kim).post(here, &[("account", &readers[0].account)]).await;
        assert_eq!(unread.status, 422, "who does not read Spanish gets no Spanish city");
        add(&city, &kim, &readers[0].email, "ko,es").await;
        assert_eq!(city.by(&kim).post(here, &[("account", &readers[0].account)]).await.status, 303);
        let twice = city.by(&kim).post(here, &[("account", &readers[0].account)]).await;
        assert_eq!(twice.status, 422, "nobody reads a city twice");

        let rows = city.city.store.all("SELECT id FROM survey_assignment", &[]).await.expect("rows");
        let id = rows[0].text("id").expect("id");
        let take = "/survey/office/pilot/readers/lima/take?lang=en";
        assert_eq!(city.by(&kim).post(take, &[("assignment", &id)]).await.status, 303);
        assert_eq!((assigned(&city).await.len(), acts(&city, "city.unassigned").await), (0, 1));
        assert_eq!(city.by(&kim).post(take, &[("assignment", &id)]).await.status, 404);

        city.by(&kim).post(here, &[("account", &readers[0].account)]).await;
        let rows = city.city.store.all("SELECT id FROM survey_assignment", &[]).await.expect("rows");
        let id = rows[0].text("id").expect("id");
        let mut tx = city.city.store.begin().await.expect("begins");
        let code = "INSERT INTO survey_code (assignment, criterion, state, value, note, flagged, cited, blind_state, blind_value, version, coded_at)
            VALUES ($1, 'PS01', 'found', $2, '', FALSE, '[]', 'found', $2, 1, $2)";
        tx.exec(code, &[text(&id), int(1)]).await.expect("a code");
        tx.commit().await.expect("commits");
        let coded = city.by(&kim).post(take, &[("assignment", &id)]).await;
        assert_eq!(coded.status, 409);
        assert!(coded.text.contains("has begun to code") && assigned(&city).await.len() == 1);
    })
    .await;
}

#[tokio::test]
async fn a_round_that_is_no_longer_coded_gives_no_cities_and_takes_nobody() {
    let (city, _folder) = crate::city().await;
    let Pilot { kim, readers } = pilot(&city).await;
    let seen = city.by(&kim).get("/survey/office/pilot/assign?lang=en").await;
    let mut tx = city.city.store.begin().await.expect("begins");
    tx.exec("UPDATE survey_round SET stage = 'replying'", &[]).await.expect("moved");
    tx.commit().await.expect("commits");
    let late = city.by(&kim).post("/survey/office/pilot/assign?lang=en", &[("plan", &mark(&seen))]).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("This round gives no more cities"));
    let hand = city.by(&kim).post("/survey/office/pilot/readers/seoul", &[("account", &readers[0].account)]).await;
    assert_eq!(hand.status, 409);
    assert_eq!(add(&city, &kim, &readers[0].email, "fr").await.status, 409);
    assert!(assigned(&city).await.is_empty());
}

#[tokio::test]
async fn programs_read_who_has_which_city_and_others_do_not() {
    let (city, _folder) = crate::city().await;
    let Pilot { kim, readers } = pilot(&city).await;
    give(&city, &kim).await;
    let here = "/api/v1/survey/rounds/pilot/assignments";
    let list = city.by(&kim).get(here).await.json();
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 4);
    assert!(list.iter().all(|one| one["done_at"].is_null() && ["first", "second"].contains(&one["seat"].as_str().expect("a seat"))));
    assert_eq!(city.by(&readers[0]).get(here).await.status, 403, "evaluators are blind of each other");
    assert_eq!(city.get(here).await.status, 401);
    assert_eq!(city.by(&kim).get("/api/v1/survey/rounds/none/assignments").await.status, 404);
}

#[tokio::test]
async fn every_page_of_evaluators_speaks_english_and_korean() {
    let (city, _folder) = crate::city().await;
    let Pilot { kim, .. } = pilot(&city).await;
    for path in ["evaluators", "readers", "assign", "readers/seoul"] {
        for language in ["en", "ko"] {
            let page = city.by(&kim).get(&format!("/survey/office/pilot/{path}?lang={language}")).await;
            assert_eq!(page.status, 200, "{path}");
            let mut texts = page.text.split(['<', '>', '"']);
            assert_eq!(
                texts.find(|text| text.trim().starts_with("survey-") && !text.contains(' ')),
                None,
                "{path} {language}"
            );
        }
    }
}
