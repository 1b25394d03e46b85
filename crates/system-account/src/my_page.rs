//! My page: who I am, what is waiting, what is mine, and where the rest is.

use futures::future::join_all;
use kernel_base::Result;
use kernel_identity::{Account, Contact, Email, Who, account, delegation, keeping, residence};
use kernel_language::Language;
use kernel_ui::{Emphasis, Markup, Tone, alert, button, form, html, lead, link_list, prose, section, summary_list};
use kernel_web::{Answer, Mine, Page, Visit};

use crate::data;

/// Message key (with `-text`) and address of every page about oneself.
const PAGES: [(&str, &str); 8] = [
    ("account-details", "/account/details"),
    ("account-security", "/account/security"),
    ("account-sessions", "/account/sessions"),
    ("account-acting", "/account/acting"),
    ("account-residence", "/account/residence"),
    ("account-letters", "/account/letters"),
    ("account-data", "/account/data"),
    ("account-tokens", "/account/tokens"),
];

pub async fn show(visit: Visit) -> Answer {
    let who = visit.me()?;
    if who.acting.is_some() {
        return for_another(&visit, who).await;
    }
    let account = account::get(&visit.city.store, &who.account).await?;
    let contact = Contact::of(&visit.city.store, &who.account).await?;
    let leaving = keeping::leaving_at(&visit.city.store, &who.account).await?;
    let (mine, work) = (mine(&visit, &who.account).await, work(&visit));
    let waiting = waiting(&visit, who, &contact).await?;
    let main = html! {
        (done(&visit, &["joined", "changed"]))
        @if let Some(at) = leaving { (data::leaving_notice(&visit, at)) }
        (lead(&visit.t_with("account-hello", &[("name", account.name.as_str().into())])))
        (section("waiting", &visit.t("account-waiting"), html! {
            @if waiting.is_empty() { p { (visit.t("account-waiting-nothing")) } } @else { (link_list(&waiting)) }
        }))
        (section("me", &visit.t("account-me"), me(&visit, &account, &contact)))
        @if !work.is_empty() { (section("work", &visit.t("account-work"), link_list(&work))) }
        (section("mine", &visit.t("account-mine"), things(&visit, &mine)))
        (section("more", &visit.t("account-more"), link_list(&pages(&visit))))
    };
    Ok(visit.page(Page::new(visit.t("account-title")).unlisted().main(main)))
}

/// While acting, the page is the other's: their things, and the way back.
async fn for_another(visit: &Visit, who: &Who) -> Answer {
    let name = who.acting.as_ref().map(|acting| acting.name.as_str()).unwrap_or_default();
    let mine = mine(visit, who.subject()).await;
    let main = html! {
        (lead(&visit.t_with("account-for", &[("name", name.into())])))
        (form("/account/acting/stop", false, button(&visit.t("account-acting-stop"), Emphasis::Main)))
        (section("mine", &visit.t("account-for-mine"), things(visit, &mine)))
        p { a href="/account/acting" { (visit.t("account-acting")) } }
    };
    Ok(visit.page(Page::new(visit.t("account-for-title")).unlisted().main(main)))
}

fn me(visit: &Visit, account: &Account, contact: &Contact) -> Markup {
    let none = || visit.t("account-none");
    let language = Language::find(&account.language).map_or(account.language.as_str(), |language| language.name);
    let resident = match account.verified_at {
        Some(at) => visit.t_with("account-resident-since", &[("date", visit.date(at.date()).into())]),
        None => visit.t("account-resident-not"),
    };
    prose(html! {
        (summary_list(&[
            (visit.t("account-name"), html! { (account.name) }),
            (visit.t("account-email"), html! { (contact.email.clone().unwrap_or_else(none)) }),
            (visit.t("account-phone"), html! { (contact.phone.clone().unwrap_or_else(none)) }),
            (visit.t("account-language"), html! { (language) }),
            (visit.t("account-resident"), html! { (resident) }),
        ]))
        p { a href="/account/details" { (visit.t("account-details-change")) } }
    })
}

fn things(visit: &Visit, mine: &[Mine]) -> Markup {
    let links: Vec<_> =
        mine.iter().map(|one| (one.title.clone(), one.href.clone(), visit.date(one.at.date()))).collect();
    prose(html! {
        @if links.is_empty() { p { (visit.t("account-mine-none")) } } @else { (link_list(&links)) }
        p { a href="/follow" { (visit.t("account-mine-join")) } }
    })
}

/// What all systems have of this account, newest first. A system that fails is left out.
async fn mine(visit: &Visit, account: &str) -> Vec<Mine> {
    let asked = join_all(visit.city.systems.iter().map(|system| async move {
        (system.mine)(visit, account).await.unwrap_or_else(|error| {
            tracing::error!(system = system.name, %error, "left out of my page");
            Vec::new()
        })
    }));
    let mut mine: Vec<Mine> = asked.await.into_iter().flatten().collect();
    mine.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.href.cmp(&b.href)));
    mine
}

/// Letters that were not opened, requests that want an answer, a code that should be typed.
async fn waiting(visit: &Visit, who: &Who, contact: &Contact) -> Result<Vec<(String, String, String)>> {
    let (city, now) = (&visit.city, visit.now());
    let mut waiting = Vec::new();
    let mut note = |key: &str, href: &str, n: i64| {
        if n > 0 {
            waiting.push((visit.t_with(key, &[("n", n.into())]), href.to_owned(), String::new()));
        }
    };
    note("account-waiting-letters", "/account/letters", kernel_letters::unread(&city.store, &who.account).await?);
    let address = contact.email.as_deref().and_then(Email::parse);
    let requests = delegation::all_of(&city.store, &who.account, address.as_ref(), &city.secrets).await?;
    let asked = requests.iter().filter(|one| one.is_open(now) && one.asked_by != who.account).count();
    note("account-waiting-requests", "/account/acting", i64::try_from(asked).unwrap_or(i64::MAX));
    let residence = residence::of_account(&city.store, &who.account).await?;
    let open = |state: &str| i64::from(residence.iter().any(|one| one.is_open(now) && one.state == state));
    note("account-waiting-code", "/account/residence", open("printed"));
    note("account-waiting-residence", "/account/residence", open("waiting"));
    Ok(waiting)
}

/// Desks at which this person may work.
fn work(visit: &Visit) -> Vec<(String, String, String)> {
    let desks = visit.city.systems.iter().flat_map(|system| system.desks);
    desks
        .filter(|desk| visit.may(desk.right))
        .map(|desk| (visit.t(desk.key), desk.href.to_owned(), String::new()))
        .collect()
}

fn pages(visit: &Visit) -> Vec<(String, String, String)> {
    PAGES.iter().map(|(key, href)| (visit.t(key), (*href).to_owned(), visit.t(&format!("{key}-text")))).collect()
}

/// What was just done, said once above a page: `?done=…` names a message `account-done-…`.
pub fn done(visit: &Visit, known: &[&str]) -> Markup {
    let asked = visit.query.split('&').find_map(|pair| pair.strip_prefix("done="));
    let word = asked.and_then(|asked| known.iter().find(|word| **word == asked));
    html! { @if let Some(word) = word { (alert(Tone::Success, "", html! { p { (visit.t(&format!("account-done-{word}"))) } })) } }
}
