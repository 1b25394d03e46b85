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

/// Not offered, because coordinates would lie metres to kilometres off: projections that `proj4rs` computes otherwise than
/// PROJ; definitions without a shift to WGS 84 where the register has one; degrees that are counted as grads.
///
/// Source: all codes of `crs-definitions` 0.6 beside PROJ 9.5.1 without grids, nine points in each area of use.
/// What remains is within 1 mm of PROJ where both use the same shift. Where the register knows several shifts, PROJ
/// picks one by place and this crate keeps the definition's: NAD 83 (1 m), ED 50, S-JTSK, Amersfoort and others differ
/// by the accuracy of such shifts, centimetres to ten metres.
#[rustfmt::skip]
pub fn refused(code: u16) -> bool {
    matches!(
        code,
        2000 | 2062 | 2081 | 2312..=2313 | 3167..=3168 | 3354 | 3374 | 3396..=3399 | 3844 | 4120 | 4160 | 4197..=4198 | 4600
        | 4676..=4677 | 4705 | 4741 | 4745..=4746 | 4751 | 4807 | 4810 | 4811 | 4815 | 4816 | 4819 | 4821 | 4901..=4903
        | 5132 | 5169..=5172 | 5666..=5669 | 5681..=5685 | 6990..=6997 | 8428 | 8433 | 26591..=26592 | 27500 | 29700 | 29702
    )
}
