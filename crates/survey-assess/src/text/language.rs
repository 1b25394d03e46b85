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

/// Hangul, kana, Han, Greek and some Cyrillic letters decide by themselves; statistics over letters are weak on mixed pages.
fn by_script(sample: &str, letters: usize) -> Option<&'static str> {
    let (mut hangul, mut kana, mut han, mut greek) = (0, 0, 0, 0);
    let mut cyrillic = Cyrillic::default();
    for c in sample.chars() {
        match c as u32 {
            0xAC00..=0xD7A3 => hangul += 1,
            0x3041..=0x30FF => kana += 1,
            0x3400..=0x9FFF => han += 1,
            0x0370..=0x03FF | 0x1F00..=0x1FFF => greek += 1,
            0x0400..=0x052F => cyrillic.read(c),
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
    } else if part(greek) >= 50 {
        Some("el")
    } else if part(cyrillic.all) >= 50 {
        cyrillic.language()
    } else {
        None
    }
}

/// Letters by which Russian and Ukrainian differ from each other and from the rest of the script.
#[derive(Default)]
struct Cyrillic {
    all: usize,
    russian: usize,
    ukrainian: usize,
    other: usize,
}

impl Cyrillic {
    fn read(&mut self, c: char) {
        self.all += 1;
        match c {
            'ы' | 'э' | 'Э' | 'ё' | 'ъ' => self.russian += 1,
            'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ґ' => self.ukrainian += 1,
            'а'..='я' | 'А'..='Я' => {}
            _ => self.other += 1,
        }
    }

    /// Only when one side's letters stand almost alone; anything else is left to statistics.
    fn language(&self) -> Option<&'static str> {
        if self.all < 60 || self.other * 200 > self.all {
            None
        } else if self.ukrainian * 100 >= self.all * 3 && self.russian * 10 <= self.ukrainian {
            Some("uk")
        } else if self.russian * 100 >= self.all && self.ukrainian * 10 <= self.russian {
            Some("ru")
        } else {
            None
        }
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
        assert_eq!(told("Администрация города публикует решения и бюджет, чтобы каждый житель мог узнать, на что расходуются средства.").as_deref(), Some("ru"));
        assert_eq!(told("Міська рада оприлюднює рішення та бюджет, щоб кожен мешканець міг дізнатися, на що витрачають кошти громади.").as_deref(), Some("uk"));
        assert_eq!(
            told("Ο Δήμος δημοσιεύει κάθε χρόνο τον προϋπολογισμό και τις αποφάσεις του δημοτικού συμβουλίου.")
                .as_deref(),
            Some("el")
        );
        assert_eq!(told("Общината публикува ежегодно бюджета си, за да може всеки жител да види за какво се изразходват средствата на града.").as_deref(), Some("bg"));
        assert_eq!(told("short"), None);
    }

    #[test]
    fn tags_are_cut_to_their_language() {
        assert_eq!(primary("pt-BR").as_deref(), Some("pt"));
        assert_eq!(primary("zh_TW").as_deref(), Some("zh"));
        assert_eq!(primary(""), None);
    }
}
