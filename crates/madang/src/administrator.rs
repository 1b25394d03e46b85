//! The first administrator, and a way back in when there is none left: from the machine itself, never by a default
//! password.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use kernel_base::{Clock, Instant, SystemClock, SystemRandom};
use kernel_identity::ceremony::{self, Begin};
use kernel_identity::{Contact, Email, Name, Role, account, code, give, grants_of};
use kernel_record::{Audit, audit};
use kernel_store::{Store, Tx};
use madang::SYSTEMS;
use serde_json::json;

use crate::config::Config;
use crate::key;
use crate::place::{self, Place};

/// Who acts, in the audit trail: somebody on the machine.
pub const COMMAND: &str = "command";
/// Hours for which the code sets a password.
const HOURS: i64 = 24;
const MADE: (&SystemClock, &SystemRandom) = (&SystemClock, &SystemRandom);

#[derive(Debug, Args)]
pub struct AdministratorArgs {
    /// E-mail address of the account; it is made when there is none
    #[arg(value_name = "E-MAIL")]
    email: String,
    /// What the account is called when it is made [default: the address before the @]
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &AdministratorArgs) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(make(args))
}

async fn make(args: &AdministratorArgs) -> anyhow::Result<ExitCode> {
    let config = args.place.config()?;
    let email = Email::parse(&args.email).with_context(|| format!("{:?} is no e-mail address", args.email))?;
    let local = email.as_str().split('@').next().unwrap_or_default();
    let name =
        Name::parse(args.name.as_deref().unwrap_or(local)).context("a name is one line of 1 to 100 characters")?;
    let store = place::open(&config).await?;
    store.migrate(&kernel_web::migrations(SYSTEMS)).await?;
    let (account, way) = appoint(&store, &config, &email, &name).await?;
    store.close().await;
    let mut out = std::io::stdout();
    writeln!(out, "{} is an administrator (account {account}).\n", email.as_str())?;
    writeln!(out, "Within {HOURS} hours, open   {}", way.address)?;
    writeln!(out, "type the code           {}", way.code)?;
    writeln!(out, "and choose a password. Then sign in; a second factor is asked for at once.")?;
    Ok(ExitCode::SUCCESS)
}

/// How the password is set.
struct Way {
    address: String,
    code: String,
}

async fn appoint(store: &Store, config: &Config, email: &Email, name: &Name) -> anyhow::Result<(String, Way)> {
    let secrets = key::read(&config.key_file())?;
    let known = account::find_by_email(store, email).await?;
    let mut tx = store.begin().await?;
    let account = match &known {
        Some(known) if known.is_active() => known.id.clone(),
        Some(known) => anyhow::bail!("the account {} is {}", known.id, known.state),
        None => insert(&mut tx, email, name, MADE.0.now()).await?,
    };
    let grants = grants_of(store, &account).await?;
    if !grants.iter().any(|grant| grant.role == Role::Administrator) {
        let id = give(&mut tx, &account, Role::Administrator, None, COMMAND, (MADE.0, MADE.1)).await?;
        note(&mut tx, "role.given", &account, json!({ "role": "administrator", "grant": id.as_str() })).await?;
    }
    let secret = code::grouped(&code::letter_code(MADE.1));
    ceremony::end_of(&mut tx, "recover", &account).await?;
    let begin = Begin {
        kind: "recover",
        account: Some(&account),
        secret: &secret,
        state: "{}".to_owned(),
        seconds: HOURS * 3600,
    };
    let id = ceremony::begin(&mut tx, begin, &secrets, (MADE.0, MADE.1)).await?;
    note(&mut tx, "recovery.begun", &account, json!({})).await?;
    tx.commit().await?;
    let origin = match config.settings().origin {
        origin if origin.is_empty() => format!("http://{}", config.server.listen),
        origin => origin,
    };
    Ok((account, Way { address: format!("{origin}/recover/confirm?c={id}"), code: secret }))
}

async fn insert(tx: &mut Tx, email: &Email, name: &Name, now: Instant) -> anyhow::Result<String> {
    let id = account::insert(tx, "person", name, "en", (MADE.0, MADE.1)).await?.to_string();
    Contact::set(tx, &id, "email", email.as_str(), now).await?;
    note(tx, "account.made", &id, json!({})).await?;
    Ok(id)
}

/// In the audit trail, as done from the machine.
pub async fn note(tx: &mut Tx, act: &str, account: &str, detail: serde_json::Value) -> kernel_base::Result<()> {
    audit(tx, Audit { act, who: COMMAND, subject: account, detail }, MADE.0, MADE.1).await
}
