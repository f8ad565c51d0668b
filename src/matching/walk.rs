//! Walks from a step of a sequence that is known to stand somewhere to its other steps.
//!
//! Side by side means token beside token, so a mark parts. A gap counts words, runs over commas,
//! colons, brackets, quotation marks and dashes, and never over a semicolon, a cell's edge or the
//! end of the sentence.

use super::find::Found;
use super::program::{SetId, Step, What, is_word};
use crate::segment::Folded;
use std::ops::Range;

/// Where the steps may end if the first of them follows upon `from`.
///
/// `hits` gives the places of a set, ordered by their first token. The result is in order.
pub(super) fn forward<'h>(
    folded: &Folded,
    bounds: &Range<usize>,
    steps: &[Step],
    from: usize,
    hits: &impl Fn(SetId) -> &'h [Found],
) -> Vec<usize> {
    let mut front = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let mut next = Vec::new();
        let before = if i == 0 { std::slice::from_ref(&from) } else { &front };
        for &at in before {
            each_start(folded, bounds, at, step.gap, |start| match &step.what {
                What::Word(pattern) => {
                    if fits(folded, start, pattern) {
                        next.push(start + 1);
                    }
                }
                What::Set(set) => {
                    let all = hits(*set);
                    let first = all.partition_point(|f| (f.start as usize) < start);
                    let here = all[first..].iter().take_while(|f| f.start as usize == start);
                    next.extend(here.map(|f| f.end as usize).filter(|e| *e <= bounds.end));
                }
            });
        }
        next.sort_unstable();
        next.dedup();
        front = next;
        if front.is_empty() {
            return front;
        }
    }
    if steps.is_empty() {
        front.push(from);
    }
    front
}

/// Where the steps before the last one may begin if the last one, whose gap counts, begins at
/// `from`.
pub(super) fn backward<'h>(
    folded: &Folded,
    bounds: &Range<usize>,
    steps: &[Step],
    from: usize,
    hits: &impl Fn(SetId) -> &'h [Found],
) -> Vec<usize> {
    let mut front = Vec::new();
    let pairs = steps.len().saturating_sub(1);
    for i in (0..pairs).rev() {
        let (step, gap) = (&steps[i], steps[i + 1].gap);
        let mut next = Vec::new();
        let after = if i + 1 == pairs { std::slice::from_ref(&from) } else { &front };
        for &at in after {
            each_end(folded, bounds, at, gap, |end| match &step.what {
                What::Word(pattern) => {
                    if fits(folded, end - 1, pattern) {
                        next.push(end - 1);
                    }
                }
                What::Set(set) => {
                    let here = hits(*set).iter().filter(|f| f.end as usize == end);
                    next.extend(here.map(|f| f.start as usize).filter(|s| *s >= bounds.start));
                }
            });
        }
        next.sort_unstable();
        next.dedup();
        front = next;
        if front.is_empty() {
            return front;
        }
    }
    if pairs == 0 {
        front.push(from);
    }
    front
}

fn fits(folded: &Folded, token: usize, pattern: &crate::pack::WordPattern) -> bool {
    !folded.tokens[token].mark && is_word(pattern, folded.word_at(token))
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
