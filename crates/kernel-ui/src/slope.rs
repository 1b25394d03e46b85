use maud::{Markup, html};

use crate::{Column, Reader, Row, Table, details, table};

/// One thing over the rounds; `None` where it was not measured.
#[derive(Debug, Clone)]
pub struct Line {
    pub label: String,
    pub values: Vec<Option<f64>>,
    /// Drawn strong and labelled; the others stay in the background but are in the table.
    pub marked: bool,
}

/// Change over a few rounds, lines labelled at their last point.
pub struct SlopeChart {
    pub title: String,
    pub note: String,
    pub names: String,
    /// Names of the rounds, in order.
    pub rounds: Vec<String>,
    pub lines: Vec<Line>,
    /// The largest value on the scale; it starts at 0.
    pub max: f64,
    /// Digits after the decimal sign.
    pub digits: usize,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
const START: f64 = 48.0;
const END: f64 = 150.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 40.0;
/// Labels need this much height of their own.
const LABEL: f64 = 18.0;

pub fn slope_chart(reader: &dyn Reader, chart: &SlopeChart) -> Markup {
    let labels = label_places(chart);
    html! {
        figure.chart {
            figcaption { (chart.title) }
            // Scrolls by itself on a phone, where the labels would be too small.
            div.scroll tabindex="0" role="group" aria-label=(chart.title) {
                svg.slope viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(reader.t("ui-chart-figures-below")) {
                    (grid(reader, chart))
                    @for line in chart.lines.iter().filter(|line| !line.marked) { (one_line(chart, line, None)) }
                    @for (place, line) in chart.lines.iter().filter(|line| line.marked).enumerate() {
                        (one_line(chart, line, Some(place % 7 + 1)))
                    }
                    @for (label, x, y, place) in &labels {
                        text.slope-label x=(number(*x)) y=(number(*y)) data-series=(place) { (label) }
                    }
                }
            }
            @if !chart.note.is_empty() { p.note { (chart.note) } }
            (details(&reader.t("ui-show-figures"), figures(reader, chart)))
        }
    }
}

fn grid(reader: &dyn Reader, chart: &SlopeChart) -> Markup {
    let steps = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| share * chart.max);
    html! {
        @for value in steps {
            line.grid x1=(START) x2=(number(WIDTH - END)) y1=(number(y(chart, value))) y2=(number(y(chart, value))) {}
            text.axis x=(number(START - 8.0)) y=(number(y(chart, value) + 5.0)) text-anchor="end" { (reader.formats().decimal(value, 0)) }
        }
        @for (place, round) in chart.rounds.iter().enumerate() {
            text.axis x=(number(x(chart, place))) y=(number(HEIGHT - 12.0)) text-anchor="middle" { (round) }
        }
    }
}

fn one_line(chart: &SlopeChart, line: &Line, series: Option<usize>) -> Markup {
    let points: Vec<(f64, f64)> = line
        .values
        .iter()
        .enumerate()
        .filter_map(|(place, value)| value.map(|value| (x(chart, place), y(chart, value))))
        .collect();
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    html! {
        g.line data-series=[series] {
            polyline points=(path.join(" ")) fill="none" {}
            @for (x, y) in &points { circle cx=(number(*x)) cy=(number(*y)) r="4" {} }
        }
    }
}

/// Labels of the marked lines at their last points, pushed apart so that none covers another.
fn label_places(chart: &SlopeChart) -> Vec<(String, f64, f64, usize)> {
    let mut places: Vec<(String, f64, f64, usize)> = chart
        .lines
        .iter()
        .filter(|line| line.marked)
        .enumerate()
        .filter_map(|(place, line)| {
            let (last, value) = line.values.iter().enumerate().rev().find_map(|(at, value)| Some((at, (*value)?)))?;
            Some((line.label.clone(), x(chart, last) + 10.0, y(chart, value) + 5.0, place % 7 + 1))
        })
        .collect();
    places.sort_by(|a, b| a.2.total_cmp(&b.2));
    for next in 1..places.len() {
        places[next].2 = places[next].2.max(places[next - 1].2 + LABEL);
    }
    places
}

fn figures(reader: &dyn Reader, chart: &SlopeChart) -> Markup {
    let columns = [Column::text(&chart.names)].into_iter().chain(chart.rounds.iter().map(Column::number));
    let cell = |value: &Option<f64>| match value {
        Some(value) => html! { (reader.formats().decimal(*value, chart.digits)) },
        None => html! { (reader.t("ui-no-figure")) },
    };
    let rows = chart.lines.iter().map(|line| {
        let cells = [html! { (line.label) }].into_iter().chain(line.values.iter().map(cell));
        Row::new(cells.collect())
    });
    table(&Table { caption: chart.title.clone(), columns: columns.collect(), rows: rows.collect() })
}

fn x(chart: &SlopeChart, place: usize) -> f64 {
    let gaps = chart.rounds.len().saturating_sub(1).max(1) as f64;
    START + 20.0 + (WIDTH - START - END - 40.0) * place as f64 / gaps
}

fn y(chart: &SlopeChart, value: f64) -> f64 {
    let share = (value / chart.max.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share)
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[f64]) -> SlopeChart {
        let line = |value: &f64| Line { label: value.to_string(), values: vec![None, Some(*value)], marked: true };
        SlopeChart {
            title: "T".into(),
            note: String::new(),
            names: "City".into(),
            rounds: vec!["2003".into(), "2005".into()],
            lines: values.iter().map(line).collect(),
            max: 100.0,
            digits: 1,
        }
    }

    #[test]
    fn labels_of_near_values_do_not_cover_each_other() {
        let places = label_places(&chart(&[50.0, 50.1, 50.2, 90.0]));
        for pair in places.windows(2) {
            assert!(pair[1].2 - pair[0].2 >= LABEL - 0.001);
        }
    }

    #[test]
    fn a_round_that_was_not_measured_has_no_point() {
        let drawn = one_line(&chart(&[50.0]), &chart(&[50.0]).lines[0], Some(1)).into_string();
        assert_eq!(drawn.matches("<circle").count(), 1);
    }
}
