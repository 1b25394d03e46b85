//! Try-out: `cargo run -p survey-capture --example capture -- http://127.0.0.1:8901/ /tmp/out [budget] [--no-browser]
//! [--map HOST=ADDR:PORT] [--ca FILE] [--lexicon DIR]`. Private addresses are allowed.

use std::path::Path;

use survey_capture::{Event, Options, Progress, TopicWords, capture};

struct Print;

impl Progress for Print {
    fn event(&self, event: Event) {
        match event {
            Event::Page { known, fetched, url } if fetched % 50 == 0 || fetched < 40 => {
                println!("{fetched}/{known} {url}")
            }
            Event::Page { .. } => {}
            other => println!("{other:?}"),
        }
    }
}

fn topics(dir: &str) -> Vec<TopicWords> {
    let mut topics = Vec::new();
    for file in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        let Ok(table) = text.parse::<toml::Table>() else { continue };
        let words = |v: &toml::Value, key: &str| -> Vec<String> {
            let list = v.get(key).and_then(toml::Value::as_array);
            list.into_iter().flatten().filter_map(|w| w.as_str().map(str::to_owned)).collect()
        };
        for (name, v) in table.get("topic").and_then(toml::Value::as_table).into_iter().flatten() {
            topics.push(TopicWords {
                topic: name.clone(),
                names: words(v, "name"),
                weak: words(v, "weak"),
                urls: words(v, "url"),
            });
        }
    }
    topics
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let start = args.next().ok_or("address missing")?.parse()?;
    let out = args.next().ok_or("folder missing")?;
    let mut options = Options::new(start, Path::new(&out).to_owned());
    options.allow_private = true;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--no-browser" => options.browser = false,
            "--no-probes" => options.limits.probes = false,
            "--ca" => options.ca = args.next().map(Into::into),
            "--lexicon" => options.topics = topics(&args.next().unwrap_or_default()),
            "--map" => {
                let map = args.next().unwrap_or_default();
                let (host, address) = map.split_once('=').ok_or("HOST=ADDR:PORT")?;
                options.map_host.push((host.to_owned(), address.parse()?));
            }
            budget => options.budget = budget.parse()?,
        }
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = stop.send(true);
        }
    });
    let began = std::time::Instant::now();
    let summary = capture(options, &Print, stopped).await?;
    println!("{:#?}", summary);
    println!(
        "{:.2} s, {:.0} pages/s",
        began.elapsed().as_secs_f64(),
        f64::from(summary.note.pages_fetched) / began.elapsed().as_secs_f64()
    );
    Ok(())
}
