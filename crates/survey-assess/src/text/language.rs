//! Which language a text is in.

/// Primary subtag of a language tag, lower case: `pt-BR` → `pt`. `None` for an empty or odd one.
pub fn primary(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    let first = match first.as_str() {
        "cmn" | "yue" => "zh".to_owned(),
        "kr" => "ko".to_owned(),
        "jp" => "ja".to_owned(),
        "cn" => "zh".to_owned(),
        _ => first,
    };
    ((2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase())).then_some(first)
}

/// ISO 639-1 code of the language of a text, with how sure that is (0–1); `None` for a short text.
pub fn detect(text: &str) -> Option<(String, f64)> {
    let sample: String = text.chars().take(4000).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 20 {
        return None;
    }
    if let Some(code) = by_script(&sample, letters) {
        return Some((code.to_owned(), 1.0));
    }
    if letters < 60 {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    let length = (letters as f64 / 300.0).min(1.0);
    Some((short(info.lang().code()).to_owned(), info.confidence() * length))
}

/// Hangul, kana and Han decide by themselves; statistics over letters are weak on mixed pages.
fn by_script(sample: &str, letters: usize) -> Option<&'static str> {
    let (mut hangul, mut kana, mut han) = (0, 0, 0);
    for c in sample.chars() {
        match c as u32 {
            0xAC00..=0xD7A3 => hangul += 1,
            0x3041..=0x30FF => kana += 1,
            0x3400..=0x9FFF => han += 1,
            _ => {}
        }
    }
    let part = |n: usize| n * 100 / letters.max(1);
    if part(hangul) >= 30 {
        Some("ko")
    } else if part(kana) >= 10 && part(kana + han) >= 30 {
        Some("ja")
    } else if part(han) >= 30 {
        Some("zh")
    } else {
        None
    }
}

fn short(code: &str) -> &str {
    match code {
        "eng" => "en",
        "kor" => "ko",
        "spa" => "es",
        "fra" => "fr",
        "deu" => "de",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "jpn" => "ja",
        "cmn" => "zh",
        "ara" => "ar",
        "rus" => "ru",
        "ukr" => "uk",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "bul" => "bg",
        "ron" => "ro",
        "hun" => "hu",
        "fin" => "fi",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "no",
        "ell" => "el",
        "tur" => "tr",
        "vie" => "vi",
        "tha" => "th",
        "ind" => "id",
        "hin" => "hi",
        "heb" => "he",
        "pes" => "fa",
        "urd" => "ur",
        "tgl" => "tl",
        "cat" => "ca",
        "afr" => "af",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_statistics_agree_with_the_reader() {
        let told = |text: &str| detect(text).map(|(code, _)| code);
        assert_eq!(told("우리 시의 예산과 결산을 주민에게 공개합니다. 누구나 볼 수 있습니다.").as_deref(), Some("ko"));
        assert_eq!(told("市役所の開庁時間は午前8時30分から午後5時までです。土日は休みます。").as_deref(), Some("ja"));
        assert_eq!(told("Il Comune pubblica ogni anno il bilancio di previsione e il rendiconto, con gli allegati e le relazioni della giunta comunale.").as_deref(), Some("it"));
        assert_eq!(told("short"), None);
    }

    #[test]
    fn tags_are_cut_to_their_language() {
        assert_eq!(primary("pt-BR").as_deref(), Some("pt"));
        assert_eq!(primary("zh_TW").as_deref(), Some("zh"));
        assert_eq!(primary(""), None);
    }
}
