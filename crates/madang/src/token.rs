//! A key for programs, made on the machine itself: for what starts before anybody has signed in.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use kernel_base::{Clock, SystemClock, SystemRandom};
use kernel_identity::{Email, NewToken, Rights, account, grants_of, token};
use madang::SYSTEMS;
use serde_json::json;

use crate::administrator::note;
use crate::key;
use crate::place::{self, Place};

#[derive(Debug, Args)]
pub struct TokenArgs {
    /// E-mail address of the account in whose name the program acts
    #[arg(value_name = "E-MAIL")]
    email: String,
    /// A right that the key carries, e.g. people.roles; may be given several times [default: all that the account has]
    #[arg(long = "scope", value_name = "RIGHT")]
    scopes: Vec<String>,
    /// Days until it ends
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=365))]
    days: i64,
    /// What the key is for, as its owner sees it
    #[arg(long, default_value = "madang token")]
    name: String,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &TokenArgs) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(make(args))
}

async fn make(args: &TokenArgs) -> anyhow::Result<ExitCode> {
    let config = args.place.config()?;
    let email = Email::parse(&args.email).with_context(|| format!("{:?} is no e-mail address", args.email))?;
    let store = place::open(&config).await?;
    let secrets = key::read(&config.key_file())?;
    let found = account::find_by_email(&store, &email).await?.filter(account::Account::is_active);
    let account = found.with_context(|| format!("no active account has the address {}", email.as_str()))?.id;
    let rights = Rights::new(SYSTEMS.iter().flat_map(|system| system.permissions).copied());
    let grants = grants_of(&store, &account).await?;
    let has = |right: &str| {
        rights.may(kernel_identity::Role::Resident, right) || grants.iter().any(|grant| rights.may(grant.role, right))
    };
    if let Some(missing) = args.scopes.iter().find(|scope| !has(scope)) {
        anyhow::bail!("the account has no right that is called {missing}");
    }
    let all = || rights.names().filter(|right| has(right)).collect();
    let scopes: Vec<&str> =
        if args.scopes.is_empty() { all() } else { args.scopes.iter().map(String::as_str).collect() };
    let ends_at = SystemClock.now().plus_days(args.days);
    let mut tx = store.begin().await?;
    let new = NewToken { account: &account, name: &args.name, scopes: &scopes, ends_at };
    let (id, secret) = token::issue(&mut tx, new, &secrets, (&SystemClock, &SystemRandom)).await?;
    let detail = json!({ "scopes": scopes, "until": ends_at.rfc3339(), "account": account });
    note(&mut tx, "token.made", id.as_str(), detail).await?;
    tx.commit().await?;
    store.close().await;
    writeln!(std::io::stdout(), "{secret}")?;
    Ok(ExitCode::SUCCESS)
}
