//! Addresses: one spelling for each, and which ones look like they never end.

use url::Url;

/// Longer addresses are not followed.
const MAX_LENGTH: usize = 1_500;
const MAX_SEGMENTS: usize = 16;
const MAX_PARAMETERS: usize = 10;

/// Parameters that name the visit, not the page.
const VISIT: &[&str] = &[
    "phpsessid",
    "jsessionid",
    "sessionid",
    "session_id",
    "sid",
    "aspsessionid",
    "cfid",
    "cftoken",
    "zenid",
    "fbclid",
    "gclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "_ga",
];

/// Parameters that turn pages of one list.
const PAGING: &[&str] = &[
    "page",
    "p",
    "pageindex",
    "pageno",
    "pagenum",
    "page_no",
    "currentpage",
    "curpage",
    "cpage",
    "start",
    "offset",
    "startpage",
    "nowpage",
    "seite",
    "pagina",
    "paged",
];

const CALENDAR: &[&str] = &[
    "calendar",
    "calendario",
    "calendrier",
    "kalender",
    "agenda",
    "events",
    "schedule",
    "month",
    "day",
    "week",
    "date",
    "year",
    "ical",
    "일정",
    "달력",
    "kalendar",
    "evenements",
    "veranstaltungen",
    "eventi",
    "eventos",
];

/// The one spelling of an address: no fragment, no visit parameters, no `;jsessionid=`.
/// `None` for what is no web page: other schemes, credentials, monstrous lengths.
pub fn canonical(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() || url.as_str().len() > MAX_LENGTH {
        return None;
    }
    url.set_fragment(None);
    if let Some(host) = url.host_str()
        && host.ends_with('.')
    {
        let bare = host.trim_end_matches('.').to_owned();
        url.set_host(Some(&bare)).ok()?;
    }
    let path = url.path().to_ascii_lowercase();
    if let Some(at) = path.find(";jsessionid=").or_else(|| path.find(";phpsessid=")) {
        let bare = url.path().get(..at)?.to_owned();
        url.set_path(&bare);
    }
    if let Some(query) = url.query() {
        let visit = |pair: &str| {
            let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
            name.starts_with("utm_") || VISIT.contains(&name.as_str())
        };
        if query.is_empty() {
            url.set_query(None);
        } else if query.split('&').any(visit) {
            let kept: Vec<&str> = query.split('&').filter(|p| !visit(p)).collect();
            let kept = kept.join("&");
            url.set_query((!kept.is_empty()).then_some(kept.as_str()));
        }
    }
    Some(url)
}

/// Why an address is not followed although it is in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trap {
    /// Segments that repeat, or a path without end.
    Path,
    /// More parameters than a page has.
    Query,
    /// A calendar in the far past or future.
    Calendar,
}

/// Looks at the shape of one address; `year` is the current one.
pub fn trap(url: &Url, year: i32) -> Option<Trap> {
    let segments: Vec<&str> = url.path().split('/').filter(|s| !s.is_empty()).collect();
    if segments.len() > MAX_SEGMENTS || repeats(&segments) {
        return Some(Trap::Path);
    }
    let parameters = url.query().map_or(0, |q| q.split('&').count());
    if parameters > MAX_PARAMETERS {
        return Some(Trap::Query);
    }
    if is_calendar(url) {
        let far = |n: i32| (1900..=2999).contains(&n) && (n > year + 2 || n < year - 15);
        let mut numbers =
            url.as_str().split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4 || d.len() == 8 || d.len() == 6);
        if numbers.any(|d| d.get(..4).and_then(|y| y.parse().ok()).is_some_and(far)) {
            return Some(Trap::Calendar);
        }
    }
    None
}

/// `/a/b/a/b/a/b` and `/x/x/x`: relative links that were meant to be absolute.
fn repeats(segments: &[&str]) -> bool {
    (1..=3usize).any(|n| {
        segments.windows(n * 3).any(|w| {
            let (first, rest) = w.split_at(n);
            rest.chunks(n).all(|c| c == first)
        })
    }) || segments.iter().any(|s| s.len() > 1 && segments.iter().filter(|o| *o == s).count() > 4)
}

/// The address speaks of days or months.
pub fn is_calendar(url: &Url) -> bool {
    let words = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| CALENDAR.contains(&w.trim_end_matches(|c: char| c.is_ascii_digit())))
    };
    words(url.path()) || url.query().is_some_and(words)
}

/// The shape of an address: digits become `#`, values of parameters go. Addresses of one shape are of one kind.
pub fn shape(url: &Url) -> (String, Kind) {
    let mut shape = String::with_capacity(64);
    shape.push_str(url.host_str().unwrap_or(""));
    let mut numbers = 0;
    for segment in url.path().split('/').filter(|s| !s.is_empty()) {
        shape.push('/');
        numbers += u32::from(without_digits(segment, &mut shape));
    }
    let paging = url.query_pairs().any(|(n, place)| turns_pages(&n.to_ascii_lowercase(), &place));
    let mut names: Vec<String> = url.query_pairs().map(|(n, _)| n.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    for name in &names {
        shape.push('&');
        shape.push_str(name);
    }
    let kind = if is_calendar(url) && (numbers > 0 || !names.is_empty()) {
        Kind::Calendar
    } else if paging {
        Kind::Paging
    } else if names.len() > 1 {
        Kind::Query
    } else if numbers > 0 || names.len() == 1 {
        Kind::Numbered
    } else {
        Kind::Single
    };
    (shape, kind)
}

/// `?page=3` is a place in a list; `?page=482300` and `?page=contact` are pages of their own.
fn turns_pages(name: &str, place: &str) -> bool {
    PAGING.contains(&name) && place.len() < 5 && place.bytes().all(|b| b.is_ascii_digit())
}

/// How many addresses of one shape are likely to be worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Single,
    Numbered,
    Query,
    Paging,
    Calendar,
}

impl Kind {
    /// Pages of one shape after which it is closed when most of them said the same; `None` never.
    pub fn compared_from(self, budget: u32) -> Option<u32> {
        match self {
            Kind::Single => None,
            Kind::Numbered => Some((budget / 2).max(60)),
            Kind::Query | Kind::Paging | Kind::Calendar => Some(16),
        }
    }

    /// Pages of one shape that are fetched within a budget.
    pub fn quota(self, budget: u32) -> u32 {
        match self {
            Kind::Single | Kind::Numbered => u32::MAX,
            Kind::Query => (budget / 5).max(40),
            Kind::Paging => (budget / 40).max(6),
            Kind::Calendar => (budget / 40).max(8),
        }
    }
}

fn without_digits(segment: &str, out: &mut String) -> bool {
    let hex = segment.len() >= 16 && segment.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if hex {
        out.push('#');
        return true;
    }
    let mut found = false;
    let mut last = ' ';
    for c in segment.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        found |= c == '#';
        if c != '#' || last != '#' {
            out.push(c);
        }
        last = c;
    }
    found
}

/// The folder of an address with its host.
pub fn folder(url: &Url) -> String {
    let path = url.path();
    let end = path.trim_end_matches('/').rfind('/').unwrap_or(0);
    format!("{}{}", url.host_str().unwrap_or(""), path.get(..end).unwrap_or(""))
}

/// What an address promises by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    Page,
    /// Office files, PDF, tables, map data.
    Document,
    /// Pictures, sounds, programs: never fetched.
    Ballast,
}

const DOCUMENTS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "csv", "tsv", "hwp", "hwpx",
    "geojson", "kml", "kmz", "gpx", "ics", "epub", "xlsm", "pages", "p7m",
];
const BALLAST: &[&str] = &[
    "jpg",
    "jpeg",
    "png",
    "gif",
    "svg",
    "webp",
    "avif",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "mp3",
    "mp4",
    "m4v",
    "avi",
    "mov",
    "wmv",
    "webm",
    "ogg",
    "wav",
    "flv",
    "zip",
    "gz",
    "tgz",
    "rar",
    "7z",
    "exe",
    "dmg",
    "iso",
    "msi",
    "apk",
    "deb",
    "rpm",
    "css",
    "js",
    "mjs",
    "map",
    "woff",
    "woff2",
    "ttf",
    "eot",
    "otf",
    "psd",
    "ai",
    "eps",
    "swf",
    "bin",
    "tar",
    "jar",
    "wasm",
    "webmanifest",
    "zipx",
    "dwg",
    "shp",
];

pub fn promise(url: &Url) -> Promise {
    let last = url.path().rsplit('/').next().unwrap_or("");
    let Some((_, ending)) = last.rsplit_once('.') else { return Promise::Page };
    let ending = ending.to_ascii_lowercase();
    if DOCUMENTS.contains(&ending.as_str()) {
        Promise::Document
    } else if BALLAST.contains(&ending.as_str()) {
        Promise::Ballast
    } else {
        Promise::Page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(s: &str) -> Url {
        Url::parse(s).expect("url")
    }

    #[test]
    fn visits_and_fragments_do_not_make_new_pages() {
        let one = |s: &str| canonical(url(s)).map(String::from);
        assert_eq!(
            one("HTTP://City.Example:80/a?utm_source=x&id=3&PHPSESSID=1#top"),
            Some("http://city.example/a?id=3".into())
        );
        assert_eq!(one("http://city.example./a;jsessionid=ABC?x=1"), Some("http://city.example/a?x=1".into()));
        assert_eq!(one("http://city.example/a?"), Some("http://city.example/a".into()));
        for no in ["mailto:a@b.c", "javascript:void(0)", "http://user:pw@city.example/", "ftp://city.example/"] {
            assert_eq!(one(no), None, "{no}");
        }
    }

    #[test]
    fn traps_are_seen_and_ordinary_addresses_are_not() {
        let t = |s: &str| trap(&url(s), 2026);
        assert_eq!(t("http://c/a/b/a/b/a/b/x"), Some(Trap::Path));
        assert_eq!(t("http://c/calendar/2047/05"), Some(Trap::Calendar));
        assert_eq!(t("http://c/events?date=1990-05-01"), Some(Trap::Calendar));
        assert_eq!(t("http://c/x?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=1&k=2"), Some(Trap::Query));
        for fine in [
            "http://c/calendar/2026/11",
            "http://c/budget/2047/plan",
            "http://c/en/services/en/permits",
            "http://c/1912/history",
        ] {
            assert_eq!(t(fine), None, "{fine}");
        }
    }

    #[test]
    fn shapes_group_what_is_alike() {
        assert_eq!(shape(&url("http://c/news/12/a?x=1")).0, shape(&url("http://c/news/345/a?x=2")).0);
        assert_eq!(shape(&url("http://c/calendar/2026/11")).1, Kind::Calendar);
        assert_eq!(shape(&url("http://c/list.do?menuNo=12&pageIndex=3")).1, Kind::Paging);
        assert_eq!(shape(&url("http://c/contents.do?menuNo=12")).1, Kind::Numbered);
        for own in ["http://c/index.php?page=482300", "http://c/index.php?page=contact", "http://c/?p=10471"] {
            assert_eq!(shape(&url(own)).1, Kind::Numbered, "{own}");
        }
        assert_eq!(shape(&url("http://c/news?page=14")).1, Kind::Paging);
        assert_eq!(shape(&url("http://c/about")).1, Kind::Single);
        assert_eq!(folder(&url("http://c/news/item")), "c/news");
        assert_eq!(
            (promise(&url("http://c/a.PDF")), promise(&url("http://c/a.jpg")), promise(&url("http://c/a.do"))),
            (Promise::Document, Promise::Ballast, Promise::Page)
        );
    }
}
