use std::process::ExitCode;

use system_survey::reading::{Seat, store};
use system_survey::round::{Stage, store as rounds};
use system_survey::{reading, settle};

use super::{Listed, One, print};

/// Mistakes beyond this many are counted, not listed.
const LISTED: usize = 20;

pub async fn import(listed: &Listed) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&listed.one.place).await?;
    let round = super::named(&city, &listed.one.round).await?;
    anyhow::ensure!(
        round.stage == Stage::Coding,
        "{} is {}: codes are given while it is coding",
        round.slug,
        round.stage.word()
    );
    let kept = reading::import(&city, &round, &super::read(&listed.file)?).await?;
    said(listed, kept, "codes")
}

pub async fn evaluators(listed: &Listed) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&listed.one.place).await?;
    let round = super::named(&city, &listed.one.round).await?;
    let kept = reading::import_evaluators(&city, &round, &super::read(&listed.file)?).await?;
    said(listed, kept, "evaluators")
}

/// Who reads which city, in CSV.
pub async fn readings(one: &One) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&one.place).await?;
    let round = super::named(&city, &one.round).await?;
    let places = rounds::cities(&city.store, &round.id).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["city", "seat", "account", "handed_in"])?;
    for given in store::of_round(&city.store, &round.id).await? {
        let slug = places.iter().find(|place| place.id == given.city).map(|place| place.slug.as_str());
        let done = given.done_at.map(|at| at.rfc3339()).unwrap_or_default();
        csv.write_record([slug.unwrap_or_default(), given.seat.word(), &given.account, &done])?;
    }
    print::out(&String::from_utf8(csv.into_inner()?)?)?;
    Ok(ExitCode::SUCCESS)
}

/// What waits for an adjudicator, in CSV.
pub async fn differences(one: &One) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&one.place).await?;
    let round = super::named(&city, &one.round).await?;
    let places = rounds::cities(&city.store, &round.id).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["city", "criterion", "first", "second", "third"])?;
    for (id, criterion, answers) in settle::open_differences(&city.store, &round).await? {
        let slug = places.iter().find(|place| place.id == id).map(|place| place.slug.as_str());
        let [first, second, third] = Seat::ALL.map(|seat| {
            let said = answers.get(&seat);
            said.map(|answer| answer.value().map_or(answer.state().to_owned(), |value| value.to_string()))
        });
        let cells = [first, second, third].map(Option::unwrap_or_default);
        csv.write_record([slug.unwrap_or_default(), &criterion, &cells[0], &cells[1], &cells[2]])?;
    }
    print::out(&String::from_utf8(csv.into_inner()?)?)?;
    Ok(ExitCode::SUCCESS)
}

pub async fn settle(listed: &Listed) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&listed.one.place).await?;
    let round = super::named(&city, &listed.one.round).await?;
    let kept = settle::import(&city, &round, &super::read(&listed.file)?).await?;
    said(listed, kept, "settlements")
}

fn said(listed: &Listed, kept: Result<usize, Vec<String>>, what: &str) -> anyhow::Result<ExitCode> {
    match kept {
        Ok(kept) => {
            print::out(&format!("{kept} {what} were kept.\nNext: madang survey round status {}\n", listed.one.round))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => {
            wrong.iter().take(LISTED).for_each(|one| eprintln!("{}: {one}", listed.file.display()));
            anyhow::bail!("nothing was kept: {} lines are wrong", wrong.len())
        }
    }
}
