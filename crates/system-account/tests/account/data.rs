use std::io::Read;

use kernel_identity::{Reason, Role, access};
use testkit::{Person, TestCity, on_both_engines};

use crate::systems;

async fn looked_at(city: &TestCity, clerk: &Person, account: &str, reason: &str) {
    let who = city.who(clerk).await;
    let reason = Reason::parse(reason).expect("a reason");
    let mut tx = city.city.store.begin().await.expect("begins");
    let made = (&*city.city.clock, &*city.city.random);
    access::open_record(&mut tx, &who, account, "record", &reason, made).await.expect("opens");
    tx.commit().await.expect("commits");
}

#[tokio::test]
async fn a_look_at_my_record_needs_a_reason_holds_half_an_hour_and_is_shown_to_me() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let may = async || {
            let now = city.city.clock.now();
            access::may_see(&city.city.store, &clerk.account, &lee.account, now).await.expect("an answer")
        };
        assert!(!may().await);
        looked_at(&city, &clerk, &lee.account, "a call about the rent").await;
        assert!(may().await);
        let page = city.by(&lee).get("/account/data?lang=en").await;
        for wanted in ["Park Clerk, clerk", "a call about the rent", "Your record"] {
            assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
        }
        city.clock.forward_seconds(1800);
        assert!(!may().await);
    })
    .await;
}

#[tokio::test]
async fn everything_is_taken_away_in_one_archive_without_secrets_after_a_fresh_proof() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        city.by(&lee).post("/tent/pitch", &[]).await;
        let answer = city.by(&lee).post("/account/data/export?lang=en", &[]).await;
        assert_eq!(answer.status, 200);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.bytes)).expect("a ZIP");
        let mut names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        names.sort();
        assert_eq!(
            names,
            [
                "README.txt",
                "account.json",
                "acted-for-me.json",
                "audit-trail.json",
                "delegations.json",
                "guest-acts.json",
                "letters.json",
                "looks-at-my-record.json",
                "residence.json",
                "roles.json",
                "sessions.json",
                "sign-in.json",
                "tent/tent.txt",
                "tokens.json"
            ]
        );
        let mut all = String::new();
        for place in 0..archive.len() {
            archive.by_index(place).expect("a file").read_to_string(&mut all).expect("text");
        }
        for wanted in ["Lee Jiwoo", "lee.jiwoo@people.example", "tent.pitched", "This is everything"] {
            assert!(all.contains(wanted), "{wanted}: {all}");
        }
        assert!(!all.contains("hash") && !all.contains("sealed"));
        city.clock.forward_seconds(601);
        let later = city.by(&lee).post("/account/data/export", &[]).await;
        assert_eq!(later.header("location"), "/sign-in/again?back=%2Faccount%2Fdata");
    })
    .await;
}

/// Every place in the database where this text stands.
async fn places(city: &TestCity, text: &str) -> Vec<String> {
    let columns = match city.city.store.engine() {
        "sqlite" => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        }
        _ => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns
            WHERE table_schema = 'public'"
        }
    };
    let mut found = Vec::new();
    for row in city.city.store.all(columns, &[]).await.expect("columns") {
        let (table, column) = (row.text("t").expect("a table"), row.text("c").expect("a column"));
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE LOWER(CAST({column} AS TEXT)) LIKE '%{text}%'");
        let rows = city.city.store.one(Box::leak(sql.into_boxed_str()), &[]).await.expect("counts").expect("a row");
        if rows.int("n").expect("a number") > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test]
async fn an_account_is_erased_after_two_weeks_and_nothing_says_who_it_was() {
    on_both_engines(systems(), async |city| {
        let (clerk, lee) =
            (city.somebody("Park Clerk", Role::Clerk).await, city.somebody("Lee Jiwoo", Role::Resident).await);
        let kim = city.somebody("Kim Minsu", Role::Resident).await;
        city.by(&lee).post("/tent/pitch", &[]).await;
        city.by(&lee).post("/account/acting/organisation", &[("name", "Lee Jiwoo Bakery")]).await;
        for side in ["agent", "principal"] {
            let note = [("side", side), ("email", "x@y.example"), ("days", "30"), ("note", "Lee Jiwoo asks")];
            city.by(&lee).post("/account/acting/ask", &note).await;
        }
        let to_lee = [("side", "agent"), ("email", lee.email.as_str()), ("days", "30"), ("note", "for Lee Jiwoo")];
        city.by(&kim).post("/account/acting/ask", &to_lee).await;
        looked_at(&city, &clerk, &lee.account, "Lee Jiwoo called").await;
        city.run_jobs().await;

        let wrong = city.by(&lee).post("/account/data/leave?lang=en", &[("sign", "no")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("This is not the same"));
        assert_eq!(city.by(&lee).post("/account/data/leave", &[("sign", &lee.email)]).await.status, 303);
        assert!(city.by(&lee).get("/account?lang=en").await.text.contains("Your account will be deleted on"));
        city.run_jobs().await;
        assert!(!places(&city, "lee jiwoo").await.is_empty(), "the test sees what is there");

        city.clock.forward_days(14);
        city.run_jobs().await;
        assert_eq!(places(&city, "jiwoo").await, Vec::<String>::new());
        assert_ne!(city.by(&lee).get("/account").await.status, 200);
        let gone = kernel_identity::account::get(&city.city.store, &lee.account).await.expect("the row stays");
        assert_eq!((gone.name.as_str(), gone.state.as_str()), ("", "closed"));
        let page = city.by(&city.again(&kim).await).get("/account/acting").await;
        assert_eq!(page.status, 200, "the other side still has a page");
    })
    .await;
}

#[tokio::test]
async fn whoever_thinks_again_keeps_the_account() {
    on_both_engines(systems(), async |city| {
        let lee = city.somebody("Lee Jiwoo", Role::Resident).await;
        city.by(&lee).post("/account/data/leave", &[("sign", &lee.email)]).await;
        city.clock.forward_days(10);
        let lee = city.again(&lee).await;
        assert_eq!(city.by(&lee).post("/account/data/stay", &[]).await.status, 303);
        city.clock.forward_days(10);
        city.run_jobs().await;
        let lee = city.again(&lee).await;
        assert!(city.by(&lee).get("/account?lang=en").await.text.contains("Hello Lee Jiwoo"));
    })
    .await;
}

#[tokio::test]
async fn every_statement_of_identity_is_accepted_by_both_engines() {
    on_both_engines(systems(), async |city| {
        for statement in kernel_identity::STATEMENTS.iter().copied().flatten() {
            city.city.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_only_administrator_stays_until_somebody_else_has_the_role() {
    on_both_engines(systems(), async |city| {
        let kim = city.somebody("Kim Administrator", Role::Administrator).await;
        let leave = async |person: &Person| {
            city.by(person).post("/account/data/leave?lang=en", &[("sign", person.email.as_str())]).await
        };
        let refused = leave(&kim).await;
        assert!(refused.status == 422 && refused.text.contains("Give the role to somebody else first"));
        let lee = city.somebody("Lee Administrator", Role::Administrator).await;
        assert_eq!(leave(&kim).await.status, 303);
        assert_eq!(leave(&lee).await.status, 303);
        city.clock.forward_days(15);
        city.run_jobs().await;
        let state = async |person: &Person| {
            kernel_identity::account::get(&city.city.store, &person.account).await.expect("an account").state
        };
        // Both of one day: nobody promises who goes first.
        let stays = match (state(&kim).await.as_str(), state(&lee).await.as_str()) {
            ("closed", "active") => &lee,
            ("active", "closed") => &kim,
            both => panic!("one of the two stays: {both:?}"),
        };
        city.run_jobs().await;
        let told = city.post.parcels();
        assert!(told.iter().any(|one| one.address == stays.email && one.subject == "Your account was not deleted"));
        let page = city.by(&city.again(stays).await).get("/account?lang=en").await;
        assert!(!page.text.contains("will be deleted on"), "{}", page.text);
    })
    .await;
}
