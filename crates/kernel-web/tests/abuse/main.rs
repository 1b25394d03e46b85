//! Forms as programs send them: without work, twice, and from many networks.

mod limits;
mod proof;

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use http_body_util::BodyExt;
use kernel_ui::{html, text_field};
use kernel_web::{
    Answer, Challenge, Failure, FieldErrors, Held, Limit, Need, Page, Routes, Submitted, System, Visit, see_other,
};
use testkit::TestCity;
use tower::ServiceExt;

const SIGN_IN: Limit = Limit { purpose: "sign-in", per_account: 3, per_network: 6, window_seconds: 900 };

const DOOR: System = System {
    texts: &[
        ("en", "door-title = Door\ndoor-name = Name\ndoor-empty = Enter a name.\n"),
        ("ko", "door-title = 문\ndoor-name = 이름\ndoor-empty = 이름을 적어 주세요.\n"),
    ],
    routes: || {
        Routes::new()
            .get("/door", Need::Everyone, show)
            .post("/door", Need::Everyone, knock)
            .post("/door/contended", Need::Everyone, contended)
            .post("/door/sign-in", Need::Everyone, sign_in)
    },
    ..System::named("door")
};

async fn show(visit: Visit) -> Answer {
    page(&visit, &Submitted::default(), &FieldErrors::default(), None).await
}

async fn knock(visit: Visit, form: Submitted) -> Answer {
    let mut errors = FieldErrors::default();
    if form.text("name").is_empty() {
        errors.add("name", "door-empty");
    }
    if !errors.is_empty() {
        return page(&visit, &form, &errors, None).await;
    }
    match Challenge::check(&visit, "door", &form).await? {
        Some(held) => page(&visit, &form, &errors, Some(held)).await,
        None => Ok(see_other("/inside")),
    }
}

async fn page(visit: &Visit, form: &Submitted, errors: &FieldErrors, held: Option<Held>) -> Answer {
    let label = visit.t("door-name");
    let field = kernel_ui::Field { name: "name", label: &label, value: form.text("name"), ..Default::default() };
    let main = html! {
        (errors.summary(visit))
        @if let Some(held) = held { (held.summary(visit)) }
        (kernel_ui::form("/door", false, html! {
            (text_field(visit, &field))
            (Challenge::field_again(visit, "door", form).await?)
        }))
    };
    let status = held.map_or(errors.status(), Held::status);
    Ok(visit.page(Page::new(visit.t("door-title")).status(status).main(main)))
}

/// The database asks twice to run this act again, after its proof was taken.
async fn contended(visit: Visit, form: Submitted) -> Answer {
    if Challenge::check(&visit, "door", &form).await?.is_some() {
        return Err(Failure::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "held"));
    }
    match kernel_web::attempts::count(&visit.city, "contended", 60).await? {
        1 | 2 => Err(kernel_base::Error::Retry.into()),
        _ => Ok(see_other("/inside")),
    }
}

async fn sign_in(visit: Visit, form: Submitted) -> Answer {
    SIGN_IN.check(&visit, form.text("name")).await?;
    Ok(see_other("/inside"))
}

/// The city's door as it is met from one network.
struct From<'a> {
    city: &'a TestCity,
    address: IpAddr,
}

struct Told {
    status: u16,
    headers: HeaderMap,
    text: String,
}

fn from<'a>(city: &'a TestCity, address: &str) -> From<'a> {
    From { city, address: address.parse().expect("an address") }
}

impl From<'_> {
    async fn get(&self, path: &str) -> Told {
        self.ask(Request::get(path), "").await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Told {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(Request::post(path).header("sec-fetch-site", "same-origin"), &body).await
    }

    async fn ask(&self, request: axum::http::request::Builder, body: &str) -> Told {
        // A node of its own for every request: nothing may depend on what one process remembers.
        let node: Router = kernel_web::build(self.city.city.clone());
        let request = request
            .header(header::HOST, "city.example")
            .header(header::ACCEPT_LANGUAGE, "ko")
            .extension(ConnectInfo(SocketAddr::new(self.address, 4000)))
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let (parts, body) = node.oneshot(request).await.expect("an answer").into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Told { status: parts.status.as_u16(), headers: parts.headers, text }
    }
}
