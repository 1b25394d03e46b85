//! Keeping a city, as its operator at a terminal meets it: the built program, its words and its exit codes.

mod audit;
mod backup;
mod doctor;
mod killed;
mod upgrade;
mod wrong_inputs;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use kernel_store::Database;
use survey_instrument::Instrument;
use testkit::TestCity;

/// A folder of a city and its database.
struct Place {
    folder: PathBuf,
    database: Database,
}

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new(folder: &Path, database: &Database) -> Place {
        Place { folder: folder.to_owned(), database: database.clone() }
    }

    /// The built program, told where the city is.
    fn madang(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madang"));
        command.args(arguments).env("RUST_BACKTRACE", "1").env_remove("MADANG_DATABASE");
        command.arg("--data").arg(&self.folder);
        if let Database::Postgres(address) = &self.database {
            command.args(["--database", address]);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let output = self.madang(arguments).output().expect("runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        assert!(!said.err.contains("panicked"), "{arguments:?}: {}", said.err);
        said
    }

    /// Runs what must succeed; gives what it said.
    fn good(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.err);
        said.out
    }

    /// Runs what must fail; gives what it said, wherever.
    fn bad(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(1), "{arguments:?}: {}{}", said.out, said.err);
        format!("{}{}", said.out, said.err)
    }

    /// Starts the city and waits until it answers.
    fn serve(&self) -> Serving {
        let mut command = self.madang(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("its address");
        assert!(line.starts_with("http://127.0.0.1:"), "{line}");
        Serving(child)
    }

    /// Makes a new city here: its schema and its key.
    fn found(&self) {
        self.serve().stop();
    }

    /// The same city in this process.
    async fn city(&self) -> TestCity {
        TestCity::open(self.database.clone(), vec![system_survey::SYSTEM]).await
    }
}

/// A city that runs, as its own process.
struct Serving(Child);

impl Serving {
    fn stop(mut self) {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status().expect("kill");
        assert!(asked.success() && self.0.wait().expect("ends").success(), "SIGTERM ends it well");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Ended already when the test went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One act: a scorecard with its audit entry, fact and job.
async fn act(city: &TestCity) {
    let instrument = Instrument::load("global-2009").expect("instrument");
    let rows = instrument.criteria.iter().map(|criterion| format!("{},{}\n", criterion.id, criterion.scale.max()));
    let sheet = format!("criterion,value\n{}", rows.collect::<String>());
    let form = [("instrument", "global-2009"), ("sheet", sheet.as_str()), ("name", "어느 도시 \"Example\"")];
    let answer = city.post("/survey/score", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    city.clock.forward_seconds(2);
}
