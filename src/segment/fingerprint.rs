//! Passages known again by their words, wherever they stand.
//!
//! Comes in: the text of a passage. Goes out: its words as search text and a short mark made of
//! them, which case, punctuation, quotes and line breaks do not change.

use super::Folded;
use crate::document::Span;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Bytes of the hash that are kept: two passages of ten thousand share a mark once in 10^11 cases.
const KEPT: usize = 8;

/// The words of a text in search spelling, without punctuation.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.tokens.iter().enumerate().filter(|(_, t)| !t.mark);
    words.map(|(i, _)| folded.word_at(i).to_owned()).collect()
}

/// The words of a text in search spelling with the place of each.
#[must_use]
pub fn placed_words(text: &str) -> Vec<(String, Span)> {
    let folded = fold(text);
    let words = folded.tokens.iter().enumerate().filter(|(_, t)| !t.mark);
    words.map(|(i, t)| (folded.word_at(i).to_owned(), t.span())).collect()
}

/// The mark of a passage: sixteen hexadecimal digits, the same for the same words.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let hash = Sha256::digest(words(text).join(" ").as_bytes());
    hash.iter().take(KEPT).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.push(text, Span::new(0, text.len()));
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_marks_change_nothing_but_words_do() {
        let one = fingerprint("We\u{2019}ll fund debt-advice, by June!");
        assert_eq!(one.len(), 16);
        assert_eq!(one, fingerprint("we'll  fund\ndebt advice by June"));
        assert_ne!(one, fingerprint("We\u{2019}ll fund debt-advice, by July!"));
    }

    #[test]
    fn words_know_their_place() {
        let text = "Open a (new) hub.";
        let placed: Vec<_> = placed_words(text).into_iter().map(|(_, span)| span.of(text)).collect();
        assert_eq!(placed, ["Open", "a", "new", "hub"]);
    }
}
