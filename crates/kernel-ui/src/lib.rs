//! The portal's components as functions that return markup. The only crate that knows a CSS class.
//!
//! Components take words that are already in the reader's language; the few words that belong to a component itself
//! ("Show the figures") come through [`Reader`]. Everything works without scripts.

mod assets;
mod charts;
mod data;
pub mod desk;
mod forms;
mod frame;
mod framed;
mod map;
mod maps;
mod navigation;
mod notices;
mod paper;
mod passkey;
mod picture;
mod proof;
mod ranges;
mod reader;
mod secrets;
mod slope;
mod tiles;

pub mod gallery;

pub use assets::{Asset, asset_address, asset_file, assets_present};
pub use charts::{Bar, BarChart, bar_chart};
pub use data::{Column, Figure, Row, Table, figures, meter, summary_list, table, wide};
pub use forms::{
    Choice, Field, button, checkboxes, error_summary, file_field, form, hidden, plain_form, radios, search_field,
    select, text_field, textarea,
};
pub use frame::{Alternate, EntranceLinks, FooterLink, Frame, MenuLink, frame};
pub use framed::framed;
pub use map::{Dot, DotMap, dot_map};
pub use maps::{
    LayerTime, LegendEntry, Location, MapEditor, MapLayer, MapLook, MapPlace, MapShape, MapView, MapWays,
    PICTURE_HEIGHT, PICTURE_WIDTH, ShownGroup, ShownItem, ShownLayer, legend, location_picker, map_document,
    map_editor, map_feature, map_figure, map_list, map_view,
};
pub use navigation::{Crumb, Link, Pages, breadcrumbs, pagination, section_links, steps};
pub use notices::{Tone, alert, details, empty_state, tag};
pub use paper::paper;
pub use passkey::{Ceremony, PasskeyForm, passkey_form};
pub use picture::{Picture, picture};
pub use proof::{ProofOfWork, proof_of_work};
pub use ranges::{Range, RangeChart, range_chart, round_ticks};
pub use reader::{Contrast, Preferences, Reader, TextSize, Theme};
pub use secrets::{secret, secret_list, square_code};
pub use slope::{Line, SlopeChart, slope_chart};
pub use tiles::{Card, Emphasis, Tile, button_link, cards, columns, folded, lead, link_list, prose, section, tiles};

pub use maud::{Markup, PreEscaped, html};

/// This crate's words.
pub const TEXTS: kernel_language::Texts = &[
    ("en", include_str!("../text/en.ftl")),
    ("ko", include_str!("../text/ko.ftl")),
    ("ar", include_str!("../text/ar.ftl")),
];
