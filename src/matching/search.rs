//! Finds all runs of words in one pass over the search text.
//!
//! Comes in: [`Runs`] and the regions of a document. Goes out: [`Stretch`]es and what each word
//! may begin ([`Classes`]). A word is looked up in the words of all runs when it is met for the
//! first time, in whatever document; from then on it is a number, and what begins with it is known
//! ([`Words`]). From every word of the text the tree of runs is walked; most walks end at once.

use super::literal::{NONE, Runs};
use super::program::{Lists, RunId, small};
use super::slots::{self, Classes};
use super::view::{Region, View};
use crate::pack::quick::QuickMap;
use crate::segment::Segmented;
use std::ops::Range;
use std::sync::Arc;

/// So many different words are kept, and no longer ones: what is met once is not worth keeping, and
/// a text made to fill the memory must not.
const MOST_WORDS: usize = 1 << 16;
const LONGEST_WORD: usize = 48;

/// A place of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LiteralHit {
    pub run: RunId,
    pub start: u32,
    pub end: u32,
}

/// What stands in some regions that come one after another.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    /// The first token of each region.
    starts: Vec<usize>,
    hits: Lists<LiteralHit>,
    pub classes: Classes,
}

impl Stretch {
    /// The places in the region that begins with a token.
    pub(super) fn within(&self, start: usize) -> &[LiteralHit] {
        self.starts.binary_search(&start).map_or(&[], |index| self.hits.get(index))
    }

    fn holds(&self, start: usize) -> bool {
        self.starts.binary_search(&start).is_ok()
    }
}

/// So many tokens, about, are searched at once: what is found in them is soon asked for, and what was
/// found before them is forgotten, however long a document is.
const AT_ONCE: usize = 1 << 14;

/// A search through the regions of a document, as they are asked for.
#[derive(Debug)]
pub(super) struct Search {
    /// In the order of the text; they do not overlap.
    regions: Vec<Region>,
    /// How many of them were searched going forward.
    reached: usize,
    /// What was found in the last of these.
    here: Arc<Stretch>,
    /// What was found in a region far above, which was asked for again.
    aside: Arc<Stretch>,
}

impl Search {
    pub(super) fn new(regions: Vec<Region>) -> Self {
        Self { regions, reached: 0, here: Arc::default(), aside: Arc::default() }
    }

    /// What stands in the region that begins with a token; nothing where there is no such region.
    pub(super) fn of(&mut self, start: usize, words: &mut Words, runs: &Runs, s: &Segmented<'_>) -> Arc<Stretch> {
        if let Some(known) = [&self.here, &self.aside].into_iter().find(|known| known.holds(start)) {
            return Arc::clone(known);
        }
        let Ok(index) = self.regions.binary_search_by_key(&start, |r| r.tokens.start) else { return Arc::default() };
        if index < self.reached {
            self.aside = Arc::new(words.search(runs, s, &self.regions[index..=index]));
            return Arc::clone(&self.aside);
        }
        let far = self.regions[index..].iter().take_while(|r| r.tokens.end <= start + AT_ONCE).count();
        self.reached = index + far.max(1);
        self.here = Arc::new(words.search(runs, s, &self.regions[index..self.reached]));
        Arc::clone(&self.here)
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Its number among the words of runs.
    id: u32,
    /// The node to which it leads from the root, if a longer run may begin with it.
    on: u32,
    /// The runs that it is by itself, in `Words::runs`.
    runs: (u32, u32),
    /// The beginnings that it has, in `Words::stems`.
    stems: (u32, u32),
    /// What slots it may begin.
    class: u16,
}

/// The words met so far, with all that is known of them. They are the same for every document.
#[derive(Debug, Default)]
pub(super) struct Words {
    seen: QuickMap<Box<str>, u32>,
    words: Vec<Word>,
    runs: Vec<RunId>,
    stems: Vec<u32>,
    /// The words of the sentence at hand.
    line: Vec<Word>,
}

impl Words {
    fn search(&mut self, runs: &Runs, s: &Segmented<'_>, regions: &[Region]) -> Stretch {
        let mut out = Stretch::default();
        for region in regions {
            let view = View::of_region(s, region);
            for sentence in view.sentences {
                self.sentence(runs, s, sentence, &mut out.hits, &mut out.classes);
            }
            out.hits.close();
            out.starts.push(region.tokens.start);
        }
        out
    }

    fn sentence(
        &mut self,
        runs: &Runs,
        s: &Segmented<'_>,
        sentence: &Range<usize>,
        hits: &mut Lists<LiteralHit>,
        classes: &mut Classes,
    ) {
        if self.words.len() > MOST_WORDS {
            *self = Self::default();
        }
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        for token in sentence.clone() {
            let word = self.word(runs, s.folded.word_at(token));
            classes.set(token, word.class);
            line.push(word);
        }
        for (at, word) in line.iter().enumerate() {
            let start = small(sentence.start + at);
            for run in &self.runs[word.runs.0 as usize..word.runs.1 as usize] {
                hits.push(LiteralHit { run: *run, start, end: start + 1 });
            }
            if word.on != NONE {
                self.walk(runs, word.on, &line[at + 1..], start, hits);
            }
        }
        self.line = line;
    }

    fn word(&mut self, runs: &Runs, text: &str) -> Word {
        if let Some(at) = self.seen.get(text) {
            return self.words[*at as usize];
        }
        let id = runs.word(text);
        let first = if id == NONE { NONE } else { runs.after(0, id) };
        let node = runs.node(first);
        let (stems, alone) = (small(self.stems.len()), small(self.runs.len()));
        self.stems.extend(runs.stems_of(text));
        self.runs.extend(self.stems[stems as usize..].iter().filter_map(|stem| runs.ends_with(0, *stem)));
        self.runs.extend(node.filter(|n| n.run != NONE).map(|n| RunId(n.run)));
        let word = Word {
            id,
            on: if node.is_some_and(|n| n.goes_on || n.open) { first } else { NONE },
            runs: (alone, small(self.runs.len())),
            stems: (stems, small(self.stems.len())),
            class: slots::class(text),
        };
        if text.len() <= LONGEST_WORD {
            self.seen.insert(text.into(), small(self.words.len()));
        }
        self.words.push(word);
        word
    }

    /// Adds the runs of two words and more that begin before `rest`.
    fn walk(&self, runs: &Runs, first: u32, rest: &[Word], start: u32, hits: &mut Lists<LiteralHit>) {
        let mut at = first;
        for (word, end) in rest.iter().zip(start + 2..) {
            let Some(node) = runs.node(at) else { return };
            if node.open {
                for stem in &self.stems[word.stems.0 as usize..word.stems.1 as usize] {
                    hits.extend(runs.ends_with(at, *stem).map(|run| LiteralHit { run, start, end }));
                }
            }
            if !node.goes_on || word.id == NONE {
                return;
            }
            at = runs.after(at, word.id);
            if let Some(node) = runs.node(at).filter(|n| n.run != NONE) {
                hits.push(LiteralHit { run: RunId(node.run), start, end });
            }
        }
    }
}
