//! Words parted by a line end: joined, or kept with their hyphen.
//!
//! A hyphen at a line end is replaced by [`BREAK`] where the next line goes on in lower case;
//! [`Hyphens::settle`] decides each break once the whole document is known.

use std::borrow::Cow;
use std::collections::HashSet;

/// Stands where a hyphen at a line end met a lower-case letter.
pub(super) const BREAK: char = '\u{e0ad}';

/// Adds a line to the text before it.
pub(super) fn append_line(text: &mut String, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    let soft = text.ends_with('\u{ad}');
    let hard = text.ends_with('-') || text.ends_with('\u{2010}') || text.ends_with('\u{2011}');
    let before = text.trim_end_matches(['-', '\u{ad}', '\u{2010}', '\u{2011}']).chars().next_back();
    let goes_on = line.starts_with(char::is_alphanumeric);
    if soft && goes_on {
        text.pop();
    } else if hard && before.is_some_and(char::is_alphanumeric) && goes_on {
        if line.starts_with(char::is_lowercase) && before.is_some_and(char::is_alphabetic) {
            text.pop();
            text.push(BREAK);
        }
    } else if !(text.ends_with(['/', '\u{2014}']) && goes_on) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The words of a document, to tell which words are written with a hyphen.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    whole: HashSet<String>,
}

impl Hyphens {
    /// Notes the words of a text.
    pub fn learn(&mut self, text: &str) {
        if text.len() < 3 {
            return;
        }
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        for word in text.split(|c: char| !inner(c) && c != BREAK) {
            let word = word.trim_matches('-');
            if word.len() > 2 && !word.contains(BREAK) {
                self.whole.insert(word.to_lowercase());
            }
        }
    }

    /// The text with every break decided.
    pub fn settle<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains([BREAK, '\u{ad}']) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(BREAK) {
            out.push_str(&rest[..at]);
            rest = &rest[at + BREAK.len_utf8()..];
            let inner = |c: char| c.is_alphanumeric() || c == '-';
            let left = out.rfind(|c| !inner(c)).map_or(0, |i| {
                i + out[i..].chars().next().map_or(1, char::len_utf8)
            });
            let right = rest.find(|c| !inner(c)).unwrap_or(rest.len());
            if self.keeps_hyphen(&out[left..].to_lowercase(), &rest[..right].to_lowercase()) {
                out.push('-');
            }
        }
        out.push_str(rest);
        Cow::Owned(out.replace('\u{ad}', ""))
    }

    fn keeps_hyphen(&self, left: &str, right: &str) -> bool {
        let joined = self.whole.contains(&format!("{left}{right}"));
        let hyphened = self.whole.contains(&format!("{left}-{right}"));
        let last = left.rsplit('-').next().unwrap_or(left);
        let parts = self.whole.contains(last) && self.whole.contains(right);
        let prefixes = ["well", "long", "short", "high", "low", "self", "cross", "multi", "non", "co"];
        match (joined, hyphened) {
            (true, _) => false,
            (_, true) => true,
            _ => left.contains('-') || prefixes.contains(&left) || parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_keep_their_hyphen_and_words_lose_it() {
        let mut hyphens = Hyphens::default();
        hyphens.learn("Our well-being strategy and the community.");
        for (lines, want) in [
            (["for well-", "being"], "for well-being"),
            (["the commu-", "nity"], "the community"),
            (["soft\u{ad}", "ware"], "software"),
            (["North-", "East"], "North-East"),
            (["2019-", "20"], "2019-20"),
            (["a pause -", "then"], "a pause - then"),
        ] {
            let mut text = String::new();
            lines.iter().for_each(|l| append_line(&mut text, l));
            assert_eq!(hyphens.settle(&text), want);
        }
    }
}
