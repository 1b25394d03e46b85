//! Who can read a city.

/// Whether somebody reads the city's own language, which stands first: `pt-BR` is read by who reads `pt`.
pub fn reads(reader: &[String], city: &[String]) -> bool {
    let primary = |tag: &String| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    city.first().is_some_and(|own| reader.iter().any(|tag| primary(tag) == primary(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_read_by_who_reads_its_own_language() {
        let tags = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        assert!(reads(&tags("en,pt"), &tags("pt-BR,en")));
        assert!(!reads(&tags("en"), &tags("pt-BR,en")), "a translation is not what residents see");
        assert!(!reads(&tags("en"), &[]));
    }
}
