//! Joins lines, and makes words whole that were parted at the end of a line.
//!
//! Comes in: a text and the line that follows. Goes out: both as one. The words of the whole text
//! tell whether a hyphen belongs to the word.

use std::collections::HashSet;

/// Appends a line to a text.
pub(super) fn join(text: &mut String, line: &str, words: &HashSet<String>) {
    if let Some(stem) = text.strip_suffix('\u{AD}') {
        text.truncate(stem.len());
    } else if is_parted(text, line) {
        let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let tail = line.split(|c: char| !c.is_alphanumeric()).next();
        let with = format!("{head}{}", tail.unwrap_or_default()).to_lowercase();
        let is_word = words.contains(&with.replace('-', ""));
        if is_word || !(words.contains(&with) || keeps_hyphen(head)) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether a word was parted at the end of a line.
fn is_parted(before: &str, after: &str) -> bool {
    let mut tail = before.chars().rev();
    tail.next() == Some('-') && tail.next().is_some_and(char::is_alphabetic) && after.starts_with(char::is_lowercase)
}

/// Whether the first part of a word, with its hyphen, is usually written with one.
fn keeps_hyphen(head: &str) -> bool {
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    [
        "well-",
        "co-",
        "non-",
        "long-",
        "short-",
        "self-",
        "multi-",
        "cross-",
        "high-",
        "low-",
        "part-",
        "full-",
        "on-",
        "follow-",
        "evidence-",
        "health-",
        "pre-",
        "post-",
        "re-",
        "anti-",
        "all-",
        "place-",
        "person-",
        "decision-",
        "cost-",
        "mid-",
        "sub-",
        "wide-",
        "sector-",
    ]
    .contains(&head.as_str())
}
