//! A portal whose mega-menu names everything on every page: only target pages may count.

use super::town::{HOST, Town, by_rule, expect_found, expect_none, expect_value};
use survey_assess::State;

const MENU: [(&str, &str); 16] = [
    ("/privacy", "Privacy policy"),
    ("/pay/water", "Pay your water bill"),
    ("/pay/taxes", "Pay property taxes"),
    ("/pay/fines", "Pay parking tickets"),
    ("/finance/budget", "City budget"),
    ("/council/minutes", "Council minutes"),
    ("/jobs", "Job openings"),
    ("/permits/building", "Building permits"),
    ("/report", "Report a problem"),
    ("/participatory-budgeting", "Participatory budgeting"),
    ("/petitions", "Petitions"),
    ("/volunteer", "Volunteer"),
    ("/contact", "Contact us"),
    ("/events", "Events calendar"),
    ("/faq", "Frequently asked questions"),
    ("/news", "News"),
];

fn portal() -> Town {
    let mut town = Town::new("en", "Town of Example").menu(&MENU).footer(
        "<form action=\"/subscribe\" method=\"post\"><h2>Newsletter</h2><p>Subscribe to our newsletter</p><label for=\"nl\">E-mail</label><input id=\"nl\" type=\"email\" name=\"email\"><button>Subscribe</button></form><p>City Hall, 12 Main Street, Example, PA 19102. Open Monday to Friday 9:00 - 17:00. Tel. 215-555-0100</p><a href=\"https://www.facebook.com/townofexample\">Facebook</a> <a href=\"https://www.youtube.com/@townofexample\">YouTube</a>",
    );
    town = town
        .page("/", "Town of Example", "<p>Welcome to the official website of the Town of Example. Find services, news and events for residents and businesses.</p>")
        .page("/privacy", "Privacy policy", "<p>This privacy policy explains how the Town of Example collects and uses personal information that you give us.</p><h2>What we collect</h2><p>We collect your name, e-mail address and IP address when you use this website. Personal data we collect is limited.</p><h2>Why</h2><p>The purpose of the processing is to answer your request. We use your information to provide services.</p><h2>How long</h2><p>We keep your personal data for two years; this is our retention period.</p><h2>Your rights</h2><p>You have the right to access, correct and delete your personal data. To exercise your rights, write to the data protection officer.</p>")
        .page("/finance/budget", "City budget", "<p>The annual budget sets out revenue and expenditure for the fiscal year. The council adopts the budget in June with all appropriations.</p><a href=\"/files/budget-2026.pdf\">Adopted budget 2026 (PDF)</a>")
        .page("/report", "Report a problem", "<p>Report a pothole, a broken street light or graffiti. We will fix the problem as soon as we can.</p><form method=\"post\" action=\"/report\"><label for=\"d\">Description</label><textarea id=\"d\" name=\"description\" required></textarea><label for=\"m\">E-mail</label><input id=\"m\" type=\"email\" name=\"mail\" autocomplete=\"email\"><button>Submit report</button></form>")
        .page("/jobs", "Job openings", "<p>Current vacancies with the Town. We are an equal opportunity employer; salary and benefits are listed with each position.</p><a href=\"/files/application.pdf\">Application form (PDF)</a>")
        .page("/contact", "Contact us", "<p>Send us your question.</p><form method=\"post\" action=\"/contact\"><label for=\"c\">Your message</label><textarea id=\"c\" name=\"message\"></textarea><label for=\"ce\">E-mail</label><input id=\"ce\" type=\"email\" name=\"email\"><button>Send message</button></form>")
        .raw("/files/budget-2026.pdf", 200, "application/pdf", "%PDF-1.4");
    for path in [
        "/pay/water",
        "/pay/taxes",
        "/pay/fines",
        "/participatory-budgeting",
        "/petitions",
        "/volunteer",
        "/permits/building",
        "/council/minutes",
    ] {
        town = town.raw(path, 404, "text/html", "<h1>Not found</h1>");
    }
    for number in 0..30 {
        let body = format!(
            "<p>Story {number}: the mayor opened a park bench number {number} on a sunny day, and children sang songs about spring while the band played on.</p>"
        );
        town = town.page(&format!("/news/2026/{number}"), &format!("Park bench number {number} opened"), &body);
    }
    town = town.page("/news/2026/budget", "Council adopts city budget after long debate", "<p>The council adopted the annual budget with revenue and expenditure for the fiscal year and talked of petitions, property taxes and participatory budgeting.</p>");
    town
}

#[test]
fn words_in_a_mega_menu_prove_nothing() {
    let report = portal().report();
    for rule in [
        "topic:pay-utilities",
        "topic:pay-taxes",
        "topic:pay-fines",
        "topic:participatory-budget",
        "topic:petitions",
        "topic:volunteering",
        "topic:building-permits",
        "topic:council-minutes",
    ] {
        expect_none(&report, rule);
        assert!(by_rule(&report, rule).reason.contains("of 37 known pages"), "{}", by_rule(&report, rule).reason);
    }
}

#[test]
fn target_pages_documents_and_forms_give_the_step() {
    let report = portal().report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:budget", 2);
    expect_value(&report, "topic:report-problem", 3);
    expect_value(&report, "topic:feedback", 3);
    expect_found(&report, "topic:jobs", 1);
    expect_value(&report, "topic:newsletter", 3);
    let budget = by_rule(&report, "topic:budget");
    assert_eq!(budget.evidence[0].url, format!("{HOST}/finance/budget"), "{budget:#?}");
    assert!(budget.evidence[0].record.starts_with("<urn:uuid:"));
    assert!(budget.evidence.iter().all(|e| e.quote.chars().count() <= 300));
}

#[test]
fn clauses_are_read_in_the_notice() {
    let report = portal().report();
    for rule in ["clause:purpose", "clause:retention", "clause:data-collected"] {
        expect_found(&report, rule, 1);
    }
    expect_value(&report, "clause:rights", 2);
    expect_none(&report, "clause:complaint");
}

#[test]
fn what_stands_in_footers_counts_where_it_should() {
    let report = portal().report();
    expect_value(&report, "topic:office-locations", 1);
    expect_value(&report, "topic:opening-hours", 1);
    expect_value(&report, "fact:social", 2);
    expect_value(&report, "fact:policy-everywhere", 1);
    expect_value(&report, "fact:navigation", 1);
    expect_value(&report, "fact:home-link", 1);
}

#[test]
fn a_partial_capture_never_says_absent() {
    let report = portal().stopped("pages", 900).report();
    let petitions = by_rule(&report, "topic:petitions");
    assert_eq!(petitions.state, State::NotFound);
    assert!(petitions.reason.contains("37 of 900"), "{}", petitions.reason);
    assert!(report.criteria.iter().filter(|c| c.rule.starts_with("topic:")).all(|c| c.state != State::Absent));
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("folder");
    let archive = portal().archive(folder.path());
    let instrument = survey_instrument::Instrument::load("madang-2026").expect("instrument");
    let lexicon = survey_assess::Lexicon::builtin();
    let make = || survey_assess::assess(&archive, instrument, &lexicon).expect("report");
    let first = make();
    assert_eq!(first.to_json().expect("json"), make().to_json().expect("json"));
    assert_eq!(first.to_html(instrument, "ko"), make().to_html(instrument, "ko"));
    let back: survey_assess::Report =
        serde_json::from_str(&first.to_json().expect("json")).expect("the report reads back");
    assert_eq!(back, first);
}

#[test]
fn every_criterion_of_both_instruments_gets_an_answer() {
    for id in ["madang-2026", "global-2009"] {
        let instrument = survey_instrument::Instrument::load(id).expect("instrument");
        let report = portal().report_by(id);
        assert_eq!(report.criteria.len(), instrument.criteria.len());
        for judged in &report.criteria {
            assert!(!judged.reason.is_empty() && !judged.reason.contains("no measurement named"), "{judged:?}");
            assert_eq!(
                judged.value.is_none(),
                matches!(judged.state, State::NotAssessable | State::NotThisCity),
                "{judged:?}"
            );
            assert!(judged.value.unwrap_or_default() <= judged.max);
        }
    }
}

#[test]
fn the_page_for_people_is_safe_and_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let archive = portal()
        .page(
            "/privacy",
            "Privacy policy <script>alert(1)</script>",
            "<p>personal information we collect &lt;script&gt;alert(2)&lt;/script&gt; data protection purpose</p>",
        )
        .archive(folder.path());
    let instrument = survey_instrument::Instrument::load("madang-2026").expect("instrument");
    let report = survey_assess::assess(&archive, instrument, &survey_assess::Lexicon::builtin()).expect("report");
    for language in ["en", "ko"] {
        let html = report.to_html(instrument, language);
        assert!(html.contains(&format!("<html lang=\"{language}\">")) && html.matches("<h1>").count() == 1);
        assert!(!html.contains("<script") && !html.contains("src="), "no script and no outside part");
        assert!(report.criteria.iter().all(|c| html.contains(&format!("id=\"{}\"", c.id))));
    }
}
