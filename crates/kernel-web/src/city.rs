use std::ops::Deref;
use std::sync::Arc;

use kernel_base::{Clock, Error, Random, Result, Secrets};
use kernel_identity::{Passwords, Rights, Sessions};
use kernel_language::Words;
use kernel_record::Jobs;
use kernel_store::{Migrations, Store};

use crate::forget;
use crate::search::SearchRoom;
use crate::{Entrance, Profile, Settings, System};

/// The state of the whole portal; a clone is a pointer.
#[derive(Clone)]
pub struct City(Arc<CityState>);

pub struct CityState {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub secrets: Secrets,
    pub sessions: Sessions,
    pub passwords: Passwords,
    pub rights: Rights,
    pub words: Words,
    pub settings: Settings,
    pub profile: Profile,
    pub systems: Vec<System>,
    pub(crate) search: SearchRoom,
}

impl Deref for City {
    type Target = CityState;

    fn deref(&self) -> &CityState {
        &self.0
    }
}

/// What a city is made of.
pub struct Foundation {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub secrets: Secrets,
    pub settings: Settings,
    pub profile: Profile,
    pub systems: Vec<System>,
}

impl City {
    /// Migrates the schema, reads all texts and lets every system start.
    pub async fn open(foundation: Foundation) -> Result<City> {
        let Foundation { store, clock, random, secrets, settings, profile, systems } = foundation;
        let mut migrations: Vec<Migrations> =
            vec![kernel_record::MIGRATIONS, kernel_identity::MIGRATIONS, crate::MIGRATIONS];
        migrations.extend(systems.iter().map(|system| system.migrations));
        store.migrate(&migrations).await?;
        let mut texts = vec![kernel_ui::TEXTS, crate::TEXTS];
        texts.extend(systems.iter().map(|system| system.texts));
        let words = Words::new(&texts).map_err(Error::fault)?;
        let search = SearchRoom::default();
        let sessions = Sessions::new(secrets.clone(), settings.lifetimes);
        let passwords = Passwords::new(settings.password_cost, &secrets, &*random)?;
        let rights = Rights::new(systems.iter().flat_map(|system| system.permissions).copied());
        let city = City(Arc::new(CityState {
            store,
            clock,
            random,
            secrets,
            sessions,
            passwords,
            rights,
            words,
            settings,
            profile,
            systems,
            search,
        }));
        for system in &city.systems {
            (system.start)(&city).await?;
        }
        Ok(city)
    }

    /// Where people sign in, when a system offers it.
    pub fn entrance(&self) -> Option<Entrance> {
        self.systems.iter().find_map(|system| system.entrance)
    }

    /// All kinds of jobs of all systems.
    pub fn jobs(&self) -> Jobs {
        let kinds = self.systems.iter().flat_map(|system| (system.jobs)(self)).chain([forget::job()]).collect();
        Jobs::new(self.store.clone(), self.clock.clone(), self.random.clone(), kinds)
    }

    /// Tells the systems the facts that wait; answers how many were told.
    pub async fn deliver_facts(&self) -> Result<usize> {
        let hearers: Vec<_> = self.systems.iter().flat_map(|system| (system.hearers)(self)).collect();
        kernel_record::deliver(&self.store, &hearers, &self.clock, &*self.random).await
    }
}
