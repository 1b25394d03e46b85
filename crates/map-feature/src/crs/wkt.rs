//! Which system a Well-Known Text means (OGC 01-009, section 7; ISO 19162; and what ESRI writes into `.prj` files).

mod tree;

use crs_definitions::Def;
use tree::Node;

use super::Crs;

/// Longer texts are none.
const LENGTH: usize = 1 << 16;

pub fn guess(text: &str) -> Option<Crs> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() > LENGTH {
        return None;
    }
    let root = Node::read(text)?;
    let system = horizontal(&root);
    code(system).or_else(|| named(system)).or_else(|| described(system))
}

/// A compound or bound system is what it says of the plane.
fn horizontal(root: &Node) -> &Node {
    const WRAPPED: &[&str] = &["COMPD_CS", "COMPOUNDCRS", "BOUNDCRS", "SOURCECRS"];
    const PLANE: &[&str] = &[
        "PROJCS",
        "PROJCRS",
        "PROJECTEDCRS",
        "GEOGCS",
        "GEOGCRS",
        "GEOGRAPHICCRS",
        "GEODCRS",
        "GEODETICCRS",
        "SOURCECRS",
        "COMPD_CS",
        "COMPOUNDCRS",
    ];
    if !WRAPPED.contains(&root.keyword()) {
        return root;
    }
    root.children.iter().find(|child| PLANE.contains(&child.keyword())).map_or(root, horizontal)
}

/// `AUTHORITY["EPSG","5186"]` or `ID["EPSG",5186]` right in the system.
fn code(system: &Node) -> Option<Crs> {
    let authority = system.children.iter().find(|child| matches!(child.keyword(), "AUTHORITY" | "ID"))?;
    let (name, code) = (authority.children.first()?.text(), authority.children.get(1)?.text());
    if name.eq_ignore_ascii_case("OGC") && code.eq_ignore_ascii_case("CRS84") {
        return Some(Crs::Crs84);
    }
    if !name.eq_ignore_ascii_case("EPSG") {
        return None;
    }
    usable(code.parse().ok()?)
}

fn usable(code: u16) -> Option<Crs> {
    let crs = Crs::Epsg(code);
    crs.proj().ok().map(|_| crs)
}

/// Names as they can be compared: letters and digits, without what one writes and the other does not.
fn plain(name: &str) -> String {
    let mut name: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    for (from, to) in [
        ("wgs1984", "wgs84"),
        ("webmercatorauxiliarysphere", "pseudomercator"),
        ("korea2000korea", "korea2000"),
        ("korean1985korea", "korean1985"),
        ("korean1985modifiedkorea", "korean1985modified"),
        ("korean1995korea", "korean1995"),
        ("unifiedcoordinatesystem", "unifiedcs"),
        ("gcs", ""),
        ("nad1983", "nad83"),
        ("nad1927", "nad27"),
        ("etrs1989", "etrs89"),
    ] {
        name = name.replace(from, to);
    }
    name
}

/// All systems that can be used here.
fn all() -> impl Iterator<Item = Def> {
    (1024..=32_767).filter_map(crs_definitions::from_code)
}

fn named(system: &Node) -> Option<Crs> {
    let name = plain(system.children.first()?.text());
    let same = |definition: &Def| definition.wkt.split('"').nth(1).is_some_and(|known| plain(known) == name);
    all().filter(same).find_map(|definition| usable(definition.code))
}

/// What makes a system: whichever way it is written.
#[derive(Debug, PartialEq)]
struct Traits {
    projection: String,
    /// Semi-major axis in metres, inverse flattening.
    ellipsoid: (f64, f64),
    /// Origin in degrees, scale, false origin in metres, parallels in degrees.
    numbers: Vec<(&'static str, f64)>,
    datum: String,
}

/// Tolerances: a tenth of a millimetre on the ground, where parameters are written with few digits.
fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9_f64.max(left.abs() * 1e-10)
}

impl Traits {
    fn of(system: &Node) -> Option<Traits> {
        let ellipsoid = system.find(&["SPHEROID", "ELLIPSOID"])?;
        let datum = system.find(&["DATUM", "ENSEMBLE", "TRF", "GEODETICDATUM"])?;
        let projected = system.find(&["PROJECTION", "METHOD"]);
        let unit = match projected {
            Some(_) => system.children.iter().rev().find(|child| matches!(child.keyword(), "UNIT" | "LENGTHUNIT")),
            None => None,
        };
        let unit = unit.and_then(|unit| unit.children.get(1)?.number()).unwrap_or(1.0);
        let mut numbers = Vec::new();
        system.each(&["PARAMETER"], &mut |parameter| {
            let (Some(name), Some(value)) = (parameter.children.first(), parameter.children.get(1)) else { return };
            let (Some(name), Some(value)) = (parameter_name(&plain(name.text())), value.number()) else { return };
            let value = if name.starts_with("false") { value * unit } else { value };
            numbers.push((name, value));
        });
        let value = |name: &str| numbers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        // What is left out has no effect.
        let known =
            [("scale", 1.0), ("latitude", 0.0), ("longitude", 0.0), ("false easting", 0.0), ("false northing", 0.0)];
        let missing: Vec<_> = known.into_iter().filter(|(name, _)| value(name).is_none()).collect();
        numbers.extend(missing);
        numbers.sort_by(|left, right| left.0.cmp(right.0));
        Some(Traits {
            projection: projected.map_or_else(String::new, |node| projection(&plain(node.children[0].text()))),
            ellipsoid: (ellipsoid.children.get(1)?.number()?, ellipsoid.children.get(2)?.number()?),
            numbers,
            datum: datum_name(datum.children.first()?.text()),
        })
    }

    /// A quick look at a definition before it is read: the central meridian stands there and is the same.
    fn may_fit(&self, wkt: &str) -> bool {
        if self.projection.is_empty() {
            return wkt.starts_with("GEOG");
        }
        let meridian = ["central_meridian\",", "longitude_of_center\","].iter().find_map(|name| wkt.split(name).nth(1));
        let meridian = meridian.and_then(|rest| rest.split(']').next()?.parse().ok());
        let own = self.numbers.iter().find(|(name, _)| *name == "longitude");
        own.is_none_or(|(_, own)| near(*own, meridian.unwrap_or(0.0)))
    }

    fn fits(&self, other: &Traits) -> bool {
        self.projection == other.projection
            && (self.ellipsoid.0 - other.ellipsoid.0).abs() < 0.01
            && (self.ellipsoid.1 - other.ellipsoid.1).abs() < 1e-5
            && self.numbers.len() == other.numbers.len()
            && self.numbers.iter().zip(&other.numbers).all(|(own, other)| own.0 == other.0 && near(own.1, other.1))
    }
}

fn parameter_name(plain: &str) -> Option<&'static str> {
    Some(match plain {
        "falseeasting" | "eastingatfalseorigin" => "false easting",
        "falsenorthing" | "northingatfalseorigin" => "false northing",
        "centralmeridian" | "longitudeofnaturalorigin" | "longitudeoffalseorigin" | "longitudeofcenter" => "longitude",
        "latitudeoforigin" | "latitudeofnaturalorigin" | "latitudeoffalseorigin" | "latitudeofcenter" => "latitude",
        "scalefactor" | "scalefactoratnaturalorigin" => "scale",
        "standardparallel1" | "latitudeof1ststandardparallel" => "parallel 1",
        "standardparallel2" | "latitudeof2ndstandardparallel" => "parallel 2",
        "azimuth" => "azimuth",
        "rectifiedgridangle" => "angle",
        _ => return None,
    })
}

fn projection(plain: &str) -> String {
    match plain {
        "gausskruger" => "transversemercator",
        "lambertconformalconic" | "lambertconicconformal2sp" => "lambertconformalconic2sp",
        "lambertconicconformal1sp" => "lambertconformalconic1sp",
        "doublestereographic" => "obliquestereographic",
        "albers" | "albersequalarea" => "albersconicequalarea",
        other => other,
    }
    .to_owned()
}

fn datum_name(name: &str) -> String {
    let name = plain(name.strip_prefix("D_").unwrap_or(name));
    match name.as_str() {
        "korea2000" => "geocentricdatumofkorea".to_owned(),
        "korean1985" => "koreandatum1985".to_owned(),
        "korean1995" => "koreandatum1995".to_owned(),
        "worldgeodeticsystem1984" | "worldgeodeticsystem1984ensemble" => "wgs84".to_owned(),
        _ => name,
    }
}

/// By projection and numbers. Where several fit, the same datum decides, and no datum at all leaves it open.
fn described(system: &Node) -> Option<Crs> {
    let traits = Traits::of(system)?;
    let fitting = all().filter(|definition| traits.may_fit(definition.wkt)).filter_map(|definition| {
        let other = Traits::of(horizontal(&Node::read(definition.wkt)?))?;
        traits.fits(&other).then_some((definition.code, other.datum))
    });
    let fitting: Vec<(u16, String)> = fitting.filter(|(code, _)| usable(*code).is_some()).collect();
    let same = fitting.iter().find(|(_, datum)| *datum == traits.datum);
    same.or_else(|| fitting.first().filter(|_| fitting.len() == 1)).map(|(code, _)| Crs::Epsg(*code))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As ESRI writes them.
    fn esri(name: &str, numbers: [f64; 5], datum: (&str, &str, f64, f64)) -> String {
        let [x, y, longitude, scale, latitude] = numbers;
        let (system, datum, a, f) = datum;
        format!(
            "PROJCS[\"{name}\",GEOGCS[\"GCS_{system}\",DATUM[\"D_{datum}\",SPHEROID[\"S\",{a:?},{f:?}]],\
             PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],\
             PARAMETER[\"False_Easting\",{x:?}],PARAMETER[\"False_Northing\",{y:?}],\
             PARAMETER[\"Central_Meridian\",{longitude:?}],PARAMETER[\"Scale_Factor\",{scale:?}],\
             PARAMETER[\"Latitude_Of_Origin\",{latitude:?}],UNIT[\"Meter\",1.0]]"
        )
    }

    const GRS80: (&str, &str, f64, f64) = ("Korea_2000", "Korea_2000", 6_378_137.0, 298.257222101);
    const BESSEL: (&str, &str, f64, f64) = ("Korean_Datum_1985", "Korean_Datum_1985", 6_377_397.155, 299.1528128);
    const WGS84: (&str, &str, f64, f64) = ("WGS_1984", "WGS_1984", 6_378_137.0, 298.257223563);

    #[test]
    fn files_of_korea() {
        for (code, name, numbers, datum) in [
            (5186, "Korea_2000_Korea_Central_Belt_2010", [200_000.0, 600_000.0, 127.0, 1.0, 38.0], GRS80),
            (5186, "PCS_ITRF2000_TM", [200_000.0, 600_000.0, 127.0, 1.0, 38.0], GRS80),
            (5181, "Korea_2000_Korea_Central_Belt", [200_000.0, 500_000.0, 127.0, 1.0, 38.0], GRS80),
            (5187, "some name", [200_000.0, 600_000.0, 129.0, 1.0, 38.0], GRS80),
            (5179, "Korea_2000_Korea_Unified_Coordinate_System", [1e6, 2e6, 127.5, 0.9996, 38.0], GRS80),
            (5179, "UTMK", [1e6, 2e6, 127.5, 0.9996, 38.0], GRS80),
            (2097, "Korean_1985_Korea_Central_Belt", [200_000.0, 500_000.0, 127.0, 1.0, 38.0], BESSEL),
            (5174, "Korean_1985_Modified", [200_000.0, 500_000.0, 127.002_890_277_777_8, 1.0, 38.0], BESSEL),
            (32652, "WGS_1984_UTM_Zone_52N", [500_000.0, 0.0, 129.0, 0.9996, 0.0], WGS84),
            (32652, "my zone", [500_000.0, 0.0, 129.0, 0.9996, 0.0], WGS84),
        ] {
            assert_eq!(guess(&esri(name, numbers, datum)), Some(Crs::Epsg(code)), "{name}");
        }
        let elsewhere = esri("nowhere", [200_000.0, 600_001.0, 127.0, 1.0, 38.0], GRS80);
        assert_eq!(guess(&elsewhere), None);
    }

    #[test]
    fn degrees_and_codes() {
        let degrees = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],\
            PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
        assert_eq!(guess(degrees), Some(Crs::Epsg(4326)));
        assert_eq!(guess(&degrees.replace("GCS_WGS_1984", "x")), Some(Crs::Epsg(4326)));
        let korea = "GEOGCS[\"GCS_Korea_2000\",DATUM[\"D_Korea_2000\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],\
            PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
        assert_eq!(guess(korea), Some(Crs::Epsg(4737)));
        let sphere = "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",\
            SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],\
            UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Mercator_Auxiliary_Sphere\"],UNIT[\"Meter\",1.0]]";
        assert_eq!(guess(sphere), Some(Crs::WEB_MERCATOR));
        let second = "PROJCRS[\"x\",BASEGEOGCRS[\"y\",DATUM[\"z\",ELLIPSOID[\"e\",1,2]],ID[\"EPSG\",4737]],\
            ID[\"EPSG\",5186]]";
        assert_eq!(guess(second), Some(Crs::Epsg(5186)));
        assert_eq!(guess(&format!("COMPD_CS[\"with heights\",{second},VERT_CS[\"h\"]]")), Some(Crs::Epsg(5186)));
    }

    /// Every definition's own text leads back to it, or to one that says the same.
    #[test]
    fn definitions_come_back() {
        for code in [2056, 3035, 3405, 3826, 4326, 5179, 25832, 27700, 28992, 31370, 32633] {
            let text = crs_definitions::from_code(code).unwrap().wkt;
            assert_eq!(guess(text), Some(Crs::Epsg(code)), "{code} by its code");
            let bare = text.replace(&format!(",AUTHORITY[\"EPSG\",\"{code}\"]"), "");
            assert_eq!(guess(&bare), Some(Crs::Epsg(code)), "{code} by its name");
        }
    }

    #[test]
    fn whatever_is_no_text_is_nothing() {
        for text in
            ["", "[", "PROJCS", "PROJCS[", "PROJCS[]", "x]", "PROJCS[\"a", "\"\"", "PROJCS[\"\",\"\"]", "마[당]"]
        {
            assert_eq!(guess(text), None, "{text}");
        }
        assert_eq!(guess(&"A[".repeat(30_000)), None);
        assert_eq!(guess(&"A[".repeat(300_000)), None);
    }
}
