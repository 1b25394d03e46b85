//! Signing in with another provider: there and back, and linking it to an account.

mod account;
mod arrive;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel_base::{Error, Result};
use kernel_identity::ceremony::{self, Begin};
use kernel_identity::code;
use kernel_identity::federated;
use kernel_identity::oidc::{Attempt, Provider, Trouble};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_ui::{Emphasis, Markup, button, button_link, form, hidden, html, lead, section, summary_list};
use kernel_web::{Answer, Asked, Failure, Page, Submitted, Visit, fresh, see_other};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use arrive::back;

use crate::own::{own, prove_first};
use crate::security;

const KIND: &str = "with";
const COOKIE: &str = "with";
/// Time to find one's card and one's PIN there.
const SECONDS: i64 = 600;

/// What somebody went to the provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Purpose {
    SignIn,
    /// Prove it once more, for the account that is signed in.
    Again,
    /// Link the provider to the account that is signed in.
    Link,
}

/// Kept sealed until they are back.
#[derive(Serialize, Deserialize)]
struct Away {
    attempt: Attempt,
    purpose: Purpose,
    /// Who was signed in when it began.
    account: Option<String>,
    back: String,
}

fn provider<'v>(visit: &'v Visit, id: &str) -> std::result::Result<&'v Provider, Failure> {
    visit.city.settings.providers.find(id).ok_or_else(Failure::not_found)
}

/// Off to the provider. A link and no form: browsers stop forms that end at another site. Only a link of our own: nobody
/// is signed in because another site sent them here.
pub async fn leave(visit: Visit, Path(id): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    let back = asked.text("back");
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site") {
        return Ok(see_other(&security::with_back("/sign-in", back)));
    }
    let provider = provider(&visit, &id)?;
    crate::limits::ELSEWHERE.check(&visit, "").await?;
    let purpose = if visit.who().is_some() { Purpose::Again } else { Purpose::SignIn };
    match set_off(&visit, provider, purpose, back).await? {
        Ok((address, cookie)) => {
            let mut response = fresh(see_other(&address));
            visit.keep_short(&mut response, COOKIE, &cookie, SECONDS);
            Ok(response)
        }
        Err(trouble) => Ok(failed(&visit, provider, trouble.key(), back)),
    }
}

/// Begins to link a provider. Another site could not send this form, so nobody links their own name to our reader's
/// account.
pub async fn link(visit: Visit, sent: Submitted) -> Answer {
    own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/security") {
        return Ok(first);
    }
    let provider = provider(&visit, sent.text("provider"))?;
    match set_off(&visit, provider, Purpose::Link, "/account/security").await? {
        Ok((address, cookie)) => {
            let name = provider.name(visit.language.code);
            let main = html! {
                (lead(&visit.t_with("account-link-lead", &[("provider", name.into())])))
                p { (button_link(&visit.t_with("account-link-go", &[("provider", name.into())]), &address, Emphasis::Main)) }
            };
            let mut response = fresh(visit.page(security::page_below(&visit, "account-link").main(main)));
            visit.keep_short(&mut response, COOKIE, &cookie, SECONDS);
            Ok(response)
        }
        Err(trouble) => Ok(failed(&visit, provider, trouble.key(), "")),
    }
}

/// Where to go, and the cookie that knows the way back.
async fn set_off(
    visit: &Visit,
    provider: &Provider,
    purpose: Purpose,
    back: &str,
) -> std::result::Result<std::result::Result<(String, String), Trouble>, Failure> {
    let city = &visit.city;
    let redirect = format!("{}/sign-in/with/{}/back", visit.public_origin()?, provider.id);
    let (now, random) = (visit.now(), &*city.random);
    let place = (redirect.as_str(), visit.language.code);
    let anew = purpose != Purpose::SignIn;
    let begun = city.settings.providers.begin(provider, place, anew, &city.outside, (now, random)).await;
    let (address, attempt) = match begun {
        Ok(begun) => begun,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let account = visit.who().map(|who| who.account.clone());
    let away = Away { attempt, purpose, account, back: back.to_owned() };
    let away = serde_json::to_vec(&away).map_err(Error::fault)?;
    let state = city.secrets.seal(KIND, &away, random)?;
    let secret = code::secret(random);
    let mut tx = city.store.begin().await?;
    let begin = Begin { kind: KIND, account: None, secret: &secret, state, seconds: SECONDS };
    let id = ceremony::begin(&mut tx, begin, &city.secrets, (&*city.clock, random)).await?;
    tx.commit_quietly().await?;
    Ok(Ok((address.into(), format!("{id}.{secret}"))))
}

/// Says plainly that it did not work, and what else there is.
fn failed(visit: &Visit, provider: &Provider, key: &str, back: &str) -> Response {
    let name = provider.name(visit.language.code);
    let place = if visit.who().is_some() { "/account/security" } else { "/sign-in" };
    let main = html! {
        (lead(&visit.t_with(&format!("{key}-advice"), &[("provider", name.into())])))
        p { (button_link(&visit.t("account-with-other"), &security::with_back(place, back), Emphasis::Main)) }
    };
    let title = visit.t_with(key, &[("provider", name.into())]);
    let page = Page::new(title).status(axum::http::StatusCode::UNPROCESSABLE_ENTITY).unlisted().main(main);
    fresh(visit.page(page))
}

/// A link for each provider.
pub fn buttons(visit: &Visit, back: &str) -> Markup {
    html! { @for provider in visit.city.settings.providers.all() { (way_to(visit, provider, back)) } }
}

/// A link for each provider at which the person who is signed in is known.
pub async fn linked_buttons(visit: &Visit, back: &str) -> std::result::Result<Markup, Failure> {
    let linked = federated::all_of(&visit.city.store, &visit.me()?.account).await?;
    let providers = linked.iter().filter_map(|link| visit.city.settings.providers.find(&link.provider));
    Ok(html! { @for provider in providers { (way_to(visit, provider, back)) } })
}

fn way_to(visit: &Visit, provider: &Provider, back: &str) -> Markup {
    let label = visit.t_with("account-with", &[("provider", provider.name(visit.language.code).into())]);
    let address = security::with_back(&format!("/sign-in/with/{}", provider.id), back);
    html! { p { (button_link(&label, &address, Emphasis::Second)) } }
}

/// Linked and possible providers on the page of all ways; nothing in a city without any.
pub async fn links(visit: &Visit, account: &str) -> Result<Markup> {
    let providers = visit.city.settings.providers.all();
    let linked = federated::all_of(&visit.city.store, account).await?;
    let row = |provider: &Provider| {
        let name = provider.name(visit.language.code).to_owned();
        let value = match linked.iter().find(|link| link.provider == provider.id) {
            Some(link) => html! {
                p { (visit.t_with("account-link-used", &[("when", visit.moment(link.used_at).into())])) }
                (security::removal(visit, "link", &provider.id))
            },
            None => form(
                "/account/security/link",
                false,
                html! {
                    (hidden("provider", &provider.id)) (button(&visit.t("account-link-button"), Emphasis::Quiet))
                },
            ),
        };
        (name, value)
    };
    Ok(html! {
        @if !providers.is_empty() {
            (section("links", &visit.t("account-links"), html! {
                p { (visit.t("account-links-lead")) }
                (summary_list(&providers.iter().map(row).collect::<Vec<_>>()))
            }))
        }
    })
}

/// Ends the links of an account to a provider.
pub async fn unlink(tx: &mut Tx, account: &str, provider: &str) -> Result<()> {
    if federated::unlink(tx, account, provider).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// Notes in the audit trail what came of it.
async fn note(visit: &Visit, tx: &mut Tx, act: &str, account: &str, provider: &str) -> Result<()> {
    let entry = Audit { act, who: account, subject: account, detail: json!({ "provider": provider }) };
    audit(tx, entry, &*visit.city.clock, &*visit.city.random).await.map(drop)
}
