//! The linear model: a weight for each word and each two words side by side.
//!
//! Words are known by their hash, so that the model has no list of words and any author's pack can
//! have one. Its reasons are exact: the belief is the sum of what the words give.

use super::file::LinearFile;
use super::input::{OWN, Part};
use super::words::{Word, words};
use std::ops::Range;

/// The model.
#[derive(Debug)]
pub(super) struct Linear {
    file: LinearFile,
}

/// A word, or two side by side, as the number of its weight, with its bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trait {
    /// The weight's number.
    pub slot: usize,
    /// Where it stands; `None` for words above the passage.
    pub at: Option<Range<usize>>,
}

impl Linear {
    pub const fn new(file: LinearFile) -> Self {
        Self { file }
    }

    /// One belief a head, in log odds.
    pub fn beliefs(&self, text: &str, parts: &[Part]) -> Vec<f32> {
        let traits = traits(text, parts, self.file.bits);
        (0..self.file.scale.len()).map(|head| self.belief(&traits, head)).collect()
    }

    fn belief(&self, traits: &[Trait], head: usize) -> f32 {
        let sum: i32 = traits.iter().map(|t| i32::from(self.weight(head, t.slot))).sum();
        let (scale, bias) = self.file.scale[head];
        #[allow(clippy::cast_precision_loss, reason = "the sum of some hundred small numbers")]
        let sum = sum as f32;
        bias + sum * scale / length(traits.len())
    }

    fn weight(&self, head: usize, slot: usize) -> i8 {
        self.file.weights[(head << self.file.bits) + slot]
    }

    /// What each place of a passage gave to one belief.
    pub fn given(&self, text: &str, parts: &[Part], head: usize) -> Vec<(Range<usize>, f32)> {
        let traits = traits(text, parts, self.file.bits);
        let unit = self.file.scale[head].0 / length(traits.len());
        let own = traits.iter().filter_map(|t| Some((t.at.clone()?, f32::from(self.weight(head, t.slot)) * unit)));
        own.collect()
    }
}

/// What sums over a passage's traits are divided by: long passages do not say more for being long.
#[allow(clippy::cast_precision_loss, reason = "passages have few words")]
pub(super) fn length(traits: usize) -> f32 {
    (traits.max(1) as f32).sqrt()
}

/// The traits of what is shown of a passage, each once.
pub(super) fn traits(text: &str, parts: &[Part], bits: u32) -> Vec<Trait> {
    let mut out: Vec<Trait> = Vec::new();
    for part in parts {
        let (span, most, above) = match *part {
            Part::Own(span) => (span, OWN, false),
            Part::Above(span, most) => (span, most, true),
            Part::AboveEnds | Part::CellEnds => continue,
        };
        let found: Vec<Word> = words(span.of(text)).into_iter().take(most).collect();
        let at = |first: &Word, last: &Word| (!above).then(|| span.start + first.at.start..span.start + last.at.end);
        for (i, word) in found.iter().enumerate() {
            let alone = word.text.chars().any(char::is_alphanumeric);
            if alone {
                out.push(Trait { slot: slot(&[&word.text], above, bits), at: at(word, word) });
            }
            if let Some(next) = found.get(i + 1) {
                out.push(Trait { slot: slot(&[&word.text, &next.text], above, bits), at: at(word, next) });
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|t| seen.insert(t.slot));
    out
}

/// FNV-1a over the words.
fn slot(words: &[&str], above: bool, bits: u32) -> usize {
    let mut hash = if above { 0x9e37_79b9_7f4a_7c15 } else { 0xcbf2_9ce4_8422_2325_u64 };
    for byte in words.iter().flat_map(|w| w.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    usize::try_from((hash ^ (hash >> 29)) & ((1 << bits) - 1)).unwrap_or(0)
}
