//! A strict reader of Mapbox Vector Tiles (specification 2.1): what breaks a rule of it panics.

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    Text(String),
    Number(f64),
    Whole(i64),
    Boolean(bool),
}

#[derive(Debug, Clone)]
pub struct Drawn {
    pub id: Option<u64>,
    pub tags: BTreeMap<String, Tag>,
    /// 1 points, 2 lines, 3 polygons.
    pub kind: u64,
    /// Points of a kind in one path; lines; rings without the closing point, outer ones with positive area.
    pub paths: Vec<Vec<(i64, i64)>>,
}

impl Drawn {
    pub fn name(&self) -> String {
        match (&self.id, self.tags.get("id")) {
            (Some(id), None) => id.to_string(),
            (None, Some(Tag::Text(id))) => id.clone(),
            other => panic!("{other:?} is no id"),
        }
    }
}

struct Message<'a>(&'a [u8]);

enum Part<'a> {
    Number(u64),
    Double(f64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..70).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a number ends early");
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return number;
        }
    }
    panic!("a number is too long")
}

impl<'a> Iterator for Message<'a> {
    type Item = (u64, Part<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let key = varint(&mut self.0);
        let part = match key & 7 {
            0 => Part::Number(varint(&mut self.0)),
            1 => {
                let (eight, rest) = self.0.split_first_chunk::<8>().unwrap();
                self.0 = rest;
                Part::Double(f64::from_le_bytes(*eight))
            }
            2 => {
                let len = varint(&mut self.0) as usize;
                let (bytes, rest) = self.0.split_at(len);
                self.0 = rest;
                Part::Bytes(bytes)
            }
            other => panic!("wire type {other}"),
        };
        Some((key >> 3, part))
    }
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        all.push(varint(&mut bytes));
    }
    all
}

fn value(bytes: &[u8]) -> Tag {
    let mut parts = Message(bytes);
    let (field, part) = parts.next().expect("a value says something");
    assert!(parts.next().is_none(), "a value is one");
    match (field, part) {
        (1, Part::Bytes(text)) => Tag::Text(std::str::from_utf8(text).unwrap().to_owned()),
        (3, Part::Double(number)) => Tag::Number(number),
        (4, Part::Number(number)) => Tag::Whole(number as i64),
        (6, Part::Number(number)) => Tag::Whole((number >> 1) as i64 ^ -((number & 1) as i64)),
        (7, Part::Number(yes)) => Tag::Boolean(yes == 1),
        (field, _) => panic!("value of field {field}"),
    }
}

/// The name of the one layer, and its features. An empty tile has none.
pub fn read(tile: &[u8]) -> (String, Vec<Drawn>) {
    let mut layers = Message(tile);
    let Some((3, Part::Bytes(layer))) = layers.next() else { return (String::new(), Vec::new()) };
    assert!(layers.next().is_none());
    let (mut name, mut keys, mut values, mut features) = (None, Vec::new(), Vec::new(), Vec::new());
    let (mut version, mut extent) = (None, None);
    for (field, part) in Message(layer) {
        match (field, part) {
            (15, Part::Number(number)) => version = Some(number),
            (1, Part::Bytes(text)) => name = Some(std::str::from_utf8(text).unwrap().to_owned()),
            (2, Part::Bytes(bytes)) => features.push(bytes),
            (3, Part::Bytes(text)) => keys.push(std::str::from_utf8(text).unwrap().to_owned()),
            (4, Part::Bytes(bytes)) => values.push(value(bytes)),
            (5, Part::Number(number)) => extent = Some(number),
            (field, _) => panic!("layer's field {field}"),
        }
    }
    assert_eq!((version, extent), (Some(2), Some(4096)));
    assert!(!features.is_empty(), "4.1: a layer has a feature");
    let mut unique = keys.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), keys.len(), "4.1: keys differ");
    let features = features.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect();
    (name.expect("4.1: a layer has a name"), features)
}

fn feature(bytes: &[u8], keys: &[String], values: &[Tag]) -> Drawn {
    let (mut id, mut tags, mut kind, mut paths) = (None, BTreeMap::new(), 0, Vec::new());
    let mut geometry = &[][..];
    for (field, part) in Message(bytes) {
        match (field, part) {
            (1, Part::Number(number)) => id = Some(number),
            (2, Part::Bytes(bytes)) => {
                let pairs = numbers(bytes);
                assert_eq!(pairs.len() % 2, 0, "4.4: tags are pairs");
                for pair in pairs.chunks(2) {
                    let before = tags.insert(keys[pair[0] as usize].clone(), values[pair[1] as usize].clone());
                    assert!(before.is_none(), "4.4: keys differ");
                }
            }
            (3, Part::Number(number)) => kind = number,
            (4, Part::Bytes(bytes)) => geometry = bytes,
            (field, _) => panic!("feature's field {field}"),
        }
    }
    let mut commands = numbers(geometry).into_iter();
    let (mut x, mut y) = (0i64, 0i64);
    while let Some(command) = commands.next() {
        let (what, count) = (command & 7, command >> 3);
        let mut steps = |count: u64| -> Vec<(i64, i64)> {
            let unzigzag = |number: u64| (number >> 1) as i64 ^ -((number & 1) as i64);
            (0..count)
                .map(|_| {
                    x += unzigzag(commands.next().unwrap());
                    y += unzigzag(commands.next().unwrap());
                    (x, y)
                })
                .collect()
        };
        match (kind, what) {
            (1, 1) => {
                assert!(count > 0 && paths.is_empty(), "4.3.4.2: points are one command");
                paths.push(steps(count));
            }
            (2 | 3, 1) => {
                assert_eq!(count, 1, "4.3.4.3, 4.3.4.4: a path starts once");
                paths.push(steps(1));
            }
            (2 | 3, 2) => {
                assert!(count >= if kind == 2 { 1 } else { 2 }, "a path has points");
                let steps = steps(count);
                paths.last_mut().unwrap().extend(steps);
            }
            (3, 7) => assert_eq!(count, 1),
            other => panic!("command {other:?}"),
        }
    }
    assert!(!paths.is_empty(), "4.2: a feature has a geometry");
    for path in paths.iter().filter(|_| kind > 1) {
        assert!(path.windows(2).all(|pair| pair[0] != pair[1]), "4.3.3.2: no step of no length");
    }
    for at in paths.iter().flatten() {
        assert!((-64..=4160).contains(&at.0) && (-64..=4160).contains(&at.1), "{at:?} is beyond the border");
    }
    if kind == 3 {
        let areas: Vec<i64> = paths.iter().map(|ring| area(ring)).collect();
        assert!(areas[0] > 0, "4.3.4.4: the first ring is an outer one");
        assert!(areas.iter().all(|area| *area != 0), "4.3.4.4: rings have an area");
    }
    Drawn { id, tags, kind, paths }
}

/// Twice the area by the surveyor's formula.
pub fn area(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}
