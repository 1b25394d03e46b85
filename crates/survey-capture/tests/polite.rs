//! What a crawler owes a site: robots.txt, pauses, no private addresses, and honesty about what it did not see.

mod site;

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use outbound::Resolve;
use site::{Site, capture, html, raw, status};
use survey_capture::{Options, TopicWords};

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().expect("dir")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn robots_that_forbid_all_are_obeyed_and_reported() {
    let site = Site::pages(&[("/robots.txt", "User-agent: *\nDisallow: /\n"), ("/", "<a href=/a>a</a>")]).await;
    let out = dir();
    let mut options = site.options(out.path());
    options.limits.probes = true;
    let seen = capture(options).await;
    assert_eq!(site.asked(), ["/robots.txt"]);
    assert!(seen.says("forbids this crawler everything") && seen.says("No page could be read"));
    assert_eq!(seen.summary.note.pages_forbidden, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn robots_that_answer_with_an_error_forbid_all() {
    let site = Site::start(|_, stream| async move { status(stream, 503, "", "").await }).await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert_eq!(site.asked(), ["/robots.txt"]);
    assert!(seen.says("answered 503: by RFC 9309"), "{:?}", seen.summary.note.limits);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_that_robots_forbid_is_not_asked_and_that_is_said() {
    let form = "<form action=/search role=search><input type=search name=q></form>budget budget budget";
    let site = Site::pages(&[("/robots.txt", "User-agent: *\nDisallow: /search\n"), ("/", form)]).await;
    let out = dir();
    let mut options = site.options(out.path());
    options.limits.probes = true;
    let seen = capture(options).await;
    assert!(!site.asked().iter().any(|path| path.starts_with("/search")), "{:?}", site.asked());
    assert!(seen.says("robots.txt forbids the site's own search"), "{:?}", seen.summary.note.limits);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_paths_are_spared_and_the_crawl_delay_is_kept() {
    let site = Site::pages(&[
        ("/robots.txt", "User-agent: madang\nDisallow: /intern\nCrawl-delay: 1\n"),
        ("/", "<a href=/intern/x>i</a><a href=/a>a</a><a href=/b>b</a>"),
        ("/a", "<p>a"),
        ("/b", "<p>b"),
        ("/intern/x", "<p>no"),
    ])
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert_eq!(site.hits("/intern/x"), 0);
    assert_eq!((seen.summary.note.pages_fetched, seen.summary.note.pages_forbidden), (3, 1));
    assert!(seen.took >= Duration::from_secs(2));
    assert!(seen.says("robots.txt forbids 1 known pages"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_asks_for_patience_gets_it_and_one_that_asks_too_much_is_left() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/" => html(stream, "<a href=/busy>b</a><a href=/closed>c</a>").await,
            "/busy" if asked.before == 0 => status(stream, 429, "Retry-After: 1\r\n", "").await,
            "/busy" => html(stream, "<p>now").await,
            "/closed" => status(stream, 429, "Retry-After: 86400\r\n", "").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert!(seen.read().contains(&"/busy".to_owned()));
    assert_eq!(site.hits("/closed"), 1);
    assert!(seen.failed("/closed", "status") && seen.says("asked the crawler to slow down"));
    assert!(seen.took >= Duration::from_secs(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cookie_wall_that_only_wants_its_cookie_back_is_passed() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/" if asked.head.contains("cookie: seen=1") => html(stream, "<p>inside").await,
            "/" => status(stream, 302, "Set-Cookie: seen=1; Path=/\r\nLocation: /\r\n", "").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert_eq!(seen.summary.note.pages_fetched, 1, "{:?}", seen.failures());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wall_that_shows_the_same_everywhere_is_named() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/robots.txt" => status(stream, 404, "", "").await,
            _ => {
                html(
                    stream,
                    "<p>We value your privacy. Accept all cookies to go on.</p>".to_owned()
                        + &(0..9).map(|n| format!("<a href=/{}></a>", char::from(b'a' + n))).collect::<String>(),
                )
                .await
            }
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert!(seen.says("a wall (cookies, consent, sign-in)"), "{:?}", seen.summary.note.limits);
}

/// Answers from a list per question, the last one for ever.
struct Answers(Mutex<VecDeque<IpAddr>>);

impl Answers {
    fn new(list: &[&str]) -> Arc<Self> {
        Arc::new(Self(Mutex::new(list.iter().map(|s| s.parse().expect("address")).collect())))
    }
}

impl Resolve for Answers {
    fn resolve<'a>(&'a self, _: &'a str, _: u16) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async {
            let mut list = self.0.lock().expect("list");
            let next = if list.len() > 1 { list.pop_front() } else { list.front().copied() };
            Ok(next.into_iter().collect())
        })
    }
}

/// `city.example` is mapped to the site; every other name is for the resolver.
fn public(site: &Site, out: &std::path::Path, resolver: Arc<dyn Resolve>) -> Options {
    let mut options = site.options(out);
    options.start = "http://city.example/".parse().expect("url");
    options.map_host = vec![("city.example".into(), site.address)];
    options.allow_private = false;
    options.resolver = resolver;
    options
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_and_redirects_to_private_addresses_are_refused() {
    let port = Site::pages(&[("/secret", "<p>secret")]).await;
    let secret = port.address.port();
    let site = Site::start(move |asked, stream| async move {
        match asked.path.as_str() {
            "/" => {
                html(
                    stream,
                    format!(
                        "<a href=http://intern.city.example:{secret}/secret>i</a><a href=/to>t</a><a href=/raw>r</a>"
                    ),
                )
                .await
            }
            "/to" => status(stream, 302, &format!("Location: http://admin.city.example:{secret}/secret\r\n"), "").await,
            "/raw" => status(stream, 302, &format!("Location: http://127.0.0.1:{secret}/secret\r\n"), "").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(public(&site, out.path(), Answers::new(&["127.0.0.1"]))).await;
    assert!(port.asked().is_empty(), "{:?}", port.asked());
    let refused: Vec<_> = seen.failures().into_iter().filter(|f| f.kind == "refused_address").collect();
    assert_eq!(refused.len(), 2, "{:?}", seen.failures());
    assert!(seen.says("which is not public"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_changes_its_address_after_the_check_gains_nothing() {
    let hidden = Site::pages(&[("/secret", "<p>secret")]).await;
    let port = hidden.address.port();
    let body = format!("<a href=http://rebind.city.example:{port}/secret>r</a>");
    let site = Site::pages(&[("/", &body)]).await;
    let out = dir();
    // The first answer is public (and leads nowhere), every later one is loopback.
    let mut options = public(&site, out.path(), Answers::new(&["3ffe::1", "127.0.0.1"]));
    options.limits.connect_time = Duration::from_millis(500);
    let seen = capture(options).await;
    assert!(hidden.asked().is_empty());
    assert!(
        seen.failures().iter().any(|f| matches!(f.kind.as_str(), "connect" | "timeout" | "refused_address")),
        "{:?}",
        seen.failures()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_in_old_charsets_lead_the_way() {
    let topic = |name: &str| TopicWords { topic: name.into(), names: vec![name.into()], ..TopicWords::default() };
    for (label, word) in [
        ("euc-kr", "개인정보처리방침"),
        ("shift_jis", "個人情報保護"),
        ("windows-1251", "персональные данные"),
        ("windows-1252", "protection des données"),
    ] {
        let links: String =
            (0..40).map(|n| format!("<a href=/{}>x{n}</a>", char::from_u32(0x4e00 + n).unwrap_or('x'))).collect();
        let page = format!("<html><head><meta charset={label}></head><body>{links}<a href=/wanted>{word}</a>");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("known");
        let bytes = encoding.encode(&page).0.into_owned();
        let site = Site::start(move |asked, stream| {
            let bytes = bytes.clone();
            async move {
                match asked.path.as_str() {
                    "/robots.txt" => status(stream, 404, "", "").await,
                    "/" => {
                        raw(
                            stream,
                            [
                                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n".as_slice(),
                                &bytes,
                            ]
                            .concat(),
                        )
                        .await
                    }
                    p => html(stream, format!("<p>{p}")).await,
                }
            }
        })
        .await;
        let out = dir();
        let mut options = site.options(out.path());
        options.budget = 3;
        options.topics = vec![topic(word)];
        let seen = capture(options).await;
        assert!(seen.read().contains(&"/wanted".to_owned()), "{label}: {:?}", seen.read());
        assert!(seen.says("The page budget ended the capture") && seen.summary.note.pages_fetched == 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_menu_of_languages_that_needs_scripts_is_tried_and_a_wrong_guess_is_no_broken_link() {
    let site = Site::pages(&[
        ("/robots.txt", ""),
        ("/", "<html lang=ja><select><option value=ja>日本語<option value=en>English<option value=ko>한국어</select>"),
        ("/en/", "<p>Welcome"),
    ])
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert_eq!((site.hits("/en/"), site.hits("/ko/"), seen.summary.note.pages_fetched), (1, 1, 2));
    assert!(seen.failures().is_empty(), "{:?}", seen.failures());
}
