//! How far two readings of one file agree: in their words, and in the order of these.
//!
//! Comes in: two texts. Goes out: shares from 0 to 1. Hyphens, line ends and signs count for
//! nothing, so that only what a reader found and where it put it is compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;

/// What pdfium has for a hyphen at the end of a line.
const CUT: char = '\u{fffe}';

/// The words of a text, in order: runs of letters or of figures in small letters, hyphens and line
/// ends inside words left out. Raised figures and letters, as of notes, are words of their own; a lone "o" is
/// the bullet of a word processor and none.
pub fn words(text: &str) -> Vec<String> {
    let text: String = apart(text).nfkc().collect();
    let mut out = Vec::new();
    let mut word = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_alphanumeric() {
            if word.chars().last().is_some_and(|last| last.is_ascii_digit() != c.is_ascii_digit()) {
                out.push(std::mem::take(&mut word));
            }
            word.extend(c.to_lowercase());
            continue;
        }
        if matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | CUT) && !word.is_empty() {
            skip_line_end(&mut rest);
            if rest.peek().is_some_and(|c| c.is_alphanumeric()) {
                continue;
            }
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out.retain(|word| word != "o");
    out
}

/// The text with raised figures and letters parted from what is around them.
fn apart(text: &str) -> String {
    let is_raised = |c: char| matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{207f}' | '\u{1d43}'..='\u{1d61}' | '\u{1d9c}'..='\u{1dbf}' | '\u{2b0}'..='\u{2b8}' | '\u{2e1}'..='\u{2e3}');
    let mut out = String::with_capacity(text.len());
    let mut was_raised = false;
    for c in text.chars() {
        if is_raised(c) != was_raised {
            out.push(' ');
        }
        was_raised = is_raised(c);
        out.push(c);
    }
    out
}

/// Stands before a note in the text of another reader.
pub const NOTE_BEGINS: char = '\u{e}';
/// Stands behind it.
pub const NOTE_ENDS: char = '\u{f}';

/// Stands where a block ended.
pub const BLOCK_ENDS: char = '\u{1d}';

/// A text with the notes of each block behind it: tags may have them in the midst of the sentence that
/// refers to them. A text in which no end of a block is told stays as it is.
pub fn notes_behind(text: &str) -> String {
    if !text.contains(BLOCK_ENDS) {
        return text.to_owned();
    }
    let note = |part: &str| part.split_once(NOTE_ENDS).map_or_else(|| part.to_owned(), |(note, _)| note.to_owned());
    let notes = |block: &str| block.split(NOTE_BEGINS).skip(1).map(note).collect::<Vec<_>>().join("\n");
    let block = |block: &str| format!("{}\n{}\n", without_notes(block), notes(block));
    text.split(BLOCK_ENDS).map(block).collect()
}

/// A text without what stands in notes.
pub fn without_notes(text: &str) -> String {
    let parts = text.split(NOTE_BEGINS).enumerate();
    parts
        .map(|(at, part)| if at == 0 { part } else { part.split_once(NOTE_ENDS).map_or("", |(_, rest)| rest) })
        .collect()
}

/// Lines from the edge of a page that may be running ones.
const EDGE: usize = 3;

/// A text without the first and last lines of pages that come again, figures aside, on three pages
/// or more and one in ten, and without lone numbers there. Pages end with form feeds.
pub fn without_running(text: &str) -> String {
    let pages: Vec<Vec<&str>> =
        text.split('\u{c}').map(|page| page.lines().filter(|line| !line.trim().is_empty()).collect()).collect();
    let is_edge = |at: usize, page: &[&str]| at < EDGE || at + EDGE >= page.len();
    let fold = |line: &str| -> String { line.chars().filter(|c| c.is_alphabetic()).collect() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let edges = page.iter().enumerate().filter(|(at, _)| is_edge(*at, page)).map(|(_, line)| fold(line));
        for line in edges.collect::<std::collections::HashSet<_>>() {
            *seen.entry(line).or_default() += 1;
        }
    }
    let often = |line: &str| {
        let line = fold(line);
        let pages_with = seen.get(&line).copied().unwrap_or(0);
        line.is_empty() || (pages_with >= 3 && pages_with * 10 >= pages.len())
    };
    let mut out = String::with_capacity(text.len());
    for page in &pages {
        for (_, line) in page.iter().enumerate().filter(|(at, line)| !(is_edge(*at, page) && often(line))) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Steps over white space that holds a line end.
fn skip_line_end(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    if rest.clone().take_while(|c| c.is_whitespace()).any(|c| c == '\n') {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
    }
}

/// Twice the words that both hold, by all words of both.
pub fn f1(ours: &[String], theirs: &[String]) -> f64 {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in theirs {
        *left.entry(word).or_default() += 1;
    }
    let mut both = 0_usize;
    for word in ours {
        if let Some(n) = left.get_mut(word.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            both += 1;
        }
    }
    share(2 * both, ours.len() + theirs.len())
}

/// The same against two other readings at once: a word that one of them holds more often than the
/// other may stand in ours as often as in either, for one of the two is wrong about it.
pub fn f1_of_both(ours: &[String], theirs: [&[String]; 2]) -> f64 {
    let count = |words: &[String]| {
        let mut out: BTreeMap<String, usize> = BTreeMap::new();
        words.iter().for_each(|word| *out.entry(word.clone()).or_default() += 1);
        out
    };
    let (own, [a, b]) = (count(ours), theirs.map(count));
    let of = |all: &BTreeMap<String, usize>, word: &str| all.get(word).copied().unwrap_or(0);
    let (mut both, mut wanted) = (0, 0);
    for word in own.keys().chain(a.keys()).chain(b.keys()).collect::<BTreeSet<_>>() {
        let (own, a, b) = (of(&own, word), of(&a, word), of(&b, word));
        let fair = own.clamp(a.min(b), a.max(b));
        both += own.min(fair);
        wanted += fair;
    }
    share(2 * both, ours.len() + wanted)
}

/// Of the pairs of words that stand once in each text, the share that stands in the same order:
/// the longest row of them that both have.
pub fn order(ours: &[String], theirs: &[String]) -> f64 {
    let found = in_both(ours, theirs);
    share(longest_row(&found), found.len())
}

/// The same page by page: each of our words knows its page. Where the tags of a file lead from its
/// last page back to its first, the order on each page is what can be compared.
pub fn order_on_pages(ours: &[(u32, Vec<String>)], theirs: &[String]) -> f64 {
    let words: Vec<String> = ours.iter().flat_map(|(_, words)| words).cloned().collect();
    let pages: Vec<u32> = ours.iter().flat_map(|(page, words)| words.iter().map(|_| *page)).collect();
    let mut of_page: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, place) in in_both(&words, theirs) {
        of_page.entry(pages[at]).or_default().push((at, place));
    }
    share(of_page.values().map(|found| longest_row(found)).sum(), of_page.values().map(Vec::len).sum())
}

/// The places of the pairs of words that stand once in each text, by their place in the first.
fn in_both(ours: &[String], theirs: &[String]) -> Vec<(usize, usize)> {
    let places = once(theirs);
    let mut found: Vec<(usize, usize)> = once(ours).iter().filter_map(|(p, at)| Some((*at, *places.get(p)?))).collect();
    found.sort_unstable();
    found
}

/// The length of the longest row of pairs whose second places rise.
fn longest_row(found: &[(usize, usize)]) -> usize {
    let mut row: Vec<usize> = Vec::new();
    for (_, at) in found {
        let slot = row.partition_point(|r| r < at);
        if slot == row.len() {
            row.push(*at);
        } else {
            row[slot] = *at;
        }
    }
    row.len()
}

/// Pairs of words that stand only once, with their place.
fn once(words: &[String]) -> HashMap<(&str, &str), usize> {
    let mut seen: HashMap<(&str, &str), Option<usize>> = HashMap::new();
    for (at, pair) in words.windows(2).enumerate() {
        let of = (pair[0].as_str(), pair[1].as_str());
        seen.entry(of).and_modify(|place| *place = None).or_insert(Some(at));
    }
    seen.into_iter().filter_map(|(pair, at)| Some((pair, at?))).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_and_line_ends_count_for_nothing() {
        assert_eq!(
            words("The well-\nbeing of e\u{fb03}cient co-operation - 2-3 a-"),
            words("the wellbeing of efficient cooperation 23 A")
        );
        assert_eq!(words("win- \n ter").len(), 1);
        assert_eq!(words("win\u{ad}ter win\u{ad}\nter win\u{fffe}ter"), ["winter"; 3]);
        assert_eq!(words("a - b").len(), 2);
    }

    #[test]
    fn numbers_of_notes_and_bullets_are_no_part_of_words() {
        assert_eq!(words("o the Act\u{b9}\u{b2} of COVID-19"), words("the Act12 of covid19"));
    }

    #[test]
    fn lines_at_the_edge_that_come_again_run() {
        let page = |n: u8| format!("Plan {n}\nBody.\na\nb\nc\nBody.\nd\n{n}\n\u{c}");
        let text = without_running(&(1..5).map(page).collect::<String>());
        assert_eq!(text.lines().take(5).collect::<Vec<_>>(), ["b", "c", "b", "c", "b"]);
        assert_eq!(without_running("1\nOnce.\n"), "Once.\n");
    }

    #[test]
    fn order_on_pages_and_without_notes() {
        let (last, first) = (words("four five six"), words("one two three"));
        let theirs: Vec<String> = last.iter().chain(&first).cloned().collect();
        assert!((order_on_pages(&[(1, first), (2, last)], &theirs) - 1.0).abs() < 1e-9);
        let text = format!("a b {NOTE_BEGINS}x{NOTE_ENDS} c {NOTE_BEGINS}y");
        assert_eq!(words(&without_notes(&text)), ["a", "b", "c"]);
        let text = format!("a{NOTE_BEGINS}x{NOTE_ENDS} b{BLOCK_ENDS}c");
        assert_eq!(words(&notes_behind(&text)), ["a", "b", "x", "c"]);
    }

    #[test]
    fn agreement_counts_words_and_their_order() {
        let (a, b) = (words("one two three four five six"), words("four five six one two three"));
        assert!((f1(&a, &b) - 1.0).abs() < 1e-9);
        assert!((order(&a, &b) - 0.5).abs() < 1e-9);
        let (twice, none) = (words("one one two"), words("two"));
        assert!((f1_of_both(&words("one two"), [&twice, &none]) - 1.0).abs() < 1e-9);
        assert!((f1_of_both(&words("one"), [&twice, &none]) - 2.0 / 3.0).abs() < 1e-9);
        assert!((order(&a, &a) - 1.0).abs() < 1e-9);
        assert!((f1(&a, &words("one two three")) - 2.0 * 3.0 / 9.0).abs() < 1e-9);
    }
}
