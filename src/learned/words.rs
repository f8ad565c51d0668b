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
    let mut open: Option<Kind> = None;
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        let end = at + c.len_utf8();
        match (kind, out.last_mut()) {
            (Kind::Space, _) => {}
            (Kind::Letter, Some(word)) if open == Some(kind) => {
                word.text.extend(c.to_lowercase());
                word.at.end = end;
            }
            (Kind::Figure, Some(word)) if open == Some(kind) => {
                if word.text.len() < FIGURES {
                    word.text.push('0');
                }
                word.at.end = end;
            }
            (Kind::Figure, _) => out.push(Word { text: "0".to_owned(), at: at..end }),
            _ => out.push(Word { text: plain(c).to_lowercase().collect(), at: at..end }),
        }
        open = Some(kind);
    }
    out
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
