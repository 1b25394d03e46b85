use std::process::ExitCode;

use system_survey::round::Stage;
use system_survey::{reading, settle};

use super::{Listed, print};

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
