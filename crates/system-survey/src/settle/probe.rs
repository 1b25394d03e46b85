//! A question that a person sent to a city: its mark, what came back, and how long that took. Pure.

use kernel_base::{Instant, Secrets};
use kernel_letters::{Arrived, Sort};

/// Crockford's base 32, as in references.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How a question was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Mail,
    /// A form on the city's site.
    Form,
}

impl Way {
    pub const ALL: [Way; 2] = [Way::Mail, Way::Form];

    pub fn word(self) -> &'static str {
        match self {
            Way::Mail => "mail",
            Way::Form => "form",
        }
    }

    pub fn parse(word: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.word() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    pub id: String,
    pub city: String,
    pub criterion: String,
    pub way: Way,
    pub subject: String,
    /// Stands in the subject in square brackets: `7K3M-9QX2`.
    pub mark: String,
    pub sent_by: String,
    pub sent_at: Instant,
    /// A machine said that it came.
    pub acknowledged_at: Option<Instant>,
    /// A person answered.
    pub answered_at: Option<Instant>,
    /// The mail system said that it did not arrive.
    pub returned_at: Option<Instant>,
    /// Why somebody set the times by hand.
    pub correction: Option<String>,
}

impl Probe {
    /// Seconds from sending to a person's answer.
    pub fn took(&self) -> Option<i64> {
        self.answered_at.map(|at| seconds(self.sent_at, at))
    }
}

fn seconds(from: Instant, to: Instant) -> i64 {
    (to.0 - from.0).max(0) / 1_000_000
}

/// Days from Monday to Friday that begin after the one and up to the other, in UTC; a city's holidays are not known here.
pub fn working_days(from: Instant, to: Instant) -> i64 {
    let (mut day, last) = (from.date(), to.date());
    let mut counted = 0;
    while day < last {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        counted += i64::from(day.weekday().to_monday_zero_offset() < 5);
    }
    counted
}

/// The middle of all times; of two middle ones their mean. `None` of nothing.
pub fn median(mut times: Vec<i64>) -> Option<i64> {
    times.sort_unstable();
    let middle = times.len() / 2;
    match times.len() % 2 {
        1 => times.get(middle).copied(),
        _ => Some((times.get(middle.checked_sub(1)?)? + times.get(middle)?) / 2),
    }
}

/// The mark of the question that is sent next to a city about a criterion: the same whoever looks, until it is noted as
/// sent (`before` counts those). 40 bits that nobody outside can guess, so that no stranger's mail passes for an answer.
pub fn mark(secrets: &Secrets, city: &str, criterion: &str, before: usize) -> String {
    let hash = secrets.hash("survey probe", &format!("{city} {criterion} {before}"));
    let number = hash.get(..10).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    let symbol = |place: u32| char::from(SYMBOLS[(number >> (place * 5) & 31) as usize]);
    let symbols: String = (0..8).rev().map(symbol).collect();
    kernel_identity::code::grouped(&symbols)
}

/// Everything in a subject that could be a mark, in the one spelling of marks.
pub fn marks_in(subject: &str) -> Vec<String> {
    let is_symbol = |byte: &u8| byte.is_ascii_alphanumeric();
    let bytes = subject.as_bytes();
    let mut found = Vec::new();
    for dash in (0..bytes.len()).filter(|place| bytes[*place] == b'-') {
        let Some(start) = dash.checked_sub(4) else { continue };
        let Some(part) = bytes.get(start..dash + 5) else { continue };
        let whole = |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_none_or(|byte| !is_symbol(byte));
        let symbols = part.iter().enumerate().all(|(place, byte)| place == 4 || is_symbol(byte));
        if symbols && whole(start.checked_sub(1)) && whole(Some(dash + 5)) {
            let plain = kernel_identity::code::plain(&String::from_utf8_lossy(part));
            found.push(kernel_identity::code::grouped(&plain));
        }
    }
    found
}

/// What the mails say about the questions: each probe with its times filled in, those alone that changed. `own` is the
/// address that questions come from; copies of them are no answers, but tell their Message-ID.
///
/// A mail belongs to a question whose mark stands in its subject, else to the one that it answers by `In-Reply-To` or
/// `References`. Of several answers the first counts. A mail that came before the question was noted as sent counts as of
/// that moment: people note a little late.
pub fn recognise(probes: &[Probe], mails: &[Arrived], own: &str) -> Vec<Probe> {
    let place = |subject: &str| {
        let marks = marks_in(subject);
        probes.iter().position(|probe| marks.contains(&probe.mark))
    };
    let threads: Vec<(&str, usize)> = mails
        .iter()
        .filter(|mail| !mail.id.is_empty())
        .filter_map(|mail| Some((mail.id.as_str(), place(&mail.subject)?)))
        .collect();
    let answered = |mail: &Arrived| {
        mail.answers.iter().find_map(|id| threads.iter().find(|(known, _)| known == id)).map(|(_, place)| *place)
    };
    let mut found = probes.to_vec();
    for mail in mails.iter().filter(|mail| own.is_empty() || !mail.from.eq_ignore_ascii_case(own)) {
        let Some(probe) = place(&mail.subject).or_else(|| answered(mail)).and_then(|place| found.get_mut(place)) else {
            continue;
        };
        let at = mail.at.max(probe.sent_at);
        let kept = match mail.sort {
            Sort::Person => &mut probe.answered_at,
            Sort::Automatic => &mut probe.acknowledged_at,
            Sort::Returned => &mut probe.returned_at,
        };
        *kept = Some(kept.map_or(at, |earlier| earlier.min(at)));
    }
    found.into_iter().zip(probes).filter(|(found, probe)| found != *probe).map(|(found, _)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(n: i64) -> Instant {
        Instant(1_795_478_400_000_000).plus_seconds(n * 3600)
    }

    fn probe(id: &str, mark: &str) -> Probe {
        Probe {
            id: id.into(),
            city: "rc_1".into(),
            criterion: "SV20".into(),
            way: Way::Mail,
            subject: "Library card".into(),
            mark: mark.into(),
            sent_by: "ac_1".into(),
            sent_at: hour(0),
            acknowledged_at: None,
            answered_at: None,
            returned_at: None,
            correction: None,
        }
    }

    fn mail(at: i64, from: &str, subject: &str, ids: (&str, &[&str]), sort: Sort) -> Arrived {
        let answers = ids.1.iter().map(|id| (*id).to_owned()).collect();
        Arrived { at: hour(at), from: from.into(), subject: subject.into(), id: ids.0.into(), answers, sort }
    }

    #[test]
    fn marks_are_found_however_a_subject_was_mangled() {
        for subject in
            ["Re: Library card [7K3M-9QX2]", "AW: card [7k3m-9qx2]", "7K3M-9QX2", "Aw: [#41] (7K3M-9QX2) card"]
        {
            assert_eq!(marks_in(subject), ["7K3M-9QX2"], "{subject}");
        }
        assert_eq!(marks_in("회신: [7K3M-9QX2]"), ["7K3M-9QX2"]);
        assert_eq!(marks_in("[O123-45I7]"), ["0123-4517"], "what looks alike is alike");
        for other in
            ["", "-", "Re: Library card", "A7K3M-9QX2", "7K3M-9QX22", "7K3-9QX2", "7K3M--9QX2", "한글글글-9QX2"]
        {
            assert!(marks_in(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn a_mark_is_the_same_until_the_question_is_noted_and_then_another() {
        let secrets = Secrets::new([1; 32]);
        let first = mark(&secrets, "rc_1", "SV20", 0);
        assert_eq!(first, mark(&secrets, "rc_1", "SV20", 0));
        assert_eq!(marks_in(&format!("Library card [{first}]")).as_slice(), std::slice::from_ref(&first));
        let others = [
            mark(&secrets, "rc_1", "SV20", 1),
            mark(&secrets, "rc_2", "SV20", 0),
            mark(&Secrets::new([2; 32]), "rc_1", "SV20", 0),
        ];
        assert!(!others.contains(&first));
    }

    #[test]
    fn answers_of_people_receipts_and_returned_mail_are_told_apart_and_the_first_counts() {
        let probes = [probe("pb_1", "7K3M-9QX2"), probe("pb_2", "AAAA-BBBB")];
        let mails = [
            mail(0, "survey@institute.example", "Library card [7K3M-9QX2]", ("q1", &[]), Sort::Person),
            mail(1, "noreply@city.example", "Received [7K3M-9QX2]", ("a1", &[]), Sort::Automatic),
            mail(30, "clerk@city.example", "Your card", ("a2", &["q1"]), Sort::Person),
            mail(50, "clerk@city.example", "Your card, again", ("a3", &["a2", "q1"]), Sort::Person),
            mail(2, "mailer-daemon@city.example", "Undelivered [aaaa-bbbb]", ("", &[]), Sort::Returned),
            mail(3, "stranger@else.example", "Hello", ("", &["nobody"]), Sort::Person),
        ];
        let found = recognise(&probes, &mails, "survey@institute.example");
        let times = |place: usize| (found[place].acknowledged_at, found[place].answered_at, found[place].returned_at);
        assert_eq!(times(0), (Some(hour(1)), Some(hour(30)), None));
        assert_eq!(times(1), (None, None, Some(hour(2))));
        assert_eq!(found[0].took(), Some(30 * 3600));
        assert!(recognise(&found, &mails, "Survey@institute.example").is_empty(), "looking again changes nothing");
    }

    #[test]
    fn a_mail_that_was_quicker_than_the_note_counts_as_of_the_note() {
        let early = mail(-1, "noreply@city.example", "[7K3M-9QX2]", ("", &[]), Sort::Automatic);
        assert_eq!(recognise(&[probe("pb_1", "7K3M-9QX2")], &[early], "")[0].acknowledged_at, Some(hour(0)));
    }

    #[test]
    fn medians_and_working_days_are_counted() {
        assert_eq!(
            (median(vec![]), median(vec![5]), median(vec![9, 1]), median(vec![9, 1, 4])),
            (None, Some(5), Some(5), Some(4))
        );
        // 2026-11-24 is a Tuesday.
        assert_eq!(working_days(hour(0), hour(3)), 0);
        assert_eq!(working_days(hour(0), hour(24)), 1);
        assert_eq!(working_days(hour(0), hour(24 * 7)), 5);
        assert_eq!(working_days(hour(24 * 3), hour(24 * 5)), 0, "a weekend");
        assert_eq!(working_days(hour(5), hour(0)), 0);
    }
}
