//! Puts the alternatives of a term together again where they differ at one place only.
//!
//! `(cut|lower) ~3 (debt|@poverty)` arrives as four alternatives and leaves as one sequence of two
//! choices, which finds the same places with a quarter of the work.

use super::program::{RunId, SetId};
use std::collections::HashMap;

/// One step of an alternative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part {
    /// How many words may stand before it; `None` where it stands side by side.
    pub gap: Option<usize>,
    pub choice: Choice,
}

/// What may stand at a step: one of these runs or sets, or any word at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Choice {
    pub runs: Vec<RunId>,
    pub sets: Vec<SetId>,
    pub any_word: bool,
}

/// Merges alternatives that differ in one choice, until none do.
pub(super) fn factor(mut all: Vec<Vec<Part>>) -> Vec<Vec<Part>> {
    let longest = all.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..longest {
        let mut seen: HashMap<Vec<Part>, usize> = HashMap::new();
        let mut out: Vec<Vec<Part>> = Vec::with_capacity(all.len());
        for mut parts in all {
            let Some(part) = parts.get_mut(at).filter(|p| !p.choice.any_word) else {
                out.push(parts);
                continue;
            };
            let choice = std::mem::take(&mut part.choice);
            let here = *seen.entry(parts).or_insert_with_key(|parts| {
                out.push(parts.clone());
                out.len() - 1
            });
            let merged = &mut out[here][at].choice;
            merged.runs.extend(choice.runs);
            merged.sets.extend(choice.sets);
        }
        for choice in out.iter_mut().filter_map(|p| p.get_mut(at)).map(|p| &mut p.choice) {
            choice.runs.sort_unstable();
            choice.runs.dedup();
            choice.sets.sort_unstable();
            choice.sets.dedup();
        }
        all = out;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(run: u32, gap: Option<usize>) -> Part {
        Part { gap, choice: Choice { runs: vec![RunId(run)], ..Choice::default() } }
    }

    #[test]
    fn products_become_one() {
        let mut all = Vec::new();
        for a in [1, 2, 3] {
            for b in [4, 5] {
                all.push(vec![part(a, None), part(b, Some(3))]);
            }
        }
        all.push(vec![part(1, None), part(4, None)]);
        let out = factor(all);
        assert_eq!(out.len(), 2);
        assert_eq!(out[0][0].choice.runs, [RunId(1), RunId(2), RunId(3)]);
        assert_eq!(out[0][1].choice.runs, [RunId(4), RunId(5)]);
    }
}
