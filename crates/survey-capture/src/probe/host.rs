//! TLS, plain HTTP, security.txt and the answer to an address that cannot exist, for each host that was read.

use survey_archive::notes::{HostNote, Note};
use url::Url;

use super::{Heard, Prober};

/// Hosts looked at so closely.
const MAX_HOSTS: usize = 6;
const MAX_REDIRECTS: usize = 6;

/// # Errors
/// Only when the archive cannot be written.
pub async fn hosts(p: &Prober<'_>, names: &[String]) -> Result<(), survey_archive::Error> {
    for name in names.iter().take(MAX_HOSTS) {
        let note = host(p, name).await?;
        p.shared.recorder.note(Note::Host(note)).await?;
    }
    Ok(())
}

async fn host(p: &Prober<'_>, name: &str) -> Result<HostNote, survey_archive::Error> {
    let mut note = HostNote { host: name.to_owned(), ..HostNote::default() };
    if let Some(host) = p.hosts.get(name) {
        note.robots_status = host.rules.as_ref().map_or(0, |r| r.status);
        note.robots_forbids_all = host.rules.as_ref().is_some_and(crate::robots::Rules::forbids_all);
        note.sitemaps = host.sitemaps.clone();
        note.sitemap_entries = host.sitemap_entries;
    }
    let start = &p.shared.options.start;
    // A start with its own port says where the other hosts of that machine are; the standard ports say nothing then.
    let port = start.port().filter(|_| start.host_str() == Some(name));
    let root = |scheme: &str, port: Option<u16>| {
        let port = port.map(|p| format!(":{p}")).unwrap_or_default();
        Url::parse(&format!("{scheme}://{name}{port}/")).ok()
    };
    note.tls = tls(p, name, port).await;
    if port.is_none() || start.scheme() == "http" {
        note.http_leads_to = match root("http", port) {
            Some(url) => leads_to(p, url).await?,
            None => None,
        };
    }
    let scheme = if note.tls.is_some() && start.scheme() == "https" { "https" } else { "http" };
    let Some(base) = root(scheme, port) else { return Ok(note) };
    if let Some(heard) = follow(p, &base, "/.well-known/security.txt").await? {
        let text = String::from_utf8_lossy(&heard.body).to_ascii_lowercase();
        note.security_txt = heard.status == 200 && text.lines().any(|l| l.trim_start().starts_with("contact:"));
    }
    if let Some(heard) = follow(p, &base, "/madang-survey-asks-for-a-page-that-cannot-exist").await? {
        note.missing_page_status = heard.status;
    }
    Ok(note)
}

/// What the handshake shows: that of the crawl, or a new one.
async fn tls(p: &Prober<'_>, name: &str, port: Option<u16>) -> Option<survey_archive::notes::TlsNote> {
    if let Some(seen) = p.client().tls_note(name) {
        return Some(seen);
    }
    if port.is_some() {
        return None;
    }
    let url = Url::parse(&format!("https://{name}/")).ok()?;
    // Whatever the answer is, the handshake came before it.
    let _ = p.client().handshake(&url, p.shared.options.limits.connect_time).await;
    p.client().tls_note(name)
}

async fn leads_to(p: &Prober<'_>, mut url: Url) -> Result<Option<String>, survey_archive::Error> {
    for n in 0..MAX_REDIRECTS {
        match p.get(&url, crate::fetch::ACCEPT_PAGE).await? {
            Ok(Heard { location: Some(next), status: 300..=399, .. }) => url = next,
            Ok(_) => return Ok(Some(url.into())),
            // A redirect to a host that does not answer still leads there.
            Err(_) => return Ok((n > 0).then(|| url.into())),
        }
    }
    Ok(Some(url.into()))
}

async fn follow(p: &Prober<'_>, base: &Url, path: &str) -> Result<Option<Heard>, survey_archive::Error> {
    let Ok(mut url) = base.join(path) else { return Ok(None) };
    for _ in 0..MAX_REDIRECTS {
        match p.get(&url, "text/plain,text/html;q=0.9,*/*;q=0.5").await? {
            Ok(Heard { location: Some(next), status: 300..=399, .. }) if p.shared.in_scope(&next) => url = next,
            Ok(heard) => return Ok(Some(heard)),
            Err(_) => return Ok(None),
        }
    }
    Ok(None)
}
