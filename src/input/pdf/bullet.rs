//! List markers: bullets, dashes, numbers and letters at the start of a line.

use super::line::{Line, Opening};

/// The signs that open a list item.
const SIGNS: &str = "•●○◦▪■□▫◆◇❖➢➤►▶▸‣⁃✓✔✗★»·➔→\u{f0b7}\u{f0a7}\u{f076}\u{25cf}\u{2b9a}\u{27a4}";

/// Boxes to tick, which open a list item and are part of its text.
const BOXES: [char; 3] = ['☐', '☑', '☒'];

/// What stands before the text of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A bullet or a dash.
    Sign,
    /// A number or a letter with a full stop or a bracket.
    Number,
}

/// Whether a text opens with a sign that opens nothing but list items.
pub(super) fn is_bullet(text: &str) -> bool {
    text.starts_with(|c: char| SIGNS.contains(c) || BOXES.contains(&c))
}

/// The marker of a line, and where its text begins.
pub(super) fn marker(line: &Line) -> Option<(Marker, usize)> {
    let text = line.text.as_str();
    let first = text.chars().next()?;
    let after = first.len_utf8();
    let spaced = text[after..].starts_with(' ');
    let skip = |at: usize| at + text[at..].len() - text[at..].trim_start().len();
    if line.opening == Opening::Pictogram && (spaced || !first.is_ascii_alphanumeric()) {
        return Some((Marker::Sign, skip(after)));
    }
    if BOXES.contains(&first) {
        return Some((Marker::Sign, 0));
    }
    if SIGNS.contains(first) {
        return Some((Marker::Sign, skip(after)));
    }
    if spaced && matches!(first, '-' | '–' | '—' | '*' | 'o' | '\u{2212}' | '\u{fffd}') {
        return Some((Marker::Sign, skip(after)));
    }
    number(text).map(|at| (Marker::Number, skip(at)))
}

/// The length of a leading "1.", "12)", "(a)", "iv." that stands before a space and more text.
fn number(text: &str) -> Option<usize> {
    let open = text.starts_with('(');
    let inner = &text[usize::from(open)..];
    let len = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let sign = inner[len..].chars().next()?;
    let word = &inner[..len];
    let roman = word.len() <= 5 && word.bytes().all(|b| b"ivx".contains(&b));
    let fits = (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
        || (word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
        || roman;
    let closed = if open { sign == ')' } else { sign == ')' || sign == '.' };
    let end = usize::from(open) + len + 1;
    let rest = text.get(end..)?;
    (!word.is_empty() && fits && closed && rest.starts_with(' ') && rest.len() > 2).then_some(end)
}

/// The depth of a section number such as "2.1" before more text: 2 for "2.1", 1 for "2" or "2.".
pub(super) fn section_depth(text: &str) -> Option<usize> {
    let (word, rest) = text.split_once(' ')?;
    let word = word.trim_end_matches(['.', ':', ')']);
    let parts: Vec<&str> = word.split('.').collect();
    let figures = parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    (figures && rest.starts_with(|c: char| c.is_alphabetic() || c == '‘' || c == '“')).then_some(parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Marker, &str)> {
        let line = Line { text: text.into(), ..Line::default() };
        marker(&line).map(|(m, at)| (m, &text[at..]))
    }

    #[test]
    fn markers_are_told_from_words() {
        assert_eq!(found("• Open a hub"), Some((Marker::Sign, "Open a hub")));
        assert_eq!(found("– by March"), Some((Marker::Sign, "by March")));
        assert_eq!(found("o second level"), Some((Marker::Sign, "second level")));
        assert_eq!(found("12. twelve"), Some((Marker::Number, "twelve")));
        assert_eq!(found("(iv) four"), Some((Marker::Number, "four")));
        for no in ["2.1 Aims", "2025. Then", "of the", "A. Smith", "1.", "-5 degrees", "e.g. this"] {
            assert_eq!(found(no), None, "{no}");
        }
        assert_eq!(section_depth("2.1 Aims"), Some(2));
        assert_eq!(section_depth("10 people"), Some(1));
    }
}
