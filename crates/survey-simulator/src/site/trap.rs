//! What hostile cities answer at their doors.

use super::answer::{Answer, Body};
use super::files;
use crate::city::City;
use crate::draw::{Draw, named};
use crate::hostile::Kind;

/// A body that is made while it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// One byte a second, for ever.
    Slow,
    /// Text without end, as fast as it is taken.
    Endless,
    /// Half of what was announced, then the connection is cut.
    Cut,
}

const PAGE: &str = "text/html; charset=utf-8";
/// Unpacked size of the bomb, megabytes.
const UNPACKED: usize = 1024;

/// The answer of a door of this city; `None` for its true site.
pub fn answer(city: &City, target: &str) -> Option<Answer> {
    city.hostile.iter().find_map(|kind| door(*kind, target))
}

fn door(kind: Kind, target: &str) -> Option<Answer> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let html = |text: String| Some(Answer::new(200, PAGE, text));
    let stream = |media: &str, body: Stream| Some(Answer { body: Body::Stream(body), ..Answer::new(200, media, "") });
    match (kind, path) {
        (Kind::Calendar, "/calendar") => html(month(query)),
        (Kind::Maze, _) if path.starts_with("/archive/") => {
            let word = format!("{:x}", named(path) & 0xFFF);
            html(format!(
                "<!doctype html><title>{word}</title><h1>{word}</h1><p><a href=\"{path}{word}/\">{word}</a> <a href=\"{path}b/\">b</a> <a href=\"/archive/{word}/\">{word}</a></p>"
            ))
        }
        (Kind::Tarpit, _) if path.starts_with("/slow/") => stream(PAGE, Stream::Slow),
        (Kind::Endless, "/stream/document.pdf") => stream("application/pdf", Stream::Endless),
        (Kind::Endless, _) if path.starts_with("/stream/") => stream(PAGE, Stream::Endless),
        (Kind::Bomb, _) if path.starts_with("/packed/") => {
            Some(Answer::new(200, PAGE, packed()).with("content-encoding", "gzip"))
        }
        (Kind::Redirects, _) if path.starts_with("/turn/") => {
            Some(Answer::to(302, if path == "/turn/0" { "/turn/1" } else { "/turn/0" }))
        }
        (Kind::Redirects, _) => {
            let number: u64 = path.strip_prefix("/chain/")?.parse().ok()?;
            Some(Answer::to(301, format!("/chain/{}", number.wrapping_add(1))))
        }
        (Kind::Nested, "/deep/page") => {
            let deep = "<div><span><b>".repeat(10 * 1024 * 1024 / 14);
            html(format!("<!doctype html><title>deep</title><h1>deep</h1>{deep}"))
        }
        (Kind::Malformed, _) => torn(path),
        (Kind::Headers, _) => heads(path),
        (Kind::Robots, "/robots.txt") => {
            let rules: String = (0..150_000).map(|n| format!("Disallow: /intern/{n}/secret\n")).collect();
            Some(Answer::new(200, "text/plain", format!("User-agent: *\n{rules}")))
        }
        (Kind::Scripts, _) => scripts(path),
        (Kind::Inside, _) => inside(path),
        (Kind::Sitemaps, "/sitemap.xml") => {
            let number: u64 = query.parse().unwrap_or(0);
            let maps: String =
                (1..=20).map(|n| format!("<sitemap><loc>/sitemap.xml?{}</loc></sitemap>", number * 20 + n)).collect();
            let head = "<?xml version=\"1.0\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
            Some(Answer::new(200, "application/xml", format!("{head}{maps}</sitemapindex>")))
        }
        (Kind::Cut, "/cut/page") => stream(PAGE, Stream::Cut),
        _ => None,
    }
}

/// Packed once for all.
fn packed() -> bytes::Bytes {
    static PACKED: std::sync::OnceLock<bytes::Bytes> = std::sync::OnceLock::new();
    PACKED.get_or_init(|| files::bomb(UNPACKED).into()).clone()
}

/// A month with a link to the one before and the next, and one for each of its days.
fn month(query: &str) -> String {
    let asked = query.split('&').find_map(|p| p.strip_prefix("month=")).unwrap_or("2026-01");
    let (year, month) = asked
        .split_once('-')
        .and_then(|(y, m)| Some((y.parse::<i64>().ok()?, m.parse::<i64>().ok()?)))
        .unwrap_or((2026, 1));
    let at = year * 12 + month - 1;
    let link = |at: i64| format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1);
    let days: String =
        (1..=28).map(|d| format!("<a href=\"/calendar?month={}&amp;day={d}\">{d}</a> ", link(at))).collect();
    format!(
        "<!doctype html><title>{0}</title><h1>{0}</h1><p><a href=\"/calendar?month={1}\">{1}</a> <a href=\"/calendar?month={2}\">{2}</a></p><p>{days}</p>",
        link(at),
        link(at - 1),
        link(at + 1)
    )
}

fn torn(path: &str) -> Option<Answer> {
    let noise = |count: usize| -> Vec<u8> {
        let mut draw = Draw::new(count as u64);
        (0..count).map(|_| draw.number() as u8).collect()
    };
    let body = match path {
        "/torn/page" => b"<html><head><title>Torn<body <p><a href='/torn/letters>letters</a><table><tr><td><form><form><script>if (a</scr".to_vec(),
        "/torn/letters" => {
            let mut text = b"<!doctype html><meta charset=\"shift_jis\"><title>Letters</title><p>\xC3\xA9\xFF\xFE\x00\x81".to_vec();
            text.extend(noise(3000));
            return Some(Answer::new(200, "text/html; charset=utf-16", text));
        }
        "/torn/noise" => noise(300_000),
        _ => return None,
    };
    Some(Answer::new(200, PAGE, body))
}

fn heads(path: &str) -> Option<Answer> {
    let mut answer = Answer::new(200, PAGE, "<!doctype html><title>Heads</title><p>Heads");
    match path {
        "/heads/page" => answer.headers.push(("x-long".into(), "a".repeat(200_000))),
        "/heads/cookies" => answer
            .headers
            .extend((0..400).map(|n| ("set-cookie".into(), format!("c{n}={}; Path=/", "b".repeat(3_000))))),
        _ => return None,
    }
    Some(answer)
}

fn scripts(path: &str) -> Option<Answer> {
    let script = match path {
        "/scripts/loop" => "for(;;){}",
        "/scripts/memory" => "const a=[];for(;;){a.push(new Array(1e6).fill(a.length))}",
        "/scripts/dialogs" => {
            "for(;;){alert('again');window.open('/scripts/loop');location.hash+='a';history.pushState(0,'','#'+Math.random())}"
        }
        _ => return None,
    };
    Some(Answer::new(
        200,
        PAGE,
        format!("<!doctype html><title>Scripts</title><h1>Scripts</h1><script>{script}</script>"),
    ))
}

fn inside(path: &str) -> Option<Answer> {
    let place = match path {
        "/inside/metadata" => "http://169.254.169.254/latest/meta-data/",
        "/inside/router" => "http://192.168.0.1/",
        "/inside/file" => "file:///etc/passwd",
        _ => return None,
    };
    Some(Answer::to(302, place))
}
