//! Sites of a round are captured by whoever is free, held, killed and gone on with.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Html;
use survey_instrument::{DEFAULT, Instrument};
use system_survey::capture;
use system_survey::round::{Capture, CityDraft, Region, Round, RoundCity, Rules, Stage, store};
use testkit::{TestCity, on_both_engines};

const SYSTEMS: fn() -> Vec<kernel_web::System> = || vec![system_survey::SYSTEM];

/// A small site of 30 pages that counts what it is asked for.
async fn site(slow: Duration) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let page = move |State(asked): State<Arc<AtomicUsize>>, uri: Uri| async move {
        if uri.path() != "/robots.txt" {
            asked.fetch_add(1, Ordering::SeqCst);
        }
        tokio::time::sleep(slow).await;
        let links: String = (0..30).map(|n| format!("<a href=\"/page/{n}\">Page {n}</a> ")).collect();
        Html(format!(
            "<html lang=en><title>City {0}</title><h1>City</h1><p>Privacy policy of page {0}</p>{links}</html>",
            uri.path()
        ))
    };
    let router = Router::new().fallback(page).with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

/// Waits until the site was asked so often.
async fn reached(asked: &AtomicUsize, often: usize) {
    while asked.load(Ordering::SeqCst) < often {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn round_of(city: &TestCity, addresses: &[&str]) -> Round {
    let round = Round {
        id: "rd_1".to_owned(),
        slug: "pilot".to_owned(),
        title: "Pilot".to_owned(),
        instrument: Instrument::load(DEFAULT).expect("the instrument"),
        stage: Stage::Preparing,
        rules: Rules { budget: 40, ..Rules::default() },
        capture_paused: false,
        opened_by: "ac_1".to_owned(),
        opened_at: city.city.clock.now(),
        coding_at: None,
        replies_until: None,
        closed_at: None,
        published_at: None,
    };
    let mut tx = city.city.store.begin().await.expect("a transaction");
    store::insert_round(&mut tx, &round).await.expect("a round");
    for (n, address) in addresses.iter().enumerate() {
        let draft = CityDraft {
            slug: format!("city-{n}"),
            name: format!("City {n}"),
            country: "KR".to_owned(),
            region: Region::Asia,
            oecd: true,
            languages: vec!["en".to_owned()],
            address: (*address).to_owned(),
            position: None,
            contact: String::new(),
        };
        store::insert_city(&mut tx, &format!("rc_{n}"), &round.id, &draft, "").await.expect("a city");
    }
    tx.commit().await.expect("committed");
    round
}

async fn state(city: &TestCity, id: &str) -> RoundCity {
    store::city_by_id(&city.city.store, id).await.expect("asked").expect("a city")
}

async fn entries(city: &TestCity, act: &'static str) -> usize {
    let rows = city.city.store.all("SELECT act FROM record_audit", &[]).await.expect("rows");
    rows.iter().filter(|row| row.text("act").expect("act") == act).count()
}

#[tokio::test]
async fn every_city_is_captured_once_and_judged_however_many_work_on_it() {
    on_both_engines(SYSTEMS(), async |city| {
        let (first, second) = (site(Duration::ZERO).await, site(Duration::ZERO).await);
        let round = round_of(&city, &[&first.0, &second.0]).await;
        assert_eq!(capture::start(&city.city, None, &round).await.expect("queued"), 2);
        assert_eq!(capture::start(&city.city, None, &round).await.expect("queued again"), 2);
        tokio::join!(city.labour(), city.labour(), city.labour());
        for id in ["rc_0", "rc_1"] {
            let one = state(&city, id).await;
            assert_eq!((one.capture.state, one.capture.tries), (Capture::Assessed, 1), "{}", one.capture.note);
            assert!(one.capture.pages_read >= 30 && one.capture.evidence_bytes > Some(0));
            let report = store::report(&city.city.store, id).await.expect("asked").expect("a report");
            assert!(report.contains("\"PS01\""));
        }
        assert_eq!(entries(&city, "city.captured").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_killed_capture_goes_on_where_its_archive_ends() {
    let (city, _folder) = crate::city().await;
    let (address, asked) = site(Duration::from_millis(40)).await;
    let round = round_of(&city, &[&address]).await;
    capture::start(&city.city, None, &round).await.expect("queued");
    tokio::select! {
        _ = city.labour() => panic!("it was still at work"),
        () = reached(&asked, 6) => {}
    }
    assert_eq!(state(&city, "rc_0").await.capture.state, Capture::Capturing);
    // The lease of the dead worker ends.
    city.clock.forward_days(1);
    city.labour().await;
    let one = state(&city, "rc_0").await;
    assert_eq!(one.capture.state, Capture::Assessed, "{}", one.capture.note);
    let archive = survey_archive::Archive::open(&capture::evidence(&capture::Settings::of(&city.city), &round, &one))
        .expect("an archive");
    let mut pages: Vec<String> =
        archive.responses().map(|response| response.expect("whole").url).filter(|url| url.contains("/page/")).collect();
    let all = pages.len();
    pages.sort();
    pages.dedup();
    assert_eq!((pages.len(), all), (30, 30), "every page stands in the archive once");
    assert_eq!(entries(&city, "city.captured").await, 1);
}

#[tokio::test]
async fn a_paused_round_stops_politely_and_goes_on_when_it_is_started_again() {
    let (city, _folder) = crate::city().await;
    let (address, asked) = site(Duration::from_millis(800)).await;
    let round = round_of(&city, &[&address]).await;
    capture::start(&city.city, None, &round).await.expect("queued");
    let pausing = async {
        reached(&asked, 3).await;
        capture::pause(&city.city, None, &round).await.expect("paused");
    };
    tokio::join!(city.labour(), pausing);
    let one = state(&city, "rc_0").await;
    assert_eq!((one.capture.state, one.capture.tries), (Capture::Waiting, 0), "a pause is no try");
    capture::start(&city.city, None, &round).await.expect("on it goes");
    city.labour().await;
    assert_eq!(state(&city, "rc_0").await.capture.state, Capture::Assessed);
}

#[tokio::test]
async fn a_site_that_never_answers_rests_after_three_tries_and_says_why() {
    let (city, _folder) = crate::city().await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", gone.local_addr().expect("an address"));
    drop(gone);
    let round = round_of(&city, &[&address]).await;
    capture::start(&city.city, None, &round).await.expect("queued");
    for _ in 0..3 {
        city.labour().await;
        city.clock.forward_days(1);
    }
    let one = state(&city, "rc_0").await;
    assert_eq!((one.capture.state, one.capture.tries), (Capture::Failed, 3));
    assert!(one.capture.note.contains("No page could be read"), "{}", one.capture.note);
    assert_eq!(city.labour().await, 0, "it rests");
    capture::again(&city.city, None, &one).await.expect("asked again");
    city.labour().await;
    assert_eq!(state(&city, "rc_0").await.capture.tries, 1);
}
