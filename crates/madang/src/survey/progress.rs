//! What a long capture says while it runs: one bar on a terminal, plain lines elsewhere, always on standard error.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use survey_capture::{Event, Progress};

/// Without a terminal a line is printed every so many pages.
const EVERY: u32 = 25;
const READING: &str = "{bar:24} {pos}/{len} pages  {eta} left  {wide_msg}";
const AFTERWARDS: &str = "{bar:24} {pos}/{len} pages  {elapsed} so far  {wide_msg}";
/// Characters of an address that fit beside the bar.
const ADDRESS: usize = 48;

pub struct Watch {
    /// Pages asked for at most.
    budget: u32,
    bar: Option<ProgressBar>,
    stage: Mutex<&'static str>,
    told: AtomicU32,
}

impl Watch {
    pub fn new(budget: u32) -> Watch {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(u64::from(budget)), ProgressDrawTarget::stderr());
            bar.set_style(style(READING));
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        Watch { budget, bar, stage: Mutex::new("starting"), told: AtomicU32::new(0) }
    }

    /// A new stage, of the capture or after it: judging, printing.
    pub fn stage(&self, stage: &'static str) {
        let mut last = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if *last == stage {
            return;
        }
        *last = stage;
        match &self.bar {
            Some(bar) => {
                // Only reading pages can say how long is left.
                if bar.position() > 0 {
                    bar.set_style(style(AFTERWARDS));
                }
                bar.set_message(stage);
            }
            None => eprintln!("{stage}"),
        }
    }

    /// What is looked at within the stage.
    fn detail(&self, url: &str) {
        if let Some(bar) = &self.bar {
            let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
            bar.set_message(if bar.position() > 0 { format!("{stage}: {}", short(url)) } else { short(url) });
        }
    }

    /// Takes the bar away; what follows is the summary.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn page(&self, known: u32, fetched: u32, url: &str) {
        let all = known.min(self.budget).max(fetched);
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = "reading";
        match &self.bar {
            Some(bar) => {
                bar.set_length(u64::from(all));
                bar.set_position(u64::from(fetched));
                bar.set_message(short(url));
            }
            None => {
                if fetched >= self.told.load(Ordering::Relaxed) + EVERY {
                    self.told.store(fetched, Ordering::Relaxed);
                    eprintln!("{fetched} of {all} pages read, {known} known");
                }
            }
        }
    }
}

impl Progress for Watch {
    fn event(&self, event: Event) {
        match event {
            Event::Page { known, fetched, url } => self.page(known, fetched, &url),
            Event::Document { url } | Event::Rendered { url } => self.detail(&url),
            Event::Stage(stage) => self.stage(stage),
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("█▌·")
}

/// The end of an address says more than its beginning.
fn short(url: &str) -> String {
    // A site chooses its addresses: nothing that moves the cursor reaches the terminal.
    let plain: Vec<char> = url.chars().filter(|c| !c.is_control()).collect();
    let from = plain.len().saturating_sub(ADDRESS);
    let end: String = plain[from..].iter().collect();
    if from == 0 { end } else { format!("…{end}") }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_or_hostile_address_stays_on_its_line() {
        assert_eq!(short("https://a.example/"), "https://a.example/");
        assert_eq!(short(&format!("https://a.example/{}", "x".repeat(100))).chars().count(), 49);
        assert_eq!(short("https://a.example/\u{1b}[2J\n"), "https://a.example/[2J");
    }
}
