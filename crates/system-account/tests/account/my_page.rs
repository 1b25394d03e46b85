use kernel_identity::Role;
use testkit::on_both_engines;

use crate::systems;

#[tokio::test]
async fn my_page_says_who_i_am_and_what_is_mine_and_nobody_else_sees_it() {
    on_both_engines(systems(), async |city| {
        let (kim, lee) =
            (city.somebody("Kim Minsu", Role::Resident).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        assert_eq!(city.by(&kim).post("/tent/pitch", &[]).await.status, 303);
        let page = city.by(&kim).get("/account?lang=en").await;
        assert_eq!(page.status, 200);
        for wanted in ["Kim Minsu", "kim.minsu@people.example", "/tent/pitched", "Not confirmed", "/account/data"] {
            assert!(page.text.contains(wanted), "{wanted}");
        }
        assert!(page.header("cache-control").contains("no-store") && !page.text.contains("Repair tents"));
        let other = city.by(&lee).get("/account?lang=en").await;
        assert!(!other.text.contains("Minsu") && !other.text.contains("/tent/pitched"));
        let stranger = city.get("/account?lang=en").await;
        assert!(stranger.status != 200 && !stranger.text.contains("Minsu"));
        let korean = city.by(&kim).get("/account?lang=ko").await;
        assert!(korean.text.contains("Kim Minsu님, 안녕하세요") && korean.text.contains("내가 한 일"));
    })
    .await;
}

#[tokio::test]
async fn staff_find_their_desks_on_their_page() {
    on_both_engines(systems(), async |city| {
        let clerk = city.somebody("Park Clerk", Role::Clerk).await;
        let page = city.by(&clerk).get("/account?lang=en").await;
        assert!(page.text.contains("Repair tents") && page.text.contains("Your work"));
    })
    .await;
}

#[tokio::test]
async fn name_and_language_are_changed_and_nonsense_comes_back() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let wrong = city.by(&kim).post("/account/details?lang=en", &[("name", " "), ("language", "xx")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Enter your name") && wrong.text.contains("Choose a language"));
        let done = city.by(&kim).post("/account/details", &[("name", "Kim Min-su"), ("language", "ko")]).await;
        assert_eq!((done.status, done.header("location")), (303, "/account?done=changed"));
        let page = city.by(&kim).get("/account?done=changed&lang=en").await;
        assert!(page.text.contains("Kim Min-su") && page.text.contains("Your changes are saved"));
    })
    .await;
}

#[tokio::test]
async fn a_form_changes_nothing_but_the_fields_that_it_shows() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        let fields = [
            ("name", "Kim Min-su"),
            ("language", "ko"),
            ("email", "evil@people.example"),
            ("state", "closed"),
            ("kind", "organisation"),
            ("role", "administrator"),
            ("verified_at", "1"),
            ("account", "ac_00000000000000000000000000"),
        ];
        assert_eq!(city.by(&kim).post("/account/details", &fields).await.status, 303);
        let store = &city.city.store;
        let account = kernel_identity::account::get(store, &kim.account).await.expect("an account");
        assert_eq!((account.name.as_str(), account.language.as_str()), ("Kim Min-su", "ko"));
        assert_eq!((account.state.as_str(), account.kind.as_str()), ("active", "person"));
        assert!(account.verified_at.is_none());
        assert!(kernel_identity::grants_of(store, &kim.account).await.expect("roles").is_empty());
        let contact = kernel_identity::Contact::of(store, &kim.account).await.expect("a contact");
        assert_eq!(contact.email.as_deref(), Some(kim.email.as_str()));
    })
    .await;
}
