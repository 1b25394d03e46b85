//! Category bars as SVG; the same numbers stand in a table beside them.

use super::CategoryShown;
use super::html::escape;

const WIDTH: f64 = 640.0;
const ROW: f64 = 44.0;

/// One bar per category: what was reached, and lighter what nobody could judge yet.
pub fn bars(categories: &[CategoryShown], name: impl Fn(&str) -> String, label: &str) -> String {
    let height = ROW * categories.len() as f64;
    let mut svg =
        format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\" class=\"bars\">", escape(label));
    for (row, category) in categories.iter().enumerate() {
        let y = row as f64 * ROW;
        let points = f64::from(category.points.max(1));
        let reached = (category.score / points * WIDTH).clamp(0.0, WIDTH);
        let open = (category.score_if_unknown_met / points * WIDTH).clamp(reached, WIDTH);
        svg.push_str(&format!(
            "<text x=\"0\" y=\"{:.0}\" class=\"name\">{}</text><text x=\"{WIDTH}\" y=\"{:.0}\" text-anchor=\"end\" class=\"name\">{:.2} / {}</text><rect x=\"0\" y=\"{:.0}\" width=\"{WIDTH}\" height=\"14\" rx=\"3\" class=\"track\"/><rect x=\"0\" y=\"{:.0}\" width=\"{open:.1}\" height=\"14\" rx=\"3\" class=\"open\"/><rect x=\"0\" y=\"{:.0}\" width=\"{reached:.1}\" height=\"14\" rx=\"3\" class=\"reached\"/>",
            y + 16.0,
            escape(&name(&category.id)),
            y + 16.0,
            category.score,
            category.points,
            y + 22.0,
            y + 22.0,
            y + 22.0,
        ));
    }
    svg.push_str("</svg>");
    svg
}
