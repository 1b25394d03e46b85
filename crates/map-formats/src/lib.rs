//! Files of geodata.
