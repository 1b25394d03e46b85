/// Metres on the ground around a point; good to a percent within a few hundred kilometres.
pub struct Distance {
    from: (f64, f64),
    narrow: f64,
}

impl From<(f64, f64)> for Distance {
    fn from(from: (f64, f64)) -> Distance {
        Distance { from, narrow: from.1.to_radians().cos() }
    }
}

impl Distance {
    /// Of a degree along a meridian of the sphere with the earth's mean radius (6,371,008.8 m).
    const DEGREE: f64 = 111_195.08;

    pub fn metres(&self, to: (f64, f64)) -> f64 {
        let mut east = (to.0 - self.from.0).abs();
        if east > 180.0 {
            east = 360.0 - east;
        }
        let (east, north) = (east * self.narrow, to.1 - self.from.1);
        (east * east + north * north).sqrt() * Self::DEGREE
    }
}

/// 1 here, a half at three kilometres.
pub fn closeness(metres: f64) -> f32 {
    if metres.is_finite() { (1.0 / (1.0 + metres / 3000.0)) as f32 } else { 0.0 }
}
