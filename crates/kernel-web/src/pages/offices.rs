use kernel_language::Lang;
use kernel_search::SearchDocument;
use kernel_ui::{Card, Markup, cards, html, lead, section, summary_list};

use crate::{Answer, City, District, Office, Page, Visit};

/// Where the city's offices are and when they are open.
pub(crate) async fn show(visit: Visit) -> Answer {
    let districts = &visit.city.profile.districts;
    let main = html! {
        (lead(&visit.t("offices-lead")))
        @if districts.is_empty() { p { (visit.t("offices-none")) } }
        @for (number, district) in districts.iter().enumerate() {
            (section(&format!("district-{}", number + 1), district.name.in_language(visit.language), one_district(&visit, district)))
        }
    };
    let page = Page::new(visit.t("menu-offices")).description(visit.t("offices-lead")).main(main);
    Ok(visit.page(page))
}

fn one_district(visit: &Visit, district: &District) -> Markup {
    let offices: Vec<Card> = district
        .offices
        .iter()
        .map(|office| Card { title: visit.t(office.kind), href: String::new(), body: one_office(visit, office) })
        .collect();
    html! {
        p { (visit.t_with("offices-residents", &[("n", district.residents.into())])) }
        (cards(&offices))
    }
}

fn one_office(visit: &Visit, office: &Office) -> Markup {
    let hours = |span: (u16, u16)| html! { (clock(span.0)) "–" (clock(span.1)) };
    let saturday = match office.saturday {
        Some(span) => hours(span),
        None => html! { (visit.t("offices-closed")) },
    };
    let entry = if office.step_free { "offices-step-free" } else { "offices-steps" };
    summary_list(&[
        (visit.t("offices-address"), html! { (address(visit, office)) }),
        (visit.t("offices-weekdays"), hours(office.weekdays)),
        (visit.t("offices-saturday"), saturday),
        (visit.t("offices-entry"), html! { (visit.t(entry)) }),
    ])
}

/// Street and number in the reader's order.
fn address(visit: &Visit, office: &Office) -> String {
    let street = office.street.in_language(visit.language);
    visit.t_with("offices-street", &[("street", street.into()), ("number", office.number.to_string().into())])
}

/// `09:00`: the 24-hour clock reads the same in every language.
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(super) fn documents(city: &City, language: Lang) -> Vec<SearchDocument> {
    let say = |key: &str| city.words.say(language, key, &[]).text;
    let of_district = |(number, district): (usize, &District)| {
        let kinds: Vec<String> = district.offices.iter().map(|office| say(office.kind)).collect();
        SearchDocument {
            href: format!("/offices#district-{}", number + 1),
            title: district.name.in_language(language).to_owned(),
            text: format!("{}. {}", say("menu-offices"), kinds.join(", ")),
            kind: "search-kind-office",
            date: None,
        }
    };
    city.profile.districts.iter().enumerate().map(of_district).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_written_on_the_24_hour_clock() {
        assert_eq!(clock(9 * 60), "09:00");
        assert_eq!(clock(17 * 60 + 30), "17:30");
    }
}
