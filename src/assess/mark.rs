//! Where in a document the passages of a facet stand, small enough to keep for all of them.

use super::number;
use crate::pack::Level;
use crate::segment::{Passage, Segmented};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A page with passages of a facet, or such a passage where the format has no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// The page, or where the document has no pages the passage, counted from 1.
    pub at: usize,
    /// The firmest level there: 2 stated, 3 committed or 4 accountable.
    pub level: u8,
    /// How many passages of the facet stand there.
    pub passages: usize,
}

/// The marks of passages, given by index with their levels, in reading order.
pub(super) fn marks(s: &Segmented<'_>, passages: impl Iterator<Item = (usize, Level)>) -> Vec<Mark> {
    let mut out: BTreeMap<usize, Mark> = BTreeMap::new();
    for (index, level) in passages {
        let at = place(s, index, &s.passages[index]);
        let mark = out.entry(at).or_insert(Mark { at, level: 0, passages: 0 });
        mark.level = mark.level.max(number(level));
        mark.passages += 1;
    }
    out.into_values().collect()
}

fn place(s: &Segmented<'_>, index: usize, passage: &Passage) -> usize {
    match passage.page {
        Some(page) if !s.document.pages.is_empty() => page as usize,
        _ => index + 1,
    }
}
