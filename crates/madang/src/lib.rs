//! The list of systems, for the program and for the tests of the whole product.

mod systems;

pub use systems::SYSTEMS;
