use kernel_identity::Role;
use testkit::on_both_engines;

use crate::{acts, department, systems};

#[tokio::test]
async fn a_department_is_made_renamed_closed_and_opened_again() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let by = city.by(&kim);
        let parks = department(&city, "Parks").await;
        let wrong = by.post("/people/departments?lang=en", &[("en", "Roads"), ("ko", " ")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("value=\"Roads\""), "what was typed is still there");
        let here = format!("/people/departments/{}", parks.id);
        assert_eq!(
            by.post(&format!("{here}/rename"), &[("en", "Parks and trees"), ("ko", "공원과")]).await.status,
            303
        );
        let page = by.get("/people/departments?lang=ko").await;
        assert!(page.text.contains("Parks and trees") && page.text.contains("공원과"));
        let closed = by.post(&format!("{here}/close"), &[]).await;
        let after = by.get(closed.header("location")).await;
        assert!(
            after.text.contains("Undo") && after.text.contains(&format!("action=\"{here}/open\"")),
            "{}",
            after.text
        );
        assert_eq!(by.post(&format!("{here}/open"), &[]).await.status, 303);
        let done = acts(&city, &parks.id).await;
        assert_eq!(done, ["department.closed", "department.made", "department.opened", "department.renamed"]);
        for nothing in ["/people/departments/none", "/people/departments/dp_1"] {
            assert_eq!(by.get(nothing).await.status, 404);
            assert_eq!(by.post(&format!("{nothing}/close"), &[]).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn a_department_with_clerks_is_not_closed() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let parks = department(&city, "Parks").await;
        city.somebody_of("Choi Clerk", Role::Clerk, Some(&parks.id), true).await;
        let refused = city.by(&kim).post(&format!("/people/departments/{}/close?lang=en", parks.id), &[]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text.contains("Somebody is a clerk"), "{}", refused.text);
    })
    .await;
}
