use maud::{Markup, html};

/// Another document inside this page, without any power of its own. `title` says what it is.
pub fn framed(title: &str, src: &str) -> Markup {
    html! { iframe.framed sandbox="" src=(src) title=(title) loading="lazy" referrerpolicy="no-referrer" {} }
}
