//! Acting for others: for whom I act, who acts for me, what waits, and what was done in my name.

use kernel_identity::acting::{self, Acted};
use kernel_identity::delegation::{self, Delegation, Kind, Side};
use kernel_identity::{Contact, Email, Who};
use kernel_language::ENGLISH;
use kernel_ui::{
    Card, Column, Emphasis, Markup, Row, Table, button, button_link, cards, form, hidden, html, lead, section,
    summary_list, table,
};
use kernel_web::{Answer, Page, Visit};

use crate::my_page::done;

/// Lines of what others did.
const SHOWN: i64 = 50;

/// The confirmed address by which requests find this person.
pub async fn address(visit: &Visit, who: &Who) -> kernel_base::Result<Option<Email>> {
    let contact = Contact::of(&visit.city.store, &who.account).await?;
    Ok(contact.email.as_deref().and_then(Email::parse))
}

pub async fn show(visit: Visit) -> Answer {
    let who = visit.me()?;
    let main = match &who.acting {
        Some(acting) => meanwhile(&visit, who, &acting.name).await?,
        None => both_sides(&visit, who).await?,
    };
    Ok(visit
        .page(Page::new(visit.t("account-acting")).crumb(visit.t("account-title"), "/account").unlisted().main(main)))
}

async fn both_sides(visit: &Visit, who: &Who) -> kernel_base::Result<Markup> {
    let (city, now, me) = (&visit.city, visit.now(), who.account.as_str());
    let address = address(visit, who).await?;
    let all = delegation::all_of(&city.store, me, address.as_ref(), &city.secrets).await?;
    let active = |side: Side| all.iter().filter(move |one| one.is_active(now) && one.side_of(me) == side);
    let waiting: Vec<_> = all.iter().filter(|one| one.is_open(now)).collect();
    let (asked, mine): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.asked_by != me);
    let mut requests = Vec::new();
    for one in asked {
        requests.push(request(visit, one).await?);
    }
    let for_others: Vec<_> = active(Side::Agent)
        .map(|one| standing(visit, one, &one.principal_name, Buttons { begin: true, end: true }))
        .collect();
    let for_me: Vec<_> = active(Side::Principal)
        .map(|one| standing(visit, one, &one.agent_name, Buttons { begin: false, end: true }))
        .collect();
    let open = mine.into_iter().map(|one| own_request(visit, one)).collect::<kernel_base::Result<Vec<_>>>()?;
    let acted = acting::acted_for(&city.store, me, SHOWN).await?;
    Ok(html! {
        (done(visit, &["asked", "agreed", "refused", "ended", "founded", "stopped"]))
        (lead(&visit.t("account-acting-lead")))
        p {
            (button_link(&visit.t("account-acting-ask"), "/account/acting/ask", Emphasis::Main)) " "
            (button_link(&visit.t("account-organisation"), "/account/acting/organisation", Emphasis::Quiet))
        }
        @if !requests.is_empty() { (section("requests", &visit.t("account-acting-requests"), cards(&requests))) }
        (list(visit, "agent", &for_others))
        (list(visit, "principal", &for_me))
        @if !open.is_empty() { (section("open", &visit.t("account-acting-open"), cards(&open))) }
        (section("done", &visit.t("account-acted"), done_for(visit, &acted)))
    })
}

/// While acting: for whom, and the way back. For an organisation also who else acts for it.
async fn meanwhile(visit: &Visit, who: &Who, name: &str) -> kernel_base::Result<Markup> {
    let (city, now, principal) = (&visit.city, visit.now(), who.subject());
    let all = delegation::all_of(&city.store, principal, None, &city.secrets).await?;
    let company = who.acting.as_ref().is_some_and(|acting| acting.kind == Kind::Company.word());
    let first = delegation::first_of(&city.store, principal, now).await?;
    let leads = first.as_deref() == Some(&who.account);
    let active = all.iter().filter(|one| one.is_active(now) && one.side_of(principal) == Side::Principal);
    let ends = |one: &Delegation| leads || one.agent.as_deref() == Some(&who.account);
    let representatives: Vec<_> =
        active.map(|one| standing(visit, one, &one.agent_name, Buttons { begin: false, end: ends(one) })).collect();
    let open = all.iter().filter(|one| one.is_open(now) && (leads || one.asked_by == who.account));
    let open = open.map(|one| own_request(visit, one));
    let open = open.collect::<kernel_base::Result<Vec<_>>>()?;
    Ok(html! {
        (done(visit, &["asked", "ended"]))
        (lead(&visit.t_with("account-for", &[("name", name.into())])))
        (form("/account/acting/stop", false, button(&visit.t("account-acting-stop"), Emphasis::Main)))
        @if company {
            p { (visit.t("account-acting-first")) }
            (list(visit, "representatives", &representatives))
            @if !open.is_empty() { (section("open", &visit.t("account-acting-open"), cards(&open))) }
            @if leads { p { (button_link(&visit.t("account-acting-invite"), "/account/acting/ask", Emphasis::Second)) } }
        }
    })
}

fn list(visit: &Visit, side: &str, shown: &[Card]) -> Markup {
    section(
        side,
        &visit.t(&format!("account-acting-{side}")),
        html! { @if shown.is_empty() { p { (visit.t("account-acting-nobody")) } } @else { (cards(shown)) } },
    )
}

/// What this reader may do with a delegation that holds.
struct Buttons {
    begin: bool,
    end: bool,
}

/// A delegation that holds: what it is, until when, and its buttons.
fn standing(visit: &Visit, one: &Delegation, other: &str, buttons: Buttons) -> Card {
    let facts = [
        (visit.t("account-acting-kind"), html! { (visit.t(&format!("account-kind-{}", one.kind.word()))) }),
        (visit.t("account-acting-until"), html! { (visit.moment(one.ends_at)) }),
        (visit.t("account-acting-note"), html! { (one.note) }),
    ];
    let shown = if one.note.is_empty() { &facts[..2] } else { &facts[..] };
    let body = html! {
        (summary_list(shown))
        @if buttons.begin { (act(visit, "begin", &one.id, "account-acting-begin", Emphasis::Second)) }
        @if buttons.end { (act(visit, "end", &one.id, "account-acting-end", Emphasis::Quiet)) }
    };
    let title = if other.is_empty() { visit.t("account-somebody-gone") } else { other.to_owned() };
    Card { title, href: String::new(), body }
}

/// Somebody asked this reader; their address stands beside the name, since names are easily made up.
async fn request(visit: &Visit, one: &Delegation) -> kernel_base::Result<Card> {
    let store = &visit.city.store;
    let asker = kernel_identity::account::get(store, &one.asked_by).await?;
    let contact = Contact::of(store, &one.asked_by).await?;
    // Whose side is open is what is asked of the reader.
    let (wish, other) = match (one.principal.is_none(), one.kind) {
        (true, _) => ("account-wish-act-for-you", asker.name.as_str()),
        (false, Kind::Company) => ("account-wish-represent", one.principal_name.as_str()),
        (false, _) => ("account-wish-be-acted-for", asker.name.as_str()),
    };
    let body = html! {
        p { (visit.t_with(wish, &[("name", other.into())])) }
        (summary_list(&[
            (visit.t("account-acting-asker"), html! { (asker.name) @if let Some(email) = &contact.email { " (" (email) ")" } }),
            (visit.t("account-acting-until"), html! { (visit.date(one.ends_at.date())) }),
            (visit.t("account-acting-note"), html! { (if one.note.is_empty() { visit.t("account-none") } else { one.note.clone() }) }),
        ]))
        p { (visit.t("account-acting-means")) }
        (act(visit, "agree", &one.id, "account-acting-agree", Emphasis::Second))
        (act(visit, "refuse", &one.id, "account-acting-refuse", Emphasis::Quiet))
    };
    Ok(Card { title: asker.name.clone(), href: String::new(), body })
}

fn own_request(visit: &Visit, one: &Delegation) -> kernel_base::Result<Card> {
    let wish = if one.principal.is_none() { "account-open-act" } else { "account-open-invite" };
    let body = html! {
        p { (visit.t(wish)) }
        (act(visit, "end", &one.id, "account-acting-take-back", Emphasis::Quiet))
    };
    Ok(Card { title: one.asked_address(&visit.city.secrets)?, href: String::new(), body })
}

fn act(visit: &Visit, act: &str, id: &str, label: &str, emphasis: Emphasis) -> Markup {
    let body = html! { (hidden("id", id)) (button(&visit.t(label), emphasis)) };
    form(&format!("/account/acting/{act}"), false, body)
}

fn done_for(visit: &Visit, acted: &[Acted]) -> Markup {
    if acted.is_empty() {
        return html! { p { (visit.t("account-acted-none")) } };
    }
    let row = |one: &Acted| {
        let name = if one.agent_name.is_empty() { visit.t("account-somebody-gone") } else { one.agent_name.clone() };
        Row::new(vec![html! { (visit.moment(one.at)) }, html! { (name) }, html! { (act_in_words(visit, &one.act)) }])
    };
    table(&Table {
        caption: visit.t("account-acted-caption"),
        columns: ["when", "who", "what"].map(|key| Column::text(visit.t(&format!("account-acted-{key}")))).to_vec(),
        rows: acted.iter().map(row).collect(),
    })
}

/// An act as the system that has it words it (`survey-act-scorecard-kept`), else its own word.
fn act_in_words(visit: &Visit, act: &str) -> Markup {
    let city = &visit.city;
    let keys = city.systems.iter().map(|system| format!("{}-act-{}", system.name, act.replace('.', "-")));
    let known = keys.into_iter().find(|key| city.words.has(ENGLISH, key));
    html! { @match known { Some(key) => (visit.t(&key)), None => code { (act) } } }
}
