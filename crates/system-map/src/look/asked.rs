//! A view of the map as an address says it. What cannot be read there is as if it had not been said.

use jiff::civil::Date;
use kernel_ui::{MapLook, MapPlace};
use kernel_web::{Asked, Submitted};
use map_draw::looks::{Classing, Look, Theme};
use map_feature::Bounds;

use crate::layer::Layer;
use crate::ogc::{Sieve, Span, time_field};
use crate::served::Seen;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    pub place: Option<MapPlace>,
    /// What a browser's map shows, where its form is another than the picture's.
    pub area: Option<Bounds>,
    /// Layers by name; `None` when none was chosen or refused.
    pub layers: Option<Vec<String>>,
    pub look: MapLook,
    pub days: (Option<Date>, Option<Date>),
    pub by_district: bool,
    /// Layers that are to look otherwise than usual, each as it stands in the address.
    pub themes: Vec<(String, Theme, String)>,
}

impl View {
    pub fn of(asked: &Asked) -> View {
        View::said(asked)
    }

    /// Of an address that we wrote ourselves.
    pub fn of_query(query: &str) -> View {
        View::said(&Submitted::parse(query.as_bytes()))
    }

    fn said(asked: &Submitted) -> View {
        let number = |name: &str| asked.text(name).parse::<f64>().ok().filter(|number| number.is_finite());
        let place = number("lon").zip(number("lat"));
        let layers = asked.all("layer");
        let chosen = layers.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned());
        let themes = asked.all("theme");
        let day = |name: &str| asked.text(name).parse().ok();
        View {
            place: place.map(|(lon, lat)| MapPlace::new(lon, lat, number("zoom").unwrap_or(12.0))),
            area: area(asked.text("bbox")),
            layers: (!layers.is_empty()).then(|| chosen.collect()),
            look: MapLook::parse(asked.text("style")).unwrap_or_default(),
            days: (day("from"), day("to")),
            by_district: asked.text("by") == "district",
            themes: themes.into_iter().filter_map(theme).collect(),
        }
    }

    pub fn theme(&self, layer: &str) -> Option<&Theme> {
        self.themes.iter().find(|(name, ..)| name == layer).map(|(_, theme, _)| theme)
    }

    /// The look of pictures: the page's own where nothing was chosen.
    pub fn drawn_look(&self, page: kernel_ui::Preferences) -> Look {
        match self.look {
            MapLook::Day => Look::Day,
            MapLook::Dark => Look::Dark,
            MapLook::ColourBlind => Look::ColourBlind,
            MapLook::Contrast => Look::Contrast,
            MapLook::Auto if page.contrast == kernel_ui::Contrast::High => Look::Contrast,
            MapLook::Auto if page.theme == kernel_ui::Theme::Dark => Look::Dark,
            MapLook::Auto => Look::Day,
        }
    }

    /// Lets only the chosen days through, where a layer has days.
    pub fn narrow(&self, seen: &Seen, sieve: &mut Sieve) {
        let said = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        if self.days == (None, None) {
            return;
        }
        let span = Span::read(&format!("{}/{}", said(self.days.0), said(self.days.1)));
        sieve.time = time_field(&seen.served.layer, &seen.served.layer.fields(&seen.mask)).zip(span);
    }

    /// Whether a layer is shown, when these are shown by themselves.
    pub fn shows(&self, layer: &Layer, usual: &[String]) -> bool {
        self.layers.as_deref().unwrap_or(usual).contains(&layer.name)
    }
}

fn area(text: &str) -> Option<Bounds> {
    let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let [west, south, east, north] = numbers[..] else { return None };
    let fits = west < east && south < north && numbers.iter().all(|number| number.is_finite() && number.abs() <= 540.0);
    fits.then(|| Bounds {
        west: west.max(-180.0),
        south: south.max(-90.0),
        east: east.min(180.0),
        north: north.min(90.0),
    })
}

/// `layer~plain~3`, `layer~categories~field`, `layer~circles~20~field`, `layer~graduated~5~quantiles~field`: the field
/// last, because nobody knows what it is called.
fn theme(text: &str) -> Option<(String, Theme, String)> {
    let (layer, rest) = text.split_once('~')?;
    let (kind, rest) = rest.split_once('~')?;
    let theme = match kind {
        "plain" => Theme::Plain { colour: Some(rest.parse().ok().filter(|colour| *colour < 8)?) },
        "categories" => Theme::Categories { field: rest.to_owned(), values: Vec::new() },
        "circles" => {
            let (radius, field) = rest.split_once('~')?;
            let radius = radius.parse().ok().filter(|radius| (4.0..=60.0).contains(radius))?;
            Theme::Circles { field: field.to_owned(), radius }
        }
        "graduated" => {
            let (classes, rest) = rest.split_once('~')?;
            let (classing, field) = rest.split_once('~')?;
            let classing: Classing = serde_json::from_value(classing.into()).ok()?;
            let classes = classes.parse().ok().filter(|classes| (2..=5).contains(classes))?;
            Theme::Graduated { field: field.to_owned(), classes, classing }
        }
        _ => return None,
    };
    Some((layer.to_owned(), theme, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_of_addresses_are_read_and_nonsense_passed_over() {
        let read = |text| theme(text).map(|(_, theme, _)| theme);
        assert_eq!(read("trees~plain~3"), Some(Theme::Plain { colour: Some(3) }));
        let field = "a~b".to_owned();
        assert_eq!(
            read("t~graduated~4~equal-intervals~a~b"),
            Some(Theme::Graduated { field, classes: 4, classing: Classing::EqualIntervals })
        );
        for wrong in
            ["", "trees", "trees~plain~8", "t~graduated~9~quantiles~f", "t~circles~x~f", "t~stars~f", "t~graduated~3~f"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_box_of_an_address_is_a_box() {
        assert_eq!(area("126,37,127,38"), Some(Bounds { west: 126.0, south: 37.0, east: 127.0, north: 38.0 }));
        for wrong in ["", "1,2,3", "3,2,1,4", "a,b,c,d", "NaN,1,2,3", "0,0,inf,1"] {
            assert_eq!(area(wrong), None, "{wrong}");
        }
    }
}
