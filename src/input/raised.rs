//! Raised text behind a word: the mark of a note, an ordinal, a power.
//!
//! Comes in: a text and the raised text that follows it. Goes out: both as one, so that a mark is no
//! part of the word before it: raised figures and letters are written with the signs that Unicode has
//! for them, which are no letters of words. An ordinal ("1st") stays whole.

/// Small letters with a raised form, and that form.
const LETTERS: (&str, &str) = ("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ");
/// Raised letters of this many characters or fewer, all of them of Roman numbers, are a mark.
const LONGEST_NUMBER: usize = 4;

/// Appends raised text. `goes_on`: the text before is raised too.
pub(super) fn push(text: &mut String, raised: &str, goes_on: bool) {
    let is_figures = raised.contains(|c: char| c.is_ascii_digit()) && !raised.contains(char::is_alphabetic);
    if is_figures || (is_mark(raised) && ends_with_word(text)) {
        text.extend(raised.chars().map(|c| figure(c).or_else(|| letter(c)).unwrap_or(c)));
        return;
    }
    let is_word = raised.starts_with(char::is_alphabetic) && !is_ordinal(text, raised);
    if is_word && !goes_on && ends_with_word(text) {
        text.push(' ');
    }
    text.push_str(raised);
}

/// Whether raised letters stand for a note: one small letter, or a small Roman number.
fn is_mark(raised: &str) -> bool {
    let mut letters = raised.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => letter(only).is_some(),
        (Some(_), Some(_)) => raised.len() <= LONGEST_NUMBER && raised.chars().all(|c| "ivx".contains(c)),
        _ => false,
    }
}

/// Whether raised letters make an ordinal of the number before them.
fn is_ordinal(text: &str, raised: &str) -> bool {
    let number = text.ends_with(|c: char| c.is_ascii_digit());
    number && ["st", "nd", "rd", "th"].iter().any(|end| raised.trim_end().eq_ignore_ascii_case(end))
}

/// Whether a text ends with a word of two letters or figures or more; a single one may be the large
/// first letter of a word.
fn ends_with_word(text: &str) -> bool {
    let mut last = text.chars().rev().take(2);
    last.clone().count() == 2 && last.all(char::is_alphanumeric)
}

/// The raised form of a figure.
const fn figure(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => return None,
    })
}

/// The raised form of a small letter.
fn letter(c: char) -> Option<char> {
    LETTERS.0.chars().position(|plain| plain == c).and_then(|at| LETTERS.1.chars().nth(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_no_part_of_words_and_ordinals_are() {
        for (text, raised, want) in [
            ("poverty", "12", "poverty¹²"),
            ("poverty", "1,2", "poverty¹,²"),
            ("in 2040", "8", "in 2040⁸"),
            ("crime", "a", "crimeᵃ"),
            ("crime", "iv", "crimeⁱᵛ"),
            ("on 1", "st", "on 1st"),
            ("the 20", "th ", "the 20th "),
            ("Green", "TM", "Green TM"),
            ("M", "c", "Mc"),
            ("T", "he", "The"),
            ("end.", "see", "end.see"),
            ("crime", " or", "crime or"),
        ] {
            let mut out = text.to_owned();
            push(&mut out, raised, false);
            assert_eq!(out, want);
        }
        let mut out = "Green TM".to_owned();
        push(&mut out, "plus", true);
        assert_eq!(out, "Green TMplus");
    }
}
