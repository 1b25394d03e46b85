//! Feet of pages: addresses, channels, the legal pages, and faults that the automatic check finds.

use super::Site;
use super::page::{Kind, Page, escaped};
use super::shell::link;

/// Channels of a city, by its name there.
const NETWORKS: [(&str, &str); 4] = [
    ("Facebook", "https://www.facebook.com/"),
    ("YouTube", "https://www.youtube.com/@"),
    ("Instagram", "https://www.instagram.com/"),
    ("X", "https://x.com/"),
];

impl Site {
    pub(super) fn foot(&self, page: &Page) -> String {
        let mut out = String::new();
        let build = super::Build::new(&self.city, page.language, self.today);
        if self.value("CO01") == 1 && !self.city.number.is_multiple_of(3) {
            out.push_str(&format!("<p>{}</p>", escaped(&build.street())));
        }
        if self.value("CO02") == 1 && self.city.number % 4 == 1 {
            out.push_str(&format!("<p>{}: {}</p>", build.say("hours_label"), build.say("hours")));
        }
        let mut links = String::new();
        // PS02: on every page, or on the home page alone.
        if self.value("PS02") == 1 || page.kind == Kind::Home {
            links.extend(self.page_of("privacy", page.language).map(link));
        }
        for key in ["terms", "accessibility", "security", "sitemap", "contact"] {
            links.extend(self.page_of(key, page.language).map(link));
        }
        if !links.is_empty() {
            out.push_str(&format!("<ul>{links}</ul>"));
        }
        out.push_str(&self.channels());
        out.push_str(&self.broken(page));
        out.push_str(&self.faults());
        if self.value("EN18") >= 2 {
            out.push_str("<script src=\"/assets/site.js\" defer></script>");
        }
        if self.encrypted_but_mixed() {
            let host = format!("http://media.{}", self.city.domain());
            out.push_str(&format!("<p><img src=\"{host}/emblem.png\" width=\"20\" height=\"20\" alt=\"\"></p>"));
        }
        out
    }

    fn channels(&self) -> String {
        let count = match self.value("EN05") {
            0 => return "<p><a href=\"https://www.facebook.com/sharer/sharer.php?u=page\">Facebook ↗</a></p>".into(),
            1 => 1,
            _ => 2 + self.city.number % 3,
        };
        let name = self.city.domain().replace(".example", "");
        let all: String = NETWORKS
            .iter()
            .cycle()
            .skip(self.city.number)
            .take(count)
            .map(|(called, at)| format!("<li><a href=\"{at}{name}\">{called}</a></li>"))
            .collect();
        format!("<ul>{all}</ul>")
    }

    /// US18: addresses that are gone, another on each page.
    fn broken(&self, page: &Page) -> String {
        if self.value("US18") == 1 || !matches!(page.kind, Kind::Topic | Kind::Filler | Kind::Section) {
            return String::new();
        }
        let number = crate::draw::named(&page.path) % 17;
        format!("<p><a href=\"/old/archive-{number}\">{} {number}</a></p>", self.today.year() - 3)
    }

    /// CO14: rules of the automatic check that these pages break, beside those that other truths break.
    fn faults(&self) -> String {
        let mut serious = [
            format!("<p class=\"pale\">{}</p>", escaped(&self.name(&self.city.language))),
            "<p><img src=\"/assets/emblem.svg\" width=\"30\" height=\"30\"></p>".to_owned(),
            "<p><button type=\"button\"></button></p>".to_owned(),
            "<p><a href=\"/\"><span></span></a></p>".to_owned(),
            "<ul><p>·</p></ul>".to_owned(),
        ];
        let shift = self.city.number % 3;
        serious.rotate_left(shift);
        let already = usize::from(self.value("US12") == 0) * 2 + usize::from(self.value("US02") == 0);
        let extra = match self.value("CO14") {
            0 => 4,
            1 if already > 2 => 0,
            // What other truths break stands where forms are, which a check of some pages may not meet.
            1 if already > 0 => 1,
            1 => 1 + self.city.number % 2,
            _ => 0,
        };
        let minor = match self.value("CO14") {
            // A role that WAI-ARIA has given up: a minor fault by axe.
            2 => "<div role=\"directory\"><p>·</p></div>",
            _ => "",
        };
        format!("{}{minor}", serious.iter().take(extra).cloned().collect::<String>())
    }

    fn encrypted_but_mixed(&self) -> bool {
        self.city.encrypted() && self.value("PS14") == 0
    }
}
