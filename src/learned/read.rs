//! What the models make of one document.
//!
//! Comes in: a document's passages. Goes out: what the models believe of each, and for those that are
//! shown to people why. What was worked out for a belief is kept for its reasons; nothing else is
//! worked out but for what is shown, and that once.

use super::{Beliefs, Grounds, Learned, Look};
use crate::segment::Segmented;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A document as the models read it.
#[derive(Debug)]
pub struct Read<'a, 'd> {
    learned: &'a Learned,
    s: &'a Segmented<'d>,
    /// By model.
    beliefs: Vec<Beliefs>,
    /// By model and passage.
    looks: RefCell<BTreeMap<(usize, usize), Look>>,
}

impl<'a, 'd> Read<'a, 'd> {
    pub(super) fn new(learned: &'a Learned, s: &'a Segmented<'d>) -> Self {
        if learned.is_empty() {
            return Self { learned, s, beliefs: Vec::new(), looks: RefCell::default() };
        }
        let mut looks = BTreeMap::new();
        let beliefs = (0..)
            .zip(&learned.models)
            .map(|(model, of)| of.read_all(s, &s.passages, |passage, look| drop(looks.insert((model, passage), look))))
            .collect();
        Self { learned, s, beliefs, looks: RefCell::new(looks) }
    }

    /// The belief in each facet of a passage, in log odds; `None` where no model judges it. Nothing where none judges any.
    #[must_use]
    pub fn beliefs(&self, passage: usize) -> Vec<Option<f32>> {
        if self.beliefs.is_empty() {
            return Vec::new();
        }
        let of = |(model, head): (usize, usize)| self.beliefs[model].of(passage).get(head).copied();
        self.learned.heads.iter().map(|head| head.and_then(of)).collect()
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
