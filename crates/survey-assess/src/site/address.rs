//! Addresses as keys, what belongs to the organisation, and what an ending says.

use std::collections::BTreeSet;

use url::Url;

/// One key for the addresses that are the same page to a reader: scheme, fragment, `www.`,
/// a final slash and an index file do not count.
pub fn key(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else {
        return url.split('#').next().unwrap_or_default().to_owned();
    };
    if !matches!(parsed.scheme(), "http" | "https") {
        return url.split('#').next().unwrap_or_default().to_owned();
    }
    let host = parsed.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = parsed.port().map(|p| format!(":{p}")).unwrap_or_default();
    let path = without_index(parsed.path());
    let query = parsed.query().map(|q| format!("?{q}")).unwrap_or_default();
    format!("{host}{port}{path}{query}")
}

/// A path without its index file and its last slash.
fn without_index(path: &str) -> &str {
    let mut path = path;
    for index in ["index.html", "index.htm", "index.php", "index.jsp", "index.do", "default.aspx"] {
        if let Some(rest) = path.strip_suffix(index)
            && rest.ends_with('/')
        {
            path = rest;
        }
    }
    path.trim_end_matches('/')
}

/// A host's front page or that of a language: `/`, `/en/`, `/zh-cn/index.html`, `/?lang=ko`. What a parameter chooses
/// otherwise is a page of its own.
pub fn is_front(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let path = without_index(url.path()).trim_start_matches('/');
    let chosen = url.query_pairs().all(|(name, tag)| CHOOSE.contains(&name.as_ref()) && is_language(&tag));
    chosen && (path.is_empty() || is_language(path))
}

/// Parameters that choose a language.
const CHOOSE: [&str; 5] = ["lang", "language", "locale", "lng", "hl"];

/// Codes of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
    el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne \
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Codes of countries that sites use in the place of a language's.
const COUNTRIES: &str = "cn cz gb gr jp ua us";

/// A tag as addresses write it: `en`, `pt-BR`, `zh_Hant`, `ja-basic`.
pub fn is_language(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let (language, more) = tag.split_once(['-', '_']).unwrap_or((&tag, ""));
    let known =
        LANGUAGES.split_ascii_whitespace().chain(COUNTRIES.split_ascii_whitespace()).any(|code| code == language);
    known && more.len() <= 8 && more.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Host of an address, lower case, without `www.`; empty when it has none.
pub fn host(url: &str) -> String {
    let host = Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_ascii_lowercase)).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// The hosts of the organisation.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    hosts: BTreeSet<String>,
    /// Registrable domain of the start, when it is not a public suffix.
    domain: Option<String>,
}

impl Scope {
    pub fn new(start: &str, hosts: &[String]) -> Self {
        let bare = |h: &str| h.strip_prefix("www.").unwrap_or(h).to_ascii_lowercase();
        let first = host(start);
        let domain = psl::domain_str(&first).map(str::to_owned);
        let mut all: BTreeSet<String> = hosts.iter().map(|h| bare(h.split(':').next().unwrap_or(h))).collect();
        all.insert(first);
        Self { hosts: all, domain }
    }

    pub fn owns_host(&self, host: &str) -> bool {
        let host = host.strip_prefix("www.").unwrap_or(host);
        self.hosts.contains(host)
            || self
                .domain
                .as_ref()
                .is_some_and(|d| host == d || host.strip_suffix(d.as_str()).is_some_and(|rest| rest.ends_with('.')))
    }

    pub fn owns(&self, url: &str) -> bool {
        let host = host(url);
        !host.is_empty() && self.owns_host(&host)
    }
}

/// Document type by the ending of the address' path, or of a query value.
pub fn document_ending(address: &str) -> Option<&'static str> {
    const ENDINGS: [&str; 31] = [
        "pdf", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "csv", "tsv", "json", "geojson", "xml", "zip",
        "gpkg", "kml", "kmz", "shp", "parquet", "pptx", "ppt", "odp", "hwpx", "hwp", "epub", "txt", "ics", "mp4",
        "webm", "mp3", "jsonl",
    ];
    let clean = address.split('#').next().unwrap_or_default();
    let (path, query) = clean.split_once('?').unwrap_or((clean, ""));
    let of = |text: &str| {
        let (_, ending) = text.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        ENDINGS.iter().copied().find(|e| *e == ending)
    };
    of(path).or_else(|| query.split('&').find_map(of))
}

/// Endings of data that programs read.
pub fn data_ending(ending: &str) -> bool {
    matches!(
        ending,
        "csv"
            | "tsv"
            | "json"
            | "jsonl"
            | "geojson"
            | "xml"
            | "xlsx"
            | "xls"
            | "ods"
            | "gpkg"
            | "kml"
            | "kmz"
            | "shp"
            | "parquet"
    )
}

/// Words of an address' host and path, lower case.
pub fn words(url: &str) -> String {
    let decoded = match Url::parse(url) {
        Ok(parsed) => format!(
            "{} {} {}",
            parsed.host_str().unwrap_or_default(),
            parsed.path(),
            parsed.query().unwrap_or_default()
        ),
        Err(_) => url.to_owned(),
    };
    super::super::text::normal::normalise(&percent(&decoded))
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |i: usize| bytes.get(i).and_then(|b| (*b as char).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2))
        {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_have_one_key() {
        let keys: BTreeSet<_> =
            ["http://www.city.example/a/", "https://city.example/a#top", "https://city.example/a/index.html"]
                .iter()
                .map(|u| key(u))
                .collect();
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert_ne!(key("https://city.example/a?page=1"), key("https://city.example/a?page=2"));
    }

    #[test]
    fn front_pages_are_those_of_the_host_and_of_its_languages() {
        let fronts =
            ["/", "/index.html", "/en", "/it/", "/zh-cn/", "/pt-BR/index.php", "/ja-basic/", "/jp", "/?lang=ko"];
        for front in fronts {
            assert!(is_front(&format!("https://city.example{front}")), "{front}");
        }
        for page in ["/tv", "/hr-office", "/q1", "/en/news", "/?page_id=12", "/index.php?page=482300", "/?lang=ko&id=3"]
        {
            assert!(!is_front(&format!("https://city.example{page}")), "{page}");
        }
        assert!(!is_front("no address"));
    }

    #[test]
    fn the_organisation_is_its_domain_and_the_hosts_it_named() {
        let scope = Scope::new("https://www.city.gov.example.kr/", &["tax.other.kr".into()]);
        assert!(scope.owns("https://tax.other.kr/x"));
        assert!(!scope.owns("https://facebook.com/city"));
        let local = Scope::new("http://127.0.0.1:8080/", &[]);
        assert!(local.owns("http://127.0.0.1:8080/a") && !local.owns("https://example.org/"));
    }

    #[test]
    fn documents_are_known_by_their_ending() {
        assert_eq!(document_ending("https://a.b/x/Budget.PDF?v=2"), Some("pdf"));
        assert_eq!(document_ending("https://a.b/down.do?file=plan.hwp"), Some("hwp"));
        assert_eq!(document_ending("https://a.b/page.html"), None);
    }
}
