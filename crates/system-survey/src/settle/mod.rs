//! Where readers differ and where cities answer: the third reader, the adjudicator, the right of reply, questions sent to cities.

mod adjudicate;
mod answer;
mod api;
mod differences;
mod door;
mod import;
mod invite;
mod probe;
mod probes;
mod replies;
mod reply;
mod seen;
mod sheet;
mod standing;
mod store;
mod third;
mod watch;

use kernel_base::Error;
use kernel_ui::{Link, Markup, html, section_links};
use kernel_web::{Api, Failure, Need, Page, Routes, Visit};
use utoipa_axum::routes;

use crate::round::{Round, RoundCity, store as rounds};

// For the other rooms: the office moves stages, the desk shows probes, the publication shows replies.
#[allow(unused_imports)]
pub use {
    import::import,
    invite::invite,
    probe::Probe,
    probes::beside,
    reply::{Outcome, Reply},
    standing::{Comparison, Standing, open_cities, open_differences},
    store::{STATEMENTS, probes as probes_of, replies_of_round, stage},
    third::call_all,
    watch::LookForAnswers,
};

const SETTLE: Need = Need::Right("survey.settle");
const PROBE: Need = Need::Right("survey.probe");

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/survey/office/{round}/differences", SETTLE, differences::list)
        .get("/survey/office/{round}/differences/{city}", SETTLE, third::ask)
        .post("/survey/office/{round}/differences/{city}", SETTLE, third::call)
        .get("/survey/office/{round}/settle/{city}", SETTLE, adjudicate::list)
        .get("/survey/office/{round}/settle/{city}/{criterion}", SETTLE, adjudicate::show)
        .post("/survey/office/{round}/settle/{city}/{criterion}", SETTLE, adjudicate::settle)
        .post("/survey/office/{round}/settle/{city}/{criterion}/undo", SETTLE, adjudicate::undo)
        .post("/survey/office/{round}/settle/{city}/{criterion}/reply", SETTLE, answer::send)
        .post("/survey/office/{round}/settle/{city}/{criterion}/reply/undo", SETTLE, answer::take_back)
        .get("/survey/office/{round}/replies", SETTLE, replies::list)
        .post("/survey/office/{round}/replies/{city}/slip", SETTLE, replies::print)
        .post("/survey/office/{round}/replies/{city}/letter", SETTLE, replies::write)
        .get("/survey/office/{round}/probes", PROBE, probes::list)
        .get("/survey/office/{round}/probes/new", PROBE, probes::ask)
        .post("/survey/office/{round}/probes/new", PROBE, probes::note)
        .get("/survey/office/{round}/probes/{probe}", PROBE, probes::show)
        .post("/survey/office/{round}/probes/{probe}", PROBE, probes::correct)
        .get("/survey/reply/{city}", Need::Everyone, sheet::show)
        .post("/survey/reply/{city}", Need::Everyone, door::enter)
        .post("/survey/reply/{city}/leave", Need::Everyone, door::leave)
        .get("/survey/reply/{city}/{criterion}", Need::Everyone, reply::ask)
        .post("/survey/reply/{city}/{criterion}", Need::Everyone, reply::send)
        .post("/survey/reply/{city}/{criterion}/withdraw", Need::Everyone, reply::withdraw)
}

pub fn interface(api: Api) -> Api {
    api.routes(SETTLE, routes!(api::differences)).routes(PROBE, routes!(api::probes))
}

/// The round of an address of the office.
async fn round_at(visit: &Visit, slug: &str) -> Result<Round, Failure> {
    Ok(rounds::round_by_slug(&visit.city.store, slug).await?.ok_or(Error::NotFound)?)
}

async fn city_at(visit: &Visit, round: &Round, slug: &str) -> Result<RoundCity, Failure> {
    Ok(rounds::city_by_slug(&visit.city.store, &round.id, slug).await?.ok_or(Error::NotFound)?)
}

/// A page of this room: its siblings first, then what it is about.
fn page(visit: &Visit, round: &Round, title: &str, main: Markup) -> Page {
    let siblings = [
        ("survey-settle-differences", "differences", "survey.settle"),
        ("survey-settle-replies", "replies", "survey.settle"),
        ("survey-settle-probes", "probes", "survey.probe"),
    ];
    let links = siblings.into_iter().filter(|(_, _, right)| visit.may(right)).map(|(key, place, _)| {
        let href = format!("{}/{place}", round.office());
        Link { label: visit.t(key), current: visit.path == href, href }
    });
    let main = html! { (section_links(&visit.t("survey-settle-room"), &links.collect::<Vec<_>>())) (main) };
    let page = Page::new(title).crumb(visit.t("survey-title"), "/survey").unlisted();
    match visit.may("survey.round") {
        true => page.crumb(round.title.clone(), round.office()).main(main),
        false => page.main(main),
    }
}
