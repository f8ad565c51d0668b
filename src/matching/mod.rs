//! [`Matcher`]: packs compiled once, by which any number of documents is scanned.
//!
//! Comes in: [`RulePack`]s, the [`Lexicon`] and the [`Cues`]; then [`Segmented`] documents. Goes
//! out: for every passage its [`Hit`]s, [`CueHit`]s and sections, and on request a [`Trace`] that
//! tells why a rule fired or did not. It does not judge: levels, certainty and verdicts are
//! `assess`'s.
//!
//! All words of all packs stand in one tree, and one pass over the text finds them (`literal`). The words
//! found call for the rules that need them (`trigger`); only those are looked at (`condition`),
//! and only the concepts that they name are worked out (`find`).

mod compile;
mod condition;
mod confirm;
pub mod examples;
mod factor;
mod find;
mod literal;
mod program;
mod scan;
mod scratch;
mod search;
mod slots;
mod stored;
mod trace;
mod trigger;
mod view;
mod walk;

#[cfg(test)]
mod tests;

use crate::pack::{Cue, CueKind, Cues, Facet, Lexicon, Rule, RulePack, Strength, Within};
use crate::segment::{Passage, Segmented};
use program::Program;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

pub use trace::{Failure, ItemTrace, List, Trace};

/// Why packs could not be compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MatchError {
    /// A term names a concept that is nowhere defined.
    #[error("{place}: `{term}` names the concept @{name}, which is not defined")]
    UnknownConcept {
        /// The rule, cue or concept.
        place: String,
        /// The concept.
        name: String,
        /// The term as written.
        term: String,
    },
    /// A concept contains itself.
    #[error("the concept @{name} contains itself")]
    Cycle {
        /// The concept.
        name: String,
    },
    /// A term names a slot that is neither built in nor given words.
    #[error("{place}: there is no slot @@{name}")]
    UnknownSlot {
        /// The rule, cue or concept.
        place: String,
        /// The slot.
        name: String,
    },
    /// A scope names a section that is nowhere defined.
    #[error("{place}: there is no section `{name}`")]
    UnknownSection {
        /// The rule or cue.
        place: String,
        /// The section.
        name: String,
    },
    /// A regular expression cannot be read.
    #[error("{place}: {error}")]
    Regex {
        /// The rule or cue.
        place: String,
        /// What is wrong with it.
        error: Box<regex::Error>,
    },
    /// A term has no word that could be looked for.
    #[error("{place}: `{term}` would match any word")]
    NoWord {
        /// The rule, cue or concept.
        place: String,
        /// The term as written.
        term: String,
    },
}

/// Indexes [`Matcher::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// Indexes the sections of the [`Cues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SectionId(pub u32);

impl RuleId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl SectionId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a facet stands in the packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetInfo {
    /// Index of the pack.
    pub pack: usize,
    /// Index of the criterion in its pack.
    pub criterion: usize,
    /// Index of the facet in its criterion.
    pub facet: usize,
}

/// Where a rule stands in the packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Index of the pack.
    pub pack: usize,
    /// Index of the criterion in its pack.
    pub criterion: usize,
    /// Index of the facet in [`Matcher::facets`].
    pub facet: usize,
    /// Index of the rule in its facet.
    pub rule: usize,
    /// How much it weighs unless calibrated.
    pub strength: Strength,
}

/// What was found in one passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageHits {
    /// By rule, then the tightest first; at most two of a rule, in different sentences.
    pub rules: Vec<Hit>,
    /// Rules in favour whose rarest words stand here, and which do not fire.
    pub near: Vec<RuleId>,
    /// By cue, then in the order of the text.
    pub cues: Vec<CueHit>,
    /// Whether cues were looked for: where a rule fires, and where somebody asks.
    pub cues_sought: bool,
    /// The sections that the headings above tell, in order.
    pub sections: Vec<SectionId>,
}

/// A rule that fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule.
    pub rule: RuleId,
    /// The smallest stretch of the search text that holds the words asked for.
    pub tokens: Range<usize>,
    /// The words asked for.
    pub parts: Vec<Range<usize>>,
}

/// A cue that fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueHit {
    /// Indexes [`Matcher::cues`], or `None` where the name of a column gives it.
    pub cue: Option<usize>,
    /// What it does.
    pub kind: CueKind,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Where it stands.
    pub place: Place,
}

impl CueHit {
    /// The words of the cue.
    #[must_use]
    pub const fn tokens(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In the passage.
    Here,
    /// In the lead-in of the passage's list; it counts for the whole passage.
    LeadIn,
    /// The cell of this index stands under a column that gives the cue; it counts for the row.
    Column(usize),
}

/// Compiled packs. Any number of threads may scan by one; what it finds in a document never depends
/// on what it has scanned before.
#[derive(Debug)]
pub struct Matcher {
    packs: Vec<Arc<RulePack>>,
    cues: Vec<Cue>,
    section_names: Vec<String>,
    column_kinds: Vec<CueKind>,
    facets: Vec<FacetInfo>,
    rules: Vec<RuleInfo>,
    program: Program,
    pool: scratch::Pool,
}

impl Matcher {
    /// Compiles packs with the lexicon and the cues that they share.
    ///
    /// # Errors
    /// If a term, scope or regular expression cannot be compiled; the error names the rule.
    pub fn compile(packs: &[Arc<RulePack>], lexicon: &Lexicon, cues: &Cues) -> Result<Self, MatchError> {
        Ok(Self::new(packs, cues, compile::compile(packs, lexicon, cues)?))
    }

    /// The packs, in the order given.
    #[must_use]
    pub fn packs(&self) -> &[Arc<RulePack>] {
        &self.packs
    }

    /// All facets of all packs, in order.
    #[must_use]
    pub fn facets(&self) -> &[FacetInfo] {
        &self.facets
    }

    /// All rules of all packs, in order.
    #[must_use]
    pub fn rules(&self) -> &[RuleInfo] {
        &self.rules
    }

    /// The cues, in the order given.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// A facet, by its index in [`Matcher::facets`].
    #[must_use]
    pub fn facet(&self, facet: usize) -> &Facet {
        let info = self.facets[facet];
        &self.packs[info.pack].criteria[info.criterion].facets[info.facet]
    }

    /// A rule.
    #[must_use]
    pub fn rule(&self, rule: RuleId) -> &Rule {
        let info = self.rules[rule.index()];
        &self.facet(info.facet).rules[info.rule]
    }

    /// The rules of a facet, by its index in [`Matcher::facets`].
    pub fn rules_of(&self, facet: usize) -> impl Iterator<Item = RuleId> + '_ {
        let first = self.rules.partition_point(|r| r.facet < facet);
        let last = self.rules.partition_point(|r| r.facet <= facet);
        (first..last).map(|r| RuleId(program::small(r)))
    }

    /// The sections, in the order given.
    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..program::small(self.section_names.len())).map(SectionId)
    }

    /// The id of a section as packs write it.
    #[must_use]
    pub fn section(&self, section: SectionId) -> &str {
        self.section_names.get(section.index()).map_or("", String::as_str)
    }

    /// Finds everything in a document: one entry a passage, in the same order.
    #[must_use]
    pub fn scan(&self, s: &Segmented<'_>) -> Vec<PassageHits> {
        let mut scanning = self.begin(s);
        (0..s.passages.len()).map(|passage| scanning.passage(passage, false)).collect()
    }

    /// Begins a scan of a document, whose passages are then asked for.
    #[must_use]
    pub fn begin<'s>(&'s self, s: &'s Segmented<'_>) -> Scanning<'s> {
        Scanning(scan::Scan::of_document(self, s))
    }

    /// The cues of one passage, whether a rule fires there or not.
    #[must_use]
    pub fn cues_of(&self, s: &Segmented<'_>, passage: usize) -> Vec<CueHit> {
        scan::Scan::of_passage(self, s, passage).cues(passage)
    }

    /// Tells item by item why a rule fires or does not fire in a passage.
    #[must_use]
    pub fn trace(&self, s: &Segmented<'_>, passage: usize, rule: RuleId) -> Trace {
        let condition = &self.rule(rule).condition;
        scan::Scan::of_passage(self, s, passage).trace(passage, rule.index(), condition)
    }

    /// The words of a rule that stand in a passage, whether it fires there or not: of each item that
    /// it asks for the first place.
    #[must_use]
    pub fn words_there(&self, s: &Segmented<'_>, passage: usize, rule: RuleId) -> Vec<Range<usize>> {
        scan::Scan::of_passage_alone(self, s, passage).first_places(passage, rule.index())
    }

    /// Tells item by item why a cue stands or does not stand in a passage itself.
    #[must_use]
    pub fn trace_cue(&self, s: &Segmented<'_>, passage: usize, cue: usize) -> Trace {
        let condition = &self.cues[cue].condition;
        scan::Scan::of_passage(self, s, passage).trace(passage, self.rules.len() + cue, condition)
    }

    /// Whether a cue found in a passage is near enough to words of the passage to bear on them:
    /// by its reach where it stands here, always where it stands above or in a column.
    #[must_use]
    pub fn bears_on(&self, s: &Segmented<'_>, passage: &Passage, cue: &CueHit, words: &Range<usize>) -> bool {
        let reach = cue.cue.and_then(|c| self.cues.get(c)).map_or(Within::Passage, |c| c.reach);
        let shared = |parts: &[Range<usize>]| parts.iter().any(|p| overlap(p, &cue.tokens()) && overlap(p, words));
        cue.place != Place::Here
            || match reach {
                Within::Clause => shared(&passage.clauses),
                Within::Sentence => shared(&passage.sentences),
                Within::Passage => true,
                Within::Words(limit) => {
                    let between = cue.end.min(words.end)..cue.start.max(words.start);
                    between.filter(|t| s.folded.tokens.get(*t).is_some_and(|t| !t.mark)).count() <= limit
                }
            }
    }
}

/// A document that is being scanned.
pub struct Scanning<'s>(scan::Scan<'s, 's>);

impl Scanning<'_> {
    /// Everything in one passage; its cues where a rule fires, or in any case.
    pub fn passage(&mut self, passage: usize, cues: bool) -> PassageHits {
        self.0.passage(passage, cues)
    }
}

impl std::fmt::Debug for Scanning<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanning").finish_non_exhaustive()
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
