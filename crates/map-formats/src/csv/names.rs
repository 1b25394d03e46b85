//! What headings tell of the columns under them.

use std::io::Read;

use super::broken;
use crate::look::Places;
use crate::{Error, Options, Result};

/// Column names, made different from each other.
pub(super) fn headings(reader: &mut csv::Reader<Box<dyn Read>>, options: &Options) -> Result<Vec<String>> {
    let record = reader.byte_headers().map_err(broken)?;
    if record.len() > options.limits.fields {
        return Err(Error::Limit { what: crate::Limited::Fields, limit: options.limits.fields as u64 });
    }
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (place, bytes) in record.iter().enumerate() {
        let name = String::from_utf8_lossy(bytes).trim().to_owned();
        let name = if name.is_empty() { format!("column_{}", place + 1) } else { name };
        let mut other = name.clone();
        let mut number = 2;
        while names.contains(&other) {
            other = format!("{name}_{number}");
            number += 1;
        }
        names.push(other);
    }
    Ok(names)
}

/// Usual pairs of names, most telling first; compared without case, spaces and signs.
const PAIRS: [(&str, &str); 21] = [
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("경도", "위도"),
    ("x", "y"),
    ("xcoord", "ycoord"),
    ("coordx", "coordy"),
    ("pointx", "pointy"),
    ("x좌표", "y좌표"),
    ("좌표x", "좌표y"),
    ("x좌표값", "y좌표값"),
    ("x좌표경도", "y좌표위도"),
    ("좌표정보x", "좌표정보y"),
    ("easting", "northing"),
    ("centerx", "centery"),
    ("posx", "posy"),
    ("xcrd", "ycrd"),
    ("lot", "lat"),
    ("la", "lo"),
    ("geolon", "geolat"),
];

const ADDRESSES: [&str; 16] = [
    "도로명주소",
    "소재지도로명주소",
    "도로명전체주소",
    "지번주소",
    "소재지지번주소",
    "소재지전체주소",
    "주소",
    "소재지",
    "상세주소",
    "address",
    "streetaddress",
    "fulladdress",
    "addr",
    "location",
    "road address",
    "roadaddress",
];

fn letters(name: &str) -> String {
    let name: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    name.replace("wgs84", "")
}

pub(super) fn guess(names: &[String], options: &Options) -> Result<Places> {
    let plain: Vec<String> = names.iter().map(|name| letters(name)).collect();
    let find = |wanted: &str| plain.iter().position(|name| name == wanted).map(|place| names[place].clone());
    let holding = |part: &str| plain.iter().position(|name| name.contains(part)).map(|place| names[place].clone());
    let both = |pair: &(&str, &str)| find(pair.0).zip(find(pair.1));
    let pair = PAIRS
        .iter()
        .find_map(both)
        .or_else(|| holding("경도").zip(holding("위도")))
        .or_else(|| holding("longitude").zip(holding("latitude")));
    let named = |name: &Option<String>| match name {
        Some(name) if !names.contains(name) => Err(Error::NoColumn(name.clone())),
        name => Ok(name.clone()),
    };
    let columns = &options.columns;
    let (x, y) = match (named(&columns.x)?, named(&columns.y)?) {
        (Some(x), Some(y)) => (Some(x), Some(y)),
        _ => pair.unzip(),
    };
    let wkt =
        named(&columns.wkt)?.or_else(|| ["wkt", "geometry", "geom", "thegeom"].iter().find_map(|name| find(name)));
    let address = named(&columns.address)?.or_else(|| ADDRESSES.iter().find_map(|name| find(name)));
    Ok(Places { x, y, wkt, address, encoding: None })
}
