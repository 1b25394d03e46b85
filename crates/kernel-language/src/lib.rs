//! Which language a reader wants, the words in it, and numbers, dates and order as that language writes them.
//!
//! Words live in `text/<language>.ftl` of each crate (Project Fluent). English is complete by definition; a message
//! that a language lacks is said in English and counted, so that a page can say so.

mod countries;
mod format;
mod negotiate;
mod texts;

pub use countries::country;
pub use format::Formats;
pub use negotiate::negotiate;
pub use texts::{Arg, Said, Texts, Words, WordsError};

/// A language that the portal knows how to write.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Language {
    /// BCP 47 tag, as in `lang="ko"`.
    pub code: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    /// Written from right to left.
    pub rtl: bool,
}

/// A language that the portal knows; compared by address or content alike.
pub type Lang = &'static Language;

pub const ENGLISH: Lang = &Language { code: "en", name: "English", rtl: false };
pub const KOREAN: Lang = &Language { code: "ko", name: "한국어", rtl: false };
pub const ARABIC: Lang = &Language { code: "ar", name: "العربية", rtl: true };

/// In the order of the language switch. The first is the fallback.
pub const LANGUAGES: [Lang; 3] = [ENGLISH, KOREAN, ARABIC];

impl Language {
    /// The value of `dir=""`.
    pub fn direction(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    /// `None` for a tag that the portal does not write.
    pub fn find(code: &str) -> Option<Lang> {
        LANGUAGES.into_iter().find(|language| language.code.eq_ignore_ascii_case(code))
    }

    /// Its place in [`LANGUAGES`].
    pub(crate) fn index(&self) -> usize {
        LANGUAGES.iter().position(|other| other.code == self.code).unwrap_or(0)
    }
}
