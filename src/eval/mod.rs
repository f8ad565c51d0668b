//! How well the packs agree with careful readers, and the points that make them agree best.
//!
//! Comes in: labelled passages and compiled packs. Goes out: counts, figures and calibrations.
//! It judges labelled passages by the very stages that judge documents.

mod calibrate;
mod dump;
mod fuse;
mod gold;
mod measure;
mod table;
mod thresholds;

pub use calibrate::{Settings, calibrate, fold};
pub use dump::{Said, said};
pub use fuse::Readers;
pub use gold::{GoldDocument, GoldError, GoldRecord, load};
pub use measure::{ByDocument, Counts, Measures, kappa};
pub use table::{errors, render, side_by_side};

use crate::assess::certainty::{Certainty, nearest_first};
use crate::assess::verdict::{Finding, Standing};
use crate::assess::{Judge, Reading, Scorecard};
use crate::pack::Level;
use crate::segment::segment;

/// A labelled document with what the rules say of it.
#[derive(Debug)]
pub struct Read {
    /// The document and its labels.
    pub gold: GoldDocument,
    /// For every reading the index of its record.
    pub readings: Vec<(usize, Reading)>,
}

impl Read {
    /// The records whose readers were asked about a facet.
    fn asked<'a>(&'a self, facet: &'a str) -> impl Iterator<Item = usize> + 'a {
        (0..self.gold.records.len()).filter(move |record| self.gold.asked(*record, facet))
    }
}

/// What the program says of one record for one facet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// The record.
    pub record: usize,
    /// The facet, as an index of `Matcher::facets`.
    pub facet: usize,
    /// How certain it is that the record holds the facet.
    pub certainty: Certainty,
    /// The level given.
    pub level: Level,
}

/// A labelled document with what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct OnDocument<'a> {
    /// The document.
    pub read: &'a Read,
    /// What is said of its passages.
    pub calls: &'a [Call],
    /// What is found of each facet; `None` where no reader was asked about it.
    pub found: &'a [Option<Finding>],
}

/// Scans labelled documents once; scorecards may change after.
#[must_use]
pub fn read(judge: &Judge<'_>, documents: Vec<GoldDocument>) -> Vec<Read> {
    use rayon::prelude::*;
    documents.into_par_iter().map(|gold| read_one(judge, gold)).collect()
}

fn read_one(judge: &Judge<'_>, gold: GoldDocument) -> Read {
    let segmented = segment(&gold.document);
    let hits = judge.matcher.scan(&segmented);
    let record_of: Vec<Option<usize>> = segmented.passages.iter().map(|p| gold.record_of(p.block)).collect();
    let readings = crate::assess::read(judge.matcher, judge.learned, &segmented, &hits)
        .into_iter()
        .filter_map(|r| record_of[r.passage].map(|record| (record, r)))
        .collect();
    drop(segmented);
    Read { gold, readings }
}

/// Certainty under which a passage does not even name the facet.
const NAMED: f64 = 0.1;

/// What a scorecard says of a document's records, of the facets that their readers were asked about.
#[must_use]
pub fn call(judge: &Judge<'_>, scorecard: &Scorecard, read: &Read) -> Vec<Call> {
    read.readings
        .iter()
        .filter(|(record, reading)| read.gold.asked(*record, &judge.matcher.facet(reading.facet).id))
        .filter_map(|(record, reading)| {
            let certainty = scorecard.certainty(reading)?;
            let level = if scorecard.facet(reading.facet).holds(certainty) {
                scorecard.level(judge.matcher, reading)
            } else if certainty.all >= NAMED {
                Level::Named
            } else {
                Level::None
            };
            Some(Call { record: *record, facet: reading.facet, certainty, level })
        })
        .collect()
}

/// How a document stands to each facet by its calls; `None` where no reader was asked about it.
fn standings(judge: &Judge<'_>, scorecard: &Scorecard, read: &Read, calls: &[Call]) -> Vec<Option<Standing>> {
    let mut certainties: Vec<Vec<Certainty>> = vec![Vec::new(); judge.matcher.facets().len()];
    calls.iter().for_each(|c| certainties[c.facet].push(c.certainty));
    let standing = |(facet, of): (usize, Vec<Certainty>)| {
        let asked = read.asked(&judge.matcher.facet(facet).id).count();
        (asked > 0).then(|| Standing::new(scorecard.facet(facet), &of, asked))
    };
    certainties.into_iter().enumerate().map(standing).collect()
}

/// What a scorecard finds of each facet in a document; `None` where no reader was asked about it.
#[must_use]
pub fn findings(judge: &Judge<'_>, scorecard: &Scorecard, read: &Read, calls: &[Call]) -> Vec<Option<Finding>> {
    scorecard.findings(&standings(judge, scorecard, read, calls))
}

/// The calls on one facet, the nearest first.
#[must_use]
pub fn nearest(calls: &[Call], facet: usize) -> Vec<&Call> {
    nearest_first(calls.iter().filter(|c| c.facet == facet).collect(), |c| c.certainty, |c| c.record)
}
