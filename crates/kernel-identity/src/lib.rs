//! Who somebody is and what they may do: accounts, the ways to prove who one is, sessions, roles and rights.
//!
//! No page and no HTTP here; `kernel-web` asks who a request comes from, and the systems' pages do the rest.
//! Secrets are kept as hashes (sessions, tokens, codes, passwords) or sealed; a copy of the database opens nothing.

pub mod access;
pub mod account;
pub mod acting;
pub mod ceremony;
pub mod code;
pub mod delegation;
pub mod department;
pub mod factor;
pub mod federated;
pub mod guest;
pub mod keeping;
pub mod office;
pub mod oidc;
pub mod papers;
pub mod passkey;
mod password;
pub mod recovery;
pub mod residence;
mod role;
pub mod session;
pub mod token;
pub mod totp;
mod who;

use kernel_store::Migrations;

pub use access::Reason;
pub use account::{Account, Contact, Email, Name, Phone};
pub use department::Department;
pub use factor::Factors;
pub use office::{Given, Objection};
pub use password::{Cost, Passwords, Weakness};
pub use role::{Grant, Permission, Rights, Role, give, grants_of};
pub use session::{Lifetimes, NewSession, Session, Sessions};
pub use token::{NewToken, Token};
pub use who::{Acting, Who};

/// Tables of this crate.
pub const MIGRATIONS: Migrations =
    Migrations { system: "identity", files: &[("0001_identity", include_str!("../migrations/0001_identity.sql"))] };

/// Every statement by module, for the test that prepares them on both engines.
pub const STATEMENTS: &[&[&str]] = &[
    access::STATEMENTS,
    account::STATEMENTS,
    acting::STATEMENTS,
    ceremony::STATEMENTS,
    delegation::STATEMENTS,
    department::STATEMENTS,
    factor::STATEMENTS,
    guest::STATEMENTS,
    keeping::STATEMENTS,
    keeping::ERASE,
    office::STATEMENTS,
    federated::STATEMENTS,
    passkey::STATEMENTS,
    papers::STATEMENTS,
    password::STATEMENTS,
    recovery::STATEMENTS,
    residence::STATEMENTS,
    role::STATEMENTS,
    session::STATEMENTS,
    token::STATEMENTS,
    totp::STATEMENTS,
    who::STATEMENTS,
];
