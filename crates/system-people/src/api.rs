//! Departments and roles for programs.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use kernel_identity::department::{self, Names};
use kernel_identity::{Department, Email, Given, Name, Objection, Role, account, office};
use kernel_web::{Answer, Failure, Given as Sent, Part, Visit, fresh, if_match};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::roles::{appoint, dismiss};

#[derive(Serialize, ToSchema)]
struct DepartmentOut {
    id: String,
    name: NamesOut,
    /// Closed departments take nobody any more.
    closed: bool,
}

#[derive(Serialize, ToSchema)]
struct NamesOut {
    en: String,
    ko: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "en": "Parks", "ko": "Gongwon-gwa" }))]
pub struct NamesIn {
    #[schema(min_length = 1, max_length = 100)]
    en: String,
    #[schema(min_length = 1, max_length = 100)]
    ko: String,
}

#[derive(Serialize, ToSchema)]
struct RoleOut {
    id: String,
    account: String,
    name: String,
    role: &'static str,
    /// Id of a department, for clerks.
    department: Option<String>,
    /// Account, or `command` for the first administrator.
    given_by: String,
    #[schema(format = DateTime)]
    given_at: String,
}

#[derive(Serialize, ToSchema)]
struct RoleGiven {
    id: String,
}

/// Roles that are given. Whoever has an account is a resident.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoleWord {
    Evaluator,
    Clerk,
    Editor,
    Coordinator,
    Administrator,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Role {
        match word {
            RoleWord::Evaluator => Role::Evaluator,
            RoleWord::Clerk => Role::Clerk,
            RoleWord::Editor => Role::Editor,
            RoleWord::Coordinator => Role::Coordinator,
            RoleWord::Administrator => Role::Administrator,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "kim@city.example", "role": "editor" }))]
pub struct RoleIn {
    /// The account's confirmed e-mail address.
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    role: RoleWord,
    /// Id of an open department; clerks have one, others none.
    department: Option<String>,
}

impl DepartmentOut {
    fn of(department: Department) -> DepartmentOut {
        let name = NamesOut { en: department.name_en, ko: department.name_ko };
        DepartmentOut { id: department.id, name, closed: department.closed_at.is_some() }
    }
}

impl RoleOut {
    fn of(given: Given) -> RoleOut {
        RoleOut {
            id: given.id,
            account: given.account,
            name: given.name,
            role: given.role.word(),
            department: given.department.map(|(id, _, _)| id),
            given_by: given.given_by,
            given_at: given.given_at.rfc3339(),
        }
    }
}

/// Open departments, in the order in which they were made.
#[utoipa::path(get, path = "/api/v1/departments", tag = "people", params(Part), responses((status = 200, description = "Departments", body = Vec<DepartmentOut>)))]
pub async fn departments(visit: Visit, part: Part) -> Answer {
    let after = part.after.as_deref().unwrap_or_default();
    let found = department::part(&visit.city.store, after, part.most()).await?;
    let rows = found.into_iter().map(DepartmentOut::of).collect();
    Ok(part.answer(&visit, rows, |one: &DepartmentOut| &one.id))
}

/// One department. Its `ETag` is for `If-Match`.
#[utoipa::path(get, path = "/api/v1/departments/{id}", tag = "people", params(("id" = String, Path, description = "`dp_…`")),
    responses((status = 200, description = "The department", body = DepartmentOut), (status = 404, description = "There is none of that name")))]
pub async fn department(visit: Visit, Path(id): Path<String>) -> Answer {
    Ok(Json(DepartmentOut::of(department::get(&visit.city.store, &id).await?)).into_response())
}

/// Makes a department.
#[utoipa::path(post, path = "/api/v1/departments", tag = "people", request_body = NamesIn,
    responses((status = 201, description = "Made", body = DepartmentOut, headers(("Location" = String)))))]
pub async fn make_department(visit: Visit, Sent(wished): Sent<NamesIn>) -> Answer {
    let (who, city) = (visit.me()?, &visit.city);
    let names = names(&wished)?;
    let mut tx = city.store.begin().await?;
    let made = department::make(&mut tx, who, &names, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    let location = [(header::LOCATION, format!("/api/v1/departments/{}", made.id))];
    Ok((StatusCode::CREATED, location, Json(DepartmentOut::of(made))).into_response())
}

/// Renames a department.
#[utoipa::path(put, path = "/api/v1/departments/{id}", tag = "people", request_body = NamesIn,
    params(("id" = String, Path, description = "`dp_…`"), ("If-Match" = Option<String>, Header, description = "`ETag` of the department as it is known")),
    responses((status = 200, description = "Renamed", body = DepartmentOut), (status = 404, description = "There is none of that name"),
        (status = 412, description = "It was changed meanwhile"), (status = 422, description = "A name is not one line of 1 to 100 characters")))]
pub async fn rename_department(
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Sent(wished): Sent<NamesIn>,
) -> Answer {
    let (who, city) = (visit.me()?, &visit.city);
    let names = names(&wished)?;
    let mut tx = city.store.begin().await?;
    if_match(&headers, &DepartmentOut::of(department::find(&mut tx, &id).await?))?;
    let renamed = department::rename(&mut tx, who, &id, &names, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(Json(DepartmentOut::of(renamed)).into_response())
}

/// Closes a department in which nobody is a clerk any more.
#[utoipa::path(delete, path = "/api/v1/departments/{id}", tag = "people",
    params(("id" = String, Path, description = "`dp_…`"), ("If-Match" = Option<String>, Header, description = "`ETag` of the department as it is known")),
    responses((status = 204, description = "Closed"), (status = 404, description = "There is none of that name"),
        (status = 409, description = "Somebody is a clerk of it"), (status = 412, description = "It was changed meanwhile")))]
pub async fn close_department(visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let (who, city) = (visit.me()?, &visit.city);
    let mut tx = city.store.begin().await?;
    if_match(&headers, &DepartmentOut::of(department::find(&mut tx, &id).await?))?;
    if !department::close(&mut tx, who, &id, (&*city.clock, &*city.random)).await? {
        return Err(Failure::new(StatusCode::CONFLICT, "Somebody is a clerk of it."));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn names(wished: &NamesIn) -> Result<Names, Failure> {
    let both = Name::parse(&wished.en).zip(Name::parse(&wished.ko));
    let wrong = || Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "en and ko: one line of 1 to 100 characters each");
    both.map(|(en, ko)| Names { en, ko }).ok_or_else(wrong)
}

/// Who has which role, in the order in which they were given.
#[utoipa::path(get, path = "/api/v1/people/roles", tag = "people", params(Part), responses((status = 200, description = "Roles", body = Vec<RoleOut>)))]
pub async fn roles(visit: Visit, part: Part) -> Answer {
    let after = part.after.as_deref().unwrap_or_default();
    let found = office::part(&visit.city.store, after, part.most()).await?;
    let rows = found.into_iter().map(RoleOut::of).collect();
    Ok(fresh(part.answer(&visit, rows, |one: &RoleOut| &one.id)))
}

/// Gives somebody a role; they get a letter. A browser's session must have been proved within ten minutes.
#[utoipa::path(post, path = "/api/v1/people/roles", tag = "people", request_body = RoleIn,
    responses((status = 201, description = "Given", body = RoleGiven, headers(("Location" = String)))))]
pub async fn give_role(visit: Visit, Sent(wished): Sent<RoleIn>) -> Answer {
    proved(&visit)?;
    let refused = |why: &str| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, why);
    let email = Email::parse(&wished.email).ok_or_else(|| refused("email: not an address"))?;
    let account = account::find_by_email(&visit.city.store, &email).await?;
    let account = account.ok_or_else(|| refused("email: no account has it"))?;
    match appoint(&visit, &account.id, wished.role.into(), wished.department.as_deref()).await? {
        Ok(id) => {
            let location = [(header::LOCATION, format!("/api/v1/people/roles/{id}"))];
            Ok((StatusCode::CREATED, location, Json(RoleGiven { id })).into_response())
        }
        Err(objection) => Err(refused(said(objection))),
    }
}

/// Takes a role away; the person gets a letter.
#[utoipa::path(delete, path = "/api/v1/people/roles/{id}", tag = "people", params(("id" = String, Path, description = "`gr_…`")),
    responses((status = 204, description = "Taken"), (status = 404, description = "Nobody has it any more"),
        (status = 409, description = "One's own role, or the last administrator's")))]
pub async fn take_role(visit: Visit, Path(id): Path<String>) -> Answer {
    proved(&visit)?;
    match dismiss(&visit, &id).await? {
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(objection) => Err(Failure::new(StatusCode::CONFLICT, said(objection))),
    }
}

/// A key was made in a session that was proved; a session has to be.
fn proved(visit: &Visit) -> Result<(), Failure> {
    match visit.me()?.scopes.is_some() || visit.recently_proved() {
        true => Ok(()),
        false => Err(Failure::new(StatusCode::FORBIDDEN, "Prove who you are at /sign-in/again first.")),
    }
}

/// The interface speaks English, like its description.
fn said(objection: Objection) -> &'static str {
    match objection {
        Objection::Oneself => "Nobody changes their own roles.",
        Objection::LastAdministrator => "There would be no administrator left.",
        Objection::NotActive => "The account is blocked, closed or an organisation's.",
        Objection::Department => "department: clerks have one that is open, others none",
        Objection::Already => "They have this role already.",
        Objection::Resident => "Whoever has an account is a resident.",
    }
}
