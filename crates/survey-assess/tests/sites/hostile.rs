//! Sites made, or broken, to hurt.

use super::town::{Town, by_rule, expect_value};
use survey_assess::State;

#[test]
fn nesting_without_end_and_noise_do_not_stop_the_judgement() {
    let deep = format!(
        "<html><body>{}deep words{}</body></html>",
        "<div><b><span>".repeat(60_000),
        "</span></b></div>".repeat(60_000)
    );
    let open = "<table><tr><td><p><font color=red>".repeat(20_000);
    let report = Town::new("en", "Example")
        .page("/", "Example", "<p>Welcome to the town of Example, with information for all residents.</p>")
        .raw("/deep", 200, "text/html", deep)
        .raw("/open", 200, "text/html", open)
        .raw("/noise", 200, "text/html", (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>())
        .raw("/json", 200, "text/html", format!("<script type=\"application/ld+json\">{}</script>", "[".repeat(100_000)))
        .page("/privacy", "Privacy policy", "<p>This privacy policy tells which personal information we collect and use, and your rights under data protection law.</p>")
        .report();
    expect_value(&report, "topic:privacy-policy", 1);
}

#[test]
fn an_archive_without_pages_is_all_unknown() {
    let report = Town::new("en", "Example").raw("/", 403, "text/html", "no").report();
    let judged = by_rule(&report, "topic:budget");
    assert_eq!(judged.state, State::NotAssessable, "{judged:?}");
    assert!(report.criteria.iter().filter(|c| c.rule != "fact:https").all(|c| c.state == State::NotAssessable));
    assert!(report.scores.total_if_unknown_met > 98.0, "{}", report.scores.total_if_unknown_met);
}

#[test]
fn one_text_at_many_addresses_is_an_error_page() {
    let mut town = Town::new("en", "Example").menu(&[
        ("/budget", "City budget"),
        ("/privacy", "Privacy policy"),
        ("/jobs", "Jobs"),
    ]);
    town = town.page(
        "/",
        "Example",
        "<p>Welcome to the town of Example, with information for all residents and visitors.</p>",
    );
    for path in ["/budget", "/privacy", "/jobs", "/a", "/b", "/c"] {
        town = town.page(path, "City budget and privacy policy", "<p>Sorry, an error occurred. Budget revenue expenditure fiscal year appropriation; personal information collect.</p>");
    }
    let report = town.report();
    assert_ne!(by_rule(&report, "topic:budget").state, State::Found);
    assert!(report.limits.iter().any(|l| l.contains("same text")), "{:?}", report.limits);
}
