//! A round of two cities in a test: readers, answers, stages, put straight into the tables.

use kernel_base::Instant;
use kernel_identity::Role;
use kernel_store::{Value, int, text};
use survey_instrument::{DEFAULT, Instrument};
use testkit::{Person, TestCity};

pub struct TestRound {
    pub kim: Person,
    pub readers: [Person; 3],
    pub instrument: &'static Instrument,
}

pub const ASSIGNED: [&str; 2] = ["as_first", "as_second"];

async fn put(city: &TestCity, sql: &'static str, values: &[Value]) {
    let mut tx = city.city.store.begin().await.expect("begins");
    tx.exec(sql, values).await.unwrap_or_else(|cause| panic!("{sql}: {cause}"));
    tx.commit().await.expect("commits");
}

/// The round `2026` in coding: `seoul` is read by A and B, `lima` by nobody; C reads Korean too and has nothing to do.
pub async fn open(city: &TestCity) -> TestRound {
    let kim = city.somebody("Kim Minsu", Role::Coordinator).await;
    let readers = [
        city.somebody("Ahn One", Role::Evaluator).await,
        city.somebody("Bae Two", Role::Evaluator).await,
        city.somebody("Cho Three", Role::Evaluator).await,
    ];
    let now = city.city.clock.now().0;
    let values = [text(DEFAULT), text(&kim.account), int(now)];
    put(city, "INSERT INTO survey_round (id, slug, title, instrument, version, stage, machine_shown, threshold, reply_days, budget, capture_paused, opened_by, opened_at)
        VALUES ('ro_1', '2026', 'Round of 2026', $1, '1', 'coding', FALSE, 100, 21, 400, FALSE, $2, $3)", &values).await;
    let contact = city.city.secrets.seal("survey-contact", b"desk@seoul.example", &*city.city.random).expect("seals");
    for (id, slug, name, languages, contact) in
        [("rc_1", "seoul", "Seoul", "ko,en", contact.as_str()), ("rc_2", "lima", "Lima", "es", "")]
    {
        let values = [
            text(id),
            text(slug),
            text(name),
            text(languages),
            text(format!("https://{slug}.example/")),
            text(contact),
        ];
        put(city, "INSERT INTO survey_round_city (id, round, slug, name, country, region, oecd, languages, address, contact, capture, capture_note, pages_known, pages_read, capture_tries)
            VALUES ($1, 'ro_1', $2, $3, 'KR', 'asia', TRUE, $4, $5, $6, 'assessed', '', 0, 0, 0)", &values).await;
    }
    for reader in &readers {
        let values = [text(&reader.account), int(now)];
        put(
            city,
            "INSERT INTO survey_evaluator (round, account, languages, added_at) VALUES ('ro_1', $1, 'ko', $2)",
            &values,
        )
        .await;
    }
    let round = TestRound { kim, readers, instrument: Instrument::load(DEFAULT).expect("the instrument") };
    for (id, seat, reader) in [(ASSIGNED[0], "first", 0), (ASSIGNED[1], "second", 1)] {
        assign(city, id, seat, &round.readers[reader].account).await;
    }
    round
}

pub async fn assign(city: &TestCity, id: &str, seat: &str, account: &str) {
    let values = [text(id), text(account), text(seat), int(city.city.clock.now().0)];
    put(city, "INSERT INTO survey_assignment (id, round, city, account, seat, given_at) VALUES ($1, 'ro_1', 'rc_1', $2, $3, $4)", &values).await;
}

/// Answers every criterion with the points that `points` says of its place and its most.
pub async fn code(city: &TestCity, round: &TestRound, assignment: &str, points: impl Fn(usize, i64) -> i64) {
    let mut tx = city.city.store.begin().await.expect("begins");
    for (place, criterion) in round.instrument.criteria.iter().enumerate() {
        let value = int(points(place, criterion.scale.max().into()));
        let cited = "[\"https://seoul.example/page\",\"javascript:alert(1)\"]";
        let values = [
            text(assignment),
            text(&criterion.id),
            value,
            text(format!("note <b>{assignment}</b>")),
            text(cited),
            int(0),
        ];
        tx.exec("INSERT INTO survey_code (assignment, criterion, state, value, note, flagged, cited, blind_state, blind_value, version, coded_at)
            VALUES ($1, $2, 'found', $3, $4, FALSE, $5, 'found', $3, 1, $6)", &values).await.expect("codes");
    }
    tx.commit().await.expect("commits");
}

pub async fn hand_in(city: &TestCity, assignment: &str) {
    put(city, "UPDATE survey_assignment SET done_at = 1 WHERE id = $1", &[text(assignment)]).await;
}

pub async fn set_stage(city: &TestCity, stage: &str, replies_until: Option<Instant>) {
    let values = [text(stage), Value::from(replies_until.map(|at| at.0))];
    put(city, "UPDATE survey_round SET stage = $1, replies_until = $2", &values).await;
}

/// Both have handed in; they differ in the first `apart` criteria, where B gives nothing.
pub async fn handed_in(city: &TestCity, apart: usize) -> TestRound {
    let round = open(city).await;
    code(city, &round, ASSIGNED[0], |_, most| most).await;
    code(city, &round, ASSIGNED[1], |place, most| if place < apart { 0 } else { most }).await;
    for assignment in ASSIGNED {
        hand_in(city, assignment).await;
    }
    round
}
