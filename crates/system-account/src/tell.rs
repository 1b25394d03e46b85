//! Letters about an account to its owner.

use kernel_base::Result;
use kernel_letters::{Letter, To};
use kernel_store::Tx;
use kernel_web::Visit;

/// Something about their account changed. Says what, when and from what device, never more.
pub async fn notice(visit: &Visit, tx: &mut Tx, account: &str, template: &'static str) -> Result<()> {
    let city = &visit.city;
    let letter = Letter::template(To::Account(account.to_owned()), template)
        .with("when", kernel_letters::Value::Moment(visit.now().0))
        .with_link("link", "/account/security");
    city.letters.send(tx, &letter, &*city.clock, &*city.random).await.map(drop)
}
