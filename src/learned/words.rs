//! Text to the words that learned models know.
//!
//! Comes in: a piece of text. Goes out: lower-case words, runs of figures as noughts, and other
//! signs one by one, each with its place. `training/pieces.py` does the same for training.

use std::ops::Range;

/// A word or sign with its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case.
    pub text: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

/// Noughts that a run of figures becomes at most: how long a number is tells a year from an amount.
const FIGURES: usize = 4;

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Figure,
    Sign,
    Space,
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(text.len() / 5);
    each_word(text, |word, at| {
        out.push(Word { text: word.to_owned(), at });
        true
    });
    out
}

/// Shows the words of a text in order, with their places, for as long as more are wanted.
pub(super) fn each_word(text: &str, mut more: impl FnMut(&str, Range<usize>) -> bool) {
    let mut word = String::with_capacity(32);
    let (mut open, mut start) = (Kind::Space, 0);
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        if kind != open || kind == Kind::Sign {
            if open != Kind::Space && !more(&word, start..at) {
                return;
            }
            (open, start) = (kind, at);
            word.clear();
        }
        match kind {
            Kind::Letter | Kind::Sign if c.is_ascii() => word.push(c.to_ascii_lowercase()),
            Kind::Letter | Kind::Sign => word.extend(plain(c).to_lowercase()),
            Kind::Figure if word.len() < FIGURES => word.push('0'),
            Kind::Figure | Kind::Space => {}
        }
    }
    if open != Kind::Space {
        more(&word, start..text.len());
    }
}

fn kind(c: char) -> Kind {
    if c.is_numeric() {
        Kind::Figure
    } else if c.is_alphabetic() {
        Kind::Letter
    } else if c.is_whitespace() {
        Kind::Space
    } else {
        Kind::Sign
    }
}

/// One sign for its typographic variants.
const fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let text = "We’ll give £250,000 to Müller\u{2013}House (2027/28).";
        let found = words(text);
        let told: Vec<&str> = found.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(
            told,
            [
                "we", "'", "ll", "give", "£", "000", ",", "000", "to", "müller", "-", "house", "(", "0000", "/", "00",
                ")", "."
            ]
        );
        let longest = found.iter().find(|w| w.text == "müller").unwrap();
        assert_eq!(&text[longest.at.clone()], "Müller");
        assert_eq!(words("12345678")[0], Word { text: "0000".into(), at: 0..8 });
        assert!(words(" \n ").is_empty());
    }
}
