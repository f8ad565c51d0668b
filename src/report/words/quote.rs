//! A passage in so many characters, where all of it is too long: the part that holds what was found.

use super::{clean, shorten};

/// A passage on one line, whole where it is short enough; else from the sentence, or the words, in which most of
/// what is marked in it begins. Marks are byte ranges of the text.
#[must_use]
pub fn quote(text: &str, marks: &[(usize, usize)], most: usize) -> String {
    let whole = clean(text);
    if whole.chars().count() <= most {
        return whole;
    }
    match text.get(start(text, marks, most)..) {
        Some(rest) if rest.len() < text.len() => format!("\u{2026} {}", shorten(&clean(rest), most)),
        _ => shorten(&whole, most),
    }
}

/// Where to begin, so that so many characters hold as much as may be of what is marked: at the passage's own
/// beginning where that holds as much.
fn start(text: &str, marks: &[(usize, usize)], most: usize) -> usize {
    let lead = most / 4;
    let held = |from: usize, room: usize| -> usize {
        let inside = marks.iter().filter(|(start, end)| *start >= from && *end <= from.saturating_add(room));
        inside.map(|(start, end)| end.saturating_sub(*start)).sum()
    };
    let (mut best, mut most_held) = (0, held(0, most));
    for &(first, _) in marks.iter().filter(|(start, _)| *start > lead) {
        let now = held(first, most - lead);
        if now > most_held {
            (best, most_held) = (first, now);
        }
    }
    // What stands at the end is shown with as much before it as there is room for.
    let last = text.char_indices().rev().nth(most.saturating_sub(1)).map_or(0, |(at, _)| at);
    match beginning(text, best, lead) {
        begins if text.get(begins..).is_some_and(|rest| rest.chars().count() * 3 >= most * 2) => begins,
        _ => match text.get(last..).and_then(|rest| rest.find(' ')) {
            Some(space) if space <= lead => last + space + 1,
            _ => last,
        },
    }
}

/// The beginning of the sentence that a place is in, or of a word before it where that is too far away.
fn beginning(text: &str, at: usize, lead: usize) -> usize {
    let Some(before) = text.get(..at) else { return 0 };
    let ends = [". ", "? ", "! ", "; ", ": ", " | "];
    let sentence = ends.iter().filter_map(|end| before.rfind(end).map(|i| i + end.len())).max().unwrap_or(0);
    if at - sentence <= lead {
        return sentence;
    }
    let near = (at - lead..at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    before.get(near..).and_then(|tail| tail.find(' ')).map_or(at, |space| near + space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The strategy was agreed in May after a long consultation with many people. It has four parts, \
        which are set out below in the order of the life course. The board will move \u{a3}40,000 from the hospital \
        contract to home visits in the two poorest wards. Progress is told in June.";

    fn told(words: &[&str], most: usize) -> String {
        let place = |w: &&str| LONG.find(w).map(|at| (at, at + w.len())).unwrap();
        let text = quote(LONG, &words.iter().map(place).collect::<Vec<_>>(), most);
        assert!(text.chars().count() <= most + 4, "{text}");
        text
    }

    #[test]
    fn a_long_passage_is_quoted_where_it_was_found() {
        let found = ["move \u{a3}40,000 from the hospital", "the two poorest wards"];
        assert_eq!(
            told(&found, 160),
            "\u{2026} The board will move \u{a3}40,000 from the hospital contract to home visits in the two poorest wards. Progress is told in June."
        );
        assert!(told(&found, 60).starts_with("\u{2026} The board will move \u{a3}40,000"));
        assert!(told(&["agreed in May", "the order"], 120).starts_with("The strategy was agreed in May"));
        assert_eq!(told(&[], 40), "The strategy was agreed in May after a \u{2026}");
        assert_eq!(told(&found, 4000), LONG);
    }

    #[test]
    fn sentences_that_are_too_long_begin_between_words() {
        let text = format!("{} then we act, at once, for the few", "and so on ".repeat(60));
        let at = text.find("at once").unwrap();
        let shown = quote(&text, &[(at, at + 7), (0, 0)], 60);
        assert_eq!(shown, "\u{2026} on and so on and so on then we act, at once, for the few");
        let shown = quote(&format!("{text}, and all of it will have been paid for"), &[(at, at + 7)], 40);
        assert_eq!(shown, "\u{2026} we act, at once, for the few, and all \u{2026}");
    }

    #[test]
    fn marks_that_do_not_fit_the_text_do_no_harm() {
        let marks = [(51, 500), (99, 101), (102, 98), (9000, 9001), (usize::MAX - 1, usize::MAX)];
        assert!(quote(&"\u{e9}".repeat(100), &marks, 40).contains('\u{e9}'));
    }
}
