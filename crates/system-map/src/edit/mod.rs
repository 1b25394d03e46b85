//! `/map/edit/{layer}?id=…`: drawing and describing one thing of a layer, with and without scripts.

mod form;
mod page;

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::Who;
use kernel_web::{Answer, Asked, Failure, Need, Routes, Submitted, Visit, see_other};
use map_feature::Crs;
use map_segment::Found;
use serde_json::{Map, Value as Json};

use crate::by::By;
use crate::change::{Act, Draft, Refused, change};
use crate::look::{Laid, one, thing};
use crate::ogc::title;
use crate::ogc::{found, into_layer};
use form::{Form, Wrong};

pub fn routes(routes: Routes) -> Routes {
    let need = Need::Right("map.edit");
    routes.get("/map/edit/{layer}", need, ask).post("/map/edit/{layer}", need, send).post(
        "/map/edit/{layer}/restore",
        need,
        restore,
    )
}

/// What is edited: the layer, and the thing as it is now, unless it is a new one.
pub struct Edited {
    pub laid: Laid,
    pub now: Option<Found>,
}

impl Edited {
    fn id(&self) -> Option<&str> {
        self.now.as_ref().and_then(|found| found.feature.id.as_deref())
    }

    /// The version as an entity tag; empty for a new thing.
    fn version(&self) -> String {
        self.now.as_ref().map(|found| format!("\"{}\"", self.laid.layer().tag(found.version))).unwrap_or_default()
    }
}

async fn edited(visit: &Visit, layer: &str, asked: &Asked) -> Result<Edited, Failure> {
    let laid = one(visit, layer).await?;
    if !thing::may_change(visit, laid.layer()) {
        return Err(Failure::said(StatusCode::FORBIDDEN, "map-edit-others"));
    }
    let now = match asked.text("id") {
        "" => None,
        id => Some(found(&laid.seen, id)?),
    };
    Ok(Edited { laid, now })
}

async fn ask(visit: Visit, Path(layer): Path<String>, asked: Asked) -> Answer {
    let edited = edited(&visit, &layer, &asked).await?;
    let form = Form::of(&edited)?;
    Ok(visit.page(page::shown(&visit, &edited, &form, &Wrong::default())))
}

async fn send(visit: Visit, Path(layer): Path<String>, asked: Asked, sent: Submitted) -> Answer {
    let edited = edited(&visit, &layer, &asked).await?;
    let mut form = Form::sent(&edited, &sent);
    let mut wrong = Wrong::default();
    let go = sent.text("go");
    let draft = form.draft(&edited, &mut wrong);
    if go == "look" {
        return Ok(visit.page(page::shown(&visit, &edited, &form, &wrong)));
    }
    if form.version != edited.version() {
        wrong.stale = true;
        form.version = edited.version();
    }
    if wrong.stale || (go != "remove" && !wrong.is_empty()) {
        return Ok(visit.page(page::shown(&visit, &edited, &form, &wrong)));
    }
    let done = act(&visit, visit.me()?, &edited, go == "remove", draft).await;
    match done {
        Ok(address) => Ok(see_other(&address)),
        Err(Refused::Stale(_)) => {
            wrong.stale = true;
            Ok(visit.page(page::shown(&visit, &edited, &form, &wrong)))
        }
        Err(Refused::Gone) => Err(Error::NotFound.into()),
        Err(Refused::Store(cause)) => Err(cause.into()),
        Err(Refused::Geometry(_)) => {
            wrong.geometry = "map-edit-wrong-geometry";
            Ok(visit.page(page::shown(&visit, &edited, &form, &wrong)))
        }
        Err(Refused::Property(cause)) => Err(Error::Refused(cause.to_string()).into()),
    }
}

/// A thing becomes what it was after an earlier change.
async fn restore(visit: Visit, Path(layer): Path<String>, sent: Submitted) -> Answer {
    let laid = one(&visit, &layer).await?;
    if !thing::may_change(&visit, laid.layer()) {
        return Err(Failure::said(StatusCode::FORBIDDEN, "map-edit-others"));
    }
    let (id, seq) = (sent.text("id"), sent.text("seq").parse().map_err(|_| Error::NotFound)?);
    match change(&visit.city, By::Account(visit.me()?), &layer, Some(id), None, Act::Restore { seq }).await {
        Ok(changed) => Ok(see_other(&thing::href(laid.layer(), &changed.id))),
        Err(Refused::Gone) => Err(Error::NotFound.into()),
        Err(Refused::Store(cause)) => Err(cause.into()),
        Err(refused) => Err(Error::Refused(refused.to_string()).into()),
    }
}

/// Does it; the address to go to.
async fn act(
    visit: &Visit,
    me: &Who,
    edited: &Edited,
    remove: bool,
    (geometry, properties): (Option<geo_types::Geometry<f64>>, Map<String, Json>),
) -> Result<String, Refused> {
    let layer = edited.laid.layer();
    let by = By::Account(me);
    let expected = edited.now.as_ref().map(|found| found.version);
    let to_layer = |geometry| into_layer(geometry, Crs::Crs84, layer).map_err(|_| Refused::Geometry("features"));
    let draft = Draft { geometry: Some(geometry.map(to_layer).transpose()?), properties };
    let act = match (remove, &edited.now) {
        (true, _) => Act::Remove,
        // What this person does not see stays as it is.
        (false, Some(_)) => Act::Update(draft),
        (false, None) => Act::Create(draft),
    };
    let changed = change(&visit.city, by, &layer.name, edited.id(), expected, act).await?;
    Ok(if remove { format!("/map/layers/{}", layer.name) } else { thing::href(layer, &changed.id) })
}

/// What the page is called.
fn heading(visit: &Visit, edited: &Edited) -> String {
    match &edited.now {
        Some(found) => visit.t_with("map-edit-thing", &[("name", thing::name(&edited.laid.seen, found).into())]),
        None => visit.t_with("map-edit-new", &[("layer", title(visit, edited.laid.layer()).into())]),
    }
}
