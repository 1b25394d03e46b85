//! Who has which role; giving and taking one.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_identity::{Department, Given, Objection, Role, department, office};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, button, form, hidden, html, section, select, table, tag,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Submitted, Visit, see_other};

use crate::find::{found, who_field};
use crate::staff::{act, done, notice, page, prove_first};

const HERE: &str = "/people/roles";

/// The form as it was sent.
#[derive(Default)]
struct Typed<'a> {
    who: &'a str,
    role: &'a str,
    department: &'a str,
}

pub async fn list(visit: Visit, asked: Asked) -> Answer {
    let [account, role, department] = ["account", "role", "department"].map(|key| asked.text(key));
    let notice = match asked.text("done") {
        "given" => done(&visit, "role-given", None),
        "taken" => {
            let again = html! { (hidden("who", account)) (hidden("role", role)) (hidden("department", department)) };
            done(&visit, "role-taken", Some((HERE, again)))
        }
        _ => html! {},
    };
    shown(&visit, notice, &Typed::default(), &FieldErrors::default()).await
}

pub async fn give(visit: Visit, sent: Submitted) -> Answer {
    if let Some(first) = prove_first(&visit, HERE) {
        return Ok(first);
    }
    let typed = Typed { who: sent.text("who"), role: sent.text("role"), department: sent.text("department") };
    let mut errors = FieldErrors::default();
    let account = found(&visit, typed.who).await?;
    if account.is_none() {
        errors.add("who", "people-who-wrong");
    }
    let role = Role::parse(typed.role).filter(|role| role.is_staff());
    if role.is_none() {
        errors.add("role", "people-role-wrong");
    }
    let (Some(account), Some(role)) = (account, role) else {
        return shown(&visit, html! {}, &typed, &errors).await;
    };
    let department = Some(typed.department).filter(|id| !id.is_empty());
    match appoint(&visit, &account.id, role, department).await? {
        Ok(_) => Ok(see_other(&format!("{HERE}?done=given"))),
        Err(objection) => {
            let (field, key) = said(objection);
            errors.add(field, key);
            shown(&visit, html! {}, &typed, &errors).await
        }
    }
}

/// Gives the role and writes to the person.
pub async fn appoint(
    visit: &Visit,
    account: &str,
    role: Role,
    department: Option<&str>,
) -> Result<Result<String, Objection>, Failure> {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let given = office::appoint(&mut tx, who, account, role, department, (&*city.clock, &*city.random)).await?;
    if given.is_ok() {
        notice(visit, &mut tx, account, "people-letter-role-given", role.word()).await?;
        tx.commit().await?;
        visit.note("role.given", account);
    }
    Ok(given)
}

/// Takes the role and writes to the person.
pub async fn dismiss(visit: &Visit, grant: &str) -> Result<Result<office::Taken, Objection>, Failure> {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let taken = office::dismiss(&mut tx, who, grant, (&*city.clock, &*city.random)).await?;
    if let Ok(taken) = &taken {
        notice(visit, &mut tx, &taken.account, "people-letter-role-taken", taken.role.word()).await?;
        tx.commit().await?;
        visit.note("role.taken", &taken.account);
    }
    Ok(taken)
}

pub async fn take(visit: Visit, Path(grant): Path<String>) -> Answer {
    if let Some(first) = prove_first(&visit, HERE) {
        return Ok(first);
    }
    match dismiss(&visit, &grant).await? {
        Ok(taken) => {
            let department = taken.department.unwrap_or_default();
            let undo = format!("account={}&role={}&department={department}", taken.account, taken.role.word());
            Ok(see_other(&format!("{HERE}?done=taken&{undo}")))
        }
        Err(Objection::LastAdministrator) => Err(Failure::said(StatusCode::CONFLICT, "people-last-administrator")),
        Err(_) => Err(Failure::said(StatusCode::CONFLICT, "people-oneself")),
    }
}

/// The field that an objection is about, and its words.
fn said(objection: Objection) -> (&'static str, &'static str) {
    match objection {
        Objection::Oneself => ("who", "people-role-oneself"),
        Objection::NotActive | Objection::LastAdministrator => ("who", "people-role-not-active"),
        Objection::Department => ("department", "people-role-department-wrong"),
        Objection::Already => ("role", "people-role-already"),
        Objection::Resident => ("role", "people-role-wrong"),
    }
}

async fn shown(visit: &Visit, notice: Markup, typed: &Typed<'_>, errors: &FieldErrors) -> Answer {
    let store = &visit.city.store;
    let given = office::part(store, "", i64::from(u16::MAX)).await?;
    let departments = department::all(store).await?;
    let main = html! {
        (notice)
        (errors.summary(visit))
        (who_has_which(visit, &given))
        (section("give", &visit.t("people-role-give"), questions(visit, &departments, typed, errors)))
    };
    Ok(visit.page(page(visit, &visit.t("people-roles"), main).status(errors.status())))
}

fn who_has_which(visit: &Visit, given: &[Given]) -> Markup {
    let row = |one: &Given| {
        let department = one.department.as_ref().map(|(_, en, ko)| if visit.language.code == "ko" { ko } else { en });
        Row::new(vec![
            html! { a href=(format!("/people/{}", one.account)) { (one.name) } @if one.state != "active" { " " (tag(Tone::Warning, &visit.t("people-state-blocked"))) } },
            html! { (visit.t(&format!("people-role-{}", one.role.word()))) },
            html! { (department.map(String::as_str).unwrap_or_default()) },
            html! { (visit.date(one.given_at.date())) },
            act(visit, &format!("{HERE}/{}/take", one.id), "people-role-take"),
        ])
    };
    table(&Table {
        caption: visit.t_with("people-roles-count", &[("n", given.len().into())]),
        columns: ["people-name", "people-role", "people-department", "people-since", "people-role-take"]
            .map(|key| Column::text(visit.t(key)))
            .to_vec(),
        rows: given.iter().map(row).collect(),
    })
}

fn questions(visit: &Visit, departments: &[Department], typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let choice = |role: &Role| Choice::new(role.word(), visit.t(&format!("people-role-{}", role.word())));
    let roles: Vec<Choice> = Role::ALL.iter().filter(|role| role.is_staff()).map(choice).collect();
    let none = Choice::new("", visit.t("people-role-no-department"));
    let departments = departments.iter().map(|one| Choice::new(&*one.id, one.name(visit.language.code)));
    let departments: Vec<Choice> = [none].into_iter().chain(departments).collect();
    let (role, department) = (visit.t("people-role"), visit.t("people-department"));
    let hint = visit.t("people-role-department-hint");
    let wrong = (errors.message(visit, "role"), errors.message(visit, "department"));
    form(
        HERE,
        false,
        html! {
            (who_field(visit, typed.who, errors))
            (select(visit, &Field { name: "role", label: &role, error: &wrong.0, value: typed.role, required: true, ..Field::default() }, &roles))
            (select(visit, &Field { name: "department", label: &department, hint: &hint, error: &wrong.1, value: typed.department, ..Field::default() }, &departments))
            (button(&visit.t("people-role-give-button"), Emphasis::Main))
        },
    )
}
