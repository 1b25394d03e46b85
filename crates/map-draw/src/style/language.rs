use serde_json::{Value as Json, json};

/// The style with the names in a language: where a label shows `name`, it shows `name:ko` or `name_ko` before it. The
/// language is a tag like `ko` or `zh-Hant`; anything else leaves the style as it is.
pub fn in_language(style: &Json, language: &str) -> Json {
    let mut style = style.clone();
    let good = !language.is_empty() && language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if good && let Some(layers) = style.get_mut("layers").and_then(Json::as_array_mut) {
        for layer in layers {
            if let Some(field) = layer.pointer_mut("/layout/text-field") {
                let plain = json!(["get", "name"]);
                if *field == "{name}" || *field == plain {
                    *field = name_in(language);
                } else {
                    replace(field, &plain, &name_in(language), 0);
                }
            }
        }
    }
    style
}

/// The name in a language, else the name.
pub fn name_in(language: &str) -> Json {
    json!(["coalesce", ["get", format!("name:{language}")], ["get", format!("name_{language}")], ["get", "name"]])
}

fn replace(json: &mut Json, old: &Json, new: &Json, depth: usize) {
    // A style that was put into a language already.
    let done =
        json.as_array().is_some_and(|list| list.first().is_some_and(|name| name == "coalesce") && list.contains(old));
    if depth > 40 || done {
        return;
    }
    if json == old {
        *json = new.clone();
    } else if let Json::Array(list) = json {
        list.iter_mut().for_each(|part| replace(part, old, new, depth + 1));
    }
}
