use maud::{Markup, html};

/// What a notice or a tag says by its colour, always beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    fn color(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        }
    }
}

/// Something the reader should know before going on. `title` may be empty.
pub fn alert(tone: Tone, title: &str, body: Markup) -> Markup {
    html! {
        div.ds-alert data-color=(tone.color()) {
            div.flow {
                @if !title.is_empty() { p { strong { (title) } } }
                (body)
            }
        }
    }
}

/// A short state beside a name: "Draft", "Recalled".
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span.ds-tag data-color=(tone.color()) data-size="sm" { (text) } }
}

/// Something that most readers skip.
pub fn details(summary: &str, body: Markup) -> Markup {
    html! {
        details.fold {
            summary { (summary) }
            div.flow { (body) }
        }
    }
}

/// A list without entries: says why, and what to do.
pub fn empty_state(title: &str, body: Markup) -> Markup {
    html! {
        div.empty {
            p.empty-title { (title) }
            (body)
        }
    }
}
