use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::Response;
use kernel_base::Instant;
use kernel_identity::Who;
use kernel_language::{Arg, ENGLISH, Formats, Lang, Language, negotiate};
use kernel_ui::{Preferences, Reader};

use crate::layers::{limits, rights::Asker};
use crate::proof::Act;
use crate::{City, Failure, Page};

/// One reader's request: who asks, in which language, for which page. Every handler takes it.
pub struct Visit {
    pub city: City,
    pub language: Lang,
    pub preferences: Preferences,
    /// Path without the query.
    pub path: String,
    /// Query without the question mark.
    pub query: String,
    /// Scheme and host that the reader used, e.g. `http://127.0.0.1:8080`.
    pub origin: String,
    /// Where the reader's connection comes from; an IPv6 reader is the whole /64.
    pub network: IpAddr,
    /// Browser and system as the browser names itself; for the reader's own list of sessions.
    pub agent: String,
    /// The reader's own connection is encrypted.
    pub encrypted: bool,
    cookies: String,
    /// The act that this request is, however often the database asks to run it.
    pub(crate) act: Act,
    who: Option<Arc<Who>>,
    /// The handler asked who it is: what it makes is for nobody else.
    personal: AtomicBool,
    said: Said,
}

/// How often the reader's language had the words.
#[derive(Default)]
struct Said {
    own: AtomicU32,
    english: AtomicU32,
}

/// The choices of a reader that this site keeps in the browser, see [`host_bound`].
pub(crate) const LANGUAGE_COOKIE: &str = "language";
pub(crate) const DISPLAY_COOKIE: &str = "display";

impl Visit {
    pub(crate) fn new(city: City, parts: &Parts) -> Visit {
        let path = parts.uri.path().to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let language = wanted_language(&query, &parts.headers);
        let preferences = chosen(&parts.headers, DISPLAY_COOKIE).map(Preferences::from_cookie).unwrap_or_default();
        let origin = origin(&city, parts);
        let network = limits::client(&city, &parts.headers, &parts.extensions);
        let agent = text(&parts.headers, header::USER_AGENT).to_owned();
        let encrypted = secure(&city, &parts.headers);
        let cookies: Vec<&str> =
            parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok()).collect();
        let cookies = cookies.join("; ");
        let who = parts.extensions.get::<Asker>().and_then(|asker| asker.who.who().cloned());
        Visit {
            city,
            language,
            preferences,
            path,
            query,
            origin,
            network,
            agent,
            encrypted,
            cookies,
            act: parts.extensions.get().copied().unwrap_or_default(),
            who,
            personal: AtomicBool::new(false),
            said: Said::default(),
        }
    }

    /// Who asks. The answer then is for this person alone and is kept nowhere.
    pub fn who(&self) -> Option<&Who> {
        self.personal.store(true, Ordering::Relaxed);
        self.who.as_deref()
    }

    /// Who asks, behind a door that lets nobody else in ([`crate::Need::SignedIn`] or a right).
    ///
    /// # Errors
    /// 401 when the route forgot to ask for it.
    pub fn me(&self) -> Result<&Who, Failure> {
        self.who().ok_or_else(|| Failure::said(StatusCode::UNAUTHORIZED, "failure-signed-out"))
    }

    /// Whether who asks has this right.
    pub fn may(&self, right: &str) -> bool {
        self.who().is_some_and(|who| who.may(&self.city.rights, right))
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        in_line(&self.cookies, name)
    }

    /// Scheme and host for links in letters: the configured one. A request's own words are believed only in a
    /// demonstration, since whoever writes a request chooses them.
    ///
    /// # Errors
    /// When none is configured.
    pub fn public_origin(&self) -> Result<&str, Failure> {
        let configured = self.city.settings.origin.as_str();
        match (configured.is_empty(), self.city.profile.demonstration) {
            (false, _) => Ok(configured),
            (true, true) => Ok(&self.origin),
            (true, false) => {
                tracing::error!("letters need the portal's public address: set server.origin");
                Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, ""))
            }
        }
    }

    /// Whether somebody is signed in, whoever it is: kept pages differ by that anyway.
    pub fn signed_in(&self) -> bool {
        self.who.is_some()
    }

    /// Acting for somebody else is shown on every page, so no page is shared then.
    pub(crate) fn acting_for(&self) -> Option<&str> {
        let acting = self.who.as_ref()?.acting.as_ref()?;
        self.personal.store(true, Ordering::Relaxed);
        Some(&acting.name)
    }

    /// What the handler makes is for this reader alone, whoever it is.
    pub(crate) fn keep_nowhere(&self) {
        self.personal.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_personal(&self) -> bool {
        self.personal.load(Ordering::Relaxed)
    }

    /// The message in the reader's language.
    pub fn t(&self, key: &str) -> String {
        Reader::t(self, key)
    }

    /// The message with values put in: `visit.t_with("survey-cities", &[("n", 98.into())])`.
    pub fn t_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        Reader::t_with(self, key, args)
    }

    pub fn number(&self, number: i64) -> String {
        Formats::of(self.language).number(number)
    }

    pub fn decimal(&self, number: f64, digits: usize) -> String {
        Formats::of(self.language).decimal(number, digits)
    }

    pub fn date(&self, date: jiff::civil::Date) -> String {
        Formats::of(self.language).date(date)
    }

    /// Day and time in UTC.
    pub fn moment(&self, moment: Instant) -> String {
        let day = Formats::of(self.language).date(moment.date());
        let clock = moment.rfc3339();
        format!("{day} {} UTC", clock.get(11..16).unwrap_or_default())
    }

    pub fn now(&self) -> Instant {
        self.city.clock.now()
    }

    /// A whole page, status 200.
    pub fn page(&self, page: Page) -> Response {
        page.into_response_for(self)
    }

    /// English, when most of what was said so far had to be English; the page then marks its content so.
    pub(crate) fn content_language(&self) -> Option<Lang> {
        let english = self.said.english.load(Ordering::Relaxed);
        (english > 0 && english >= self.said.own.load(Ordering::Relaxed)).then_some(ENGLISH)
    }

    /// The words of the shell, which do not count as content.
    pub(crate) fn shell(&self) -> Shell<'_> {
        Shell(self)
    }
}

impl Reader for Visit {
    fn language(&self) -> Lang {
        self.language
    }

    fn t_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let said = self.city.words.say(self.language, key, args);
        let counter = if said.fallback { &self.said.english } else { &self.said.own };
        counter.fetch_add(1, Ordering::Relaxed);
        said.text
    }
}

pub(crate) struct Shell<'a>(&'a Visit);

impl Reader for Shell<'_> {
    fn language(&self) -> Lang {
        self.0.language
    }

    fn t_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.0.city.words.say(self.0.language, key, args).text
    }
}

impl FromRequestParts<City> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Visit, Infallible> {
        Ok(Visit::new(city.clone(), parts))
    }
}

/// `?lang=`, else the cookie, else `Accept-Language`.
pub(crate) fn wanted_language(query: &str, headers: &HeaderMap) -> Lang {
    language_in_query(query)
        .or_else(|| chosen(headers, LANGUAGE_COOKIE).and_then(Language::find))
        .unwrap_or_else(|| negotiate(text(headers, header::ACCEPT_LANGUAGE)))
}

pub(crate) fn language_in_query(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Language::find)
}

/// A header as text; empty when missing or not text.
pub(crate) fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.filter_map(|line| in_line(line, name)).next()
}

/// A cookie's name: `__Host-` binds it to this host and to TLS wherever there is TLS (RFC 6265bis §4.1.3.2).
pub(crate) fn host_bound(name: &str, encrypted: bool) -> String {
    if encrypted { format!("__Host-{name}") } else { name.to_owned() }
}

/// A choice of the reader, from before there was TLS too.
pub(crate) fn chosen<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    cookie(headers, &host_bound(name, true)).or_else(|| cookie(headers, name))
}

fn in_line<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// The configured origin, else what the reader's browser said it asked for.
fn origin(city: &City, parts: &Parts) -> String {
    if !city.settings.origin.is_empty() {
        return city.settings.origin.clone();
    }
    let host = parts.uri.authority().map(|authority| authority.as_str()).unwrap_or(text(&parts.headers, header::HOST));
    let plausible = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    if host.is_empty() || !plausible {
        return String::new();
    }
    let scheme = if secure(city, &parts.headers) { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// Whether the reader's own connection is encrypted.
pub(crate) fn secure(city: &City, headers: &HeaderMap) -> bool {
    let forwarded =
        || headers.get("x-forwarded-proto").is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"https"));
    city.settings.tls || (city.settings.trust_proxy && forwarded())
}
