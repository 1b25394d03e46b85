//! The layers that lie ready for a reader, each with how it is to look.

use kernel_base::Error;
use kernel_web::{Failure, Visit};
use map_draw::looks::Theme;

use super::asked::View;
use crate::layer::{Layer, Use};
use crate::ogc::all;
use crate::served::Seen;

/// Colours that differ well; the eighth is for "other".
const KINDS: usize = 7;
/// Layers that are shown by themselves.
const USUAL: usize = 3;

pub struct Laid {
    pub seen: Seen,
    pub theme: Theme,
}

impl Laid {
    pub fn layer(&self) -> &Layer {
        &self.seen.served.layer
    }
}

/// Every layer but the ground: as the address wishes, else as its owner chose, else each in a colour of its own.
///
/// # Errors
/// The store's.
pub async fn laid(visit: &Visit, view: &View) -> Result<Vec<Laid>, Failure> {
    let mut all = all(visit).await?;
    all.retain(|seen| seen.served.layer.use_of != Use::Base);
    let each = all.into_iter().enumerate().map(|(place, seen)| {
        let own = serde_json::from_str(&seen.served.layer.look).ok();
        let plain = || Theme::Plain { colour: Some(place % KINDS) };
        let theme = view.theme(&seen.served.layer.name).cloned().or(own).unwrap_or_else(plain);
        Laid { seen, theme }
    });
    Ok(each.collect())
}

/// What is shown when nobody chose: a few layers of things.
pub fn usual(all: &[Laid]) -> Vec<String> {
    let things = all.iter().filter(|one| one.layer().use_of == Use::Things);
    things.take(USUAL).map(|one| one.layer().name.clone()).collect()
}

/// One layer of an address.
///
/// # Errors
/// 404 when there is none, or none for this reader.
pub async fn one(visit: &Visit, name: &str) -> Result<Laid, Failure> {
    let mut all = laid(visit, &View::default()).await?;
    let at = all.iter().position(|one| one.layer().name == name).ok_or(Error::NotFound)?;
    Ok(all.swap_remove(at))
}
