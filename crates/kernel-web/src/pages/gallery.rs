use kernel_ui::gallery;

use crate::{Answer, Page, Visit};

/// Every component once.
pub(crate) async fn show(visit: Visit) -> Answer {
    let main = gallery::all(&visit);
    Ok(visit.page(Page::new(visit.t("gallery-title")).description(visit.t("gallery-lead")).main(main)))
}
