//! Maps as pictures.
