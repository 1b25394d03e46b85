//! The report as one self-contained page: no script, no outside part, fit for paper.

use survey_instrument::Instrument;

use super::words::Words;
use super::{Decided, Judged, Report, chart};
use crate::finding::{Evidence, State};

const STYLE: &str = include_str!("report.css");

/// Text made safe for HTML content and attribute values.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

pub fn page(report: &Report, instrument: &Instrument, language: &str) -> String {
    let words = Words::new(language);
    let mut out = String::with_capacity(200_000);
    let heading = words.fill("heading", &[("site", report.site.start.clone())]);
    out.push_str(&format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>{}</title><style>{STYLE}</style></head><body>\n<a class=\"skip\" href=\"#main\">{}</a>\n",
        words.language,
        escape(&heading),
        escape(words.get("skip")),
    ));
    out.push_str(&format!(
        "<header><p class=\"brand\">{}</p><h1>{}</h1>",
        escape(words.get("brand")),
        escape(&heading)
    ));
    if !report.site.title.is_empty() {
        out.push_str(&format!("<p class=\"site-title\">{}</p>", escape(&report.site.title)));
    }
    out.push_str("</header>\n<main id=\"main\">");
    totals(&mut out, report, instrument, words);
    categories(&mut out, report, instrument, words);
    unseen(&mut out, report, words);
    for category in &instrument.categories {
        criteria(&mut out, report, instrument, &category.id, words);
    }
    method(&mut out, report, instrument, words);
    out.push_str("</main></body></html>\n");
    out
}

fn totals(out: &mut String, report: &Report, instrument: &Instrument, words: Words) {
    let title = &instrument.words(words.language).title;
    out.push_str(&format!("<section aria-labelledby=\"total\"><h2 id=\"total\">{}</h2>", escape(words.get("total"))));
    out.push_str(&format!("<p class=\"total\"><strong>{:.2}</strong> <span>/ 100</span></p>", report.scores.total));
    out.push_str(&format!(
        "<p>{}</p>",
        escape(&words.fill("upper", &[("upper", format!("{:.2}", report.scores.total_if_unknown_met))]))
    ));
    let decided = [
        ("count", report.criteria.len().to_string()),
        ("automatic", report.decided.automatic.to_string()),
        ("assisted", report.decided.assisted.to_string()),
        ("human", report.decided.human.to_string()),
    ];
    out.push_str(&format!("<p>{}</p>", escape(&words.fill("decided", &decided))));
    if let Some(second) = &report.second_reader {
        let used = [
            ("answered", second.answered.to_string()),
            ("asked", second.asked.to_string()),
            ("model", second.model.clone()),
        ];
        out.push_str(&format!("<p class=\"second\">{}</p>", escape(&words.fill("second-used", &used))));
    }
    out.push_str("<dl class=\"facts\">");
    let pages = words.fill(
        "pages-value",
        &[
            ("fetched", report.pages.fetched.to_string()),
            ("known", report.pages.known.to_string()),
            ("documents", report.pages.documents.to_string()),
            ("rendered", report.pages.rendered.map_or_else(|| words.get("none").to_owned(), |n| n.to_string())),
        ],
    );
    let rows = [
        (
            "instrument",
            format!(
                "{} ({} {})",
                if title.is_empty() { &report.instrument.id } else { title },
                report.instrument.id,
                report.instrument.version
            ),
        ),
        ("captured", format!("{} – {}", report.captured.began, report.captured.ended)),
        ("pages", pages),
        ("languages", report.site.languages.join(", ")),
        ("hosts", report.site.hosts.join(", ")),
    ];
    for (key, value) in rows {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(words.get(key)), escape(&value)));
    }
    out.push_str("</dl></section>\n");
}

fn categories(out: &mut String, report: &Report, instrument: &Instrument, words: Words) {
    let named = instrument.words(words.language);
    out.push_str(&format!("<section><h2 id=\"categories\">{}</h2>", escape(words.get("categories"))));
    out.push_str(&chart::bars(&report.scores.categories, |id| named.category(id).to_owned(), words.get("chart")));
    out.push_str(&format!(
        "<p class=\"key\"><span class=\"dot reached\"></span> {} <span class=\"dot open\"></span> {}</p>",
        escape(words.get("reached")),
        escape(words.get("open"))
    ));
    out.push_str(&format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"categories\"><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>", escape(words.get("category")), escape(words.get("raw")), escape(words.get("score"))));
    for category in &report.scores.categories {
        out.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{} / {}</td><td>{:.2} / {}</td></tr>",
            escape(&category.id),
            escape(named.category(&category.id)),
            escape(&category.raw_exact),
            escape(&category.max_exact),
            category.score,
            category.points
        ));
    }
    out.push_str("</tbody></table></div></section>\n");
}

fn unseen(out: &mut String, report: &Report, words: Words) {
    out.push_str(&format!(
        "<section aria-labelledby=\"unseen\"><h2 id=\"unseen\">{}</h2><p>{}</p>",
        escape(words.get("unseen")),
        escape(&words.fill("stopped", &[("why", words.get(stopped(&report.captured.stopped)).to_owned())]))
    ));
    if report.limits.is_empty() {
        out.push_str(&format!("<p>{}</p>", escape(words.get("no-limits"))));
    } else {
        out.push_str("<ul lang=\"en\">");
        for limit in &report.limits {
            out.push_str(&format!("<li>{}</li>", escape(limit)));
        }
        out.push_str("</ul>");
    }
    out.push_str("</section>\n");
}

fn stopped(why: &str) -> &'static str {
    match why {
        "complete" => "stopped-complete",
        "pages" => "stopped-pages",
        "bytes" => "stopped-bytes",
        "time" => "stopped-time",
        _ => "stopped-interrupted",
    }
}

fn state(judged: &Judged) -> (&'static str, &'static str) {
    match judged.state {
        State::Found => ("state-found", "found"),
        State::Absent => ("state-absent", "absent"),
        State::NotFound => ("state-not-found", "missing"),
        State::NotAssessable => ("state-not-assessable", "unknown"),
        State::NotThisCity => ("state-not-this-city", "unknown"),
    }
}

fn criteria(out: &mut String, report: &Report, instrument: &Instrument, category: &str, words: Words) {
    let named = instrument.words(words.language);
    out.push_str(&format!(
        "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{}</h2><ol class=\"criteria\">",
        escape(named.category(category)),
        id = escape(category)
    ));
    for judged in report.criteria.iter().filter(|c| c.category == category) {
        let (key, class) = state(judged);
        let value = judged.value.map_or_else(|| "–".to_owned(), |v| v.to_string());
        let by = match judged.decided {
            Decided::Automatic => "by-automatic",
            Decided::Assisted => "by-assisted",
            Decided::Human => "by-human",
        };
        out.push_str(&format!(
            "<li id=\"{id}\" class=\"{class}\"><h3><span class=\"id\">{id}</span> {question}</h3><p class=\"value\"><strong>{value}</strong> / {max} · {state} · {by}{confidence}</p><p class=\"reason\" lang=\"en\">{reason}</p>",
            id = escape(&judged.id),
            question = escape(named.question(&judged.id)),
            max = judged.max,
            state = escape(words.get(key)),
            by = escape(words.get(by)),
            confidence = if judged.value.is_some() { format!(" · {} {:.0}%", escape(words.get("confidence")), judged.confidence * 100.0) } else { String::new() },
            reason = escape(&judged.reason),
        ));
        if let Some(second) = &judged.second_reader {
            let said = [
                ("value", second.value.to_string()),
                ("max", judged.max.to_string()),
                ("sentence", second.sentence.clone()),
            ];
            out.push_str(&format!(
                "<p class=\"second\" dir=\"auto\">{}</p>",
                escape(&words.fill("second-said", &said))
            ));
        }
        if !judged.evidence.is_empty() {
            out.push_str(&format!(
                "<details><summary>{}</summary><ul class=\"evidence\">",
                escape(&words.fill("evidence", &[("count", judged.evidence.len().to_string())]))
            ));
            judged.evidence.iter().for_each(|e| evidence(out, e, words));
            out.push_str("</ul></details>");
        }
        out.push_str("</li>");
    }
    out.push_str("</ol></section>\n");
}

fn evidence(out: &mut String, evidence: &Evidence, words: Words) {
    let safe = evidence.url.starts_with("https://") || evidence.url.starts_with("http://");
    let url = escape(&evidence.url);
    let place =
        if safe { format!("<a href=\"{url}\" rel=\"noreferrer\">{url}</a>") } else { format!("<span>{url}</span>") };
    out.push_str(&format!("<li>{place}"));
    if !evidence.quote.is_empty() {
        out.push_str(&format!("<blockquote dir=\"auto\">{}</blockquote>", escape(&evidence.quote)));
    }
    if !evidence.record.is_empty() {
        out.push_str(&format!(
            "<p class=\"record\">{} <code>{}</code></p>",
            escape(words.get("record")),
            escape(&evidence.record)
        ));
    }
    out.push_str("</li>");
}

fn method(out: &mut String, report: &Report, instrument: &Instrument, words: Words) {
    let summary = &instrument.words(words.language).summary;
    out.push_str(&format!(
        "<section aria-labelledby=\"method\"><h2 id=\"method\">{}</h2>",
        escape(words.get("method"))
    ));
    if !summary.is_empty() {
        out.push_str(&format!("<p>{}</p>", escape(summary)));
    }
    for key in ["method-1", "method-2", "method-3"] {
        out.push_str(&format!("<p>{}</p>", escape(words.get(key))));
    }
    out.push_str(&format!(
        "<p>{} <code>{}</code>, {} <code>{}</code></p></section>\n",
        escape(words.get("instrument")),
        escape(&report.instrument.id),
        escape(words.get("licence")),
        escape(&instrument.licence)
    ));
}
