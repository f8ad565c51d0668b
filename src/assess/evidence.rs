//! What a report quotes: passages with the reasons that they count, or do not.

use crate::segment::PassageKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A passage as a report shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cited {
    /// The passage's exact text.
    pub quote: String,
    /// Byte ranges of `quote` with the words that rules matched, in order, without overlap.
    pub marks: Vec<(usize, usize)>,
    /// The page on which it begins, counted from 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// The number printed on that page, where the file tells one.
    pub page_label: Option<String>,
    /// The page is a picture and was read by text recognition (OCR), so that words may be wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// What it is: paragraph, bullet, row or footnote.
    #[schemars(with = "String")]
    pub kind: PassageKind,
    /// The column names of a row's table, where it has any.
    pub columns: Vec<String>,
    /// The paragraph that leads its list in ("By June we will:").
    pub lead_in: Option<String>,
}

/// Which of the two readers found a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Rules, which people wrote.
    #[default]
    Rules,
    /// The learned reader, which was trained on labelled passages.
    Learned,
    /// Both.
    Both,
}

/// A passage that holds a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Where and what.
    #[serde(flatten)]
    pub cited: Cited,
    /// 2 stated, 3 committed or 4 accountable.
    pub level: u8,
    /// How certain it is, from 0 to 1, that the passage holds the facet.
    pub certainty: f64,
    /// Which of the two readers found it.
    #[serde(default)]
    pub found_by: FoundBy,
    /// The rules and the learned reader's belief (`learned`) for and against it, weightiest first.
    pub rules: Vec<Reason>,
    /// The cues for and against it and what they did to the level, weightiest first.
    pub cues: Vec<Reason>,
}

/// A passage that comes near a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NearMiss {
    /// Where and what.
    #[serde(flatten)]
    pub cited: Cited,
    /// The level that it has if a person finds that it holds: 1 to 4.
    pub level: u8,
    /// How certain it is, from 0 to 1, that the passage holds the facet.
    pub certainty: f64,
    /// Which of the two readers found it.
    #[serde(default)]
    pub found_by: FoundBy,
    /// Why it does not surely count, as a sentence.
    pub why: String,
    /// The rules and the learned reader's belief (`learned`) for and against it, weightiest first.
    pub rules: Vec<Reason>,
    /// The cues for and against it, weightiest first.
    pub cues: Vec<Reason>,
}

/// One reason for or against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The rule ("P1.recognised/linked"), cue ("cue.history"), section ("section.foreword") or
    /// other trait of the passage.
    pub id: String,
    /// The reason in plain words; completes "this passage …".
    pub says: String,
    /// The words that gave the reason, as they stand in the passage or above it.
    pub words: Vec<String>,
    /// Points that it adds; negative against.
    pub points: f64,
}
