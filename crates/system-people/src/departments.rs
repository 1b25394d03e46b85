//! Departments: make, rename, close, and open again.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_identity::department::{self, Names};
use kernel_identity::{Department, Name};
use kernel_ui::{Column, Emphasis, Field, Markup, Row, Table, button, details, form, html, section, table, text_field};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Submitted, Visit, see_other};

use crate::staff::{act, done, page};

const HERE: &str = "/people/departments";

pub async fn list(visit: Visit, asked: Asked) -> Answer {
    let notice = match (asked.text("done"), asked.text("undo")) {
        ("closed", id) if !id.is_empty() => {
            done(&visit, "department-closed", Some((&format!("{HERE}/{id}/open"), html! {})))
        }
        ("made", _) => done(&visit, "department-made", None),
        ("renamed", _) => done(&visit, "department-renamed", None),
        _ => html! {},
    };
    shown(&visit, notice, ("", ""), &FieldErrors::default()).await
}

pub async fn make(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    match names(&sent) {
        Ok(names) => {
            let city = &visit.city;
            let mut tx = city.store.begin().await?;
            department::make(&mut tx, who, &names, (&*city.clock, &*city.random)).await?;
            tx.commit().await?;
            Ok(see_other(&format!("{HERE}?done=made")))
        }
        Err(errors) => shown(&visit, html! {}, (sent.text("en"), sent.text("ko")), &errors).await,
    }
}

pub async fn change(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = department::get(&visit.city.store, &id).await?;
    changing(&visit, &one, (&one.name_en, &one.name_ko), &FieldErrors::default())
}

pub async fn rename(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    match names(&sent) {
        Ok(names) => {
            let mut tx = city.store.begin().await?;
            department::rename(&mut tx, who, &id, &names, (&*city.clock, &*city.random)).await?;
            tx.commit().await?;
            Ok(see_other(&format!("{HERE}?done=renamed")))
        }
        Err(errors) => {
            let one = department::get(&city.store, &id).await?;
            changing(&visit, &one, (sent.text("en"), sent.text("ko")), &errors)
        }
    }
}

pub async fn close(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    if !department::close(&mut tx, who, &id, (&*city.clock, &*city.random)).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "people-department-has-clerks"));
    }
    tx.commit().await?;
    Ok(see_other(&format!("{HERE}?done=closed&undo={id}")))
}

pub async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    department::open(&mut tx, who, &id, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other(HERE))
}

/// What a department shall be called, or what is wrong with it.
fn names(sent: &Submitted) -> Result<Names, FieldErrors> {
    let mut errors = FieldErrors::default();
    let (en, ko) = (Name::parse(sent.text("en")), Name::parse(sent.text("ko")));
    if en.is_none() {
        errors.add("en", "people-department-name-wrong");
    }
    if ko.is_none() {
        errors.add("ko", "people-department-name-wrong");
    }
    en.zip(ko).map(|(en, ko)| Names { en, ko }).ok_or(errors)
}

async fn shown(visit: &Visit, notice: Markup, typed: (&str, &str), errors: &FieldErrors) -> Answer {
    let store = &visit.city.store;
    let (open, closed) = (department::all(store).await?, department::closed(store).await?);
    let row = |one: &Department, last: Markup| {
        let (english, korean) = (html! { (one.name_en) }, html! { span lang="ko" { (one.name_ko) } });
        Row::new(vec![english, korean, html! { (visit.date(one.made_at.date())) }, last])
    };
    let listed = |caption: String, last: &str, rows: Vec<Row>| {
        let keys = ["people-department-en", "people-department-ko", "people-department-since", last];
        table(&Table { caption, columns: keys.map(|key| Column::text(visit.t(key))).to_vec(), rows })
    };
    let change =
        |one: &Department| html! { a href=(format!("{HERE}/{}", one.id)) { (visit.t("people-department-change")) } };
    let open_again = |one: &Department| act(visit, &format!("{HERE}/{}/open", one.id), "people-department-open");
    let count = visit.t_with("people-departments-count", &[("n", open.len().into())]);
    let main = html! {
        (notice)
        (errors.summary(visit))
        (listed(count, "people-department-change", open.iter().map(|one| row(one, change(one))).collect()))
        (section("new", &visit.t("people-department-new"), form(HERE, false, html! {
            (questions(visit, typed, errors))
            (button(&visit.t("people-department-make"), Emphasis::Main))
        })))
        @if !closed.is_empty() {
            (details(&visit.t("people-departments-closed"), listed(visit.t("people-departments-closed"), "people-department-open",
                closed.iter().map(|one| row(one, open_again(one))).collect())))
        }
    };
    Ok(visit.page(page(visit, &visit.t("people-departments"), main).status(errors.status())))
}

fn changing(visit: &Visit, one: &Department, typed: (&str, &str), errors: &FieldErrors) -> Answer {
    let here = format!("{HERE}/{}", one.id);
    let main = html! {
        (errors.summary(visit))
        (form(&format!("{here}/rename"), false, html! {
            (questions(visit, typed, errors))
            (button(&visit.t("people-department-rename"), Emphasis::Main))
        }))
        @if one.closed_at.is_none() { (act(visit, &format!("{here}/close"), "people-department-close")) }
    };
    let page = page(visit, one.name(visit.language.code), main).crumb(visit.t("people-departments"), HERE);
    Ok(visit.page(page.status(errors.status())))
}

fn questions(visit: &Visit, (en, ko): (&str, &str), errors: &FieldErrors) -> Markup {
    let (english, korean) = (visit.t("people-department-en"), visit.t("people-department-ko"));
    let wrong = (errors.message(visit, "en"), errors.message(visit, "ko"));
    let field = |name, label, error, value| {
        text_field(visit, &Field { name, label, error, value, required: true, autocomplete: "off", ..Field::default() })
    };
    html! {
        (field("en", &english, &wrong.0, en))
        (field("ko", &korean, &wrong.1, ko))
    }
}
