//! A round and the stages it goes through. Pure.

use kernel_base::Instant;
use survey_instrument::Instrument;

/// Where a round stands. It only moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Cities and evaluators are brought together; sites are captured.
    Preparing,
    /// Evaluators code, readers are called, differences are settled.
    Coding,
    /// Cities see their sheets and may answer.
    Replying,
    /// Nothing changes any more.
    Closed,
    Published,
}

impl Stage {
    pub const ALL: [Stage; 5] = [Stage::Preparing, Stage::Coding, Stage::Replying, Stage::Closed, Stage::Published];

    pub fn word(self) -> &'static str {
        match self {
            Stage::Preparing => "preparing",
            Stage::Coding => "coding",
            Stage::Replying => "replying",
            Stage::Closed => "closed",
            Stage::Published => "published",
        }
    }

    pub fn parse(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// The only stage that may follow.
    pub fn next(self) -> Option<Stage> {
        let place = Stage::ALL.iter().position(|stage| *stage == self)?;
        Stage::ALL.get(place + 1).copied()
    }
}

/// What a coordinator decides once, when a round is opened. All of it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Evaluators see the machine's value before they have coded.
    pub machine_shown: bool,
    /// Two totals further apart than so many thousandths of their mean call a third reader.
    pub threshold: u32,
    pub reply_days: u32,
    /// Pages asked for at most in each city.
    pub budget: u32,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { machine_shown: false, threshold: 100, reply_days: 21, budget: 400 }
    }
}

#[derive(Debug, Clone)]
pub struct Round {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub instrument: &'static Instrument,
    pub stage: Stage,
    pub rules: Rules,
    pub capture_paused: bool,
    pub opened_by: String,
    pub opened_at: Instant,
    pub coding_at: Option<Instant>,
    pub replies_until: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub published_at: Option<Instant>,
}

impl Round {
    /// Its permanent address on the site.
    pub fn href(&self) -> String {
        format!("/survey/rounds/{}", self.slug)
    }

    /// Where its coordinator works.
    pub fn office(&self) -> String {
        format!("/survey/office/{}", self.slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_goes_through_all_stages_in_order_and_ends() {
        let mut stages = vec![Stage::Preparing];
        while let Some(next) = stages.last().and_then(|stage| stage.next()) {
            stages.push(next);
        }
        assert_eq!(stages, Stage::ALL);
        assert!(Stage::ALL.into_iter().all(|stage| Stage::parse(stage.word()) == Some(stage)));
    }
}
