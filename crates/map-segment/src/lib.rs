//! The serving segment of a layer.
