//! Dates, years and periods that something is due.

use super::Line;
use super::figures::is_figure;
use std::ops::Range;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SHORT_MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
const SEASONS: &[&str] = &["spring", "summer", "autumn", "winter"];
const UNITS: &[&str] = &["day", "days", "week", "weeks", "month", "months", "year", "years", "quarter", "quarters"];
/// Words after which a bare year says when something is due.
const DUE: &[&str] = &[
    "by",
    "from",
    "in",
    "during",
    "until",
    "till",
    "before",
    "throughout",
    "through",
    "early",
    "mid",
    "late",
    "for",
    "of",
    "end",
    "to",
    "starting",
    "beginning",
    "target",
];

/// Whether a word is a year of our time.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && is_figure(word) && matches!(word.get(..2), Some("19" | "20")) && !word.contains('.')
}

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || SHORT_MONTHS.contains(&word)
}

/// Whether a word is a unit of time.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// Words with which a date may begin beside months, seasons, days and years.
const OPENERS: &[&str] = &[
    "by",
    "from",
    "in",
    "during",
    "until",
    "till",
    "before",
    "throughout",
    "on",
    "for",
    "starting",
    "end",
    "early",
    "mid",
    "late",
    "within",
    "over",
    "after",
    "the",
    "next",
    "this",
    "each",
    "year",
    "month",
    "quarter",
    "phase",
    "week",
    "christmas",
    "easter",
    "q1",
    "q2",
    "q3",
    "q4",
    "first",
    "second",
    "third",
    "fourth",
    "final",
    "last",
];

/// Whether a date may begin with a word.
pub(super) fn begins(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || is_month(word)
        || SEASONS.contains(&word)
        || OPENERS.contains(&word)
}

/// Adds the dates that begin at a word, with and without what leads them in.
pub(super) fn date(line: &Line<'_>, at: usize, add: &mut impl FnMut(Range<usize>)) {
    let lead = lead_in(line, at);
    if lead > at {
        if let Some(end) = core(line, lead, true) {
            add(at..end);
        }
        if let Some(end) = period_end(line, lead) {
            add(at..end);
        }
        if let Some(end) = span(line, lead) {
            add(at..end);
        }
    }
    if let Some(end) = span(line, at) {
        add(at..end);
    }
    let led = DUE.contains(&line.before(at, 1)) || matches!((line.before(at, 2), line.before(at, 1)), (_, "the"));
    if let Some(end) = core(line, at, led) {
        add(at..end);
    }
}

/// Skips "by", "by the end of", "from early" and the like.
fn lead_in(line: &Line<'_>, at: usize) -> usize {
    let mut next = match line.word(at) {
        "by" | "from" | "in" | "during" | "until" | "till" | "before" | "throughout" | "on" | "for" | "starting" => {
            at + 1
        }
        "end" if line.word(at + 1) == "of" => at + 2,
        "early" | "mid" | "late" => at + 1,
        _ => return at,
    };
    loop {
        next = match (line.word(next), line.word(next + 1)) {
            ("the", _) | ("early" | "mid" | "late" | "around" | "about", _) => next + 1,
            ("end" | "start" | "beginning" | "middle" | "close", "of") => next + 2,
            _ => return next,
        };
    }
}

/// "the year", after "by the end of".
fn period_end(line: &Line<'_>, at: usize) -> Option<usize> {
    let end = (1..=4).any(|back| matches!(line.before(at, back), "end" | "close" | "start" | "middle"));
    if !end {
        return None;
    }
    let at = at + usize::from(matches!(line.word(at), "this" | "next" | "each" | "that"));
    match (line.word(at), line.word(at + 1)) {
        ("financial" | "calendar" | "academic" | "school" | "municipal", "year") => Some(at + 2),
        ("year" | "month" | "quarter" | "decade" | "parliament" | "programme" | "plan" | "strategy" | "week", next) => {
            let number =
                matches!(next, "one" | "two" | "three" | "four" | "five") || next.len() == 1 && is_figure(next);
            Some(at + 1 + usize::from(number))
        }
        _ => None,
    }
}

/// "within six months", "over the next three years", "next year".
fn span(line: &Line<'_>, at: usize) -> Option<usize> {
    let after = match (line.word(at), line.word(at + 1), line.word(at + 2)) {
        ("within" | "in" | "over" | "during" | "for", "the", "next" | "first" | "coming") => at + 3,
        ("within" | "after" | "in", ..) => at + 1,
        ("the", "next" | "coming", _) => at + 2,
        ("next" | "this" | "each", unit, after) => {
            return match (unit, after) {
                ("financial" | "academic" | "school" | "calendar", "year") if line.word(at) != "each" => Some(at + 3),
                ("year" | "month" | "quarter" | "week" | "spring" | "summer" | "autumn" | "winter", _)
                    if line.word(at) != "each" =>
                {
                    Some(at + 2)
                }
                _ => None,
            };
        }
        ("year" | "month" | "quarter" | "phase" | "week", number, _) => {
            let led =
                matches!(line.before(at, 1), "in" | "by" | "from" | "during" | "of" | "for") || line.is_all(at..at + 2);
            let small = number.len() == 1 && is_figure(number) || matches!(number, "one" | "two" | "three" | "four");
            return (led && small).then_some(at + 2);
        }
        ("christmas" | "easter", ..) => {
            return matches!(line.before(at, 1), "by" | "before" | "after").then_some(at + 1);
        }
        _ => return None,
    };
    if is_unit(line.word(after)) && after > at + 1 {
        return Some(after + 1);
    }
    let counted = number_words(line, after)?;
    let counted = counted + usize::from(matches!(line.word(counted), "to" | "or"));
    let counted = number_words(line, counted).unwrap_or(counted);
    let counted = counted + usize::from(matches!(line.word(counted), "working" | "calendar" | "financial" | "school"));
    // "in two years" is a date; "in 10 days of measures" cannot be told apart.
    is_unit(line.word(counted)).then_some(counted + 1)
}

fn number_words(line: &Line<'_>, at: usize) -> Option<usize> {
    let number = super::figures::number(line, at)?;
    (!is_year(line.word(at))).then_some(number)
}

/// A date itself. A bare year or a bare month counts where `led` says that a word leads it in, or
/// where it is all that a cell holds.
fn core(line: &Line<'_>, at: usize, led: bool) -> Option<usize> {
    let word = line.word(at);
    let alone = |end: usize| led || line.is_all(at..end);
    if let Some(month) = month_at(line, at) {
        return month_date(line, at, month, led);
    }
    if SEASONS.contains(&word) {
        if let Some(end) = year_at(line, at + 1) {
            return Some(end);
        }
        return (alone(at + 1) && led).then_some(at + 1);
    }
    if let Some(end) = quarter(line, at) {
        return Some(year_at(line, end).unwrap_or(end));
    }
    if let Some(day) = day(word) {
        let month = at + 1 + usize::from(line.word(at + 1) == "of");
        if day && month_at(line, month).is_some() {
            return Some(year_at(line, month + 1).unwrap_or(month + 1));
        }
    }
    if let Some(end) = numeric(line, at) {
        return Some(end);
    }
    if is_year(word) && !is_year(line.before(at, 1)) && !line.original(at).contains(',') {
        let end = year_at(line, at)?;
        return (end > at + 1 || alone(end)).then_some(end);
    }
    None
}

/// A month, if the word is surely meant as one.
fn month_at(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let long = MONTHS.contains(&word);
    let next_year = year_at(line, at + 1).is_some();
    let near = next_year || day(line.word(at + 1)) == Some(true) || day(line.before(at, 1)) == Some(true);
    let doubtful = matches!(word, "may" | "march");
    let sure = (long && !doubtful) || (SHORT_MONTHS.contains(&word) && (near || line.is_all(at..at + 1)));
    let capital = doubtful && line.capital(at) && at > line.start;
    (sure || capital || (doubtful && (next_year || line.is_all(at..at + 1)))).then_some(at)
}

fn month_date(line: &Line<'_>, at: usize, month: usize, led: bool) -> Option<usize> {
    if let Some(end) = year_at(line, month + 1) {
        return Some(end);
    }
    if day(line.word(month + 1)) == Some(true) {
        return Some(year_at(line, month + 2).unwrap_or(month + 2));
    }
    // "June 26" has been taken as a day above; a month alone is due only where it is led in.
    (led || line.is_all(at..month + 1)).then_some(month + 1)
}

/// Whether a word may be a day of a month: 3, 21st.
fn day(word: &str) -> Option<bool> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    let number: u32 = digits.parse().ok()?;
    Some((1..=31).contains(&number))
}

/// A year, a financial year or a range of years.
fn year_at(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    if !is_year(word) {
        return None;
    }
    let next = line.word(at + 1);
    let joined = line.between(at).trim();
    let tied = matches!(joined, "/" | "-" | "–" | "—" | "‑");
    let short = next.len() == 2 && is_figure(next) && tied;
    Some(if short || (is_year(next) && tied) { at + 2 } else { at + 1 })
}

fn quarter(line: &Line<'_>, at: usize) -> Option<usize> {
    match (line.word(at), line.word(at + 1)) {
        ("q1" | "q2" | "q3" | "q4", next) => Some(at + 1 + usize::from(next == "of")),
        ("quarter", "1" | "2" | "3" | "4" | "one" | "two" | "three" | "four") => Some(at + 2),
        ("first" | "second" | "third" | "fourth" | "final" | "last", "quarter") => {
            let of = line.word(at + 2) == "of" && is_year(line.word(at + 3));
            Some(at + 2 + usize::from(of))
        }
        _ => None,
    }
    .map(|end| if line.before(end, 1) == "of" && !is_year(line.word(end)) { end - 1 } else { end })
}

/// 31/03/2027, 01.04.26.
fn numeric(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let parts: Vec<&str> = word.split('.').collect();
    let dated = |d: &str, m: &str, y: &str| {
        day(d) == Some(true)
            && m.parse::<u32>().is_ok_and(|m| (1..=12).contains(&m))
            && (is_year(y) || (y.len() == 2 && is_figure(y)))
    };
    if let [d, m, y] = parts.as_slice() {
        return dated(d, m, y).then_some(at + 1);
    }
    let slashes = matches!((line.between(at), line.between(at + 1)), ("/", "/") | ("-", "-"));
    (slashes && dated(word, line.word(at + 1), line.word(at + 2))).then_some(at + 3)
}
