//! Which layer of the base map an object of OpenStreetMap belongs to. It stands beside the style because both must
//! agree.

/// A layer of the base map and the class within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub layer: &'static str,
    pub class: &'static str,
}

/// The layers of the base map are `landuse`, `green`, `water`, `building` (areas), `waterway`, `road`, `rail`, `boundary`
/// (lines), `stop` and `place` (points). Each feature has `class` and, when it has them, `name`, `name:ko` and so on;
/// roads have `bridge` and `tunnel` (true or missing), boundaries `admin_level` (number).
///
/// `None`: the base map does not show it. `tag` gives a tag's value.
pub fn classify<'t>(tag: &dyn Fn(&str) -> Option<&'t str>, form: crate::style::Shape) -> Option<Place> {
    use crate::style::Shape;
    let place = |layer, class| Some(Place { layer, class });
    match form {
        Shape::Polygon => {
            if tag("building").is_some_and(|value| value != "no") || tag("building:part").is_some() {
                return place("building", "building");
            }
            let natural = tag("natural").or_else(|| tag("waterway"));
            match natural {
                Some("water") if matches!(tag("water"), Some("river" | "canal" | "stream" | "moat")) => {
                    return place("water", "river");
                }
                Some("riverbank") => return place("water", "river"),
                Some("water" | "bay" | "dock" | "strait") => return place("water", "water"),
                Some("wood" | "scrub") => return place("green", "wood"),
                Some("grassland" | "heath" | "wetland") => return place("green", "grass"),
                Some("sand" | "beach") => return place("landuse", "sand"),
                _ => {}
            }
            match tag("leisure") {
                Some("park" | "garden" | "nature_reserve" | "playground" | "dog_park" | "golf_course") => {
                    return place("green", "park");
                }
                Some("pitch" | "track" | "stadium" | "sports_centre") => return place("green", "sport"),
                Some("swimming_pool") => return place("water", "pool"),
                _ => {}
            }
            match tag("landuse") {
                Some("forest") => place("green", "wood"),
                Some("grass" | "meadow" | "village_green" | "recreation_ground" | "greenfield" | "flowerbed") => {
                    place("green", "grass")
                }
                Some("cemetery") => place("green", "cemetery"),
                Some("farmland" | "orchard" | "vineyard" | "allotments" | "farmyard") => place("green", "farm"),
                Some("reservoir" | "basin") => place("water", "water"),
                Some("residential") => place("landuse", "residential"),
                Some("commercial" | "retail") => place("landuse", "commercial"),
                Some("industrial" | "railway" | "quarry" | "port") => place("landuse", "industrial"),
                _ => None,
            }
        }
        Shape::Line => {
            if let Some(highway) = tag("highway") {
                return road(highway).and_then(|class| place("road", class));
            }
            match (tag("railway"), tag("waterway")) {
                (Some("rail" | "narrow_gauge"), _) => return place("rail", "rail"),
                (Some("subway" | "light_rail" | "monorail"), _) => return place("rail", "subway"),
                (Some("tram"), _) => return place("rail", "tram"),
                (_, Some("river" | "canal")) => return place("waterway", "river"),
                (_, Some("stream" | "ditch" | "drain")) => return place("waterway", "stream"),
                _ => {}
            }
            (tag("boundary") == Some("administrative")).then_some(Place { layer: "boundary", class: "administrative" })
        }
        Shape::Point => match (tag("railway"), tag("place")) {
            (Some("station" | "halt"), _) => place("stop", "station"),
            (Some("tram_stop"), _) => place("stop", "tram"),
            (_, Some("city")) => place("place", "city"),
            (_, Some("town" | "municipality")) => place("place", "town"),
            (_, Some("borough" | "district")) => place("place", "district"),
            (_, Some("village")) => place("place", "village"),
            (_, Some("suburb")) => place("place", "suburb"),
            (_, Some("quarter" | "neighbourhood" | "hamlet" | "locality")) => place("place", "neighbourhood"),
            _ => None,
        },
    }
}

fn road(highway: &str) -> Option<&'static str> {
    Some(match highway.strip_suffix("_link").unwrap_or(highway) {
        "motorway" => "motorway",
        "trunk" => "trunk",
        "primary" => "primary",
        "secondary" => "secondary",
        "tertiary" => "tertiary",
        "residential" | "unclassified" | "living_street" | "road" | "busway" => "minor",
        "service" => "service",
        "pedestrian" => "pedestrian",
        "footway" | "path" | "cycleway" | "steps" | "track" | "bridleway" => "path",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Shape;

    #[test]
    fn objects_find_their_layer() {
        let of = |tags: &'static [(&'static str, &'static str)], form| {
            classify(&|key| tags.iter().find(|(name, _)| *name == key).map(|(_, value)| *value), form)
                .map(|place| (place.layer, place.class))
        };
        assert_eq!(of(&[("highway", "primary_link")], Shape::Line), Some(("road", "primary")));
        assert_eq!(of(&[("building", "yes")], Shape::Polygon), Some(("building", "building")));
        assert_eq!(of(&[("building", "no")], Shape::Polygon), None);
        assert_eq!(of(&[("natural", "water")], Shape::Polygon), Some(("water", "water")));
        assert_eq!(of(&[("place", "suburb")], Shape::Point), Some(("place", "suburb")));
        assert_eq!(of(&[("highway", "proposed")], Shape::Line), None);
    }
}
