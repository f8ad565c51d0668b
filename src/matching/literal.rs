//! Runs of words, each once, as a tree whose steps are words by their numbers.
//!
//! Comes in: the words of terms. Goes out: [`Runs`], by which a text is searched (`search`). An
//! automaton over the letters of all runs takes two to three times as long to build, which is what
//! a single document waits for.

use super::program::{RunId, small};
use crate::pack::WordPattern;
use crate::pack::quick::QuickMap;
use serde::{Deserialize, Serialize};

/// No word, no node, no run.
pub(super) const NONE: u32 = u32::MAX;

/// Runs of words, each once, as a tree of words.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Runs {
    /// Words, and beginnings of words that end a run, as numbers.
    words: QuickMap<Box<str>, u32>,
    stems: QuickMap<Box<str>, u32>,
    nodes: Vec<Node>,
    /// By node and word: the node after.
    steps: QuickMap<u64, u32>,
    /// By node and beginning of a word: the run that ends so.
    ends: QuickMap<u64, RunId>,
    /// How many runs there are.
    count: u32,
    /// The length of the shortest beginning of a word.
    shortest: usize,
    /// Known while packs are compiled.
    #[serde(skip)]
    rates: Rates,
}

/// Guesses how often something stands in a text, per word of the text.
#[derive(Debug, PartialEq)]
struct Rates {
    runs: Vec<f64>,
    nodes: Vec<f64>,
    words: Vec<f64>,
    stems: Vec<f64>,
}

impl Default for Rates {
    fn default() -> Self {
        Self { runs: Vec::new(), nodes: vec![1.0], words: Vec::new(), stems: Vec::new() }
    }
}

/// A word of a run by its number, or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Word(u32),
    Stem(u32),
}

/// Where some words lead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Node {
    /// The run that these words are, or [`NONE`].
    pub run: u32,
    /// Whether a longer run begins with them.
    pub goes_on: bool,
    /// Whether a run goes on with the beginning of a word.
    pub open: bool,
}

impl Node {
    const fn new() -> Self {
        Self { run: NONE, goes_on: false, open: false }
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
            nodes: vec![Node::new()],
            steps: QuickMap::default(),
            ends: QuickMap::default(),
            count: 0,
            shortest: usize::MAX,
            rates: Rates::default(),
        }
    }
}

impl Runs {
    /// A word, or the beginning of one, as part of a run.
    pub(super) fn piece(&mut self, word: &WordPattern) -> Piece {
        match word {
            WordPattern::Exact(text) => {
                let id = number(&mut self.words, text);
                if id as usize == self.rates.words.len() {
                    self.rates.words.push(word_rate(text, false));
                }
                Piece::Word(id)
            }
            WordPattern::Prefix(stem) => {
                let id = number(&mut self.stems, stem);
                if id as usize == self.rates.stems.len() {
                    self.rates.stems.push(word_rate(stem, true));
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
        let known = self.nodes[at as usize].run;
        if known != NONE {
            return RunId(known);
        }
        let run = self.run(self.rates.nodes[at as usize]);
        self.nodes[at as usize].run = run.0;
        run
    }

    fn run(&mut self, rate: f64) -> RunId {
        self.rates.runs.push(rate);
        self.count += 1;
        RunId(self.count - 1)
    }

    fn step(&mut self, at: u32, word: u32) -> u32 {
        if let Some(next) = self.steps.get(&key(at, word)) {
            return *next;
        }
        let next = small(self.nodes.len());
        let rate = self.rates.nodes[at as usize] * self.rates.words[word as usize];
        self.nodes[at as usize].goes_on = true;
        self.nodes.push(Node::new());
        self.rates.nodes.push(rate);
        self.steps.insert(key(at, word), next);
        next
    }

    fn end(&mut self, at: u32, stem: u32) -> RunId {
        if let Some(run) = self.ends.get(&key(at, stem)) {
            return *run;
        }
        let rate = self.rates.nodes[at as usize] * self.rates.stems[stem as usize];
        let run = self.run(rate);
        self.nodes[at as usize].open = true;
        self.ends.insert(key(at, stem), run);
        run
    }

    /// A guess how often a run stands in a text, per word of the text.
    pub(super) fn rate(&self, run: RunId) -> f64 {
        self.rates.runs[run.index()]
    }

    /// How many runs there are.
    pub(super) const fn len(&self) -> usize {
        self.count as usize
    }

    /// The same, for scanning alone.
    pub(super) fn without_rates(self) -> Self {
        Self { rates: Rates::default(), ..self }
    }

    /// The node to which a word leads from another, if any.
    pub(super) fn after(&self, node: u32, word: u32) -> u32 {
        self.steps.get(&key(node, word)).copied().unwrap_or(NONE)
    }

    /// The run that words and the beginning of another word are, if any.
    pub(super) fn ends_with(&self, node: u32, stem: u32) -> Option<RunId> {
        self.ends.get(&key(node, stem)).copied()
    }

    /// Where some words lead; nowhere from [`NONE`].
    pub(super) fn node(&self, node: u32) -> Option<Node> {
        self.nodes.get(node as usize).copied()
    }

    /// The number of a word, or [`NONE`] where no run has it.
    pub(super) fn word(&self, text: &str) -> u32 {
        self.words.get(text).copied().unwrap_or(NONE)
    }

    /// The beginnings of a word that runs end with, the shortest first.
    pub(super) fn stems_of<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        let ends = self.shortest..=text.len();
        ends.filter_map(move |end| text.get(..end).and_then(|stem| self.stems.get(stem)).copied())
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
