//! The other ways to sign in beside the password.

use kernel_ui::{Markup, html};
use kernel_web::{Failure, Visit};

/// Shown under the form of the sign-in page.
pub async fn others(_visit: &Visit, _back: &str) -> Result<Markup, Failure> {
    Ok(html! {})
}

/// Shown where somebody proves once more who they are.
pub async fn again(_visit: &Visit, _back: &str) -> Result<Markup, Failure> {
    Ok(html! {})
}
