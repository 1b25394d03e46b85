//! The brackets of a Well-Known Text.

/// A keyword with what it holds, or a text or number alone.
#[derive(Debug, PartialEq)]
pub struct Node {
    /// The keyword in capitals; of a value, the value as it stands.
    value: String,
    keyword: bool,
    pub children: Vec<Node>,
}

const DEPTH: usize = 16;

impl Node {
    /// `None` when brackets or quotes do not close, or are nested too deep.
    pub fn read(text: &str) -> Option<Node> {
        let mut reader = Reader { rest: text };
        let node = reader.node(0)?;
        reader.rest.trim().is_empty().then_some(node).filter(|node| node.keyword)
    }

    /// Empty for a value.
    pub fn keyword(&self) -> &str {
        if self.keyword { &self.value } else { "" }
    }

    pub fn text(&self) -> &str {
        &self.value
    }

    pub fn number(&self) -> Option<f64> {
        self.value.parse().ok().filter(|number: &f64| !self.keyword && number.is_finite())
    }

    /// The first below with one of the keywords, outer ones before inner ones of the same branch.
    pub fn find(&self, keywords: &[&str]) -> Option<&Node> {
        if keywords.contains(&self.keyword()) {
            return (!self.children.is_empty()).then_some(self);
        }
        self.children.iter().find_map(|child| child.find(keywords))
    }

    pub fn each(&self, keywords: &[&str], found: &mut dyn FnMut(&Node)) {
        if keywords.contains(&self.keyword()) {
            found(self);
        }
        for child in &self.children {
            child.each(keywords, found);
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        self.rest = self.rest.trim_start();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            let end = quoted.find('"')?;
            self.rest = &quoted[end + 1..];
            return Some(Node { value: quoted[..end].to_owned(), keyword: false, children: Vec::new() });
        }
        let end = self.rest.find(['[', '(', ']', ')', ',', '"']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        let word = word.trim();
        let Some(inside) = rest.strip_prefix(['[', '(']) else {
            let value = word.to_owned();
            return (!word.is_empty()).then_some(Node { value, keyword: false, children: Vec::new() });
        };
        if depth == DEPTH {
            return None;
        }
        self.rest = inside;
        let mut children = Vec::new();
        loop {
            children.push(self.node(depth + 1)?);
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix([']', ')']) {
                self.rest = rest;
                return Some(Node { value: word.to_ascii_uppercase(), keyword: true, children });
            }
            self.rest = self.rest.strip_prefix(',')?;
        }
    }
}
