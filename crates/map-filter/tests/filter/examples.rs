//! The standard's own example filters.

use std::{collections::BTreeMap, fs, path::Path};

use map_filter::Expression;

use crate::datasets;

fn read(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn all_are_read_and_come_back() {
    let Some(folder) = datasets::folder("map/cql2_examples") else { return };
    let (texts, jsons) = (read(&folder.join("text")), read(&folder.join("json")));
    assert_eq!((texts.len(), jsons.len()), (120, 109));
    for (name, text) in &texts {
        let read = Expression::from_text(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Expression::from_text(&read.to_text()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.to_text(), read.to_text(), "{name}");
        assert_eq!(Expression::from_json(&read.to_json()).unwrap().to_json(), read.to_json(), "{name}");
    }
    let mut same = 0;
    for (name, json) in &jsons {
        let value = serde_json::from_str(json).unwrap();
        let read = Expression::from_json(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Expression::from_text(&read.to_text()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.to_json(), read.to_json(), "{name}: {}", read.to_text());
        // Both notations of one example say the same.
        if let Some(text) = texts.get(name) {
            assert_eq!(Expression::from_text(text).unwrap().to_json(), read.to_json(), "{name}");
            same += 1;
        }
    }
    assert!(same > 100, "{same}");
}
