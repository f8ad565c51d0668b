//! An officer's judgements: a layer over what the machine found, which stays as it is.
//!
//! Comes in: nothing; this module defines what forms show beside the machine's verdicts, and finds
//! it. It reads no review file and decides no judgement.

use super::words::clean;
use super::{DocumentReport, RatingSpan, words};
use crate::assess::{Assessment, FacetAssessment, Rating, Verdict};
use crate::segment::fingerprint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The file that judgements come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewFile {
    /// As it was given.
    pub path: String,
    /// Documents that it judges and that are not in this report.
    pub absent: Vec<AbsentDocument>,
}

/// A document that was judged but not checked in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AbsentDocument {
    /// As the review names it.
    pub path: String,
    /// How many judgements on it fit nothing.
    pub judgements: usize,
}

/// What an officer judged of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// The file that the judgements come from, as it was given.
    pub file: String,
    /// The document as the review names it.
    pub judged: String,
    /// Whether it is, byte for byte, the file that every judgement was made on.
    pub same_file: bool,
    /// One a point that was judged, in the order of the criteria.
    pub points: Vec<PointReview>,
    /// The ratings of the criteria that were judged, with the officer's words counted.
    pub ratings: Vec<RatingReview>,
    /// Judgements on points that this report does not ask.
    pub unmatched: Vec<Unmatched>,
}

/// What an officer judged of one point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointReview {
    /// The pack that asks it.
    pub pack: String,
    /// The facet's id.
    pub facet: String,
    /// The officer's word; `None` where only passages were rejected.
    pub word: Option<Word>,
    /// Whether the judgement counts: what it rests on is still there.
    pub stands: bool,
    /// Why it must be looked at again, as a sentence; `None` where nothing changed.
    pub changed: Option<String>,
    /// The verdict with the officer's word counted; the machine's where it does not count.
    pub verdict: Verdict,
    /// The level that goes with it.
    pub level: u8,
    /// The marks of passages that hold it by the officer's word.
    pub counts: Vec<String>,
    /// The marks of passages that the officer rejected.
    pub rejected: Vec<String>,
    /// The reason given.
    pub reason: String,
    /// Who judged.
    pub name: String,
    /// When, as written.
    pub date: Option<String>,
}

/// What an officer says of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// The document holds it.
    Holds,
    /// The document does not hold it.
    DoesNotHold,
}

/// The rating of a criterion with an officer's words counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RatingReview {
    /// The pack that asks it.
    pub pack: String,
    /// The criterion's id.
    pub criterion: String,
    /// The rating.
    pub rating: Rating,
    /// The best rating possible if everything still "to check" holds; `None` where it would change
    /// nothing.
    pub rating_if_checks_hold: Option<Rating>,
}

/// A judgement that fits nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unmatched {
    /// The pack as the review names it.
    pub pack: String,
    /// The facet as the review names it.
    pub facet: String,
    /// Who judged.
    pub name: String,
    /// The reason given.
    pub reason: String,
}

/// What an officer says of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageWord {
    /// It holds the point.
    Counts,
    /// It does not.
    Rejected,
}

impl Word {
    /// As it is written and read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::DoesNotHold => "does not hold",
        }
    }
}

impl PassageWord {
    /// As people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Rejected => "rejected",
        }
    }
}

impl PointReview {
    /// What the officer says of a passage by its text, if anything.
    #[must_use]
    pub fn passage(&self, quote: &str) -> Option<PassageWord> {
        if self.counts.is_empty() && self.rejected.is_empty() {
            return None;
        }
        let mark = fingerprint(quote);
        if self.rejected.contains(&mark) {
            return Some(PassageWord::Rejected);
        }
        self.counts.contains(&mark).then_some(PassageWord::Counts)
    }
}

/// Letters of a passage that is named.
const QUOTE: usize = 120;

/// A judgement in a sentence: "holds (committed). We asked the team. (A. Reader, 2026-11-22)".
#[must_use]
pub fn said(p: &PointReview) -> String {
    let word = match (p.word, p.verdict) {
        (Some(Word::Holds), Verdict::Present) => format!("holds ({})", words::level(p.level)),
        (Some(word), _) => word.name().to_owned(),
        (None, Verdict::Present) => format!("some passages rejected ({} by the others)", words::level(p.level)),
        (None, _) => "passages rejected".to_owned(),
    };
    let date = p.date.as_deref().map(|d| format!(", {}", clean(d))).unwrap_or_default();
    let reason = clean(&p.reason);
    let mut out = format!("{word}. {}. ({}{date})", reason.trim_end_matches('.'), clean(&p.name));
    if let Some(changed) = &p.changed {
        out.push_str(&format!(" To be looked at again, and not counted: {}", clean(changed)));
    }
    out
}

/// What was judged of single passages of a facet: "counts: page 4, “We will …”".
#[must_use]
pub fn said_of_passages(p: &PointReview, facet: &FacetAssessment) -> Vec<String> {
    let evidence = facet.evidence.iter().map(|e| &e.cited);
    let shown = evidence.chain(facet.nearest.iter().map(|n| &n.cited));
    let judged = shown.filter_map(|c| Some((p.passage(&c.quote)?, c)));
    judged
        .map(|(word, cited)| {
            let word = word.name();
            let page = words::page(cited);
            let page = if page.is_empty() { page } else { format!("{page}, ") };
            format!("{word}: {page}\u{201c}{}\u{201d}", words::quote(&cited.quote, &cited.marks, QUOTE))
        })
        .collect()
}

/// What a judgement is called: whether it counts or must be looked at again.
#[must_use]
pub const fn label(p: &PointReview) -> &'static str {
    if p.stands { "Officer\u{2019}s word" } else { "Officer\u{2019}s word, look again" }
}

/// Everything judged of a point, of the whole and of single passages, in one line.
#[must_use]
pub fn said_in_full(p: &PointReview, facet: &FacetAssessment) -> String {
    let passages = said_of_passages(p, facet).into_iter().map(|s| format!(" Passage {s}."));
    format!("{}{}", said(p), passages.collect::<String>())
}

/// What stands with [`summary`], so that no reader takes the one for the other.
pub const BESIDE: &str = "The program\u{2019}s own verdicts stand unchanged beside it.";

/// What a review comes to for one document, in sentences.
#[must_use]
pub fn summary(review: &Review) -> String {
    let of = |n: usize| words::count(n, "judgement", "judgements");
    let stand = review.points.iter().filter(|p| p.stands).count();
    let again = review.points.len() - stand;
    let counts = if stand == 1 { "counts" } else { "count" };
    let mut out = format!("{} of an officer {counts} ({}).", of(stand), clean(&review.file));
    if !review.same_file {
        out.push_str(&format!(" They were made on another version of the file ({}).", clean(&review.judged)));
    }
    if again > 0 {
        let must = if again == 1 { "must be looked at again and does" } else { "must be looked at again and do" };
        out.push_str(&format!(" {} {must} not count until then.", of(again)));
    }
    for lost in &review.unmatched {
        let (facet, reason) = (clean(&lost.facet), clean(&lost.reason));
        out.push_str(&format!(" A judgement on {facet} fits nothing that is asked: {reason}"));
        out.push_str(&format!(" ({}).", clean(&lost.name)));
    }
    out
}

/// Documents that were judged and are not in the report, in a sentence; empty where there are none.
#[must_use]
pub fn absent(file: &ReviewFile) -> String {
    let told =
        |d: &AbsentDocument| format!("{} ({})", clean(&d.path), words::count(d.judgements, "judgement", "judgements"));
    let documents: Vec<String> = file.absent.iter().map(told).collect();
    if documents.is_empty() {
        return String::new();
    }
    format!("The review {} also judges what was not checked here: {}.", clean(&file.path), words::list(&documents))
}

impl RatingReview {
    /// The rating, or the range that what is still to check leaves open.
    #[must_use]
    pub fn range(&self) -> String {
        self.span().to_string()
    }

    /// The same as ratings.
    #[must_use]
    pub const fn span(&self) -> RatingSpan {
        RatingSpan { rating: self.rating, best: self.rating_if_checks_hold }
    }
}

impl DocumentReport {
    /// The officer's judgement of a facet, if there is one.
    #[must_use]
    pub fn judgement(&self, pack: &str, facet: &str) -> Option<&PointReview> {
        self.review.as_ref()?.points.iter().find(|p| p.pack == pack && p.facet == facet)
    }

    /// The rating of a criterion with the officer's words counted, if it was judged.
    #[must_use]
    pub fn reviewed(&self, criterion: &Assessment) -> Option<&RatingReview> {
        let ratings = &self.review.as_ref()?.ratings;
        ratings.iter().find(|r| r.pack == criterion.pack && r.criterion == criterion.id)
    }

    /// The verdict on a facet with the officer's word counted; the machine's where there is none.
    #[must_use]
    pub fn settled_verdict(&self, pack: &str, facet: &FacetAssessment) -> Verdict {
        self.judgement(pack, &facet.id).map_or(facet.verdict, |p| p.verdict)
    }

    /// The machine's rating of a criterion, whether it rests on words only, and the officer's beside it:
    /// "partial, words only; officer: evident".
    #[must_use]
    pub fn ratings_beside(&self, criterion: &Assessment) -> String {
        let machine = words::rating_marked(criterion);
        match self.reviewed(criterion) {
            Some(reviewed) => format!("{machine}; officer: {}", reviewed.range()),
            None => machine,
        }
    }

    /// The rating that a gate counts: the officer's where the criterion was judged, else the machine's.
    #[must_use]
    pub fn settled(&self, criterion: &Assessment) -> Rating {
        self.reviewed(criterion).map_or(criterion.rating, |r| r.rating)
    }
}
