//! A document as a long table: one row a passage.
//!
//! Comes in: one document of a report. Goes out: every passage that the report shows, with the
//! point that it belongs to and why. A point without a passage has one row of its own, so that no
//! verdict is lost. Knows no form.

use super::officer::{PassageWord, PointReview};
use super::{DocumentReport, words};
use crate::assess::{Assessment, Cited, FacetAssessment, FoundBy, Reason, Verdict};

/// What a passage is to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It surely holds the point.
    Evidence,
    /// It may hold the point.
    Check,
    /// It comes nearest to a point that is missing or was not assessed.
    Nearest,
    /// There is no passage.
    None,
}

impl Role {
    /// Its name in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Check => "to check",
            Self::Nearest => "nearest",
            Self::None => "none",
        }
    }
}

/// One passage under one point.
#[derive(Clone, Debug)]
pub(super) struct Row<'r> {
    pub criterion: &'r Assessment,
    pub facet: &'r FacetAssessment,
    pub role: Role,
    /// Counted from 1 within the point, best first; 0 where there is no passage.
    pub rank: usize,
    pub passage: Option<Passage<'r>>,
}

/// A passage with what was found in it.
#[derive(Clone, Debug)]
pub(super) struct Passage<'r> {
    pub cited: &'r Cited,
    pub level: u8,
    pub certainty: f64,
    pub found_by: FoundBy,
    /// Why it does not surely count; empty for evidence.
    pub why: &'r str,
    rules: &'r [Reason],
    cues: &'r [Reason],
}

/// Every row of a document, in the order of its criteria.
pub(super) fn rows(document: &DocumentReport) -> impl Iterator<Item = Row<'_>> {
    document.criteria.iter().flat_map(|c| c.facets.iter().flat_map(move |f| of_facet(c, f)))
}

fn of_facet<'r>(criterion: &'r Assessment, facet: &'r FacetAssessment) -> Vec<Row<'r>> {
    let near = if facet.verdict == Verdict::Check { Role::Check } else { Role::Nearest };
    let evidence = facet.evidence.iter().map(|e| {
        let passage = Passage {
            cited: &e.cited,
            level: e.level,
            certainty: e.certainty,
            found_by: e.found_by,
            why: "",
            rules: &e.rules,
            cues: &e.cues,
        };
        (Role::Evidence, passage)
    });
    let nearest = facet.nearest.iter().map(|n| {
        let passage = Passage {
            cited: &n.cited,
            level: n.level,
            certainty: n.certainty,
            found_by: n.found_by,
            why: &n.why,
            rules: &n.rules,
            cues: &n.cues,
        };
        (near, passage)
    });
    let row = |role, rank, passage| Row { criterion, facet, role, rank, passage };
    let mut out: Vec<Row<'r>> =
        evidence.chain(nearest).zip(1..).map(|((role, passage), rank)| row(role, rank, Some(passage))).collect();
    if out.is_empty() {
        out.push(row(Role::None, 0, None));
    }
    out
}

impl Row<'_> {
    /// What the officer says of its passage; empty where nothing is said.
    pub(super) fn said_of_passage(&self, judged: Option<&PointReview>) -> &'static str {
        let word = judged.zip(self.passage.as_ref()).and_then(|(j, p)| j.passage(&p.cited.quote));
        word.map_or("", PassageWord::name)
    }
}

impl Passage<'_> {
    /// Its text, harmless and on one line.
    pub(super) fn text(&self) -> String {
        words::clean(&self.cited.quote)
    }

    /// The headings above it: "Aims > Money".
    pub(super) fn headings(&self) -> String {
        let all = self.cited.headings.iter().map(|h| words::clean(h)).filter(|h| !h.is_empty());
        all.collect::<Vec<_>>().join(" > ")
    }

    /// The words of it that rules matched, each once.
    pub(super) fn matched(&self) -> String {
        let mut out: Vec<String> = Vec::new();
        for &(start, end) in &self.cited.marks {
            let word = words::clean(self.cited.quote.get(start..end).unwrap_or_default());
            if !word.is_empty() && !out.contains(&word) {
                out.push(word);
            }
        }
        out.join("; ")
    }

    /// What speaks for and against it, weightiest first.
    pub(super) fn reasons(&self) -> String {
        let all = self.rules.iter().chain(self.cues).filter(|r| r.points != 0.0);
        let mut out: Vec<String> = Vec::new();
        for reason in all {
            let sign = if reason.points > 0.0 { "for" } else { "against" };
            let said = format!("{sign}: {}", words::clean(&reason.says));
            if !out.contains(&said) {
                out.push(said);
            }
        }
        out.join("; ")
    }
}
