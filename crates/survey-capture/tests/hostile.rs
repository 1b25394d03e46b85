//! Sites that do harm, by malice or by accident: the capture ends within its budget and says what it could not see.

mod site;

use std::io::Write;
use std::time::Duration;

use site::{Site, answer, capture, html, memory_is_bounded, raw, status};
use tokio::io::AsyncWriteExt;

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().expect("dir")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endless_calendar_does_not_eat_the_budget() {
    let site = Site::start(|asked, stream| async move {
        let body = match asked.path.as_str() {
            "/robots.txt" => return status(stream, 404, "", "").await,
            "/" => {
                "<a href=/calendar/2026/11>Calendar</a><a href=/cal?date=2026-11-24>Day</a>".to_owned()
                    + &(0..20).map(|n| format!("<a href=/page-{}>p</a>", char::from(b'a' + n))).collect::<String>()
            }
            p if p.starts_with("/calendar/") => {
                let mut n = p.split('/').skip(2).map(|n| n.parse::<u32>().unwrap_or(1));
                let (y, m) = (n.next().unwrap_or(2026), n.next().unwrap_or(1));
                format!(
                    "<p>Events of {m} {y}</p><a href=/calendar/{}/{}>next</a><a href=/calendar/{}/{}>before</a>",
                    y + m / 12,
                    m % 12 + 1,
                    y - 1,
                    m
                )
            }
            p if p.starts_with("/cal?") => format!(
                "<p>day</p><a href=/cal?date={}>next</a><a href=/cal?date=1&x={0}>other</a>",
                asked.head.len() * 7919 % 99_991
            ),
            p => format!("<p>{p} {}</p>", "text ".repeat(30)),
        };
        html(stream, body).await;
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    let read = seen.read();
    assert_eq!(read.iter().filter(|p| p.starts_with("/page-")).count(), 20);
    assert!(read.iter().filter(|p| p.starts_with("/cal")).count() <= 30, "{read:?}");
    assert!(
        seen.says("alike were left out") || seen.says("calendar pages far from today"),
        "{:?}",
        seen.summary.note.limits
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redirect_loops_end_and_are_named() {
    let site = Site::start(|asked, stream| async move {
        let leads_to = match asked.path.as_str() {
            "/a" => Some("/b".to_owned()),
            "/b" => Some("/a".to_owned()),
            "/self" => Some("/self".to_owned()),
            p if p.starts_with("/run") => Some(format!("{p}x")),
            "/moved" => Some("/target".to_owned()),
            _ => None,
        };
        if let Some(to) = leads_to {
            return status(stream, 302, &format!("Location: {to}\r\n"), "").await;
        }
        match asked.path.as_str() {
            "/target" => html(stream, "<p>here").await,
            "/" => html(stream, "<a href=/a>1</a><a href=/self>2</a><a href=/run>3</a><a href=/moved>4</a>").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert!(seen.failures().iter().filter(|f| f.kind == "redirect_loop").count() >= 3, "{:?}", seen.failures());
    assert!(seen.read().contains(&"/target".to_owned()));
    assert!(site.asked().len() < 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gzip_bomb_is_opened_only_a_little() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(b"<html><a href=/inside>inside</a>").expect("memory");
    for _ in 0..400 {
        bomb.write_all(&[b' '; 1 << 20]).expect("memory");
    }
    let bomb = std::sync::Arc::new(bomb.finish().expect("memory"));
    let site = Site::start(move |asked, stream| {
        let bomb = bomb.clone();
        async move {
            match asked.path.as_str() {
                "/" => html(stream, "<a href=/bomb>b</a><a href=/nested>n</a><a href=/ok>ok</a>").await,
                "/bomb" => {
                    answer(
                        stream,
                        200,
                        "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                        &bomb[..900_000.min(bomb.len())],
                    )
                    .await
                }
                "/nested" => {
                    answer(
                        stream,
                        200,
                        "Content-Type: text/html\r\nContent-Encoding: gzip, gzip, br, gzip\r\n",
                        &bomb[..1000],
                    )
                    .await
                }
                "/ok" | "/inside" => html(stream, "<p>fine").await,
                _ => status(stream, 404, "", "").await,
            }
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    assert!(seen.failed("/bomb", "too_large"), "{:?}", seen.failures());
    assert!(seen.read().contains(&"/ok".to_owned()) && seen.read().contains(&"/inside".to_owned()));
    assert!(seen.says("only their beginning counts"));
    memory_is_bounded();
}

/// Sends zeros until the other side has had enough.
async fn forever(mut stream: tokio::net::TcpStream, head: &str, chunked: bool) {
    let _ = stream.write_all(head.as_bytes()).await;
    let zeros = vec![b' '; 1 << 16];
    let mut sent = 0u64;
    while sent < 5 << 30 {
        if chunked && stream.write_all(b"10000\r\n").await.is_err() {
            return;
        }
        if stream.write_all(&zeros).await.is_err() || (chunked && stream.write_all(b"\r\n").await.is_err()) {
            return;
        }
        sent += zeros.len() as u64;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_gigabytes_and_endless_bodies_are_cut() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/" => html(stream, "<a href=/plan.pdf>Plan</a><a href=/big>Big</a><a href=/chunked>Chunked</a><a href=/unsaid.csv>Data</a><a href=/ok>ok</a>").await,
            "/plan.pdf" => forever(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 5368709120\r\n\r\n", false).await,
            "/big" => forever(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5368709120\r\n\r\n", false).await,
            "/chunked" => forever(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", true).await,
            "/unsaid.csv" => forever(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n", false).await,
            "/ok" => html(stream, "<p>fine").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    for path in ["/plan.pdf", "/big", "/chunked", "/unsaid.csv"] {
        assert!(seen.failed(path, "too_large"), "{path}: {:?}", seen.failures());
    }
    assert!(seen.summary.note.bytes < 12 << 20 && seen.read().contains(&"/ok".to_owned()));
    assert!(
        seen.archive.entries().iter().any(|e| e.uri.ends_with("/chunked") && e.truncated.as_deref() == Some("length"))
    );
    memory_is_bounded();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_drips_and_silence_end_at_the_deadline() {
    let site = Site::start(|asked, mut stream| async move {
        match asked.path.as_str() {
            "/" => html(stream, "<a href=/drip>d</a><a href=/head>h</a><a href=/silence>s</a><a href=/ok>ok</a>").await,
            "/drip" => {
                let _ = stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<p>")
                    .await;
                while stream.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
            "/head" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
                while stream.write_all(b"X-Slow: 1\r\n").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
            }
            "/silence" => tokio::time::sleep(Duration::from_secs(60)).await,
            "/ok" => html(stream, "<p>fine").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    for path in ["/drip", "/head", "/silence"] {
        assert!(seen.failed(path, "timeout"), "{path}: {:?}", seen.failures());
    }
    assert!(seen.took < Duration::from_secs(20) && seen.read().contains(&"/ok".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn huge_heads_are_refused_and_broken_answers_are_no_crash() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/" => {
                html(
                    stream,
                    (0..7).map(|n| format!("<a href=/{}>x</a>", char::from(b'a' + n))).collect::<String>()
                        + "<a href=/ok>ok</a>",
                )
                .await
            }
            "/a" => raw(stream, format!("HTTP/1.1 200 OK\r\nX-Big: {}\r\n\r\n", "x".repeat(2 << 20))).await,
            "/b" => raw(stream, format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Many: 1\r\n".repeat(20_000))).await,
            "/c" => raw(stream, "garbage\0\x01\r\n\r\n").await,
            "/d" => raw(stream, "").await,
            "/e" => {
                raw(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half").await
            }
            "/f" => {
                raw(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\nnot gzip")
                    .await
            }
            "/g" => {
                raw(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nbad",
                )
                .await
            }
            "/ok" => html(stream, "<p>fine").await,
            _ => status(stream, 404, "", "").await,
        }
    })
    .await;
    let out = dir();
    let mut options = site.options(out.path());
    options.concurrency = 1;
    let seen = capture(options).await;
    for path in ["/a", "/b", "/c", "/d"] {
        assert!(seen.failed(path, "broken_body"), "{path}: {:?}", seen.failures());
    }
    assert!(seen.read().contains(&"/ok".to_owned()), "{:?}", seen.failures());
    memory_is_bounded();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_and_deeply_nested_pages_still_give_their_links() {
    let deep = format!("{}<a href=/deep>deep</a>", "<div><span>".repeat(60_000));
    let tables = format!("<a href=/first>f</a>{}", "<table><tr><td>".repeat(30_000));
    let site = Site::pages(&[
        ("/", "<html><body><a href=/one<b>x<a href='/two'>two<p></a></div></span><a href=/nested>n</a><a href=/tables>t</a><a href=\"/never"),
        ("/two", "<p>two"),
        ("/nested", &deep),
        ("/tables", &tables),
        ("/deep", "<p>deep"),
        ("/first", "<p>first"),
    ])
    .await;
    let out = dir();
    let seen = capture(site.options(out.path())).await;
    for path in ["/two", "/deep", "/first"] {
        assert!(seen.read().contains(&path.to_owned()), "{path}: {:?}", seen.read());
    }
    memory_is_bounded();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paths_that_grow_and_queries_that_multiply_end() {
    let site = Site::start(|asked, stream| async move {
        match asked.path.as_str() {
            "/robots.txt" => status(stream, 404, "", "").await,
            p if p.contains('?') => {
                let links: String = (0..12).map(|n| format!("<a href='{p}&k{n}=1'>k</a>")).collect();
                html(stream, format!("<p>list</p>{links}<a href=a/b/>r</a>")).await;
            }
            p => {
                html(
                    stream,
                    format!(
                        "<p>{p}</p><a href=a/b/>r</a><a href='?k=1'>q</a><a href='/s;jsessionid={:x}'>s</a>",
                        asked.head.len() * 31
                    ),
                )
                .await
            }
        }
    })
    .await;
    let out = dir();
    let mut options = site.options(out.path());
    options.budget = 300;
    let seen = capture(options).await;
    assert!(seen.took < Duration::from_secs(30));
    assert!(
        seen.says("paths that repeat themselves") || seen.says("endless parameters"),
        "{:?}",
        seen.summary.note.limits
    );
    assert!(site.hits("/s") <= 1, "visits are one page");
}
