//! Uploads and what is kept of them. What people send is taken for hostile: its bytes must be what its name says, it is
//! small, shows no place and no device, ends where its format ends, and is handed out only as a download.
//!
//! What these checks cannot see: scripts in PDF files that hide their names behind unusual filters or broken structure,
//! notes inside pictures inside PDF files, steganography, and whatever a configured ClamAV does not know. Documents are
//! therefore only ever downloaded, never shown inside a page of the portal.

mod files;
mod gif;
mod headers;
mod jpeg;
mod kind;
mod name;
mod orientation;
mod pdf;
mod picture;
mod png;
mod refused;
mod scan;
mod webp;

pub use files::{Checked, Files, Kept, Settings};
pub use headers::download;
pub use kind::Kind;
pub use refused::Refused;
