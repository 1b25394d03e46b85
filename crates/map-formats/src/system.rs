//! Which coordinate reference system a file is in: said, recognised or guessed.

use geo_types::Coord;
use map_feature::{Bounds, Crs, Transformer};
use serde::Serialize;

/// A file's reference system and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CrsGuess {
    pub crs: Option<Crs>,
    pub sure: Sure,
    /// Others that would fit as well, best first, when it is a guess.
    pub others: Vec<Crs>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// The file or its format says so.
    Stated,
    /// The file describes it, and the description is that of a known system.
    Recognised,
    /// From the size of the coordinates.
    Guessed,
    /// The file says something that we do not know, or there is nothing to guess from.
    #[default]
    Unknown,
}

impl CrsGuess {
    pub fn stated(crs: Crs) -> CrsGuess {
        CrsGuess { crs: Some(plain(crs)), sure: Sure::Stated, others: Vec::new() }
    }

    /// From Well-Known Text (OGC 01-009 or 18-010r11), as in `.prj` files.
    pub fn of_wkt(text: &str) -> CrsGuess {
        if let Some(crs) = authority(text) {
            return CrsGuess::stated(crs);
        }
        match recognise(text) {
            Some(crs) => CrsGuess { crs: Some(plain(crs)), sure: Sure::Recognised, others: Vec::new() },
            None => CrsGuess::default(),
        }
    }

    /// From where the coordinates lie: degrees, or one of the systems that put them into Korea.
    pub fn of_bounds(bounds: Option<Bounds>) -> CrsGuess {
        let Some(bounds) = bounds else { return CrsGuess::default() };
        let mut fitting = Vec::new();
        if is_degrees(bounds) {
            fitting.push(Crs::Crs84);
        } else {
            let middle = Coord { x: (bounds.west + bounds.east) / 2.0, y: (bounds.south + bounds.north) / 2.0 };
            fitting.extend(KOREAN.iter().map(|code| Crs::Epsg(*code)).filter(|crs| is_korean(*crs, middle)));
            if fitting.is_empty()
                && Transformer::new(Crs::WEB_MERCATOR, Crs::Crs84).is_ok_and(|to| to.point(middle).is_ok())
                && middle.x.abs() < 20_037_509.0
                && middle.y.abs() < 20_048_967.0
            {
                fitting.push(Crs::WEB_MERCATOR);
            }
        }
        let Some((crs, others)) = fitting.split_first() else { return CrsGuess::default() };
        CrsGuess { crs: Some(*crs), sure: Sure::Guessed, others: others.to_vec() }
    }
}

/// In use in Korea, most usual first: central belt, unified, mercator, the older belts, the older ones on Bessel, UTM.
const KOREAN: [u16; 18] =
    [5186, 5179, 3857, 5187, 5185, 5188, 5181, 5183, 5180, 5184, 5182, 5174, 5178, 5176, 5173, 5177, 32652, 32651];

/// GeoJSON, CSV and the rest write longitude first whatever the register says of EPSG:4326.
pub(crate) fn plain(crs: Crs) -> Crs {
    if crs == Crs::Epsg(4326) { Crs::Crs84 } else { crs }
}

/// The number for formats that know numbers only.
pub(crate) fn code(crs: Crs) -> u16 {
    match crs {
        Crs::Crs84 => 4326,
        Crs::Epsg(code) => code,
    }
}

/// Well-Known Text 1 of a system.
pub(crate) fn wkt(crs: Crs) -> Option<&'static str> {
    crs_definitions::from_code(code(crs)).map(|found| found.wkt)
}

/// PROJJSON (the form GeoParquet wants) made from the register's Well-Known Text 1.
pub(crate) fn projjson(crs: Crs) -> Option<serde_json::Value> {
    use serde_json::json;
    let text = wkt(crs)?;
    let quoted = |mark: &str| text.split_once(mark).and_then(|(_, rest)| rest.split('"').nth(1)).unwrap_or_default();
    let found = parts(text)?;
    let id = json!({ "authority": "EPSG", "code": code(crs) });
    let axis = |name: &str, short: &str, direction: &str, unit: &str| json!({ "name": name, "abbreviation": short, "direction": direction, "unit": unit });
    let ellipsoid = match found.ellipsoid {
        (major, 0.0) => json!({ "name": quoted("SPHEROID["), "radius": major }),
        (major, flattening) => {
            json!({ "name": quoted("SPHEROID["), "semi_major_axis": major, "inverse_flattening": flattening })
        }
    };
    let mut base = json!({
        "type": "GeographicCRS",
        "name": quoted("GEOGCS["),
        "datum": { "type": "GeodeticReferenceFrame", "name": quoted("DATUM["), "ellipsoid": ellipsoid },
        "coordinate_system": { "subtype": "ellipsoidal", "axis": [
            axis("Geodetic latitude", "Lat", "north", "degree"), axis("Geodetic longitude", "Lon", "east", "degree")] }
    });
    if found.projection.is_empty() {
        base["id"] = id;
        base["$schema"] = json!("https://proj.org/schemas/v0.7/projjson.schema.json");
        return Some(base);
    }
    let method = quoted("PROJECTION[").replace('_', " ");
    let parameters: Vec<serde_json::Value> = text
        .split("PARAMETER[")
        .skip(1)
        .filter_map(|piece| piece.split_once(']')?.0.split_once(','))
        .filter_map(|(name, value)| {
            let name = name.trim_matches('"').replace('_', " ");
            let unit = match name.as_str() {
                name if name.starts_with("scale") => "unity",
                name if name.starts_with("false") => "metre",
                _ => "degree",
            };
            Some(json!({ "name": name, "value": value.trim().parse::<f64>().ok()?, "unit": unit }))
        })
        .collect();
    Some(json!({
        "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
        "type": "ProjectedCRS",
        "name": quoted("PROJCS["),
        "base_crs": base,
        "conversion": { "name": quoted("PROJCS["), "method": { "name": method }, "parameters": parameters },
        "coordinate_system": { "subtype": "Cartesian", "axis": [
            axis("Easting", "E", "east", "metre"), axis("Northing", "N", "north", "metre")] },
        "id": id
    }))
}

pub(crate) fn is_degrees(bounds: Bounds) -> bool {
    bounds.west >= -180.0 && bounds.east <= 180.0 && bounds.south >= -90.0 && bounds.north <= 90.0
}

fn is_korean(crs: Crs, at: Coord<f64>) -> bool {
    Transformer::new(crs, Crs::Crs84)
        .and_then(|to| to.point(at))
        .is_ok_and(|at| (124.0..132.0).contains(&at.x) && (33.0..39.0).contains(&at.y))
}

/// The number that the outermost element carries.
fn authority(text: &str) -> Option<Crs> {
    let end = text.trim_end().strip_suffix(']')?;
    let start = ["AUTHORITY[\"EPSG\"", "ID[\"EPSG\""].iter().filter_map(|mark| end.rfind(mark)).max()?;
    let (inside, after) = end[start..].split_once('[')?.1.split_once(']')?;
    if !after.trim().is_empty() {
        return None;
    }
    let code = inside.split(',').nth(1)?.trim().trim_matches('"');
    format!("EPSG:{code}").parse().ok()
}

/// What makes a system: the projection, its parameters and the ellipsoid.
#[derive(Debug, PartialEq)]
struct Parts {
    projection: String,
    parameters: Vec<(String, f64)>,
    ellipsoid: (f64, f64),
}

fn recognise(text: &str) -> Option<Crs> {
    let name = letters(text.split('"').nth(1)?);
    match name.as_str() {
        "gcswgs1984" | "wgs84" | "wgs1984" => return Some(Crs::Crs84),
        "wgs1984webmercatorauxiliarysphere" | "wgs84pseudomercator" => return Some(Crs::WEB_MERCATOR),
        _ => {}
    }
    let wanted = parts(text)?;
    let korean = KOREAN.iter().copied().chain([2096, 2097, 2098, 4737, 4326, 4258, 4269, 4301]);
    korean.chain(1024..=32_766).find_map(|code| {
        let known = crs_definitions::from_code(code)?;
        let crs = Crs::Epsg(code);
        (matches(&parts(known.wkt)?, &wanted) && crs.to_string().parse::<Crs>().is_ok()).then_some(crs)
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn parts(text: &str) -> Option<Parts> {
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest);
    let mut ellipsoid = after("SPHEROID[")?.split([',', ']']).skip(1).map(|number| number.trim().parse::<f64>().ok());
    let projection = after("PROJECTION[").and_then(|rest| rest.split('"').nth(1)).map(letters).unwrap_or_default();
    let mut parameters = Vec::new();
    for piece in text.split("PARAMETER[").skip(1) {
        let (name, value) = piece.split_once(']')?.0.split_once(',')?;
        parameters.push((letters(name), value.trim().parse().ok()?));
    }
    let unit = |name: &str| if name == "scalefactor" { 1.0 } else { 0.0 };
    parameters.retain(|(name, value)| *value != unit(name));
    parameters.sort_by(|a, b| a.0.cmp(&b.0));
    Some(Parts { projection, parameters, ellipsoid: (ellipsoid.next()??, ellipsoid.next()??) })
}

fn matches(known: &Parts, wanted: &Parts) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-7 * a.abs().max(1.0);
    known.projection == wanted.projection
        && close(known.ellipsoid.0, wanted.ellipsoid.0)
        && close(known.ellipsoid.1, wanted.ellipsoid.1)
        && known.parameters.len() == wanted.parameters.len()
        && known.parameters.iter().zip(&wanted.parameters).all(|(a, b)| a.0 == b.0 && close(a.1, b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prj_file_is_recognised() {
        let esri = r#"PROJCS["Korea_2000_Korea_Central_Belt_2010",GEOGCS["GCS_Korea_2000",DATUM["D_Korea_2000",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",200000.0],PARAMETER["False_Northing",600000.0],PARAMETER["Central_Meridian",127.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",38.0],UNIT["Meter",1.0]]"#;
        let guess = CrsGuess::of_wkt(esri);
        assert_eq!((guess.crs, guess.sure), (Some(Crs::Epsg(5186)), Sure::Recognised));
        for code in [5179, 5181, 32652, 3857, 2154] {
            let guess = CrsGuess::of_wkt(wkt(Crs::Epsg(code)).unwrap());
            assert_eq!((guess.crs, guess.sure), (Some(Crs::Epsg(code)), Sure::Stated));
        }
        let geographic = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        assert_eq!(CrsGuess::of_wkt(geographic).crs, Some(Crs::Crs84));
        for text in ["", "]", "GEOGCS[", "LOCAL_CS[\"a\"]", "PROJCS[\"\",SPHEROID[\"\",a,b]]"] {
            assert_eq!(CrsGuess::of_wkt(text), CrsGuess::default(), "{text}");
        }
    }

    #[test]
    fn coordinates_tell_where_they_may_be() {
        let at = |x: f64, y: f64| CrsGuess::of_bounds(Some(Bounds { west: x, south: y, east: x, north: y }));
        assert_eq!(at(126.9, 37.5).crs, Some(Crs::Crs84));
        assert_eq!(at(198_056.0, 551_885.0).crs, Some(Crs::Epsg(5186)));
        assert!(at(198_056.0, 451_885.0).others.contains(&Crs::Epsg(5181)));
        assert_eq!(at(953_900.0, 1_952_000.0).crs, Some(Crs::Epsg(5179)));
        assert_eq!(at(14_135_000.0, 4_518_000.0).crs, Some(Crs::WEB_MERCATOR));
        assert_eq!(at(1e12, 1e12).sure, Sure::Unknown);
    }
}
