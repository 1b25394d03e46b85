//! Everything that the city keeps about me, to take away.

use std::collections::BTreeMap;
use std::io::Write;

use axum::http::header;
use axum::response::IntoResponse;
use kernel_base::{Error, Result};
use kernel_identity::{Who, keeping};
use kernel_record::{Entry, Filter, trail};
use kernel_web::{Answer, ExportFile, Visit, fresh};
use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;

use crate::own::{own, prove_first};
use crate::papers;

/// Letters and entries that are read at once.
const PAGE: i64 = 200;
/// More than anybody has; a wrong loop ends.
const MOST: usize = 20_000;

pub async fn take_away(visit: Visit) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/data") {
        return Ok(first);
    }
    let files = everything(&visit, who).await?;
    let archive = tokio::task::spawn_blocking(move || pack(files)).await.map_err(Error::fault)??;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    who.did(&mut tx, "data.taken", &who.account, json!({ "bytes": archive.len() }), (&*city.clock, &*city.random))
        .await?;
    tx.commit().await?;
    visit.note("data.taken", &who.account);
    let name = format!("attachment; filename=\"my-data-{}.zip\"", visit.now().date());
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(fresh((headers, archive).into_response()))
}

/// One file an area, and what the systems add.
async fn everything(visit: &Visit, who: &Who) -> Result<Vec<ExportFile>> {
    let city = &visit.city;
    let readme = visit.t_with("account-export-readme", &[("date", visit.date(visit.now().date()).into())]);
    let mut files = vec![ExportFile { path: "README.txt".to_owned(), bytes: readme.into_bytes() }];
    for (area, kept) in keeping::everything(&city.store, &who.account, &city.secrets, visit.now()).await? {
        files.push(json_file(area, &kept)?);
    }
    files.push(json_file("letters", &letters(visit, who).await?)?);
    files.push(json_file("audit-trail", &entries(visit, &who.account).await?)?);
    files.extend(papers::export(city, &who.account).await?);
    for system in &city.systems {
        files.extend((system.export)(city, &who.account).await?);
    }
    Ok(files)
}

fn json_file(area: &str, kept: &Json) -> Result<ExportFile> {
    let bytes = serde_json::to_vec_pretty(kept).map_err(Error::fault)?;
    Ok(ExportFile { path: format!("{area}.json"), bytes })
}

async fn letters(visit: &Visit, who: &Who) -> Result<Json> {
    let (city, mut all, mut before) = (&visit.city, Vec::new(), None::<String>);
    while all.len() < MOST {
        let reader = (visit.language, who.name.as_str());
        let page = city.letters.inbox(&city.store, &who.account, reader, before.as_deref(), PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.id.clone());
        all.extend(page.into_iter().map(|letter| {
            json!({
                "at": letter.at.rfc3339(), "subject": letter.subject, "body": letter.body,
                "read_at": letter.read_at.map(kernel_base::Instant::rfc3339),
            })
        }));
    }
    Ok(all.into())
}

/// What I did and what was done to my account.
async fn entries(visit: &Visit, account: &str) -> Result<Json> {
    let mut all = BTreeMap::<String, Entry>::new();
    for filter in [Filter::Who(account), Filter::Subject(account)] {
        let mut from = None::<String>;
        while all.len() < MOST {
            let page = trail(&visit.city.store, filter, from.as_deref(), PAGE as u16).await?;
            all.extend(page.entries.into_iter().map(|entry| (entry.id.clone(), entry)));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
    }
    let one = |entry: Entry| {
        let detail: Json = serde_json::from_str(&entry.detail).unwrap_or_default();
        json!({ "at": entry.at.rfc3339(), "act": entry.act, "who": entry.who, "subject": entry.subject, "detail": detail })
    };
    Ok(all.into_values().map(one).collect())
}

fn pack(files: Vec<ExportFile>) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(file.path, SimpleFileOptions::default()).map_err(Error::fault)?;
        archive.write_all(&file.bytes).map_err(Error::fault)?;
    }
    Ok(archive.finish().map_err(Error::fault)?.into_inner())
}
