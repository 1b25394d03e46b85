//! The one way out. Addresses fetched on behalf of others or of the configuration pass [`Dialler`]: private networks are
//! closed unless the operator named the host. [`Client`] speaks HTTP on it.

mod client;
mod guard;
mod trust;

pub use client::{Client, FetchError, Options, Peer};
pub use guard::{DialError, Dialler, Resolve, SystemResolver, is_public};
pub use trust::{TrustError, roots};
