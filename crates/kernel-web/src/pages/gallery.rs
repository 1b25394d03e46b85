use axum::http::StatusCode;
use kernel_ui::gallery;

use crate::{Answer, Failure, Page, Visit};

/// Every component once; only in a demonstration.
pub(crate) async fn show(visit: Visit) -> Answer {
    Ok(visit.page(page(&visit)?))
}

/// The example form is never right: the page comes back as a refused form does.
pub(crate) async fn refuse(visit: Visit) -> Answer {
    Ok(visit.page(page(&visit)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

fn page(visit: &Visit) -> Result<Page, Failure> {
    if !visit.city.profile.demonstration {
        return Err(Failure::not_found());
    }
    let main = gallery::all(visit);
    Ok(Page::new(visit.t("gallery-title")).description(visit.t("gallery-lead")).main(main))
}
