//! An audit on one screen: scores, who decides what, what was not seen, what to do next.

use survey_assess::Report;
use survey_instrument::Instrument;

use super::print;

/// Sentences about what was not seen that fit the screen.
const LIMITS: usize = 5;

/// The judgement in words and small bars.
pub fn of(report: &Report, instrument: &Instrument) -> String {
    let mut text = String::new();
    let title = plain(&report.site.title);
    if !title.is_empty() {
        text.push_str(&format!("{}\n", print::bold(&title)));
    }
    text.push_str(&format!("{}\n", plain(&report.site.start)));
    if report.pages.fetched == 0 {
        text.push_str("No page could be read, so nothing was judged.\n");
        text.push_str(&limits(report));
        return text;
    }
    text.push_str(&format!(
        "{}. Judged with {} {}.\n\n",
        seen(report),
        report.instrument.id,
        report.instrument.version
    ));
    text.push_str(&scores(report, instrument));
    if report.scores.total_if_unknown_met > report.scores.total {
        let upper = report.scores.total_if_unknown_met;
        text.push_str(&format!("Up to {upper:.2} if everything that could not be judged were met.\n"));
    }
    let decided = &report.decided;
    text.push_str(&format!(
        "\n{} of {} criteria decided, {} pre-coded for a person to confirm, {} for a person alone.\n",
        decided.automatic,
        report.criteria.len(),
        decided.assisted,
        decided.human
    ));
    if let Some(second) = &report.second_reader {
        text.push_str(&format!(
            "A second reader, {}, answered for {} of {} criteria asked about; its answers change no value.\n",
            plain(&second.model),
            second.answered,
            second.asked
        ));
    }
    text.push_str(&limits(report));
    text
}

fn seen(report: &Report) -> String {
    let pages = &report.pages;
    let mut parts = vec![format!("{} of {} known pages read", pages.fetched, pages.known.max(pages.fetched))];
    match pages.rendered {
        Some(rendered) => parts.push(format!("{rendered} looked at in a browser")),
        None => parts.push("no browser".to_owned()),
    }
    if pages.documents > 0 {
        parts.push(format!("{} documents", pages.documents));
    }
    if pages.forbidden > 0 {
        parts.push(format!("{} forbidden by robots.txt", pages.forbidden));
    }
    parts.push(format!("{:.1} MB", report.captured.bytes as f64 / 1e6));
    parts.join(", ")
}

fn scores(report: &Report, instrument: &Instrument) -> String {
    let words = instrument.words("en");
    let row = |name: &str, score: f64, points: f64, raw: String| {
        vec![name.to_owned(), format!("{score:.2}"), print::bar(score / points.max(1.0), 20), raw]
    };
    let mut rows: Vec<_> = report
        .scores
        .categories
        .iter()
        .map(|category| {
            let raw = format!("{} of {}", category.raw_exact, category.max_exact);
            row(words.category(&category.id), category.score, f64::from(category.points), raw)
        })
        .collect();
    rows.push(row("Total", report.scores.total, 100.0, String::new()));
    print::table(&["category", "score", "", "raw points"], &[1], rows)
}

fn limits(report: &Report) -> String {
    if report.limits.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nWhat was not seen\n");
    for limit in report.limits.iter().take(LIMITS) {
        text.push_str(&format!("  - {}\n", plain(limit)));
    }
    if report.limits.len() > LIMITS {
        text.push_str(&format!("  - and {} more in the report\n", report.limits.len() - LIMITS));
    }
    text
}

/// One row for each criterion; its first three columns are a sheet that `madang survey score` reads.
pub fn csv(report: &Report) -> anyhow::Result<String> {
    let rows = report.criteria.iter().map(|judged| {
        let state = word(&judged.state);
        let value = judged.value.filter(|_| state == "found").map(|value| value.to_string()).unwrap_or_default();
        vec![
            judged.id.clone(),
            value,
            state,
            word(&judged.decided),
            judged.confidence.to_string(),
            judged.reason.clone(),
        ]
    });
    print::csv(&["criterion", "value", "state", "decided", "confidence", "reason"], &rows.collect::<Vec<_>>())
}

/// An enum's word as it stands in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A site's own words without anything that moves the cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use survey_instrument::Sheet;

    use super::*;

    fn report() -> Report {
        let criteria: Vec<_> = Instrument::load("madang-2026")
            .expect("instrument")
            .criteria
            .iter()
            .map(|criterion| {
                serde_json::json!({ "id": criterion.id, "number": criterion.number, "category": criterion.category, "rule": "topic:x",
                    "value": 0, "max": criterion.scale.max(), "state": "not_found", "confidence": 0.4, "decided": "assisted",
                    "reason": "x not found after 3 of 9 known pages.", "evidence": [] })
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "schema": "madang-report-1", "instrument": { "id": "madang-2026", "version": "1.0.0" },
            "site": { "start": "https://city.example/", "hosts": ["city.example"], "title": "City\u{1b}[2J", "languages": ["en"] },
            "captured": { "began": "2026-11-24T00:00:00Z", "ended": "2026-11-24T00:01:00Z", "stopped": "pages", "budget": 3, "bytes": 1_500_000 },
            "scores": { "total": 12.5, "total_exact": "25/2", "total_if_unknown_met": 20.0, "total_if_unknown_met_exact": "20", "categories": [
                { "id": "usability", "points": 20, "raw": 5.0, "raw_exact": "5", "max": 8.0, "max_exact": "8", "score": 12.5, "score_exact": "25/2", "score_if_unknown_met": 20.0 } ] },
            "decided": { "automatic": 0, "assisted": 98, "human": 0 },
            "pages": { "known": 9, "fetched": 3, "forbidden": 1, "rendered": null, "documents": 0, "judged": 3 },
            "limits": ["a.", "b.", "c.", "d.", "e.", "f."], "criteria": criteria
        }))
        .expect("report")
    }

    #[test]
    fn the_summary_fits_a_screen_and_says_what_was_not_seen() {
        let text = of(&report(), Instrument::load("madang-2026").expect("instrument"));
        assert!(text.lines().count() <= 24, "{text}");
        for wanted in [
            "3 of 9 known pages read",
            "1 forbidden by robots.txt",
            "no browser",
            "12.50",
            "Up to 20.00",
            "98 pre-coded",
            "and 1 more",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains('\u{1b}'), "a title cannot clear the screen");
    }

    #[test]
    fn a_site_that_cannot_be_read_gets_a_reason_and_no_score() {
        let mut report = report();
        report.pages.fetched = 0;
        let text = of(&report, Instrument::load("madang-2026").expect("instrument"));
        assert!(
            text.contains("nothing was judged") && text.contains("What was not seen") && !text.contains("Total"),
            "{text}"
        );
    }

    #[test]
    fn the_rows_of_an_audit_are_a_sheet_that_can_be_scored() {
        let sheet = Sheet::parse(Instrument::load("madang-2026").expect("instrument"), &csv(&report()).expect("csv"));
        assert!(sheet.is_ok(), "{sheet:?}");
    }
}
