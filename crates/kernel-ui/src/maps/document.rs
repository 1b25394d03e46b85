use maud::{DOCTYPE, Markup, html};

use super::{PICTURE_HEIGHT, PICTURE_WIDTH, style};
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

/// A picture of a map that leads to the map itself. `alt` says what it shows.
pub fn map_figure(picture: &str, href: &str, alt: &str, caption: &str, open: &str) -> Markup {
    html! {
        (style())
        figure.map-figure {
            img src=(picture) width=(PICTURE_WIDTH) height=(PICTURE_HEIGHT) alt=(alt) loading="lazy";
            figcaption { @if !caption.is_empty() { span { (caption) } " " } a href=(href) { (open) } }
        }
    }
}
