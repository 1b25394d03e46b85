//! The account of somebody whom a provider knows: the linked one, the one of the same person, else a new one.

use kernel_base::{Error, Result};
use kernel_identity::federated::{self, Somebody};
use kernel_identity::oidc::{Identity, Provider};
use kernel_identity::{Account, Contact, Email, Name, account, residence};
use kernel_store::Tx;
use kernel_web::Visit;

use super::note;

pub enum Found {
    Account(Account),
    /// The mail address belongs to an account. Whether that is the same person, only its owner can say.
    AddressTaken,
}

pub async fn find(
    visit: &Visit,
    tx: &mut Tx,
    provider: &Provider,
    identity: &Identity,
    linked: Option<String>,
) -> Result<Found> {
    let somebody = Somebody { issuer: &identity.issuer, subject: &identity.subject };
    if let Some(id) = linked {
        federated::used(tx, somebody, &identity.assurance, visit.now()).await?;
        identify(visit, tx, identity, &id).await?;
        return Ok(Found::Account(account::get_in(tx, &id).await?));
    }
    if let Some(same) = same_person(visit, tx, identity).await? {
        link(visit, tx, provider, identity, &same.id).await?;
        return Ok(Found::Account(same));
    }
    let email = identity.email.as_deref().and_then(Email::parse);
    if let Some(email) = &email
        && account::find_by_email_in(tx, email).await?.is_some()
    {
        return Ok(Found::AddressTaken);
    }
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let told = identity.name.as_deref().and_then(Name::parse);
    let name = told.or_else(|| Name::parse(&visit.t("account-with-nameless")));
    let name = name.ok_or_else(|| Error::Fault("a person without a name has no words".to_owned()))?;
    let id = account::insert(tx, "person", &name, visit.language.code, made).await?;
    if let Some(email) = email {
        Contact::set(tx, id.as_str(), "email", email.as_str(), visit.now()).await?;
    }
    note(visit, tx, "account.made", id.as_str(), &provider.id).await?;
    link(visit, tx, provider, identity, id.as_str()).await?;
    Ok(Found::Account(account::get_in(tx, id.as_str()).await?))
}

/// Links the provider's somebody to the account; false when the account belongs to another person.
pub async fn link(visit: &Visit, tx: &mut Tx, provider: &Provider, identity: &Identity, account: &str) -> Result<bool> {
    if let Some(same) = same_person(visit, tx, identity).await?
        && same.id != account
    {
        return Ok(false);
    }
    let somebody = Somebody { issuer: &identity.issuer, subject: &identity.subject };
    match federated::account_of(tx, somebody).await? {
        Some(_) => federated::used(tx, somebody, &identity.assurance, visit.now()).await?,
        None => {
            let from = (provider.id.as_str(), identity.assurance.as_str());
            federated::link(tx, somebody, account, from, visit.now()).await?;
            note(visit, tx, "link.added", account, &provider.id).await?;
        }
    }
    identify(visit, tx, identity, account).await?;
    Ok(true)
}

/// The account that this person has already, whoever identified them then.
async fn same_person(visit: &Visit, tx: &mut Tx, identity: &Identity) -> Result<Option<Account>> {
    match &identity.person {
        Some(person) => account::of_person(tx, &residence::person_key(&visit.city.secrets, person)).await,
        None => Ok(None),
    }
}

/// Notes that this is a known resident, where the provider says who it is. Who is known stays as they are.
async fn identify(visit: &Visit, tx: &mut Tx, identity: &Identity, id: &str) -> Result<()> {
    let (Some(person), city) = (&identity.person, &visit.city) else { return Ok(()) };
    if account::get_in(tx, id).await?.verified_at.is_some() {
        return Ok(());
    }
    let made = (&*city.clock, &*city.random);
    residence::verified(tx, id, person, "oidc", &city.secrets, made).await.map(drop)
}
