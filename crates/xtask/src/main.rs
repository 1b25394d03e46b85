//! All automation of the repository: `cargo xtask …` (see .cargo/config.toml), called by `./run` and `./test`.

mod assets;
mod machine;
mod postgres;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

fn main() -> ExitCode {
    match act() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause:#}");
            ExitCode::FAILURE
        }
    }
}

fn act() -> Result<()> {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["assets"] => assets::build(),
        ["tidy"] => tidy::check(),
        ["test", parts @ ..] => test::run(parts),
        _ => bail!("cargo xtask assets | tidy | test [{}]", test::PARTS.join("|")),
    }
}
