use maud::{Markup, html};

use crate::{Column, Reader, Row, Table, details, table};

/// One bar, with its own words for the value.
#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    /// The value as the reader writes it.
    pub text: String,
    pub marked: bool,
}

/// Bars from zero, labelled directly; rows of text with a bar each, so that they read well at any width.
pub struct BarChart {
    pub title: String,
    /// Unit and source in one line under the chart.
    pub note: String,
    /// Heading of the names in the table of figures.
    pub names: String,
    /// Heading of the values in the table of figures.
    pub values: String,
    /// End of the scale; the largest value when `None`.
    pub max: Option<f64>,
    pub bars: Vec<Bar>,
}

pub fn bar_chart(reader: &dyn Reader, chart: &BarChart) -> Markup {
    let largest = chart.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let max = chart.max.unwrap_or(largest).max(f64::MIN_POSITIVE);
    let rows = chart.bars.iter().map(|bar| Row::new(vec![html! { (bar.label) }, html! { (bar.text) }]));
    let figures = Table {
        caption: chart.title.clone(),
        columns: vec![Column::text(&chart.names), Column::number(&chart.values)],
        rows: rows.collect(),
    };
    html! {
        figure.chart {
            figcaption { (chart.title) }
            div.bars aria-hidden="true" {
                @for bar in &chart.bars {
                    div.bar data-marked[bar.marked] {
                        span.bar-label { (bar.label) }
                        // A presentation attribute: the content policy forbids inline styles.
                        svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false" {
                            rect x="0" y="0" height="10" width=(format!("{:.2}", (bar.value / max * 100.0).clamp(0.0, 100.0))) {}
                        }
                        span.bar-value { (bar.text) }
                    }
                }
            }
            @if !chart.note.is_empty() { p.note { (chart.note) } }
            (details(&reader.t("ui-show-figures"), table(&figures)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::Plain;

    #[test]
    fn bars_start_at_zero_and_end_at_the_scale() {
        let bar = |value: f64| Bar { label: "A".into(), value, text: value.to_string(), marked: false };
        let chart = BarChart {
            title: "T".into(),
            note: String::new(),
            names: "Name".into(),
            values: "Value".into(),
            max: Some(20.0),
            bars: vec![bar(5.0), bar(40.0), bar(-1.0)],
        };
        let page = bar_chart(&Plain, &chart).into_string();
        assert!(
            page.contains(r#"width="25.00""#) && page.contains(r#"width="100.00""#) && page.contains(r#"width="0.00""#)
        );
        assert!(page.contains("<table"), "the figures are there as a table");
    }
}
