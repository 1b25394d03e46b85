//! A small system that keeps something for people: as every later system does.

use kernel_identity::guest::{self, Deed};
use kernel_identity::{Permission, Role};
use kernel_web::{Answer, Desk, ExportFile, Mine, Need, Routes, System, Visit, see_other, slip};
use serde_json::json;

pub const SYSTEM: System = System {
    routes: || {
        Routes::new().post("/tent/pitch", Need::Everyone, pitch).get("/tent/pitched", Need::Everyone, pitched).get(
            "/tent/tools",
            Need::Right("tent.repair"),
            pitched,
        )
    },
    permissions: &[Permission { name: "tent.repair", roles: &[Role::Clerk] }],
    desks: &[Desk { key: "tent-desk", href: "/tent/repair", right: "tent.repair" }],
    texts: &[
        ("en", "tent-desk = Repair tents\ntent-mine = Tent\n"),
        ("ko", "tent-desk = 천막 수리\ntent-mine = 천막\n"),
    ],
    mine: |visit, account| {
        Box::pin(async move {
            let deeds = guest::of_account(&visit.city.store, account, visit.now()).await?;
            let mine =
                deeds.into_iter().map(|deed| Mine { title: visit.t("tent-mine"), href: deed.href, at: deed.made_at });
            Ok(mine.collect())
        })
    },
    export: |_, account| {
        Box::pin(
            async move { Ok(vec![ExportFile { path: "tent/tent.txt".into(), bytes: account.as_bytes().to_vec() }]) },
        )
    },
    ..System::named("tent")
};

async fn pitch(visit: Visit) -> Answer {
    let made = (&*visit.city.clock, &*visit.city.random);
    let deed = Deed { subject: "te_1", href: "/tent/pitched", ends_at: visit.now().plus_days(30) };
    let mut tx = visit.city.store.begin().await?;
    let slip = match visit.who() {
        Some(who) => {
            guest::keep_for(&mut tx, who.subject(), deed, made).await?;
            who.did(&mut tx, "tent.pitched", "te_1", json!({}), made).await?;
            None
        }
        None => Some(guest::keep(&mut tx, deed, &visit.city.secrets, made).await?),
    };
    tx.commit().await?;
    let mut answer = see_other("/tent/pitched");
    if let Some(slip) = slip {
        slip::hand_out(&visit, &mut answer, "/tent/pitched", &slip)?;
    }
    Ok(answer)
}

async fn pitched(visit: Visit) -> Answer {
    let page = kernel_web::Page::new("Pitched");
    match slip::take(&visit) {
        Some(slip) => Ok(slip::shown(&visit, visit.page(page.main(slip::show(&visit, &slip))))),
        None => Ok(kernel_web::fresh(visit.page(page))),
    }
}
