use std::process::ExitCode;

use clap::Args;
use comfy_table::{CellAlignment, Table, presets};
use system_map::store;

use crate::place::Place;
use crate::survey::print;

#[derive(Debug, Args)]
pub struct LayersArgs {
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &LayersArgs) -> anyhow::Result<ExitCode> {
    let city = super::city(&args.place).await?;
    let layers = store::layers(&city.store).await?;
    if layers.is_empty() {
        print::out("There is no layer yet. madang map import FILE --layer NAME makes one.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_header(["layer", "title", "features", "changes", "system", "data of", "stage"]);
    for layer in &layers {
        let stage = serde_json::to_value(layer.stage)?;
        table.add_row([
            layer.name.clone(),
            layer.title.said("en").to_owned(),
            layer.features.to_string(),
            (layer.seq - layer.folded).to_string(),
            layer.crs.to_string(),
            layer.data_at.date().to_string(),
            stage.as_str().unwrap_or_default().to_owned(),
        ]);
    }
    for column in [2, 3] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    print::out(&format!("{table}\n"))?;
    Ok(ExitCode::SUCCESS)
}
