//! Stories: words with views of the map between them, written without a developer.

mod read;
mod store;
mod write;

use kernel_web::{Need, Routes};

pub use store::STATEMENTS;

use crate::layer::Wording;

const LAYER: Need = Need::Right("map.layer");

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/map/stories", Need::Everyone, read::list)
        .get("/map/stories/new", LAYER, write::ask_new)
        .post("/map/stories/new", LAYER, write::send_new)
        .get("/map/stories/{name}", Need::Everyone, read::show)
        .get("/map/stories/{name}/write", LAYER, write::ask)
        .post("/map/stories/{name}/write", LAYER, write::send)
}

#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its word in addresses.
    pub name: String,
    pub title: Wording,
    /// By language; blocks with blank lines between, see [`blocks`].
    pub body: Wording,
    /// Everybody sees it.
    pub shown: bool,
    pub account: String,
    pub at: kernel_base::Instant,
}

/// A part of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Words(String),
    /// The query of a view of the map, and what stands below it.
    Map(String, String),
}

/// Blank lines part blocks. A block that begins with `# ` is a heading; one whose first line is the address of a map is
/// that map, and its other lines stand below it.
pub fn blocks(body: &str) -> Vec<Block> {
    let body = body.replace("\r\n", "\n");
    let each = body.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    each.map(|block| {
        let (first, rest) = block.split_once('\n').unwrap_or((block, ""));
        match (first.strip_prefix("# "), query_of(first)) {
            (Some(heading), _) if rest.is_empty() => Block::Heading(heading.trim().to_owned()),
            (_, Some(query)) => Block::Map(query.to_owned(), rest.trim().to_owned()),
            _ => Block::Words(block.to_owned()),
        }
    })
    .collect()
}

/// The query of a map's address, whatever site it was copied from: only our own map is ever shown.
fn query_of(line: &str) -> Option<&str> {
    let (place, query) = line.trim().split_once("/map?")?;
    let ours = place.is_empty() || place.starts_with("https://") || place.starts_with("http://");
    (ours && !place.contains(char::is_whitespace) && !query.contains(char::is_whitespace)).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_headings_words_and_maps() {
        let body = "# Trees\r\n\r\nWe planted many.\nIn two years.\r\n\r\nhttps://city.example/map?lon=1&layer=trees\nAll of them\n\n/map?lon=2";
        assert_eq!(
            blocks(body),
            [
                Block::Heading("Trees".to_owned()),
                Block::Words("We planted many.\nIn two years.".to_owned()),
                Block::Map("lon=1&layer=trees".to_owned(), "All of them".to_owned()),
                Block::Map("lon=2".to_owned(), String::new()),
            ]
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_words() {
        for words in ["see /map?lon=1", "javascript:/map?x", "/map", "# two\nlines"] {
            assert!(matches!(blocks(words).as_slice(), [Block::Words(_)]), "{words}");
        }
        assert_eq!(blocks(" \n\n "), []);
    }
}
