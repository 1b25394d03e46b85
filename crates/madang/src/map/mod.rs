//! `madang map …`: the map's layers from the terminal, on the city's own database.

mod bake;
mod basemap;
mod export;
mod import;
mod layers;

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use kernel_web::{City, Profile};
use system_map::layer::Layer;
use system_map::store;

use crate::place::Place;
use crate::serve;

#[derive(Debug, Args)]
pub struct MapArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring a file of geodata into a layer
    Import(Box<import::ImportArgs>),
    /// Write a layer to a file
    Export(export::ExportArgs),
    /// Write a layer's tiles into one PMTiles file
    Bake(bake::BakeArgs),
    /// Make the ground of the map from an OpenStreetMap extract
    Basemap(basemap::BasemapArgs),
    /// List the layers
    Layers(layers::LayersArgs),
}

pub fn run(args: &MapArgs) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::Import(args) => import::run(args).await,
            Command::Export(args) => export::run(args).await,
            Command::Bake(args) => bake::run(args).await,
            Command::Basemap(args) => basemap::run(args).await,
            Command::Layers(args) => layers::run(args).await,
        }
    })
}

/// The city in the folder; a new one when there is none yet.
async fn city(place: &Place) -> anyhow::Result<City> {
    let config = place.config()?;
    std::fs::create_dir_all(&config.data.dir)
        .with_context(|| format!("{} cannot be made", config.data.dir.display()))?;
    let profile = Profile { name: config.city.name.clone(), ..Profile::default() };
    serve::open(&config, profile, None).await
}

async fn layer(city: &City, name: &str) -> anyhow::Result<Layer> {
    let found = store::layer(&city.store, name).await?;
    found.with_context(|| format!("there is no layer {name:?}; `madang map layers` lists them"))
}
