//! The files beside the servers: who the cities are, and what is true of them.

use crate::city::City;

/// `name,slug,country,region,oecd,languages,address,latitude,longitude,contact`; `address` tells where each city answers.
///
/// # Errors
/// When the table cannot be written.
pub fn cities(cities: &[City], address: impl Fn(&City) -> String) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "name",
        "slug",
        "country",
        "region",
        "oecd",
        "languages",
        "address",
        "latitude",
        "longitude",
        "contact",
    ])?;
    for city in cities {
        let languages = match city.value("CO16") {
            0 | 1 => city.language.clone(),
            _ => format!("{},{}", city.language, city.second),
        };
        out.write_record([
            &city.name,
            &city.slug(),
            &city.country,
            &city.region,
            &city.oecd.to_string(),
            &languages,
            &address(city),
            &format!("{:.4}", city.latitude),
            &format!("{:.4}", city.longitude),
            &city.mail("webmaster"),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// `city,criterion,value,state`, cities by their slugs; the value is empty where the criterion is another authority's task.
///
/// # Errors
/// When the table cannot be written.
pub fn truth(cities: &[City]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["city", "criterion", "value", "state"])?;
    for city in cities {
        for (criterion, planted) in city.truth.iter() {
            let value = match planted.state() {
                "not_this_city" => String::new(),
                _ => planted.value().to_string(),
            };
            out.write_record([&city.slug(), criterion, &value, planted.state()])?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
