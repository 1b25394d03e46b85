//! Coordinates beside those of PROJ's own `cs2cs`: the same within a millimetre, in the order of the register.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use geo_types::Coord;
use map_feature::{AxisOrder, Crs, Transformer};

/// Systems, and where each is used: degrees, longitude first.
const PLACES: &[(&[u16], f64, f64)] = &[
    (&[5179, 5181, 5186, 5174, 2097, 4162, 4166, 4737, 32652, 3857, 4326, 3395], 127.0, 37.5),
    (&[5173, 5185], 125.5, 37.8),
    (&[5176, 5187, 5178], 129.2, 35.9),
    (&[5182], 126.6, 33.4),
    (&[5188], 130.9, 37.5),
    (&[6668, 6677, 2451, 32654], 139.7, 35.7),
    (&[3826, 3414], 103.8, 1.35),
    (&[4547], 114.2, 31.0),
    (&[25832, 3035, 4258, 32632], 9.8, 51.2),
    (&[2154], 2.4, 47.1),
    (&[2056, 21781], 7.5, 46.9),
    (&[2180], 19.5, 52.1),
    (&[3067, 3006], 24.4, 61.2),
    (&[3763], -8.3, 40.1),
    (&[3057], -19.0, 64.9),
    (&[31983, 32723, 5880], -46.6, -23.5),
    (&[7855, 28355, 4283], 147.3, -42.9),
    (&[2193], 174.8, -41.3),
    (&[3031, 32761], 40.0, -75.0),
    (&[3995, 3571, 32661], -40.0, 78.0),
    (&[6933], 30.0, 45.0),
];

/// What `cs2cs` makes of points, both numbers as it writes them. `None` without the program.
fn oracle(from: Crs, to: Crs, points: &[Coord<f64>]) -> Option<Vec<Coord<f64>>> {
    let child = Command::new("cs2cs")
        .args(["-f", "%.12f", &from.to_string(), &to.to_string()])
        .env("PROJ_NETWORK", "OFF")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "CI needs cs2cs (Debian: proj-bin)");
            eprintln!("skipped: no cs2cs");
            return None;
        }
    };
    let asked: String = points.iter().map(|at| ordered(from, *at)).map(|at| format!("{} {}\n", at.x, at.y)).collect();
    child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let point = |line: &str| {
        let mut numbers = line.split_whitespace().map(|number| number.parse().unwrap_or(f64::INFINITY));
        ordered(to, Coord { x: numbers.next().unwrap(), y: numbers.next().unwrap() })
    };
    Some(text.lines().map(point).collect())
}

/// From x before y to the order of the register, or back.
fn ordered(crs: Crs, at: Coord<f64>) -> Coord<f64> {
    if crs.axis_order() == AxisOrder::NorthEast { Coord { x: at.y, y: at.x } } else { at }
}

/// How far the two are from each other at most, in metres (a degree is at most 111.7 km).
fn apart(from: Crs, to: Crs, points: &[Coord<f64>], expected: &[Coord<f64>]) -> f64 {
    let transformer = Transformer::new(from, to).unwrap();
    let metres = if to == Crs::Crs84 || to.is_geographic() { 111_700.0 } else { 1.0 };
    let off = |(point, expected): (&Coord<f64>, &Coord<f64>)| {
        let found = transformer.point(*point).unwrap();
        (found.x - expected.x).abs().max((found.y - expected.y).abs()) * metres
    };
    assert_eq!(points.len(), expected.len());
    points.iter().zip(expected).map(off).fold(0.0, f64::max)
}

#[test]
fn as_cs2cs_within_a_millimetre() {
    let mut wrong = Vec::new();
    for (codes, x, y) in PLACES {
        let around = [(0.0, 0.0), (0.31, 0.17), (-0.27, 0.41), (0.19, -0.38)];
        let points = around.map(|(dx, dy)| Coord { x: x + dx, y: y + dy });
        for crs in codes.iter().map(|code| Crs::Epsg(*code)) {
            let Some(there) = oracle(Crs::Crs84, crs, &points) else { return };
            let Some(back) = oracle(crs, Crs::Crs84, &there) else { return };
            let off = (apart(Crs::Crs84, crs, &points, &there), apart(crs, Crs::Crs84, &there, &back));
            if off.0.max(off.1) > 0.001 {
                wrong.push(format!("{crs}: {:.4} m there, {:.4} m back", off.0, off.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
