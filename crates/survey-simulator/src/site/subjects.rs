//! Subjects of a city's site: where each stands, which criterion it shows, and by what its steps are shown.

use super::page::Input;

/// Keys of the sections' names.
pub const SECTIONS: [&str; 5] = ["s_city", "s_council", "s_services", "s_living", "s_engage"];

/// What stands for step 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    Document,
    Mail,
    /// One or the other, by the city's taste.
    Either,
}

/// What stands for step 3.
#[derive(Debug, Clone, Copy)]
pub enum Third {
    /// A form that takes these.
    Form(&'static [Input], &'static str),
    /// A search through the page's entries.
    Find,
    /// Steps that a page of its own shows.
    Own,
}

/// A subject whose page climbs: told, something to take or to write to, done online.
pub struct Ladder {
    pub key: &'static str,
    pub criterion: &'static str,
    pub second: Second,
    pub third: Third,
}

const fn ladder(key: &'static str, criterion: &'static str, second: Second, third: Third) -> Ladder {
    Ladder { key, criterion, second, third }
}

use Input::{Address, Date, Email, File, Message, Select, Telephone, Text};
use Second::{Document, Either, Mail};

/// Subjects with nothing but a ladder.
pub const LADDERS: [Ladder; 26] = [
    ladder("ordinances", "CO06", Document, Third::Find),
    ladder("strategy", "CO07", Document, Third::Own),
    ladder("spending", "CO09", Document, Third::Find),
    ladder("emergency", "CO13", Document, Third::Form(&[Telephone, Email], "subscribe")),
    ladder("jobs", "CO17", Document, Third::Form(&[Text, Email, Message, File], "apply")),
    ladder("water", "SV01", Document, Third::Form(&[Text, Email], "pay")),
    ladder("tax", "SV02", Document, Third::Form(&[Text, Address, Email], "pay")),
    ladder("fines", "SV03", Document, Third::Form(&[Text, Email], "pay")),
    ladder("building", "SV04", Document, Third::Form(&[Text, Email, Address, Message, File], "apply")),
    ladder("business", "SV05", Document, Third::Form(&[Text, Email, Address, Message, File], "apply")),
    ladder("certificates", "SV06", Document, Third::Form(&[Text, Email, Address, Select], "apply")),
    ladder("appointments", "SV08", Mail, Third::Form(&[Select, Date, Text, Email], "book")),
    ladder("report", "SV09", Mail, Third::Form(&[Address, Message, File, Email], "send")),
    ladder("complaints", "SV10", Either, Third::Form(&[Text, Email, Message], "send")),
    ladder("tenders", "SV11", Document, Third::Find),
    ladder("property", "SV12", Document, Third::Find),
    ladder("foi", "SV13", Either, Third::Form(&[Text, Email, Message], "send")),
    ladder("childcare", "SV15", Document, Third::Form(&[Text, Email, Date], "apply")),
    ladder("transport", "SV16", Document, Third::Form(&[Text, Email, Address], "pay")),
    ladder("waste", "SV17", Document, Third::Find),
    ladder("bookings", "SV18", Either, Third::Form(&[Select, Date, Text, Email], "book")),
    ladder("consultations", "EN07", Document, Third::Form(&[Text, Email, Message], "send")),
    ladder("pbudget", "EN10", Document, Third::Form(&[Text, Email, Message], "support")),
    ladder("petitions", "EN11", Document, Third::Form(&[Text, Email, Message], "send")),
    ladder("volunteering", "EN19", Either, Third::Find),
    ladder("status", "SV07", Document, Third::Find),
];

/// The section of each subject; what is not here is a legal page, or belongs to none.
const PLACES: [(&str, usize); 54] = [
    ("s_city", 0),
    ("s_council", 1),
    ("s_services", 2),
    ("s_living", 3),
    ("s_engage", 4),
    ("contact", 0),
    ("directory", 0),
    ("dept", 0),
    ("jobs", 0),
    ("tenders", 0),
    ("budget", 0),
    ("spending", 0),
    ("performance", 0),
    ("strategy", 0),
    ("goal", 0),
    ("opendata", 0),
    ("maps", 0),
    ("filler", 0),
    ("minutes", 1),
    ("officials", 1),
    ("member", 1),
    ("mayor", 1),
    ("ordinances", 1),
    ("video", 1),
    ("meetings", 1),
    ("water", 2),
    ("tax", 2),
    ("fines", 2),
    ("building", 2),
    ("business", 2),
    ("certificates", 2),
    ("status", 2),
    ("appointments", 2),
    ("property", 2),
    ("foi", 2),
    ("bookings", 2),
    ("faq", 2),
    ("account", 2),
    ("complaints", 2),
    ("childcare", 3),
    ("transport", 3),
    ("waste", 3),
    ("emergency", 3),
    ("events", 3),
    ("report", 3),
    ("volunteering", 3),
    ("district", 3),
    ("residents", 3),
    ("firms", 3),
    ("guests", 3),
    ("alerts", 3),
    ("eid", 2),
    ("easy", 3),
    ("ai", 0),
];

const TALK: [&str; 14] = [
    "feedback",
    "newsletter",
    "netiquette",
    "consultations",
    "results",
    "ideas",
    "pbudget",
    "petitions",
    "forum",
    "polls",
    "satisfaction",
    "chat",
    "thread",
    "welcome",
];

/// Index into [`SECTIONS`] for a subject or one of its parts (`member-3`).
pub fn section_of(key: &str) -> Option<usize> {
    let head = key.split('-').next().unwrap_or(key);
    let placed = PLACES.iter().find(|(name, _)| *name == head).map(|(_, at)| *at);
    placed.or_else(|| TALK.contains(&head).then_some(4))
}
