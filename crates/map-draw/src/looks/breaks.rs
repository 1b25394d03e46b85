//! Where one class ends and the next begins.

use serde::{Deserialize, Serialize};

/// How values are put into classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Classing {
    /// As many features in each class.
    #[default]
    Quantiles,
    /// Steps of the same size.
    EqualIntervals,
    /// Where the values have gaps: the least spread within classes (Fisher 1958; known to mapmakers by Jenks).
    NaturalBreaks,
}

/// More values than this are represented by evenly chosen ones: the exact search costs their square.
const MOST_EXACT: usize = 1_000;

/// The inner limits between at most `classes` classes (2 to 9), rising: a value equal to a limit belongs to the class
/// above. Fewer limits come back when the values do not differ enough. NaN and infinities are passed over. Limits are
/// rounded when that moves no value into another class.
pub fn breaks(values: &[f64], classes: usize, how: Classing) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let classes = classes.clamp(2, 9);
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let limits: Vec<f64> = match how {
        #[allow(clippy::cast_precision_loss)]
        Classing::EqualIntervals => {
            (1..classes).map(|class| (most - least).mul_add(class as f64 / classes as f64, least)).collect()
        }
        Classing::Quantiles => {
            (1..classes).filter_map(|class| sorted.get(class * sorted.len() / classes).copied()).collect()
        }
        Classing::NaturalBreaks => natural(&thinned(&sorted), classes),
    };
    let mut limits: Vec<f64> = limits.into_iter().filter(|limit| *limit > least && *limit <= most).collect();
    limits.iter_mut().for_each(|limit| *limit = rounded(*limit, &sorted));
    // Limits within the same gap between values have become one.
    limits.dedup();
    limits
}

fn thinned(sorted: &[f64]) -> Vec<f64> {
    if sorted.len() <= MOST_EXACT {
        return sorted.to_vec();
    }
    (0..MOST_EXACT).filter_map(|at| sorted.get(at * (sorted.len() - 1) / (MOST_EXACT - 1)).copied()).collect()
}

/// The shortest number between the last value below a limit and the first one above.
fn rounded(limit: f64, sorted: &[f64]) -> f64 {
    let at = sorted.partition_point(|value| *value < limit);
    let (Some(below), Some(above)) = (at.checked_sub(1).and_then(|at| sorted.get(at)), sorted.get(at)) else {
        return limit;
    };
    let size = limit.abs().log10().floor();
    if !size.is_finite() {
        return limit;
    }
    for digits in 0..12 {
        let step = 10_f64.powf(size - f64::from(digits));
        // By the nearest and, when that fails, by the next one up.
        for short in [(limit / step).round() * step, (limit / step).ceil() * step] {
            let short = format!("{short:.12e}").parse().unwrap_or(short);
            if short > *below && short <= *above {
                return short;
            }
        }
    }
    limit
}

/// Dynamic programming over sorted values: `cost[k][j]` is the least sum of squares of the first `j` in `k` classes.
fn natural(sorted: &[f64], classes: usize) -> Vec<f64> {
    let n = sorted.len();
    let classes = classes.min(n);
    let (mut sums, mut squares) = (vec![0.0], vec![0.0]);
    for value in sorted {
        sums.push(sums.last().copied().unwrap_or(0.0) + value);
        squares.push(squares.last().copied().unwrap_or(0.0) + value * value);
    }
    #[allow(clippy::cast_precision_loss)]
    let spread = |from: usize, to: usize| {
        let sum: f64 = sums[to] - sums[from];
        (squares[to] - squares[from] - sum * sum / (to - from) as f64).max(0.0)
    };
    let mut cost: Vec<f64> = (0..=n).map(|to| if to == 0 { 0.0 } else { spread(0, to) }).collect();
    let mut begins = vec![vec![0_usize; n + 1]];
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; n + 1];
        let mut begin = vec![0; n + 1];
        for to in class + 1..=n {
            for (from, before) in cost.iter().enumerate().take(to).skip(class) {
                let total = before + spread(from, to);
                if total < next[to] {
                    (next[to], begin[to]) = (total, from);
                }
            }
        }
        cost = next;
        begins.push(begin);
    }
    let (mut limits, mut to) = (Vec::new(), n);
    for begin in begins.iter().skip(1).rev() {
        to = begin[to];
        limits.extend(sorted.get(to));
    }
    limits.reverse();
    limits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_way_has_its_limits() {
        let values = [1.0, 2.0, 3.0, 4.0, 50.0, 51.0, 52.0, 1000.0, 1001.0];
        assert_eq!(breaks(&values, 3, Classing::NaturalBreaks), [50.0, 1000.0]);
        assert_eq!(breaks(&values, 3, Classing::Quantiles), [4.0, 52.0]);
        assert_eq!(breaks(&values, 2, Classing::EqualIntervals), [500.0]);
        assert!(breaks(&[], 5, Classing::Quantiles).is_empty());
        assert!(breaks(&[7.0; 20], 5, Classing::NaturalBreaks).is_empty());
        assert!(breaks(&[f64::NAN, f64::INFINITY], 5, Classing::EqualIntervals).is_empty());
    }

    fn spread(values: &[f64], limits: &[f64]) -> f64 {
        let mut classes = vec![Vec::new(); limits.len() + 1];
        for value in values {
            classes[limits.partition_point(|limit| limit <= value)].push(*value);
        }
        #[allow(clippy::cast_precision_loss)]
        let one = |class: &Vec<f64>| {
            let mean = class.iter().sum::<f64>() / class.len().max(1) as f64;
            class.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        classes.iter().map(one).sum()
    }

    proptest! {
        #[test]
        fn limits_rise_and_part_the_values(
            values in proptest::collection::vec(-1e6..1e6_f64, 1..60), classes in 2..7_usize,
        ) {
            for how in [Classing::Quantiles, Classing::EqualIntervals, Classing::NaturalBreaks] {
                let limits = breaks(&values, classes, how);
                prop_assert!(limits.len() < classes);
                prop_assert!(limits.windows(2).all(|pair| pair[0] < pair[1]), "{how:?} {limits:?}");
            }
        }

        #[test]
        fn natural_breaks_have_the_least_spread(
            values in proptest::collection::vec((0..1000_i32).prop_map(f64::from), 3..12),
        ) {
            let best = spread(&values, &breaks(&values, 3, Classing::NaturalBreaks));
            for low in &values {
                for high in &values {
                    if low < high {
                        prop_assert!(best <= spread(&values, &[*low, *high]) + 1e-6);
                    }
                }
            }
        }
    }
}
