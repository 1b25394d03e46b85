use maud::{Markup, html};

use crate::{Emphasis, Reader};

/// One question of a form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Field<'a> {
    /// Key in the submitted form; also the element's `id`, so that the error summary can lead to it.
    pub name: &'a str,
    /// Another `id`, where several forms of a page ask the same; empty for the name.
    pub id: &'a str,
    pub label: &'a str,
    /// Shown before the input; empty for none.
    pub hint: &'a str,
    /// What to do about the last answer; empty for none.
    pub error: &'a str,
    /// What was typed before.
    pub value: &'a str,
    pub required: bool,
    /// Autofill purpose (WCAG 1.3.5), e.g. `email`; empty for none.
    pub autocomplete: &'a str,
    /// `text` when empty; `email`, `tel`, `url`, `number`, `date`, `search`.
    pub kind: &'a str,
}

/// One possible answer.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: String::new() }
    }
}

impl Field<'_> {
    fn id(&self) -> &str {
        if self.id.is_empty() { self.name } else { self.id }
    }

    fn described_by(&self) -> Option<String> {
        let parts: Vec<String> = [("hint", self.hint), ("error", self.error)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(part, _)| format!("{}-{part}", self.id()))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        (!self.error.is_empty()).then_some("true")
    }

    fn autocomplete(&self) -> Option<&str> {
        (!self.autocomplete.is_empty()).then_some(self.autocomplete)
    }

    fn hint(&self) -> Markup {
        html! { @if !self.hint.is_empty() { p.hint id=(format!("{}-hint", self.id())) { (self.hint) } } }
    }

    fn error(&self) -> Markup {
        html! {
            @if !self.error.is_empty() {
                p.ds-validation-message id=(format!("{}-error", self.id())) { (self.error) }
            }
        }
    }

    fn label(&self, reader: &dyn Reader) -> Markup {
        html! { label.ds-label for=(self.id()) { (self.label) (self.optional(reader)) } }
    }

    fn optional(&self, reader: &dyn Reader) -> Markup {
        html! { @if !self.required { " " span.optional { (reader.t("ui-optional")) } } }
    }
}

pub fn text_field(reader: &dyn Reader, field: &Field) -> Markup {
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    html! {
        div.question {
            (field.label(reader)) (field.hint()) (field.error())
            input.ds-input type=(kind) id=(field.id()) name=(field.name) value=(field.value) required[field.required]
                  autocomplete=[field.autocomplete()] aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        }
    }
}

pub fn textarea(reader: &dyn Reader, field: &Field, rows: u8) -> Markup {
    html! {
        div.question {
            (field.label(reader)) (field.hint()) (field.error())
            textarea.ds-input id=(field.id()) name=(field.name) rows=(rows) required[field.required]
                     aria-describedby=[field.described_by()] aria-invalid=[field.invalid()] { (field.value) }
        }
    }
}

pub fn select(reader: &dyn Reader, field: &Field, choices: &[Choice]) -> Markup {
    html! {
        div.question {
            (field.label(reader)) (field.hint()) (field.error())
            select.ds-input id=(field.id()) name=(field.name) required[field.required]
                   aria-describedby=[field.described_by()] aria-invalid=[field.invalid()] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
                }
            }
        }
    }
}

/// One answer of several, all visible.
pub fn radios(reader: &dyn Reader, field: &Field, choices: &[Choice]) -> Markup {
    options(reader, field, choices, "radio", &[field.value])
}

/// Any number of answers; `chosen` holds their values.
pub fn checkboxes(reader: &dyn Reader, field: &Field, choices: &[Choice], chosen: &[&str]) -> Markup {
    options(reader, field, choices, "checkbox", chosen)
}

fn options(reader: &dyn Reader, field: &Field, choices: &[Choice], kind: &str, chosen: &[&str]) -> Markup {
    html! {
        fieldset.ds-fieldset.question id=(field.id()) aria-describedby=[field.described_by()] {
            legend.ds-label { (field.label) (field.optional(reader)) }
            (field.hint()) (field.error())
            @for (place, choice) in choices.iter().enumerate() {
                @let id = format!("{}-{place}", field.id());
                @let hint = (!choice.hint.is_empty()).then(|| format!("{id}-hint"));
                div.option {
                    input.ds-input type=(kind) id=(id) name=(field.name) value=(choice.value)
                          checked[chosen.contains(&choice.value.as_str())] required[field.required && kind == "radio"]
                          aria-invalid=[field.invalid()] aria-describedby=[hint.as_deref()];
                    label for=(id) { (choice.label) }
                    @if let Some(hint) = &hint { p.hint id=(hint) { (choice.hint) } }
                }
            }
        }
    }
}

/// `accept` as in HTML: `.csv,text/csv`.
pub fn file_field(reader: &dyn Reader, field: &Field, accept: &str) -> Markup {
    html! {
        div.question {
            (field.label(reader)) (field.hint()) (field.error())
            input.ds-input.file type="file" id=(field.id()) name=(field.name) accept=(accept) required[field.required]
                  aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        }
    }
}

/// A search form that works as a plain GET; `name` is the query key.
pub fn search_field(reader: &dyn Reader, action: &str, label: &str, value: &str, large: bool) -> Markup {
    html! {
        form.search role="search" aria-label=(label) action=(action) method="get" data-large[large] {
            label.ds-label for=(if large { "q" } else { "site-q" }) { (label) }
            div.search-row {
                input.ds-input type="search" id=(if large { "q" } else { "site-q" }) name="q" value=(value) autocomplete="off" enterkeyhint="search";
                button.ds-button type="submit" { (reader.t("ui-search-button")) }
            }
        }
    }
}

/// All errors of a form, first on the page; each leads to its field. Nothing when there are none.
pub fn error_summary(reader: &dyn Reader, errors: &[(&str, String)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.ds-error-summary data-color="danger" role="alert" tabindex="-1" {
                h2 { (reader.t("ui-error-summary")) }
                ul.ds-list { @for (name, message) in errors { li { a href=(format!("#{name}")) { (message) } } } }
            }
        }
    }
}

/// Errors are ours to word, so the browser's own bubbles are off.
pub fn form(action: &str, multipart: bool, body: Markup) -> Markup {
    html! {
        form.questions method="post" action=(action) novalidate enctype=[multipart.then_some("multipart/form-data")] { (body) }
    }
}

/// Questions whose answers become the address: nothing is sent, and the page that comes is a link.
pub fn plain_form(action: &str, body: Markup) -> Markup {
    html! { form.questions method="get" action=(action) { (body) } }
}

pub fn button(label: &str, emphasis: Emphasis) -> Markup {
    html! { button.ds-button type="submit" data-variant=(emphasis.variant()) { (label) } }
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
