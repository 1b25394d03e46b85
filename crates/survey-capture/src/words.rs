//! Criteria words over link text and addresses: which topics a link is likely to serve.

use aho_corasick::{AhoCorasick, MatchKind};
use percent::decoded;

/// The words of one topic. Names are what links say, weak ones only hint, urls are pieces of addresses.
#[derive(Debug, Clone, Default)]
pub struct TopicWords {
    pub topic: String,
    pub names: Vec<String>,
    pub weak: Vec<String>,
    pub urls: Vec<String>,
}

/// How strongly one link speaks for a topic: 1 … 4.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub topic: u16,
    pub strength: f32,
}

/// All topics' words in two automata.
pub struct Words {
    topics: Vec<String>,
    in_text: Automaton,
    in_url: Automaton,
}

struct Automaton {
    find: Option<AhoCorasick>,
    /// Topic and strength per pattern.
    meaning: Vec<(u16, f32)>,
}

impl Words {
    /// Topics that appear several times (one per language) are joined.
    pub fn new(topics: &[TopicWords]) -> Self {
        let mut names: Vec<String> = Vec::new();
        let (mut text, mut url) = (Vec::new(), Vec::new());
        for t in topics {
            let at = names.iter().position(|n| *n == t.topic).unwrap_or_else(|| {
                names.push(t.topic.clone());
                names.len() - 1
            });
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            text.extend(t.names.iter().map(|w| (w.to_lowercase(), at, 3.0)));
            text.extend(t.weak.iter().map(|w| (w.to_lowercase(), at, 1.0)));
            url.extend(t.urls.iter().map(|w| (w.to_lowercase(), at, 1.5)));
        }
        Self { topics: names, in_text: Automaton::new(text), in_url: Automaton::new(url) }
    }

    pub fn topics(&self) -> &[String] {
        &self.topics
    }

    /// What a link's words and address speak for, strongest first per topic.
    pub fn hits(&self, text: &str, path_and_query: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let text = text.to_lowercase();
        let short = text.chars().count();
        self.in_text.each(&text, |topic, strength, len| {
            // A link that says nothing else is surer than the same word in a headline.
            let share = len as f32 / text.len().max(1) as f32;
            let strength = if short > 120 { strength * 0.3 } else { strength * (0.5 + 0.5 * share) };
            add(&mut hits, topic, strength);
        });
        let path = decoded(path_and_query).to_lowercase();
        self.in_url.each(&path, |topic, strength, _| add(&mut hits, topic, strength));
        hits
    }
}

/// Words and address agreeing count together, the same thing said twice does not.
fn add(hits: &mut Vec<Hit>, topic: u16, strength: f32) {
    if let Some(h) = hits.iter_mut().find(|h| h.topic == topic) {
        h.strength = (h.strength.max(strength) + 0.25 * h.strength.min(strength)).min(4.0);
    } else if hits.len() < 12 {
        hits.push(Hit { topic, strength });
    }
}

impl Automaton {
    fn new(patterns: Vec<(String, u16, f32)>) -> Self {
        let patterns: Vec<_> = patterns.into_iter().filter(|(w, ..)| w.chars().count() > 1).collect();
        let find = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns.iter().map(|(w, ..)| w)).ok();
        Self { find, meaning: patterns.into_iter().map(|(_, t, s)| (t, s)).collect() }
    }

    fn each(&self, text: &str, mut f: impl FnMut(u16, f32, usize)) {
        let Some(find) = &self.find else { return };
        for m in find.find_overlapping_iter(text) {
            if whole_word(text, m.start(), m.end())
                && let Some((topic, strength)) = self.meaning.get(m.pattern().as_usize())
            {
                f(*topic, *strength, m.len());
            }
        }
    }
}

/// Alphabetic scripts have word borders (an `s` or `n` may follow); Hangul, Han and Kana have none.
fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let spaced = |c: char| c.is_alphanumeric() && u32::from(c) < 0x1100;
    let first = text.get(start..).and_then(|t| t.chars().next()).unwrap_or(' ');
    let before = text.get(..start).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    if spaced(first) && spaced(before) {
        return false;
    }
    let last = text.get(..end).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    if !spaced(last) {
        return true;
    }
    let mut after = text.get(end..).unwrap_or("").chars();
    match (after.next(), after.next()) {
        (None, _) => true,
        (Some(a), _) if !spaced(a) => true,
        (Some('s' | 'n' | 'e'), b) => b.is_none_or(|b| !spaced(b)),
        _ => false,
    }
}

mod percent {
    /// Percent-decoded for looking, not for fetching.
    pub fn decoded(path: &str) -> String {
        if !path.contains('%') {
            return path.to_owned();
        }
        let mut bytes = Vec::with_capacity(path.len());
        let mut rest = path.as_bytes();
        while let [first, tail @ ..] = rest {
            let hex =
                tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
            match (first, hex) {
                (b'%', Some(byte)) => {
                    bytes.push(byte);
                    rest = tail.get(2..).unwrap_or_default();
                }
                _ => {
                    bytes.push(*first);
                    rest = tail;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let t = |topic: &str, names: &[&str], urls: &[&str]| TopicWords {
            topic: topic.into(),
            names: names.iter().map(|s| (*s).into()).collect(),
            weak: Vec::new(),
            urls: urls.iter().map(|s| (*s).into()).collect(),
        };
        Words::new(&[
            t("privacy", &["privacy policy", "개인정보처리방침"], &["privacy"]),
            t("fines", &["fine"], &["fines"]),
        ])
    }

    #[test]
    fn words_are_whole_in_alphabets_and_anywhere_in_hangul() {
        let w = words();
        assert_eq!(w.hits("Privacy Policy", "/privacy")[0].topic, 0);
        assert!(w.hits("Define refinement", "/confines").is_empty());
        assert_eq!(w.hits("Pay fines", "/x")[0].topic, 1);
        assert_eq!(w.hits("우리시개인정보처리방침안내", "/x")[0].topic, 0);
    }

    #[test]
    fn a_short_link_outranks_a_headline_and_agreement_adds() {
        let w = words();
        let alone = w.hits("Privacy policy", "/x")[0].strength;
        let agreed = w.hits("Privacy policy", "/privacy")[0].strength;
        let headline = w
            .hits("The council debated its privacy policy for three hours on a rainy Tuesday evening", "/x")[0]
            .strength;
        assert!(agreed > alone && alone > headline);
    }
}
