//! A whole capture of well-behaved sites: coverage, resuming, stopping, TLS, mapped hosts, probes.

mod site;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use site::{Site, answer, capture, html, memory_is_bounded, status};
use survey_archive::Archive;
use survey_archive::notes::Note;
use survey_capture::Silent;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().expect("dir")
}

/// Words that differ from page to page in more than digits.
fn words(n: usize) -> String {
    let word = |k: usize| {
        (0..5).map(|d| char::from(b'a' + u8::try_from((k >> (d * 4)) % 16).unwrap_or(0))).collect::<String>()
    };
    (0..20).map(|k| word(n * 2_654_435 + k * 40_503) + " ").collect()
}

/// A site of `n` pages whose menu links to 348 of them, the others hang one behind the other.
async fn portal(n: usize) -> Site {
    let menu: Arc<String> = Arc::new(
        (0..348)
            .map(|m| format!("<li><a href=\"/menu/{m:x}.html\">Service {m:x} privacy pay council</a></li>"))
            .collect(),
    );
    Site::start(move |asked, stream| {
        let menu = menu.clone();
        async move {
            let own = asked.path.trim_start_matches("/menu/").trim_end_matches(".html");
            match (asked.path.as_str(), usize::from_str_radix(own, 16)) {
                ("/robots.txt", _) => status(stream, 404, "", "").await,
                ("/", _) => html(stream, format!("<ul>{menu}</ul><p>Welcome")).await,
                (_, Ok(own)) if own < n => {
                    let next = own + 348;
                    html(
                        stream,
                        format!(
                            "<ul>{menu}</ul><h1>Page {own:x}</h1><p>{}</p><a href=/menu/{next:x}.html>more</a>",
                            words(own)
                        ),
                    )
                    .await;
                }
                _ => status(stream, 404, "", "").await,
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_behind_a_huge_menu_is_found() {
    let site = portal(700).await;
    let out = dir();
    let mut options = site.options(out.path());
    options.budget = 2000;
    options.max_time = Duration::from_secs(100);
    let seen = capture(options).await;
    assert_eq!(seen.summary.note.pages_fetched, 701, "{:?}", seen.summary.note.limits);
    assert_eq!(seen.summary.note.stopped, "complete");
    memory_is_bounded();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_that_was_killed_goes_on_and_ends_with_everything() {
    let site = portal(400).await;
    let out = dir();
    let mut options = site.options(out.path());
    options.budget = 1000;
    let (_keep, stop) = tokio::sync::watch::channel(false);
    let first = survey_capture::capture(options.clone(), &Silent, stop.clone());
    let path = out.path().join("evidence.warc.gz");
    // A part of it, however fast the machine is.
    let part = async {
        while std::fs::metadata(&path).map_or(0, |file| file.len()) < 60_000 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::select! {
        _ = first => {}
        () = part => {}
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    // What the kernel had not yet written when the power went.
    let length = std::fs::metadata(&path).expect("file").len();
    let file = std::fs::OpenOptions::new().write(true).open(&path).expect("open");
    file.set_len(length - 100.min(length / 2)).expect("cut");
    let before = Archive::open(&path).expect("opens").responses().count();
    let summary = survey_capture::capture(options, &Silent, stop).await.expect("goes on");
    assert!(summary.resumed && before > 1, "{before}");
    assert_eq!(summary.note.pages_fetched, 401);
    let archive = Archive::open(&path).expect("opens");
    let urls: Vec<String> =
        archive.responses().map(|r| r.expect("response")).filter(|r| r.status == 200).map(|r| r.url).collect();
    let distinct: BTreeSet<&String> = urls.iter().collect();
    assert_eq!(distinct.len(), 401);
    assert!(urls.len() <= 402, "only what was torn is fetched again: {}", urls.len());
    assert!(!out.path().join("capture.json").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_ends_at_once_and_leaves_a_whole_archive() {
    let site = portal(5000).await;
    let out = dir();
    let mut options = site.options(out.path());
    options.budget = 100_000;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(800)).await;
        let _ = stop.send(true);
    });
    let summary = survey_capture::capture(options, &Silent, stopped).await.expect("capture");
    assert_eq!(summary.note.stopped, "interrupted");
    assert!(!Archive::open(&summary.evidence).expect("opens").torn());
    assert!(summary.note.limits.iter().any(|l| l.contains("interrupted")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mapped_hosts_sitemaps_and_absolute_links_are_one_site() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/robots.txt" => status(stream, 200, "", "Sitemap: https://www.city.example/map.xml\n").await,
            "/map.xml" => answer(stream, 200, "Content-Type: text/xml\r\n", b"<urlset><url><loc>https://www.city.example/listed</loc></url></urlset>").await,
            "/" => html(stream, "<a href=https://www.city.example/absolute>a</a><link rel=alternate type=application/rss+xml href=/feed.xml><form action=/search role=search><input name=q type=search></form>budget budget").await,
            "/feed.xml" => answer(stream, 200, "Content-Type: text/xml\r\n", b"<rss version='2.0'><item/></rss>").await,
            "/.well-known/security.txt" => answer(stream, 200, "Content-Type: text/plain\r\n", b"Contact: mailto:a@city.example\n").await,
            "/search?q=budget" => html(stream, "<p>budget<a href=/found.pdf>2</a><select name=sort></select><form><select name=year></select></form>").await,
            p if p.starts_with("/search") => html(stream, "<p>nothing").await,
            "/absolute" | "/listed" => html(stream, "<p>x").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let mut options = site.options(out.path());
    options.start = "http://www.city.example/".parse().expect("url");
    options.map_host = vec![("www.city.example".into(), site.address)];
    options.allow_private = false;
    options.limits.probes = true;
    options.limits.connect_time = Duration::from_secs(2);
    let seen = capture(options).await;
    assert_eq!(seen.summary.note.pages_fetched, 3, "{:?}", seen.failures());
    let host = seen.hosts().remove(0);
    assert_eq!(
        (host.robots_status, host.sitemap_entries, host.missing_page_status, host.security_txt),
        (200, 1, 404, true)
    );
    assert_eq!(host.http_leads_to.as_deref(), Some("http://www.city.example/"));
    let notes: Vec<Note> = seen.archive.notes().expect("notes").into_iter().map(|(_, n)| n).collect();
    let search = notes.iter().find_map(|n| if let Note::Search(s) = n { Some(s) } else { None }).expect("search note");
    assert_eq!(
        (search.query.as_str(), search.result_links, search.document_links, search.nonsense_result_links),
        ("budget", 1, 1, 0)
    );
    assert_eq!(search.refine_controls, ["year"]);
    assert!(notes.iter().any(|n| matches!(n, Note::Endpoint(e) if e.kind == "rss")));
}

/// Serves one page over TLS with a certificate of its own authority.
async fn secure(names: &[&str]) -> (std::net::SocketAddr, String) {
    let mut authority = rcgen::CertificateParams::new(Vec::<String>::new()).expect("params");
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca_key = rcgen::KeyPair::generate().expect("key");
    let ca = authority.self_signed(&ca_key).expect("ca");
    let issuer = rcgen::Issuer::new(authority, ca_key);
    let key = rcgen::KeyPair::generate().expect("key");
    let leaf =
        rcgen::CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).expect("params");
    let leaf = leaf.signed_by(&key, &issuer).expect("leaf");
    let key = rustls_pki_types::PrivateKeyDer::try_from(key.serialize_der()).expect("key");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .expect("config");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut asked = vec![0; 4096];
                let n = stream.read(&mut asked).await.unwrap_or(0);
                let robots = asked[..n].starts_with(b"GET /robots.txt");
                let (status, body) = if robots { ("404 Not Found", "") } else { ("200 OK", "<p>safe") };
                let said = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(said.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (address, ca.pem())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_are_judged_by_the_operators_authority_and_bad_ones_are_noted() {
    for (name, with_ca, valid) in
        [("www.city.example", true, true), ("www.city.example", false, false), ("other.example", true, false)]
    {
        let (address, pem) = secure(&[name]).await;
        let out = dir();
        let ca = out.path().join("ca.pem");
        std::fs::write(&ca, pem).expect("write");
        let site = Site::pages(&[]).await;
        let mut options = site.options(&out.path().join("out"));
        options.start = "https://www.city.example/".parse().expect("url");
        options.map_host = vec![("www.city.example".into(), address)];
        options.ca = with_ca.then_some(ca);
        options.limits.probes = true;
        let seen = capture(options).await;
        assert!(seen.summary.note.pages_fetched >= 1, "{:?}", seen.failures());
        let tls = seen.hosts().remove(0).tls.expect("tls");
        assert_eq!(tls.valid, valid, "{name} {with_ca}: {tls:?}");
        assert_eq!(tls.version, "TLSv1.3");
        assert_eq!(seen.says("is not accepted"), !valid);
    }
}
