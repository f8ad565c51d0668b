//! What is said of every labelled passage, as data for analyses of one's own.

use super::{Call, Read};
use crate::assess::certainty::Certainty;
use crate::assess::verdict::Finding;
use crate::assess::{Judge, Verdict};
use serde::Serialize;

/// A line: what is said of a document on one facet.
#[derive(Debug, Serialize)]
pub struct Said<'a> {
    file: &'a str,
    doc: &'a str,
    facet: &'a str,
    /// Passages whose readers were asked about the facet.
    passages: usize,
    /// Whether all passages of the document are labelled.
    whole: bool,
    /// Whether readers found it, at level 2 or higher.
    there: bool,
    verdict: Verdict,
    certainty: f64,
    /// The passages that readers or the program find something in.
    found: Vec<Found<'a>>,
}

/// What is said of a passage.
#[derive(Debug, Serialize)]
struct Found<'a> {
    id: &'a str,
    /// The level that readers gave.
    label: u8,
    level: u8,
    /// How certain all who are heard are that it holds the facet, from 0 to 1.
    certainty: f64,
    /// How certain rules by themselves are.
    rules: f64,
}

/// What is said of a document on a facet, and what is found of it there.
#[must_use]
pub fn said<'a>(judge: &Judge<'a>, read: &'a Read, calls: &[Call], facet: usize, finding: &Finding) -> Said<'a> {
    let (gold, id) = (&read.gold, judge.matcher.facet(facet).id.as_str());
    let calls: Vec<&Call> = calls.iter().filter(|c| c.facet == facet).collect();
    let found = |record: usize| {
        let (label, call) = (gold.label(record, id), calls.iter().find(|c| c.record == record));
        let certainty = call.map_or_else(Certainty::default, |c| c.certainty);
        let level = call.map_or(0, |c| c.level as u8);
        let found =
            Found { id: &gold.records[record].id, label, level, certainty: certainty.all, rules: certainty.rules };
        (label > 0 || call.is_some()).then_some(found)
    };
    Said {
        file: &gold.file,
        doc: &gold.name,
        facet: id,
        passages: read.asked(id).count(),
        whole: gold.whole(),
        there: read.asked(id).any(|record| gold.label(record, id) >= 2),
        verdict: finding.verdict,
        certainty: finding.certainty,
        found: read.asked(id).filter_map(found).collect(),
    }
}
