//! Sign-in with other providers (OpenID Connect Core 1.0): authorization code with PKCE, any number of providers at once.

mod flow;
mod identity;
mod known;
mod provider;
#[cfg(test)]
mod tests;
mod token;

pub use flow::{Attempt, Returned, Trouble};
pub use identity::Identity;
pub use known::Providers;
pub use provider::Provider;
