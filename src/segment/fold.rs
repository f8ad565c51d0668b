//! Search text: the words of a document in one spelling, each with its place in the original.
//!
//! Comes in: pieces of a document's text. Goes out: [`Folded`], in which words stand in lower
//! case, one space apart, without accents, apostrophes or hyphens, with -ise for -ize, and
//! punctuation as tokens of its own. Raised figures and letters, as of notes, are no part of it. It does not decide what a sentence or a passage is.

use crate::document::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The search text of a document.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Tokens one space apart, with a space before the first and after the last.
    pub text: String,
    /// Every token in order.
    pub tokens: Vec<Token>,
}

/// One word or mark of the search text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in [`Folded::text`]. It ends before the space before the next one.
    start: u32,
    /// Its first byte in the document.
    from: u32,
    /// How many bytes of the document it takes, the least first.
    bytes: [u8; 3],
    /// Punctuation, over which words side by side do not run.
    pub mark: bool,
}

impl Token {
    /// Where it stands in the document.
    #[must_use]
    pub const fn span(&self) -> Span {
        let [a, b, c] = self.bytes;
        Span::new(self.from as usize, self.from as usize + u32::from_le_bytes([a, b, c, 0]) as usize)
    }
}

/// A longer word is taken for several; no language has one.
const LONGEST_WORD: usize = 1 << 20;

impl Folded {
    /// Search text with room for that of a text of so many bytes: growing costs twice the memory.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + bytes / 8), tokens: Vec::with_capacity(bytes / 5) }
    }

    /// Folds one more piece of `text` and returns the range of its tokens.
    pub fn push(&mut self, text: &str, piece: Span) -> std::ops::Range<usize> {
        let first = self.tokens.len();
        if self.text.is_empty() {
            self.text.push(' ');
        }
        let source = piece.of(text);
        let mut chars = source.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_raised(c) {
                // Marks of notes, with commas between them.
                while let Some(&(next, d)) = chars.peek() {
                    let between = matches!(d, ',' | '-' | '–') && source[next + d.len_utf8()..].starts_with(is_raised);
                    if !is_raised(d) && !between {
                        break;
                    }
                    chars.next();
                }
            } else if c.is_alphanumeric() {
                let mut end = at + c.len_utf8();
                while let Some(&(next, d)) = chars.peek() {
                    if next - at > LONGEST_WORD || !continues(source, next, d) {
                        break;
                    }
                    end = next + d.len_utf8();
                    chars.next();
                }
                self.word(&source[at..end], piece.start + at);
            } else if let Some(mark) = mark(source, at, c) {
                let span = Span::new(piece.start + at, piece.start + at + c.len_utf8());
                self.token(mark, span, !matches!(mark, "£" | "$" | "€" | "%" | "and"));
            }
        }
        first..self.tokens.len()
    }

    /// The folded text of one token.
    #[must_use]
    pub fn word_at(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| &self.text[t.start as usize..self.end(token)])
    }

    /// The folded text of a range of tokens.
    #[must_use]
    pub fn slice(&self, tokens: std::ops::Range<usize>) -> &str {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e))) {
            (Some(a), Some(b)) if a.start <= b.start => &self.text[a.start as usize..self.end(tokens.end - 1)],
            _ => "",
        }
    }

    /// One past the last byte of a token in the search text.
    fn end(&self, token: usize) -> usize {
        self.tokens.get(token + 1).map_or(self.text.len(), |next| next.start as usize) - 1
    }

    /// The place in the document that a range of tokens covers.
    #[must_use]
    pub fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e))) {
            (Some(a), Some(b)) => Span::new(a.from as usize, b.span().end),
            _ => Span::default(),
        }
    }

    fn word(&mut self, word: &str, at: usize) {
        let span = Span::new(at, at + word.len());
        let start = self.text.len();
        fold_word(word, &mut self.text);
        if self.text.len() > start {
            self.close(start, span, false);
        }
    }

    fn token(&mut self, text: &str, span: Span, mark: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.close(start, span, mark);
    }

    fn close(&mut self, start: usize, span: Span, mark: bool) {
        self.text.push(' ');
        let [start, from, bytes] = [start, span.start, span.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        let [a, b, c, _] = bytes.to_le_bytes();
        self.tokens.push(Token { start, from, bytes: [a, b, c], mark });
    }
}

/// Whether the character at `at` belongs to the word before it.
fn continues(source: &str, at: usize, c: char) -> bool {
    if is_raised(c) {
        return false;
    }
    if c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}' {
        return true;
    }
    let before = source[..at].chars().next_back();
    let after = source[at + c.len_utf8()..].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    match c {
        '\'' | '’' | '‘' | 'ʼ' => after.is_alphabetic(),
        '.' => (before.is_ascii_digit() && after.is_ascii_digit()) || (before.is_alphabetic() && after.is_alphabetic()),
        ',' => before.is_ascii_digit() && after.is_ascii_digit() && thousands(&source[at + 1..]),
        _ => false,
    }
}

/// Whether a character is a raised figure or letter.
const fn is_raised(c: char) -> bool {
    matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{207f}' | '\u{1d43}'..='\u{1d61}' | '\u{1d9c}'..='\u{1dbf}' | '\u{2b0}'..='\u{2b8}' | '\u{2e1}'..='\u{2e3}')
}

/// Whether exactly three digits come next, as after a thousands comma.
fn thousands(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// The token that a character outside words gives, if any.
fn mark(source: &str, at: usize, c: char) -> Option<&'static str> {
    Some(match c {
        ',' => ",",
        ';' => ";",
        ':' => ":",
        '.' | '…' => ".",
        '!' => "!",
        '?' => "?",
        '(' | '[' | '{' => "(",
        ')' | ']' | '}' => ")",
        '|' => "|",
        '"' | '“' | '”' | '„' | '«' | '»' => "\"",
        '&' => "and",
        '£' => "£",
        '$' => "$",
        '€' => "€",
        '%' => "%",
        '-' | '–' | '—' | '‒' | '−' | '―' => {
            let open = |c: Option<char>| c.is_none_or(char::is_whitespace);
            let before = source[..at].chars().next_back();
            let after = source[at + c.len_utf8()..].chars().next();
            if c == '—' || (open(before) && open(after)) {
                "-"
            } else {
                return None;
            }
        }
        _ => return None,
    })
}

/// Appends the folded form of one word.
pub fn fold_word(word: &str, out: &mut String) {
    let word = strip_possessive(word);
    let mut previous = '\0';
    let mut add = |c: char, out: &mut String| {
        let c = if c == 'z' && matches!(previous, 'i' | 'y') { 's' } else { c };
        previous = c;
        out.push(c);
    };
    if word.is_ascii() {
        for c in word.chars() {
            let keep = c.is_ascii_alphanumeric() || (c == '.' && word.starts_with(|d: char| d.is_ascii_digit()));
            if keep {
                add(c.to_ascii_lowercase(), out);
            }
        }
    } else {
        for c in word.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            add(c, out);
        }
    }
}

fn strip_possessive(word: &str) -> &str {
    for end in ["'s", "’s", "ʼs", "'S", "’S"] {
        if let Some(stem) = word.strip_suffix(end) {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut folded = Folded::default();
        folded.push(text, Span::new(0, text.len()));
        for token in &folded.tokens {
            assert!(!token.span().is_empty());
            assert!(text.get(token.span().start..token.span().end).is_some());
        }
        folded.text
    }

    #[test]
    fn marks_of_notes_are_no_part_of_words() {
        assert_eq!(fold("poverty¹² and crimeᵃ,"), " poverty and crime , ");
        assert_eq!(fold("poverty¹,²⁻³ fell in 2040⁸"), " poverty fell in 2040 ");
        assert_eq!(fold("¹ A Ministryⁱᵛ"), " a ministry ");
        assert_eq!(fold("CO₂ in 5 m²"), " co2 in 5 m ");
    }

    #[test]
    fn one_spelling() {
        for (text, folded) in [
            ("The Council’s Well-being Board", " the council well being board "),
            ("Prioritizing residents' needs", " prioritising residents needs "),
            ("£250,000 a year (1.2m)", " £ 250000 a year ( 1.2m ) "),
            ("2025/26 – 14% of it", " 2025 26 - 14 % of it "),
            ("e.g. the N.H.S. acts.", " eg . the nhs . acts . "),
            ("café & co", " cafe and co "),
            ("housing, benefits", " housing , benefits "),
            ("6,500 in 12,3", " 6500 in 12 , 3 "),
            ("ﬁnancial", " financial "),
            ("", " "),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut_and_keeps_its_place() {
        let text = format!("before {} after", "é".repeat(LONGEST_WORD));
        let mut folded = Folded::default();
        folded.push(&text, Span::new(0, text.len()));
        assert_eq!(size_of::<Token>(), 12);
        assert!(folded.tokens.len() > 3);
        let spans: Vec<Span> = folded.tokens.iter().map(Token::span).collect();
        assert!(spans[1..spans.len() - 1].windows(2).all(|w| w[0].end == w[1].start));
        assert_eq!(spans.iter().map(|s| s.of(&text)).collect::<Vec<_>>().concat(), text.replace(' ', ""));
        assert_eq!(folded.word_at(folded.tokens.len() - 1), "after");
    }

    #[test]
    fn ranges_lead_back() {
        let text = "We fund debt-advice now";
        let mut folded = Folded::default();
        folded.push(text, Span::new(0, text.len()));
        assert_eq!(folded.slice(2..4), "debt advice");
        assert_eq!(folded.span(2..4).of(text), "debt-advice");
    }
}
