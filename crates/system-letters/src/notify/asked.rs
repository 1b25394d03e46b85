//! The body of a request, read field by field; what is wrong is said in the words of this interface.

use axum::body::Bytes;
use kernel_language::{Lang, Language};
use serde_json::{Map, Value as Json};

use super::refusal::Refusal;
use crate::template::Values;

pub struct Asked(Map<String, Json>);

impl Asked {
    pub fn read(body: &Bytes) -> Result<Asked, Refusal> {
        match serde_json::from_slice(body) {
            Ok(Json::Object(fields)) => Ok(Asked(fields)),
            Ok(_) => Err(Refusal::invalid("The body is not an object")),
            Err(_) => Err(Refusal::bad("Invalid JSON supplied in POST data")),
        }
    }

    /// Refuses fields that nobody knows here: a misspelt one must not be silently ignored.
    pub fn only(&self, known: &[&str], required: &[&str]) -> Result<(), Refusal> {
        let surplus = self.0.keys().filter(|key| !known.contains(&key.as_str()) && !required.contains(&key.as_str()));
        let surplus = surplus.map(|key| format!("Additional properties are not allowed ({key} was unexpected)"));
        let missing = required.iter().filter(|key| !self.0.contains_key(**key));
        let missing = missing.map(|key| format!("{key} is a required property"));
        let errors: Vec<String> = missing.chain(surplus).collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal::all_invalid(errors)) }
    }

    /// A text; `None` when it is missing or null.
    pub fn text(&self, key: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::invalid(format!("{key} is not of type string"))),
        }
    }

    /// An addition of ours: the language of the letter.
    pub fn language(&self) -> Result<Option<Lang>, Refusal> {
        let Some(code) = self.text("language")? else { return Ok(None) };
        Language::find(code).map(Some).ok_or_else(|| Refusal::invalid(format!("language {code} is not known here")))
    }

    /// What goes into the template's places.
    pub fn personalisation(&self) -> Result<Values, Refusal> {
        let mut values = Values::default();
        let fields = match self.0.get("personalisation") {
            None | Some(Json::Null) => return Ok(values),
            Some(Json::Object(fields)) => fields,
            Some(_) => return Err(Refusal::invalid("personalisation is not of type object")),
        };
        for (name, value) in fields {
            match value {
                Json::Object(parts) if parts.contains_key("file") => {
                    return Err(Refusal::bad(format!(
                        "{name}: sending files by link is not offered here; put the address of a page into the letter"
                    )));
                }
                Json::Object(_) => return Err(Refusal::invalid(format!("personalisation {name} is not a text"))),
                Json::Array(items) => values.set_list(name, items.iter().map(plain).collect()),
                other => values.set(name, plain(other)),
            }
        }
        Ok(values)
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}
