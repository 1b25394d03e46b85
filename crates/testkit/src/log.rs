use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// What is logged on this thread as long as it lives, in the form that a city writes for its collector.
pub struct Log {
    written: Written,
    _until: DefaultGuard,
}

impl Log {
    pub fn begin() -> Log {
        let written = Written::default();
        let subscriber = tracing_subscriber::fmt().json().with_writer(written.clone()).finish();
        Log { written, _until: tracing::subscriber::set_default(subscriber) }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.written.0.lock().expect("the log").clone()).expect("text")
    }

    /// Lines about security: event, who and path.
    pub fn security(&self) -> Vec<(String, String, String)> {
        let lines = self.text();
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        let field = |line: &Value, name: &str| line["fields"][name].as_str().unwrap_or_default().to_owned();
        let security = lines.filter(|line| line["target"] == "security");
        security
            .inspect(|line| {
                assert_eq!(line["fields"]["network"], "127.0.0.1", "where from: {line}");
                assert!(line["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "when: {line}");
                assert!(line["span"]["id"].as_str().is_some_and(|id| id.contains('-')), "which request: {line}");
            })
            .map(|line| (field(&line, "event"), field(&line, "who"), field(&line, "path")))
            .collect()
    }
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Written {
    type Writer = Written;

    fn make_writer(&self) -> Written {
        self.clone()
    }
}
