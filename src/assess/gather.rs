//! What is kept of the readings of a document: little of all of them, everything of the few that a
//! report may show.
//!
//! Comes in: the passages, one after another, with what was found there. Goes out: by facet how
//! certain and how firm each passage is, and the [`Reading`]s that come first. So what a document
//! takes in memory hardly grows with the reasons found in it.

use super::aside;
use super::certainty::{Certainty, TO_CHECK, nearest_first};
use super::document::Judge;
use super::reading::{Reader, Reading, sees_a_chance};
use crate::learned::Read;
use crate::matching::{PassageHits, RuleId, SectionId};
use crate::pack::{Level, Strength};
use crate::segment::Segmented;
use std::cmp::Reverse;
use std::rc::Rc;

/// Passages shown for a facet that is present.
const EVIDENCE: usize = 12;
/// Passages without any reason that are looked at for words to show.
const TRIED: usize = 12;

/// What is kept of a document.
#[derive(Default)]
pub(super) struct Gathered {
    /// By facet.
    pub facets: Vec<OfFacet>,
    /// By passage: the sections that it stands in.
    pub sections: Vec<Vec<SectionId>>,
}

/// What is kept of one facet.
#[derive(Default)]
pub(super) struct OfFacet {
    /// Every passage that has reasons, in the order of the text.
    pub judged: Vec<Judged>,
    /// The passages that hold it: what rules found first, of that the firmest, then the surest, then in reading order.
    pub evidence: Best<(bool, Level, u64, Reverse<usize>), Shown>,
    /// Passages without reasons where rules came near without firing, most of them first.
    pub near: Best<(usize, Reverse<usize>), Near>,
    nearest: Best<(u64, Reverse<usize>), Shown>,
    /// The passage that rules alone find the surest.
    surest: Best<(u64, Reverse<usize>), Shown>,
}

/// How a passage stands to a facet.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    pub passage: usize,
    pub certainty: Certainty,
    /// Its level where it holds the facet.
    pub holds: Option<Level>,
    /// Whether all its words for the facet are those of others; told only where it holds it.
    pub quoted: bool,
}

/// A reading that a report may show.
#[derive(Clone)]
pub(super) struct Shown {
    pub reading: Rc<Reading>,
    pub certainty: Certainty,
}

/// A passage where rules of a facet came near without firing.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub passage: usize,
    /// The first of the rules that count.
    pub first: RuleId,
}

/// The few that come first, by a key that no two share.
pub(super) struct Best<K, T> {
    items: Vec<(K, T)>,
}

impl<K, T> Default for Best<K, T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<K: Ord, T> Best<K, T> {
    fn offer(&mut self, most: usize, key: K, make: impl FnOnce() -> T) {
        let at = self.items.partition_point(|(other, _)| *other > key);
        if at < most {
            self.items.truncate(most - 1);
            self.items.insert(at, (key, make()));
        }
    }

    /// The greatest key first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter().map(|(_, item)| item)
    }
}

impl OfFacet {
    /// The passages that come nearest, the nearest first.
    pub(super) fn nearest(&self) -> Vec<Shown> {
        let mut few: Vec<Shown> = self.nearest.iter().cloned().collect();
        let known = |passage: usize| few.iter().any(|s| s.reading.passage == passage);
        let surest = self.surest.iter().find(|s| !known(s.reading.passage)).cloned();
        few.extend(surest);
        let mut few = nearest_first(few, |s| s.certainty, |s| s.reading.passage);
        few.truncate(TO_CHECK);
        few
    }

    fn add(&mut self, judge: &Judge<'_>, s: &Segmented<'_>, reading: Reading) {
        let Some(certainty) = judge.scorecard.certainty(&reading) else { return };
        let passage = reading.passage;
        let card = judge.scorecard.facet(reading.facet);
        let holds = card.holds(certainty).then(|| judge.scorecard.level(judge.matcher, &reading));
        let quoted = holds.is_some() && aside::is_quoted(s, &reading);
        self.judged.push(Judged { passage, certainty, holds, quoted });
        let reading = Rc::new(reading);
        let shown = || Shown { reading: Rc::clone(&reading), certainty };
        // Certainties are never below 0, so their bits are in their order.
        let (all, rules) = (certainty.all.to_bits(), certainty.rules.to_bits());
        if let Some(level) = holds {
            self.evidence.offer(EVIDENCE, (card.by_rules(certainty), level, all, Reverse(passage)), shown);
        }
        self.nearest.offer(TO_CHECK, (all, Reverse(passage)), shown);
        self.surest.offer(1, (rules, Reverse(passage)), shown);
    }
}

/// Scans and reads a whole document.
pub(super) fn gather(judge: &Judge<'_>, s: &Segmented<'_>, learned: &Read<'_, '_>) -> Gathered {
    let mut out = Gathered::default();
    out.facets.resize_with(judge.matcher.facets().len(), OfFacet::default);
    let reader = Reader { matcher: judge.matcher, s };
    let mut scanning = judge.matcher.begin(s);
    for passage in 0..s.passages.len() {
        let beliefs = learned.beliefs(passage);
        let found = scanning.passage(passage, sees_a_chance(&beliefs));
        for reading in reader.passage(passage, &found, &beliefs) {
            out.facets[reading.facet].add(judge, s, reading);
        }
        out.near(judge, passage, &found);
        out.sections.push(found.sections);
    }
    out
}

impl Gathered {
    /// Notes the facets whose rules came near in a passage where nothing speaks for them.
    fn near(&mut self, judge: &Judge<'_>, passage: usize, found: &PassageHits) {
        let mut near = found.near.iter().map(|rule| (*rule, judge.matcher.rules()[rule.index()]));
        let mut open: Option<(usize, RuleId, usize)> = None;
        loop {
            let next = near.find(|(_, info)| matches!(info.strength, Strength::Sure | Strength::Likely));
            match (&mut open, next) {
                (Some((facet, _, rules)), Some((_, info))) if *facet == info.facet => *rules += 1,
                (_, next) => {
                    if let Some((facet, first, rules)) = open {
                        self.facets[facet].came_near(passage, first, rules);
                    }
                    let Some((rule, info)) = next else { return };
                    open = Some((info.facet, rule, 1));
                }
            }
        }
    }
}

impl OfFacet {
    fn came_near(&mut self, passage: usize, first: RuleId, rules: usize) {
        if self.judged.last().is_none_or(|j| j.passage != passage) {
            self.near.offer(TRIED, (rules, Reverse(passage)), || Near { passage, first });
        }
    }
}
