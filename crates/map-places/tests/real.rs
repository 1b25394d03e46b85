//! On real names: a tenth of Iceland's addresses and place names, when they are there. All of them: `--example figures`.

mod iceland;

use std::error::Error;

use iceland::Chance;
use map_places::{Ask, BatchOptions, Index, Quality};

#[test]
fn real_names_and_addresses_are_found() -> Result<(), Box<dyn Error>> {
    let Some(entries) = iceland::entries(10)? else { return Ok(()) };
    let names: Vec<String> = entries.iter().map(|entry| entry.title()).collect();
    let index = Index::build(entries);
    let mut chance = Chance(2026);
    let mut picked: Vec<&str> = (0..200).map(|_| names[chance.below(names.len())].as_str()).collect();
    for name in &picked {
        let hits = index.ask(&Ask::new(name, 10));
        assert!(hits.first().is_some_and(|hit| hit.name == *name), "{name}: {:?}", hits.first());
    }
    picked.retain(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 4);
    let missed: Vec<(String, &str)> = picked
        .iter()
        .map(|name| (chance.typo(name), *name))
        .filter(|(wrong, name)| !index.ask(&Ask::new(wrong, 10)).iter().any(|hit| hit.name == *name))
        .collect();
    // What is missed has become the beginning of ten other names, or is as near to more than ten.
    assert!(missed.len() * 100 <= picked.len() * 3, "{} of {} missed: {missed:?}", missed.len(), picked.len());
    for text in ["*", "\0", &"a".repeat(10_000), &"borg 1 ".repeat(2000), "🏛", "s", "1", "%%"] {
        assert!(index.ask(&Ask { typing: true, ..Ask::new(text, 10) }).len() <= 10);
    }
    Ok(())
}

#[test]
fn a_table_of_real_addresses_is_located() -> Result<(), Box<dyn Error>> {
    let Some(entries) = iceland::entries(20)? else { return Ok(()) };
    let houses =
        entries.iter().filter(|entry| entry.address.as_ref().is_some_and(|address| !address.number.is_empty()));
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "street", "postcode"])?;
    for house in houses.step_by(41) {
        let postcode = house.address.as_ref().map_or("", |address| address.postcode.as_str());
        table.write_record([&house.id, &format!("{},", house.title()), postcode])?;
    }
    let table = table.into_inner()?;
    let index = Index::build(entries);
    let options = BatchOptions { columns: &["street", "postcode"], delimiter: b',', near: None, may: &|_, _| true };
    let rows: Vec<_> = map_places::Batch::new(&index, &table[..], options)?.collect::<Result<_, _>>()?;
    assert!(rows.len() > 100);
    let right = |row: &&map_places::Row| {
        let located = row.located.as_ref();
        located.is_some_and(|located| {
            located.quality == Quality::Exact && Some(located.hit.id.as_str()) == row.record.get(0)
        })
    };
    let wrong: Vec<_> = rows.iter().filter(|row| !right(row)).collect();
    // Two houses of one street, number and postcode are each other's.
    assert!(wrong.len() * 100 <= rows.len(), "{} of {}: {:?}", wrong.len(), rows.len(), wrong.first());
    Ok(())
}
