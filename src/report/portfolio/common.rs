//! Text that several plans have in common: found, and counted once.
//!
//! Comes in: the passages that plans cite as evidence. Goes out: groups of passages that are the
//! same, or nearly so, in two plans or more. Passages of few words are like each other by chance
//! and are left alone. Only hashes stay in memory; the texts wait in a file that has no name.

use super::minhash::{ROWS, Sketch, near, sketch};
use super::{CommonText, Portfolio};
use crate::document::Span;
use crate::report::words::{clean, shorten};
use crate::report::{DocumentReport, ReportError};
use crate::segment::Folded;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// Words that a passage has at least.
const WORDS: usize = 12;
/// Letters of a quote.
const QUOTE: usize = 240;
/// Bytes that wait in memory before they go to a file.
const IN_MEMORY: usize = 1 << 20;
/// Bytes that are written or read at a time.
const TOGETHER: usize = 1 << 16;
/// Bytes of a sketch.
const SKETCH: usize = ROWS * 4;

/// The passages of all plans.
#[derive(Debug)]
pub(super) struct Passages {
    /// Where the sketch and quote of each different passage lie.
    kept: SpooledTempFile,
    /// What is still to be written to it.
    waiting: Vec<u8>,
    places: Vec<u64>,
    end: u64,
    /// By the hash of the folded words.
    known: HashMap<u64, u32>,
    /// Which passage is cited by which plan for which facet.
    cited: Vec<Cited>,
    /// Passages too short to be compared, by facet.
    short: BTreeMap<u32, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cited {
    passage: u32,
    plan: u32,
    facet: u32,
}

impl Default for Passages {
    fn default() -> Self {
        Self {
            kept: SpooledTempFile::new(IN_MEMORY),
            waiting: Vec::new(),
            places: Vec::new(),
            end: 0,
            known: HashMap::new(),
            cited: Vec::new(),
            short: BTreeMap::new(),
        }
    }
}

impl Passages {
    /// One more plan's evidence; `facet` counts the facets of all packs.
    pub fn add(&mut self, plan: u32, document: &DocumentReport) -> Result<(), ReportError> {
        for (facet, number) in document.criteria.iter().flat_map(|c| &c.facets).zip(0_u32..) {
            for evidence in &facet.evidence {
                let words = folded(&evidence.cited.quote);
                if words.len() < WORDS {
                    *self.short.entry(number).or_default() += 1;
                    continue;
                }
                let passage = self.passage(&words, &evidence.cited.quote)?;
                self.cited.push(Cited { passage, plan, facet: number });
            }
        }
        Ok(())
    }

    /// The number of a passage; a new one's sketch and quote are put away.
    fn passage(&mut self, words: &[String], quote: &str) -> Result<u32, ReportError> {
        let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let number = *self.known.entry(super::minhash::hash(words)).or_insert(next);
        if number == next {
            let quote = shorten(&clean(quote), QUOTE);
            self.waiting.extend(sketch(words).iter().flat_map(|row| row.to_le_bytes()));
            self.waiting.extend(u32::try_from(quote.len()).unwrap_or(0).to_le_bytes());
            self.waiting.extend(quote.as_bytes());
            self.places.push(self.end);
            self.end += (SKETCH + 4 + quote.len()) as u64;
            if self.waiting.len() > TOGETHER {
                self.write()?;
            }
        }
        Ok(number)
    }

    /// Writes what waits; nothing is read before.
    fn write(&mut self) -> Result<(), ReportError> {
        self.kept.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn sketch(&mut self, passage: u32) -> Result<Sketch, ReportError> {
        self.kept.seek(SeekFrom::Start(self.places[passage as usize]))?;
        read_sketch(&mut self.kept)
    }

    /// One part of every sketch as a number, with its passage.
    fn bands(&mut self, band: usize) -> Result<Vec<(u64, u32)>, ReportError> {
        self.kept.rewind()?;
        let mut kept = BufReader::with_capacity(TOGETHER, &mut self.kept);
        let mut out = Vec::with_capacity(self.places.len());
        for passage in (0_u32..).take(self.places.len()) {
            out.push((super::minhash::band(&read_sketch(&mut kept)?, band), passage));
            let mut len = [0; 4];
            kept.read_exact(&mut len)?;
            kept.seek_relative(i64::from(u32::from_le_bytes(len)))?;
        }
        Ok(out)
    }

    fn quote(&mut self, passage: u32) -> Result<String, ReportError> {
        self.kept.seek(SeekFrom::Start(self.places[passage as usize] + SKETCH as u64))?;
        let mut len = [0; 4];
        self.kept.read_exact(&mut len)?;
        let mut quote = vec![0; u32::from_le_bytes(len) as usize];
        self.kept.read_exact(&mut quote)?;
        Ok(String::from_utf8_lossy(&quote).into_owned())
    }

    /// Writes what is common into the portfolio, and how much evidence each facet has in all, what
    /// is common counted once.
    pub fn finish(mut self, portfolio: &mut Portfolio) -> Result<(), ReportError> {
        self.write()?;
        let group = self.groups()?;
        // In place: there may be very many.
        let mut cited = std::mem::take(&mut self.cited);
        cited.iter_mut().for_each(|c| c.passage = group[c.passage as usize]);
        cited.sort_unstable();
        let mut counts: BTreeMap<u32, (usize, usize)> = self.short.iter().map(|(f, n)| (*f, (*n, *n))).collect();
        let ids: Vec<String> = portfolio.criteria.iter().flat_map(|c| &c.facets).map(|f| f.id.clone()).collect();
        for cited in cited.chunk_by(|a, b| a.passage == b.passage) {
            let plans: BTreeSet<usize> = cited.iter().map(|c| c.plan as usize).collect();
            let facets: BTreeSet<u32> = cited.iter().map(|c| c.facet).collect();
            cited.iter().for_each(|c| counts.entry(c.facet).or_default().0 += 1);
            facets.iter().for_each(|facet| counts.entry(*facet).or_default().1 += 1);
            if plans.len() > 1 {
                portfolio.common.push(CommonText {
                    quote: self.quote(cited[0].passage)?,
                    plans: plans.into_iter().collect(),
                    facets: facets.iter().filter_map(|f| ids.get(*f as usize).cloned()).collect(),
                });
            }
        }
        let facets = portfolio.criteria.iter_mut().flat_map(|c| &mut c.facets);
        for (facet, number) in facets.zip(0_u32..) {
            (facet.passages, facet.different) = counts.get(&number).copied().unwrap_or_default();
        }
        // The widest spread first; equals in the order in which they were found.
        portfolio.common.sort_by_key(|c| std::cmp::Reverse(c.plans.len()));
        Ok(())
    }

    /// For each passage the first one that is nearly the same.
    fn groups(&mut self) -> Result<Vec<u32>, ReportError> {
        let n = self.places.len();
        let mut group: Vec<u32> = (0_u32..).take(n).collect();
        for band in 0..super::minhash::BANDS {
            let mut keys = self.bands(band)?;
            keys.sort_unstable();
            for alike in keys.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
                self.join(alike, &mut group)?;
            }
        }
        Ok((0_u32..).take(n).map(|passage| root(&group, passage)).collect())
    }

    /// Joins passages that fell together with the first that they are near to.
    fn join(&mut self, alike: &[(u64, u32)], group: &mut [u32]) -> Result<(), ReportError> {
        let mut firsts: Vec<(u32, Sketch)> = Vec::new();
        for &(_, passage) in alike {
            let own = self.sketch(passage)?;
            match firsts.iter().find(|(_, first)| near(first, &own)) {
                Some((first, _)) => {
                    let (a, b) = (root(group, *first), root(group, passage));
                    group[a.max(b) as usize] = a.min(b);
                }
                None => firsts.push((passage, own)),
            }
        }
        Ok(())
    }
}

fn read_sketch(from: &mut impl Read) -> Result<Sketch, ReportError> {
    let mut bytes = [0; SKETCH];
    from.read_exact(&mut bytes)?;
    let (rows, _) = bytes.as_chunks::<4>();
    let mut out = [0; ROWS];
    out.iter_mut().zip(rows).for_each(|(row, bytes)| *row = u32::from_le_bytes(*bytes));
    Ok(out)
}

fn root(group: &[u32], mut passage: u32) -> u32 {
    while group[passage as usize] != passage {
        passage = group[passage as usize];
    }
    passage
}

/// The words of a passage as they are compared: folded, without punctuation.
fn folded(quote: &str) -> Vec<String> {
    let mut folded = Folded::default();
    folded.push(quote, Span::new(0, quote.len()));
    let words = folded.tokens.iter().zip(0..).filter(|(t, _)| !t.mark).map(|(_, i)| folded.word_at(i).to_owned());
    words.collect()
}
