//! A new layer: for a file to come, or empty, to be drawn in.

use kernel_base::Error;
use kernel_ui::{Choice, Emphasis, Field, Markup, button, form, html, lead, radios, text_field, textarea};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, see_other};
use map_feature::{GeometryKind, Kind, Schema};

use crate::by::By;
use crate::keep::{fresh, make};
use crate::layer::{Wording, is_name};

/// Characters of a title.
const TITLE: usize = 120;
const GEOMETRIES: [(&str, GeometryKind); 3] =
    [("point", GeometryKind::Point), ("line", GeometryKind::Line), ("polygon", GeometryKind::Polygon)];

pub async fn ask(visit: Visit) -> Answer {
    let usual = |field: &str| if field == "begin" { "file".to_owned() } else { String::new() };
    Ok(visit.page(shown(&visit, usual, &FieldErrors::default())))
}

pub async fn send(visit: Visit, sent: Submitted) -> Answer {
    let mut errors = FieldErrors::default();
    let said = |field: &str| sent.text(field).to_owned();
    let titles = [("en", said("title_en")), ("ko", said("title_ko"))];
    if titles.iter().all(|(_, title)| title.is_empty()) || titles.iter().any(|(_, t)| t.chars().count() > TITLE) {
        errors.add("title_en", "map-office-title-wrong");
    }
    if !is_name(sent.text("name")) {
        errors.add("name", "map-office-name-wrong");
    }
    let schema = schema(sent.text("begin"), sent.text("fields"));
    if schema.is_none() {
        errors.add("fields", "map-office-fields-wrong");
    }
    let Some(schema) = schema.filter(|_| errors.is_empty()) else {
        return Ok(visit.page(shown(&visit, said, &errors)));
    };
    let spoken = titles.into_iter().filter(|(_, title)| !title.is_empty());
    let title = Wording(spoken.map(|(language, title)| (language.to_owned(), title)).collect());
    let mut layer = fresh(&visit.city, sent.text("name"), title);
    layer.schema = schema;
    let drawn = !layer.schema.fields.is_empty();
    match make(&visit.city, By::Account(visit.me()?), layer).await {
        Ok(layer) if drawn => Ok(see_other(&format!("/map/office/{}", layer.name))),
        Ok(layer) => Ok(see_other(&format!("/map/office/{}/import", layer.name))),
        Err(Error::Conflict(_)) => {
            errors.add("name", "map-office-name-taken");
            Ok(visit.page(shown(&visit, said, &errors)))
        }
        Err(cause) => Err(cause.into()),
    }
}

/// The schema of a layer that is drawn: a line a field, `name: kind`, or `name: one, two, three` for a choice.
/// None of them for a layer that waits for a file; `None` when it cannot be read.
fn schema(begin: &str, lines: &str) -> Option<Schema> {
    if begin == "file" {
        return Some(Schema::default());
    }
    let (_, geometry) = GEOMETRIES.into_iter().find(|(word, _)| *word == begin)?;
    let fields = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(field).collect::<Option<Vec<_>>>()?;
    (!fields.is_empty()).then_some(Schema { fields, geometry })
}

fn field(line: &str) -> Option<map_feature::Field> {
    let (name, holds) = line.split_once(':').unwrap_or((line, "text"));
    let (name, holds) = (name.trim(), holds.trim());
    let plain = !name.is_empty() && name.chars().count() <= 63 && !name.contains(['"', '\\', '\u{7f}']);
    let kind = serde_json::from_value::<Kind>(holds.into()).ok();
    let choices: Vec<String> = holds.split(',').map(|choice| choice.trim().to_owned()).collect();
    let mut field = map_feature::Field::new(name, kind.unwrap_or(Kind::Text));
    if kind.is_none() {
        if choices.len() < 2 || choices.iter().any(String::is_empty) {
            return None;
        }
        field.choices = choices;
    }
    plain.then_some(field)
}

fn shown(visit: &Visit, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Page {
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("map-office-new-lead")))
        (form("/map/office/new", false, questions(visit, said, errors)))
    };
    Page::new(visit.t("map-office-new"))
        .crumb(visit.t("map-title"), "/map")
        .crumb(visit.t("map-office"), "/map/office")
        .unlisted()
        .status(errors.status())
        .main(main)
}

fn questions(visit: &Visit, said: impl Fn(&str) -> String, errors: &FieldErrors) -> Markup {
    let begins = ["file", "point", "line", "polygon"];
    let begins = begins.map(|word| Choice::new(word, visit.t(&format!("map-office-begin-{word}"))));
    html! {
        (text_field(visit, &Field {
            name: "title_en",
            label: &visit.t("map-office-title-en"),
            error: &errors.message(visit, "title_en"),
            value: &said("title_en"),
            ..Field::default()
        }))
        (text_field(visit, &Field {
            name: "title_ko",
            label: &visit.t("map-office-title-ko"),
            hint: &visit.t("map-office-title-hint"),
            value: &said("title_ko"),
            ..Field::default()
        }))
        (text_field(visit, &Field {
            name: "name",
            label: &visit.t("map-office-name"),
            hint: &visit.t("map-office-name-hint"),
            error: &errors.message(visit, "name"),
            value: &said("name"),
            required: true,
            ..Field::default()
        }))
        (radios(visit, &Field {
            name: "begin",
            label: &visit.t("map-office-begin"),
            value: &said("begin"),
            required: true,
            ..Field::default()
        }, &begins))
        (textarea(visit, &Field {
            name: "fields",
            label: &visit.t("map-office-fields"),
            hint: &visit.t("map-office-fields-hint"),
            error: &errors.message(visit, "fields"),
            value: &said("fields"),
            ..Field::default()
        }, 6))
        (button(&visit.t("map-office-make"), Emphasis::Main))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_a_line_each() {
        let read = schema("point", "name\nheight: number\nkind: oak, pine\n\n").expect("readable");
        let kinds: Vec<_> = read.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
        assert_eq!(kinds, [("name", Kind::Text), ("height", Kind::Number), ("kind", Kind::Text)]);
        assert_eq!(read.fields[2].choices, ["oak", "pine"]);
        for wrong in ["", "height: heavy", ": number", "kind: oak,"] {
            assert_eq!(schema("point", wrong), None, "{wrong}");
        }
        assert_eq!(schema("file", "whatever: heavy"), Some(Schema::default()));
        assert_eq!(schema("cube", "name"), None);
    }
}
