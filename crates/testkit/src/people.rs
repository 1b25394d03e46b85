use std::sync::Arc;

use http::Method;
use kernel_identity::{Contact, Name, NewSession, Role, Who, account, give, session};

use crate::{Answer, TestCity};

/// Somebody in a test, with a session of their own.
#[derive(Debug, Clone)]
pub struct Person {
    pub account: String,
    pub session: String,
    pub email: String,
    cookie: String,
}

/// Asks as that person.
pub struct By<'a> {
    city: &'a TestCity,
    cookie: String,
}

impl TestCity {
    /// Somebody with a confirmed address and this role, signed in with a second factor.
    pub async fn somebody(&self, name: &str, role: Role) -> Person {
        self.somebody_of(name, role, None, true).await
    }

    /// The same, in a department, and with or without a second factor in the session.
    pub async fn somebody_of(&self, name: &str, role: Role, department: Option<&str>, second_factor: bool) -> Person {
        let city = &self.city;
        let made = (&*city.clock, &*city.random);
        let email = format!("{}@people.example", name.to_lowercase().replace(' ', "."));
        let mut tx = city.store.begin().await.expect("begins");
        let name = Name::parse(name).expect("a name");
        let account = account::insert(&mut tx, "person", &name, "en", made).await.expect("an account");
        Contact::set(&mut tx, account.as_str(), "email", &email, made.0.now()).await.expect("an address");
        if role != Role::Resident {
            give(&mut tx, account.as_str(), role, department, "test", made).await.expect("a role");
        }
        tx.commit().await.expect("commits");
        self.session_of(account.as_str(), email, second_factor).await
    }

    /// The same person with a new session: hand clocks outlast the old one.
    pub async fn again(&self, person: &Person) -> Person {
        self.session_of(&person.account, person.email.clone(), true).await
    }

    async fn session_of(&self, account: &str, email: String, second_factor: bool) -> Person {
        let city = &self.city;
        let way = if second_factor { "passkey" } else { "password" };
        let new = NewSession { account, way, assurance: "", second_factor, device: "Test" };
        let mut tx = city.store.begin().await.expect("begins");
        let made = (&*city.clock, &*city.random);
        let opened = session::open(&mut tx, new, city.sessions.lifetimes, &city.secrets, made).await;
        let (session, secret) = opened.expect("a session");
        tx.commit().await.expect("commits");
        Person { account: account.to_owned(), session: session.to_string(), email, cookie: format!("session={secret}") }
    }

    /// Who the city takes this person's session for.
    pub async fn who(&self, person: &Person) -> Arc<Who> {
        let (city, secret) = (&self.city, person.cookie.trim_start_matches("session="));
        let found = city.sessions.by_cookie(&city.store, &*city.clock, secret).await;
        found.expect("the database answers").expect("a living session")
    }

    pub fn by(&self, person: &Person) -> By<'_> {
        By { city: self, cookie: person.cookie.clone() }
    }

    /// Asks with the session cookie that an answer set.
    pub fn with_cookie_of(&self, answer: &Answer) -> By<'_> {
        let set = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        let cookie = set.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with("session="));
        By { city: self, cookie: cookie.expect("the answer opens a session").to_owned() }
    }
}

impl By<'_> {
    /// `name=value` of the session, for requests that bring more.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.ask(Method::POST, path, &headers, body).await
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("cookie", &self.cookie));
        self.city.ask(method, path, &headers, body).await
    }
}
