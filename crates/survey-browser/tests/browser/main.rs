//! What the browser says about pages whose truth is known. Without Chromium these tests are
//! skipped, except in CI.

mod internet;
mod sites;

use std::time::{Duration, Instant};

use internet::Internet;
use survey_browser::{Browser, Error, Options, Visit, VisitOptions};

async fn start(net: &Internet) -> Option<Browser> {
    let options = Options { ignore_certificate_errors: true, user_agent: Some(agent(net)), ..Options::new(net.proxy) };
    let browser = Browser::start(options).await.expect("the browser starts");
    if browser.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI needs Chromium");
        eprintln!("skipped: no Chromium on this machine");
    }
    browser
}

/// Tells the browsers of parallel tests apart.
fn agent(net: &Internet) -> String {
    format!("Madang-Test-{}", net.proxy.port())
}

fn is_city(host: &str) -> bool {
    host == "city.example" || host.ends_with(".city.example")
}

fn look() -> VisitOptions<'static> {
    VisitOptions {
        own_hosts: &is_city,
        language: None,
        axe: false,
        screenshot: false,
        phone_screenshot: false,
        deadline: Duration::from_secs(40),
    }
}

async fn visit(browser: &Browser, url: &str) -> Visit {
    browser.visit(url, &look()).await.unwrap_or_else(|e| panic!("{url}: {e}"))
}

/// Process ids of browsers and their helpers started for this proxy, by their profile.
fn processes(net: &Internet) -> Vec<(u32, bool)> {
    let mark = format!("--user-agent={}", agent(net));
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let line = std::fs::read(entry.path().join("cmdline")).ok()?;
            let line = String::from_utf8_lossy(&line).into_owned();
            line.contains(&mark).then(|| (id, line.starts_with("sh")))
        })
        .collect()
}

/// A process that was told to end may take its time on a busy machine.
async fn nothing_left(net: &Internet) {
    for _ in 0..100 {
        if processes(net).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(processes(net), [], "no process is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn before_consent_a_page_sets_cookies_and_asks_third_parties() {
    let net = Internet::serve(sites::tracked).await;
    let Some(browser) = start(&net).await else { return };
    let seen = visit(&browser, "https://city.example/").await;
    let note = &seen.note;

    let names: Vec<_> = note.cookies.iter().map(|c| (c.name.as_str(), c.first_party)).collect();
    assert_eq!(names, [("script", true), ("session", true), ("year", true), ("spy", false)]);
    let [script, session, year, spy] = note.cookies.as_slice() else { panic!() };
    assert_eq!((session.lifetime_s, session.http_only, session.secure), (None, true, false));
    assert_eq!(session.same_site.as_deref(), Some("Lax"));
    assert_eq!(year.lifetime_s, Some(30 * 24 * 3600));
    assert!(!script.http_only && spy.secure);

    let third: Vec<_> = note.third_parties.iter().map(|(h, n)| (h.as_str(), *n)).collect();
    assert_eq!(third, [("embed.tawk.to", 1), ("images.example", 1), ("tracker.example", 2)], "{:?}", net.asked());
    assert!(note.requests >= 4 && note.transferred > 3000, "{} {}", note.requests, note.transferred);
    assert_eq!(note.mixed_content, ["http://images.example/photo.png", "http://old.example/legacy.js"]);
    assert_eq!(note.chat, ["Tawk.to"]);
    assert_eq!(seen.status, Some(200));

    let consent = note.consent.as_ref().expect("a banner");
    assert!(consent.text.contains("We use cookies"), "{consent:?}");
    assert_eq!(consent.buttons, ["Accept all", "Only necessary"]);

    let again = visit(&browser, "https://city.example/count").await;
    assert!(again.dom.contains("<p>0 cookies</p>"), "a visit starts without cookies: {}", again.dom);
    let chatter: Vec<_> =
        net.asked().into_iter().filter(|url| sites::KNOWN.iter().all(|known| !url.contains(known))).collect();
    assert_eq!(chatter, Vec::<String>::new(), "the browser itself must not use the network");
    browser.close().await;
    nothing_left(&net).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_measured_as_a_person_would_meet_it() {
    let net = Internet::serve(sites::measured).await;
    let Some(browser) = start(&net).await else { return };
    let options = VisitOptions { axe: true, screenshot: true, phone_screenshot: true, ..look() };
    let seen = browser.visit("http://city.example/wide", &options).await.expect("a visit");
    let note = &seen.note;
    assert_eq!((note.title.as_str(), note.lang.as_deref()), ("Wide & small", Some("ko")));
    assert_eq!(note.viewport.as_deref(), Some("width=device-width"));
    assert_eq!((note.width_at_320, note.window_height), (Some(900), 800));
    assert!((3000..3400).contains(&note.height), "{}", note.height);
    assert_eq!((note.small_targets, note.targets), (2, 7));
    let axe = note.axe.as_ref().expect("axe ran");
    let image = axe.violations.iter().find(|v| v.rule == "image-alt").expect("the picture without words");
    assert_eq!((image.nodes, image.impact.as_str()), (1, "critical"));
    assert!(image.example.starts_with("<img") && axe.version.starts_with("4.") && axe.passes > 3);
    assert_eq!((note.style.body_size_px, note.style.body_font.as_str()), (18.0, "serif"));
    assert_eq!((note.style.background.as_str(), note.style.heading_font.as_str()), ("rgb(250, 240, 230)", "monospace"));
    assert!(!note.style.links_recognisable, "a link in the text's colour without underline");
    assert!(
        note.dom_content_loaded_ms.is_some() && note.load_ms.is_some() && note.largest_paint_ms.is_some(),
        "{note:?}"
    );
    for picture in [&seen.screenshot, &seen.phone_screenshot] {
        let picture = picture.as_ref().expect("a picture");
        assert!(picture.starts_with(&[0xFF, 0xD8, 0xFF]) && picture.len() > 3000 && picture.len() <= 300_000);
    }
    assert_eq!(jpeg_size(seen.screenshot.as_deref().unwrap_or_default()), Some((1280, 800)));
    assert_eq!(jpeg_size(seen.phone_screenshot.as_deref().unwrap_or_default()), Some((390, 844)));

    let good = visit(&browser, "http://city.example/good").await.note;
    assert_eq!((good.width_at_320, good.small_targets, good.consent), (Some(320), 0, None));
    assert!(good.style.links_recognisable && good.third_parties.is_empty() && good.cookies.is_empty());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_scripts_make_is_in_the_document_and_the_page_cannot_lie_about_it() {
    let net = Internet::serve(sites::scripted).await;
    let Some(browser) = start(&net).await else { return };
    let seen = visit(&browser, "http://city.example/made").await;
    assert!(seen.dom.contains("<h1>Made by a script</h1>") && seen.dom_whole);
    assert!(seen.dom.contains("<madang-shadow><p>In the shadow <b>too</b></p></madang-shadow>"), "{}", seen.dom);
    assert_eq!(seen.links, ["http://city.example/later", "http://city.example/here#top"]);
    assert_eq!(seen.note.third_parties.keys().collect::<Vec<_>>(), ["frame.example", "late.example"]);

    let lied = visit(&browser, "http://city.example/liar").await;
    assert_eq!((lied.note.title.as_str(), lied.note.targets), ("The truth", 2));
    assert_eq!(lied.links, ["http://city.example/real"]);

    let moved = visit(&browser, "http://city.example/moves").await;
    assert_eq!(moved.note.final_url, "http://city.example/good");
    let missing = visit(&browser, "http://city.example/nowhere").await;
    assert_eq!(missing.status, Some(404));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_asked_for_in_the_language_that_the_visit_names() {
    let net = Internet::serve(sites::scripted).await;
    let Some(browser) = start(&net).await else { return };
    let options = VisitOptions { language: Some("ko-KR"), ..look() };
    let seen = browser.visit("http://city.example/speaks", &options).await.expect("a visit");
    assert!(seen.dom.contains("<p>ko-KR of ko-KR,ko</p>"), "{}", seen.dom);
    assert_eq!(net.languages().first().map(String::as_str), Some("ko-KR,ko;q=0.9"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_banners_are_found_in_several_languages_and_makes() {
    let net = Internet::serve(sites::banners).await;
    let Some(browser) = start(&net).await else { return };
    let expected: [(&str, &str, &[&str]); 4] = [
        ("german", "Wir verwenden Cookies", &["Alle akzeptieren", "Ablehnen"]),
        ("korean", "쿠키를 사용", &["모두 동의", "거부"]),
        ("shadow", "Your privacy settings matter", &["Deny"]),
        ("static", "Cookies on this service", &["Yes, set them"]),
    ];
    let see = async |path: &str| visit(&browser, &format!("http://city.example/{path}")).await.note.consent;
    let (german, korean, shadow, still, menu, hidden) =
        tokio::join!(see("german"), see("korean"), see("shadow"), see("static"), see("menu"), see("hidden"));
    for ((path, text, buttons), consent) in expected.into_iter().zip([german, korean, shadow, still]) {
        let consent = consent.unwrap_or_else(|| panic!("{path} has a banner"));
        assert!(consent.text.contains(text) && !consent.text.contains("color:red"), "{path}: {consent:?}");
        assert_eq!(consent.buttons, buttons, "{path}");
    }
    assert_eq!((menu, hidden), (None, None));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_pages_end_at_the_deadline() {
    let net = Internet::serve(sites::hostile).await;
    let Some(browser) = start(&net).await else { return };
    let look_for = |seconds| VisitOptions { deadline: Duration::from_secs(seconds), ..look() };
    let timed = async |path: &'static str, seconds: u64| {
        let (begun, options) = (Instant::now(), look_for(seconds));
        let result = browser.visit(&format!("http://city.example/{path}"), &options).await;
        let took = begun.elapsed();
        // A second more for a machine that has other things to do.
        assert!(took < Duration::from_secs(seconds + 1), "{path} took {took:?}");
        result
    };
    let (alerts, looped, drip, _, _) = tokio::join!(
        timed("alerts", 18),
        timed("loop", 18),
        timed("drip", 6),
        timed("restarts", 6),
        timed("reloads", 6)
    );
    let alerts = alerts.expect("alerts are closed");
    assert!(alerts.dom.contains("after the questions: false null"), "{}", alerts.dom);
    let looped = looped.expect("a page is pulled out of its loop");
    assert!(looped.dom.contains("after the loop"), "{}", looped.dom);
    assert!(matches!(drip, Err(Error::Deadline)), "{drip:?}");

    let options = look_for(15);
    let popups = browser.visit("http://city.example/popups", &options).await.expect("popups are ignored");
    assert!(popups.dom.contains("opener"));
    let download = browser.visit("http://city.example/file", &options).await;
    assert!(matches!(download, Err(Error::Navigation(_))), "{download:?}");
    let text = browser.visit("http://city.example/text", &options).await;
    assert!(matches!(text, Err(Error::NotHtml(ref kind)) if kind == "text/plain"), "{text:?}");
    let file = browser.visit("file:///etc/passwd", &options).await;
    assert!(matches!(file, Err(Error::Address(_))));

    let after = visit(&browser, "http://city.example/calm").await;
    assert!(after.dom.contains("calm"), "the browser is well afterwards");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn greedy_pages_get_no_more_than_their_share() {
    let net = Internet::serve(sites::greedy).await;
    let Some(browser) = start(&net).await else { return };
    let options = VisitOptions { deadline: Duration::from_secs(45), ..look() };
    let begun = Instant::now();
    let (huge, frames, requests) = tokio::join!(
        browser.visit("http://city.example/huge", &options),
        browser.visit("http://city.example/frames", &options),
        browser.visit("http://city.example/requests", &options),
    );
    eprintln!("three at once took {:?}", begun.elapsed());
    let huge = huge.expect("a huge page can be read");
    eprintln!("{} {} {}", huge.dom.len(), huge.dom_whole, huge.links.len());
    assert!(huge.dom.len() <= 8 * 1024 * 1024 && !huge.dom_whole && huge.links.len() == 5000);
    let frames = frames.expect("a page of frames can be read");
    assert_eq!(frames.note.third_parties.len(), 60);
    let requests = requests.expect("a page that never rests can be read");
    assert!(requests.note.requests > 100);

    let begun = Instant::now();
    let greedy = VisitOptions { deadline: Duration::from_secs(12), ..look() };
    let memory = browser.visit("http://city.example/memory", &greedy).await;
    eprintln!("the memory eater took {:?}: {:?}", begun.elapsed(), memory.as_ref().map(|_| ()));
    assert!(begun.elapsed() < Duration::from_secs(13));

    // Somebody stops waiting: nothing stays behind.
    let left =
        tokio::time::timeout(Duration::from_secs(1), browser.visit("http://city.example/requests", &options)).await;
    assert!(left.is_err());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = net.asked().len();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(net.asked().len(), before, "the page that nobody waits for is closed");
    browser.close().await;
    nothing_left(&net).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_browser_is_an_error_once_and_leaves_nothing() {
    let net = Internet::serve(sites::hostile).await;
    let Some(browser) = start(&net).await else { return };
    let profile = processes(&net).len();
    assert!(profile >= 2, "supervisor and browser");
    let waiting = async {
        let begun = Instant::now();
        let result = browser.visit("http://city.example/drip", &look()).await;
        (begun.elapsed(), result)
    };
    let killing = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        for (id, supervisor) in processes(&net) {
            if !supervisor {
                let _ = std::process::Command::new("kill").args(["-KILL", &id.to_string()]).status();
            }
        }
    };
    let ((took, result), ()) = tokio::join!(waiting, killing);
    assert!(matches!(result, Err(Error::Gone(_) | Error::Crashed)), "{result:?}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    let next = visit(&browser, "http://city.example/calm").await;
    assert!(next.dom.contains("calm"), "another browser has taken over");
    browser.close().await;
    nothing_left(&net).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_printed_without_network_or_scripts() {
    let net = Internet::serve(sites::hostile).await;
    let Some(browser) = start(&net).await else { return };
    let rows: String = (0..120).map(|n| format!("<p>Line {n} 마당 ساحة</p>")).collect();
    let html = format!(
        "<!doctype html><html lang=ko><title>Report</title><h1>Scorecard</h1>{rows}\
         <img src=\"http://city.example/calm\"><script>document.body.append('SCRIPTED')</script></html>"
    );
    let pdf = browser.pdf(&html).await.expect("a PDF");
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(net.asked(), Vec::<String>::new());
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &pdf).expect("written");
    if let Ok(output) = std::process::Command::new("pdftotext").arg(file.path()).arg("-").output() {
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("Scorecard") && text.contains("Line 119 마당"), "{text}");
        assert!(text.contains("4/5") && !text.contains("SCRIPTED"), "{text}");
    }
    browser.close().await;
}

#[tokio::test]
async fn a_program_that_is_no_browser_is_an_error_with_its_words() {
    let net = Internet::serve(sites::hostile).await;
    let options =
        Options { executable: Some("/bin/false".into()), user_agent: Some(agent(&net)), ..Options::new(net.proxy) };
    let result = Browser::start(options).await;
    assert!(matches!(result, Err(Error::Start(_))));
    nothing_left(&net).await;
}

/// Width and height from the start-of-frame segment (ITU-T T.81 B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u16, u16)> {
    let mut at = 2;
    loop {
        let kind = *bytes.get(at + 1)?;
        let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
        if (0xC0..=0xC2).contains(&kind) {
            let number = |i: usize| Some(u16::from_be_bytes([*bytes.get(i)?, *bytes.get(i + 1)?]));
            return Some((number(at + 7)?, number(at + 5)?));
        }
        at += 2 + usize::from(length);
    }
}
