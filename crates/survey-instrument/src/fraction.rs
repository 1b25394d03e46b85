//! Exact numbers: half points in, fractions all the way, rounding only where a person reads.

use num_rational::Ratio;

/// An exact score or raw value.
pub type Fraction = Ratio<i64>;

/// `11/2`, or `5` when whole.
pub fn exact(value: Fraction) -> String {
    value.to_string()
}

/// Decimal text with `decimals` places, halves away from zero: `73.48`.
pub fn rounded(value: Fraction, decimals: u32) -> String {
    let scale = 10_i128.pow(decimals);
    let scaled = i128::from(*value.numer()) * scale;
    let denominator = i128::from(*value.denom());
    let half_up = (scaled.abs() * 2 + denominator) / (denominator * 2);
    let sign = if scaled < 0 && half_up != 0 { "-" } else { "" };
    if decimals == 0 {
        return format!("{sign}{half_up}");
    }
    format!("{sign}{}.{:0width$}", half_up / scale, half_up % scale, width = decimals as usize)
}

/// The same rounding as [`rounded`] with two decimals, as a number for charts and JSON.
pub fn rounded_number(value: Fraction) -> f64 {
    let hundredths = (value * 100).round();
    hundredths.to_integer() as f64 / 100.0
}

/// `1.5` when one decimal says it exactly, otherwise the fraction.
pub(crate) fn shortest(value: Fraction) -> String {
    match value.denom() {
        2 => rounded(value, 1),
        _ => exact(value),
    }
}

/// Reads `2`, `1.5`, `1,5` or `3/2`; `None` for anything else.
pub fn parse_fraction(text: &str) -> Option<Fraction> {
    let text = text.trim();
    if let Some((numerator, denominator)) = text.split_once('/') {
        let (numerator, denominator) = (digits(numerator.trim())?, digits(denominator.trim())?);
        return (denominator != 0).then(|| Ratio::new(numerator, denominator));
    }
    let Some((whole, decimals)) = text.split_once(['.', ',']) else {
        return digits(text).map(Ratio::from_integer);
    };
    if decimals.len() > 6 {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(decimals.len()).ok()?);
    Some(Ratio::from_integer(digits(whole)?) + Ratio::new(digits(decimals)?, scale))
}

/// Unsigned digits only, at most nine, so that no arithmetic on them overflows.
fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero_exactly() {
        assert_eq!(rounded(Ratio::new(1, 8), 2), "0.13");
        assert_eq!(rounded(Ratio::new(-1, 8), 2), "-0.13");
        assert_eq!(rounded(Ratio::new(1, 3), 2), "0.33");
        assert_eq!(rounded(Ratio::from_integer(100), 2), "100.00");
        assert_eq!(rounded_number(Ratio::new(1, 8)), 0.13);
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        for text in ["1.5", "1,5", "3/2", " 3 / 2 ", "1.50"] {
            assert_eq!(parse_fraction(text), Some(Ratio::new(3, 2)), "{text}");
        }
        for text in ["", "-1", "1/0", "x", "1.", ".5", "99999999999", "1e3", "NaN"] {
            assert_eq!(parse_fraction(text), None, "{text}");
        }
    }
}
