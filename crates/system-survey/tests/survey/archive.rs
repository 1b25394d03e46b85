//! Archived pages: who sees them, what is left of them, and what they may do (nothing).

use kernel_base::Instant;
use kernel_identity::Role;
use kernel_store::{int, text};
use survey_archive::notes::{Note, PageNote};
use survey_archive::{Exchange, WarcInfo, Writer};
use system_survey::capture::{Settings, evidence};
use system_survey::round::{Capture, Progress, Round, RoundCity, store};
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::office::{FORM, bring};

const LIST: &str = "name,country,region,oecd,languages,address\n\
    Seoul,KR,asia,yes,ko en,https://seoul.example/\n\
    Lima,PE,south_america,no,es,https://lima.example/\n";

const HOME: &str = "<html lang=ko><head><title>Seoul &amp; you</title><base href='https://evil.example/'>
    <meta http-equiv=refresh content='0;url=https://evil.example/'><link rel=stylesheet href='https://seoul.example/a.css'></head>
    <body onload='steal()'><script>steal()</script><h1>Welcome</h1>
    <a href='https://seoul.example/old'>Budget</a> <a href='javascript:steal()'>News</a> <a href='https://evil.example/x'>Away</a>
    <svg><script>steal()</script></svg><img src='https://seoul.example/a.png' onerror='steal()' alt='City hall'>
    <form action='https://evil.example/'><input name=password></form></body></html>";
const PICTURE: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

struct Held {
    kim: Person,
    reader: Person,
    other: Person,
    seoul: RoundCity,
    round: Round,
}

fn write(path: &std::path::Path, home: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let _ = std::fs::remove_file(path);
    let mut writer = Writer::create(path, &WarcInfo::new("test")).expect("an archive");
    let date = "2026-11-24T01:02:03Z";
    let html = [("content-type", "text/html; charset=utf-8")];
    let mut put = |url: &str, status, headers: &[(&str, &str)], body: &[u8]| {
        writer.exchange(&Exchange::from_parts(url, date, status, headers, body)).expect("written")
    };
    put("https://seoul.example/", 200, &html, home.as_bytes());
    let budget = put("https://seoul.example/budget?y=2026&m=1", 200, &html, b"<title>Budget</title><p>As sent</p>");
    put("https://seoul.example/old", 301, &[("location", "/budget?y=2026&m=1#top")], b"");
    put("https://seoul.example/gone", 404, &html, b"<title>Gone</title>");
    put(
        "https://seoul.example/a.css",
        200,
        &[("content-type", "text/css")],
        b"h1 { color: red } </style><script>steal()</script>",
    );
    put("https://seoul.example/a.png", 200, &[("content-type", "image/png")], b"png");
    let report =
        put("https://seoul.example/r%C3%A9port%201.pdf", 200, &[("content-type", "application/pdf")], b"%PDF-1");
    let budget_url = "https://seoul.example/budget?y=2026&m=1";
    writer
        .conversion(
            budget_url,
            Some(&budget),
            "text/html; charset=utf-8",
            b"<title>Budget</title><p onclick=x>As seen</p>",
        )
        .expect("written");
    writer
        .conversion(
            "https://seoul.example/r%C3%A9port%201.pdf",
            Some(&report),
            "text/plain; charset=utf-8",
            b"Yearly <b>report</b>",
        )
        .expect("written");
    writer.resource(&format!("urn:madang:screenshot:{budget_url}"), "image/jpeg", PICTURE).expect("written");
    writer
        .resource("urn:madang:screenshot:https://seoul.example/", "image/jpeg", b"<script>no picture</script>")
        .expect("written");
    let note = PageNote {
        url: budget_url.to_owned(),
        title: "Budget 2026".to_owned(),
        screenshot: Some("x".to_owned()),
        ..PageNote::default()
    };
    writer.note(&Note::Page(Box::new(note))).expect("written");
    writer.finish().expect("finished");
}

async fn assessed(city: &TestCity, one: &RoundCity, digest: &str) {
    let progress =
        Progress { state: Capture::Assessed, evidence_digest: Some(digest.to_owned()), ..one.capture.clone() };
    let mut tx = city.city.store.begin().await.expect("begins");
    store::progress(&mut tx, &one.id, &progress).await.expect("noted");
    tx.commit().await.expect("commits");
}

async fn held(city: &TestCity) -> Held {
    let kim = city.somebody("Kim Coordinator", Role::Coordinator).await;
    city.by(&kim).post("/survey/office/new", &FORM).await;
    assert_eq!(bring(city, &kim, LIST).await.status, 303);
    let portal = &city.city;
    let round = store::round_by_slug(&portal.store, "pilot").await.expect("asked").expect("a round");
    let seoul = store::city_by_slug(&portal.store, &round.id, "seoul").await.expect("asked").expect("a city");
    write(&evidence(&Settings::of(portal), &round, &seoul), HOME);
    assessed(city, &seoul, "aa").await;
    let (reader, other) =
        (city.somebody("Ahn One", Role::Evaluator).await, city.somebody("Bae Two", Role::Evaluator).await);
    let lima = store::city_by_slug(&portal.store, &round.id, "lima").await.expect("asked").expect("a city");
    let mut tx = portal.store.begin().await.expect("begins");
    for (id, place, who) in [("as_1", &seoul, &reader), ("as_2", &lima, &other)] {
        let values = [text(id), text(&round.id), text(&place.id), text(&who.account), int(0)];
        tx.exec("INSERT INTO survey_assignment (id, round, city, account, seat, given_at) VALUES ($1, $2, $3, $4, 'first', $5)", &values).await.expect("given");
    }
    tx.commit().await.expect("commits");
    Held { kim, reader, other, seoul, round }
}

fn at(held: &Held, what: &str, address: &str) -> String {
    let address: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
    format!("/survey/archive/{}/{what}?url={address}", held.seoul.id)
}

fn is_sandboxed(answer: &Answer) -> bool {
    let policy = answer.header("content-security-policy");
    policy.starts_with("sandbox; default-src 'none';")
        && !policy.contains("allow-")
        && !policy.contains("script-src")
        && answer.header("x-content-type-options") == "nosniff"
}

#[tokio::test]
async fn a_citys_readers_and_coordinators_look_into_its_archive_and_everybody_once_it_is_published() {
    on_both_engines(vec![system_survey::SYSTEM], async |city| {
        let held = held(&city).await;
        let lee = city.somebody("Lee Resident", Role::Resident).await;
        let places = [
            format!("/survey/archive/{}", held.seoul.id),
            at(&held, "look", "https://seoul.example/"),
            at(&held, "page", "https://seoul.example/"),
            at(&held, "picture", "https://seoul.example/old"),
            at(&held, "file", "https://seoul.example/r%C3%A9port%201.pdf"),
        ];
        for place in &places {
            for (who, status) in [(&held.kim, 200), (&held.reader, 200), (&held.other, 404), (&lee, 404)] {
                let answer = city.by(who).get(place).await;
                assert_eq!(answer.status, status, "{place} {}", who.email);
                assert!(status == 404 || answer.header("cache-control") == "no-store", "{place}");
            }
            assert_eq!(city.get(place).await.status, 404, "{place}");
        }
        let mut tx = city.city.store.begin().await.expect("begins");
        tx.exec("UPDATE survey_round SET stage = 'published'", &[]).await.expect("moved");
        tx.commit().await.expect("commits");
        for place in &places {
            assert_eq!(city.get(place).await.status, 200, "{place}");
        }
        assert_eq!(city.get("/survey/archive/rc_none").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn an_archived_page_is_shown_without_any_power() {
    let (city, _folder) = crate::city().await;
    let held = held(&city).await;
    let page = city.by(&held.reader).get(&at(&held, "page", "https://seoul.example/")).await;
    assert!(is_sandboxed(&page), "{:?}", page.headers);
    assert_eq!(page.header("x-frame-options"), "SAMEORIGIN");
    for power in [
        "<script",
        "onload",
        "onerror",
        "http-equiv",
        "<base",
        "<form",
        "javascript:",
        "name=\"password\"",
        "src=\"https:",
    ] {
        assert!(!page.text.contains(power), "{power}: {}", page.text);
    }
    for wanted in [
        "<h1>Welcome</h1>",
        "h1 { color: red }",
        "src=\"data:image/png;base64,cG5n\"",
        "title=\"https://evil.example/x\">Away",
    ] {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    let budget = at(&held, "page", "https://seoul.example/budget?y=2026&m=1");
    let lead = lead_of(&page.text);
    assert!(lead.starts_with(&format!("{budget}&key=")), "redirects lead on within the archive: {}", page.text);
    let seen = city.by(&held.reader).get(&budget).await;
    assert!(seen.text.contains("<p>As seen</p>") && !seen.text.contains("onclick"));
    assert!(city.by(&held.reader).get(&format!("{budget}&as=sent")).await.text.contains("<p>As sent</p>"));
}

/// Where the first link of an archived page leads.
fn lead_of(page: &str) -> String {
    let lead = page.split("<a href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    lead.replace("&amp;", "&")
}

#[tokio::test]
async fn links_within_the_sandbox_bring_a_key_that_opens_pages_of_that_archive_for_that_session() {
    let (city, _folder) = crate::city().await;
    let held = held(&city).await;
    let home = at(&held, "page", "https://seoul.example/");
    let lead = lead_of(&city.by(&held.reader).get(&home).await.text);
    let opened = city.get(&lead).await;
    assert!(opened.text.contains("<p>As seen</p>"), "a sandbox sends no session: {}", opened.text);
    assert!(is_sandboxed(&opened) && opened.header("cache-control") == "no-store");
    assert_eq!(opened.header("referrer-policy"), "no-referrer");
    for shut in ["/look?", "/picture?", "/file?"] {
        assert_eq!(city.get(&lead.replace("/page?", shut)).await.status, 404, "{shut}");
    }
    // Who is let in learns that this archive is not here; who is not learns nothing.
    let lima = store::city_by_slug(&city.city.store, &held.round.id, "lima").await.expect("asked").expect("a city");
    let other = city.get(&format!("{}&lang=en", lead.replace(&held.seoul.id, &lima.id))).await;
    assert!(other.status == 404 && !other.text.contains("This archive is not here"), "another city's door");
    let (budget, key) = lead.split_once("&key=").expect("a key");
    for wrong in ["", "1.", "1.AAAA", &key[..key.len() - 2], &format!("{key}A"), "ac_1"] {
        assert_eq!(city.get(&format!("{budget}&key={wrong}")).await.status, 404, "{wrong}");
    }
    // The key is no more than its session: it goes when the seat, the session or the time goes.
    let kims = lead_of(&city.by(&held.kim).get(&home).await.text);
    let mut tx = city.city.store.begin().await.expect("begins");
    tx.exec("DELETE FROM survey_assignment WHERE id = 'as_1'", &[]).await.expect("taken back");
    tx.commit().await.expect("commits");
    assert_eq!(city.get(&lead).await.status, 404, "the city was taken back");
    assert_eq!(city.get(&kims).await.status, 200);
    city.clock.forward_seconds(13 * 3600);
    assert_eq!(city.get(&kims).await.status, 404, "no session of staff lasts so long");
}

#[tokio::test]
async fn a_key_ends_with_its_session() {
    let (city, _folder) = crate::city().await;
    let held = held(&city).await;
    let lead = lead_of(&city.by(&held.reader).get(&at(&held, "page", "https://seoul.example/")).await.text);
    assert_eq!(city.get(&lead).await.status, 200);
    let (account, now) = (held.reader.account.clone(), city.city.clock.now());
    let mut tx = city.city.store.begin().await.expect("begins");
    kernel_identity::session::end_all(&mut tx, &account, "", now).await.expect("ended");
    tx.commit().await.expect("commits");
    assert_eq!(city.get(&lead).await.status, 404);
}

#[tokio::test]
async fn pictures_are_pictures_and_documents_are_words_or_downloads() {
    let (city, _folder) = crate::city().await;
    let held = held(&city).await;
    let get = async |what: &str, address: &str| city.by(&held.reader).get(&at(&held, what, address)).await;
    let picture = get("picture", "https://seoul.example/budget?y=2026&m=1").await;
    assert_eq!(
        (picture.status, picture.header("content-type"), picture.bytes.as_slice()),
        (200, "image/jpeg", PICTURE)
    );
    assert!(is_sandboxed(&picture));
    assert_eq!(get("picture", "https://seoul.example/").await.status, 404, "what is no picture is not served as one");
    let report = "https://seoul.example/r%C3%A9port%201.pdf";
    let words = get("page", report).await;
    assert!(is_sandboxed(&words) && words.text.contains("Yearly &lt;b&gt;report&lt;/b&gt;"), "{}", words.text);
    let file = get("file", report).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''r%C3%A9port%201.pdf");
    assert_eq!((file.header("content-type"), file.text.as_str()), ("application/octet-stream", "%PDF-1"));
    for (what, address) in [
        ("file", "https://seoul.example/"),
        ("page", "https://seoul.example/gone"),
        ("page", "https://seoul.example/a.css"),
        ("page", "file:///etc/passwd"),
        ("picture", "../../etc/passwd"),
        ("page", ""),
    ] {
        assert_eq!(get(what, address).await.status, 404, "{what} {address}");
    }
}

#[tokio::test]
async fn the_list_is_searched_and_a_new_capture_is_a_new_archive() {
    let (city, _folder) = crate::city().await;
    let held = held(&city).await;
    let here = format!("/survey/archive/{}", held.seoul.id);
    let list = city.by(&held.reader).get(&format!("{here}?lang=en")).await;
    for wanted in ["3 pages and documents", "Seoul &amp; you", "Budget 2026", "réport 1.pdf"] {
        assert!(list.text.contains(wanted), "{wanted}: {}", list.text);
    }
    let found = city.by(&held.reader).get(&format!("{here}?lang=en&q=BUDGET+seoul")).await;
    assert!(found.text.contains("1 page or document") && !found.text.contains("réport"));
    assert!(
        city.by(&held.reader).get(&format!("{here}?lang=en&q=nothing+there")).await.text.contains("No page was found")
    );
    let look = city.by(&held.reader).get(&format!("{}&lang=en", at(&held, "look", "https://seoul.example/old"))).await;
    assert!(
        look.text.contains("<h1>Budget 2026</h1>") && look.text.contains("November 24, 2026 01:02 UTC"),
        "{}",
        look.text
    );
    assert!(look.header("content-security-policy").contains("frame-src 'self'"));
    assert!(look.text.contains("<iframe class=\"framed\" sandbox=\"\""));

    write(&evidence(&Settings::of(&city.city), &held.round, &held.seoul), "<title>Anew</title>");
    assessed(&city, &held.seoul, "bb").await;
    assert!(city.by(&held.reader).get(&here).await.text.contains("Anew"));
    let waiting = Progress { state: Capture::Waiting, began: Some(Instant(1)), ..held.seoul.capture.clone() };
    let mut tx = city.city.store.begin().await.expect("begins");
    store::progress(&mut tx, &held.seoul.id, &waiting).await.expect("noted");
    tx.commit().await.expect("commits");
    let away = city.by(&held.kim).get(&format!("{here}?lang=en")).await;
    assert_eq!(away.status, 404);
    assert!(away.text.contains("This archive is not here"));
}
