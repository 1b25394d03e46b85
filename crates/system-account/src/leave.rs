//! Leaving: asked for, two weeks to think again, then gone.

use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use kernel_identity::{Contact, Who, keeping, office, residence};
use kernel_letters::{Letter, To};
use kernel_record::{Audit, Job, JobContext, audit, later};
use kernel_store::Tx;
use kernel_web::{Answer, City, FieldErrors, Submitted, Visit, see_other};
use serde_json::{Value as Json, json};

use crate::own::{own, prove_first};
use crate::{data, papers};

/// Days between asking and deleting. Signing in does not take it back, since people sign in to fetch what is theirs: a
/// button does, on my page.
pub const GRACE_DAYS: i64 = 14;

const ERASE: &str = "account.erase";

/// What is typed to confirm: the own address, or the name of who has none.
pub fn sign(who: &Who, contact: &Contact) -> String {
    contact.email.clone().unwrap_or_else(|| who.name.clone())
}

pub async fn ask(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/data") {
        return Ok(first);
    }
    let city = &visit.city;
    let contact = Contact::of(&city.store, &who.account).await?;
    if sent.text("sign").to_lowercase() != sign(who, &contact).to_lowercase() {
        let mut errors = FieldErrors::default();
        errors.add("sign", "account-leave-sign-wrong");
        return data::page(&visit, sent.text("sign"), &errors).await;
    }
    let made = (&*city.clock, &*city.random);
    let at = visit.now().plus_days(GRACE_DAYS);
    let mut tx = city.store.begin().await?;
    if office::is_last_administrator(&mut tx, &who.account).await? {
        let mut errors = FieldErrors::default();
        errors.add("sign", "account-leave-last-administrator");
        return data::page(&visit, sent.text("sign"), &errors).await;
    }
    keeping::leave(&mut tx, &who.account, Some(at)).await?;
    later(&mut tx, ERASE, &json!({ "account": who.account }), at, made.0, made.1).await?;
    let letter = Letter::template(To::Account(who.account.clone()), "account-letter-leaving")
        .with("when", at)
        .with_link("link", "/account/data");
    city.letters.send(&mut tx, &letter, made.0, made.1).await?;
    who.did(&mut tx, "account.leaving", &who.account, json!({ "at": at.rfc3339() }), made).await?;
    tx.commit().await?;
    visit.note("account.leaving", &who.account);
    Ok(see_other("/account/data"))
}

pub async fn stay(visit: Visit) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    keeping::leave(&mut tx, &who.account, None).await?;
    who.did(&mut tx, "account.stayed", &who.account, json!({}), (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other("/account/data?done=stayed"))
}

/// Takes away everything that says who an account was, when its day has come and was not taken back.
pub struct Erase(pub City);

impl Job for Erase {
    fn kind(&self) -> &'static str {
        ERASE
    }

    fn run<'a>(&'a self, payload: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let account = payload.get("account").and_then(Json::as_str);
            let account = account.ok_or_else(|| Error::Fault("a job without an account".into()))?;
            let (city, now) = (&self.0, context.clock.now());
            if keeping::leaving_at(context.store, account).await?.is_none_or(|at| at > now) {
                return Ok(());
            }
            // The other administrators went meanwhile: somebody must stay to make new ones.
            let mut tx = context.store.begin().await?;
            if office::is_last_administrator(&mut tx, account).await? {
                return keep(city, tx, account, context).await;
            }
            drop(tx);
            // Files first: as long as they are there, the rows say so.
            for request in residence::of_account(context.store, account).await? {
                papers::remove(city, &request.papers).await?;
            }
            let mut tx = context.store.begin().await?;
            if !keeping::is_due(&mut tx, account, now).await? {
                return Ok(());
            }
            if office::is_last_administrator(&mut tx, account).await? {
                return keep(city, tx, account, context).await;
            }
            for system in &city.systems {
                (system.erase)(city, &mut tx, account).await?;
            }
            kernel_letters::erase(&mut tx, account).await?;
            keeping::erase(&mut tx, account, &city.secrets, now).await?;
            let entry = Audit { act: "account.erased", who: "clock", subject: account, detail: json!({}) };
            audit(&mut tx, entry, context.clock, context.random).await?;
            tx.commit().await
        })
    }
}

/// Takes the wish to leave back, and says why.
async fn keep(city: &City, mut tx: Tx, account: &str, context: JobContext<'_>) -> Result<()> {
    keeping::leave(&mut tx, account, None).await?;
    let detail = json!({ "why": "last administrator" });
    let entry = Audit { act: "account.stayed", who: "clock", subject: account, detail };
    audit(&mut tx, entry, context.clock, context.random).await?;
    let letter =
        Letter::template(To::Account(account.to_owned()), "account-letter-stays").with_link("link", "/people/roles");
    city.letters.send(&mut tx, &letter, context.clock, context.random).await?;
    tx.commit().await
}
