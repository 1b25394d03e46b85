use std::sync::Arc;

use contracts::{Places, Point};
use futures::future::BoxFuture;
use kernel_base::{Instant, Result};
use kernel_identity::Permission;
use kernel_language::{Lang, Texts};
use kernel_record::{Hearer, Job};
use kernel_search::SearchDocument;
use kernel_store::{Migrations, Tx};
use kernel_ui::Tile;

use crate::{Api, City, Routes, Visit};

/// An entry of the main menu: a message key and where it leads.
#[derive(Debug, Clone, Copy)]
pub struct MenuItem {
    pub key: &'static str,
    pub href: &'static str,
}

/// A workplace: a message key, where it is and the right it needs.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    pub key: &'static str,
    pub href: &'static str,
    pub right: &'static str,
}

/// Where people sign in and out, and where their own page is.
#[derive(Debug, Clone, Copy)]
pub struct Entrance {
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub second_factor: &'static str,
    /// Where somebody who is signed in proves it once more.
    pub again: &'static str,
    pub home: &'static str,
}

/// Something that is a person's own, for their page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    pub title: String,
    pub href: String,
    pub at: Instant,
}

/// A file of what a person may take away: `survey/sc_….json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// How a system that knows of places is asked.
pub type KnowsPlaces = fn(&City) -> Arc<dyn Places>;

/// A layer that a system offers to the map. Only what everybody may see belongs into it.
#[derive(Clone, Copy)]
pub struct LayerOffer {
    /// The word in addresses: `survey-cities`.
    pub name: &'static str,
    /// Message keys of what it is called and what it is.
    pub title: &'static str,
    pub about: &'static str,
    /// Facts, by their names, after which it is read anew.
    pub after: &'static [&'static str],
    /// Its properties: name and what it holds (`text`, `integer`, `number`, `boolean`, `date`, `instant`).
    pub fields: &'static [(&'static str, &'static str)],
    pub features: for<'a> fn(&'a City) -> BoxFuture<'a, Result<Vec<Offered>>>,
}

/// One thing of such a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// Permanent within the layer.
    pub id: String,
    pub at: Point,
    /// By the layer's fields, in their order.
    pub properties: Vec<serde_json::Value>,
}

/// Everything that a system offers to the courtyard. Leave out what it does not have:
/// `System { routes, texts: TEXTS, ..System::named("survey") }`.
#[derive(Clone, Copy)]
pub struct System {
    /// Prefix of its tables, messages and permissions.
    pub name: &'static str,
    pub texts: Texts,
    pub migrations: Migrations,
    /// Pages, with full paths (`/survey/…`). Nothing under `/api`.
    pub routes: fn() -> Routes,
    /// Beginnings of paths whose callers bring keys of their own and are counted by them there, not by their network.
    pub keyed: &'static [&'static str],
    /// Addresses whose handlers take large files as they come and measure them for themselves; `{}` is one part.
    pub streams: &'static [&'static str],
    /// Beginnings of paths besides `/api/` that programs ask: they get problem details instead of pages, unless they
    /// want HTML.
    pub programs: &'static [&'static str],
    /// JSON under `/api`, with full paths (`/api/survey/…`), described by `#[utoipa::path]`.
    pub api: fn() -> Api,
    /// Rights that it brings, and the roles that have them.
    pub permissions: &'static [Permission],
    /// Where staff work, for those who have the right.
    pub desks: &'static [Desk],
    /// Where people sign in; one system of a city has it.
    pub entrance: Option<Entrance>,
    pub menu: &'static [MenuItem],
    pub jobs: fn(&City) -> Vec<Arc<dyn Job>>,
    /// Jobs that take minutes. They have workers of their own, so that they hold up no letter.
    pub labour: fn(&City) -> Vec<Arc<dyn Job>>,
    pub hearers: fn(&City) -> Vec<Arc<dyn Hearer>>,
    /// Runs at every start after the migrations and before the first request; must be quick and idempotent.
    pub start: for<'a> fn(&'a City) -> BoxFuture<'a, Result<()>>,
    /// What it knows of places and districts; one system of a city answers.
    pub places: Option<KnowsPlaces>,
    /// What of its own lies somewhere, for the map.
    pub layers: &'static [LayerOffer],
    /// Ways in for the home page.
    pub tiles: for<'a> fn(&'a Visit) -> BoxFuture<'a, Result<Vec<Tile>>>,
    /// What the search finds, in one language.
    pub documents: for<'a> fn(&'a City, Lang) -> BoxFuture<'a, Result<Vec<SearchDocument>>>,
    /// What is this account's own, in the reader's language, for my page.
    pub mine: for<'a> fn(&'a Visit, &'a str) -> BoxFuture<'a, Result<Vec<Mine>>>,
    /// Everything that the system keeps about this account, for the person to take away.
    pub export: for<'a> fn(&'a City, &'a str) -> BoxFuture<'a, Result<Vec<ExportFile>>>,
    /// Takes away what the system keeps about this account; may run twice.
    pub erase: for<'a> fn(&'a City, &'a mut Tx, &'a str) -> BoxFuture<'a, Result<()>>,
    /// Address of every page that answers GET without parameters: for the site map, link and accessibility tests.
    pub pages: &'static [&'static str],
    /// Addresses with parameters whose pages everybody may read and that stay, for the site map.
    pub lasting: for<'a> fn(&'a City) -> BoxFuture<'a, Result<Vec<String>>>,
}

impl System {
    /// A system that offers nothing yet.
    pub const fn named(name: &'static str) -> System {
        System {
            name,
            texts: &[],
            migrations: Migrations { system: name, files: &[] },
            routes: Routes::new,
            keyed: &[],
            streams: &[],
            programs: &[],
            api: Api::new,
            permissions: &[],
            desks: &[],
            entrance: None,
            menu: &[],
            jobs: |_| Vec::new(),
            labour: |_| Vec::new(),
            hearers: |_| Vec::new(),
            start: |_| Box::pin(async { Ok(()) }),
            places: None,
            layers: &[],
            tiles: |_| Box::pin(async { Ok(Vec::new()) }),
            documents: |_, _| Box::pin(async { Ok(Vec::new()) }),
            mine: |_, _| Box::pin(async { Ok(Vec::new()) }),
            export: |_, _| Box::pin(async { Ok(Vec::new()) }),
            erase: |_, _, _| Box::pin(async { Ok(()) }),
            pages: &[],
            lasting: |_| Box::pin(async { Ok(Vec::new()) }),
        }
    }
}
