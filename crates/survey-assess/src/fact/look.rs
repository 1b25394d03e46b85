//! What only a browser sees: sizes, weight, style, and the automatic accessibility check.

use std::collections::BTreeMap;

use survey_archive::notes::PageNote;

use super::{Case, border, percent, unseen};
use crate::finding::{Finding, counted};

pub fn viewport(case: &Case<'_>) -> Finding {
    let measured: Vec<(&PageNote, u32)> =
        case.views().into_iter().filter_map(|v| v.width_at_320.map(|w| (v, w))).collect();
    if measured.is_empty() {
        return unseen("whether pages fit a small screen");
    }
    let fits = measured.iter().filter(|(_, w)| *w <= 322).count();
    let declared = measured.iter().filter(|(v, _)| v.viewport.as_ref().is_some_and(|c| c.contains("width"))).count();
    let share = fits as f64 / measured.len() as f64;
    let step = match case.max() {
        1 => u8::from(share >= 0.9),
        _ if share >= 0.95 => 3,
        _ if share >= 0.6 => 2,
        _ => u8::from(declared * 2 > measured.len()),
    };
    let worst = measured.iter().max_by_key(|(v, w)| (*w, std::cmp::Reverse(&v.url)));
    let reason =
        format!("{fits} of {} fit a window 320 px wide without sideways scrolling.", counted(measured.len(), "page"));
    Finding::measured(case.scaled(step), border(share, 0.9), reason)
        .with(worst.map(|(v, w)| case.viewed(v, &format!("needs {w} px at a 320 px window"))))
}

pub fn tap_targets(case: &Case<'_>) -> Finding {
    let views: Vec<_> = case.views().into_iter().filter(|v| v.targets > 0).collect();
    if views.is_empty() {
        return unseen("the size of links and buttons");
    }
    let (small, all) =
        views.iter().fold((0u64, 0u64), |(s, a), v| (s + u64::from(v.small_targets), a + u64::from(v.targets)));
    let share = small as f64 / all.max(1) as f64;
    let worst = views.iter().max_by_key(|v| (v.small_targets, std::cmp::Reverse(&v.url)));
    let reason = format!(
        "{small} of {all} links and buttons on {} are smaller than 24 × 24 px and too close to others; at most 5 in 100 are accepted.",
        counted(views.len(), "page")
    );
    Finding::measured(u8::from(share <= 0.05), if (share - 0.05).abs() < 0.015 { 0.62 } else { 0.85 }, reason)
        .with(worst.map(|v| case.viewed(v, &format!("{} of {} targets too small", v.small_targets, v.targets))))
}

pub fn weight(case: &Case<'_>) -> Finding {
    let Some(view) = case.home_view().filter(|v| v.transferred > 0) else {
        return unseen("the weight of the home page");
    };
    let bytes = view.transferred;
    let step = match bytes {
        0..=500_000 => 2,
        500_001..=2_000_000 => 1,
        _ => 0,
    };
    let reason = format!(
        "The home page with all its parts transfers {} kB in {}.",
        bytes / 1000,
        counted(view.requests as usize, "request")
    );
    Finding::measured(case.scaled(step), 0.93, reason)
        .with([case.viewed(view, &format!("{} bytes, {} requests", bytes, view.requests))])
}

pub fn page_length(case: &Case<'_>) -> Finding {
    let Some(view) = case.home_view().filter(|v| v.window_height > 0 && v.height > 0) else {
        return unseen("the length of the home page");
    };
    let screens = f64::from(view.height) / f64::from(view.window_height);
    let reason = format!("The home page is {screens:.1} screens long at 1280 × 800.");
    Finding::measured(u8::from(screens <= 2.0), border(screens / 10.0, 0.2), reason)
        .with([case.viewed(view, &format!("{} px high", view.height))])
}

/// Share of pages with the most frequent style.
fn sameness<'a>(views: &[&'a PageNote], of: impl Fn(&'a PageNote) -> String) -> (String, usize) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for view in views {
        *count.entry(of(view)).or_default() += 1;
    }
    count.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).unwrap_or_default()
}

fn styled<'a>(case: &Case<'a>) -> Vec<&'a PageNote> {
    case.views().into_iter().filter(|v| !v.style.body_font.is_empty()).collect()
}

fn consistent<'a>(case: &Case<'a>, what: &str, of: impl Fn(&'a PageNote) -> String) -> Finding {
    let views = styled(case);
    if views.len() < 3 {
        return unseen(what);
    }
    let (most, count) = sameness(&views, &of);
    let share = count as f64 / views.len() as f64;
    let odd = views.iter().find(|v| of(v) != most).or(views.first());
    Finding::measured(
        u8::from(share >= 0.85),
        border(share, 0.85),
        format!("{count} of {} pages have the same {what} ({most}).", views.len()),
    )
    .with(odd.map(|v| case.viewed(v, &of(v))))
}

pub fn typography(case: &Case<'_>) -> Finding {
    consistent(case, "type", |v| {
        format!("{} {} px, headings {}", v.style.body_font, v.style.body_size_px.round(), v.style.heading_font)
    })
}

pub fn layout(case: &Case<'_>) -> Finding {
    consistent(case, "colours", |v| format!("background {}, links {}", v.style.background, v.style.link_colour))
}

pub fn link_conventions(case: &Case<'_>) -> Finding {
    let views = styled(case);
    if views.is_empty() {
        return unseen("how links look");
    }
    let clear = views.iter().filter(|v| v.style.links_recognisable).count();
    let share = clear as f64 / views.len() as f64;
    let odd = views.iter().find(|v| !v.style.links_recognisable).or(views.first());
    Finding::measured(
        u8::from(share >= 0.9),
        border(share, 0.9).min(0.8),
        format!("On {clear} of {} pages links in running text can be told from the text.", views.len()),
    )
    .with(odd.map(|v| case.viewed(v, &format!("link colour {}", v.style.link_colour))))
}

pub fn accessibility(case: &Case<'_>) -> Finding {
    let checked: Vec<_> = case.views().into_iter().filter_map(|v| v.axe.as_ref().map(|a| (v, a))).collect();
    if checked.is_empty() {
        return unseen("what the automatic accessibility check says");
    }
    let mut rules: BTreeMap<&str, (bool, usize)> = BTreeMap::new();
    let mut clean = 0;
    let mut first: Option<(&PageNote, bool, String)> = None;
    for (view, axe) in &checked {
        clean += usize::from(axe.violations.is_empty());
        for violation in &axe.violations {
            let serious = matches!(violation.impact.as_str(), "serious" | "critical");
            let entry = rules.entry(&violation.rule).or_insert((serious, 0));
            entry.0 |= serious;
            entry.1 += 1;
            if first.is_none() || serious && first.as_ref().is_some_and(|(_, s, _)| !*s) {
                first =
                    Some((*view, serious, format!("{} ({}): {}", violation.rule, violation.impact, violation.example)));
            }
        }
    }
    let serious = rules.values().filter(|(s, _)| *s).count();
    let step = match (rules.is_empty(), serious) {
        (true, _) => 3,
        (false, 0) => 2,
        (false, 1..=3) => 1,
        _ => 0,
    };
    let value = if case.max() == 1 { u8::from(step >= 2) } else { case.scaled(step) };
    let reason = format!(
        "The automatic check of {} found {} broken, {serious} of them serious; {clean} pages ({}%) are clean.",
        counted(checked.len(), "page"),
        counted(rules.len(), "WCAG rule"),
        percent(clean, checked.len())
    );
    let evidence = first
        .map(|(v, _, quote)| case.viewed(v, &quote))
        .or_else(|| checked.first().map(|(v, a)| case.viewed(v, &format!("axe {}: no violation", a.version))));
    Finding::measured(value, if checked.len() >= 3 { 0.9 } else { 0.75 }, reason).with(evidence)
}
