use std::str::FromStr;
use std::sync::LazyLock;

use icu::calendar::{Date, Gregorian};
use icu::collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu::datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu::decimal::{DecimalFormatter, input::Decimal};
use icu::locale::{Locale, locale};
use icu::time::{DateTime, Time};

use crate::{LANGUAGES, Lang};

/// Numbers, dates and order of one language, from CLDR. The Gregorian calendar always, since civic dates are.
pub struct Formats {
    decimal: DecimalFormatter,
    date: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMD>,
    date_time: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMDT>,
    collator: CollatorBorrowed<'static>,
}

static FORMATS: LazyLock<Vec<Formats>> =
    LazyLock::new(|| LANGUAGES.into_iter().map(|language| Formats::new(&locale_of(language))).collect());

fn locale_of(language: Lang) -> Locale {
    // Western digits in Arabic too: the league tables are compared across languages.
    let tag = if language.code == "ar" { "ar-u-nu-latn" } else { language.code };
    Locale::from_str(tag).unwrap_or(locale!("en"))
}

impl Formats {
    pub fn of(language: Lang) -> &'static Formats {
        &FORMATS[language.index()]
    }

    fn new(locale: &Locale) -> Formats {
        // The data is compiled in for every locale of LANGUAGES; a test builds them all.
        Formats {
            decimal: DecimalFormatter::try_new(locale.into(), Default::default()).expect("compiled number data"),
            date: FixedCalendarDateTimeFormatter::try_new(locale.into(), fieldsets::YMD::long())
                .expect("compiled date data"),
            date_time: FixedCalendarDateTimeFormatter::try_new(locale.into(), fieldsets::YMD::long().with_time_hm())
                .expect("compiled time data"),
            collator: Collator::try_new(locale.into(), CollatorOptions::default()).expect("compiled collation data"),
        }
    }

    /// A whole number with grouping: `9,411,000`.
    pub fn number(&self, number: i64) -> String {
        self.decimal.format_to_string(&Decimal::from(number))
    }

    /// A number with exactly `digits` after the decimal sign, rounded half to even as `format!` does.
    /// `–` for what is not a number.
    pub fn decimal(&self, number: f64, digits: usize) -> String {
        match Decimal::from_str(&format!("{number:.digits$}")) {
            Ok(decimal) => self.decimal.format_to_string(&decimal),
            Err(_) => "–".to_owned(),
        }
    }

    /// `24 November 2026`, `2026년 11월 24일`.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        match gregorian(date) {
            Some(date) => self.date.format(&date).to_string(),
            None => date.to_string(),
        }
    }

    /// Day and time of day, to the minute.
    pub fn date_time(&self, moment: jiff::civil::DateTime) -> String {
        let hour = u8::try_from(moment.hour()).unwrap_or(0);
        let minute = u8::try_from(moment.minute()).unwrap_or(0);
        match (gregorian(moment.date()), Time::try_new(hour, minute, 0, 0)) {
            (Some(date), Ok(time)) => self.date_time.format(&DateTime { date, time }).to_string(),
            _ => moment.to_string(),
        }
    }

    /// Order of two names in this language.
    pub fn compare(&self, left: &str, right: &str) -> std::cmp::Ordering {
        self.collator.compare(left, right)
    }
}

fn gregorian(date: jiff::civil::Date) -> Option<Date<Gregorian>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Date::try_new_gregorian(i32::from(date.year()), month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ARABIC, ENGLISH, KOREAN};

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = jiff::civil::date(2026, 11, 24);
        assert_eq!(Formats::of(ENGLISH).date(day), "November 24, 2026");
        assert_eq!(Formats::of(KOREAN).date(day), "2026년 11월 24일");
        assert!(Formats::of(ARABIC).date(day).contains("2026"));
    }

    #[test]
    fn numbers_are_grouped_and_rounded_only_for_display() {
        assert_eq!(Formats::of(ENGLISH).number(9_411_000), "9,411,000");
        assert_eq!(Formats::of(KOREAN).decimal(82.227, 2), "82.23");
        assert_eq!(Formats::of(ENGLISH).decimal(f64::NAN, 2), "–");
    }

    #[test]
    fn names_sort_by_the_readers_alphabet() {
        let mut names = ["Zürich", "Ålesund", "Seoul", "évry"];
        names.sort_by(|a, b| Formats::of(ENGLISH).compare(a, b));
        assert_eq!(names, ["Ålesund", "évry", "Seoul", "Zürich"]);
    }
}
