//! A passage as the page shows it: cells, pieces with and without marks, and reasons as sentences.

use crate::assess::{Cited, Evidence, FoundBy, NearMiss, Reason};
use crate::report::words;
use std::ops::Range;

/// A passage with the words around it.
pub(super) struct Quote {
    /// "page 4"; empty where the format has no pages.
    pub page: String,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// The paragraph that leads its list in; empty where there is none.
    pub lead_in: String,
    /// One cell, or those of a table's row.
    pub cells: Vec<Cell>,
    /// The name of its level.
    pub level: &'static str,
    /// Which reader found it; empty where another sentence tells it.
    pub found_by: &'static str,
    /// Why it does not surely count; empty for evidence.
    pub why: String,
    /// What speaks for it.
    pub says: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// What earned the level.
    pub earned: Vec<String>,
    /// What lowered it.
    pub lowered: Vec<String>,
}

/// A part of a passage.
pub(super) struct Cell {
    /// The name of its column; empty where there is none.
    pub label: String,
    pub pieces: Vec<Piece>,
}

/// A run of text that is marked or not.
pub(super) struct Piece {
    pub text: String,
    pub marked: bool,
}

/// Bytes of a passage that are shown at most, and around its marks.
const LONGEST: usize = 1600;
const AROUND: usize = 300;
/// Rules and cues of one kind that are shown at most, and words with each.
const REASONS: usize = 2;
const CUES: usize = 4;
const WORDS: usize = 3;

impl Quote {
    /// Evidence with what earned its level.
    pub(super) fn evidence(title: &str, e: &Evidence) -> Self {
        // What the trained model doubts it has not found, however near it came.
        let doubted = e.rules.iter().any(|r| r.is_model() && r.points < 0.0) && e.found_by == FoundBy::Both;
        let found_by = words::found_by(if doubted { FoundBy::Rules } else { e.found_by });
        Self { found_by, ..Self::new(title, &e.cited, e.level, "", (&e.rules, &e.cues)) }
    }

    /// A near miss with why it does not surely count.
    pub(super) fn near_miss(title: &str, n: &NearMiss) -> Self {
        Self {
            // Why it is not sure tells it where no rule found it.
            found_by: if n.found_by == FoundBy::Learned { "" } else { words::found_by(n.found_by) },
            ..Self::new(title, &n.cited, n.level, &n.why, (&n.rules, &n.cues))
        }
    }

    fn new(title: &str, cited: &Cited, level: u8, why: &str, (rules, cues): (&[Reason], &[Reason])) -> Self {
        let mut quote = Self {
            page: words::page(cited),
            headings: headings(title, cited),
            lead_in: cited.lead_in.as_deref().map(words::clean).unwrap_or_default(),
            cells: cells(cited),
            level: words::level(level),
            found_by: "",
            why: words::clean(why),
            says: Vec::new(),
            against: Vec::new(),
            earned: Vec::new(),
            lowered: Vec::new(),
        };
        for reason in rules.iter().chain(cues) {
            let (list, most) = match kind(reason) {
                Kind::For => (&mut quote.says, REASONS),
                Kind::Against => (&mut quote.against, REASONS),
                Kind::Earned => (&mut quote.earned, CUES),
                Kind::Lowered => (&mut quote.lowered, CUES),
                Kind::Neither => continue,
            };
            if list.len() < most {
                list.push(sentence(reason));
            }
        }
        quote
    }
}

enum Kind {
    For,
    Against,
    Earned,
    Lowered,
    Neither,
}

/// The headings above a passage, without the document's own title.
fn headings(title: &str, cited: &Cited) -> Vec<String> {
    let all = cited.headings.iter().map(|h| words::clean(h)).enumerate();
    all.filter(|(i, h)| !h.is_empty() && (*i > 0 || h != title)).map(|(_, h)| h).collect()
}

/// What a reason does. Cues move the level; all else moves the certainty.
fn kind(reason: &Reason) -> Kind {
    match reason.id.strip_prefix("cue.") {
        Some("commitment" | "owner" | "date" | "amount" | "measure" | "adopted") => Kind::Earned,
        Some("hedge" | "need" | "history" | "quoted" | "signpost" | "denial") => Kind::Lowered,
        // Who found a passage says it.
        _ if reason.points > 0.0 && reason.is_model() => Kind::Neither,
        _ if reason.points > 0.0 => Kind::For,
        _ if reason.points < 0.0 => Kind::Against,
        _ => Kind::Neither,
    }
}

/// "commits to an action ("will report")".
fn sentence(reason: &Reason) -> String {
    let mut seen: Vec<String> = Vec::new();
    for word in reason.words.iter().map(|w| words::shorten(&words::clean(w), 80)) {
        if word.contains(char::is_alphanumeric) && !seen.iter().any(|s| s.contains(&word)) {
            seen.retain(|s| !word.contains(s.as_str()));
            seen.push(word);
        }
    }
    let says = words::clean(&reason.says);
    if seen.is_empty() {
        return says;
    }
    let quoted: Vec<String> = seen.iter().take(WORDS).map(|w| format!("\u{201c}{w}\u{201d}")).collect();
    format!("{says} ({})", quoted.join(", "))
}

/// The cells of a row with their columns' names, or the passage as one cell.
fn cells(cited: &Cited) -> Vec<Cell> {
    let quote = cited.quote.as_str();
    let mut ranges = Vec::new();
    let mut start = 0;
    for part in quote.split(" | ") {
        ranges.push(start..start + part.len());
        start += part.len() + 3;
    }
    if ranges.len() < 2 || ranges.len() != cited.columns.len() {
        let range = excerpt(quote, &cited.marks);
        return vec![Cell { label: String::new(), pieces: pieces(quote, range, &cited.marks) }];
    }
    let cell = |(range, label): (Range<usize>, &String)| Cell {
        label: words::clean(label),
        pieces: pieces(quote, range, &cited.marks),
    };
    ranges.into_iter().zip(&cited.columns).filter(|(r, _)| !r.is_empty()).map(cell).collect()
}

/// The part of a long passage that holds its marks.
fn excerpt(quote: &str, marks: &[(usize, usize)]) -> Range<usize> {
    if quote.len() <= LONGEST {
        return 0..quote.len();
    }
    let first = marks.first().map_or(0, |m| m.0);
    let start = if first > AROUND * 2 { first - AROUND } else { 0 };
    let last = marks.last().map_or(0, |m| m.1).min(start + LONGEST - AROUND);
    boundary(quote, start)..boundary(quote, (last + AROUND).max(start + LONGEST / 2))
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// A range of a passage, cut where marks begin and end. Marks that do not fit the text are left out.
fn pieces(quote: &str, range: Range<usize>, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            out.push(Piece { text: text.to_owned(), marked });
        }
    };
    if range.start > 0 && !quote[..range.start].ends_with(" | ") {
        push("\u{2026} ", false);
    }
    let mut at = range.start;
    for &(start, end) in marks {
        let (start, end) = (start.max(at), end.min(range.end));
        if start < end
            && let (Some(before), Some(marked)) = (quote.get(at..start), quote.get(start..end))
        {
            push(before, false);
            push(marked, true);
            at = end;
        }
    }
    push(quote.get(at..range.end).unwrap_or_default(), false);
    if range.end < quote.len() && !quote[range.end..].starts_with(" | ") {
        push(" \u{2026}", false);
    }
    out
}
