use std::ops::Deref;
use std::sync::Arc;

use kernel_base::{Clock, Error, Random, Result};
use kernel_language::Words;
use kernel_record::Jobs;
use kernel_store::{Migrations, Store};

use crate::search::SearchRoom;
use crate::{Profile, Settings, System};

/// The state of the whole portal; a clone is a pointer.
#[derive(Clone)]
pub struct City(Arc<CityState>);

pub struct CityState {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
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
    pub settings: Settings,
    pub profile: Profile,
    pub systems: Vec<System>,
}

impl City {
    /// Migrates the schema, reads all texts and lets every system start.
    pub async fn open(foundation: Foundation) -> Result<City> {
        let Foundation { store, clock, random, settings, profile, systems } = foundation;
        let mut migrations: Vec<Migrations> = vec![kernel_record::MIGRATIONS];
        migrations.extend(systems.iter().map(|system| system.migrations));
        store.migrate(&migrations).await?;
        let mut texts = vec![kernel_ui::TEXTS, crate::TEXTS];
        texts.extend(systems.iter().map(|system| system.texts));
        let words = Words::new(&texts).map_err(Error::fault)?;
        let search = SearchRoom::default();
        let city = City(Arc::new(CityState { store, clock, random, words, settings, profile, systems, search }));
        for system in &city.systems {
            (system.start)(&city).await?;
        }
        Ok(city)
    }

    /// All kinds of jobs of all systems.
    pub fn jobs(&self) -> Jobs {
        let kinds = self.systems.iter().flat_map(|system| (system.jobs)(self)).collect();
        Jobs::new(self.store.clone(), self.clock.clone(), self.random.clone(), kinds)
    }

    /// Tells the systems the facts that wait; answers how many were told.
    pub async fn deliver_facts(&self) -> Result<usize> {
        let hearers: Vec<_> = self.systems.iter().flat_map(|system| (system.hearers)(self)).collect();
        kernel_record::deliver(&self.store, &hearers).await
    }
}
