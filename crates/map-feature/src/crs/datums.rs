//! What is to be known of datums beside the definitions of `crs-definitions`.

/// A shift to WGS 84 that the definition lacks, as a parameter of PROJ.
///
/// Korean 1985 (Bessel): EPSG:5191, "Korean 1985 to WGS 84 (1)", 1 m. The register gives it around a point
/// (Molodensky–Badekas, coordinate frame: -145.907, 505.034, 685.756 m, -1.162, 2.347, 1.592″, 6.342 ppm about
/// -3159521.31, 4068151.32, 3748113.85); here the same around the earth's centre, as a position vector.
pub fn shift(code: u16) -> Option<&'static str> {
    match code {
        4162 | 2096..=2098 | 5173..=5178 => {
            Some("+towgs84=-114.61998513899744,475.96296987030655,675.0183286857791,1.162,-2.347,-1.592,6.342")
        }
        _ => None,
    }
}

/// Not offered: what `proj4rs` would place elsewhere than PROJ does.
pub fn refused(_code: u16) -> bool {
    false
}
