//! Names and addresses.
