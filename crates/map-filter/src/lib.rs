//! CQL2.
