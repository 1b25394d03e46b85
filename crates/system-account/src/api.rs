//! The same for programs: my account, sessions, letters and keys. Needs a key with the scope that is named.

use axum::Json;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_identity::{Contact, Grant, Session, Token, Who, account, session, token};
use kernel_letters::InboxLetter;
use kernel_web::{Answer, Failure, FieldErrors, Given, Part, Visit, fresh};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::own::own;
use crate::token::{Issued, draft, end, issue};

#[derive(Serialize, ToSchema)]
struct AccountOut {
    id: String,
    name: String,
    /// Tag of the language that letters are written in (BCP 47).
    language: String,
    email: Option<String>,
    /// International form (E.164).
    phone: Option<String>,
    /// The city knows that this is a resident.
    verified: bool,
    roles: Vec<RoleOut>,
    /// Rights of the key that asks; none for a session of a browser.
    scopes: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
struct RoleOut {
    role: &'static str,
    /// Id of a department, for clerks.
    department: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SessionOut {
    id: String,
    /// How it was opened: `password`, `passkey`, `oidc`, `recovery`.
    way: String,
    second_factor: bool,
    device: String,
    #[schema(format = DateTime)]
    made_at: String,
    #[schema(format = DateTime)]
    seen_at: String,
    #[schema(format = DateTime)]
    ends_at: String,
}

#[derive(Serialize, ToSchema)]
struct LetterOut {
    id: String,
    #[schema(format = DateTime)]
    sent_at: String,
    #[schema(format = DateTime)]
    read_at: Option<String>,
    subject: String,
    body: String,
}

#[derive(Serialize, ToSchema)]
struct TokenOut {
    id: String,
    name: String,
    scopes: Vec<String>,
    #[schema(format = DateTime)]
    made_at: String,
    #[schema(format = DateTime)]
    ends_at: String,
    /// Within the last minutes, when it is in use.
    #[schema(format = DateTime)]
    used_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TokenMade {
    token: TokenOut,
    /// Told once; send it as `Authorization: Bearer …`.
    secret: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "Calendar", "scopes": ["account.read"], "days": 30 }))]
pub struct NewTokenIn {
    /// What it is for, in the owner's words: one line.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Rights that it carries; never more than the asking key or session has.
    #[schema(min_items = 1)]
    scopes: Vec<String>,
    /// Days until it ends. What a key makes ends with it at the latest.
    #[schema(minimum = 1, maximum = 365)]
    days: i64,
}

impl RoleOut {
    fn of(grant: &Grant) -> RoleOut {
        RoleOut { role: grant.role.word(), department: grant.department.clone() }
    }
}

impl SessionOut {
    fn of(session: Session) -> SessionOut {
        SessionOut {
            id: session.id,
            way: session.way,
            second_factor: session.second_factor,
            device: session.device,
            made_at: session.made_at.rfc3339(),
            seen_at: session.seen_at.rfc3339(),
            ends_at: session.ends_at.rfc3339(),
        }
    }
}

impl LetterOut {
    fn of(letter: InboxLetter) -> LetterOut {
        LetterOut {
            id: letter.id,
            sent_at: letter.at.rfc3339(),
            read_at: letter.read_at.map(|at| at.rfc3339()),
            subject: letter.subject,
            body: letter.body,
        }
    }
}

impl TokenOut {
    fn of(token: Token) -> TokenOut {
        TokenOut {
            id: token.id,
            name: token.name,
            scopes: token.scopes,
            made_at: token.made_at.rfc3339(),
            ends_at: token.ends_at.rfc3339(),
            used_at: token.used_at.map(|at| at.rfc3339()),
        }
    }
}

/// A program has its key; who only found a browser open does not get further.
fn proved(visit: &Visit, who: &Who) -> Result<(), Failure> {
    match who.scopes.is_some() || visit.recently_proved() {
        true => Ok(()),
        false => Err(Failure::new(StatusCode::FORBIDDEN, "Prove who you are at /sign-in/again first.")),
    }
}

/// My account.
#[utoipa::path(get, path = "/api/v1/account", tag = "account", responses((status = 200, description = "Who asks", body = AccountOut)))]
pub async fn me(visit: Visit) -> Answer {
    let who = own(&visit)?;
    let account = account::get(&visit.city.store, &who.account).await?;
    let contact = Contact::of(&visit.city.store, &who.account).await?;
    let out = AccountOut {
        id: account.id,
        name: account.name,
        language: account.language,
        email: contact.email,
        phone: contact.phone,
        verified: account.verified_at.is_some(),
        roles: who.grants.iter().map(RoleOut::of).collect(),
        scopes: who.scopes.clone(),
    };
    Ok(fresh(Json(out).into_response()))
}

/// Where I am signed in, the last used first.
#[utoipa::path(get, path = "/api/v1/account/sessions", tag = "account", params(Part), responses((status = 200, description = "Living sessions", body = Vec<SessionOut>)))]
pub async fn sessions(visit: Visit, part: Part) -> Answer {
    let who = own(&visit)?;
    let all = session::all_of(&visit.city.store, &who.account, visit.now()).await?;
    let rows = part.of(all.into_iter().map(SessionOut::of), |session| &session.id);
    Ok(fresh(part.answer(&visit, rows, |session| &session.id)))
}

/// Ends one of my sessions. A browser's session must have been proved within ten minutes, but to end itself.
#[utoipa::path(delete, path = "/api/v1/account/sessions/{id}", tag = "account", params(("id" = String, Path, description = "`se_…`")),
    responses((status = 204, description = "It is over"), (status = 404, description = "There is none of that name")))]
pub async fn end_session(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = own(&visit)?;
    if id != who.session {
        proved(&visit, who)?;
    }
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    if !session::end(&mut tx, &who.account, &id, visit.now()).await? {
        return Err(Error::NotFound.into());
    }
    let detail = json!({ "session": id, "ended": 1 });
    who.did(&mut tx, "session.ended", &who.account, detail, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Letters of the city to me, newest first, in the language that is asked for.
#[utoipa::path(get, path = "/api/v1/account/letters", tag = "account", params(Part), responses((status = 200, description = "The inbox", body = Vec<LetterOut>)))]
pub async fn letters(visit: Visit, part: Part) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let reader = (visit.language, who.name.as_str());
    let inbox = city.letters.inbox(&city.store, &who.account, reader, part.after.as_deref(), part.most()).await?;
    let rows = inbox.into_iter().map(LetterOut::of).collect();
    Ok(fresh(part.answer(&visit, rows, |letter: &LetterOut| &letter.id)))
}

/// My keys for programs, newest first; also those whose time is over.
#[utoipa::path(get, path = "/api/v1/account/tokens", tag = "account", params(Part), responses((status = 200, description = "Keys without their secrets", body = Vec<TokenOut>)))]
pub async fn tokens(visit: Visit, part: Part) -> Answer {
    let who = own(&visit)?;
    let all = token::all_of(&visit.city.store, &who.account).await?;
    let rows = part.of(all.into_iter().map(TokenOut::of), |token| &token.id);
    Ok(fresh(part.answer(&visit, rows, |token| &token.id)))
}

/// Makes a key for a program. A browser's session must have been proved within ten minutes.
#[utoipa::path(post, path = "/api/v1/account/tokens", tag = "account", request_body = NewTokenIn,
    responses((status = 201, description = "Made; the secret is told once", body = TokenMade, headers(("Location" = String)))))]
pub async fn make_token(visit: Visit, Given(wished): Given<NewTokenIn>) -> Answer {
    let who = own(&visit)?;
    proved(&visit, who)?;
    let scopes: Vec<&str> = wished.scopes.iter().map(String::as_str).collect();
    let draft = draft(&visit, who, &wished.name, &scopes, wished.days).map_err(|errors| refused(&errors))?;
    let Issued { token, secret } = issue(&visit, who, &draft).await?;
    let location = [(header::LOCATION, format!("/api/v1/account/tokens/{}", token.id))];
    let out = TokenMade { token: TokenOut::of(token), secret };
    Ok(fresh((StatusCode::CREATED, location, Json(out)).into_response()))
}

/// The interface speaks English, like its description.
fn refused(errors: &FieldErrors) -> Failure {
    let said = errors.fields().map(|field| match field {
        "name" => "name: one line of 1 to 100 characters",
        "scopes" => "scopes: at least one, and none that the asker does not have",
        _ => "days: 1 to 365",
    });
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, said.collect::<Vec<_>>().join("; "))
}

/// Ends a key.
#[utoipa::path(delete, path = "/api/v1/account/tokens/{id}", tag = "account", params(("id" = String, Path, description = "`to_…`")),
    responses((status = 204, description = "It works no more"), (status = 404, description = "There is none of that name")))]
pub async fn end_token(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = own(&visit)?;
    end(&visit, who, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
