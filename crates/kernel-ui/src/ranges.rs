use maud::{Markup, html};

use crate::{Column, Reader, Row, Table, details, table};

/// One thing with an estimate and where it may lie.
#[derive(Debug, Clone)]
pub struct Range {
    pub label: String,
    pub low: f64,
    pub value: f64,
    pub high: f64,
    /// The estimate as the reader writes it.
    pub text: String,
    /// The interval as the reader writes it: `61.2–68.0`.
    pub between: String,
    pub marked: bool,
}

/// Estimates as dots on lines that show how sure they are. Rows of text with a strip each, so that they read well at
/// any width; a bracket holds together rows that cannot be told apart.
pub struct RangeChart {
    pub title: String,
    /// Unit, meaning of the line and of the brackets, source.
    pub note: String,
    /// Heading of the names in the table of figures, of the estimates and of the intervals.
    pub names: String,
    pub values: String,
    pub betweens: String,
    /// Values at which a line crosses the chart, the first and the last being its ends.
    pub ticks: Vec<f64>,
    pub rows: Vec<Range>,
    /// First and last row of each bracket, from 0. They do not overlap.
    pub brackets: Vec<(usize, usize)>,
}

pub fn range_chart(reader: &dyn Reader, chart: &RangeChart) -> Markup {
    html! {
        figure.chart {
            figcaption { (chart.title) }
            div.ranges aria-hidden="true" {
                (axis(reader, chart))
                @for (place, row) in chart.rows.iter().enumerate() { (one_row(chart, place, row)) }
            }
            @if !chart.note.is_empty() { p.note { (chart.note) } }
            (details(&reader.t("ui-show-figures"), figures(chart)))
        }
    }
}

fn axis(reader: &dyn Reader, chart: &RangeChart) -> Markup {
    let last = chart.ticks.len().saturating_sub(1);
    let anchor = |place: usize| match place {
        0 => "start",
        place if place == last => "end",
        _ => "middle",
    };
    html! {
        div.range-axis {
            svg focusable="false" {
                @for (place, tick) in chart.ticks.iter().enumerate() {
                    text x=(share(chart, *tick)) y="14" text-anchor=(anchor(place)) { (reader.formats().decimal(*tick, 0)) }
                }
            }
        }
    }
}

fn one_row(chart: &RangeChart, place: usize, row: &Range) -> Markup {
    let bracket = chart.brackets.iter().find(|(first, last)| first < last && (*first..=*last).contains(&place));
    html! {
        div.range data-marked[row.marked] {
            span.bracket data-first[bracket.is_some_and(|(first, _)| *first == place)]
                data-last[bracket.is_some_and(|(_, last)| *last == place)] data-held[bracket.is_some()] {}
            span.bar-label { (row.label) }
            svg focusable="false" {
                @for tick in &chart.ticks { line.tick x1=(share(chart, *tick)) x2=(share(chart, *tick)) y1="0" y2="100%" {} }
                line.whisker x1=(share(chart, row.low)) x2=(share(chart, row.high)) y1="50%" y2="50%" {}
                circle cx=(share(chart, row.value)) cy="50%" r="5.5" {}
            }
            span.bar-value { (row.text) " " span.between { (row.between) } }
        }
    }
}

fn figures(chart: &RangeChart) -> Markup {
    let rows = chart.rows.iter().map(|row| {
        Row::new(vec![html! { (row.label) }, html! { (row.text) }, html! { (row.between) }]).marked(row.marked)
    });
    table(&Table {
        caption: chart.title.clone(),
        columns: vec![Column::text(&chart.names), Column::number(&chart.values), Column::number(&chart.betweens)],
        rows: rows.collect(),
    })
}

/// Where a value stands between the ends of the chart, in per cent of its width.
fn share(chart: &RangeChart, value: f64) -> String {
    let (first, last) =
        (chart.ticks.first().copied().unwrap_or_default(), chart.ticks.last().copied().unwrap_or_default());
    let wide = (last - first).max(f64::MIN_POSITIVE);
    format!("{:.2}%", ((value - first) / wide * 100.0).clamp(0.0, 100.0))
}

/// Round numbers from at or below `low` to at or above `high`, at most six.
pub fn round_ticks(low: f64, high: f64) -> Vec<f64> {
    let wide = (high - low).max(1.0);
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0].into_iter().find(|step| wide / step <= 4.0);
    let step = step.unwrap_or(wide);
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let count = (last - first).clamp(1.0, 6.0) as usize;
    (0..=count).map(|place| (first + place as f64) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::Plain;

    fn chart() -> RangeChart {
        let row = |value: f64| Range {
            label: "A".into(),
            low: value - 10.0,
            value,
            high: value + 5.0,
            text: value.to_string(),
            between: "x".into(),
            marked: false,
        };
        RangeChart {
            title: "T".into(),
            note: String::new(),
            names: "Name".into(),
            values: "Value".into(),
            betweens: "Between".into(),
            ticks: vec![20.0, 40.0, 60.0],
            rows: vec![row(50.0), row(40.0), row(25.0)],
            brackets: vec![(0, 1), (2, 2)],
        }
    }

    #[test]
    fn dot_and_line_stand_where_the_values_are() {
        let row = one_row(&chart(), 0, &chart().rows[0]).into_string();
        assert!(row.contains(r#"x1="50.00%" x2="87.50%""#) && row.contains(r#"cx="75.00%""#), "{row}");
    }

    #[test]
    fn a_bracket_holds_its_rows_and_none_holds_one_alone() {
        let [first, last, alone] = [0, 1, 2].map(|place| one_row(&chart(), place, &chart().rows[place]).into_string());
        assert!(first.contains("data-first") && first.contains("data-held") && !first.contains("data-last"));
        assert!(last.contains("data-last") && !last.contains("data-first"));
        assert!(!alone.contains("data-held"), "{alone}");
        assert!(range_chart(&Plain, &chart()).into_string().contains("<table"), "the figures are there as a table");
    }

    #[test]
    fn ticks_are_round_and_hold_everything() {
        assert_eq!(round_ticks(33.0, 81.0), [20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(round_ticks(1.0, 3.0), [1.0, 2.0, 3.0]);
        assert_eq!(round_ticks(0.0, 0.0), [0.0, 1.0]);
        for (low, high) in [(41.2, 44.9), (0.0, 100.0), (12.0, 99.0)] {
            let ticks = round_ticks(low, high);
            assert!(ticks.first().is_some_and(|first| *first <= low) && ticks.last().is_some_and(|last| *last >= high));
        }
    }
}
