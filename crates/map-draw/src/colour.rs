use std::str::FromStr;

/// A colour in sRGB, each part from 0 to 1, not multiplied by its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    pub r: f32,
    pub g: f32,
    pub b: f32,
    pub a: f32,
}

impl Colour {
    pub const BLACK: Colour = Colour { r: 0.0, g: 0.0, b: 0.0, a: 1.0 };
    pub const CLEAR: Colour = Colour { r: 0.0, g: 0.0, b: 0.0, a: 0.0 };

    pub fn faded(self, opacity: f64) -> Colour {
        Colour { a: self.a * opacity.clamp(0.0, 1.0) as f32, ..self }
    }

    pub fn is_seen(self) -> bool {
        self.a > 1.0 / 512.0
    }

    /// `t` = 0 is this colour, 1 the other; mixed as light that is let through (premultiplied), as MapLibre does.
    pub fn mixed(self, other: Colour, t: f64) -> Colour {
        let t = t as f32;
        let a = self.a + (other.a - self.a) * t;
        let part = |x: f32, y: f32| {
            if a <= 0.0 { 0.0 } else { ((x * self.a + (y * other.a - x * self.a) * t) / a).clamp(0.0, 1.0) }
        };
        Colour { r: part(self.r, other.r), g: part(self.g, other.g), b: part(self.b, other.b), a }
    }

    /// `#rrggbb`, or `rgba(…)` when light is let through.
    pub fn css(self) -> String {
        let [r, g, b, _] = self.bytes();
        if self.a >= 1.0 { format!("#{r:02x}{g:02x}{b:02x}") } else { format!("rgba({r},{g},{b},{})", self.a) }
    }

    pub fn bytes(self) -> [u8; 4] {
        [self.r, self.g, self.b, self.a].map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(self) -> f32 {
        let linear = |v: f32| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast of two opaque colours, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Colour) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }
}

/// Any colour of CSS: names, `#rgb`, `#rrggbbaa`, `rgb()`, `hsl()` and so on.
impl FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Colour, String> {
        let colour =
            csscolorparser::parse(text).map_err(|_| format!("\"{text}\" is no colour; write it as #1b5e46"))?;
        let colour = Colour { r: colour.r, g: colour.g, b: colour.b, a: colour.a };
        if [colour.r, colour.g, colour.b, colour.a].iter().all(|part| part.is_finite()) {
            Ok(colour)
        } else {
            Err(format!("\"{text}\" is no colour"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_css() {
        for text in ["#1b5e46", "#1B5E46ff", "rgb(27, 94, 70)", "rgba(27,94,70,1)"] {
            assert_eq!(text.parse::<Colour>().unwrap().css(), "#1b5e46", "{text}");
        }
        assert_eq!("white".parse::<Colour>().unwrap().css(), "#ffffff");
        assert_eq!("hsl(120, 100%, 25%)".parse::<Colour>().unwrap().css(), "#008000");
        for text in ["", "greenish", "#12", "rgb(1)", "hsl(a,b,c)"] {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
    }

    #[test]
    fn half_way_between() {
        let half = "black".parse::<Colour>().unwrap().mixed("white".parse().unwrap(), 0.5);
        assert_eq!(half.css(), "#808080");
        assert!((Colour::BLACK.contrast("white".parse().unwrap()) - 21.0).abs() < 0.01);
    }
}
