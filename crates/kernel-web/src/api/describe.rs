//! What every operation may answer and take, written into the description (OpenAPI 3.1) in one place.

use utoipa::PartialSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Response, ResponseBuilder};

use crate::layers::once;
use crate::{Need, Problem, Route};

const PROBLEM: &str = "application/problem+json";

/// Refusals that are the same everywhere: status, name in the description, meaning.
const REFUSALS: &[(&str, &str, &str)] = &[
    ("400", "Malformed", "The request cannot be read: a parameter, the address or the body is malformed"),
    ("401", "NoToken", "No token, or one that is not valid any more"),
    (
        "403",
        "NotAllowed",
        "The token, or its owner, does not have the right; or a page of another site sent the request",
    ),
    (
        "409",
        "Conflict",
        "Somebody was faster, or a request with the same Idempotency-Key is under way or has an unknown outcome",
    ),
    ("413", "TooLarge", "The body is too large"),
    ("415", "OtherMediaType", "The body has another media type than those that are listed"),
    ("422", "Refused", "The request can be read but not done; or the Idempotency-Key came with another request before"),
    ("429", "TooMany", "Too many requests; `Retry-After` says in how many seconds to come again"),
    ("503", "Busy", "The city is busy; nothing was done"),
];

/// An empty description with what operations refer to.
pub(crate) fn empty() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Madang")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Interfaces of the city's portal. What is public needs no key; the rest a personal access token (Bearer) with the scope that is named. Errors are problem details (RFC 9457).",
        ))
        .build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("madang_pat_…")
        .description(Some(
            "A personal access token, made at /account/tokens. Its scopes are the rights that operations name.",
        ))
        .build();
    let mut components = ComponentsBuilder::new().schema("Problem", Problem::schema());
    for (_, name, meaning) in REFUSALS {
        components = components.response(*name, problem(meaning));
    }
    let components = components.security_scheme("bearer", SecurityScheme::Http(bearer)).build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// Completes the operations by what they need.
pub(crate) fn complete(api: &mut OpenApi, table: &[Route]) {
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations(item) {
            let need = table.iter().find(|way| way.method == method && way.path == *path).map(|way| way.need);
            complete_one(operation, method, need.unwrap_or(Need::Everyone));
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let named = [
        ("GET", item.get.as_mut()),
        ("POST", item.post.as_mut()),
        ("PUT", item.put.as_mut()),
        ("PATCH", item.patch.as_mut()),
        ("DELETE", item.delete.as_mut()),
    ];
    named.into_iter().filter_map(|(name, operation)| operation.map(|operation| (name, operation)))
}

fn complete_one(operation: &mut Operation, method: &str, need: Need) {
    as_problems(operation);
    let has_body = operation.request_body.is_some();
    let has_parameters = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    let listed = parameter_names(operation).any(|name| name == "after");
    let (safe, post) = (method == "GET", method == "POST");
    let everyone = need == Need::Everyone;
    for (status, name, _) in REFUSALS {
        let may = match *status {
            "400" => has_body || has_parameters || post,
            "401" => !everyone,
            "403" => !everyone || !safe,
            "409" | "422" => post,
            "413" => !safe,
            "415" => has_body,
            _ => true,
        };
        if may {
            let response = || RefOr::Ref(Ref::from_response_name(*name));
            operation.responses.responses.entry((*status).to_owned()).or_insert_with(response);
        }
    }
    if post {
        add(operation, once_parameter());
    }
    if safe {
        add(operation, text_parameter("If-None-Match", "The `ETag` of an answer that is known already").build());
        let unchanged = Response::new("What is known already is still right");
        operation.responses.responses.insert("304".to_owned(), unchanged.into());
    }
    if listed && let Some(RefOr::T(found)) = operation.responses.responses.get_mut("200") {
        let link = HeaderBuilder::new()
            .description(Some("`rel=\"next\"` leads to the next part, when there is one (RFC 8288)"));
        let link = link.schema(Some(ObjectBuilder::new().schema_type(Type::String))).build();
        found.headers.insert("Link".to_owned(), link.into());
    }
    if !everyone {
        let scopes: Vec<&str> = match need {
            Need::Right(right) => vec![right],
            _ => Vec::new(),
        };
        operation.security = Some(vec![SecurityRequirement::new("bearer", scopes)]);
    }
}

/// Errors are problem details, whatever the operation's own words for its body are.
fn as_problems(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let (true, RefOr::T(response)) = (status.starts_with(['4', '5']), response) {
            let description = std::mem::take(&mut response.description);
            *response = problem(&description);
        }
    }
}

fn problem(meaning: &str) -> Response {
    let body = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description(meaning).content(PROBLEM, body).build()
}

fn parameter_names(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter.name.as_str()),
        RefOr::Ref(_) => None,
    })
}

fn add(operation: &mut Operation, parameter: Parameter) {
    operation.parameters.get_or_insert_default().push(parameter.into());
}

fn text_parameter(name: &str, meaning: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(meaning))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
}

fn once_parameter() -> Parameter {
    let meaning = "Made up by the program for one act, so that it can ask again without acting twice; kept for 24 hours \
        (draft-ietf-httpapi-idempotency-key-header). With or without quotation marks.";
    let shape = ObjectBuilder::new().schema_type(Type::String).pattern(Some(once::KEY_PATTERN));
    text_parameter("Idempotency-Key", meaning).schema(Some(shape)).build()
}
