use std::collections::BTreeMap;

use kernel_base::{Error, Result};
use kernel_identity::{Role, account, grants_of};
use kernel_store::Store;
use kernel_web::Visit;

use super::plan::{Place, Plan, Reader, plan};
use crate::reading::{Assignment, Seat, store as reading};
use crate::round::{Round, RoundCity, store as rounds};

/// A round's cities, its evaluators and who has which city.
pub struct Table {
    pub cities: Vec<RoundCity>,
    pub evaluators: Vec<Known>,
    pub assignments: Vec<Assignment>,
}

/// An evaluator by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub reader: Reader,
    pub name: String,
    /// Cities handed in.
    pub done: usize,
    /// Still an evaluator who can sign in: others get no more cities.
    pub active: bool,
}

impl Table {
    pub async fn of(store: &Store, round: &Round) -> Result<Table> {
        let assignments = reading::of_round(store, &round.id).await?;
        let mut evaluators = Vec::new();
        for one in reading::evaluators(store, &round.id).await? {
            let (name, active) = known(store, &one.account).await?;
            let of = assignments.iter().filter(|given| given.account == one.account);
            let done = of.clone().filter(|given| given.done_at.is_some()).count();
            let load = of.count();
            let reader = Reader { account: one.account, languages: one.languages, load };
            evaluators.push(Known { reader, name, done, active });
        }
        Ok(Table { cities: rounds::cities(store, &round.id).await?, evaluators, assignments })
    }

    /// What one press of the button would give.
    pub fn plan(&self) -> Plan {
        let place = |city: &RoundCity| Place {
            city: city.id.clone(),
            languages: city.languages.clone(),
            readers: self.of_city(&city.id).map(|one| (one.seat, one.account.clone())).collect(),
        };
        let places: Vec<Place> = self.cities.iter().map(place).collect();
        let readers: Vec<Reader> =
            self.evaluators.iter().filter(|one| one.active).map(|one| one.reader.clone()).collect();
        plan(&places, &readers)
    }

    pub fn of_city<'a>(&'a self, city: &'a str) -> impl Iterator<Item = &'a Assignment> {
        self.assignments.iter().filter(move |one| one.city == city)
    }

    pub fn seat(&self, city: &str, seat: Seat) -> Option<&Assignment> {
        self.assignments.iter().find(|one| one.city == city && one.seat == seat)
    }

    pub fn city(&self, id: &str) -> Option<&RoundCity> {
        self.cities.iter().find(|city| city.id == id)
    }

    /// Names by account; whoever has left the round keeps the account's id.
    pub fn names(&self) -> BTreeMap<&str, &str> {
        self.evaluators.iter().map(|one| (one.reader.account.as_str(), one.name.as_str())).collect()
    }
}

/// Name of an account, and whether it may read for a round.
pub async fn known(store: &Store, id: &str) -> Result<(String, bool)> {
    match account::get(store, id).await {
        Ok(found) => {
            let still = grants_of(store, id).await?.iter().any(|grant| grant.role == Role::Evaluator);
            Ok((found.name.clone(), still && found.is_active()))
        }
        Err(Error::NotFound) => Ok((id.to_owned(), false)),
        Err(other) => Err(other),
    }
}

/// `ko, en`.
pub fn tags(languages: &[String]) -> String {
    languages.join(", ")
}

/// How many cities, in words.
pub fn cities(visit: &Visit, n: usize) -> String {
    visit.t_with("survey-settle-cities", &[("n", n.into())])
}
