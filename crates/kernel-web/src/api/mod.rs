//! What all interfaces for programs share.

pub(crate) mod describe;
mod given;
mod part;
mod version;

pub use given::Given;
pub use part::Part;
pub(crate) use version::digest;
pub use version::if_match;
