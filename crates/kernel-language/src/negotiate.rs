use crate::{ENGLISH, LANGUAGES, Lang};

/// The best language for an `Accept-Language` header (RFC 9110 §12.5.4, lookup by RFC 4647 §3.4): highest quality
/// first, `ko-KR` is served by `ko`; English when nothing fits.
pub fn negotiate(accept_language: &str) -> Lang {
    let mut wishes: Vec<(u16, &str)> = accept_language.split(',').take(32).filter_map(wish).collect();
    // Stable: equal qualities keep the reader's order.
    wishes.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    wishes.into_iter().find_map(|(_, range)| matching(range)).unwrap_or(ENGLISH)
}

/// Quality in thousandths and the language range; `None` for refused or malformed parts.
fn wish(part: &str) -> Option<(u16, &str)> {
    let mut pieces = part.split(';');
    let range = pieces.next()?.trim();
    let quality = match pieces.find_map(|piece| piece.trim().strip_prefix("q=")) {
        Some(text) => text.trim().parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q))?,
        None => 1.0,
    };
    let thousandths = (quality * 1000.0).round() as u16;
    (!range.is_empty() && thousandths > 0).then_some((thousandths, range))
}

fn matching(range: &str) -> Option<Lang> {
    if range == "*" {
        return Some(ENGLISH);
    }
    let primary = range.split('-').next().unwrap_or(range);
    LANGUAGES.into_iter().find(|language| language.code.eq_ignore_ascii_case(primary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ARABIC, KOREAN};

    #[test]
    fn the_highest_quality_that_we_write_wins() {
        assert_eq!(negotiate("fr-CH, fr;q=0.9, en;q=0.4, ko;q=0.8"), KOREAN);
        assert_eq!(negotiate("ar-EG"), ARABIC);
        assert_eq!(negotiate("ko-KR,ko;q=0.9,en-US;q=0.8"), KOREAN);
    }

    #[test]
    fn refused_unknown_and_malformed_wishes_end_in_english() {
        for header in ["", "ko;q=0", "tlh", "*", ";;;", "ko;q=nan", "ko;q=7"] {
            assert_eq!(negotiate(header), ENGLISH, "{header:?}");
        }
    }
}
