//! Character references in attributes and link words (HTML §13.5): the numeric ones, and the names that old
//! editors wrote into European pages.

const NAMES: &str = "amp & lt < gt > quot \" apos ' nbsp \u{a0} copy © reg ® laquo « raquo » middot · ndash – mdash — hellip … \
lsquo ‘ rsquo ’ ldquo “ rdquo ” bull • euro € deg ° ordm º ordf ª iexcl ¡ iquest ¿ sect § szlig ß \
agrave à aacute á acirc â atilde ã auml ä aring å aelig æ ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï \
ntilde ñ ograve ò oacute ó ocirc ô otilde õ ouml ö oslash ø ugrave ù uacute ú ucirc û uuml ü yacute ý yuml ÿ \
Agrave À Aacute Á Acirc Â Atilde Ã Auml Ä Aring Å AElig Æ Ccedil Ç Egrave È Eacute É Ecirc Ê Euml Ë Igrave Ì Iacute Í Icirc Î Iuml Ï \
Ntilde Ñ Ograve Ò Oacute Ó Ocirc Ô Otilde Õ Ouml Ö Oslash Ø Ugrave Ù Uacute Ú Ucirc Û Uuml Ü";

/// References become characters; what is none stays as it is.
pub fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end = after.char_indices().skip(1).find(|(i, c)| *i > 12 || !(c.is_ascii_alphanumeric() || *c == '#'));
        let (end, semicolon) = end.map_or((after.len(), false), |(i, c)| (i, c == ';'));
        let name = after.get(1..end).unwrap_or("");
        match character(name) {
            // Without the semicolon only `&amp` is believed: `&copy=1` in an address is a parameter.
            Some(c) if semicolon || (name == "amp" && !after.get(end..).unwrap_or("").starts_with('=')) => {
                out.push(c);
                rest = after.get(end + usize::from(semicolon)..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = after.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    let mut pairs = NAMES.split(' ');
    while let (Some(n), Some(c)) = (pairs.next(), pairs.next()) {
        if n == name {
            return c.chars().next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_parameters_are_not() {
        assert_eq!(decode("a&amp;b&#44;&#x2c; universit&agrave;&nbsp;x"), "a&b,, università\u{a0}x");
        assert_eq!(decode("?a=1&copy=2&b=3&"), "?a=1&copy=2&b=3&");
        assert_eq!(decode("&unknown; &#0; &#xFFFFFFFF; &amp"), "&unknown; &#0; &#xFFFFFFFF; &");
    }
}
