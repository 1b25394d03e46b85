use axum::extract::State;
use axum::http::HeaderMap;
use kernel_ui::{Contrast, Preferences, TextSize, Theme};

use crate::layers::secure::set_cookie;
use crate::visit::{DISPLAY_COOKIE, secure};
use crate::{Answer, City, Submitted, Visit, see_other};

/// Keeps how pages should look and goes back to where the reader was.
pub(crate) async fn choose(State(city): State<City>, visit: Visit, headers: HeaderMap, form: Submitted) -> Answer {
    let before = visit.preferences;
    let wanted = Preferences {
        theme: Theme::parse(form.text("theme")).unwrap_or(before.theme),
        contrast: Contrast::parse(form.text("contrast")).unwrap_or(before.contrast),
        text_size: TextSize::parse(form.text("text")).unwrap_or(before.text_size),
    };
    let mut response = see_other(local(form.text("back")));
    set_cookie(response.headers_mut(), DISPLAY_COOKIE, &wanted.to_cookie(), secure(&city, &headers));
    Ok(response)
}

/// Only a path of this site: never `//elsewhere` or another scheme.
pub fn local(back: &str) -> &str {
    let plain = back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if back.starts_with('/') && !back.starts_with("//") && plain { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_this_site() {
        assert_eq!(local("/survey?round=2003"), "/survey?round=2003");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nSet-Cookie: x"] {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
