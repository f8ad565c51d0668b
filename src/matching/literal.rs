//! Finds all runs of words in one pass over the search text.
//!
//! All runs stand in one Aho-Corasick automaton. Words stand one space apart in the search text,
//! so " debt advice " is found at word boundaries only, and " depriv" is found at the beginning of
//! a word.

use super::MatchError;
use super::program::{Lists, RunId, small};
use super::view::{Region, View};
use crate::pack::WordPattern;
use crate::segment::Segmented;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;
use std::ops::Range;

/// Runs of words, each once.
#[derive(Debug, Default)]
pub(super) struct Runs {
    ids: HashMap<String, RunId>,
    patterns: Vec<String>,
    all: Vec<Run>,
}

/// A run of words.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// How many words it spans.
    words: usize,
    /// Whether its last word may go on.
    open: bool,
    /// A guess how often it stands in a text, per word of the text.
    rate: f64,
}

/// The automaton over all runs.
#[derive(Debug)]
pub(super) struct Literals {
    automaton: AhoCorasick,
    runs: Vec<Run>,
}

/// A place of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LiteralHit {
    pub run: RunId,
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

impl Runs {
    /// The run of these words. Only the last of them may be a mere beginning.
    pub(super) fn intern(&mut self, words: &[&WordPattern]) -> RunId {
        let (mut pattern, mut open, mut rate) = (String::new(), false, 1.0);
        for word in words {
            pattern.push(' ');
            pattern.push_str(word.text());
            open = matches!(word, WordPattern::Prefix(_));
            rate *= word_rate(word.text(), open);
        }
        if !open {
            pattern.push(' ');
        }
        if let Some(id) = self.ids.get(&pattern) {
            return *id;
        }
        let id = RunId(small(self.all.len()));
        self.patterns.push(pattern.clone());
        self.all.push(Run { words: words.len(), open, rate });
        self.ids.insert(pattern, id);
        id
    }

    /// A guess how often a run stands in a text, per word of the text.
    pub(super) fn rate(&self, run: RunId) -> f64 {
        self.all[run.index()].rate
    }

    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

/// A rough guess how often a word stands in a text.
fn word_rate(word: &str, open: bool) -> f64 {
    let more = if open { 2.0 } else { 1.0 };
    if COMMON.contains(&word) { 0.02 } else { more * 0.002 / f64::from(small(word.len().clamp(1, 12))) }
}

/// Words that stand in every other sentence.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "not", "of", "on",
    "or", "our", "that", "the", "their", "this", "to", "was", "we", "were", "which", "will", "with", "who", "people",
    "health", "services", "care", "council", "support", "more", "all",
];

impl Literals {
    pub(super) fn new(runs: Runs) -> Result<Self, MatchError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(&runs.patterns)
            .map_err(|error| MatchError::TooLarge { error: error.to_string() })?;
        Ok(Self { automaton, runs: runs.all })
    }

    /// Finds everything in the given regions, which come in the order of the text and do not
    /// overlap. Regions that follow one upon another are scanned in one go.
    pub(super) fn collect(&self, s: &Segmented<'_>, regions: Vec<Region>) -> LiteralHits {
        let mut out = Lists::default();
        let mut first = 0;
        while first < regions.len() {
            let mut last = first + 1;
            while last < regions.len() && regions[last].tokens.start == regions[last - 1].tokens.end {
                last += 1;
            }
            self.stretch(s, &regions[first..last], &mut out);
            first = last;
        }
        LiteralHits { regions, hits: out }
    }

    fn stretch(&self, s: &Segmented<'_>, regions: &[Region], out: &mut Lists<LiteralHit>) {
        let tokens = &s.folded.tokens;
        let (from, to) = (regions[0].tokens.start, regions[regions.len() - 1].tokens.end);
        let base = (tokens[from].start as usize).saturating_sub(1);
        let text = s.folded.text.get(base..tokens[to - 1].end as usize + 1).unwrap_or("");
        let (mut token, mut region, mut sentence) = (from, 0, 0);
        let mut view = View::of_region(s, &regions[0]);
        for found in self.automaton.find_overlapping_iter(text) {
            let id = found.pattern().as_usize();
            let run = self.runs[id];
            let last_byte = base + found.end() - if run.open { 1 } else { 2 };
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
            // A run that begins in the sentence before is none.
            let (start, end) = (token + 1 - run.words, token + 1);
            if start >= view.sentences[sentence].start {
                out.push(LiteralHit { run: RunId(small(id)), start: small(start), end: small(end) });
            }
        }
        for _ in region..regions.len() {
            out.close();
        }
    }
}
