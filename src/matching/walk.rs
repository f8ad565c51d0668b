//! Walks from a step of a sequence that is known to stand somewhere to its other steps.
//!
//! Side by side means token beside token, so a mark parts. A gap counts words, runs over commas,
//! colons, brackets, quotation marks and dashes, and never over a semicolon, a cell's edge or the
//! end of the sentence.

use super::find::Found;
use super::program::{SetId, Step, What};
use crate::segment::Folded;
use std::ops::Range;

/// A sentence with the places of the sets in it, ordered by their first token.
pub(super) struct Line<'l, H> {
    pub folded: &'l Folded,
    pub bounds: &'l Range<usize>,
    pub hits: &'l H,
}

impl<'h, H: Fn(SetId) -> &'h [Found]> Line<'_, H> {
    /// Where the steps may end if the first of them follows upon one of `front`, in order.
    pub(super) fn forward(&self, steps: &[Step], front: &mut Vec<usize>, next: &mut Vec<usize>) {
        let Self { folded, bounds, hits } = self;
        for step in steps {
            next.clear();
            for &at in &*front {
                each_start(folded, bounds, at, step.gap, |start| match step.what {
                    What::Word => next.extend((!folded.tokens[start].mark).then_some(start + 1)),
                    What::Set(set) => {
                        let all = hits(set);
                        let first = all.partition_point(|f| (f.start as usize) < start);
                        let here = all[first..].iter().take_while(|f| f.start as usize == start);
                        next.extend(here.map(|f| f.end as usize).filter(|e| *e <= bounds.end));
                    }
                });
            }
            in_order(front, next);
            if front.is_empty() {
                break;
            }
        }
    }

    /// Where the steps before the last one may begin if the last one, whose gap counts, begins at
    /// one of `front`.
    pub(super) fn backward(&self, steps: &[Step], front: &mut Vec<usize>, next: &mut Vec<usize>) {
        let Self { folded, bounds, hits } = self;
        for pair in steps.windows(2).rev() {
            let (what, gap) = (pair[0].what, pair[1].gap);
            next.clear();
            for &at in &*front {
                each_end(folded, bounds, at, gap, |end| match what {
                    What::Word => next.extend((!folded.tokens[end - 1].mark).then_some(end - 1)),
                    What::Set(set) => {
                        let here = hits(set).iter().filter(|f| f.end as usize == end);
                        next.extend(here.map(|f| f.start as usize).filter(|s| *s >= bounds.start));
                    }
                });
            }
            in_order(front, next);
            if front.is_empty() {
                break;
            }
        }
    }
}

/// Makes the next front the front.
fn in_order(front: &mut Vec<usize>, next: &mut Vec<usize>) {
    std::mem::swap(front, next);
    front.sort_unstable();
    front.dedup();
}

/// A mark that no gap runs over.
fn parts(folded: &Folded, token: usize) -> bool {
    folded.tokens[token].mark && matches!(folded.word_at(token), ";" | "|")
}

/// Every token at which a step may begin that follows upon `at`.
fn each_start(folded: &Folded, bounds: &Range<usize>, at: usize, gap: Option<usize>, mut visit: impl FnMut(usize)) {
    let mut words = gap.unwrap_or(0);
    for start in at..bounds.end {
        visit(start);
        if gap.is_none() || parts(folded, start) {
            return;
        }
        if !folded.tokens[start].mark {
            if words == 0 {
                return;
            }
            words -= 1;
        }
    }
}

/// Every token after which a step may end that stands before `at`.
fn each_end(folded: &Folded, bounds: &Range<usize>, at: usize, gap: Option<usize>, mut visit: impl FnMut(usize)) {
    let mut words = gap.unwrap_or(0);
    for end in (bounds.start + 1..=at).rev() {
        visit(end);
        if gap.is_none() || parts(folded, end - 1) {
            return;
        }
        if !folded.tokens[end - 1].mark {
            if words == 0 {
                return;
            }
            words -= 1;
        }
    }
}
