//! What a search looks at: a stretch of the search text with its sentences and clauses.

use crate::segment::{Folded, Passage, Segmented};
use std::ops::Range;

/// A stretch of tokens that is searched on its own: a passage, a heading or a column name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub tokens: Range<usize>,
    /// The passage that it is, where it is one.
    pub passage: Option<usize>,
}

impl Region {
    /// All regions of a document, in the order of the text.
    pub(super) fn all(s: &Segmented<'_>) -> Vec<Self> {
        let mut out: Vec<Self> = s.headings.iter().map(|h| Self { tokens: h.tokens.clone(), passage: None }).collect();
        for (index, passage) in s.passages.iter().enumerate() {
            out.push(Self { tokens: passage.tokens.clone(), passage: Some(index) });
            out.extend(passage.cells.iter().map(|c| Self { tokens: c.header.clone(), passage: None }));
        }
        Self::in_order(out)
    }

    /// The regions that bear on one passage: itself and what stands above it.
    pub(super) fn around(s: &Segmented<'_>, index: usize) -> Vec<Self> {
        let Some(passage) = s.passages.get(index) else { return Vec::new() };
        let mut out = vec![Self { tokens: passage.tokens.clone(), passage: Some(index) }];
        out.extend(passage.headings.iter().map(|&h| Self { tokens: s.headings[h].tokens.clone(), passage: None }));
        out.extend(passage.cells.iter().map(|c| Self { tokens: c.header.clone(), passage: None }));
        for above in lead_ins(s, passage) {
            out.push(Self { tokens: s.passages[above].tokens.clone(), passage: Some(above) });
        }
        Self::in_order(out)
    }

    fn in_order(mut regions: Vec<Self>) -> Vec<Self> {
        regions.retain(|r| !r.tokens.is_empty());
        regions.sort_by_key(|r| r.tokens.start);
        regions.dedup_by_key(|r| r.tokens.start);
        regions
    }
}

/// The passages that lead a passage in, the nearest first.
pub(super) fn lead_ins<'s>(s: &'s Segmented<'_>, passage: &Passage) -> impl Iterator<Item = usize> + use<'s> {
    std::iter::successors(passage.lead_in, |&above| s.passages.get(above).and_then(|p| p.lead_in)).take(4)
}

/// A region as a search sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'s> {
    pub folded: &'s Folded,
    /// The text of the document, for what the search text does not keep.
    pub text: &'s str,
    pub sentences: &'s [Range<usize>],
    pub clauses: &'s [Range<usize>],
    pub start: usize,
    pub end: usize,
}

impl<'s> View<'s> {
    pub(super) fn of_region(s: &'s Segmented<'_>, region: &'s Region) -> Self {
        match region.passage.and_then(|p| s.passages.get(p)) {
            Some(passage) => Self::of_passage(s, passage),
            None => Self::of_tokens(s, &region.tokens),
        }
    }

    pub(super) fn of_passage(s: &'s Segmented<'_>, passage: &'s Passage) -> Self {
        let tokens = &passage.tokens;
        let (start, end) = (tokens.start, tokens.end);
        let text = &s.document.text;
        Self { folded: &s.folded, text, sentences: &passage.sentences, clauses: &passage.clauses, start, end }
    }

    /// One stretch that counts as one sentence.
    pub(super) fn of_tokens(s: &'s Segmented<'_>, tokens: &'s Range<usize>) -> Self {
        let one = std::slice::from_ref(tokens);
        let (start, end) = (tokens.start, tokens.end);
        Self { folded: &s.folded, text: &s.document.text, sentences: one, clauses: one, start, end }
    }

    /// The last sentence of a passage: the part of a lead-in that bears on what it leads in.
    pub(super) fn of_last_sentence(s: &'s Segmented<'_>, passage: &'s Passage) -> Self {
        let whole = Self::of_passage(s, passage);
        let Some((last, _)) = whole.sentences.split_last() else { return whole };
        let first = whole.clauses.partition_point(|c| c.start < last.start);
        let sentences = &whole.sentences[whole.sentences.len() - 1..];
        Self { sentences, clauses: &whole.clauses[first..], start: last.start, ..whole }
    }

    /// The sentence that a token stands in.
    pub(super) fn sentence_at(&self, token: usize) -> Range<usize> {
        part_at(self.sentences, token).unwrap_or(self.start..self.end)
    }

    /// The clause that a token stands in.
    pub(super) fn clause_at(&self, token: usize) -> Range<usize> {
        part_at(self.clauses, token).unwrap_or(self.start..self.end)
    }
}

/// Which of several ranges in order a token stands in.
pub(super) fn part_at(parts: &[Range<usize>], token: usize) -> Option<Range<usize>> {
    parts.get(parts.partition_point(|p| p.end <= token)).filter(|p| p.start <= token).cloned()
}
