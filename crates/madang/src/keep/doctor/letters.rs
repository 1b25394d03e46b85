use std::sync::Arc;

use kernel_base::SystemClock;
use kernel_letters::Surroundings;
use kernel_web::Outside;

use super::{Finding, Installation};
use crate::config::Config;
use crate::{key, serve};

const CHECK: &str = "letters";

/// Whether the configured servers answer; a server that is not configured says nothing here.
pub async fn reached(it: &Installation) -> Vec<Finding> {
    let config = &it.config;
    let (Some(store), Ok(secrets), Ok(outside)) = (&it.store, key::read(&config.key_file()), serve::outside(config))
    else {
        return Vec::new();
    };
    let around = Surroundings {
        folder: config.letters_folder(),
        secrets,
        fetch: Arc::new(Outside(outside)),
        store: store.clone(),
        clock: Arc::new(SystemClock),
    };
    let mut looked = kernel_letters::check(&config.letters, &around).await;
    if !config.survey.mailbox.host.is_empty() {
        looked.push(kernel_letters::check_mailbox(&config.survey.mailbox, "the mailbox that cities answer to").await);
    }
    let told = |finding: kernel_letters::Finding| match finding.well {
        true => Finding::good(CHECK, finding.says),
        false => Finding::wrong(CHECK, finding.says, "correct [letters] or [survey.mailbox], or see to that server"),
    };
    looked.into_iter().map(told).collect()
}

pub fn configured(config: &Config) -> Vec<Finding> {
    let letters = &config.letters;
    let smtp = &letters.smtp;
    if smtp.host.is_empty() {
        return vec![Finding::note(
            CHECK,
            "no mail server: letters only become files in the folder `letters`",
            "set [letters.smtp] host; without letters nobody can confirm an address or recover an account",
        )];
    }
    if letters.from.ends_with("@localhost") {
        return vec![Finding::wrong(
            CHECK,
            format!("letters come from {}", letters.from),
            "set letters.from to an address of the city; other mail servers refuse this one",
        )];
    }
    let missing = [&smtp.password_file, &smtp.ca_file]
        .into_iter()
        .find(|file| !file.as_os_str().is_empty() && std::fs::File::open(file).is_err());
    match missing {
        Some(file) => {
            vec![Finding::wrong(CHECK, format!("{} cannot be read", file.display()), "let the city's account read it")]
        }
        None => vec![Finding::good(CHECK, format!("{} through {}", letters.from, smtp.host))],
    }
}
