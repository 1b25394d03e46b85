use kernel_language::Lang;
use kernel_search::SearchDocument;
use kernel_ui::{html, lead, prose};

use crate::{Answer, City, Failure, Page, Visit};

/// Plain pages: a lead and paragraphs under headings, all from the texts.
struct Leaf {
    key: &'static str,
    href: &'static str,
    /// Message keys `<key>-<part>` (heading) and `<key>-<part>-text`.
    parts: &'static [&'static str],
}

const ABOUT: Leaf =
    Leaf { key: "about", href: "/about", parts: &["fictional", "real", "nobody", "software", "security"] };
const ACCESSIBILITY: Leaf =
    Leaf { key: "accessibility", href: "/accessibility", parts: &["standard", "how", "limits", "tell", "barrier"] };
const PRIVACY: Leaf = Leaf {
    key: "privacy",
    href: "/privacy",
    // In the order of the General Data Protection Regulation, Art. 13.
    parts: &["who", "none", "why", "cookies", "logs", "uploads", "how-long", "others", "rights", "complain", "safe"],
};

const LEAVES: [Leaf; 3] = [ABOUT, ACCESSIBILITY, PRIVACY];

pub(crate) async fn about(visit: Visit) -> Answer {
    if !visit.city.profile.demonstration {
        return Err(Failure::not_found());
    }
    leaf(&visit, &ABOUT)
}

pub(crate) async fn accessibility(visit: Visit) -> Answer {
    leaf(&visit, &ACCESSIBILITY)
}

pub(crate) async fn privacy(visit: Visit) -> Answer {
    leaf(&visit, &PRIVACY)
}

/// Kept by the service worker and shown when there is no connection.
pub(crate) async fn offline(visit: Visit) -> Answer {
    let main = html! { (lead(&visit.t("offline-lead"))) p { a href="/" { (visit.t("failure-home")) } } };
    Ok(visit.page(Page::new(visit.t("offline-title")).unlisted().main(main)))
}

fn leaf(visit: &Visit, leaf: &Leaf) -> Answer {
    let key = |part: &str| format!("{}-{part}", leaf.key);
    let lead_text = visit.t(&key("lead"));
    let main = html! {
        (lead(&lead_text))
        (prose(html! {
            @for part in leaf.parts {
                h2 { (visit.t(&key(part))) }
                p { (visit.t(&key(&format!("{part}-text")))) }
            }
        }))
    };
    Ok(visit.page(Page::new(visit.t(&key("title"))).description(lead_text).main(main)))
}

pub(super) fn documents(city: &City, language: Lang) -> Vec<SearchDocument> {
    let say = |key: String| city.words.say(language, &key, &[]).text;
    let one = |leaf: &Leaf| {
        let parts = leaf.parts.iter().map(|part| {
            format!("{}. {}", say(format!("{}-{part}", leaf.key)), say(format!("{}-{part}-text", leaf.key)))
        });
        SearchDocument {
            href: leaf.href.to_owned(),
            title: say(format!("{}-title", leaf.key)),
            text: [say(format!("{}-lead", leaf.key))].into_iter().chain(parts).collect::<Vec<_>>().join(" "),
            kind: "search-kind-page",
            date: None,
        }
    };
    LEAVES.iter().filter(|leaf| city.profile.demonstration || leaf.key != "about").map(one).collect()
}
