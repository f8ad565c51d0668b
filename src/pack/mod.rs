//! Rule packs: what a strategy must show and how to find it, as data.
//!
//! Comes in: folders of TOML files (the built-in ones are compiled in). Goes out: [`RulePack`]s and
//! the [`Lexicon`] and [`Cues`] that they share, checked and parsed down to single words. It does
//! not look at any document.

mod calibration;
mod check;
mod close;
mod code;
mod error;
mod lint;
mod load;
mod lower;
mod paths;
pub mod pattern;
pub(crate) mod quick;
mod schema;
mod source;
mod stored;
mod syntax;
mod term;

use crate::segment::PassageKind;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub use calibration::{
    Calibration, CountedVerdicts, DocumentCalibration, FacetCalibration, LearnedCalibration, MeasuredAccuracy,
};
pub use code::{Code, Severity};
pub use error::{Diagnostic, PackErrors, Paint, Place};
pub use lint::lint;
pub use load::{Library, Own};
pub(crate) use pattern::Segment;
pub use pattern::{Element, SLOTS, Term, WordPattern};
pub(crate) use source::utf8;
pub use source::{SourceFile, hash_of};
pub use term::{MOST_ALTERNATIVES, TermError};

/// How far a passage goes towards a facet, ordered. Source: codebook of the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 0: says nothing of the facet, or denies it.
    #[default]
    None,
    /// 1: touches the topic without asserting anything for it.
    Named,
    /// 2: asserts the facet; no definite action.
    Stated,
    /// 3: a definite action by the strategy's partners.
    Committed,
    /// 4: committed, with two of owner, date, amount and measure.
    Accountable,
}

/// A named, versioned set of criteria with its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulePack {
    /// Unique among the packs in use; `--pack` names it.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// The pack's own version.
    pub version: String,
    /// Where its criteria come from, as a citation.
    pub source: String,
    /// What the pack asks, in a few sentences.
    pub summary: String,
    /// Whether documents are asked for it where no pack is named; otherwise only where it is.
    pub by_default: bool,
    /// In the order of their file names.
    pub criteria: Vec<Criterion>,
    /// What the source asks but cannot be assessed, each with the reason.
    pub not_assessable: Vec<NotAssessable>,
    /// Concepts that only this pack has; they hide shared ones of the same name.
    pub lexicon: Lexicon,
    /// Points and thresholds fitted to labelled passages, where there are any.
    pub calibration: Option<Calibration>,
    /// The model that reads beside the rules, where the pack brings one.
    pub model: Option<PackModel>,
}

/// A model file that a pack names.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackModel {
    /// What a person would type to open it.
    pub shown: String,
    /// What is in it.
    #[serde(skip)]
    pub bytes: Cow<'static, [u8]>,
    /// SHA-256 over it, in hexadecimal.
    pub sha256: String,
}

impl std::fmt::Debug for PackModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackModel({}, {} bytes, {})", self.shown, self.bytes.len(), self.sha256)
    }
}

/// Something that the source asks and the pack cannot look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotAssessable {
    /// Its name in the source.
    pub id: String,
    /// Why it cannot be assessed.
    pub why: String,
}

/// One principle, theme or recommendation, rated as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Unique in the pack.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// What it asks, in plain words.
    pub summary: String,
    /// Where it stands in the source.
    pub source: String,
    /// What a reader must know before relying on it.
    pub caveat: Option<String>,
    /// Whether a gate looks at it.
    pub required: bool,
    /// What a document must show for it; each is coded by itself.
    pub facets: Vec<Facet>,
}

/// One thing that a document must show for a criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facet {
    /// Unique in the pack.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// What counts, in plain words.
    pub counts: String,
    /// What does not count though it sounds so.
    pub not_enough: String,
    /// Why it matters.
    pub why: String,
    /// What a scrutiny member can ask where it is missing.
    pub question: String,
    /// Commitment words do not raise it above this level.
    pub complete_at: Option<Level>,
    /// Reasons for and against.
    pub rules: Vec<Rule>,
}

/// A reason for or against a facet, with its own tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Unique in the facet.
    pub id: String,
    /// Completes "this passage …".
    pub says: String,
    /// How much it weighs unless calibrated.
    pub strength: Strength,
    /// Only the strongest of a group counts.
    pub group: Option<String>,
    /// A commitment by itself.
    pub level: Option<Level>,
    /// When it fires.
    pub condition: Condition,
    /// Passages on which it must fire.
    pub matches: Vec<Example>,
    /// Passages on which it must not.
    pub ignores: Vec<Example>,
    /// Where it stands in its file, for messages.
    pub origin: Origin,
}

/// How much a rule weighs unless calibrated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Nine in ten such passages hold the facet.
    Sure,
    /// Rather so than not.
    Likely,
    /// Makes it likelier.
    Hint,
    /// Makes it less likely.
    Doubt,
    /// Settles that the passage does not hold it.
    Never,
}

/// When a rule or cue fires. Items are terms; empty lists ask nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Every item must be there.
    pub all: Vec<Term>,
    /// At least [`Condition::at_least`] different items must be there.
    pub any: Vec<Term>,
    /// How many of `any`; 1 unless said.
    pub at_least: usize,
    /// No item may be there.
    pub none: Vec<Term>,
    /// Every item must be in the passage or above it.
    pub above: Vec<Term>,
    /// Regular expressions over the search text of the reach, each of which must match. They
    /// confirm what the items found and find nothing by themselves.
    pub regex: Vec<String>,
    /// How near the items of `all` and `any` must stand.
    pub within: Within,
    /// Whether the items of `all` must stand in the order written.
    pub ordered: bool,
    /// Where the rule looks at all.
    pub scope: Scope,
}

/// How near the items of a condition must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Within {
    /// One clause.
    Clause,
    /// One sentence.
    #[default]
    Sentence,
    /// The whole passage.
    Passage,
    /// So many words between the first and the last item, in one sentence or not.
    Words(usize),
}

/// Where a rule looks. Empty lists ask nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scope {
    /// Kinds of passage.
    pub kinds: Vec<PassageKind>,
    /// Sections, by id, one of which must be above the passage.
    pub under: Vec<String>,
    /// Sections none of which may be above it.
    pub not_under: Vec<String>,
}

/// A test of a rule: a passage and, where they matter, its surroundings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The passage.
    pub text: String,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// What it is.
    pub kind: PassageKind,
    /// The column names of its table.
    pub header: Vec<String>,
    /// The paragraph that leads its list in.
    pub lead_in: Option<String>,
    /// The level that the facet must get.
    pub level: Option<Level>,
}

/// A place in a rule file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, relative to the pack's or the rules' folder.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

/// Named lists of terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lexicon {
    /// By name; ordered, so that compiling is deterministic.
    pub concepts: BTreeMap<String, Concept>,
}

/// Many ways to say one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// What it means.
    pub about: String,
    /// The ways.
    pub terms: Vec<Term>,
    /// Look-alikes; a hit that touches one is dropped.
    pub not: Vec<Term>,
    /// Where it is defined.
    pub origin: Origin,
}

/// What is shared by all packs: who says it, how firmly, where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cues {
    /// In the order of their files.
    pub cues: Vec<Cue>,
    /// Told by headings.
    pub sections: Vec<Section>,
    /// Told by column names.
    pub columns: Vec<Column>,
    /// Words that the slots `@@body`, `@@place` and `@@group` stand for, by slot name; what else a
    /// slot stands for is built in.
    pub slots: BTreeMap<String, Concept>,
}

/// Words that raise, cap or cancel a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// Unique.
    pub id: String,
    /// What it does.
    pub kind: CueKind,
    /// How near the facet's words it must stand.
    pub reach: Within,
    /// When it fires.
    pub condition: Condition,
    /// Passages on which it must fire.
    pub matches: Vec<Example>,
    /// Passages on which it must not.
    pub ignores: Vec<Example>,
    /// Where it stands in its file.
    pub origin: Origin,
}

/// What a cue does to a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// Raises the level to 3.
    Commitment,
    /// A named owner.
    Owner,
    /// When it is due.
    Date,
    /// Money or staff.
    Amount,
    /// A figure to reach.
    Measure,
    /// No level above 2.
    Hedge,
    /// Over, and nothing is carried on.
    History,
    /// A law, a national plan or another body says it.
    Quoted,
    /// It is not so, or not there.
    Denial,
    /// Tells only where to read or ask.
    Signpost,
    /// An aspiration.
    Aim,
    /// What ought to be; no level above 2.
    Need,
    /// Reports figures or research.
    Finding,
    /// Takes a duty or principle as one's own.
    Adopted,
}

impl CueKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 14] = [
        Self::Commitment,
        Self::Owner,
        Self::Date,
        Self::Amount,
        Self::Measure,
        Self::Hedge,
        Self::History,
        Self::Quoted,
        Self::Denial,
        Self::Signpost,
        Self::Aim,
        Self::Need,
        Self::Finding,
        Self::Adopted,
    ];

    /// Whether it counts towards level 4: owner, date, amount and measure.
    #[must_use]
    pub const fn is_accountable(self) -> bool {
        matches!(self, Self::Owner | Self::Date | Self::Amount | Self::Measure)
    }

    /// Its name as rule files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Owner => "owner",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Measure => "measure",
            Self::Hedge => "hedge",
            Self::History => "history",
            Self::Quoted => "quoted",
            Self::Denial => "denial",
            Self::Signpost => "signpost",
            Self::Aim => "aim",
            Self::Need => "need",
            Self::Finding => "finding",
            Self::Adopted => "adopted",
        }
    }
}

/// A part of a document told by its heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Unique; `scope` names it.
    pub id: String,
    /// A heading belongs where one of these stands in it.
    pub headings: Vec<Term>,
}

/// A cue given by the name of a table's column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// What its cells give.
    pub kind: CueKind,
    /// A column belongs where one of these stands in its name.
    pub headers: Vec<Term>,
}

#[cfg(test)]
mod tests;
