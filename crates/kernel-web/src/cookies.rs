use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::Visit;
use crate::layers::rights::session_cookie;
use crate::visit::host_bound;

/// What a sign-out must leave behind: nothing of pages, nothing of storage (W3C Clear Site Data). The choices of
/// language and display stay.
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
const ALL: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");
const BUT_STORAGE: HeaderValue = HeaderValue::from_static("\"cache\"");

impl Visit {
    /// Gives the browser the session's secret: for `seconds`, or until it is closed.
    pub fn keep_session(&self, response: &mut Response, secret: &str, seconds: Option<i64>) {
        self.set_cookie(response, session_cookie(self.encrypted), secret, seconds);
    }

    /// Takes the session's secret from the browser, and whatever pages it kept. With `work`, what somebody did there and
    /// the site has not taken yet stays: the page that asks for it has emptied the rest.
    pub fn forget_session(&self, response: &mut Response, work: bool) {
        self.set_cookie(response, session_cookie(self.encrypted), "", Some(0));
        response.headers_mut().insert(CLEAR, if work { BUT_STORAGE } else { ALL });
    }

    /// A cookie for something begun that is soon over; [`Visit::short_cookie`] reads it.
    pub fn keep_short(&self, response: &mut Response, name: &str, value: &str, seconds: i64) {
        self.set_cookie(response, &host_bound(name, self.encrypted), value, Some(seconds));
    }

    pub fn short_cookie(&self, name: &str) -> Option<String> {
        self.cookie(&host_bound(name, self.encrypted)).map(str::to_owned)
    }

    /// Values are ours: letters, digits, `-`, `_`, `.` only.
    fn set_cookie(&self, response: &mut Response, name: &str, value: &str, seconds: Option<i64>) {
        let secure = if self.encrypted { "; Secure" } else { "" };
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}
