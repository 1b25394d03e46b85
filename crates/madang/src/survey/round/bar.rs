//! How far all captures of a round are: one bar on a terminal, a line now and then elsewhere, on standard error.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use system_survey::round::{Capture, RoundCity};

pub struct Bar {
    bar: Option<ProgressBar>,
    told: Option<usize>,
}

/// Cities of a round, counted by what is done about them.
pub struct Count {
    pub done: usize,
    pub failed: usize,
    pub open: usize,
}

impl Count {
    pub fn of(cities: &[RoundCity]) -> Count {
        let count = |state| cities.iter().filter(|one| one.capture.state == state).count();
        Count {
            done: count(Capture::Assessed),
            failed: count(Capture::Failed),
            open: count(Capture::Waiting) + count(Capture::Capturing),
        }
    }
}

impl Bar {
    pub fn new(all: usize) -> Bar {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} cities  {eta} left  {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(500));
            bar
        });
        Bar { bar, told: None }
    }

    pub fn show(&mut self, cities: &[RoundCity]) {
        let count = Count::of(cities);
        let ended = count.done + count.failed;
        let under_way = cities.iter().filter(|one| one.capture.state == Capture::Capturing);
        let names: Vec<String> =
            under_way.map(|one| format!("{} ({} pages)", one.name, one.capture.pages_read)).collect();
        match &self.bar {
            Some(bar) => {
                bar.set_position(ended as u64);
                bar.set_message(names.join(", "));
            }
            None if self.told != Some(ended) => {
                eprintln!(
                    "{ended} of {} cities, {} given up; under way: {}",
                    cities.len(),
                    count.failed,
                    names.join(", ")
                );
                self.told = Some(ended);
            }
            None => {}
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
