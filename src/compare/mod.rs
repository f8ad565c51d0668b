//! Two drafts, or two sets of them, side by side: what was lost, weakened, strengthened and gained.
//!
//! Comes in: two reports and, where it is at hand, the text that they were made from. Goes out: a
//! [`Comparison`] by document, criterion and facet, with the passages of both, and from it bytes in
//! three forms. It judges nothing anew, and never calls lost what could not be read.

mod change;
mod diff;
pub mod forms;
mod passages;
mod words;

pub use change::{Change, State};
pub use passages::Text;

use crate::assess::{Assessment, FacetAssessment, Rating, Status, Verdict};
use crate::report::names::{Names, Pairs, pairs};
use crate::report::{DocumentReport, Head, PackInfo, Report, Tool};
use passages::{Draft, Whole};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name and version of the JSON form. A change that breaks readers raises the number.
pub const SCHEMA: &str = "goldthread/compare/1";

/// Gives the passages of a document again, where its file is at hand.
pub type Reread<'a> = dyn Fn(&DocumentReport) -> Option<Vec<Text>> + Sync + 'a;

/// One of the two that are compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What was given: the name of a file or folder.
    pub given: &'a str,
    /// What was found in it.
    pub report: &'a Report,
    /// Where the whole text can be had.
    pub reread: &'a Reread<'a>,
}

/// What changed from an old to a new draft, or set of drafts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that made it.
    pub tool: Tool,
    /// What was given as old.
    pub old: SideInfo,
    /// What was given as new.
    pub new: SideInfo,
    /// Whether both were judged by the same rules and the same version of the program. If not,
    /// a change may be the rules' and not the plan's.
    pub same_rules: bool,
    /// Documents that are in both, in the order of their names.
    pub documents: Vec<DocumentChange>,
    /// Documents that are only in the old set.
    pub only_old: Vec<DocumentInfo>,
    /// Documents that are only in the new set.
    pub only_new: Vec<DocumentInfo>,
}

/// How one of the two sides was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SideInfo {
    /// What was given: the name of a file or folder.
    pub given: String,
    /// The program that judged it.
    pub tool: Tool,
    /// SHA-256 over every rule file in use, in hexadecimal digits.
    pub rule_hash: String,
    /// The packs asked, in order.
    pub packs: Vec<PackVersion>,
    /// Whether an officer's judgements lie over it; they are not compared.
    pub reviewed: bool,
}

/// A pack and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PackVersion {
    /// Unique.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// Its version.
    pub version: String,
}

/// A document of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// As it was given or found.
    pub path: String,
    /// The document's own title, where it has one.
    pub title: Option<String>,
    /// SHA-256 of the file; `None` where it could not be opened.
    pub sha256: Option<String>,
    /// Whether it could be judged.
    pub status: Status,
    /// How many pages could not be read.
    pub pages_unread: usize,
}

/// What changed in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentChange {
    /// The old draft.
    pub old: DocumentInfo,
    /// The new draft.
    pub new: DocumentInfo,
    /// Why the two cannot be compared, as a sentence; `None` where they can.
    pub cannot: Option<String>,
    /// One a criterion that both were asked, in order; empty where they cannot be compared.
    pub criteria: Vec<CriterionChange>,
    /// Facets ("pack/id") that only the rules of the old report ask.
    pub asked_only_old: Vec<String>,
    /// Facets ("pack/id") that only the rules of the new report ask.
    pub asked_only_new: Vec<String>,
}

/// What changed in how a document holds a criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionChange {
    /// The pack that asks it.
    pub pack: String,
    /// The criterion's id, unique in its pack.
    pub id: String,
    /// The criterion's title.
    pub title: String,
    /// Whether a gate looks at it.
    pub required: bool,
    /// How its rating changed: what is sure of it, or what is to check together with a facet.
    pub change: Change,
    /// The rating in the old draft.
    pub old: RatingState,
    /// The rating in the new draft.
    pub new: RatingState,
    /// Every facet that both were asked, in order.
    pub facets: Vec<FacetChange>,
}

/// A rating with what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RatingState {
    /// The rating that the facets surely present give.
    pub rating: Rating,
    /// The best rating possible if everything "to check" holds; `None` where it would change nothing.
    pub rating_if_checks_hold: Option<Rating>,
}

/// What changed in how a document holds a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetChange {
    /// The facet's id, unique in its pack.
    pub id: String,
    /// The facet's title.
    pub title: String,
    /// What happened to it.
    pub change: Change,
    /// How the old draft stands to it.
    pub old: State,
    /// How the new draft stands to it.
    pub new: State,
    /// The passages that bear it in either draft. Where the facet stands as before, only those that
    /// changed.
    pub passages: Vec<PassageChange>,
}

/// A passage in both drafts, or in one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageChange {
    /// What became of it.
    pub fate: Fate,
    /// As the old draft has it.
    pub old: Option<Shown>,
    /// As the new draft has it.
    pub new: Option<Shown>,
}

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The same words below the same headings.
    Same,
    /// The same words below other headings.
    Moved,
    /// At least half of its telling words are in both, not all.
    Reworded,
    /// Only in the old draft, or no longer among what the new report shows.
    Gone,
    /// Only in the new draft, or not among what the old report shows.
    New,
}

/// A passage as a comparison shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// Its exact text.
    pub quote: String,
    /// The page on which it begins, counted from 1.
    pub page: Option<u32>,
    /// The number printed on that page, where the file tells one.
    pub page_label: Option<String>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its level for the facet, 1 to 4; `None` where the report does not show it for the facet.
    pub level: Option<u8>,
    /// It surely holds the facet.
    pub counts: bool,
    /// Why it does not surely count, where the report says so.
    pub why: Option<String>,
    /// Byte ranges of `quote` with the words that the other draft does not have there.
    pub changed: Vec<(usize, usize)>,
}

/// Compares two reports. One document each are a pair whatever their names; else documents are
/// paired by name.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Comparison {
    let names = |report: &Report| Names::of(report.documents.iter().map(|d| d.path.as_str()));
    let Pairs { both, only_old, only_new } = pairs(&names(old.report), &names(new.report));
    let info = |report: &Report, left: &[usize]| left.iter().map(|i| document_info(&report.documents[*i])).collect();
    let (before, after) = (&old.report.head, &new.report.head);
    Comparison {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        same_rules: before.rule_hash == after.rule_hash && before.tool == after.tool,
        old: side_info(old),
        new: side_info(new),
        documents: both
            .par_iter()
            .map(|&(i, j)| compare_documents((old, &old.report.documents[i]), (new, &new.report.documents[j])))
            .collect(),
        only_old: info(old.report, &only_old),
        only_new: info(new.report, &only_new),
    }
}

impl Comparison {
    /// Whether anything is weaker in the new draft, or cannot be told: a required criterion or one
    /// of its facets lost or weakened, a document that cannot be compared or is no longer there.
    #[must_use]
    pub fn weaker(&self) -> bool {
        !self.only_old.is_empty() || self.documents.iter().any(DocumentChange::weaker)
    }
}

impl DocumentChange {
    fn weaker(&self) -> bool {
        let weaker = |c: &CriterionChange| c.change.is_weaker() || c.facets.iter().any(|f| f.change.is_weaker());
        self.cannot.is_some() || self.criteria.iter().any(|c| c.required && weaker(c))
    }

    /// How many facets changed so.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.criteria.iter().flat_map(|c| &c.facets).filter(|f| f.change == change).count()
    }
}

fn side_info(side: &Side<'_>) -> SideInfo {
    let Head { tool, packs, rule_hash, review, .. } = &side.report.head;
    let version = |p: &PackInfo| PackVersion { id: p.id.clone(), title: p.title.clone(), version: p.version.clone() };
    SideInfo {
        given: side.given.to_owned(),
        tool: tool.clone(),
        rule_hash: rule_hash.clone(),
        packs: packs.iter().map(version).collect(),
        reviewed: review.is_some(),
    }
}

fn document_info(document: &DocumentReport) -> DocumentInfo {
    DocumentInfo {
        path: document.path.clone(),
        title: document.title.clone(),
        sha256: document.sha256.clone(),
        status: document.status,
        pages_unread: document.pages_unread.len(),
    }
}

type Given<'a> = (&'a Side<'a>, &'a DocumentReport);

fn compare_documents((old_side, old): Given<'_>, (new_side, new): Given<'_>) -> DocumentChange {
    let mut out = DocumentChange {
        old: document_info(old),
        new: document_info(new),
        cannot: words::cannot(old, new),
        criteria: Vec::new(),
        asked_only_old: Vec::new(),
        asked_only_new: Vec::new(),
    };
    if out.cannot.is_some() {
        return out;
    }
    let (old_text, new_text) = if old.criteria == new.criteria {
        (None, None)
    } else {
        ((old_side.reread)(old).map(Draft::new), (new_side.reread)(new).map(Draft::new))
    };
    let whole = Whole { old: old_text.as_ref(), new: new_text.as_ref() };
    let same = |a: &Assessment, b: &Assessment| a.pack == b.pack && a.id == b.id;
    for b in &new.criteria {
        let a = old.criteria.iter().find(|a| same(a, b));
        out.asked_only_new.extend(not_asked(b, a));
        if let Some(a) = a {
            out.criteria.push(compare_criteria(a, b, whole));
        }
    }
    for a in &old.criteria {
        out.asked_only_old.extend(not_asked(a, new.criteria.iter().find(|b| same(a, b))));
    }
    out
}

/// The facets of one criterion that the other does not have.
fn not_asked(one: &Assessment, other: Option<&Assessment>) -> Vec<String> {
    let has = |id: &str| other.is_some_and(|o| o.facets.iter().any(|f| f.id == id));
    one.facets.iter().filter(|f| !has(&f.id)).map(|f| format!("{}/{}", one.pack, f.id)).collect()
}

fn compare_criteria(old: &Assessment, new: &Assessment, whole: Whole<'_>) -> CriterionChange {
    let state = |a: &Assessment| RatingState { rating: a.rating, rating_if_checks_hold: a.rating_if_checks_hold };
    let facet = |b: &FacetAssessment| Some(compare_facets(old.facets.iter().find(|a| a.id == b.id)?, b, whole));
    let facets: Vec<FacetChange> = new.facets.iter().filter_map(facet).collect();
    let change = Change::of_ratings(state(old), state(new));
    // What passages to check would give is no news unless a point moved the same way.
    let borne = old.rating != new.rating || facets.iter().any(|f| f.change.is_like(change));
    CriterionChange {
        pack: new.pack.clone(),
        id: new.id.clone(),
        title: new.title.clone(),
        required: old.required || new.required,
        change: if borne { change } else { Change::Same },
        old: state(old),
        new: state(new),
        facets,
    }
}

fn compare_facets(old: &FacetAssessment, new: &FacetAssessment, whole: Whole<'_>) -> FacetChange {
    let (before, after) = (State::of(old), State::of(new));
    let change = Change::of_states(before, after);
    let mut passages = if old == new { Vec::new() } else { passages::compare(old, new, whole) };
    // Where the point is surely there in either draft, passages that only come near prove nothing.
    let sure = before.verdict == Verdict::Present || after.verdict == Verdict::Present;
    passages.retain(|p| (change != Change::Same || p.is_change()) && (!sure || p.counts()));
    passages.sort_by_key(|p| if change.is_weaker() { !p.counted() } else { !p.counts_now() });
    FacetChange { id: new.id.clone(), title: new.title.clone(), change, old: before, new: after, passages }
}

impl PassageChange {
    fn counted(&self) -> bool {
        self.old.as_ref().is_some_and(|s| s.counts)
    }

    fn counts_now(&self) -> bool {
        self.new.as_ref().is_some_and(|s| s.counts)
    }

    fn counts(&self) -> bool {
        self.counted() || self.counts_now()
    }

    /// Whether the passage or what it is worth differs at all.
    fn is_change(&self) -> bool {
        let worth = |s: &Option<Shown>| s.as_ref().map(|s| (s.level, s.counts));
        self.fate != Fate::Same || worth(&self.old) != worth(&self.new)
    }
}
