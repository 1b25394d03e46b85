//! Lists of products by which chat widgets and consent banners are known; data in `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// What the consent script needs, passed on as it is in the file.
pub(crate) static CONSENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/consent.json")).unwrap_or_default());

pub(crate) static CHAT: LazyLock<Vec<ChatWidget>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/chat.json")).unwrap_or_default());

#[derive(Deserialize)]
pub(crate) struct ChatWidget {
    pub name: String,
    /// Hosts of its scripts; subdomains belong to them.
    pub hosts: Vec<String>,
    /// CSS selectors of what it puts into a page.
    pub selectors: Vec<String>,
}

/// Name and selectors of every widget, for the page script.
pub(crate) fn chat_selectors() -> Vec<(&'static str, &'static [String])> {
    let pairs = CHAT.iter().map(|w| (w.name.as_str(), w.selectors.as_slice()));
    pairs.collect()
}

/// Widgets known by a host that was asked or by an element that was found, in alphabetical order.
pub(crate) fn chat(hosts: &BTreeMap<String, u32>, elements: &[String]) -> Vec<String> {
    let asked = |widget: &&ChatWidget| {
        let mut known = widget.hosts.iter();
        known.any(|known| hosts.keys().any(|host| belongs(host, known)))
    };
    let by_host = CHAT.iter().filter(asked).map(|w| w.name.clone());
    let by_element = CHAT.iter().filter(|w| elements.contains(&w.name));
    let names: BTreeSet<String> = by_host.chain(by_element.map(|w| w.name.clone())).collect();
    names.into_iter().collect()
}

/// Whether `host` is `domain` or below it.
pub(crate) fn belongs(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_can_be_read() {
        assert!(CHAT.len() > 30);
        for list in ["products", "signs", "words"] {
            assert!(CONSENT[list].as_array().is_some_and(|l| l.len() > 5), "{list}");
        }
    }

    #[test]
    fn a_widget_is_known_by_a_subdomain_but_not_by_a_lookalike() {
        let hosts = BTreeMap::from([("embed.tawk.to".to_owned(), 2), ("nottidio.co".to_owned(), 1)]);
        let found = chat(&hosts, &["Crisp".to_owned(), "Unknown".to_owned()]);
        assert_eq!(found, ["Crisp", "Tawk.to"]);
    }
}
