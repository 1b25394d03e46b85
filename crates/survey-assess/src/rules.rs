//! The judgement's tables: ladders of the topics, weights, hosts. Data, so that a change of mind is not a change of code.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::notice::Notice;

/// What makes each step of one topic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    #[serde(default)]
    pub two: Vec<String>,
    #[serde(default)]
    pub three: Vec<String>,
    #[serde(default = "one")]
    pub body: usize,
    #[serde(default = "yes")]
    pub external: bool,
    #[serde(default)]
    pub frame: bool,
    #[serde(default)]
    pub full: Full,
    #[serde(default)]
    pub news: bool,
}

/// What a criterion of the 0/3 kind asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Full {
    #[default]
    Hit,
    Two,
    Three,
}

fn one() -> usize {
    1
}

fn yes() -> bool {
    true
}

impl Default for Ladder {
    fn default() -> Self {
        Self { two: Vec::new(), three: Vec::new(), body: 1, external: true, frame: false, full: Full::Hit, news: false }
    }
}

/// Weights of the signs that a page is about a topic (`data/weights.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub threshold: f64,
    pub naming: f64,
    pub link: f64,
    pub title: f64,
    pub main_heading: f64,
    pub heading: f64,
    pub weak: f64,
    pub address: f64,
    pub body: f64,
    pub body_most: usize,
    pub menu: f64,
    pub news: f64,
    pub shortest: usize,
    pub section_naming: f64,
    pub section_threshold: f64,
    pub section_heading: f64,
    pub section_body: f64,
    pub hint: f64,
    pub hinted_worth: f64,
    pub told_worth: f64,
    pub unread_naming: f64,
}

/// Hosts and address parts that say who somebody is (`data/hosts.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hosts {
    /// Tracker: who measures or profiles visitors.
    pub trackers: BTreeMap<String, String>,
    /// Names of cookies set by trackers (starts).
    pub tracking_cookies: Vec<String>,
    pub social: BTreeMap<String, String>,
    /// Parts of addresses of share buttons.
    pub share: Vec<String>,
    pub payment: Vec<String>,
    pub identity: Vec<String>,
    pub chat: BTreeMap<String, String>,
    pub services: Vec<String>,
    /// Addresses of general map services.
    pub maps: Vec<String>,
    pub messengers: Vec<String>,
    pub video: Vec<String>,
    pub search: Vec<String>,
    pub translate: Vec<String>,
    /// Words in paths of news items.
    pub news_paths: Vec<String>,
    pub advanced_search: Vec<String>,
    /// Hosts that tell about themselves (their own privacy notices are not the city's).
    pub vendors: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    topic: BTreeMap<String, Ladder>,
}

/// All tables.
#[derive(Debug, Clone)]
pub struct Rules {
    pub topics: BTreeMap<String, Ladder>,
    pub weights: Weights,
    pub hosts: Hosts,
    pub notice: Notice,
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the table {table} cannot be read: {source}")]
pub struct RulesError {
    table: &'static str,
    source: Box<toml::de::Error>,
}

fn table<T: serde::de::DeserializeOwned>(table: &'static str, text: &str) -> Result<T, RulesError> {
    toml::from_str(text).map_err(|source| RulesError { table, source: Box::new(source) })
}

impl Rules {
    /// The tables inside this crate.
    ///
    /// # Errors
    /// When one is defective, which a test of this crate excludes.
    pub fn builtin() -> Result<Self, RulesError> {
        let topics: Topics = table("topics", include_str!("../data/topics.toml"))?;
        Ok(Self {
            topics: topics.topic,
            weights: table("weights", include_str!("../data/weights.toml"))?,
            hosts: table("hosts", include_str!("../data/hosts.toml"))?,
            notice: table("notice", include_str!("../data/notice.toml"))?,
        })
    }

    pub fn ladder(&self, topic: &str) -> Ladder {
        self.topics.get(topic).cloned().unwrap_or_default()
    }
}

impl Hosts {
    /// The value of the longest listed host that `host` is or lies under.
    pub fn under<'a>(list: &'a BTreeMap<String, String>, host: &str) -> Option<&'a str> {
        let mut rest = host;
        loop {
            if let Some(found) = list.get(rest) {
                return Some(found);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    pub fn any(list: &[String], address: &str) -> bool {
        let address = address.to_ascii_lowercase();
        list.iter().any(|part| address.contains(part.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_readable_and_name_known_signals() {
        let rules = Rules::builtin().expect("tables");
        let known = [
            "document",
            "data-file",
            "form",
            "search-form",
            "sign-in",
            "mailto",
            "telephone",
            "hours",
            "postal",
            "map",
            "video",
            "embed",
            "items",
            "contacts",
            "pages",
            "mails",
            "leads-document",
            "leads-service",
            "contact-pages",
            "subjects",
            "eid",
            "e-service",
            "app-store",
        ];
        for (topic, ladder) in &rules.topics {
            for signal in ladder.two.iter().chain(&ladder.three) {
                let head = signal.split(':').next().unwrap_or_default();
                assert!(
                    known.contains(&head) || matches!(head, "cue" | "said" | "endpoint" | "type"),
                    "{topic}: {signal}"
                );
            }
        }
        assert_eq!(Hosts::under(&rules.hosts.trackers, "ssl.google-analytics.com"), Some("Google Analytics"));
    }
}
