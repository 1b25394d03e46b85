use kernel_language::Lang;
use maud::{DOCTYPE, Markup, html};

use crate::assets::asset_address;
use crate::{Contrast, Crumb, Preferences, Reader, TextSize, Theme, breadcrumbs, search_field};

/// An entry of the main menu, in the reader's language.
#[derive(Debug, Clone)]
pub struct MenuLink {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// The same page in another language.
#[derive(Debug, Clone)]
pub struct Alternate {
    pub language: Lang,
    pub href: String,
}

#[derive(Debug, Clone)]
pub struct FooterLink {
    pub label: String,
    pub href: String,
}

/// Where the reader signs in, or is signed in.
#[derive(Debug, Clone)]
pub struct EntranceLinks {
    pub sign_in: String,
    pub sign_out: String,
    pub home: String,
    pub signed_in: bool,
    /// Name of the person or organisation that is acted for.
    pub acting_for: Option<String>,
}

/// Everything around a page's own content.
pub struct Frame<'a> {
    pub city: &'a str,
    /// A made-up city: the masthead and the footer say so.
    pub demonstration: bool,
    pub title: &'a str,
    /// One sentence for search engines and link previews; empty for none.
    pub description: &'a str,
    pub preferences: Preferences,
    /// Path and query of this page, where the display form leads back to.
    pub here: &'a str,
    pub home: bool,
    pub menu: &'a [MenuLink],
    pub alternates: &'a [Alternate],
    /// None in a city without accounts.
    pub entrance: Option<&'a EntranceLinks>,
    /// Scheme and host for absolute links; empty when unknown.
    pub origin: &'a str,
    pub crumbs: &'a [Crumb],
    pub footer: &'a [FooterLink],
    /// Language of the content when it differs from the reader's.
    pub content_language: Option<Lang>,
    /// Keep out of search engines (errors, previews).
    pub unlisted: bool,
    pub main: Markup,
}

/// A whole page.
pub fn frame(reader: &dyn Reader, frame: &Frame) -> Markup {
    let language = reader.language();
    let preferences = frame.preferences;
    html! {
        (DOCTYPE)
        html lang=(language.code) dir=(language.direction()) data-color-scheme=(preferences.theme.word())
             data-contrast=(preferences.contrast.word()) data-text=(preferences.text_size.word()) {
            (head(reader, frame))
            body {
                a.skip href="#main" { (reader.t("ui-skip")) }
                (masthead(reader, frame))
                (header(reader, frame))
                @if let Some(name) = frame.entrance.and_then(|links| links.acting_for.as_deref()) { (acting(reader, name)) }
                main #main tabindex="-1" lang=[frame.content_language.map(|l| l.code)] dir=[frame.content_language.map(|l| l.direction())] {
                    div.wrap {
                        @if !frame.home { (crumbs(reader, frame)) }
                        (frame.main)
                    }
                }
                (footer(reader, frame))
            }
        }
    }
}

/// Breadcrumbs belong to the shell: they keep the reader's language when the content could not.
fn crumbs(reader: &dyn Reader, frame: &Frame) -> Markup {
    html! {
        div lang=[frame.content_language.map(|_| reader.language().code)] dir=[frame.content_language.map(|_| reader.language().direction())] {
            (breadcrumbs(reader, frame.crumbs))
        }
    }
}

fn head(reader: &dyn Reader, frame: &Frame) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { @if frame.home { (frame.city) } @else { (frame.title) " – " (frame.city) } }
            @if !frame.description.is_empty() { meta name="description" content=(frame.description); }
            @if frame.unlisted { meta name="robots" content="noindex"; }
            meta name="theme-color" content="#1b5e46";
            @if let Some(styles) = asset_address("city.css") { link rel="stylesheet" href=(styles); }
            @if let Some(fonts) = asset_address("fonts.css") { link rel="stylesheet" href=(fonts); }
            @if let Some(script) = asset_address("city.js") { script type="module" src=(script) {} }
            @if let Some(icon) = asset_address("icon.svg") { link rel="icon" type="image/svg+xml" href=(icon); }
            @if let Some(icon) = asset_address("icon-180.png") { link rel="apple-touch-icon" href=(icon); }
            link rel="manifest" href="/manifest.webmanifest";
            @for alternate in frame.alternates {
                link rel="alternate" hreflang=(alternate.language.code) href=(format!("{}{}", frame.origin, alternate.href));
            }
            meta property="og:title" content=(if frame.home { frame.city } else { frame.title });
            meta property="og:locale" content=(reader.language().code);
        }
    }
}

/// Who runs this site, and how a reader can tell.
fn masthead(reader: &dyn Reader, frame: &Frame) -> Markup {
    let claim = match frame.demonstration {
        true => reader.t("ui-masthead"),
        false => reader.t_with("ui-masthead-official", &[("city", frame.city.into())]),
    };
    html! {
        div.masthead role="region" aria-label=(reader.t("ui-masthead-label")) {
            div.wrap {
                details {
                    summary { span { (claim) } " " span.masthead-how { (reader.t("ui-masthead-how")) } }
                    div.masthead-body {
                        @if frame.demonstration { p { (reader.t("ui-masthead-demonstration")) } }
                        p { (reader.t("ui-masthead-address")) }
                        p { (reader.t("ui-masthead-never")) }
                    }
                }
            }
        }
    }
}

fn header(reader: &dyn Reader, frame: &Frame) -> Markup {
    html! {
        header.head {
            div.wrap.head-row {
                a.brand href="/" { (mark()) span { (frame.city) } }
                div.head-tools {
                    (languages(reader, frame))
                    (display(reader, frame))
                    @if let Some(links) = frame.entrance { (entrance(reader, links)) }
                }
                @if !frame.home { (search_field(reader, "/search", &reader.t("ui-search-label"), "", false)) }
            }
            @if !frame.menu.is_empty() {
                nav.menu aria-label=(reader.t("ui-menu")) {
                    ul.wrap {
                        @for entry in frame.menu {
                            li { a href=(entry.href) aria-current=[entry.current.then_some("true")] { (entry.label) } }
                        }
                    }
                }
            }
        }
    }
}

/// The mark: four rooms around a courtyard.
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            path d="M2 2h28v28H2zM10 10v12h12V10z" fill-rule="evenodd" {}
            path.mark-gap d="M14.5 22h3v8h-3z" {}
        }
    }
}

fn languages(reader: &dyn Reader, frame: &Frame) -> Markup {
    html! {
        nav.languages aria-label=(reader.t("ui-languages")) {
            ul {
                @for alternate in frame.alternates {
                    @let current = alternate.language == reader.language();
                    li {
                        a href=(alternate.href) lang=(alternate.language.code) dir=(alternate.language.direction()) hreflang=(alternate.language.code)
                          aria-current=[current.then_some("true")] { (alternate.language.name) }
                    }
                }
            }
        }
    }
}

/// Theme, contrast and text size: one form, each button a choice, back on the same page.
fn display(reader: &dyn Reader, frame: &Frame) -> Markup {
    let preferences = frame.preferences;
    html! {
        details.display {
            summary { (reader.t("ui-display")) }
            form.display-body method="post" action="/preferences" {
                input type="hidden" name="back" value=(frame.here);
                (choices(reader, "ui-theme", "theme", Theme::ALL.iter().map(|v| (v.word(), *v == preferences.theme))))
                (choices(reader, "ui-contrast", "contrast", Contrast::ALL.iter().map(|v| (v.word(), *v == preferences.contrast))))
                (choices(reader, "ui-text-size", "text", TextSize::ALL.iter().map(|v| (v.word(), *v == preferences.text_size))))
            }
        }
    }
}

fn entrance(reader: &dyn Reader, links: &EntranceLinks) -> Markup {
    html! {
        div.entrance {
            @if links.signed_in {
                a href=(links.home) { (reader.t("ui-my-page")) }
                form method="post" action=(links.sign_out) { button type="submit" { (reader.t("ui-sign-out")) } }
            } @else {
                a href=(links.sign_in) { (reader.t("ui-sign-in")) }
            }
        }
    }
}

/// On every page, so that nobody does in another's name what they meant for themselves.
fn acting(reader: &dyn Reader, name: &str) -> Markup {
    html! {
        div.acting role="region" aria-label=(reader.t("ui-acting-label")) {
            p.wrap { (reader.t_with("ui-acting", &[("name", name.into())])) " " a href="/account/acting" { (reader.t("ui-acting-end")) } }
        }
    }
}

fn choices(reader: &dyn Reader, key: &str, name: &str, values: impl Iterator<Item = (&'static str, bool)>) -> Markup {
    html! {
        fieldset {
            legend { (reader.t(key)) }
            @for (word, chosen) in values {
                button type="submit" name=(name) value=(word) aria-pressed=(if chosen { "true" } else { "false" }) {
                    (reader.t(&format!("{key}-{word}")))
                }
            }
        }
    }
}

fn footer(reader: &dyn Reader, frame: &Frame) -> Markup {
    html! {
        footer.foot {
            div.wrap {
                p.foot-city { (mark()) span { (frame.city) } }
                @if frame.demonstration { p { (reader.t("ui-footer-demonstration")) } }
                nav aria-label=(reader.t("ui-footer-nav")) {
                    ul { @for link in frame.footer { li { a href=(link.href) { (link.label) } } } }
                }
                p.foot-small { (reader.t("ui-footer-software")) }
            }
        }
    }
}
