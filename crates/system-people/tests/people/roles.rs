use kernel_identity::{Role, grants_of};
use testkit::{Answer, Person, TestCity, on_both_engines};

use crate::{acts, department, letters, systems};

async fn give(city: &TestCity, by: &Person, to: &str, role: &str, department: &str) -> Answer {
    let fields = [("who", to), ("role", role), ("department", department)];
    city.by(by).post("/people/roles?lang=en", &fields).await
}

#[tokio::test]
async fn a_role_counts_from_the_next_request_and_ends_with_the_next() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let parks = department(&city, "Parks").await;
        assert_eq!(city.by(&lee).get("/people/counter").await.status, 403);
        assert_eq!(give(&city, &kim, " Lee.Jiwoo@people.example ", "clerk", &parks.id).await.status, 303);
        assert_eq!(city.by(&lee).get("/people/counter").await.status, 200);
        assert_eq!(city.by(&lee).get("/people/roles").await.status, 403);
        let written = letters(&city, &lee).await;
        assert!(written[0].contains("You have a new role") && written[0].contains("clerk"), "{written:?}");

        let grant = grants_of(&city.city.store, &lee.account).await.expect("roles").remove(0);
        let taken = city.by(&kim).post(&format!("/people/roles/{}/take", grant.id), &[]).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        assert_eq!(city.by(&lee).get("/people/counter").await.status, 403);
        let page = city.by(&kim).get(&format!("{}&lang=en", taken.header("location"))).await;
        assert!(page.text.contains("Undo") && page.text.contains(&format!("value=\"{}\"", lee.account)));
        let undone = give(&city, &kim, &lee.account, "clerk", &parks.id).await;
        assert_eq!(undone.status, 303);
        assert_eq!(city.by(&lee).get("/people/counter").await.status, 200);
        assert_eq!(acts(&city, &lee.account).await, ["role.given", "role.given", "role.taken"]);
        assert_eq!(
            city.by(&kim).post(&format!("/people/roles/{}/take", grant.id), &[]).await.status,
            404,
            "it is over"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_their_own_roles_and_one_administrator_stays() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let own = give(&city, &kim, &kim.email, "editor", "").await;
        assert!(own.status == 422 && own.text.contains("Nobody gives a role to themselves"), "{}", own.text);
        let grant = grants_of(&city.city.store, &kim.account).await.expect("roles").remove(0);
        let take = format!("/people/roles/{}/take", grant.id);
        assert_eq!(city.by(&kim).post(&take, &[]).await.status, 409);

        // Two administrators take each other's role: the second one is the last and stays.
        let lee = city.somebody("Lee Administrator", Role::Administrator).await;
        assert_eq!(city.by(&lee).post(&take, &[]).await.status, 303);
        assert_eq!(city.by(&kim).get("/people/roles").await.status, 403);
        let last = grants_of(&city.city.store, &lee.account).await.expect("roles").remove(0);
        assert_eq!(city.by(&kim).post(&format!("/people/roles/{}/take", last.id), &[]).await.status, 403);
        assert_eq!(city.by(&lee).post(&format!("/people/roles/{}/take", last.id), &[]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_role_for_this_person_is_said_at_its_field() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        let parks = department(&city, "Parks").await;
        for (to, role, department, words) in [
            ("nobody@people.example", "editor", "", "No account has this address"),
            (lee.email.as_str(), "mayor", "", "Choose a role"),
            (lee.email.as_str(), "resident", "", "Choose a role"),
            (lee.email.as_str(), "clerk", "", "A clerk needs an open department"),
            (lee.email.as_str(), "clerk", "dp_none", "A clerk needs an open department"),
            (lee.email.as_str(), "editor", parks.id.as_str(), "A clerk needs an open department"),
        ] {
            let answer = give(&city, &kim, to, role, department).await;
            assert!(answer.status == 422 && answer.text.contains(words), "{to} {role} {department}: {}", answer.text);
        }
        assert_eq!(give(&city, &kim, &lee.email, "editor", "").await.status, 303);
        assert!(give(&city, &kim, &lee.email, "editor", "").await.text.contains("They have this role already"));
        assert_eq!(
            city.by(&kim).post(&format!("/people/{}/block", lee.account), &[("reason", "left the city")]).await.status,
            303
        );
        assert!(give(&city, &kim, &lee.email, "evaluator", "").await.text.contains("blocked or closed"));
    })
    .await;
}

#[tokio::test]
async fn who_did_not_prove_it_lately_proves_it_before_changing_roles() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        city.clock.forward_seconds(601);
        let answer = give(&city, &kim, &lee.email, "editor", "").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in/again?back=%2Fpeople%2Froles"));
        assert!(grants_of(&city.city.store, &lee.account).await.expect("roles").is_empty());
    })
    .await;
}
