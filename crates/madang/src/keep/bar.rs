//! How far a long piece of work is: one bar, only where somebody watches.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const MEASURED: &str = "{bar:24} {percent:>3} %  {eta} left  {wide_msg}";
const UNMEASURED: &str = "{spinner} {wide_msg}";

pub struct Bar(Option<ProgressBar>);

impl Bar {
    pub fn new() -> Bar {
        let watched = std::io::stderr().is_terminal();
        Bar(watched.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())))
    }

    /// Nothing is known about the end when `all` is 0.
    pub fn tell(&self, what: &str, done: u64, all: u64) {
        let Some(bar) = &self.0 else { return };
        if bar.length() != Some(all) {
            let template = if all == 0 { UNMEASURED } else { MEASURED };
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.set_style(style.progress_chars("█▌·"));
            bar.set_length(all);
            bar.reset_eta();
        }
        bar.set_position(done);
        bar.set_message(what.to_owned());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
