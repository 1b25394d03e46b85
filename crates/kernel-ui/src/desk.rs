//! A workplace for many short decisions: what is decided on one side, what it rests on beside it, keys for everything.
//! Whole pages without scripts; `web/script/desk.js` changes the decision in place, keeps what waits and works offline.

use maud::{Markup, html};

use crate::{Reader, Tone, alert, asset_address};

/// One decision of many.
pub struct Workplace<'a> {
    /// Address of the whole task; decisions are below it.
    pub place: &'a str,
    /// Whose work it is: nothing of another person stays in this browser.
    pub reader: &'a str,
    /// Decisions are taken.
    pub open: bool,
    /// Where this decision stands among all and how far the task is.
    pub bar: Markup,
    /// The decision, see [`decision`].
    pub decision: Markup,
    /// What it rests on.
    pub beside: Markup,
    /// Every key with what it does.
    pub keys: &'a [(&'a str, String)],
    pub keys_title: &'a str,
    /// Turns single keys off and on (WCAG 2.1.4).
    pub keys_switch: &'a str,
    pub close: &'a str,
    /// All decisions, to be filtered.
    pub all: Markup,
    pub all_title: &'a str,
    pub filter: &'a str,
    /// What the script says, by its own word for it.
    pub says: &'a [(&'a str, String)],
}

pub fn workplace(desk: &Workplace) -> Markup {
    let says: serde_json::Map<String, serde_json::Value> =
        desk.says.iter().map(|(word, text)| ((*word).to_owned(), text.as_str().into())).collect();
    html! {
        div.desk data-desk=(desk.place) data-reader=(desk.reader) data-open=(desk.open) data-says=(serde_json::Value::Object(says)) {
            div.desk-bar {
                (desk.bar)
                div.desk-live data-live hidden {
                    p.desk-state data-state { span data-state-words {} }
                    button.ds-button type="button" data-variant="tertiary" data-size="sm" data-show="all" { (desk.all_title) " " kbd { "/" } }
                    button.ds-button type="button" data-variant="tertiary" data-size="sm" data-show="keys" { (desk.keys_title) " " kbd { "?" } }
                }
            }
            div data-trouble {}
            div.desk-two {
                div.desk-decision data-decision { (desk.decision) }
                div.desk-beside { (desk.beside) }
            }
            p.ds-sr-only role="status" data-said {}
            (keys(desk))
            (all(desk))
            (parts_of_the_script(desk))
        }
        @if let Some(script) = asset_address("desk.js") { script type="module" src=(script) {} }
    }
}

/// Pieces that the script copies and fills with text.
fn parts_of_the_script(desk: &Workplace) -> Markup {
    let button = |word: &str, variant: &str| html! { button.ds-button type="button" data-variant=(variant) data-size="sm" data-act=(word) {} };
    html! {
        template data-piece="conflict" {
            (alert(Tone::Warning, "", html! { p { strong data-title {} } p data-theirs {} p data-mine {} p.desk-choices { (button("mine", "primary")) (button("theirs", "secondary")) } }))
        }
        template data-piece="notice" { (alert(Tone::Warning, "", html! { p { span data-title {} " " a href=(desk.place) data-link {} } })) }
    }
}

fn keys(desk: &Workplace) -> Markup {
    html! {
        dialog.desk-dialog data-dialog="keys" aria-labelledby="desk-keys" {
            h2 id="desk-keys" { (desk.keys_title) }
            dl.desk-keys { @for (key, does) in desk.keys { div { dt { kbd { (key) } } dd { (does) } } } }
            label.desk-switch { input type="checkbox" data-keys; span { (desk.keys_switch) } }
            form method="dialog" { button.ds-button type="submit" data-variant="secondary" { (desk.close) } }
        }
    }
}

fn all(desk: &Workplace) -> Markup {
    html! {
        dialog.desk-dialog data-dialog="all" aria-labelledby="desk-all" {
            h2 id="desk-all" { (desk.all_title) }
            div.question {
                label.ds-label for="desk-filter" { (desk.filter) }
                input.ds-input id="desk-filter" type="search" autocomplete="off" data-filter;
            }
            (desk.all)
            form method="dialog" { button.ds-button type="submit" data-variant="secondary" { (desk.close) } }
        }
    }
}

/// How far each part of a task is; drawn once for the whole and once a part.
pub struct Part<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// "12 of 20", in the reader's language.
    pub text: String,
    pub done: usize,
    pub all: usize,
}

pub fn progress(parts: &[Part]) -> Markup {
    html! {
        ul.desk-parts {
            @for part in parts {
                li data-part=(part.id) data-all=(part.all) {
                    span { (part.name) }
                    span data-part-text { (part.text) }
                    progress max=(part.all) value=(part.done) aria-label=(part.name) {}
                }
            }
        }
    }
}

/// The first line of a workplace: where one is, and all parts folded away.
pub fn place(crumb: (&str, &str), count: &str, parts: &[Part]) -> Markup {
    html! {
        p.desk-where { a href=(crumb.1) { (crumb.0) } }
        details.desk-fold { summary { span data-count { (count) } } (progress(parts)) }
    }
}

/// One possible answer with the key that gives it.
pub struct Answer<'a> {
    pub value: String,
    pub key: &'a str,
    pub label: String,
    pub hint: String,
}

/// The question of a decision; an answer is one of several, values first, then what is said instead of a value.
pub struct Decision<'a> {
    pub id: &'a str,
    /// The page's heading, for a script that changes the decision in place.
    pub title: &'a str,
    /// What kind of question it is, in a few words.
    pub kind: Markup,
    pub guidance: &'a str,
    pub body: Markup,
    /// What the machine found, or how to ask for it.
    pub machine: Markup,
}

pub fn decision(decision: &Decision) -> Markup {
    html! {
        article data-id=(decision.id) data-title=(decision.title) {
            p.desk-kind { (decision.kind) }
            p.desk-guidance { (decision.guidance) }
            (decision.body)
            div data-machine { (decision.machine) }
        }
    }
}

/// The answers of a decision as radio buttons named `answer`.
pub fn answers(
    legend: &str,
    error: &str,
    values: &[Answer],
    instead: (&str, &[Answer]),
    chosen: &str,
    open: bool,
) -> Markup {
    let invalid = (!error.is_empty()).then_some("true");
    let option = |answer: &Answer| {
        let id = format!("answer-{}", answer.value);
        let hint = (!answer.hint.is_empty()).then(|| format!("{id}-hint"));
        html! {
            div.option {
                input.ds-input type="radio" id=(id) name="answer" value=(answer.value) checked[chosen == answer.value] disabled[!open]
                      aria-describedby=[hint.as_deref()] aria-invalid=[invalid] data-key=(answer.key);
                label for=(id) { (answer.label) " " kbd aria-hidden="true" { (answer.key) } }
                @if let Some(hint) = &hint { p.hint id=(hint) { (answer.hint) } }
            }
        }
    };
    html! {
        fieldset.ds-fieldset.question.desk-answers id="answer" {
            legend.ds-label { (legend) }
            @if !error.is_empty() { p.ds-validation-message { (error) } }
            @for answer in values { (option(answer)) }
            p.desk-instead { (instead.0) }
            @for answer in instead.1 { (option(answer)) }
        }
    }
}

/// Buttons that stay at the same place of the screen.
pub fn actions(body: Markup) -> Markup {
    html! { div.desk-actions { (body) } }
}

/// A button that says which of several it is.
pub fn choice_button(name: &str, value: &str, label: &str, emphasis: crate::Emphasis) -> Markup {
    html! { button.ds-button type="submit" name=(name) value=(value) data-variant=(emphasis.variant()) { (label) } }
}

/// A link to a neighbour that looks like a button.
pub fn neighbour(rel: &str, label: &str, href: &str) -> Markup {
    html! { a.ds-button data-variant="tertiary" rel=(rel) href=(href) { (label) } }
}

/// One box to tick.
pub fn tick(name: &str, label: &str, checked: bool, open: bool) -> Markup {
    html! {
        div.option {
            input.ds-input type="checkbox" id=(name) name=(name) value="yes" checked[checked] disabled[!open];
            label for=(name) { (label) }
        }
    }
}

/// Links of a long list, each with its state, so that a script can filter them and mark what changed.
pub struct Entry<'a> {
    pub id: &'a str,
    pub href: String,
    pub label: &'a str,
    pub state: String,
}

pub fn entries(entries: &[Entry]) -> Markup {
    html! {
        ul.desk-entries { @for entry in entries {
            li data-entry=(entry.id) { a href=(entry.href) { b { (entry.id) } " " (entry.label) } " " span data-entry-state { (entry.state) } }
        } }
    }
}

/// A page as it was kept: the page itself, without any of its powers, and its picture. `allow-same-origin` lets the service
/// worker answer without a network; the page's own policy sandboxes it again.
pub struct Kept<'a> {
    pub title: &'a str,
    /// Its own address, as text.
    pub address: &'a str,
    pub page: &'a str,
    /// Empty when there is none.
    pub picture: &'a str,
    pub picture_title: &'a str,
}

pub fn kept_page(kept: &Kept) -> Markup {
    html! {
        figure.desk-kept data-kept=(kept.address) {
            figcaption { b { (kept.title) } " " span { (kept.address) } }
            iframe sandbox="allow-same-origin" src=(kept.page) title=(kept.title) loading="lazy" referrerpolicy="no-referrer" {}
            @if !kept.picture.is_empty() {
                details.fold { summary { (kept.picture_title) } img src=(kept.picture) alt=(kept.picture_title) loading="lazy"; }
            }
        }
    }
}

/// Searches what was kept: a plain GET, and in place with scripts.
pub fn find(reader: &dyn Reader, here: &str, (label, typed): (&str, &str)) -> Markup {
    html! {
        form.desk-find action=(here) method="get" role="search" aria-label=(label) {
            label.ds-label for="desk-find" { (label) }
            div.search-row {
                input.ds-input id="desk-find" type="search" name="find" value=(typed) autocomplete="off" data-find;
                button.ds-button type="submit" data-variant="secondary" { (reader.t("ui-search-button")) }
            }
        }
    }
}

/// What the search found. `data-most` rows are listed, also by the script.
pub fn found(list: &Markup, count: &str, most: usize) -> Markup {
    html! {
        div.desk-found { p.note data-found-count { (count) } div data-found data-most=(most) { (list) } }
        template data-piece="row" { li { a href="#main" {} span.remark {} } }
    }
}

/// Where the chosen page is shown; the button points to it from the answer, with scripts alone.
pub fn kept_place(cite: &str, picture_title: &str, kept: Markup) -> Markup {
    html! {
        div data-shown { (kept) }
        template data-piece="kept" { (kept_page(&Kept { title: "", address: "", page: "about:blank", picture: "data:,", picture_title })) }
        p.desk-cite data-live hidden { button.ds-button type="button" data-variant="secondary" data-size="sm" data-cite { (cite) " " kbd { "s" } } }
    }
}

/// What the machine found is asked for after deciding; the script changes between the two.
pub fn machine_later(title: &str, decided: bool, later: &str, ask: Markup) -> Markup {
    html! {
        h2 { (title) }
        p data-machine-later hidden[decided] { (later) }
        div data-machine-ask hidden[!decided] { (ask) }
    }
}
