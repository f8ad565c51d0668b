//! Segments to lines: the text of a line with what is needed to tell paragraphs apart.

use super::tags::Role;
use super::word::{Segment, Shift, Word, common_size};
use crate::input::raised;

/// What the tags of a file say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The part that it belongs to, counted from 1.
    pub part: u32,
    /// What the part is.
    pub role: Role,
    /// Which list item it belongs to, counted from 1; 0 for none.
    pub item: u32,
    /// Depth of the list that it stands in.
    pub depth: u8,
}

/// A line of one column.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its text, words parted by single spaces; a hyphen at its end is kept.
    pub text: String,
    /// Left end of the text.
    pub x0: f32,
    /// Right end of the text.
    pub x1: f32,
    /// The baseline.
    pub y: f32,
    /// The em of most of its characters.
    pub size: f32,
    /// Most characters are bold.
    pub bold: bool,
    /// Most characters are italic.
    pub italic: bool,
    /// Most characters are white: text on a dark area.
    pub white: bool,
    /// All of it is marked by the file as no part of its content.
    pub artifact: bool,
    /// It does not run in the direction of the page's text; its `y` says nothing then.
    pub turned: bool,
    /// Its first character is a pictogram or it begins with a raised number.
    pub opening: Opening,
    /// Where the second word begins, which is where text hangs behind a bullet.
    pub hang: f32,
    /// Width of the first word.
    pub first_width: f32,
    /// Which column of the page it stands in, counted in reading order.
    pub column: usize,
    /// What the tags of the file say of it.
    pub tag: Option<Tag>,
}

/// What a line opens with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opening {
    /// A word.
    #[default]
    Word,
    /// A sign in a font of pictograms.
    Pictogram,
    /// A raised number, as before a footnote.
    Raised,
}

/// The line of segments that share a baseline.
pub(super) fn line(mut segments: Vec<Segment>, column: usize) -> Line {
    segments.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    let y = segments.iter().max_by_key(|s| s.chars()).map_or(0.0, |s| s.y);
    let words: Vec<Word> = segments.into_iter().flat_map(|s| s.words).collect();
    let chars = |of: fn(&Word) -> bool| -> usize { words.iter().filter(|w| of(w)).map(|w| w.text.len()).sum() };
    let half = chars(|_| true) / 2;
    let opening = match words.first() {
        Some(w) if w.pictogram => Opening::Pictogram,
        Some(w) if w.shift == Shift::Raised && w.text.starts_with(|c: char| c.is_ascii_digit()) => Opening::Raised,
        _ => Opening::Word,
    };
    Line {
        text: text_of(&words),
        x0: words.first().map_or(0.0, |w| w.x0),
        x1: words.iter().map(|w| w.x1).fold(0.0, f32::max),
        y,
        size: common_size(&words),
        bold: chars(|w| w.bold) > half,
        italic: chars(|w| w.italic) > half,
        white: chars(|w| w.white) > half,
        artifact: words.iter().all(|w| w.artifact),
        turned: false,
        opening,
        hang: words.get(1).map_or(f32::MAX, |w| w.x0),
        first_width: words.first().map_or(0.0, |w| w.x1 - w.x0),
        column,
        tag: None,
    }
}

/// The text of words that stand in order.
pub(super) fn text_of(words: &[Word]) -> String {
    if let Some(text) = letterspaced(words) {
        return text;
    }
    let mut out = String::with_capacity(words.iter().map(|w| w.text.len() + 1).sum());
    for (i, word) in words.iter().enumerate() {
        let tight = word.joined && !out.ends_with(char::is_whitespace);
        if i > 0 && !tight {
            out.push(' ');
        }
        if word.shift == Shift::Raised && i > 0 {
            let goes_on = tight && words[i - 1].shift == Shift::Raised;
            raised::push(&mut out, &word.text, goes_on);
        } else {
            out.push_str(&word.text);
        }
    }
    out
}

/// Words of single letters, as in a spaced-out heading, put together at the wider gaps.
fn letterspaced(words: &[Word]) -> Option<String> {
    let is_letter = |w: &&Word| w.text.chars().count() == 1 && w.text.chars().all(char::is_alphanumeric);
    let single = words.iter().filter(is_letter).count();
    if words.len() < 5 || single * 10 < words.len() * 9 {
        return None;
    }
    let mut gaps: Vec<f32> = words.windows(2).map(|p| p[1].x0 - p[0].x1).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps[gaps.len() / 2];
    if usual <= 0.0 || usual > words[0].size || words.iter().all(|w| w.text.len() > 1) {
        return None;
    }
    let mut out = words[0].text.clone();
    for pair in words.windows(2) {
        if pair[1].x0 - pair[0].x1 > 1.7 * usual {
            out.push(' ');
        }
        out.push_str(&pair[1].text);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, x1: f32) -> Word {
        Word { text: text.into(), x0, x1, size: 10.0, ..Word::default() }
    }

    #[test]
    fn letters_far_apart_are_words_and_dots_are_not() {
        let row = |text: &str, step: f32| {
            let one = |(at, c): (usize, char)| word(&c.to_string(), at as f32 * step, at as f32 * step + 5.0);
            text.chars().enumerate().filter(|(_, c)| *c != ' ').map(one).collect::<Vec<_>>()
        };
        assert_eq!(text_of(&row("A I M S  2 0 2 6", 4.0)), "AIMS 2026");
        let mut contents = vec![word("Agency", 0.0, 30.0), word("Actions", 33.0, 60.0)];
        contents.extend(row(".. . . . . . . . . . . . . . . . . . . . . . .", 4.0));
        assert!(text_of(&contents).starts_with("Agency Actions"));
    }

    #[test]
    fn note_numbers_are_raised_and_ordinals_joined() {
        let mut note = word("12", 30.0, 36.0);
        (note.shift, note.joined) = (Shift::Raised, true);
        assert_eq!(text_of(&[word("the", 0.0, 12.0), word("end", 15.0, 30.0), note]), "the end¹²");
        let mut st = word("st", 5.0, 9.0);
        (st.shift, st.joined) = (Shift::Raised, true);
        assert_eq!(text_of(&[word("1", 0.0, 5.0), st, word("May", 12.0, 30.0)]), "1st May");
        let mut a = word("a", 30.0, 33.0);
        (a.shift, a.joined) = (Shift::Raised, true);
        assert_eq!(text_of(&[word("crime", 0.0, 30.0), a, word("fell", 36.0, 50.0)]), "crimeᵃ fell");
    }

    #[test]
    fn spaced_out_headings_become_words() {
        let letters = "OURPLAN".chars().enumerate().map(|(i, c)| {
            let x = i as f32 * 9.0 + if i >= 3 { 8.0 } else { 0.0 };
            word(&c.to_string(), x, x + 6.0)
        });
        assert_eq!(text_of(&letters.collect::<Vec<_>>()), "OUR PLAN");
    }
}
