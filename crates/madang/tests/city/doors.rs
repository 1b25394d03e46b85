//! Every way in as everybody: what the table says is what happens.

use http::Method;
use kernel_identity::{NewToken, Role, token};
use kernel_web::{City, Need, Route};
use testkit::{Answer, Person, TestCity};

use crate::city;

/// Interfaces that bring keys of their own: the table lets everybody to them, they answer 401 or 403 themselves.
const OWN_KEYS: &[&str] = &["/v2/"];

/// What became of somebody at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    In,
    /// Sent to sign in.
    SignIn,
    /// Told that nobody is signed in.
    SignedOut,
    /// Sent to prove a second factor.
    SecondFactor,
    Forbidden,
}

/// Who knocks.
#[derive(Debug, Clone, Copy)]
enum Caller {
    Stranger,
    Of(Role),
    /// Of a role, signed in by password alone.
    OneFactor(Role),
    /// A program of an administrator with every right there is.
    Token,
    /// A program of an administrator with no right at all.
    EmptyToken,
}

fn callers() -> Vec<Caller> {
    let roles = Role::ALL.into_iter();
    let one_factor = Role::ALL.into_iter().filter(|role| role.is_staff()).map(Caller::OneFactor);
    let others = [Caller::Stranger, Caller::Token, Caller::EmptyToken];
    others.into_iter().chain(roles.map(Caller::Of)).chain(one_factor).collect()
}

/// What the table promises.
fn promised(city: &City, way: &Route, caller: Caller) -> Outcome {
    let (page, safe) = (!way.path.starts_with("/api/"), way.method == "GET");
    let right = match (way.need, caller) {
        (Need::Everyone, _) => return Outcome::In,
        (_, Caller::Stranger) if page && safe => return Outcome::SignIn,
        (_, Caller::Stranger) => return Outcome::SignedOut,
        // Programs have the rights that they were given, and no page of their owner's.
        (Need::SignedIn, Caller::Token | Caller::EmptyToken) => return Outcome::Forbidden,
        (Need::SignedIn, _) => return Outcome::In,
        (Need::Right(right), _) => right,
    };
    let may = |role| city.rights.may(role, right) || city.rights.may(Role::Resident, right);
    let of_staff = !city.rights.may(Role::Resident, right);
    match caller {
        Caller::EmptyToken => Outcome::Forbidden,
        Caller::Token if may(Role::Administrator) => Outcome::In,
        Caller::Of(role) if may(role) => Outcome::In,
        Caller::OneFactor(role) if may(role) && !of_staff => Outcome::In,
        Caller::OneFactor(role) if may(role) && page && safe => Outcome::SecondFactor,
        _ => Outcome::Forbidden,
    }
}

fn met(answer: &Answer) -> Outcome {
    let to = answer.header("location");
    match answer.status {
        303 if to.starts_with("/sign-in?back=") => Outcome::SignIn,
        303 if to.starts_with("/sign-in/second?back=") => Outcome::SecondFactor,
        401 => Outcome::SignedOut,
        403 => Outcome::Forbidden,
        _ => Outcome::In,
    }
}

/// The path with made-up values for its parameters.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "none" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn token_of(city: &TestCity, person: &Person, scopes: &[&str]) -> String {
    let city = &city.city;
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await.expect("begins");
    let new = NewToken { account: &person.account, name: "Test", scopes, ends_at: city.clock.now().plus_days(1) };
    let (_, secret) = token::issue(&mut tx, new, &city.secrets, made).await.expect("a token");
    tx.commit().await.expect("commits");
    format!("Bearer {secret}")
}

/// Knocks as somebody new, so that no door is closed by what happened behind another.
async fn knock(city: &TestCity, number: usize, caller: Caller, way: &Route) -> Answer {
    let method: Method = way.method.parse().expect("a method");
    let path = filled(&way.path);
    let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let program = [("content-type", "application/json")];
    let headers: &[(&str, &str)] = if path.starts_with("/api/") { &program } else { &form };
    let name = format!("Somebody {number}");
    match caller {
        Caller::Stranger => city.ask(method, &path, headers, String::new()).await,
        Caller::Of(role) | Caller::OneFactor(role) => {
            let proved = matches!(caller, Caller::Of(_));
            let person = city.somebody_of(&name, role, None, proved).await;
            city.by(&person).ask(method, &path, headers, String::new()).await
        }
        Caller::Token | Caller::EmptyToken => {
            let scopes: Vec<_> = match caller {
                Caller::Token => city.city.rights.names().collect(),
                _ => Vec::new(),
            };
            let person = city.somebody(&name, Role::Administrator).await;
            let key = token_of(city, &person, &scopes).await;
            let mut headers = headers.to_vec();
            headers.push(("authorization", &key));
            city.ask(method, &path, &headers, String::new()).await
        }
    }
}

#[tokio::test]
async fn every_way_in_lets_in_whom_the_table_names_and_nobody_else() {
    let (city, _folder) = city().await;
    let (mut number, mut wrong) = (0, Vec::new());
    for way in kernel_web::ways_in(&city.city) {
        // Limits count by the minute.
        city.clock.forward_seconds(61);
        for caller in callers() {
            number += 1;
            let answer = knock(&city, number, caller, &way).await;
            assert_ne!(answer.status, 429, "the limits stand in the way of {} {}", way.method, way.path);
            let (promised, met) = (promised(&city.city, &way, caller), met(&answer));
            let own_keys = OWN_KEYS.iter().any(|room| way.path.starts_with(room));
            if promised != met && !own_keys {
                wrong.push(format!(
                    "{} {} as {caller:?}: {promised:?} promised, {met:?} ({}) met",
                    way.method, way.path, answer.status
                ));
            }
            assert!(answer.status < 500, "{} {} as {caller:?}: {}", way.method, way.path, answer.status);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_is_in_no_table_is_no_way_in() {
    let (city, _folder) = city().await;
    let person = city.somebody("Lee Administrator", Role::Administrator).await;
    for path in ["/people/none/none/none", "/account/none/none/none", "/api/v1/none", "/api", "/.env", "/admin"] {
        let status = city.by(&person).get(path).await.status;
        assert_eq!(status, if path == "/api" { 200 } else { 404 }, "{path}");
    }
}

/// Rooms of people, to which strangers come too.
const PERSONAL: &[&str] = &["/sign-in", "/register", "/recover", "/follow"];

#[tokio::test]
async fn pages_for_some_are_kept_nowhere_name_no_address_elsewhere_and_change_nothing_by_being_read() {
    let (city, _folder) = city().await;
    let (mut seen, mut wrong) = (0, Vec::new());
    for (number, way) in kernel_web::ways_in(&city.city).into_iter().filter(|way| way.method == "GET").enumerate() {
        city.clock.forward_seconds(61);
        let path = filled(&way.path);
        let behind_a_door = !matches!(way.need, Need::Everyone);
        for role in [Role::Clerk, Role::Administrator] {
            let person = city.somebody(&format!("Somebody {number} {role:?}"), role).await;
            let version = city.city.store.version();
            let answer = city.by(&person).get(&path).await;
            let mut say = |what: &str| wrong.push(format!("{path} as {role:?} ({}): {what}", answer.status));
            if city.city.store.version() != version {
                say("reading changed something");
            }
            // What other sites frame is nobody's own and has no shell.
            let framed = answer.header("content-security-policy").contains("frame-ancestors *");
            let page = answer.header("content-type").starts_with("text/html") && !framed;
            if page && !answer.text.contains("action=\"/sign-out\"") {
                say("no way to sign out");
            }
            if !behind_a_door && !PERSONAL.iter().any(|room| path.starts_with(room)) {
                continue;
            }
            seen += 1;
            if answer.header("cache-control") != "no-store" {
                say(&format!("cache-control {:?}", answer.header("cache-control")));
            }
            if answer.header("referrer-policy") != "same-origin" {
                say(&format!("referrer-policy {:?}", answer.header("referrer-policy")));
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_new_city_has_nobody() {
    let (city, _folder) = city().await;
    for (table, sql) in [
        ("accounts", "SELECT id FROM identity_account"),
        ("roles", "SELECT id FROM identity_grant"),
        ("keys", "SELECT id FROM identity_token"),
        ("services", "SELECT id FROM letters_service"),
    ] {
        assert!(city.city.store.all(sql, &[]).await.expect("rows").is_empty(), "{table}");
    }
}

#[tokio::test]
async fn facts_that_were_heard_go_after_thirty_days() {
    let (city, _folder) = city().await;
    let instrument = city.get("/survey/instruments/madang-2026/sheet.csv").await.text;
    let rows: Vec<String> = instrument
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .map(|id| format!("{id},,not_assessable"))
        .collect();
    let sheet = format!("criterion,value,state\n{}", rows.join("\n"));
    let kept = city.post("/survey/score", &[("instrument", "madang-2026"), ("sheet", &sheet)]).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let facts = async || city.city.store.all("SELECT id FROM record_fact", &[]).await.expect("rows").len();
    assert_eq!(facts().await, 1);
    city.clock.forward_days(31);
    city.run_jobs().await;
    assert_eq!(facts().await, 2, "nobody was told yet: it stays, and another was said meanwhile");
    city.city.deliver_facts().await.expect("told");
    city.clock.forward_seconds(3601);
    city.run_jobs().await;
    assert_eq!(facts().await, 1, "the old one goes");
    city.clock.forward_days(31);
    city.run_jobs().await;
    assert_eq!(facts().await, 0);
}
