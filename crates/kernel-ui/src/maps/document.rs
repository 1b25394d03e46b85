use maud::{DOCTYPE, Markup, html};

use crate::{Preferences, Reader, asset_address};

/// A map alone, as a document that pages of others put into a frame.
pub fn map_document(reader: &dyn Reader, preferences: Preferences, title: &str, map: &Markup) -> Markup {
    let language = reader.language();
    html! {
        (DOCTYPE)
        html lang=(language.code) dir=(language.direction()) data-color-scheme=(preferences.theme.word())
             data-contrast=(preferences.contrast.word()) data-text=(preferences.text_size.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                @for name in ["city.css", "fonts.css"] {
                    @if let Some(style) = asset_address(name) { link rel="stylesheet" href=(style); }
                }
            }
            body.framed-map { main { h1.ds-sr-only { (title) } (map) } }
        }
    }
}
