//! What differs between two wordings of a passage, and how alike they are.
//!
//! Comes in: two texts. Goes out: a share from 0 to 1, or the byte ranges of the words that only
//! one of them has. Case, punctuation and line breaks do not count.

use crate::segment::placed_words;
use std::collections::BTreeMap;

/// Words of a passage beyond which it is not compared word by word: time grows with their product.
const LONGEST: usize = 1_500;
/// Letters below which a word says little about what a passage is.
const TELLING: usize = 4;

/// The telling words of a passage with how often each stands in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    words: BTreeMap<String, usize>,
    size: usize,
}

impl Bag {
    pub(super) fn of(words: &[String]) -> Self {
        let telling = |w: &&String| w.chars().count() >= TELLING || w.bytes().any(|b| b.is_ascii_digit());
        let mut kept: Vec<&String> = words.iter().filter(telling).collect();
        if kept.len() < 3 {
            kept = words.iter().collect();
        }
        let mut bag = Self { size: kept.len(), ..Self::default() };
        for word in kept {
            *bag.words.entry(word.clone()).or_default() += 1;
        }
        bag
    }

    /// The share of words that two passages have in common, in thousandths.
    pub(super) fn likeness(&self, other: &Self) -> usize {
        let all = self.size + other.size;
        if all == 0 {
            return 1000;
        }
        // No more words can be shared than the smaller has.
        if self.size.min(other.size) * 2000 / all < ALIKE {
            return 0;
        }
        let shared: usize = self.words.iter().map(|(w, n)| (*n).min(other.words.get(w).copied().unwrap_or(0))).sum();
        shared * 2000 / all
    }
}

/// Thousandths of words in common from which two passages count as one that was reworded.
pub(super) const ALIKE: usize = 500;

/// Byte ranges, in order.
pub(super) type Ranges = Vec<(usize, usize)>;

/// The words that only the old text has, and those that only the new one has, neighbours joined.
pub(super) fn changed(old: &str, new: &str) -> (Ranges, Ranges) {
    let (a, b) = (placed_words(old), placed_words(new));
    if a.len() > LONGEST || b.len() > LONGEST {
        return (Vec::new(), Vec::new());
    }
    let kept = common(&a, &b);
    let only = |words: &[(String, crate::document::Span)], kept: &dyn Fn(usize) -> bool| {
        let mut out: Ranges = Vec::new();
        let mut open = false;
        for (i, (_, span)) in words.iter().enumerate() {
            if kept(i) {
                open = false;
                continue;
            }
            match out.last_mut() {
                Some(last) if open => last.1 = span.end,
                _ => out.push((span.start, span.end)),
            }
            open = true;
        }
        out
    };
    let old_kept: Vec<usize> = kept.iter().map(|k| k.0).collect();
    let new_kept: Vec<usize> = kept.iter().map(|k| k.1).collect();
    (only(&a, &|i| old_kept.binary_search(&i).is_ok()), only(&b, &|i| new_kept.binary_search(&i).is_ok()))
}

/// The longest run of words, in order, that both have. Of runs of the same length one is chosen in
/// a way that does not depend on which text comes first.
fn common<T>(a: &[(String, T)], b: &[(String, T)]) -> Vec<(usize, usize)> {
    let (n, m) = (a.len(), b.len());
    let width = m + 1;
    let mut length = vec![0_u16; (n + 1) * width];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            length[i * width + j] = if a[i].0 == b[j].0 {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < n && j < m {
        let (down, right) = (length[(i + 1) * width + j], length[i * width + j + 1]);
        if a[i].0 == b[j].0 {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if down > right || (down == right && a[i].0 < b[j].0) {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;

    fn parts<'t>(text: &'t str, ranges: &[(usize, usize)]) -> Vec<&'t str> {
        ranges.iter().map(|r| &text[r.0..r.1]).collect()
    }

    #[test]
    fn only_what_differs_is_marked() {
        let (old, new) = ("We will fund two advisers by June.", "We may fund advisers, by the end of June.");
        let (lost, gained) = changed(old, new);
        assert_eq!(parts(old, &lost), ["will", "two"]);
        assert_eq!(parts(new, &gained), ["may", "the end of"]);
        assert_eq!(changed(new, old), (gained, lost));
        assert_eq!(changed(old, old), (Vec::new(), Vec::new()));
    }

    #[test]
    fn likeness_is_mutual() {
        let bag = |text: &str| Bag::of(&words(text));
        let one = bag("We will open debt advice desks in the surgeries of the poorest wards by March 2027.");
        let two = bag("We hope to open advice desks in surgeries of the poorest wards.");
        let other = bag("The car park behind the library will be resurfaced in spring.");
        assert!(one.likeness(&two) >= ALIKE, "{}", one.likeness(&two));
        assert_eq!(one.likeness(&two), two.likeness(&one));
        assert!(one.likeness(&other) < ALIKE);
        assert_eq!(one.likeness(&one), 1000);
    }
}
