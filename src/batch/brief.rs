//! One document's results in brief: what reports of many documents together ask of each.
//!
//! Comes in: a [`DocumentReport`]. Goes out: a few kilobytes, and from them the same again without
//! passages to check, without places, and of each piece of evidence only its words, page, level and
//! certainty.

use super::record::RecordError;
use crate::assess::{
    Aside, Assessment, Cited, Evidence, FacetAssessment, FoundBy, LevelNumber, Rating, Status, Verdict,
};
use crate::document::{Format, Warning};
use crate::report::{DocumentReport, PlanNote};
use crate::segment::PassageKind;
use serde::{Deserialize, Serialize};

/// Tells this form from others; it changes whenever what follows does.
pub(super) const FORM: &str = "brief 1";

#[derive(Serialize, Deserialize)]
struct Brief {
    title: Option<String>,
    sha256: Option<String>,
    format: Option<Format>,
    pages: Option<usize>,
    pages_unread: Vec<u32>,
    passages: usize,
    status: Status,
    error: Option<String>,
    warnings: Vec<Warning>,
    criteria: Vec<Criterion>,
}

#[derive(Serialize, Deserialize)]
struct Criterion {
    pack: String,
    id: String,
    title: String,
    required: bool,
    rating: Rating,
    rating_if_checks_hold: Option<Rating>,
    only_in: Vec<Aside>,
    facets: Vec<Facet>,
}

#[derive(Serialize, Deserialize)]
struct Facet {
    id: String,
    title: String,
    verdict: Verdict,
    level: LevelNumber,
    certainty: f64,
    evidence: Vec<Proof>,
    only_in: Vec<Aside>,
}

#[derive(Serialize, Deserialize)]
struct Proof {
    quote: String,
    page: Option<u32>,
    level: u8,
    certainty: f64,
}

/// A document in brief, as bytes. What people say of it is left out: it may be another the next time.
pub(super) fn encode(document: &DocumentReport) -> Result<Vec<u8>, RecordError> {
    let brief = Brief {
        title: document.title.clone(),
        sha256: document.sha256.clone(),
        format: document.format,
        pages: document.pages,
        pages_unread: document.pages_unread.clone(),
        passages: document.passages,
        status: document.status,
        error: document.error.clone(),
        warnings: document.warnings.clone(),
        criteria: document.criteria.iter().map(Criterion::of).collect(),
    };
    Ok(postcard::to_stdvec(&brief)?)
}

/// The document that [`encode`] made bytes of, in brief, under the path that it has now.
pub(super) fn decode(path: &str, bytes: &[u8]) -> Result<DocumentReport, RecordError> {
    let brief: Brief = postcard::from_bytes(bytes)?;
    Ok(DocumentReport {
        path: path.to_owned(),
        plan: PlanNote::default(),
        title: brief.title,
        sha256: brief.sha256,
        format: brief.format,
        pages: brief.pages,
        pages_unread: brief.pages_unread,
        passages: brief.passages,
        status: brief.status,
        error: brief.error,
        warnings: brief.warnings,
        criteria: brief.criteria.into_iter().map(Criterion::assessment).collect(),
        review: None,
    })
}

impl Criterion {
    fn of(whole: &Assessment) -> Self {
        Self {
            pack: whole.pack.clone(),
            id: whole.id.clone(),
            title: whole.title.clone(),
            required: whole.required,
            rating: whole.rating,
            rating_if_checks_hold: whole.rating_if_checks_hold,
            only_in: whole.only_in.clone(),
            facets: whole.facets.iter().map(Facet::of).collect(),
        }
    }

    fn assessment(self) -> Assessment {
        Assessment {
            pack: self.pack,
            id: self.id,
            title: self.title,
            required: self.required,
            rating: self.rating,
            rating_if_checks_hold: self.rating_if_checks_hold,
            only_in: self.only_in,
            facets: self.facets.into_iter().map(Facet::assessment).collect(),
        }
    }
}

impl Facet {
    fn of(whole: &FacetAssessment) -> Self {
        let proof = |e: &Evidence| Proof {
            quote: e.cited.quote.clone(),
            page: e.cited.page,
            level: e.level,
            certainty: e.certainty,
        };
        Self {
            id: whole.id.clone(),
            title: whole.title.clone(),
            verdict: whole.verdict,
            level: whole.level,
            certainty: whole.certainty,
            evidence: whole.evidence.iter().map(proof).collect(),
            only_in: whole.only_in.clone(),
        }
    }

    fn assessment(self) -> FacetAssessment {
        FacetAssessment {
            id: self.id,
            title: self.title,
            verdict: self.verdict,
            level: self.level,
            certainty: self.certainty,
            evidence: self.evidence.into_iter().map(Proof::evidence).collect(),
            nearest: Vec::new(),
            marks: Vec::new(),
            only_in: self.only_in,
        }
    }
}

impl Proof {
    fn evidence(self) -> Evidence {
        let cited = Cited {
            quote: self.quote,
            marks: Vec::new(),
            page: self.page,
            page_label: None,
            recognised: false,
            headings: Vec::new(),
            kind: PassageKind::default(),
            columns: Vec::new(),
            lead_in: None,
        };
        let (level, certainty) = (self.level, self.certainty);
        Evidence { cited, level, certainty, found_by: FoundBy::default(), rules: Vec::new(), cues: Vec::new() }
    }
}
