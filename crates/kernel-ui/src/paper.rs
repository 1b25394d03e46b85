use kernel_language::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::assets::style;

/// A whole document with its styles inside, for a printer that fetches nothing. It is never sent to a reader's browser,
/// whose content policy forbids inline styles.
pub fn paper(language: Lang, title: &str, above: &str, main: &Markup) -> String {
    let document = html! {
        (DOCTYPE)
        html lang=(language.code) dir=(language.direction()) data-color-scheme="light" {
            head {
                meta charset="utf-8";
                title { (title) }
                @if let Some(style) = style() { style { (PreEscaped(style)) } }
            }
            body.paper {
                main { p.note { (above) } h1 { (title) } (main) }
            }
        }
    };
    document.into_string()
}
