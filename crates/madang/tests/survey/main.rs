//! The survey's commands as a person at a terminal meets them: the built program, its words and its exit codes.

mod interrupted;
mod wrong_inputs;

use std::path::Path;
use std::process::Command;

/// The built program in a folder of its own, without a browser, loud about panics.
fn madang(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madang"));
    command.current_dir(folder).env("RUST_BACKTRACE", "1").env("PATH", folder).arg("survey");
    command
}
