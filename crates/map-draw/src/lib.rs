//! Maps drawn by the server: for those without WebGL or scripts, for OGC API – Maps, for paper and for previews. A style
//! in MapLibre's language (the same file that browsers get) says how; a [`Source`] gives the features.

mod canvas;
mod colour;
mod fonts;
mod furniture;
mod label;
pub mod looks;
mod outline;
mod paper;
mod picture;
mod placing;
mod raster;
mod sheet;
pub mod style;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod view;
mod work;

pub use colour::Colour;
pub use fonts::Fonts;
pub use furniture::{Extras, Legend, LegendEntry, Sign};
pub use picture::{Source, Take};
pub use sheet::{Form, Paper, Sheet, pdf};
pub use style::{Style, StyleError, in_language};
pub use view::{LARGEST, LONGEST, View, zoom_of_scale};

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DrawError {
    #[error(
        "a picture of {width} × {height} dots cannot be drawn; the longest side is {LONGEST}, and all together {LARGEST} dots"
    )]
    Size { width: u64, height: u64 },
    #[error("{0}")]
    View(&'static str),
    #[error("there is too much to draw here; come nearer")]
    TooMuch,
    #[error("the picture could not be written: {0}")]
    Writing(String),
}

/// A map as PNG.
///
/// # Errors
/// [`DrawError::TooMuch`], [`DrawError::Writing`].
pub fn png(
    style: &Style,
    view: &View,
    source: &dyn Source,
    fonts: &Fonts,
    extras: &Extras,
) -> Result<Vec<u8>, DrawError> {
    let mut raster = raster::Raster::new(view.size(), view.ratio(), fonts)?;
    let furniture = furniture::Furniture::new(view, fonts, extras);
    let placed = picture::draw(style, view, source, fonts, &mut raster, &furniture.spaces())?;
    placed.iter().for_each(|name| name.draw(&mut raster));
    furniture.draw(&mut raster);
    raster.png()
}
