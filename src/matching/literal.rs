//! Finds all sequences of mere words in one pass over the search text.
//!
//! Of each sequence the rarest run of words side by side, its anchor, goes into one Aho-Corasick
//! automaton; where the anchor stands, the rest of the sequence is compared word by word. Words
//! stand one space apart in the search text, so " debt advice " is found at word boundaries only,
//! and " depriv" is found at the beginning of a word.

use super::MatchError;
use super::program::{Lists, SequenceId, Step, What, small};
use super::view::{Region, View};
use super::walk;
use crate::pack::WordPattern;
use crate::segment::Segmented;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;
use std::ops::Range;

/// The automaton over all anchors.
#[derive(Debug)]
pub(super) struct Literals {
    automaton: AhoCorasick,
    anchors: Vec<Anchor>,
    /// By anchor.
    uses: Lists<Use>,
}

/// A run of words that the automaton looks for.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// How many words it spans.
    words: usize,
    /// Whether its last word may go on.
    open: bool,
}

/// A sequence that an anchor stands for.
#[derive(Clone, Copy, Debug)]
struct Use {
    sequence: SequenceId,
    /// The anchor is these steps of the sequence.
    first: u32,
    last: u32,
    whole: bool,
}

/// A place of a sequence of mere words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LiteralHit {
    pub sequence: SequenceId,
    pub start: u32,
    pub end: u32,
}

/// The places found, by region.
#[derive(Debug, Default)]
pub(super) struct LiteralHits {
    regions: Vec<Region>,
    hits: Lists<LiteralHit>,
}

impl LiteralHits {
    /// The places in the region that begins where `tokens` begins.
    pub(super) fn within(&self, tokens: &Range<usize>) -> &[LiteralHit] {
        match self.regions.binary_search_by_key(&tokens.start, |r| r.tokens.start) {
            Ok(index) => self.hits.get(index),
            Err(_) => &[],
        }
    }
}

impl Literals {
    pub(super) fn new(sequences: &[Vec<Step>]) -> Result<Self, MatchError> {
        let mut ids: HashMap<String, usize> = HashMap::new();
        let (mut patterns, mut anchors, mut uses) = (Vec::new(), Vec::new(), Vec::<Vec<Use>>::new());
        for (id, steps) in sequences.iter().enumerate() {
            if steps.iter().any(|s| matches!(s.what, What::Set(_))) {
                continue;
            }
            let Some(run) = best_run(steps) else { continue };
            let (pattern, anchor) = pattern(&steps[run.clone()]);
            let at = *ids.entry(pattern).or_insert_with_key(|pattern| {
                patterns.push(pattern.clone());
                anchors.push(anchor);
                uses.push(Vec::new());
                uses.len() - 1
            });
            let (first, last) = (small(run.start), small(run.end));
            uses[at].push(Use { sequence: SequenceId(small(id)), first, last, whole: run.len() == steps.len() });
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(&patterns)
            .map_err(|error| MatchError::TooLarge { error: error.to_string() })?;
        Ok(Self { automaton, anchors, uses: uses.into_iter().collect() })
    }

    /// Finds everything in the given regions, which come in the order of the text and do not
    /// overlap. Regions that follow one upon another are scanned in one go.
    pub(super) fn collect(&self, sequences: &[Vec<Step>], s: &Segmented<'_>, regions: Vec<Region>) -> LiteralHits {
        let mut out = Lists::default();
        let mut first = 0;
        while first < regions.len() {
            let mut last = first + 1;
            while last < regions.len() && regions[last].tokens.start == regions[last - 1].tokens.end {
                last += 1;
            }
            self.run(sequences, s, &regions[first..last], &mut out);
            first = last;
        }
        LiteralHits { regions, hits: out }
    }

    fn run(&self, sequences: &[Vec<Step>], s: &Segmented<'_>, regions: &[Region], out: &mut Lists<LiteralHit>) {
        let tokens = &s.folded.tokens;
        let (from, to) = (regions[0].tokens.start, regions[regions.len() - 1].tokens.end);
        let base = (tokens[from].start as usize).saturating_sub(1);
        let text = s.folded.text.get(base..tokens[to - 1].end as usize + 1).unwrap_or("");
        let (mut token, mut region, mut sentence) = (from, 0, 0);
        let mut view = View::of_region(s, &regions[0]);
        for found in self.automaton.find_overlapping_iter(text) {
            let id = found.pattern().as_usize();
            let anchor = self.anchors[id];
            let last_byte = base + found.end() - if anchor.open { 1 } else { 2 };
            while tokens[token].end as usize <= last_byte {
                token += 1;
            }
            while regions[region].tokens.end <= token {
                out.close();
                region += 1;
                sentence = 0;
                view = View::of_region(s, &regions[region]);
            }
            while view.sentences[sentence].end <= token {
                sentence += 1;
            }
            let (start, end) = (token + 1 - anchor.words, token + 1);
            let bounds = &view.sentences[sentence];
            if start < bounds.start {
                continue;
            }
            for item in self.uses.get(id) {
                if item.whole {
                    out.push(LiteralHit { sequence: item.sequence, start: small(start), end: small(end) });
                } else {
                    around(&sequences[item.sequence.index()], item, &view, bounds, start..end, out);
                }
            }
        }
        for _ in region..regions.len() {
            out.close();
        }
    }
}

/// Adds the places of a sequence whose anchor stands at `run`.
fn around(
    steps: &[Step],
    item: &Use,
    view: &View<'_>,
    bounds: &Range<usize>,
    run: Range<usize>,
    out: &mut Lists<LiteralHit>,
) {
    let (first, last) = (item.first as usize, item.last as usize);
    let none = |_| &[][..];
    let ends = walk::forward(view.folded, bounds, &steps[last..], run.end, &none);
    if ends.is_empty() {
        return;
    }
    let starts = walk::backward(view.folded, bounds, &steps[..=first], run.start, &none);
    for &start in &starts {
        for &end in &ends {
            out.push(LiteralHit { sequence: item.sequence, start: small(start), end: small(end) });
        }
    }
}

/// The run of words side by side that is likely to be the rarest.
pub(super) fn best_run(steps: &[Step]) -> Option<Range<usize>> {
    let mut best: Option<(f64, Range<usize>)> = None;
    for run in runs(steps) {
        let rate = rate(&steps[run.clone()]);
        if best.as_ref().is_none_or(|(least, _)| rate < *least) {
            best = Some((rate, run));
        }
    }
    best.map(|(_, run)| run)
}

/// The longest runs of words side by side; a word with any ending ends its run.
fn runs(steps: &[Step]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, step) in steps.iter().enumerate() {
        let What::Word(pattern) = &step.what else {
            if start < i {
                out.push(start..i);
            }
            start = i + 1;
            continue;
        };
        if step.gap.is_some() && start < i {
            out.push(start..i);
            start = i;
        }
        if let WordPattern::Prefix(stem) = pattern {
            // A blank, which any word fits, is no part of a run.
            let end = if stem.is_empty() { i } else { i + 1 };
            if start < end {
                out.push(start..end);
            }
            start = i + 1;
        }
    }
    if start < steps.len() {
        out.push(start..steps.len());
    }
    out
}

/// A rough guess how often a run of words stands in a text, per word of the text.
pub(super) fn rate(run: &[Step]) -> f64 {
    let mut out = 1.0;
    for step in run {
        let What::Word(pattern) = &step.what else { continue };
        let (word, more) = match pattern {
            WordPattern::Exact(word) => (word, 1.0),
            WordPattern::Prefix(stem) => (stem, 2.0),
        };
        out *= if COMMON.contains(&word.as_str()) { 0.02 } else { more * 0.002 / f64::from(small(word.len().min(12))) };
    }
    out
}

/// Words that stand in every other sentence.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "not", "of", "on",
    "or", "our", "that", "the", "their", "this", "to", "was", "we", "were", "which", "will", "with", "who", "people",
    "health", "services", "care", "council", "support", "more", "all",
];

fn pattern(run: &[Step]) -> (String, Anchor) {
    let mut text = String::new();
    let mut open = false;
    for step in run {
        let What::Word(pattern) = &step.what else { continue };
        let (WordPattern::Exact(word) | WordPattern::Prefix(word)) = pattern;
        open = matches!(pattern, WordPattern::Prefix(_));
        text.push(' ');
        text.push_str(word);
    }
    if !open {
        text.push(' ');
    }
    (text, Anchor { words: run.len(), open })
}
