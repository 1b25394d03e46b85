//! Security as it can be seen from outside.

use std::collections::BTreeSet;

use survey_archive::notes::HostNote;

use super::{Case, percent};
use crate::finding::{Finding, at_address, counted, on_page};
use crate::site::address::host;
use crate::site::model::Page;

fn main_host<'a>(case: &Case<'a>) -> Option<&'a HostNote> {
    let site = case.site();
    let wanted = host(&site.capture.start);
    site.hosts
        .iter()
        .find(|h| h.host.strip_prefix("www.").unwrap_or(&h.host).split(':').next() == Some(wanted.as_str()))
        .or_else(|| site.hosts.first())
}

fn strict(page: &Page) -> bool {
    page.headers.get("strict-transport-security").is_some_and(|v| {
        let seconds = v
            .to_ascii_lowercase()
            .split(';')
            .find_map(|p| p.trim().strip_prefix("max-age=").and_then(|n| n.trim_matches('"').parse::<u64>().ok()));
        seconds.is_some_and(|s| s > 0)
    })
}

pub fn https(case: &Case<'_>) -> Finding {
    let site = case.site();
    let Some(main) = main_host(case) else {
        return Finding::unknown("The capture holds no note on the host's encryption.");
    };
    let here = |quote: &str| at_address(&format!("https://{}/", main.host), "", quote);
    let Some(tls) = &main.tls else {
        return Finding::measured(0, 0.95, format!("{} does not answer with TLS.", main.host))
            .with([here("no TLS answer")]);
    };
    if !tls.valid {
        let why = tls.problem.clone().unwrap_or_else(|| "not accepted".into());
        return Finding::measured(0, 0.95, format!("The certificate of {} is not valid: {why}.", main.host))
            .with([here(&why)]);
    }
    let open: Vec<&str> = site
        .hosts
        .iter()
        .filter(|h| h.tls.is_none() || h.http_leads_to.as_ref().is_some_and(|to| !to.starts_with("https:")))
        .map(|h| h.host.as_str())
        .collect();
    let hsts = case.home().is_some_and(strict);
    let quote = format!(
        "{}, certificate by {}, valid until {}",
        tls.version,
        tls.issuer,
        tls.not_after.get(..10).unwrap_or(&tls.not_after)
    );
    let step = if open.is_empty() && hsts { 2 } else { 1 };
    let more = match (open.is_empty(), hsts) {
        (true, true) => "plain HTTP leads there and Strict-Transport-Security is sent".to_owned(),
        (true, false) => "Strict-Transport-Security is not sent".to_owned(),
        (false, _) => {
            format!("plain HTTP stays open on {}", open.iter().take(3).copied().collect::<Vec<_>>().join(", "))
        }
    };
    Finding::measured(case.scaled(step), 0.95, format!("{} answers with valid {}; {more}.", main.host, tls.version))
        .with([here(&quote)])
}

fn script_policy_strict(policy: &str) -> bool {
    let directive = |name: &str| policy.split(';').map(str::trim).find(|d| d.split_whitespace().next() == Some(name));
    let scripts = directive("script-src").or_else(|| directive("default-src"));
    scripts.is_some_and(|d| {
        !d.contains("'unsafe-inline'")
            || d.contains("'nonce-")
            || d.contains("'sha256-")
            || d.contains("'strict-dynamic'")
    })
}

pub fn headers(case: &Case<'_>) -> Finding {
    let site = case.site();
    let Some(page) = case
        .home()
        .filter(|p| !p.headers.is_empty())
        .or_else(|| site.distinct().map(|(_, p)| p).find(|p| !p.headers.is_empty()))
    else {
        return Finding::unknown("The archive holds no answer with headers.");
    };
    let get = |name: &str| page.headers.get(name).map(|v| v.to_ascii_lowercase());
    let policy = get("content-security-policy");
    let framing = get("x-frame-options").is_some() || policy.as_ref().is_some_and(|p| p.contains("frame-ancestors"));
    let have = [
        ("Content-Security-Policy", policy.is_some()),
        ("X-Content-Type-Options", get("x-content-type-options").is_some_and(|v| v.contains("nosniff"))),
        ("protection against framing", framing),
        ("Referrer-Policy", get("referrer-policy").is_some()),
    ];
    let there: Vec<&str> = have.iter().filter(|(_, ok)| *ok).map(|(n, _)| *n).collect();
    let missing: Vec<&str> = have.iter().filter(|(_, ok)| !*ok).map(|(n, _)| *n).collect();
    let tight = policy.as_deref().is_some_and(script_policy_strict);
    let step = match (there.len(), missing.is_empty() && tight) {
        (0, _) => 0,
        (_, true) => 2,
        _ => 1,
    };
    let reason = match (there.is_empty(), missing.is_empty()) {
        (true, _) => "The home page is sent with none of the four security headers.".to_owned(),
        (_, true) if tight => "All four security headers are sent, and the policy forbids inline scripts.".to_owned(),
        (_, true) => {
            "All four security headers are sent, but the policy allows inline scripts or does not limit scripts."
                .to_owned()
        }
        _ => format!("Sent: {}; not sent: {}.", there.join(", "), missing.join(", ")),
    };
    let quote = policy.unwrap_or_else(|| there.join(", "));
    Finding::measured(case.scaled(step), 0.93, reason).with([on_page(
        site,
        page,
        if quote.is_empty() { "no security header" } else { &quote },
    )])
}

pub fn mixed_content(case: &Case<'_>) -> Finding {
    let site = case.site();
    if site.pages.is_empty() {
        return Finding::unknown("No page could be read.");
    }
    let plain = site.distinct().filter(|(_, p)| p.url.starts_with("http:")).count();
    let total = site.distinct_count();
    if plain * 2 > total {
        let page = site.distinct().map(|(_, p)| p).find(|p| p.url.starts_with("http:"));
        return Finding::measured(
            0,
            0.95,
            format!("{plain} of {total} pages are sent without encryption, and so is whatever their forms send."),
        )
        .with(page.map(|p| on_page(site, p, "page sent over plain HTTP")));
    }
    let mut bad: Vec<(&Page, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, page) in site.distinct().filter(|(_, p)| p.url.starts_with("https:")) {
        let parts = site.note(page).map_or(0, |n| n.mixed_content.len()) + page.markup.insecure_parts as usize;
        let forms = page.markup.insecure_forms;
        if (parts > 0 || forms > 0) && seen.insert(&page.url) {
            bad.push((
                page,
                format!(
                    "{} over plain HTTP, {} sent in clear",
                    counted(parts, "part"),
                    counted(forms as usize, "form")
                ),
            ));
        }
    }
    let first = bad
        .first()
        .map(|(p, quote)| on_page(site, p, quote))
        .or_else(|| case.home().map(|p| on_page(site, p, "no part over plain HTTP")));
    let reason = if bad.is_empty() {
        format!("None of {total} pages loads a part or sends a form over plain HTTP.")
    } else {
        format!(
            "{} of {total} pages ({}%) load a part or send a form over plain HTTP.",
            bad.len(),
            percent(bad.len(), total)
        )
    };
    Finding::measured(u8::from(bad.is_empty()), 0.9, reason).with(first)
}

pub fn contact(case: &Case<'_>) -> Finding {
    let site = case.site();
    if let Some(named) = site.hosts.iter().find(|h| h.security_txt) {
        return Finding::measured(1, 0.95, format!("{} publishes security.txt with a contact (RFC 9116).", named.host))
            .with([at_address(&format!("https://{}/.well-known/security.txt", named.host), "", "Contact: …")]);
    }
    let pages = case.pages_on("security-contact");
    if let Some((index, page)) = pages.first() {
        return Finding::measured(1, 0.65, "No security.txt, but a page tells how to report a weakness.")
            .with([on_page(site, page, case.reading.title(*index))]);
    }
    if site.hosts.is_empty() {
        return Finding::nothing(site, "A contact for security reports was");
    }
    let mut finding = Finding::measured(
        0,
        0.85,
        format!(
            "No host of {} publishes security.txt with a contact, and no page tells how to report a weakness.",
            site.hosts.len()
        ),
    );
    finding.state = if site.complete() { crate::finding::State::Absent } else { crate::finding::State::NotFound };
    finding
}
