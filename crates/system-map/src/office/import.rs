//! Files come in, are looked at, and are published or thrown away.

use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, details, error_summary, file_field, form,
    html, lead, link_list, meter, section, select, summary_list, table, text_field,
};
use kernel_web::{Answer, Failure, Visit, see_other};
use serde_json::Value as Json;
use tokio::io::AsyncWriteExt;

use super::{href, layer_at, page};
use crate::by::By;
use crate::import::{self, Arriving, Brought, Findings};
use crate::layer::Layer;
use crate::settings::Settings;
use crate::store::{self, ImportRow};

/// Characters of what is typed beside a file.
const TYPED: usize = 200;
/// What the button offers to choose.
const ACCEPT: &str = ".geojson,.json,.geojsonl,.zip,.shp,.gpkg,.fgb,.parquet,.kml,.kmz,.gpx,.csv,.gz,.pbf";

pub async fn show(visit: Visit, Path(name): Path<String>) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    shown(&visit, &layer, &Brought::default(), "").await
}

pub async fn send(visit: Visit, Path(name): Path<String>, request: Request) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    let most = Settings::of(&visit.city).most_bytes;
    let (arriving, brought, wrong) = take(&visit, request, most).await?;
    match (arriving, wrong) {
        (Some(arriving), None) => {
            import::begin(&visit.city, By::Account(visit.me()?), &layer, &arriving, &brought).await?;
            Ok(see_other(&format!("{}/import", href(&layer))))
        }
        (arriving, wrong) => {
            if let Some(arriving) = arriving {
                forget(&visit, &arriving).await;
            }
            shown(&visit, &layer, &brought, wrong.unwrap_or("map-office-file-missing")).await
        }
    }
}

/// The file goes straight to the disk; what was typed beside it is small.
async fn take(
    visit: &Visit,
    request: Request,
    most: u64,
) -> Result<(Option<Arriving>, Brought, Option<&'static str>), Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let broken = || Failure::new(StatusCode::BAD_REQUEST, "");
    let boundary = multer::parse_boundary(kind).map_err(|_| broken())?;
    let mut parts = multer::Multipart::new(request.into_body().into_data_stream(), boundary);
    let (mut arriving, mut brought, mut wrong) = (None, Brought::default(), None);
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            brought.name = part.file_name().unwrap_or_default().to_owned();
            let (mut taken, mut out) = (0_u64, None);
            while let Some(bytes) = part.chunk().await.map_err(|_| broken())? {
                taken += bytes.len() as u64;
                if taken > most {
                    wrong = Some("map-office-file-large");
                    break;
                }
                if out.is_none() {
                    let room = import::room(&visit.city, &brought.name).await?;
                    out = Some(tokio::fs::File::create(&room.file).await.map_err(Error::fault)?);
                    arriving = Some(room);
                }
                if let Some(out) = &mut out {
                    out.write_all(&bytes).await.map_err(Error::fault)?;
                }
            }
            if let Some(mut out) = out {
                out.flush().await.map_err(Error::fault)?;
                out.sync_all().await.map_err(Error::fault)?;
            }
            if wrong.is_some() {
                break;
            }
            continue;
        }
        let mut typed = Vec::new();
        while let Some(bytes) = part.chunk().await.map_err(|_| broken())? {
            if typed.len() + bytes.len() > 4 * TYPED {
                return Err(broken());
            }
            typed.extend_from_slice(&bytes);
        }
        if let Some(what) = say(&mut brought, &name, String::from_utf8_lossy(&typed).trim()) {
            wrong = wrong.or(Some(what));
        }
    }
    Ok((arriving, brought, wrong))
}

/// Takes over one answer; names the message when it is wrong.
fn say(brought: &mut Brought, name: &str, said: &str) -> Option<&'static str> {
    let given = || Some(said.to_owned()).filter(|said| !said.is_empty());
    match name {
        "crs" if !said.is_empty() => match said.parse() {
            Ok(crs) => brought.crs = Some(crs),
            Err(_) => return Some("map-office-crs-wrong"),
        },
        "encoding" => brought.encoding = given(),
        "part" => brought.part = given(),
        "x" => brought.x = given(),
        "y" => brought.y = given(),
        "id" => brought.id = given(),
        "swap" => brought.swap_axes = said == "yes",
        _ => {}
    }
    None
}

async fn forget(visit: &Visit, arriving: &Arriving) {
    let folder = Settings::of(&visit.city).incoming(&arriving.id);
    if let Err(cause) = tokio::fs::remove_dir_all(folder).await {
        tracing::warn!(%cause, "a refused file stays on the disk");
    }
}

pub async fn publish(visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    import::publish(&visit.city, By::Account(visit.me()?), &ours(&visit, &layer, &id).await?.id).await?;
    Ok(see_other(&format!("{}?done=kept", href(&layer))))
}

pub async fn drop_it(visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    import::drop_it(&visit.city, By::Account(visit.me()?), &ours(&visit, &layer, &id).await?.id).await?;
    Ok(see_other(&format!("{}/import", href(&layer))))
}

/// The rows that were not taken, a line each (JSON).
pub async fn rejected(visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let layer = layer_at(&visit, &name).await?;
    let row = ours(&visit, &layer, &id).await?;
    let file = Settings::of(&visit.city).incoming(&row.id).join("rejected.jsonl");
    let lines = tokio::fs::read(file).await.map_err(|_| Error::NotFound)?;
    let kind = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejected.jsonl\""),
    ];
    Ok((kind, lines).into_response())
}

/// An import of this layer and no other.
async fn ours(visit: &Visit, layer: &Layer, id: &str) -> Result<ImportRow, Failure> {
    let row = store::import(&visit.city.store, id).await?.filter(|row| row.layer == layer.name);
    Ok(row.ok_or(Error::NotFound)?)
}

async fn shown(visit: &Visit, layer: &Layer, brought: &Brought, wrong: &str) -> Answer {
    let imports = store::imports(&visit.city.store, &layer.name).await?;
    let field = if wrong == "map-office-crs-wrong" { "crs" } else { "file" };
    let errors = if wrong.is_empty() { Vec::new() } else { vec![(field, visit.t(wrong))] };
    let main = html! {
        (error_summary(visit, &errors))
        (lead(&visit.t("map-office-import-lead")))
        @for row in imports.iter().filter(|row| matches!(row.stage.as_str(), "reading" | "staged" | "failed")) {
            (under_way(visit, layer, row))
        }
        (section("bring", &visit.t("map-office-bring"), form(&format!("{}/import", href(layer)), true, questions(visit, brought, &errors))))
        @if imports.iter().any(|row| row.stage == "published") { (earlier(visit, &imports)) }
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(page(visit, layer, &visit.t("map-office-import"), main).status(status)))
}

fn questions(visit: &Visit, brought: &Brought, errors: &[(&str, String)]) -> Markup {
    let error = |name: &str| errors.iter().find(|(field, _)| *field == name).map_or("", |(_, said)| said.as_str());
    let plain = |name: &str, value: &str| {
        let key = format!("map-office-file-{name}");
        let hint = format!("{key}-hint");
        text_field(
            visit,
            &Field {
                name,
                label: &visit.t(&key),
                hint: &visit.t(&hint),
                error: error(name),
                value,
                ..Field::default()
            },
        )
    };
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let swap = ["no", "yes"].map(|word| Choice::new(word, visit.t(&format!("map-office-file-swap-{word}"))));
    let swapped = if brought.swap_axes { "yes" } else { "no" };
    let more = html! {
        (plain("crs", &brought.crs.map(|crs| crs.to_string()).unwrap_or_default()))
        (plain("encoding", &said(&brought.encoding)))
        (plain("part", &said(&brought.part)))
        (plain("x", &said(&brought.x)))
        (plain("y", &said(&brought.y)))
        (plain("id", &said(&brought.id)))
        (select(visit, &Field { name: "swap", label: &visit.t("map-office-file-swap"), value: swapped, ..Field::default() }, &swap))
    };
    html! {
        // What is typed comes before the file, so that it is known when the file is too large.
        (details(&visit.t("map-office-file-more"), more))
        (file_field(visit, &Field { name: "file", label: &visit.t("map-office-file"), hint: &visit.t("map-office-file-hint"), error: error("file"), required: true, ..Field::default() }, ACCEPT))
        (button(&visit.t("map-office-read"), Emphasis::Main))
    }
}

/// One import that waits for something.
fn under_way(visit: &Visit, layer: &Layer, row: &ImportRow) -> Markup {
    let at = format!("{}/import", href(layer));
    let findings: Option<Findings> = row.report.as_deref().and_then(|report| serde_json::from_str(report).ok());
    let act = |word: &str, key: &str, emphasis| {
        form(&format!("{at}/{}/{word}", row.id), false, button(&visit.t(key), emphasis))
    };
    let body = match (row.stage.as_str(), findings) {
        ("reading", _) => {
            let share = usize::try_from((row.done * 100).checked_div(row.total).unwrap_or(0)).unwrap_or(0);
            let said = visit.t_with("map-office-percent", &[("n", share.into())]);
            html! {
                (meter(&visit.t("map-office-reading"), share, 100, &said))
                (link_list(&[(visit.t("map-office-look-again"), at.clone(), String::new())]))
            }
        }
        ("staged", Some(findings)) => html! {
            (found(visit, &at, row, &findings))
            (act("publish", "map-office-import-publish", Emphasis::Main))
            (act("drop", "map-office-import-drop", Emphasis::Second))
        },
        (_, findings) => html! {
            (alert(Tone::Danger, &visit.t("map-office-failed"), html! { p { (findings.map(|f| f.failure).unwrap_or_default()) } }))
            (act("drop", "map-office-import-drop", Emphasis::Second))
        },
    };
    section(&row.id, &row.file, body)
}

/// What reading came to, for whoever decides.
fn found(visit: &Visit, at: &str, row: &ImportRow, findings: &Findings) -> Markup {
    let count = |key: &str| findings.report.get(key).and_then(Json::as_i64).unwrap_or_default();
    let number = |value: u64| visit.number(i64::try_from(value).unwrap_or(i64::MAX));
    let facts = [
        (
            visit.t("map-office-format"),
            html! { (findings.format.map(|format| format.to_string()).unwrap_or_default()) },
        ),
        (
            visit.t("map-layer-crs"),
            html! { (findings.crs.to_string()) @if findings.crs_guessed { " – " (visit.t("map-office-crs-guess")) } },
        ),
        (visit.t("map-office-features"), html! { (number(findings.features)) }),
        (visit.t("map-office-without-place"), html! { (number(findings.without_place)) }),
        (
            visit.t("map-office-rejected"),
            html! { (visit.number(count("rejected"))) @if count("rejected") > 0 { " " a href=(format!("{at}/{}/rejected.jsonl", row.id)) { (visit.t("map-office-rejected-rows")) } } },
        ),
    ];
    let problems = findings.report.get("problems").and_then(Json::as_array).cloned().unwrap_or_default();
    let text = |problem: &Json, key: &str| problem.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let line = |problem: &Json| {
        let first = problem.get("first").and_then(Json::as_array).cloned().unwrap_or_default();
        let rows: Vec<String> =
            first.iter().filter_map(|at| at.get("row")?.as_u64()).map(|row| row.to_string()).collect();
        Row::new(vec![
            html! { (visit.t(&format!("map-problem-{}", text(problem, "kind")))) },
            html! { (text(problem, "field")) },
            html! { (visit.number(problem.get("count").and_then(Json::as_i64).unwrap_or_default())) },
            html! { (rows.join(", ")) },
        ])
    };
    html! {
        (summary_list(&facts))
        @for hint in &findings.hints {
            (alert(Tone::Warning, &visit.t(&format!("map-hint-{hint}")), html! { p { (visit.t(&format!("map-hint-{hint}-advice"))) } }))
        }
        @if !problems.is_empty() {
            (table(&Table {
                caption: visit.t("map-office-problems"),
                columns: vec![
                    Column::text(visit.t("map-office-problem")),
                    Column::text(visit.t("map-office-problem-field")),
                    Column::number(visit.t("map-office-problem-count")),
                    Column::text(visit.t("map-office-problem-rows")),
                ],
                rows: problems.iter().map(line).collect(),
            }))
        }
    }
}

/// What was published before.
fn earlier(visit: &Visit, imports: &[ImportRow]) -> Markup {
    let row = |row: &ImportRow| {
        Row::new(vec![html! { (row.file) }, html! { (visit.moment(row.ended_at.unwrap_or(row.at))) }])
    };
    table(&Table {
        caption: visit.t("map-office-earlier"),
        columns: vec![Column::text(visit.t("map-office-file")), Column::text(visit.t("map-office-when"))],
        rows: imports.iter().filter(|row| row.stage == "published").map(row).collect(),
    })
}
