use std::process::ExitCode;

use clap::Args;
use kernel_web::City;
use serde_json::json;
use system_survey::office;
use system_survey::reading::store as reading;
use system_survey::round::{Round, RoundCity, store};

use super::bar::Count;
use super::print::{self, Format};
use crate::place::Place;

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The round's name in its address; without one, all rounds are listed
    #[arg(value_name = "ROUND")]
    round: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &StatusArgs) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&args.place).await?;
    let text = match &args.round {
        None => all(&city, args.format).await?,
        Some(slug) => one(&city, &super::named(&city, slug).await?, args.format).await?,
    };
    print::out(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn all(city: &City, format: Format) -> anyhow::Result<String> {
    let rounds = store::rounds(&city.store).await?;
    if rounds.is_empty() && format == Format::Table {
        return Ok("There is no round yet.\nNext: madang survey round new 2026 --title \"Survey 2026\"\n".to_owned());
    }
    let rows = rounds.iter().map(|round| {
        vec![round.slug.clone(), round.stage.word().to_owned(), round.instrument.id.clone(), round.title.clone()]
    });
    written(format, &["round", "stage", "instrument", "title"], &[], rows.collect())
}

fn written(format: Format, header: &[&str], numeric: &[usize], rows: Vec<Vec<String>>) -> anyhow::Result<String> {
    Ok(match format {
        Format::Table => print::table(header, numeric, rows),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            csv.write_record(header)?;
            rows.iter().try_for_each(|row| csv.write_record(row))?;
            String::from_utf8(csv.into_inner()?)?
        }
        Format::Json => {
            let object = |row: &Vec<String>| -> serde_json::Map<String, serde_json::Value> {
                header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
            };
            serde_json::to_string_pretty(&rows.iter().map(object).collect::<Vec<_>>())? + "\n"
        }
    })
}

async fn one(city: &City, round: &Round, format: Format) -> anyhow::Result<String> {
    let cities = store::cities(&city.store, &round.id).await?;
    if format == Format::Json {
        return json_of(city, round, &cities).await;
    }
    let rows = cities.iter().map(|one| {
        let capture = &one.capture;
        let said = capture.note.chars().take(60).collect();
        vec![
            one.slug.clone(),
            capture.state.word().to_owned(),
            capture.pages_read.to_string(),
            capture.tries.to_string(),
            said,
        ]
    });
    let table = written(format, &["city", "capture", "pages", "tries", "what it does"], &[2, 3], rows.collect())?;
    if format == Format::Csv {
        return Ok(table);
    }
    let (count, assigned) = (Count::of(&cities), reading::of_round(&city.store, &round.id).await?);
    let done = assigned.iter().filter(|one| one.done_at.is_some()).count();
    let mut text = format!("{}: {} ({})\n\n{table}\n", round.slug, round.stage.word(), round.title);
    text.push_str(&format!("{} of {} cities captured, {} given up\n", count.done, cities.len(), count.failed));
    text.push_str(&format!("{done} of {} readings handed in\n", assigned.len()));
    for obstacle in office::obstacles(city, round).await? {
        text.push_str(&format!("Before it can go on: {obstacle}\n"));
    }
    Ok(text)
}

async fn json_of(city: &City, round: &Round, cities: &[RoundCity]) -> anyhow::Result<String> {
    let assigned = reading::of_round(&city.store, &round.id).await?;
    let obstacles: Vec<String> = office::obstacles(city, round).await?.iter().map(ToString::to_string).collect();
    let of_city = |one: &RoundCity| {
        let capture = &one.capture;
        json!({
            "slug": one.slug, "name": one.name, "address": one.address, "capture": capture.state.word(), "note": capture.note,
            "pages_known": capture.pages_known, "pages_read": capture.pages_read, "tries": capture.tries,
            "evidence_sha256": capture.evidence_digest, "evidence_bytes": capture.evidence_bytes,
        })
    };
    let whole = json!({
        "round": round.slug,
        "title": round.title,
        "stage": round.stage.word(),
        "instrument": round.instrument.id,
        "captures_held": round.capture_paused,
        "readings": assigned.len(),
        "readings_handed_in": assigned.iter().filter(|one| one.done_at.is_some()).count(),
        "obstacles": obstacles,
        "cities": cities.iter().map(of_city).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}
