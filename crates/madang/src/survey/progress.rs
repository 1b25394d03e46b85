//! What a long capture says while it runs: one bar on a terminal, plain lines elsewhere, always on standard error.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use survey_capture::{Event, Progress};

/// Without a terminal a line is printed every so many pages.
const EVERY: u32 = 25;
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
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} pages  {eta} left  {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("█▌·"));
            bar
        });
        Watch { budget, bar, stage: Mutex::new("starting"), told: AtomicU32::new(0) }
    }

    /// A new stage outside the capture: judging, printing.
    pub fn stage(&self, stage: &'static str) {
        match &self.bar {
            Some(bar) => bar.set_message(stage),
            None => eprintln!("{stage}"),
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
            Event::Document { url } | Event::Rendered { url } => {
                if let Some(bar) = &self.bar {
                    bar.set_message(short(&url));
                }
            }
            Event::Stage(stage) => {
                let mut last = self.stage.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if *last != stage {
                    *last = stage;
                    self.stage(stage);
                }
            }
        }
    }
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
