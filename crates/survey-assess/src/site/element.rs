//! What kinds of elements there are, for reading text.

use scraper::node::Element;

use super::markup::attr;

/// The element begins a new block of text.
pub fn block_level(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "td"
            | "th"
            | "tr"
            | "table"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "dd"
            | "dt"
            | "dl"
            | "form"
            | "fieldset"
            | "legend"
            | "br"
            | "hr"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "address"
            | "summary"
            | "details"
            | "option"
            | "body"
            | "figure"
            | "caption"
            | "label"
            | "select"
            | "textarea"
    )
}

/// The element surrounds a page rather than being its subject.
pub fn framed(name: &str, element: &Element) -> bool {
    matches!(name, "header" | "footer" | "nav" | "aside")
        || matches!(attr(element, "role"), Some("navigation" | "banner" | "contentinfo" | "complementary"))
}

/// What stands in the element is not read.
pub fn unseen(name: &str, element: &Element) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "template" | "svg" | "head" | "iframe" | "object" | "math" | "datalist"
    ) || attr(element, "aria-hidden") == Some("true") && name != "a" && name != "button" && name != "body"
}
