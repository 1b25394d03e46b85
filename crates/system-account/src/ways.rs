//! The other ways to sign in beside the password.

use kernel_ui::{Ceremony, Markup, html};
use kernel_web::{Failure, Visit};

use crate::{passkeys, with};

/// Shown under the form of the sign-in page.
pub async fn others(visit: &Visit, back: &str) -> Result<Markup, Failure> {
    Ok(html! { (passkeys::button(visit, Ceremony::Offer, back)) (with::buttons(visit, back)) })
}

/// Shown where somebody proves once more who they are.
pub async fn again(visit: &Visit, back: &str) -> Result<Markup, Failure> {
    Ok(html! { (passkeys::button(visit, Ceremony::Prove, back)) (with::linked_buttons(visit, back).await?) })
}
