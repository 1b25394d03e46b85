//! What staff do about people, in a whole city.

mod audit;
mod counter;
mod departments;
mod interface;
mod record;
mod residence;
mod roles;

use kernel_identity::{Department, Name, department};
use kernel_web::{Entrance, Mine, System};
use testkit::{Person, TestCity};

/// Where people prove who they are, and what they have: other rooms do that in a whole city.
const HALL: System = System {
    entrance: Some(Entrance {
        sign_in: "/sign-in",
        sign_out: "/sign-out",
        second_factor: "/sign-in/second",
        again: "/sign-in/again",
        home: "/account",
    }),
    mine: |visit, account| {
        let mine = Mine { title: format!("Tent of {account}"), href: "/tent".to_owned(), at: visit.now() };
        Box::pin(async move { Ok(vec![mine]) })
    },
    ..System::named("hall")
};

fn systems() -> Vec<System> {
    vec![system_people::SYSTEM, HALL]
}

/// A department that stands already.
async fn department(city: &TestCity, name: &str) -> Department {
    let administrator = city.somebody(&format!("{name} Founder"), kernel_identity::Role::Administrator).await;
    let answer = city.by(&administrator).post("/people/departments", &[("en", name), ("ko", name)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(Name::parse(name).is_some());
    let all = department::all(&city.city.store).await.expect("departments");
    all.into_iter().find(|one| one.name_en == name).expect("it is there")
}

/// Letters to this person, after all that waits was brought.
async fn letters(city: &TestCity, person: &Person) -> Vec<String> {
    city.run_jobs().await;
    let parcels = city.post.parcels();
    let theirs = parcels.into_iter().filter(|parcel| parcel.address == person.email);
    theirs.map(|parcel| format!("{}\n{}", parcel.subject, parcel.body)).collect()
}

/// Acts of the trail about this, by name: a hand clock that stands still says nothing about their order.
async fn acts(city: &TestCity, subject: &str) -> Vec<String> {
    let filter = kernel_record::Filter::Subject(subject);
    let page = kernel_record::trail(&city.city.store, filter, None, 100).await.expect("the trail");
    let mut acts: Vec<String> = page.entries.into_iter().map(|entry| entry.act).collect();
    acts.sort();
    acts
}
