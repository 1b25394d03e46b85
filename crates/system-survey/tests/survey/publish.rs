//! What a closed round publishes: worked out by hand on three cities, kept once, drawn on pages and in files.

use std::collections::BTreeMap;

use kernel_base::Instant;
use kernel_identity::Role;
use serde_json::json;
use survey_archive::{WarcInfo, Writer};
use survey_instrument::Instrument;
use system_survey::capture::{Settings, evidence};
use system_survey::publish::publish;
use system_survey::reading::{Answer, Assignment, Code, Seat, Settlement, store as reading};
use system_survey::round::{CityDraft, Region, Round, Rules, Stage, store};
use testkit::{TestCity, on_both_engines};

const SYSTEMS: fn() -> Vec<kernel_web::System> = || vec![system_survey::SYSTEM];

fn instrument() -> &'static Instrument {
    Instrument::load("global-2009").expect("the instrument")
}

fn answer(criterion: &str, state: &str, value: Option<i64>) -> Answer {
    Answer::new(instrument().criterion(criterion).expect("a criterion"), state, value).expect("an answer")
}

/// What one reader says beside "not found" everywhere.
type Said = [(&'static str, &'static str, Option<i64>)];

/// A round of three cities, closed. Alpha: PS01 1 and 1, PS02 1 and 0. Beta: PS01 is not its task, PS02 1 and 1. Gamma:
/// PS01 0 and 1, settled as 1.
async fn closed(city: &TestCity, slug: &str, opened_at: i64) -> Round {
    let round = Round {
        id: format!("rd_{slug}"),
        slug: slug.to_owned(),
        title: format!("Round {slug}"),
        instrument: instrument(),
        stage: Stage::Closed,
        rules: Rules::default(),
        capture_paused: false,
        opened_by: "ac_1".to_owned(),
        opened_at: Instant(opened_at),
        coding_at: None,
        replies_until: None,
        closed_at: None,
        published_at: None,
    };
    let mut tx = city.city.store.begin().await.expect("a transaction");
    store::insert_round(&mut tx, &round).await.expect("a round");
    let one = Some(1);
    let cities: [(&str, Region, [&Said; 2]); 3] = [
        ("alpha", Region::Asia, [&[("PS01", "found", one), ("PS02", "found", one)], &[("PS01", "found", one)]]),
        (
            "beta",
            Region::Europe,
            [
                &[("PS01", "not_this_city", None), ("PS02", "found", one)],
                &[("PS01", "not_this_city", None), ("PS02", "found", one)],
            ],
        ),
        ("gamma", Region::Europe, [&[], &[("PS01", "found", one)]]),
    ];
    for (name, region, said) in cities {
        let id = format!("rc_{slug}_{name}");
        store::insert_city(&mut tx, &id, &round.id, &draft(name, region), "").await.expect("a city");
        for (seat, said) in [Seat::First, Seat::Second].into_iter().zip(said) {
            read(&mut tx, &round, &id, seat, said).await;
        }
    }
    let settled = Settlement {
        id: format!("se_{slug}"),
        city: format!("rc_{slug}_gamma"),
        criterion: "PS01".to_owned(),
        answer: answer("PS01", "found", one),
        reason: "=The policy is behind a link".to_owned(),
        settled_by: "ac_9".to_owned(),
        settled_at: Instant(opened_at),
    };
    reading::settle(&mut tx, &settled).await.expect("settled");
    tx.commit().await.expect("committed");
    round
}

fn draft(name: &str, region: Region) -> CityDraft {
    CityDraft {
        slug: name.to_owned(),
        name: name[..1].to_uppercase() + &name[1..],
        country: "KR".to_owned(),
        region,
        oecd: region == Region::Asia,
        languages: vec!["ko".to_owned()],
        address: format!("https://{name}.example/"),
        position: Some((37.5, 127.0)),
        contact: String::new(),
    }
}

async fn read(tx: &mut kernel_store::Tx, round: &Round, city: &str, seat: Seat, said: &Said) {
    let given = Assignment {
        id: format!("as_{city}_{}", seat.word()),
        round: round.id.clone(),
        city: city.to_owned(),
        account: format!("ac_{}", seat.word()),
        seat,
        given_at: round.opened_at,
        done_at: None,
    };
    reading::assign(tx, &given).await.expect("assigned");
    for criterion in &instrument().criteria {
        let found = said.iter().find(|(id, _, _)| *id == criterion.id);
        let (state, value) = found.map_or(("not_found", None), |(_, state, value)| (*state, *value));
        let answer = answer(&criterion.id, state, value);
        let code = Code {
            assignment: given.id.clone(),
            criterion: criterion.id.clone(),
            answer,
            note: "nobody's business".to_owned(),
            flagged: false,
            cited: Vec::new(),
            blind: answer,
            machine_seen_at: None,
            version: 0,
            coded_at: round.opened_at,
        };
        assert!(reading::keep_code(tx, &code, true).await.expect("kept"));
    }
}

const ADDRESS: &str = "/survey/office/pilot/publish";

#[tokio::test]
async fn a_closed_round_is_published_once_and_says_what_was_worked_out_by_hand() {
    on_both_engines(SYSTEMS(), async |city| {
        let now = city.city.clock.now().0;
        closed(&city, "pilot", now).await;
        let coordinator = city.somebody("Coordinator", Role::Coordinator).await;
        assert_eq!(city.get("/survey/rounds/pilot").await.status, 404, "nothing before it is published");
        let preview = city.by(&coordinator).get(&format!("{ADDRESS}?lang=en")).await;
        assert_eq!(preview.status, 200, "{}", preview.text);
        for wanted in ["Publish Round pilot", "Alpha", "1.20", "Publish for good"] {
            assert!(preview.text.contains(wanted), "{wanted}");
        }
        let done = city.by(&coordinator).post(ADDRESS, &[("doi", "10.5281/zenodo.1")]).await;
        assert_eq!((done.status, done.header("location")), (303, "/survey/rounds/pilot"));
        assert_eq!(city.by(&coordinator).post(ADDRESS, &[]).await.status, 409, "once and for all");

        let results = city.get("/api/v1/survey/rounds/pilot").await.json();
        let league: Vec<_> = results["cities"]
            .as_array()
            .expect("cities")
            .iter()
            .map(|one| (&one["slug"], &one["rank"], &one["score"]["exact"]))
            .collect();
        // 20 · (1 + 1/2) / 25, 20 · 1 / 24 (a criterion less), 20 · 1 / 25.
        assert_eq!(json!(league), json!([["alpha", 1, "6/5"], ["beta", 2, "5/6"], ["gamma", 3, "4/5"]]));
        assert_eq!(results["averages"][0]["score"], json!({ "exact": "17/18", "rounded": 0.94 }));
        assert_eq!(results["round"]["doi"], "10.5281/zenodo.1");
        let store = &city.city.store;
        let count = async |sql: &'static str| store.all(sql, &[]).await.expect("read").len();
        assert_eq!(count("SELECT id FROM record_audit WHERE act = 'round.published'").await, 1);
        assert_eq!(count("SELECT id FROM record_fact WHERE name = 'round_published'").await, 1);
        assert_eq!(count("SELECT id FROM survey_round WHERE stage = 'published'").await, 1);
        assert!(!city.get("/survey/rounds/pilot/data/round.json").await.text.contains("nobody's business"));
    })
    .await;
}

#[tokio::test]
async fn only_a_coordinator_publishes_and_only_a_closed_round() {
    let (city, _folder) = crate::city().await;
    let round = closed(&city, "pilot", city.city.clock.now().0).await;
    let evaluator = city.somebody("Evaluator", Role::Evaluator).await;
    assert_eq!(city.by(&evaluator).post(ADDRESS, &[]).await.status, 403);
    let coordinator = city.somebody("Coordinator", Role::Coordinator).await;
    let wrong = city.by(&coordinator).post(&format!("{ADDRESS}?lang=en"), &[("doi", "https://doi.org/10.1/x")]).await;
    assert!(
        wrong.status == 422
            && wrong.text.contains("https://doi.org/10.1/x")
            && wrong.text.contains("A DOI begins with 10.")
    );
    let mut tx = city.city.store.begin().await.expect("a transaction");
    tx.exec("UPDATE survey_round SET stage = 'replying' WHERE id = 'rd_pilot'", &[]).await.expect("moved");
    tx.commit().await.expect("committed");
    let early = city.by(&coordinator).post(&format!("{ADDRESS}?lang=en"), &[]).await;
    assert_eq!(early.status, 409, "{}", early.text);
    assert_eq!(city.get(&round.href()).await.status, 404);
}

/// A city with the round published.
async fn published() -> (TestCity, tempfile::TempDir) {
    let (city, folder) = crate::city().await;
    let now = city.city.clock.now().0;
    for (slug, opened) in [("first", now - 1), ("pilot", now)] {
        closed(&city, slug, opened).await;
        let done = publish(&city.city, slug, None, None).await.expect("published");
        assert_eq!(done, Ok(()));
        city.clock.forward_days(1);
    }
    (city, folder)
}

#[tokio::test]
async fn the_picture_of_best_practice_comes_out_of_the_archive_and_only_a_picture_does() {
    let (city, _folder) = crate::city().await;
    let round = closed(&city, "pilot", city.city.clock.now().0).await;
    let shown = |criterion: &str| {
        let evidence = json!({ "url": "https://alpha.example/", "record": "<urn:uuid:1>", "quote": "<b>Your data</b>", "screenshot": criterion });
        json!({ "id": criterion, "value": 1, "state": "found", "confidence": 0.9, "decided": "automatic", "reason": "It is there.", "evidence": [evidence] })
    };
    let report = json!({ "schema": "madang-report-1", "criteria": [shown("PS01"), shown("PS02")] }).to_string();
    let mut tx = city.city.store.begin().await.expect("a transaction");
    store::keep_report(&mut tx, "rc_pilot_alpha", &report, city.city.clock.now()).await.expect("kept");
    tx.commit().await.expect("committed");
    let settings = Settings::of(&city.city);
    let alpha = store::city_by_slug(&city.city.store, &round.id, "alpha").await.expect("read").expect("a city");
    let archive = evidence(&settings, &round, &alpha);
    std::fs::create_dir_all(archive.parent().expect("a folder")).expect("made");
    let mut writer = Writer::create(&archive, &WarcInfo::new("test")).expect("an archive");
    let picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    writer.resource("PS01", "image/jpeg", &picture).expect("written");
    writer.resource("PS02", "image/jpeg", b"<script>alert(1)</script>").expect("written");
    writer.finish().expect("finished");

    let done = publish(&city.city, "pilot", None, None).await.expect("published");
    assert_eq!((done, city.labour().await), (Ok(()), 1));
    let served = city.get("/survey/rounds/pilot/pictures/PS01").await;
    assert_eq!(
        (served.status, served.header("content-type"), served.bytes.as_slice()),
        (200, "image/jpeg", &picture[..])
    );
    assert_eq!(city.get("/survey/rounds/pilot/pictures/PS02").await.status, 404);
    let page = city.get("/survey/rounds/pilot/criteria/PS01?lang=en").await.text;
    assert!(page.contains("/survey/rounds/pilot/pictures/PS01") && page.contains("&lt;b&gt;Your data&lt;/b&gt;"));
    let other = city.get("/survey/rounds/pilot/criteria/PS02?lang=en").await.text;
    assert!(!other.contains("<img"), "no picture, no broken one");
}

#[tokio::test]
async fn every_page_of_a_round_answers_in_both_languages_and_leads_on() {
    let (city, _folder) = published().await;
    let pages = ["", "/criteria", "/criteria/PS01", "/method", "/reliability", "/data", "/cities/alpha"];
    for page in pages {
        for language in ["en", "ko"] {
            let answer = city.get(&format!("/survey/rounds/pilot{page}?lang={language}")).await;
            assert_eq!(answer.status, 200, "{page} {language}: {}", answer.text);
            assert!(!answer.text.contains("survey-publish"), "{page} {language}: a message is missing");
        }
    }
    for missing in ["/cities/nowhere", "/criteria/XX01", "/data/secrets.csv", "/cities/alpha.pdf", "/pictures/PS01"] {
        assert_eq!(city.get(&format!("/survey/rounds/pilot{missing}")).await.status, 404, "{missing}");
    }
    let league = city.get("/survey/rounds/pilot?lang=en").await.text;
    for wanted in ["Alpha", "1.20", "Change since Round first", "<circle", "/survey/rounds/pilot/cities/alpha"] {
        assert!(league.contains(wanted), "{wanted}");
    }
    let card = city.get("/survey/rounds/pilot/cities/gamma?lang=en").await.text;
    assert!(card.contains("=The policy is behind a link") && card.contains("settled"));
    let front = city.get("/survey?lang=en").await.text;
    assert!(front.contains("/survey/rounds/pilot") && city.get("/survey/rounds").await.text.contains("Round first"));
    let found = city.get("/search?q=Gamma&lang=en").await.text;
    assert!(found.contains("/survey/rounds/pilot/cities/gamma"), "the search finds scorecards");
}

#[tokio::test]
async fn published_pages_are_in_the_site_map_and_countries_have_names() {
    let (city, _folder) = published().await;
    let map = city.get("/sitemap.xml").await.text;
    let places: Vec<&str> = map.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    for rest in ["", "/criteria/PS01", "/method", "/data", "/cities/alpha"] {
        let wanted = format!("/survey/rounds/pilot{rest}");
        let place = places.iter().find(|place| place.ends_with(&wanted)).unwrap_or_else(|| panic!("{wanted}: {map}"));
        assert_eq!(city.get(&place[place.find("/survey").expect("a path")..]).await.status, 200, "{place}");
    }
    assert!(!map.contains("/survey/rounds/none"));
    let league = city.get("/survey/rounds/pilot?lang=ko").await.text;
    assert!(league.contains("대한민국"), "{league}");
}

#[tokio::test]
async fn files_hold_what_the_pages_show_and_describe_themselves() {
    let (city, _folder) = published().await;
    let file = async |name: &str| city.get(&format!("/survey/rounds/pilot/data/{name}")).await;
    let ranks = file("ranks.csv").await;
    assert_eq!(ranks.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(ranks.header("link").contains("csv-metadata.json"));
    assert!(ranks.text.contains("\r\nalpha,1,"), "{}", ranks.text);
    let codes = file("codes.csv").await.text;
    assert!(
        codes.contains("alpha,PS02,A,found,1,found,1\r\n") && codes.contains("alpha,PS02,B,not_found,,not_found,\r\n")
    );
    assert!(file("final.csv").await.text.contains("alpha,PS02,found,1/2,mean\r\n"));
    assert!(file("settlements.csv").await.text.contains("gamma,PS01,found,1,'=The policy"), "no formula");
    assert!(file("scores.csv").await.text.contains("beta,total,,,5/6,0.83\r\n"));
    let described = file("csv-metadata.json").await.json();
    for table in described["tables"].as_array().expect("tables") {
        let name = table["url"].as_str().expect("a name");
        let header: Vec<&str> = table["tableSchema"]["columns"]
            .as_array()
            .expect("columns")
            .iter()
            .filter_map(|column| column["name"].as_str())
            .collect();
        assert_eq!(file(name).await.text.lines().next(), Some(header.join(",").as_str()), "{name}");
    }
    assert_eq!(file("datacite.json").await.json()["types"]["resourceTypeGeneral"], "Dataset");
    assert!(file("citation.bib").await.text.starts_with("@misc{survey-pilot,"));
    assert!(file("CITATION.cff").await.text.contains("license: CC-BY-4.0"));
    let same = city.get("/api/v1/survey/rounds/pilot").await.text;
    assert_eq!(file("round.json").await.text, same);
}

#[tokio::test]
async fn the_document_keeps_its_form() {
    let (city, _folder) = published().await;
    let mut results = city.get("/api/v1/survey/rounds/pilot").await.json();
    // One category, one city and its first criteria stand for all.
    let few = |list: &mut serde_json::Value, most: usize| {
        if let Some(list) = list.as_array_mut() {
            list.truncate(most);
        }
    };
    for (key, most) in
        [("criteria", 2), ("averages", 2), ("cities", 1), ("best", 1), ("reliability", 2), ("changes", 1)]
    {
        few(&mut results[key], most);
    }
    few(&mut results["cities"][0]["answers"], 2);
    few(&mut results["changes"][0]["cities"], 1);
    results["statistics"]["software"] = "of the day".into();
    let sorted: BTreeMap<String, serde_json::Value> = serde_json::from_value(results).expect("an object");
    insta::assert_snapshot!(serde_json::to_string_pretty(&sorted).expect("text"));
}
