//! What a reviewer reads to see the architecture change: rights, ways in, schema.

use crate::city;

#[tokio::test]
async fn who_may_do_what() {
    let (city, _folder) = city().await;
    insta::assert_snapshot!(city.city.rights.table());
}

#[tokio::test]
async fn every_way_in_and_what_it_needs() {
    let (city, _folder) = city().await;
    let lines: Vec<String> = kernel_web::ways_in(&city.city)
        .iter()
        .map(|way| format!("{:<7}{:<64}{}", way.method, way.path, way.need.word()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn every_step_of_the_schema() {
    let (city, _folder) = city().await;
    let rows = city.city.store.all("SELECT system, name FROM store_migration ORDER BY system, name", &[]).await;
    let steps: Vec<String> = rows
        .expect("the ledger")
        .iter()
        .map(|row| format!("{}/{}", row.text("system").expect("text"), row.text("name").expect("text")))
        // Each engine has its own words for some steps.
        .filter(|step| !step.ends_with(".postgres") && !step.ends_with(".sqlite"))
        .collect();
    insta::assert_snapshot!(steps.join("\n"));
}

#[tokio::test]
async fn a_right_is_named_by_its_system_and_opens_something() {
    let (city, _folder) = city().await;
    for system in madang::SYSTEMS {
        for permission in system.permissions {
            let (room, _) = permission.name.split_once('.').expect("a right is named like an act: people.grant");
            assert_eq!(room, system.name, "{}", permission.name);
            assert!(!permission.roles.is_empty(), "nobody has {}", permission.name);
        }
    }
    for way in kernel_web::ways_in(&city.city) {
        if let kernel_web::Need::Right(right) = way.need {
            assert!(city.city.rights.names().any(|name| name == right), "{} needs {right}, which nobody has", way.path);
        }
    }
}

#[tokio::test]
async fn every_right_has_words_in_every_language() {
    let (city, _folder) = city().await;
    for right in city.city.rights.names() {
        let (room, act) = right.split_once('.').expect("a right is named like an act");
        for language in [kernel_language::ENGLISH, kernel_language::KOREAN] {
            let key = format!("{room}-right-{act}");
            let said = city.city.words.say(language, &key, &[]);
            assert!(!said.fallback && said.text != key, "{key} in {}", language.code);
        }
    }
}

#[tokio::test]
async fn every_statement_of_accounts_and_roles_is_accepted_by_both_engines() {
    testkit::on_both_engines(madang::SYSTEMS.to_vec(), async |city| {
        for statement in kernel_identity::STATEMENTS.iter().copied().flatten() {
            city.city.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
    })
    .await;
}

#[tokio::test]
async fn every_statement_of_letters_and_services_is_accepted_by_both_engines() {
    testkit::on_both_engines(madang::SYSTEMS.to_vec(), async |city| {
        for statement in kernel_letters::STATEMENTS.iter().chain(system_letters::STATEMENTS) {
            city.city.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
    })
    .await;
}

#[tokio::test]
async fn every_statement_of_the_map_is_accepted_by_both_engines() {
    testkit::on_both_engines(madang::SYSTEMS.to_vec(), async |city| {
        for statement in system_map::STATEMENTS.iter().copied().flatten() {
            city.city.store.prepare(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
    })
    .await;
}
