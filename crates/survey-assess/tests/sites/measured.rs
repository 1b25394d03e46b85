//! Facts from notes and headers.

use survey_archive::notes::{AxeNote, AxeViolation, CookieNote, EndpointNote, Note, PageNote, SearchNote};

use super::town::{HOST, Town, by_rule, expect_value};
use survey_assess::{Decided, State};

fn town() -> Town {
    let mut town = Town::new("en", "Example").menu(&[("/a", "Parks"), ("/b", "Roads"), ("/c", "Schools")]).page(
        "/",
        "Example",
        "<p>Welcome to the town of Example and its many pages for residents.</p>",
    );
    for (path, title) in [("/a", "Parks"), ("/b", "Roads"), ("/c", "Schools")] {
        town = town.page(
            path,
            title,
            &format!("<p>{title} of the town, described in a few honest words for everybody who lives here.</p>"),
        );
    }
    town
}

fn seen(path: &str) -> PageNote {
    PageNote {
        url: format!("{HOST}{path}"),
        final_url: format!("{HOST}{path}"),
        requests: 12,
        transferred: 420_000,
        width_at_320: Some(320),
        targets: 200,
        small_targets: 1,
        height: 1500,
        window_height: 800,
        axe: Some(AxeNote { version: "4".into(), ..AxeNote::default() }),
        ..PageNote::default()
    }
}

#[test]
fn without_a_browser_nothing_is_invented() {
    let report = town().report();
    for rule in
        ["fact:tracking", "fact:cookies", "fact:viewport", "fact:tap-targets", "fact:weight", "fact:accessibility"]
    {
        let judged = by_rule(&report, rule);
        assert_eq!(
            (judged.state, judged.decided, judged.value),
            (State::NotAssessable, Decided::Human, None),
            "{judged:?}"
        );
    }
}

#[test]
fn a_clean_site_reaches_the_highest_steps() {
    let mut town = town();
    for path in ["/", "/a", "/b", "/c"] {
        town = town.note(Note::Page(Box::new(seen(path))));
    }
    let town = town
        .header("/", "Strict-Transport-Security", "max-age=31536000")
        .header("/", "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
        .header("/", "X-Content-Type-Options", "nosniff")
        .header("/", "Referrer-Policy", "no-referrer")
        .note(Note::Search(SearchNote {
            asked: format!("{HOST}/search?q=park"),
            query: "park".into(),
            status: 200,
            result_links: 4,
            ..SearchNote::default()
        }))
        .note(Note::Endpoint(EndpointNote {
            url: format!("{HOST}/api/3/action/package_list"),
            kind: "ckan".into(),
            status: 200,
            proof: "\"success\": true".into(),
        }));
    let report = town.report();
    for (rule, value) in [
        ("fact:https", 2),
        ("fact:headers", 2),
        ("fact:tracking", 2),
        ("fact:cookies", 2),
        ("fact:viewport", 1),
        ("fact:tap-targets", 1),
        ("fact:weight", 2),
        ("fact:accessibility", 3),
        ("fact:search", 3),
        ("fact:open-data", 3),
        ("fact:mixed-content", 1),
        ("fact:titles", 1),
        ("fact:language-declared", 1),
    ] {
        expect_value(&report, rule, value);
    }
}

#[test]
fn trackers_cookies_and_faults_are_named() {
    let mut note = seen("/");
    note.third_parties.insert("www.google-analytics.com".into(), 2);
    note.cookies.push(CookieNote {
        name: "_ga".into(),
        domain: ".town.example".into(),
        first_party: true,
        lifetime_s: Some(63_072_000),
        ..CookieNote::default()
    });
    note.width_at_320 = Some(980);
    note.small_targets = 90;
    note.transferred = 9_000_000;
    let violation =
        |rule: &str| AxeViolation { rule: rule.into(), impact: "critical".into(), nodes: 3, example: "<img>".into() };
    note.axe = Some(AxeNote {
        violations: ["image-alt", "label", "button-name", "link-name"].map(violation).to_vec(),
        ..AxeNote::default()
    });
    let report = town().note(Note::Page(Box::new(note))).report();
    for rule in [
        "fact:tracking",
        "fact:cookies",
        "fact:viewport",
        "fact:tap-targets",
        "fact:weight",
        "fact:accessibility",
        "fact:headers",
    ] {
        expect_value(&report, rule, 0);
    }
    assert!(by_rule(&report, "fact:tracking").reason.contains("Google Analytics"));
    expect_value(&report, "fact:https", 1);
}

#[test]
fn answers_to_the_capture_s_own_questions_are_no_pages() {
    let town = town()
        .page(
            "/search?q=park",
            "Results",
            "<p>City budget revenue expenditure fiscal year: one result for the word that was asked.</p>",
        )
        .page(
            "/search?q=xyzzy",
            "No results",
            "<p>Nothing was found for the word that was asked; try another word, please, dear reader.</p>",
        )
        .note(Note::Search(SearchNote {
            asked: format!("{HOST}/search?q=park"),
            query: "park".into(),
            status: 200,
            result_links: 4,
            ..SearchNote::default()
        }));
    assert_eq!(town.report().pages.judged, 4);
}
