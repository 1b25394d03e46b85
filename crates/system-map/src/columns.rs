//! What registers call the fields that name or address a thing.

use std::sync::LazyLock;

use serde::Deserialize;

/// The names of each kind of field, the surest first.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    pub name: Vec<String>,
    pub street: Vec<String>,
    pub forms: Vec<String>,
    pub number: Vec<String>,
    pub letter: Vec<String>,
    pub postcode: Vec<String>,
    pub town: Vec<String>,
}

/// The list that this program carries.
pub fn columns() -> &'static Columns {
    static KNOWN: LazyLock<Columns> =
        LazyLock::new(|| toml::from_str(include_str!("../data/columns.toml")).unwrap_or_default());
    &KNOWN
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn the_list_can_be_read() {
        let known = columns();
        assert!(known.name.iter().any(|name| name == "name") && known.street.len() > 3 && !known.town.is_empty());
    }
}
