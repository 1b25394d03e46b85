/// One `@font-face` rule.
pub struct Rule {
    pub address: String,
    /// First and last code point of each range.
    pub ranges: Vec<(u32, u32)>,
}

/// The rules of a style sheet, plain or minified. Rules without an address are skipped.
pub fn faces(css: &str) -> Vec<Rule> {
    css.split("@font-face")
        .skip(1)
        .filter_map(|part| part.split_once('{')?.1.split('}').next().and_then(rule))
        .collect()
}

fn rule(body: &str) -> Option<Rule> {
    let address = body.split_once("url(")?.1.split(')').next()?.trim().trim_matches(['"', '\'']).to_owned();
    let ranges = match body.split_once("unicode-range") {
        Some((_, after)) => {
            let list = after.trim_start().strip_prefix(':')?.split(';').next()?;
            list.split(',').filter_map(range).collect()
        }
        None => vec![(0, 0x0010_FFFF)],
    };
    Some(Rule { address, ranges })
}

/// `U+AC00`, `U+AC00-D7A3`, `U+4??` (CSS Fonts 4, section 4.5).
fn range(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().strip_prefix("U+").or_else(|| text.trim().strip_prefix("u+"))?;
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    match text.split_once('-') {
        Some((from, to)) => Some((number(from)?, number(to)?)),
        None => Some((number(&text.replace('?', "0"))?, number(&text.replace('?', "F"))?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_a_style_sheet() {
        let css = "a{b:c}@font-face{font-family:A;src:url(\"./a.woff2\") format(\"woff2\");unicode-range:U+0600-06FF,U+4??}\
                   @font-face { font-family: B; src: url('./b.woff2'); }@font-face{font-family:C}";
        let rules = faces(css);
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0].address, "./a.woff2");
        assert_eq!(rules[0].ranges, [(0x600, 0x6FF), (0x400, 0x4FF)]);
        assert_eq!(rules[1].ranges, [(0, 0x0010_FFFF)]);
    }
}
