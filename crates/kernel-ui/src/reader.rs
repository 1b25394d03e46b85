use kernel_language::{Arg, Formats, Lang};

/// Whoever reads the page: a language and its words. Pages implement it; components speak through it.
pub trait Reader {
    fn language(&self) -> Lang;

    /// The message in the reader's language, with values put in.
    fn t_with(&self, key: &str, args: &[(&str, Arg)]) -> String;

    fn t(&self, key: &str) -> String {
        self.t_with(key, &[])
    }

    fn formats(&self) -> &'static Formats {
        Formats::of(self.language())
    }
}

/// Day or dark; `Auto` follows the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Theme {
    #[default]
    Auto,
    Day,
    Dark,
}

/// `High` draws black on white (or white on black) with strong borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Contrast {
    #[default]
    Normal,
    High,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Largest,
}

/// How the reader wants pages to look. Kept in one cookie that holds nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Preferences {
    pub theme: Theme,
    pub contrast: Contrast,
    pub text_size: TextSize,
}

macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in cookies, forms and attributes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// `None` for a word that no value has.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
words!(Theme { Auto = "auto", Day = "light", Dark = "dark" });
words!(Contrast { Normal = "normal", High = "high" });
words!(TextSize { Normal = "normal", Large = "large", Largest = "largest" });

impl Preferences {
    /// `dark.high.large`; what cannot be read is the default.
    pub fn from_cookie(value: &str) -> Preferences {
        let mut parts = value.split('.');
        let mut next = || parts.next().unwrap_or_default();
        Preferences {
            theme: Theme::parse(next()).unwrap_or_default(),
            contrast: Contrast::parse(next()).unwrap_or_default(),
            text_size: TextSize::parse(next()).unwrap_or_default(),
        }
    }

    pub fn to_cookie(self) -> String {
        format!("{}.{}.{}", self.theme.word(), self.contrast.word(), self.text_size.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_survive_their_cookie() {
        for &theme in Theme::ALL {
            for &contrast in Contrast::ALL {
                for &text_size in TextSize::ALL {
                    let wanted = Preferences { theme, contrast, text_size };
                    assert_eq!(Preferences::from_cookie(&wanted.to_cookie()), wanted);
                }
            }
        }
    }

    #[test]
    fn a_forged_cookie_is_the_default() {
        assert_eq!(Preferences::from_cookie("\"><script>..."), Preferences::default());
    }
}
