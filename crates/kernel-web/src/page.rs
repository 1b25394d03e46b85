use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel_language::LANGUAGES;
use kernel_ui::{
    Alternate, Crumb, EntranceLinks, FooterLink, Frame, Markup, MenuLink, Reader, Tone, alert, frame, html,
};

use crate::Visit;
use crate::layers::pages::{AsItIs, Shared};

/// What a handler has to say; the shell puts everything around it.
pub struct Page {
    title: String,
    description: String,
    crumbs: Vec<Crumb>,
    main: Markup,
    status: StatusCode,
    home: bool,
    unlisted: bool,
}

impl Page {
    /// `title` is the page's `h1` and the first part of the window title.
    pub fn new(title: impl Into<String>) -> Page {
        Page {
            title: title.into(),
            description: String::new(),
            crumbs: Vec::new(),
            main: html! {},
            status: StatusCode::OK,
            home: false,
            unlisted: false,
        }
    }

    /// One sentence for search engines and link previews.
    pub fn description(mut self, description: impl Into<String>) -> Page {
        self.description = description.into();
        self
    }

    /// A page between home and this one, from the top.
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Page {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// Everything below the `h1`.
    pub fn main(mut self, main: Markup) -> Page {
        self.main = main;
        self
    }

    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// Keep it out of search engines.
    pub fn unlisted(mut self) -> Page {
        self.unlisted = true;
        self
    }

    pub(crate) fn home(mut self) -> Page {
        self.home = true;
        self
    }

    pub(crate) fn into_response_for(self, visit: &Visit) -> Response {
        let shell = visit.shell();
        let content_language = visit.content_language();
        let main = html! {
            @if content_language.is_some() && visit.language.code != "en" {
                div lang=(visit.language.code) dir=(visit.language.direction()) {
                    (alert(Tone::Info, "", html! { p { (shell.t("page-not-translated")) } }))
                }
            }
            h1 data-home[self.home] { (self.title) }
            (self.main)
        };
        let markup = frame(
            &shell,
            &Frame {
                city: visit.city.profile.name.in_language(visit.language),
                demonstration: visit.city.profile.demonstration,
                title: &self.title,
                description: &self.description,
                preferences: visit.preferences,
                here: &here(visit),
                home: self.home,
                menu: &menu(visit, &shell),
                entrance: entrance(visit).as_ref(),
                alternates: &alternates(visit),
                origin: &visit.origin,
                crumbs: &self.crumbs,
                footer: &footer(visit, &shell),
                content_language,
                unlisted: self.unlisted || !self.status.is_success(),
                main,
            },
        );
        let mut response = (self.status, markup).into_response();
        if visit.is_personal() {
            response = fresh(response);
        } else {
            response.extensions_mut().insert(Shared);
        }
        response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.language.code));
        response
    }
}

/// "Done; look there": the answer after an act.
pub fn see_other(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Marks a page that must be made anew for each reader and each time.
pub fn fresh(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Marks an answer that is kept, tagged and compressed by its handler or not at all: the page cache lets it through.
pub fn as_it_is(mut response: Response) -> Response {
    response.extensions_mut().insert(AsItIs);
    response
}

/// Path and query of this page, without the language choice.
fn here(visit: &Visit) -> String {
    let rest: Vec<&str> =
        visit.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if rest.is_empty() { visit.path.clone() } else { format!("{}?{}", visit.path, rest.join("&")) }
}

fn alternates(visit: &Visit) -> Vec<Alternate> {
    let here = here(visit);
    let joint = if here.contains('?') { '&' } else { '?' };
    LANGUAGES
        .into_iter()
        .map(|language| Alternate { language, href: format!("{here}{joint}lang={}", language.code) })
        .collect()
}

fn entrance(visit: &Visit) -> Option<EntranceLinks> {
    let entrance = visit.city.entrance()?;
    let back = if visit.path.starts_with(entrance.sign_in) { String::new() } else { here(visit) };
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    Some(EntranceLinks {
        sign_in: if back.is_empty() {
            entrance.sign_in.to_owned()
        } else {
            format!("{}?back={back}", entrance.sign_in)
        },
        sign_out: entrance.sign_out.to_owned(),
        home: entrance.home.to_owned(),
        signed_in: visit.signed_in(),
        acting_for: visit.acting_for().map(str::to_owned),
    })
}

fn menu(visit: &Visit, shell: &dyn Reader) -> Vec<MenuLink> {
    let items = visit.city.systems.iter().flat_map(|system| system.menu.iter()).chain(crate::pages::MENU);
    items
        .map(|item| MenuLink {
            label: shell.t(item.key),
            href: item.href.to_owned(),
            current: visit.path == item.href || visit.path.starts_with(&format!("{}/", item.href)),
        })
        .collect()
}

fn footer(visit: &Visit, shell: &dyn Reader) -> Vec<FooterLink> {
    crate::pages::FOOTER
        .iter()
        .filter(|item| crate::pages::is_shown(&visit.city, item.href))
        .map(|item| FooterLink { label: shell.t(item.key), href: item.href.to_owned() })
        .collect()
}
