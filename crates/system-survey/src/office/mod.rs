//! What a coordinator does: opens a round, brings its cities and evaluators, has the sites captured, moves it on.

pub mod assign;
mod capture;
mod cities;
mod evaluators;
mod import;
mod list;
mod moving;
mod open;
mod overview;

use kernel_base::{Clock, Error, Random, Result};
use kernel_identity::Who;
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_ui::{Link, Markup, html, section_links};
use kernel_web::{Api, Failure, Need, Page, Routes, Visit};
use serde_json::Value as Json;
use utoipa_axum::routes;

use crate::round::{Round, store};

pub use cities::import;
pub use import::{Wrong, WrongWhat, read as read_cities};
pub use moving::{Obstacle, move_on, obstacles};
pub use open::{RoundDraft, open};

const ROUND: Need = Need::Right("survey.round");

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/survey/office", ROUND, list::show)
        .get("/survey/office/new", ROUND, open::ask)
        .post("/survey/office/new", ROUND, open::send)
        .get("/survey/office/{round}", ROUND, overview::show)
        .post("/survey/office/{round}/move", ROUND, moving::send)
        .get("/survey/office/{round}/cities", ROUND, cities::list)
        .post("/survey/office/{round}/cities", ROUND, cities::send)
        .get("/survey/office/{round}/cities.csv", ROUND, cities::example)
        .post("/survey/office/{round}/cities/{city}/remove", ROUND, cities::remove)
        .post("/survey/office/{round}/cities/{city}/capture", ROUND, capture::again)
        .get("/survey/office/{round}/capture", ROUND, capture::show)
        .post("/survey/office/{round}/capture/start", ROUND, capture::start)
        .post("/survey/office/{round}/capture/pause", ROUND, capture::pause)
        .get("/survey/office/{round}/evaluators", ROUND, evaluators::list)
        .post("/survey/office/{round}/evaluators", ROUND, evaluators::add)
        .post("/survey/office/{round}/evaluators/{account}/remove", ROUND, evaluators::remove)
        .get("/survey/office/{round}/readers", ROUND, assign::readers)
        .get("/survey/office/{round}/readers/{city}", ROUND, assign::ask)
        .post("/survey/office/{round}/readers/{city}", ROUND, assign::give_one)
        .post("/survey/office/{round}/readers/{city}/take", ROUND, assign::take)
        .get("/survey/office/{round}/assign", ROUND, assign::preview)
        .post("/survey/office/{round}/assign", ROUND, assign::give_all)
}

pub fn interface(api: Api) -> Api {
    api.routes(ROUND, routes!(assign::assignments))
}

/// Who acts: an account, or somebody on the machine. Both stand in the audit trail.
pub async fn did(
    tx: &mut Tx,
    who: Option<&Who>,
    act: &str,
    subject: &str,
    detail: Json,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<()> {
    match who {
        Some(who) => who.did(tx, act, subject, detail, (clock, random)).await,
        None => audit(tx, Audit { act, who: "command", subject, detail }, clock, random).await,
    }
}

/// The round of an address of the office.
async fn round_at(visit: &Visit, slug: &str) -> std::result::Result<Round, Failure> {
    Ok(store::round_by_slug(&visit.city.store, slug).await?.ok_or(Error::NotFound)?)
}

/// A page about one round: its siblings first, then what it is about. Rooms that coordinators share with others use it
/// for coordinators.
pub(crate) fn page(visit: &Visit, round: &Round, title: &str, main: Markup) -> Page {
    let siblings = [
        ("survey-office-overview", "", "survey.round"),
        ("survey-office-cities", "/cities", "survey.round"),
        ("survey-office-capture", "/capture", "survey.round"),
        ("survey-evaluators", "/evaluators", "survey.round"),
        ("survey-readers", "/readers", "survey.round"),
        ("survey-settle-differences", "/differences", "survey.settle"),
        ("survey-settle-replies", "/replies", "survey.settle"),
        ("survey-settle-probes", "/probes", "survey.probe"),
    ];
    let links = siblings.into_iter().filter(|(_, _, right)| visit.may(right)).map(|(key, place, _)| {
        let href = format!("{}{place}", round.office());
        Link { label: visit.t(key), current: visit.path == href, href }
    });
    let main = html! { (section_links(&round.title, &links.collect::<Vec<_>>())) (main) };
    Page::new(title)
        .crumb(visit.t("survey-title"), "/survey")
        .crumb(visit.t("survey-office"), "/survey/office")
        .unlisted()
        .main(main)
}
