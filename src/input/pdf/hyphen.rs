//! Words parted by a line end: joined, or kept with their hyphen.
//!
//! A hyphen at a line end before a lower-case letter is replaced by [`BREAK`]; a line end in a
//! narrow cell, where words may be cut without a hyphen, by [`SPLIT`]. [`Hyphens::settle`] decides
//! each once the words of the whole document are known.

use std::borrow::Cow;
use std::collections::HashSet;

/// Stands where a hyphen at a line end met a lower-case letter.
pub(super) const BREAK: char = '\u{e0ad}';
/// Stands where a word of a table cell that fills its line alone ended between two lower-case letters.
pub(super) const SPLIT: char = '\u{e0ae}';
/// Short words that are no end of a word that was cut.
const SHORT: [&str; 76] = [
    "a", "all", "am", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "did", "do", "due", "end",
    "few", "for", "gap", "get", "go", "had", "has", "he", "her", "him", "his", "how", "i", "if", "in", "is", "it",
    "its", "key", "law", "low", "may", "me", "men", "my", "new", "no", "nor", "not", "now", "of", "off", "old", "on",
    "one", "or", "our", "out", "own", "per", "set", "she", "so", "tax", "the", "to", "too", "two", "up", "us", "use",
    "via", "was", "way", "we", "who", "why", "yet", "you",
];

/// Adds a line to the text before it.
pub(super) fn append_line(text: &mut String, line: &str) {
    append(text, line, ' ');
}

/// Adds a line of a table cell to the text before it, whose last word fills its line: it may have been
/// cut there.
pub(super) fn append_cut_line(text: &mut String, line: &str) {
    append(text, line, SPLIT);
}

fn append(text: &mut String, line: &str, between: char) {
    let line = line.trim();
    if line.is_empty() || text.is_empty() {
        text.push_str(line);
        return;
    }
    if is_address(text) && text.ends_with(['-', '\u{ad}', '\u{2010}']) {
        // Addresses are not hyphenated: the sign is one of theirs.
        text.pop();
        text.push('-');
        text.push_str(line);
        return;
    }
    let soft = text.ends_with('\u{ad}');
    let hard = text.ends_with(['-', '\u{2010}', '\u{2011}']);
    let before = text.trim_end_matches(['-', '\u{ad}', '\u{2010}', '\u{2011}', '–']).chars().next_back();
    let goes_on = line.starts_with(char::is_alphanumeric);
    let lower = line.starts_with(char::is_lowercase);
    if soft && goes_on {
        text.pop();
    } else if hard && before.is_some_and(char::is_alphanumeric) && goes_on {
        if lower && before.is_some_and(char::is_alphabetic) {
            text.pop();
            text.push(BREAK);
        }
    } else if text.ends_with('–') && before.is_some_and(|c| c.is_ascii_digit()) && goes_on {
        // A range of years goes on.
    } else if !(text.ends_with(['/', '\u{2014}']) && goes_on || before_hyphen(text, line)) {
        let cut = lower && text.ends_with(char::is_alphabetic);
        text.push(if cut { between } else { ' ' });
    }
    text.push_str(line);
}

/// Whether a text ends within the address of a web page.
fn is_address(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.contains("://") || last.contains("www.")
}

/// Whether a line goes on with the hyphen of a compound whose first part ends the text.
fn before_hyphen(text: &str, line: &str) -> bool {
    let second = line.strip_prefix(['-', '\u{2010}', '\u{2011}']).and_then(|rest| rest.chars().next());
    text.ends_with(char::is_alphabetic) && second.is_some_and(char::is_lowercase)
}

/// The words of a document, to tell which words are written with a hyphen.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    whole: HashSet<String>,
    breaks: usize,
    joins: usize,
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

impl Hyphens {
    /// Notes the words of a text that stand whole in it.
    pub fn learn(&mut self, text: &str) {
        let cut = |c: Option<char>| c == Some(BREAK) || c == Some(SPLIT);
        let mut at = 0;
        for word in text.split(|c: char| !is_inner(c)) {
            let before = text[..at].chars().next_back();
            at += word.len();
            let after = text[at..].chars().next();
            at += after.map_or(0, char::len_utf8);
            let word = word.trim_matches('-');
            if word.len() > 1 && !cut(before) && !cut(after) {
                self.whole.insert(word.to_lowercase());
            }
        }
    }

    /// Counts how many broken words of a text are known without a hyphen, to tell whether the
    /// document was hyphenated by a program.
    pub fn count(&mut self, text: &str) {
        for (at, _) in text.match_indices(BREAK) {
            let (left, right) = around(text, at, BREAK);
            self.breaks += 1;
            self.joins += usize::from(self.whole.contains(&format!("{left}{right}")));
        }
    }

    /// The text with every break decided.
    pub fn settle<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains([BREAK, SPLIT, '\u{ad}']) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find([BREAK, SPLIT]) {
            let sign = if rest[at..].starts_with(BREAK) { BREAK } else { SPLIT };
            out.push_str(&rest[..at]);
            rest = &rest[at + sign.len_utf8()..];
            let left = tail(&out).to_lowercase();
            let right = rest.find(|c| !is_inner(c)).map_or(rest, |i| &rest[..i]).to_lowercase();
            match sign {
                BREAK if self.keeps_hyphen(&left, &right) => out.push('-'),
                SPLIT if is_abbreviation(rest) || !self.is_cut(&left, &right) => out.push(' '),
                _ => {}
            }
        }
        out.push_str(rest);
        Cow::Owned(out.replace('\u{ad}', ""))
    }

    fn keeps_hyphen(&self, left: &str, right: &str) -> bool {
        let joined = self.whole.contains(&format!("{left}{right}"));
        let hyphened = self.whole.contains(&format!("{left}-{right}"));
        if joined || hyphened {
            return !joined;
        }
        let by_program = self.joins >= 2 && self.joins * 7 >= self.breaks;
        let last = left.rsplit('-').next().unwrap_or(left);
        let parts = self.whole.contains(last) && self.whole.contains(right);
        !by_program || left.contains('-') || parts
    }

    /// Whether a word was cut by the end of a narrow cell.
    fn is_cut(&self, left: &str, right: &str) -> bool {
        if self.whole.contains(&format!("{left}{right}")) {
            return !self.whole.contains(left) || !self.whole.contains(right);
        }
        let known = |w: &str| self.whole.contains(w) || SHORT.contains(&w);
        !known(right) && (right.len() <= 2 || (!known(left) && right.len() <= 3))
    }
}

/// Whether a text begins with letters that have stops behind them: "e.g.", "i.e.".
fn is_abbreviation(text: &str) -> bool {
    let mut signs = text.chars();
    let mut pair = || signs.next().is_some_and(char::is_alphabetic) && signs.next() == Some('.');
    pair() && pair()
}

fn tail(text: &str) -> &str {
    let cut = text.char_indices().rev().find(|(_, c)| !is_inner(*c));
    cut.map_or(text, |(i, c)| &text[i + c.len_utf8()..])
}

fn around(text: &str, at: usize, sign: char) -> (String, String) {
    let rest = &text[at + sign.len_utf8()..];
    let right = rest.find(|c| !is_inner(c)).map_or(rest, |i| &rest[..i]);
    (tail(&text[..at]).to_lowercase(), right.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(known: &str, lines: [&str; 2]) -> String {
        let mut hyphens = Hyphens::default();
        hyphens.learn(known);
        let mut text = String::new();
        lines.iter().for_each(|l| append_line(&mut text, l));
        hyphens.joins = 2;
        hyphens.breaks = 2;
        hyphens.settle(&text).into_owned()
    }

    #[test]
    fn compounds_keep_their_hyphen_and_words_lose_it() {
        let known = "Our well-being strategy and the community.";
        for (lines, want) in [
            (["for well-", "being"], "for well-being"),
            (["the commu-", "nity"], "the community"),
            (["soft\u{ad}", "ware"], "software"),
            (["North-", "East"], "North-East"),
            (["2019-", "20"], "2019-20"),
            (["2022–", "2027"], "2022–2027"),
            (["a pause -", "then"], "a pause - then"),
            (["at www.example.org/commu-", "nity"], "at www.example.org/commu-nity"),
            (["https://a.org/open\u{ad}", "data"], "https://a.org/open-data"),
            (["mental health", "-related harm"], "mental health-related harm"),
            (["a list", "- of aims"], "a list - of aims"),
        ] {
            assert_eq!(settled(known, lines), want);
        }
    }

    #[test]
    fn words_cut_by_a_narrow_cell_are_mended() {
        let mut hyphens = Hyphens::default();
        hyphens.learn("A questionnaire on the programme.");
        for (lines, want) in [
            (["questionnair", "e in all"], "questionnaire in all"),
            (["researcher", "s"], "researchers"),
            (["the action", "of all"], "the action of all"),
            (["crime", "e.g. theft"], "crime e.g. theft"),
            (["council", "tax"], "council tax"),
        ] {
            let mut text = String::new();
            lines.iter().for_each(|l| append_cut_line(&mut text, l));
            assert_eq!(hyphens.settle(&text), want);
        }
    }
}
