//! Facts about a page's markup that need no comparison with other pages.

use scraper::node::Element;
use scraper::{Html, Node};
use url::Url;

use super::html::RawPage;
use super::model::Markup;
use super::patterns::machine_date;
use crate::text::normal::tidy;

/// Hosts (parts) of map providers and map libraries.
const MAPS: [&str; 22] = [
    "google.com/maps",
    "maps.google",
    "maps.googleapis",
    "openstreetmap.org",
    "umap.",
    "leaflet",
    "mapbox",
    "maplibre",
    "openlayers",
    "arcgis",
    "esri",
    "map.naver",
    "kakao",
    "dapi.kakao",
    "map.daum",
    "bing.com/maps",
    "here.com",
    "amap.com",
    "map.baidu",
    "gsi.go.jp",
    "geoserver",
    "qgis",
];

/// How authors call the path to a page, in class names and labels.
const TRAILS: [&str; 30] = [
    "breadcrumb",
    "ariane",
    "migas",
    "briciol",
    "percorso",
    "kruimel",
    "brotkrume",
    "brotkrumel",
    "brotkrümel",
    "rastro",
    "caminho-",
    "topicpath",
    "topic-path",
    "pankuzu",
    "パンくず",
    "현재 위치",
    "현재위치",
    "面包屑",
    "麵包屑",
    "مسار التنقل",
    "хлебные крошки",
    "хлібні крихти",
    "kroshki",
    "okruszki",
    "ścieżka nawigacji",
    "drobečk",
    "drobeck",
    "brödsmul",
    "brodsmul",
    "ψωμάκια",
];

/// "You are here", as labels of such paths begin.
const HERE: [&str; 23] = [
    "you are here",
    "vous êtes ici",
    "sie sind hier",
    "estás aquí",
    "está aquí",
    "está em",
    "está aqui",
    "sei in",
    "sei qui",
    "u bent hier",
    "je bent hier",
    "jesteś tutaj",
    "nacházíte se",
    "du är här",
    "вы находитесь",
    "вы здесь",
    "ви тут",
    "ви знаходитесь",
    "βρίσκεστε εδώ",
    "buradasınız",
    "bạn đang ở",
    "現在位置",
    "当前位置",
];

/// Languages as switches name them.
const LANGUAGES: [(&str, &str); 54] = [
    ("en", "en"),
    ("eng", "en"),
    ("english", "en"),
    ("es", "es"),
    ("español", "es"),
    ("fr", "fr"),
    ("français", "fr"),
    ("de", "de"),
    ("deutsch", "de"),
    ("it", "it"),
    ("italiano", "it"),
    ("pt", "pt"),
    ("português", "pt"),
    ("nl", "nl"),
    ("nederlands", "nl"),
    ("ja", "ja"),
    ("日本語", "ja"),
    ("ko", "ko"),
    ("한국어", "ko"),
    ("zh", "zh"),
    ("中文", "zh"),
    ("简体中文", "zh"),
    ("繁體中文", "zh-tw"),
    ("ar", "ar"),
    ("العربية", "ar"),
    ("ru", "ru"),
    ("русский", "ru"),
    ("uk", "uk"),
    ("українська", "uk"),
    ("tr", "tr"),
    ("türkçe", "tr"),
    ("pl", "pl"),
    ("polski", "pl"),
    ("vi", "vi"),
    ("tiếng việt", "vi"),
    ("th", "th"),
    ("ไทย", "th"),
    ("fil", "fil"),
    ("filipino", "fil"),
    ("tagalog", "fil"),
    ("ilo", "ilo"),
    ("ilocano", "ilo"),
    ("ceb", "ceb"),
    ("id", "id"),
    ("bahasa indonesia", "id"),
    ("cs", "cs"),
    ("čeština", "cs"),
    ("česky", "cs"),
    ("sv", "sv"),
    ("svenska", "sv"),
    ("el", "el"),
    ("ελληνικά", "el"),
    ("ca", "ca"),
    ("eu", "eu"),
];

/// The language that the words of a switch stand for.
pub fn language_offered(words: &str) -> Option<&'static str> {
    let words = words.trim().to_lowercase();
    LANGUAGES.iter().find(|(name, _)| *name == words).map(|(_, code)| *code)
}

pub fn attr<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn is_map(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    MAPS.iter().any(|m| address.contains(m))
}

fn push(list: &mut Vec<String>, value: &str, limit: usize) {
    if list.len() < limit && !value.is_empty() {
        list.push(value.chars().take(500).collect());
    }
}

/// Notes one element as it opens.
pub fn note(markup: &mut Markup, name: &str, element: &Element, base: &mut Option<Url>) {
    let resolved = |base: &Option<Url>, key: &str| {
        let value = attr(element, key)?.trim();
        match base {
            Some(base) => base.join(value).ok().map(String::from),
            None => Some(value.to_owned()),
        }
    };
    match name {
        "base" => {
            if let Some(url) = attr(element, "href").and_then(|h| base.as_ref().and_then(|b| b.join(h).ok())) {
                *base = Some(url);
            }
        }
        "meta" => meta(markup, element),
        "link" => link(markup, element, resolved(base, "href").unwrap_or_default()),
        "main" => markup.main = true,
        "nav" => markup.nav = true,
        "canvas" => markup.canvas = true,
        "video" => markup.videos += 1,
        "iframe" | "frame" | "embed" | "object" => {
            let from = resolved(base, "src")
                .or_else(|| resolved(base, "data"))
                .or_else(|| resolved(base, "data-src"))
                .unwrap_or_default();
            markup.map |= is_map(&from);
            push(&mut markup.embeds, &from, 100);
        }
        "script" => {
            if let Some(from) = resolved(base, "src").filter(|_| attr(element, "src").is_some()) {
                markup.map |= is_map(&from);
                push(&mut markup.scripts, &from, 200);
            }
        }
        "time" => markup
            .modified
            .extend(attr(element, "datetime").and_then(machine_date).filter(|_| markup.modified.len() < 50)),
        "form" if resolved(base, "action").is_some_and(|a| a.starts_with("http:")) => markup.insecure_forms += 1,
        "a" => anchor(markup, element),
        _ => {}
    }
    if matches!(name, "img" | "script" | "iframe" | "video" | "audio" | "source")
        && attr(element, "src").is_some_and(|s| s.trim_start().starts_with("http:"))
    {
        markup.insecure_parts += 1;
    }
    match attr(element, "role") {
        Some("main") => markup.main = true,
        Some("navigation") => markup.nav = true,
        _ => {}
    }
    if let Some(kind) = attr(element, "itemtype") {
        let last = kind.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        markup.types.insert(last.chars().take(60).collect());
    }
    if let Some(property) = attr(element, "itemprop") {
        markup.properties.insert(property.chars().take(60).collect());
    }
    named(markup, element);
}

/// What the author's class and id words give away.
fn named(markup: &mut Markup, element: &Element) {
    for key in ["class", "id", "aria-label"] {
        let Some(value) = attr(element, key) else { continue };
        let value = value.to_lowercase();
        let here = key == "aria-label" && HERE.iter().any(|words| value.trim_start().starts_with(words));
        if here || TRAILS.iter().any(|t| value.contains(t)) {
            markup.breadcrumb = true;
        }
        if value.contains("google_translate") || value.contains("gtranslate") || value.contains("goog-te") {
            markup.translate_widget = true;
        }
        if value.contains("leaflet-container")
            || value.contains("mapboxgl")
            || value.contains("esri-view")
            || value.contains("ol-viewport")
        {
            markup.map = true;
        }
    }
}

fn anchor(markup: &mut Markup, element: &Element) {
    let Some(href) = attr(element, "href") else { return };
    let href = href.trim();
    if let Some(mail) = href.strip_prefix("mailto:") {
        push(&mut markup.mailto, mail.split('?').next().unwrap_or_default(), 200);
    } else if let Some(number) = href.strip_prefix("tel:") {
        push(&mut markup.telephones, number, 200);
    } else if href.len() > 1 && href.starts_with('#') {
        let class = attr(element, "class").unwrap_or_default().to_ascii_lowercase();
        let target = href.to_ascii_lowercase();
        markup.skip_link |= class.contains("skip")
            || matches!(
                target.as_str(),
                "#main"
                    | "#content"
                    | "#main-content"
                    | "#maincontent"
                    | "#contents"
                    | "#container"
                    | "#contenido"
                    | "#inhalt"
                    | "#contenu"
                    | "#conteudo"
                    | "#contenuto"
                    | "#inhoud"
            );
    }
    let lower = href.to_ascii_lowercase();
    if lower.ends_with(".rss")
        || lower.ends_with("/rss")
        || lower.ends_with("/feed")
        || lower.ends_with("/feed/")
        || lower.ends_with("rss.xml")
        || lower.ends_with("atom.xml")
    {
        markup.rss_links += 1;
    }
}

fn meta(markup: &mut Markup, element: &Element) {
    let key = attr(element, "name")
        .or_else(|| attr(element, "property"))
        .or_else(|| attr(element, "http-equiv"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let value = attr(element, "content").unwrap_or_default();
    match key.as_str() {
        "description" => markup.description = tidy(value, 300),
        "viewport" => markup.viewport = tidy(value, 200),
        "og:type" => {
            markup.properties.insert(format!("og:{}", value.chars().take(30).collect::<String>().to_ascii_lowercase()));
        }
        "article:modified_time"
        | "og:updated_time"
        | "last-modified"
        | "dcterms.modified"
        | "dc.date.modified"
        | "date"
        | "revised" => markup.modified.extend(machine_date(value)),
        "article:published_time" => {
            markup.properties.insert("published".into());
            markup.modified.extend(machine_date(value));
        }
        _ => {}
    }
}

fn link(markup: &mut Markup, element: &Element, href: String) {
    let rel = attr(element, "rel").unwrap_or_default().to_ascii_lowercase();
    let kind = attr(element, "type").unwrap_or_default().to_ascii_lowercase();
    if rel.contains("stylesheet") {
        push(&mut markup.stylesheets, &href, 60);
    } else if rel.contains("alternate") {
        if kind.contains("rss") || kind.contains("atom") {
            push(&mut markup.feeds, &href, 30);
        } else if let Some(language) = attr(element, "hreflang") {
            markup.alternates.insert(language.to_ascii_lowercase(), href);
        }
    }
}

/// Facts that need the whole tree: structured data, breadcrumb lists.
pub fn settle(page: &mut RawPage, html: &Html) {
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if element.name() != "script" || !attr(element, "type").is_some_and(|t| t.contains("ld+json")) {
            continue;
        }
        let text: String = node
            .children()
            .filter_map(|c| c.value().as_text().map(|t| t.chars().take(200_000).collect::<String>()))
            .collect();
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) {
            structured(&mut page.markup, &value);
        }
    }
    if page.markup.types.contains("BreadcrumbList") {
        page.markup.breadcrumb = true;
    }
}

fn structured(markup: &mut Markup, root: &serde_json::Value) {
    // serde_json refuses nesting beyond 128, so the stack below stays small.
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Object(map) => {
                for (key, inner) in map {
                    match (key.as_str(), inner) {
                        ("@type", serde_json::Value::String(kind)) => {
                            markup.types.insert(kind.chars().take(60).collect());
                        }
                        ("dateModified", serde_json::Value::String(day)) => markup.modified.extend(machine_date(day)),
                        _ => {
                            markup.properties.insert(key.chars().take(60).collect());
                        }
                    }
                    waiting.push(inner);
                }
            }
            serde_json::Value::Array(items) => waiting.extend(items.iter().take(500)),
            _ => {}
        }
    }
}
