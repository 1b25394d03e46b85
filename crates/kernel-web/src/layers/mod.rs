//! What happens to every request, from the outside in: log, secure, rights, pages, failures, limits, origin, measure, plain, once, again.

pub(crate) mod again;
pub(crate) mod compress;
pub(crate) mod failures;
pub(crate) mod limits;
pub(crate) mod log;
pub(crate) mod measure;
pub(crate) mod once;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod plain;
pub(crate) mod rights;
pub(crate) mod secure;
