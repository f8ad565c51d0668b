//! What the models make of one document.
//!
//! Comes in: a document's passages. Goes out: what the models believe of each, and for those that are
//! shown to people why. What was worked out for a belief is kept for its reasons; nothing else is
//! worked out but for what is shown, and that once.

use super::{Grounds, Learned, Look};
use crate::segment::Segmented;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A document as the models read it.
#[derive(Debug)]
pub struct Read<'a, 'd> {
    learned: &'a Learned,
    s: &'a Segmented<'d>,
    /// By passage, then facet.
    beliefs: Vec<Option<f32>>,
    /// By model and passage.
    looks: RefCell<BTreeMap<(usize, usize), Look>>,
}

impl<'a, 'd> Read<'a, 'd> {
    pub(super) fn new(learned: &'a Learned, s: &'a Segmented<'d>) -> Self {
        if learned.is_empty() {
            return Self { learned, s, beliefs: Vec::new(), looks: RefCell::default() };
        }
        let mut looks = BTreeMap::new();
        let views: Vec<Vec<Vec<f32>>> = (0..)
            .zip(&learned.models)
            .map(|(model, of)| of.read_all(s, &s.passages, |passage, look| drop(looks.insert((model, passage), look))))
            .collect();
        let all = (0..s.passages.len()).flat_map(|at| learned.heads.iter().map(move |head| (at, *head)));
        let beliefs = all.map(|(at, head)| head.map(|(model, head)| views[model][at][head])).collect();
        Self { learned, s, beliefs, looks: RefCell::new(looks) }
    }

    /// The belief in each facet of a passage, in log odds; `None` where no model judges it. Nothing where none judges any.
    #[must_use]
    pub fn beliefs(&self, passage: usize) -> &[Option<f32>] {
        let facets = self.learned.heads.len();
        self.beliefs.get(passage * facets..(passage + 1) * facets).unwrap_or_default()
    }

    /// Why a facet is believed of a passage, or not.
    #[must_use]
    pub fn why(&self, passage: usize, facet: usize) -> Grounds {
        let Some((model, head)) = self.learned.heads.get(facet).copied().flatten() else { return Grounds::default() };
        let mut looks = self.looks.borrow_mut();
        let at = &self.learned.models[model];
        let look = looks.entry((model, passage)).or_insert_with(|| at.look(self.s, &self.s.passages[passage]));
        at.grounds(&self.s.document.text, look, head)
    }
}
