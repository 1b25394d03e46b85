//! The words that systems say to each other: facts (what happened) and questions. Data only.

mod questions;

pub use questions::{Answering, District, Place, Places, Point};

use serde::{Deserialize, Serialize};

/// Something that happened, said in the act's own transaction and delivered at least once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fact {
    /// A coded sheet was scored and kept under a permanent address.
    ScorecardKept { id: String, instrument: String },
    /// A kept scorecard reached its end and was removed.
    ScorecardForgotten { id: String },
    /// The results of a round of the survey are public from now on; they never change.
    RoundPublished { round: String, title: String },
    /// A feature of a layer of the map was made, changed, removed or brought back; `seq` counts the layer's changes.
    FeatureChanged { layer: String, feature: String, seq: i64 },
    /// A layer shows other data from now on, or others may see it.
    LayerPublished { layer: String },
}

impl Fact {
    /// The name under which the fact is stored: the same word as its variant.
    pub fn name(&self) -> &'static str {
        match self {
            Fact::ScorecardKept { .. } => "scorecard_kept",
            Fact::ScorecardForgotten { .. } => "scorecard_forgotten",
            Fact::RoundPublished { .. } => "round_published",
            Fact::FeatureChanged { .. } => "feature_changed",
            Fact::LayerPublished { .. } => "layer_published",
        }
    }
}
