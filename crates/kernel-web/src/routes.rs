use std::convert::Infallible;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use utoipa::openapi::path::PathItem;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::City;
use crate::layers::{pages::Shared, rights};

/// What somebody must be to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Everyone,
    /// Any account.
    SignedIn,
    /// A right by its name, e.g. `people.grant`.
    Right(&'static str),
}

impl Need {
    pub fn word(self) -> &'static str {
        match self {
            Need::Everyone => "everyone",
            Need::SignedIn => "signed in",
            Need::Right(name) => name,
        }
    }
}

/// One way in: a line of the table that a reviewer reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: &'static str,
    pub path: String,
    pub need: Need,
}

/// The pages of a system: each way in with what it needs, checked before the handler runs.
#[derive(Default)]
pub struct Routes {
    pub(crate) router: Router<City>,
    pub(crate) table: Vec<Route>,
}

/// A method of HTTP as a method of [`Routes`].
macro_rules! way_in {
    ($name:ident, $method:ident) => {
        pub fn $name<H, T>(self, path: &str, need: Need, handler: H) -> Routes
        where
            H: Handler<T, City>,
            T: 'static,
        {
            self.on(MethodFilter::$method, stringify!($method), path, need, handler)
        }
    };
}

impl Routes {
    pub fn new() -> Routes {
        Routes::default()
    }

    way_in!(get, GET);
    way_in!(post, POST);
    way_in!(put, PUT);
    way_in!(patch, PATCH);
    way_in!(delete, DELETE);

    fn on<H, T>(mut self, filter: MethodFilter, method: &'static str, path: &str, need: Need, handler: H) -> Routes
    where
        H: Handler<T, City>,
        T: 'static,
    {
        self.router = self.router.route(path, guarded(on(filter, handler), need));
        self.table.push(Route { method, path: path.to_owned(), need });
        self
    }

    pub(crate) fn merge(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }
}

/// The interfaces of a system for programs, described (OpenAPI 3.1) and guarded.
#[derive(Default)]
pub struct Api {
    pub(crate) router: OpenApiRouter<City>,
    pub(crate) table: Vec<Route>,
}

impl Api {
    pub fn new() -> Api {
        Api::default()
    }

    /// `api.routes(Need::Everyone, routes!(league))`.
    pub fn routes(mut self, need: Need, routes: UtoipaMethodRouter<City>) -> Api {
        let (schemas, mut paths, router) = routes;
        for (path, item) in &mut paths.paths {
            for method in methods(item) {
                self.table.push(Route { method, path: path.clone(), need });
            }
        }
        self.router = self.router.routes((schemas, paths, guarded(router, need)));
        self
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = &'static str> {
    let named = [
        ("GET", item.get.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    named.into_iter().filter(|(_, there)| *there).map(|(name, _)| name)
}

fn guarded(router: MethodRouter<City, Infallible>, need: Need) -> MethodRouter<City, Infallible> {
    match need {
        Need::Everyone => router,
        // A method that is none is answered as such, whoever asks.
        need => router.route_layer(from_fn(move |request: Request, next: Next| guard(need, request, next))),
    }
}

async fn guard(need: Need, request: Request, next: Next) -> Response {
    match rights::refusal(need, &request) {
        None => kept_by_nobody(next.run(request).await),
        Some(refusal) => refusal,
    }
}

/// What is behind a door is made anew for each who may come in: a ready page would be handed out before the door.
fn kept_by_nobody(mut response: Response) -> Response {
    response.extensions_mut().remove::<Shared>();
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// GET and HEAD change nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
