//! A text found again among the letters of a page.
//!
//! Comes in: the letters of a page in the order in which they are shown, and those of a passage.
//! Goes out: which of the one are which of the other. Space, hyphens and punctuation count for nothing, for a
//! reader puts words together that the page parts.

use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Shortest run of letters that is told from chance.
const LEAST: usize = 8;
/// Most places of a page that are tried for one run.
const TRIED: usize = 500;
/// Most letters of a passage that are looked for.
const LONGEST: usize = 20_000;

/// The letters and figures of a text, folded.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

/// The letters of a page, with where each run of so many begins.
#[derive(Debug)]
pub(super) struct Letters {
    all: Vec<char>,
    begins: HashMap<[char; LEAST], Vec<usize>>,
}

/// A run of letters that the page and the text have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// In the text.
    pub text: Range<usize>,
    /// In the page.
    pub page: Range<usize>,
}

impl Letters {
    pub fn new(all: Vec<char>) -> Self {
        let mut begins: HashMap<[char; LEAST], Vec<usize>> = HashMap::new();
        for (at, gram) in all.windows(LEAST).enumerate() {
            if let Ok(gram) = gram.try_into() {
                begins.entry(gram).or_default().push(at);
            }
        }
        Self { all, begins }
    }

    /// The longest runs of a text on the page, in the order of the text.
    pub fn runs(&self, text: &[char]) -> Vec<Run> {
        let text = &text[..text.len().min(LONGEST)];
        let mut out: Vec<Run> = Vec::new();
        let mut from = 0;
        while let Some(gram) = text.get(from..from + LEAST) {
            let after = out.last().map_or(0, |run| run.page.end);
            match self.longest(gram, &text[from..], after) {
                Some(page) => {
                    let run = Run { text: from..from + page.len(), page };
                    from = run.text.end;
                    out.push(run);
                }
                None => from += 1,
            }
        }
        out
    }

    /// Where most of a text stands that begins with a gram; of equals, what is nearest to `after`.
    fn longest(&self, gram: &[char], text: &[char], after: usize) -> Option<Range<usize>> {
        let places = self.begins.get(gram)?;
        let near = places.partition_point(|at| *at < after).saturating_sub(TRIED / 2);
        let tried = places[near.min(places.len().saturating_sub(TRIED))..].iter().take(TRIED);
        let same = |at: usize| self.all[at..].iter().zip(text).take_while(|(a, b)| a == b).count();
        let best = tried.map(|at| (same(*at), std::cmp::Reverse(at.abs_diff(after)), *at)).max()?;
        Some(best.2..best.2 + best.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        letters(text).collect()
    }

    #[test]
    fn a_passage_is_found_across_hyphens_ligatures_and_columns() {
        let page = Letters::new(chars(
            "Our \u{fb01}rst aim: to fund debt ad- | page 3 | vice in \u{201c}every\u{201d} town. Our \u{fb01}rst aim",
        ));
        let text = chars("our first aim: to fund debt advice in every town");
        let runs = page.runs(&text);
        let told: Vec<String> = runs.iter().map(|r| text[r.text.clone()].iter().collect()).collect();
        assert_eq!(told, ["ourfirstaimtofunddebtad", "viceineverytown"]);
        assert_eq!(runs[0].page, 0..23);
        assert_eq!(runs[1].page.len(), 15);
        assert_eq!(page.runs(&chars("something else entirely")), []);
        assert_eq!(page.runs(&chars("aim")), []);
    }

    #[test]
    fn of_equal_places_the_next_one_is_taken() {
        let page = Letters::new(chars("we will act now. we will pay twice. we will act now."));
        let runs = page.runs(&chars("we will pay twice; we will act now"));
        assert_eq!(runs.len(), 1, "{runs:?}");
        let runs = page.runs(&chars("will pay twice XX we will act now"));
        assert_eq!(runs[1].page.start, 26);
    }

    #[test]
    fn pages_of_one_letter_cost_no_more_than_others() {
        let page = Letters::new(vec!['a'; 200_000]);
        let runs = page.runs(&vec!['a'; 100_000]);
        assert_eq!(runs.iter().map(|r| r.text.len()).sum::<usize>(), LONGEST);
    }
}
