//! Finds all runs of words in one pass over the search text.
//!
//! Every different word of a text is looked up once in the words of all runs; from then on it is
//! a number. The runs stand in one tree whose steps are such numbers, and the tree is walked from
//! every word of the text. Most walks end at their first or second step. An automaton over the
//! letters of all runs searches about as fast, but takes two to three times as long to build, which is
//! what a single document waits for; and it would not tell what else words may begin ([`Classes`]).

use super::program::{Lists, RunId, small};
use super::slots::{self, Classes};
use super::view::{Region, View};
use crate::pack::WordPattern;
use crate::pack::quick::QuickMap;
use crate::segment::Segmented;
use std::ops::Range;

/// No word, no node, no run.
const NONE: u32 = u32::MAX;

/// Runs of words, each once, as a tree of words.
#[derive(Debug)]
pub(super) struct Runs {
    /// Words, and beginnings of words that end a run, as numbers.
    words: QuickMap<Box<str>, u32>,
    stems: QuickMap<Box<str>, u32>,
    nodes: Vec<Node>,
    /// By node and word: the node after.
    steps: QuickMap<u64, u32>,
    /// By node and beginning of a word: the run that ends so.
    ends: QuickMap<u64, RunId>,
    /// By run: a guess how often it stands in a text, per word of the text.
    rates: Vec<f64>,
    /// The same by word and by beginning of a word.
    word_rates: Vec<f64>,
    stem_rates: Vec<f64>,
    /// The length of the shortest beginning of a word.
    shortest: usize,
}

/// A word of a run by its number, or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Word(u32),
    Stem(u32),
}

/// Where some words lead.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The run that these words are.
    run: u32,
    /// A guess how often they stand in a text.
    rate: f64,
    /// Whether a longer run begins with them.
    goes_on: bool,
    /// Whether a run goes on with the beginning of a word.
    open: bool,
}

impl Node {
    const fn new(rate: f64) -> Self {
        Self { run: NONE, rate, goes_on: false, open: false }
    }
}

const fn key(node: u32, word: u32) -> u64 {
    ((node as u64) << 32) | word as u64
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            words: QuickMap::default(),
            stems: QuickMap::default(),
            nodes: vec![Node::new(1.0)],
            steps: QuickMap::default(),
            ends: QuickMap::default(),
            rates: Vec::new(),
            word_rates: Vec::new(),
            stem_rates: Vec::new(),
            shortest: usize::MAX,
        }
    }
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
    /// A word, or the beginning of one, as part of a run.
    pub(super) fn piece(&mut self, word: &WordPattern) -> Piece {
        match word {
            WordPattern::Exact(text) => {
                let id = number(&mut self.words, text);
                if id as usize == self.word_rates.len() {
                    self.word_rates.push(word_rate(text, false));
                }
                Piece::Word(id)
            }
            WordPattern::Prefix(stem) => {
                let id = number(&mut self.stems, stem);
                if id as usize == self.stem_rates.len() {
                    self.stem_rates.push(word_rate(stem, true));
                }
                self.shortest = self.shortest.min(stem.len());
                Piece::Stem(id)
            }
        }
    }

    /// The run of these words. Only the last of them may be a mere beginning.
    pub(super) fn intern(&mut self, pieces: &[Piece]) -> RunId {
        let mut at = 0;
        for piece in pieces {
            match *piece {
                Piece::Word(word) => at = self.step(at, word),
                Piece::Stem(stem) => return self.end(at, stem),
            }
        }
        let node = self.nodes[at as usize];
        if node.run != NONE {
            return RunId(node.run);
        }
        let run = self.run(node.rate);
        self.nodes[at as usize].run = run.0;
        run
    }

    fn run(&mut self, rate: f64) -> RunId {
        self.rates.push(rate);
        RunId(small(self.rates.len() - 1))
    }

    fn step(&mut self, at: u32, word: u32) -> u32 {
        if let Some(next) = self.steps.get(&key(at, word)) {
            return *next;
        }
        let next = small(self.nodes.len());
        let rate = self.nodes[at as usize].rate * self.word_rates[word as usize];
        self.nodes[at as usize].goes_on = true;
        self.nodes.push(Node::new(rate));
        self.steps.insert(key(at, word), next);
        next
    }

    fn end(&mut self, at: u32, stem: u32) -> RunId {
        if let Some(run) = self.ends.get(&key(at, stem)) {
            return *run;
        }
        let rate = self.nodes[at as usize].rate * self.stem_rates[stem as usize];
        let run = self.run(rate);
        self.nodes[at as usize].open = true;
        self.ends.insert(key(at, stem), run);
        run
    }

    /// A guess how often a run stands in a text, per word of the text.
    pub(super) fn rate(&self, run: RunId) -> f64 {
        self.rates[run.index()]
    }

    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.rates.len()
    }

    /// Finds everything in the given regions, which come in the order of the text and do not
    /// overlap.
    pub(super) fn collect(&self, s: &Segmented<'_>, regions: Vec<Region>) -> (LiteralHits, Classes) {
        let mut search = Search {
            runs: self,
            s,
            seen: QuickMap::default(),
            words: Vec::new(),
            stems: Vec::new(),
            line: Vec::new(),
            out: Lists::default(),
            classes: Classes::default(),
        };
        for region in &regions {
            let view = View::of_region(s, region);
            for sentence in view.sentences {
                search.sentence(sentence);
            }
            search.out.close();
        }
        (LiteralHits { regions, hits: search.out }, search.classes)
    }
}

fn number(words: &mut QuickMap<Box<str>, u32>, text: &str) -> u32 {
    if let Some(id) = words.get(text) {
        return *id;
    }
    let id = small(words.len());
    words.insert(text.into(), id);
    id
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Its number among the words of runs.
    id: u32,
    /// The node to which it leads from the root.
    first: u32,
    /// The beginnings that it has, in `Search::stems`.
    stems: (u32, u32),
    /// What it may begin.
    class: u16,
}

/// One search of one text.
struct Search<'r, 's> {
    runs: &'r Runs,
    s: &'s Segmented<'s>,
    /// The different words met, by their place in `words`.
    seen: QuickMap<&'s str, u32>,
    words: Vec<Word>,
    stems: Vec<u32>,
    /// The words of the sentence at hand.
    line: Vec<Word>,
    out: Lists<LiteralHit>,
    classes: Classes,
}

impl Search<'_, '_> {
    fn sentence(&mut self, sentence: &Range<usize>) {
        self.line.clear();
        for token in sentence.clone() {
            let word = self.word(token);
            self.classes.set(token, word.class);
            self.line.push(word);
        }
        for at in 0..self.line.len() {
            self.walk(at, sentence.start);
        }
    }

    fn word(&mut self, token: usize) -> Word {
        let text = self.s.folded.word_at(token);
        if let Some(at) = self.seen.get(text) {
            return self.words[*at as usize];
        }
        let runs = self.runs;
        let from = small(self.stems.len());
        for end in runs.shortest..=text.len() {
            if let Some(stem) = text.get(..end).and_then(|stem| runs.stems.get(stem)) {
                self.stems.push(*stem);
            }
        }
        let id = runs.words.get(text).copied().unwrap_or(NONE);
        let first = runs.steps.get(&key(0, id)).copied().unwrap_or(NONE);
        let word = Word { id, first, stems: (from, small(self.stems.len())), class: slots::class(text) };
        self.seen.insert(text, small(self.words.len()));
        self.words.push(word);
        word
    }

    /// Adds the runs that begin at a word of the sentence.
    fn walk(&mut self, start: usize, base: usize) {
        let runs = self.runs;
        let mut at = 0;
        for (word, end) in self.line[start..].iter().zip(start + 1..) {
            let node = runs.nodes[at as usize];
            let hit = |run| LiteralHit { run, start: small(base + start), end: small(base + end) };
            if node.open {
                for stem in &self.stems[word.stems.0 as usize..word.stems.1 as usize] {
                    if let Some(run) = runs.ends.get(&key(at, *stem)) {
                        self.out.push(hit(*run));
                    }
                }
            }
            if !node.goes_on || word.id == NONE {
                return;
            }
            let next = if at == 0 { word.first } else { runs.steps.get(&key(at, word.id)).copied().unwrap_or(NONE) };
            let Some(node) = runs.nodes.get(next as usize) else { return };
            if node.run != NONE {
                self.out.push(hit(RunId(node.run)));
            }
            at = next;
        }
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
