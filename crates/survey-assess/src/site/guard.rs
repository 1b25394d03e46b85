//! Markup made to hurt: thousands of nested elements make tree building quadratic.

use std::borrow::Cow;

/// Elements open at once beyond this are dropped from the source before it is parsed.
const DEPTH: usize = 400;

/// Elements without an end tag, or whose end tag people leave out.
const UNCOUNTED: [&str; 34] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "tbody", "thead", "tfoot", "colgroup", "rp", "rt",
    "html", "head", "body", "!doctype", "path",
];

/// The source without start tags that lie deeper than a real page goes. Linear in its length.
pub fn flatten(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut depth = 0usize;
    let mut uncounted_run = 0usize;
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')) {
        let open = at + step;
        let closing = bytes.get(open + 1) == Some(&b'/');
        let name_at = open + 1 + usize::from(closing);
        let length = bytes
            .get(name_at..)
            .map_or(0, |r| r.iter().take(24).take_while(|b| b.is_ascii_alphanumeric() || **b == b'!').count());
        let name = source.get(name_at..name_at + length).unwrap_or_default().to_ascii_lowercase();
        at = open + 1;
        if length == 0 {
            continue;
        }
        let counted = !UNCOUNTED.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(usize::from(counted));
            uncounted_run = 0;
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "textarea") {
            // Raw text: what looks like a tag inside is none.
            let end = format!("</{name}");
            let rest = bytes.get(at..).unwrap_or_default();
            at += rest.windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes())).unwrap_or(rest.len());
            continue;
        }
        if counted {
            depth += 1;
            uncounted_run = 0;
        } else {
            uncounted_run += 1;
        }
        // A run of `<p><td><p><td>…` without a single end tag is not a page either.
        if depth > DEPTH || uncounted_run > 20_000 {
            let out = out.get_or_insert_with(|| String::with_capacity(source.len()));
            out.push_str(source.get(copied..open).unwrap_or_default());
            let end =
                bytes.get(open..).and_then(|r| r.iter().position(|b| *b == b'>')).map_or(bytes.len(), |i| open + i + 1);
            copied = end;
            at = end;
        }
    }
    match out {
        None => Cow::Borrowed(source),
        Some(mut out) => {
            out.push_str(source.get(copied..).unwrap_or_default());
            Cow::Owned(out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_left_alone() {
        let page = "<div><p>a<p>b<ul><li>c<li>d</ul><script>if(a<b){'<div>'}</script></div>";
        assert!(matches!(flatten(page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_is_cut_and_its_words_stay() {
        let page = format!("{}words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let flat = flatten(&page);
        assert!(flat.contains("words"));
        assert_eq!(flat.matches("<div>").count(), DEPTH);
    }
}
