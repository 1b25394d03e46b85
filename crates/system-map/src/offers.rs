//! What other systems have at places becomes layers by itself: read at the start and after the facts they name.

use std::pin::Pin;

use contracts::Fact;
use futures::future::BoxFuture;
use geo_types::{Geometry, Point};
use kernel_base::{Error, Result};
use kernel_language::LANGUAGES;
use kernel_record::{Hearer, Job, JobContext, later_once};
use kernel_web::{City, LayerOffer, Offered};
use map_feature::{Crs, Feature, Field, GeometryKind, Kind, Schema};
use map_segment::Live;
use serde_json::{Value as Json, json};

use crate::keep::{fresh, write};
use crate::layer::{Stage, Wording};
use crate::properties::from_json;
use crate::served::served;
use crate::store;

const READ: &str = "map.offer";

fn offers(city: &City) -> impl Iterator<Item = &'static LayerOffer> {
    city.systems.iter().flat_map(|system| system.layers)
}

/// Queues the reading of every offered layer.
///
/// # Errors
/// The store's.
pub async fn start(city: &City) -> Result<()> {
    for offer in offers(city) {
        queue(city, offer).await?;
    }
    Ok(())
}

async fn queue(city: &City, offer: &LayerOffer) -> Result<()> {
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin_keyed().await?;
    let payload = json!({ "layer": offer.name });
    later_once(&mut tx, &format!("{READ} {}", offer.name), READ, &payload, clock.now(), clock, random).await?;
    tx.commit_quietly().await
}

/// Hears what makes an offered layer old.
pub struct Listen(pub City);

impl Hearer for Listen {
    fn hear<'a>(&'a self, fact: &'a Fact) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            for offer in offers(&self.0).filter(|offer| offer.after.contains(&fact.name())) {
                queue(&self.0, offer).await?;
            }
            Ok(())
        })
    }
}

/// Reads an offered layer and serves it.
pub struct Read(pub City);

impl Job for Read {
    fn kind(&self) -> &'static str {
        READ
    }

    fn run<'a>(&'a self, payload: &'a Json, _: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let name = payload.get("layer").and_then(Json::as_str).unwrap_or_default();
            // A system that was taken out offers nothing any more.
            match offers(&self.0).find(|offer| offer.name == name) {
                Some(offer) => read(&self.0, offer).await,
                None => Ok(()),
            }
        })
    }
}

async fn read(city: &City, offer: &LayerOffer) -> Result<()> {
    let schema = schema(offer)?;
    let things = (offer.features)(city).await?;
    let features = things.into_iter().map(|thing| feature(&schema, thing)).collect::<Result<Vec<_>>>()?;
    let kept = store::layer(&city.store, offer.name).await?;
    if let Some(kept) = &kept
        && kept.schema == schema
        && shows(&served(city, offer.name).await?.live, &features)?
    {
        return Ok(());
    }
    let (edition, summary) = write(city, offer.name, &schema, Crs::Crs84, features).await?;
    let first = kept.is_none();
    let mut layer = kept.unwrap_or_else(|| fresh(city, offer.name, Wording::default()));
    let words = |key: &str| {
        let said = |language| (language, city.words.say(language, key, &[]));
        let own = LANGUAGES.into_iter().map(said).filter(|(_, said)| !said.fallback);
        Wording(own.map(|(language, said)| (language.code.to_owned(), said.text)).collect())
    };
    layer.title = words(offer.title);
    layer.about = words(offer.about);
    layer.schema = schema;
    (layer.generation, layer.edition) = (edition.clone(), edition);
    layer.features = i64::try_from(summary.features).map_err(Error::fault)?;
    let mut tx = city.store.begin().await?;
    if first {
        layer.stage = Stage::Published;
        store::insert(&mut tx, &layer).await?;
    }
    store::replace(&mut tx, &layer, city.clock.now()).await?;
    store::describe(&mut tx, &layer).await?;
    tx.commit().await
}

/// Whether just these features are served: a start alone makes no new edition.
fn shows(live: &Live, features: &[Feature]) -> Result<bool> {
    if live.count(None) != features.len() as u64 {
        return Ok(false);
    }
    for feature in features {
        let there = live.get(feature.id.as_deref().unwrap_or_default()).map_err(Error::fault)?;
        if there.is_none_or(|there| there.feature != *feature) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn schema(offer: &LayerOffer) -> Result<Schema> {
    let field = |(name, kind): &(&str, &str)| {
        let kind: Kind = serde_json::from_value((*kind).into()).map_err(Error::fault)?;
        Ok(Field::new(*name, kind))
    };
    let fields = offer.fields.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Schema { fields, geometry: GeometryKind::Point })
}

fn feature(schema: &Schema, thing: Offered) -> Result<Feature> {
    let values = schema.fields.iter().zip(&thing.properties).map(|(field, json)| from_json(field, json));
    let values = values.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::fault)?;
    let at = Geometry::from(Point::new(thing.at.lon, thing.at.lat));
    Ok(Feature { id: Some(thing.id), geometry: Some(at), values })
}
