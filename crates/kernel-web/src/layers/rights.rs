//! Who asks, and whether they may.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use kernel_identity::Who;

use crate::routes::is_safe;
use crate::visit::{cookie, secure, text};
use crate::{City, Failure, Need, security, see_other};

/// Kept in every request: the portal and who asks it.
#[derive(Clone)]
pub(crate) struct Asker {
    pub city: City,
    pub who: Recognised,
}

#[derive(Clone)]
pub(crate) enum Recognised {
    Nobody,
    Somebody(Arc<Who>),
    /// A token that is none, or whose time is over: an error for programs, not a stranger.
    Refused,
    /// The database did not answer.
    Unknown,
}

impl Recognised {
    pub fn who(&self) -> Option<&Arc<Who>> {
        match self {
            Recognised::Somebody(who) => Some(who),
            _ => None,
        }
    }
}

/// The cookie's name: `__Host-` binds it to this host and to TLS wherever there is TLS (RFC 6265bis §4.1.3.2).
pub(crate) fn session_cookie(encrypted: bool) -> &'static str {
    if encrypted { "__Host-session" } else { "session" }
}

/// Finds out who asks, once a request.
pub(crate) async fn recognise(State(city): State<City>, mut request: Request, next: Next) -> Response {
    let who = match ask(&city, request.headers()).await {
        Ok(who) => who,
        Err(error) => {
            tracing::error!(%error, "nobody can be recognised");
            Recognised::Unknown
        }
    };
    if matches!(who, Recognised::Refused) {
        security::event(&city, &request, "token.refused", "");
    }
    request.extensions_mut().insert(Asker { city, who });
    next.run(request).await
}

async fn ask(city: &City, headers: &HeaderMap) -> Result<Recognised, Error> {
    if let Some(secret) = text(headers, header::AUTHORIZATION).strip_prefix("Bearer ") {
        // Other interfaces bring keys of their own kind; they read them themselves.
        let found = city.sessions.by_token(&city.store, &*city.clock, secret.trim()).await?;
        return Ok(found.map_or(Recognised::Refused, Recognised::Somebody));
    }
    let Some(secret) = cookie(headers, session_cookie(secure(city, headers))) else { return Ok(Recognised::Nobody) };
    let found = city.sessions.by_cookie(&city.store, &*city.clock, secret).await?;
    Ok(found.map_or(Recognised::Nobody, Recognised::Somebody))
}

/// The answer to somebody who may not come in; `None` lets them in.
pub(crate) fn refusal(need: Need, request: &Request) -> Option<Response> {
    let asker = request.extensions().get::<Asker>()?;
    let who = match &asker.who {
        Recognised::Somebody(who) => who,
        Recognised::Unknown => return Some(Failure::away().into_response()),
        Recognised::Nobody | Recognised::Refused => return Some(sign_in_first(asker, request)),
    };
    let city = &asker.city;
    let refused = || {
        security::event(city, request, "right.refused", &who.account);
        Some(Failure::said(StatusCode::FORBIDDEN, "failure-not-allowed").into_response())
    };
    let Need::Right(right) = need else {
        // A program has the rights that it was given, and no page of its owner's.
        return who.scopes.as_ref().and_then(|_| refused());
    };
    if !who.may(&city.rights, right) {
        return refused();
    }
    let of_staff = !city.rights.may(kernel_identity::Role::Resident, right);
    if of_staff && !who.second_factor {
        return Some(second_factor_first(asker, request));
    }
    None
}

fn for_program(city: &City, request: &Request) -> bool {
    city.for_programs(request.uri().path())
}

fn sign_in_first(asker: &Asker, request: &Request) -> Response {
    if for_program(&asker.city, request) {
        let mut response = Failure::new(StatusCode::UNAUTHORIZED, "").into_response();
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\""));
        return response;
    }
    match asker.city.entrance() {
        // A form that was filled in stays in the reader's browser; a redirect would throw it away.
        Some(entrance) if is_safe(request.method()) => to(entrance.sign_in, request),
        _ => Failure::said(StatusCode::UNAUTHORIZED, "failure-signed-out").into_response(),
    }
}

fn second_factor_first(asker: &Asker, request: &Request) -> Response {
    match asker.city.entrance() {
        Some(entrance) if is_safe(request.method()) && !for_program(&asker.city, request) => {
            to(entrance.second_factor, request)
        }
        _ => Failure::said(StatusCode::FORBIDDEN, "failure-second-factor").into_response(),
    }
}

/// There, and back here afterwards.
fn to(address: &str, request: &Request) -> Response {
    let here = request.uri().path_and_query().map_or("/", |here| here.as_str());
    let back: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
    see_other(&format!("{address}?back={back}"))
}
