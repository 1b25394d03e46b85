use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use kernel_base::{Clock, Error, Random, Result, Secrets};
use kernel_files::Files;
use kernel_identity::{Passwords, Rights, Sessions};
use kernel_language::{LANGUAGES, Words};
use kernel_letters::{Letters, Sender};
use kernel_record::{Job, Jobs};
use kernel_store::{Migrations, Store};

use crate::forget;
use crate::post::Book;
use crate::search::SearchRoom;
use crate::{Entrance, PostRoom, Profile, Settings, System};

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
    pub letters: Letters,
    /// The guarded way to other servers.
    pub outside: outbound::Client,
    /// Uploads.
    pub files: Files,
    pub words: Arc<Words>,
    pub settings: Settings,
    pub profile: Profile,
    pub systems: Vec<System>,
    pub(crate) search: SearchRoom,
    memory: Memory,
}

/// What systems remember in this process, one of a type.
type Memory = Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>;

impl Deref for City {
    type Target = CityState;

    fn deref(&self) -> &CityState {
        &self.0
    }
}

/// The schemas of the kernel and of these systems.
pub fn migrations(systems: &[System]) -> Vec<Migrations> {
    let kernel =
        [kernel_record::MIGRATIONS, kernel_identity::MIGRATIONS, kernel_letters::MIGRATIONS, crate::MIGRATIONS];
    kernel.into_iter().chain(systems.iter().map(|system| system.migrations)).collect()
}

/// What a city is made of.
pub struct Foundation {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub secrets: Secrets,
    pub post: PostRoom,
    pub outside: outbound::Client,
    pub files: kernel_files::Settings,
    pub settings: Settings,
    pub profile: Profile,
    pub systems: Vec<System>,
}

impl City {
    /// Migrates the schema, reads all texts and lets every system start.
    pub async fn open(foundation: Foundation) -> Result<City> {
        let Foundation { store, clock, random, secrets, post, outside, files, settings, profile, systems } = foundation;
        store.migrate(&migrations(&systems)).await?;
        let mut texts = vec![kernel_ui::TEXTS, crate::TEXTS, kernel_letters::TEXTS];
        texts.extend(systems.iter().map(|system| system.texts));
        let words = Arc::new(Words::new(&texts).map_err(Error::fault)?);
        let letters = letters(post, &profile, (&secrets, &words, &store));
        let files = Files::new(files, random.clone());
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
            letters,
            outside,
            files,
            words,
            settings,
            profile,
            systems,
            search,
            memory: Memory::default(),
        }));
        for system in &city.systems {
            (system.start)(&city).await?;
        }
        Ok(city)
    }

    /// What a system remembers in this process beside the database: made at the first asking, gone with the process.
    pub fn memory<T: Send + Sync + 'static>(&self, make: impl Fn() -> T) -> Arc<T> {
        let mut kept = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(make())).clone();
        drop(kept);
        found.downcast::<T>().unwrap_or_else(|_| Arc::new(make()))
    }

    /// Where people sign in, when a system offers it.
    pub fn entrance(&self) -> Option<Entrance> {
        self.systems.iter().find_map(|system| system.entrance)
    }

    /// Who knows of places and districts, when a system does.
    pub fn places(&self) -> Option<Arc<dyn contracts::Places>> {
        self.systems.iter().find_map(|system| system.places).map(|places| places(self))
    }

    /// Whether programs ask this path, rather than people.
    pub(crate) fn for_programs(&self, path: &str) -> bool {
        let begins =
            |start: &&str| path.strip_prefix(*start).is_some_and(|rest| rest.is_empty() || rest.starts_with("/"));
        path.starts_with("/api/") || self.systems.iter().flat_map(|system| system.programs).any(begins)
    }

    /// All kinds of jobs of all systems.
    pub fn jobs(&self) -> Jobs {
        let mut kinds: Vec<Arc<dyn Job>> = self.systems.iter().flat_map(|system| (system.jobs)(self)).collect();
        kinds.extend(kernel_letters::jobs(&self.letters));
        kinds.push(forget::job());
        Jobs::new(self.store.clone(), self.clock.clone(), self.random.clone(), kinds)
    }

    /// The jobs of all systems that take minutes.
    pub fn labour(&self) -> Jobs {
        let kinds = self.systems.iter().flat_map(|system| (system.labour)(self)).collect();
        Jobs::new(self.store.clone(), self.clock.clone(), self.random.clone(), kinds)
    }

    /// Tells the systems the facts that wait; answers how many were told.
    pub async fn deliver_facts(&self) -> Result<usize> {
        let hearers: Vec<_> = self.systems.iter().flat_map(|system| (system.hearers)(self)).collect();
        kernel_record::deliver(&self.store, &hearers, &self.clock, &*self.random).await
    }
}

fn letters(post: PostRoom, profile: &Profile, (secrets, words, store): (&Secrets, &Arc<Words>, &Store)) -> Letters {
    let names = LANGUAGES.into_iter().map(|language| (language, profile.name.in_language(language).to_owned()));
    let sender = Sender { origin: post.origin, names: names.collect() };
    let book = Arc::new(Book(store.clone()));
    Letters::new(post.settings, sender, secrets.clone(), words.clone(), book, post.carriers)
}
