//! Where a value was read: numbered notes under a table, addresses as links.

use kernel_ui::{Markup, Reader, html};

/// The sources of one page, each once, numbered in the order of their first use.
#[derive(Default)]
pub struct Notes<'a> {
    known: Vec<&'a str>,
}

impl<'a> Notes<'a> {
    /// A link to the note; nothing for a value without a source.
    pub fn link(&mut self, reader: &dyn Reader, source: &'a str) -> Markup {
        if source.is_empty() {
            return html! {};
        }
        let number = self.known.iter().position(|known| *known == source).unwrap_or_else(|| {
            self.known.push(source);
            self.known.len() - 1
        }) + 1;
        html! {
            a href=(format!("#source-{number}")) aria-label=(reader.t_with("survey-source-number", &[("n", number.into())])) { "[" (number) "]" }
        }
    }

    /// The notes themselves.
    pub fn list(&self) -> Markup {
        html! { ol { @for (place, source) in self.known.iter().enumerate() { li id=(format!("source-{}", place + 1)) { (cited(source)) } } } }
    }
}

/// A source in words, with its addresses as links that show where they lead.
pub fn cited(source: &str) -> Markup {
    html! {
        @for (place, word) in source.split(' ').enumerate() {
            @if place > 0 { " " }
            @if let Some(host) = host_of(word) { a href=(word) rel="external" { (host) } } @else { (word) }
        }
    }
}

/// The host of a web address; `None` for any other word, so that only http and https ever become links.
pub fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        let page = cited("A report https://example.org/a?b javascript:alert(1)").into_string();
        assert_eq!(
            page,
            r#"A report <a href="https://example.org/a?b" rel="external">example.org</a> javascript:alert(1)"#
        );
        assert_eq!(host_of("https://"), None);
    }
}
