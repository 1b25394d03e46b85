use kernel_identity::Role;
use testkit::on_both_engines;

use crate::{department, systems};

#[tokio::test]
async fn the_trail_is_read_by_subject_actor_act_and_day() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let parks = department(&city, "Parks").await;
        city.clock.forward_days(2);
        let kim = city.again(&kim).await;
        let here = format!("/people/departments/{}/close", parks.id);
        assert_eq!(city.by(&kim).post(&here, &[]).await.status, 303);
        kernel_record::seal(&city.city.store).await.expect("seals");
        let rows = async |query: &str| {
            let page = city.by(&kim).get(&format!("/people/audit?lang=en{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            (page.text.matches("<tr").count() - 1, page.text)
        };
        let (all, text) = rows("").await;
        assert!(
            text.contains("The chain holds") && text.contains("department.made") && text.contains("department.closed")
        );
        assert_eq!(all, 2);
        assert_eq!(rows("&act=department.closed").await.0, 1);
        assert_eq!(rows(&format!("&subject={}", parks.id)).await.0, 2);
        assert_eq!(rows(&format!("&subject={}&act=department.made", parks.id)).await.0, 1);
        assert_eq!(rows(&format!("&who={}", kim.account)).await.0, 1);
        assert_eq!(rows(&format!("&who={}&act=department.made", kim.account)).await.0, 0);
        assert_eq!(rows("&until=2026-11-24").await.0, 1, "up to the end of the first day");
        assert_eq!((rows("&until=2026-11-23").await.0, rows("&until=2026-11-26").await.0), (0, 2));
    })
    .await;
}

#[tokio::test]
async fn a_broken_chain_is_said_on_the_page() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        department(&city, "Parks").await;
        kernel_record::seal(&city.city.store).await.expect("seals");
        // Somebody with the database's password takes the guard away.
        let guard: &'static str = match city.city.store.engine() {
            "sqlite" => "DROP TRIGGER record_audit_unchanged",
            _ => "DROP FUNCTION record_append_only() CASCADE",
        };
        for sql in [guard, "UPDATE record_audit SET who = 'nobody' WHERE act = 'department.made'"] {
            let mut tx = city.city.store.begin().await.expect("begins");
            tx.exec(sql, &[]).await.expect("runs");
            tx.commit().await.expect("commits");
        }
        let page = city.by(&kim).get("/people/audit?lang=en").await;
        assert!(page.text.contains("The chain is broken"), "{}", page.text);
    })
    .await;
}
