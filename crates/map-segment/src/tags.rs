//! The attributes in a tile: keys, and values each told once.

use hashbrown::{HashMap, hash_map::EntryRef};
use map_feature::Value;

use crate::{
    Edition, Row,
    column::Column,
    mvt,
    row::{At, RowAccess},
    varint,
};

/// Longer texts, in bytes, stay out of tiles.
const LONGEST: usize = 4_000;
/// What a value has that is not told.
const UNTOLD: u32 = u32::MAX;

pub(crate) struct Tags<'a> {
    fields: Vec<FieldTags<'a>>,
    /// The key of ids that are texts, once one came.
    id: Option<u32>,
    id_field: bool,
    keys: Vec<&'a str>,
    /// The values in the order of their numbers, each a message.
    values: Vec<u8>,
    len: u32,
    told: HashMap<Vec<u8>, u32>,
    message: Vec<u8>,
}

struct FieldTags<'a> {
    field: usize,
    key: u32,
    column: &'a Column,
    /// The number of the value that a column's code stands for.
    told: HashMap<u64, u32>,
}

impl<'a> Tags<'a> {
    pub fn new(edition: &'a Edition, fields: &[usize]) -> Tags<'a> {
        let mut keys = Vec::new();
        let known = fields.iter().filter_map(|&field| {
            let column = edition.column(field)?;
            let name = &edition.schema().fields.get(field)?.name;
            Some((field, name, column))
        });
        let mut tags: Vec<FieldTags<'a>> = Vec::new();
        for (field, name, column) in known {
            if !keys.contains(&name.as_str()) {
                tags.push(FieldTags { field, key: keys.len() as u32, column, told: HashMap::new() });
                keys.push(name.as_str());
            }
        }
        Tags {
            fields: tags,
            id: None,
            id_field: keys.contains(&"id"),
            keys,
            values: Vec::new(),
            len: 0,
            told: HashMap::new(),
            message: Vec::new(),
        }
    }

    /// Writes a feature's pairs of key and value.
    pub fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) {
        let Tags { fields, values, len, told, message, .. } = self;
        for tags in fields {
            let code = match row.at {
                At::Base(row) => tags.column.code(u64::from(row)),
                At::Changed(_) => None,
            };
            let value = match code {
                Some(code) => *tags.told.entry(code).or_insert_with(|| {
                    message.clear();
                    match row.text(tags.field) {
                        Some(text) => text_message(text, message),
                        None => value_message(&row.value(tags.field), message),
                    }
                    put(values, len, message)
                }),
                None => {
                    message.clear();
                    value_message(&row.value(tags.field), message);
                    match told.entry_ref(message.as_slice()) {
                        EntryRef::Occupied(known) => *known.get(),
                        EntryRef::Vacant(room) => *room.insert(put(values, len, message)),
                    }
                }
            };
            if value != UNTOLD {
                varint::write(out, u64::from(tags.key));
                varint::write(out, u64::from(value));
            }
        }
    }

    /// An id that is no number is told as the property `id`, unless a field has this name.
    pub fn write_id(&mut self, id: &str, out: &mut Vec<u8>) {
        if self.id_field || id.len() > LONGEST {
            return;
        }
        let keys = &mut self.keys;
        let key = *self.id.get_or_insert_with(|| {
            keys.push("id");
            keys.len() as u32 - 1
        });
        self.message.clear();
        text_message(id, &mut self.message);
        let value = put(&mut self.values, &mut self.len, &self.message);
        varint::write(out, u64::from(key));
        varint::write(out, u64::from(value));
    }

    /// The fields 3 (keys) and 4 (values) of the layer.
    pub fn finish(&self, out: &mut Vec<u8>) {
        for key in &self.keys {
            mvt::bytes(out, 3, key.as_bytes());
        }
        out.extend_from_slice(&self.values);
    }
}

fn put(values: &mut Vec<u8>, len: &mut u32, message: &[u8]) -> u32 {
    if message.is_empty() {
        return UNTOLD;
    }
    mvt::bytes(values, 4, message);
    *len += 1;
    *len - 1
}

fn text_message(text: &str, out: &mut Vec<u8>) {
    if text.len() <= LONGEST {
        mvt::bytes(out, 1, text.as_bytes());
    }
}

/// Days and moments are texts as in GeoJSON. Nothing for what a tile does not tell.
fn value_message(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => {}
        Value::Boolean(yes) => mvt::number(out, 7, u64::from(*yes)),
        Value::Integer(number) => match u64::try_from(*number) {
            Ok(number) => mvt::number(out, 4, number),
            Err(_) => mvt::number(out, 6, ((number << 1) ^ (number >> 63)) as u64),
        },
        Value::Number(number) => mvt::double(out, 3, *number),
        Value::Text(text) => text_message(text, out),
        Value::Date(_) | Value::Instant(_) => text_message(&value.to_string(), out),
    }
}
