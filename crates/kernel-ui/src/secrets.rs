use maud::{Markup, html};

use crate::{Emphasis, Reader};

/// Secrets of letters, digits and hyphens that are shown once, to be written down, printed or kept as a file of this
/// name.
pub fn secret_list(reader: &dyn Reader, file: &str, secrets: &[String]) -> Markup {
    html! {
        ol.secrets { @for secret in secrets { li { code translate="no" { (secret) } } } }
        p.secrets-keep {
            a.ds-button data-variant=(Emphasis::Second.variant()) download=(file) href=(format!("data:text/plain,{}%0A", secrets.join("%0A"))) {
                (reader.t("ui-secrets-download"))
            }
        }
    }
}

/// One secret for typing.
pub fn secret(text: &str) -> Markup {
    html! { p { code.secret translate="no" { (text) } } }
}

/// A square picture of dark and light squares, for a camera: row by row, `side` squares each.
pub fn square_code(label: &str, side: usize, dark: &[bool]) -> Markup {
    // Four squares of margin, which cameras need.
    let whole = side + 8;
    html! {
        svg.square-code viewBox=(format!("0 0 {whole} {whole}")) role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(whole) height=(whole) fill="#fff" {}
            path d=(path(side, dark)) fill="#000" {}
        }
    }
}

fn path(side: usize, dark: &[bool]) -> String {
    let mut path = String::new();
    for (place, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        path.push_str(&format!("M{} {}h1v1h-1z", place % side + 4, place / side + 4));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_squares_stand_where_they_were_inside_the_margin() {
        assert_eq!(path(2, &[true, false, false, true]), "M4 4h1v1h-1zM5 5h1v1h-1z");
    }
}
