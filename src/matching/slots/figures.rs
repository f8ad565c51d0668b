//! Numbers, and what is counted in them: money, staff, shares and changes.

use super::{Line, dates};

const UNITS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "dozen",
    "dozens",
];
const SCALES: &[&str] =
    &["hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "m", "k", "bn", "mn"];
const FRACTIONS: &[&str] = &[
    "third", "thirds", "quarter", "quarters", "fifth", "fifths", "sixth", "sixths", "eighth", "eighths", "tenth",
    "tenths",
];
const ROLES: &[&str] = &[
    "fte",
    "ftes",
    "wte",
    "wtes",
    "post",
    "posts",
    "role",
    "roles",
    "staff",
    "nurse",
    "nurses",
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "worker",
    "workers",
    "officer",
    "officers",
    "visitor",
    "visitors",
    "midwife",
    "midwives",
    "gp",
    "gps",
    "doctor",
    "doctors",
    "clinician",
    "clinicians",
    "practitioner",
    "practitioners",
    "manager",
    "managers",
    "coordinator",
    "coordinators",
    "navigator",
    "navigators",
    "connector",
    "connectors",
    "analyst",
    "analysts",
    "therapist",
    "therapists",
    "pharmacist",
    "pharmacists",
    "dietitian",
    "dietitians",
    "psychologist",
    "psychologists",
    "counsellor",
    "counsellors",
    "coach",
    "coaches",
    "consultant",
    "consultants",
    "apprentice",
    "apprentices",
    "caseworker",
    "caseworkers",
    "planner",
    "planners",
    "teacher",
    "teachers",
    "lead",
    "leads",
    "facilitator",
    "facilitators",
    "trainer",
    "trainers",
    "employee",
    "employees",
    "dentist",
    "dentists",
    "paramedic",
    "paramedics",
    "ambassador",
    "ambassadors",
    "interpreter",
    "interpreters",
    "prescriber",
    "prescribers",
    "researcher",
    "researchers",
    "registrar",
    "registrars",
    "administrator",
    "administrators",
    "secondee",
    "secondees",
    "wardens",
    "warden",
    "sessions",
    "clinics",
];
/// Words that part a number from a role that it does not count.
const NOT_BETWEEN: &[&str] = &[
    "of", "and", "or", "in", "for", "to", "by", "from", "with", "at", "on", "is", "are", "will", "the", "our", "their",
    "per", "a", "an", "that", "who", "year", "years", "month", "months", "week", "weeks", "people", "percent", "%",
    "was", "were", "we", "have", "has", "as", "day", "days", "hours", "hour",
];

/// Whether a word is written in figures: 12, 1.5.
pub(super) fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a word is a figure with its scale: 1.2m, 250k.
fn is_scaled(word: &str) -> bool {
    ["m", "k", "bn", "mn", "mil"].iter().any(|s| word.strip_suffix(s).is_some_and(is_figure))
}

/// A number in figures or words, with its scale.
fn amount(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    if is_figure(word) {
        return Some(if SCALES.contains(&line.word(at + 1)) { at + 2 } else { at + 1 });
    }
    if is_scaled(word) {
        return Some(at + 1);
    }
    if word == "half" && line.word(at + 1) == "a" && is_scale(line.word(at + 2)) {
        return Some(at + 3);
    }
    if word == "a" && (is_scale(line.word(at + 1)) || (line.word(at + 1), line.word(at + 2)) == ("couple", "of")) {
        return Some(at + if line.word(at + 1) == "couple" { 3 } else { 2 });
    }
    let mut end = at;
    while is_unit(line.word(end)) || (end > at && SCALES[..7].contains(&line.word(end))) {
        end += 1;
        let joined = line.word(end) == "and" && SCALES[..7].contains(&line.word(end - 1));
        if joined && is_unit(line.word(end + 1)) {
            end += 1;
        }
    }
    (end > at).then_some(end)
}

/// Whether a word is one of [`UNITS`]; most words are told by their first letter.
fn is_unit(word: &str) -> bool {
    matches!(word.as_bytes().first(), Some(b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'd')) && UNITS.contains(&word)
}

fn is_scale(word: &str) -> bool {
    SCALES[..7].contains(&word) || word == "dozen"
}

/// Any number, in figures or words.
pub(super) fn number(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let part = is_unit(word) && is_unit(line.before(at, 1));
    let pronoun = word == "one"
        && (matches!(line.word(at + 1), "of" | "another" | "or")
            || matches!(
                line.before(at, 1),
                "no" | "any" | "every" | "some" | "this" | "that" | "which" | "each" | "the"
            ));
    if part || pronoun || !starts_number(word) {
        return None;
    }
    amount(line, at)
}

pub(super) fn starts_number(word: &str) -> bool {
    is_figure(word) || is_scaled(word) || matches!(word, "half" | "a") || is_unit(word)
}

/// Whether a sum of money may begin with a word.
pub(super) fn begins_money(word: &str) -> bool {
    matches!(word, "£" | "$" | "€" | "thousands" | "millions" | "hundreds")
        || starts_number(word)
        || word.strip_suffix('p').is_some_and(is_figure)
}

/// A sum of money.
pub(super) fn money(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let sum = if matches!(word, "£" | "$" | "€") {
        let next = line.word(at + 1);
        let unset = matches!(next, "x" | "xm" | "xk" | "xx" | "xxx" | "tbc");
        if unset { Some(at + 2) } else { amount(line, at + 1).filter(|_| starts_number(next)) }
    } else if word.strip_suffix('p').is_some_and(is_figure) {
        Some(at + 1)
    } else if starts_number(word) && !matches!(line.before(at, 1), "£" | "$" | "€") {
        let end = amount(line, at)?;
        let currency = |w: &str| matches!(w, "pounds" | "pound" | "gbp" | "sterling" | "pence" | "euros");
        if currency(line.word(end)) {
            Some(end + 1)
        } else if line.word(end) == "of" && currency(line.word(end + 1)) {
            Some(end + 2)
        } else {
            None
        }
    } else if matches!(word, "thousands" | "millions" | "hundreds")
        && (line.word(at + 1), line.word(at + 2)) == ("of", "pounds")
    {
        Some(at + 3)
    } else {
        None
    }?;
    Some(per(line, sum))
}

/// Takes in "a year", "per head", "in the pound".
fn per(line: &Line<'_>, end: usize) -> usize {
    const PER: &[&str] = &[
        "year",
        "annum",
        "month",
        "week",
        "day",
        "hour",
        "head",
        "person",
        "household",
        "patient",
        "resident",
        "pupil",
        "child",
        "family",
        "capita",
        "place",
        "session",
        "ward",
        "practice",
        "school",
    ];
    match line.word(end) {
        "a" | "per" | "each" | "every" if PER.contains(&line.word(end + 1)) => end + 2,
        "annually" | "pa" | "yearly" | "recurrent" | "recurrently" => end + 1,
        "in" if (line.word(end + 1), line.word(end + 2)) == ("the", "pound") => end + 3,
        _ => end,
    }
}

/// Whether a number of posts may begin with a word.
pub(super) fn begins_staff(word: &str) -> bool {
    matches!(word, "a" | "an" | "another")
        || starts_number(word)
        || word.strip_suffix("fte").or_else(|| word.strip_suffix("wte")).is_some_and(is_figure)
}

/// A number of posts or people employed.
pub(super) fn staff(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    if matches!(line.before(at, 1), "£" | "$" | "€" | "band" | "phase" | "year") {
        return None;
    }
    if let Some(role) = word.strip_suffix("fte").or_else(|| word.strip_suffix("wte"))
        && is_figure(role)
    {
        return Some(role_after(line, at + 1, 3).unwrap_or(at + 1));
    }
    let mut end = if matches!(word, "a" | "an" | "another") {
        if matches!(line.before(at, 1), "such") {
            return None;
        }
        posted(line, at + 1)?
    } else if starts_number(word) && !(is_figure(word) && dates::is_year(word)) {
        amount(line, at)?
    } else {
        return None;
    };
    if line.word(end) == "x" || line.word(end) == "times" {
        end += 1;
    }
    if matches!(line.word(end), "whole" | "full") && line.word(end + 1) == "time" && line.word(end + 2) == "equivalent"
    {
        return Some(role_after(line, end + 3, 3).unwrap_or(end + 3));
    }
    if matches!(line.word(end), "fte" | "ftes" | "wte" | "wtes") {
        return Some(role_after(line, end + 1, 3).unwrap_or(end + 1));
    }
    role_after(line, end, 5)
}

/// The end of "full time", "dedicated" and the like after an article.
fn posted(line: &Line<'_>, at: usize) -> Option<usize> {
    match line.word(at) {
        "full" | "part" | "half" if line.word(at + 1) == "time" => Some(at + 2),
        "fixed" if line.word(at + 1) == "term" => Some(at + 2),
        "fulltime" | "parttime" | "dedicated" | "new" | "additional" | "extra" | "second" | "permanent" | "funded"
        | "salaried" | "seconded" | "paid" | "specialist" | "third" => Some(at + 1),
        _ => None,
    }
}

/// The end of the role that stands after at most so many other words.
fn role_after(line: &Line<'_>, at: usize, most: usize) -> Option<usize> {
    for end in at..=at + most {
        let word = line.word(end);
        if ROLES.contains(&word) {
            let longer = role_after(line, end + 1, 1).filter(|_| !NOT_BETWEEN.contains(&line.word(end + 1)));
            return Some(longer.unwrap_or(end + 1));
        }
        if word.is_empty() || NOT_BETWEEN.contains(&word) || dates::is_year(word) {
            return None;
        }
    }
    None
}

/// A share.
pub(super) fn percent(line: &Line<'_>, at: usize) -> Option<usize> {
    if let Some(end) = fraction(line, at) {
        return Some(end);
    }
    if !starts_number(line.word(at)) {
        return None;
    }
    let end = amount(line, at)?;
    let points = |end: usize| end + usize::from(matches!(line.word(end), "point" | "points"));
    match line.word(end) {
        "%" | "percent" | "pc" => Some(points(end + 1)),
        "percentage" => Some(points(end + 1)),
        "per" if line.word(end + 1) == "cent" => Some(points(end + 2)),
        "in" | "of" if matches!(line.word(end), "in") || line.before(end, 0) == "of" => {
            let from = if line.word(end + 1) == "every" { end + 2 } else { end + 1 };
            let from = if line.word(end) == "of" { return None } else { from };
            let whole = line.word(from);
            let counts = UNITS.contains(&whole) || (is_figure(whole) && !dates::is_year(whole));
            let end = amount(line, from).filter(|_| counts)?;
            (!dates::is_unit(line.word(end))).then_some(end)
        }
        "out" if line.word(end + 1) == "of" => {
            let from = if line.word(end + 2) == "every" { end + 3 } else { end + 2 };
            amount(line, from).filter(|_| starts_number(line.word(from)))
        }
        _ => None,
    }
}

/// "two thirds", "a fifth of", "half of".
fn fraction(line: &Line<'_>, at: usize) -> Option<usize> {
    let (word, next) = (line.word(at), line.word(at + 1));
    if word == "half" {
        let of = matches!(next, "of" | "the" | "our" | "all");
        return of.then_some(at + 1);
    }
    if !FRACTIONS.contains(&next) {
        return None;
    }
    let plural = next.ends_with('s');
    match word {
        "a" | "one" => {
            let clear = line.word(at + 2) == "of"
                || matches!(line.before(at, 1), "by" | "than" | "nearly" | "about" | "almost" | "to");
            (!plural && clear).then_some(at + 2)
        }
        "two" | "three" | "four" | "five" | "seven" | "nine" => plural.then_some(at + 2),
        _ => None,
    }
}

/// Words that are a change by themselves.
const CHANGES: &[&str] = &[
    "halve",
    "halving",
    "halved",
    "halves",
    "doubling",
    "doubled",
    "doubles",
    "triple",
    "trebling",
    "treble",
    "trebled",
    "tripling",
    "tripled",
    "quadruple",
    "quadrupled",
];

/// Whether a change may begin with a word.
pub(super) fn begins_change(word: &str) -> bool {
    matches!(word, "double" | "from" | "by" | "up" | "down") || CHANGES.contains(&word)
}

/// A change of a figure.
pub(super) fn change(line: &Line<'_>, at: usize) -> Option<usize> {
    match line.word(at) {
        word if CHANGES.contains(&word) => Some(at + 1),
        "double"
            if !matches!(
                line.word(at + 1),
                "blind" | "check" | "decker" | "glazing" | "glazed" | "count" | "counting"
            ) =>
        {
            Some(at + 1)
        }
        "from" => from_to(line, at),
        "by" => by(line, at),
        "up" | "down" => {
            let share = percent(line, at + 1);
            share.or_else(|| (line.word(at + 1) == "from").then(|| quantity(line, at + 2)).flatten())
        }
        _ => None,
    }
}

/// A number or share that is no year.
fn quantity(line: &Line<'_>, at: usize) -> Option<usize> {
    let at = if matches!(line.word(at), "£" | "$" | "€") { at + 1 } else { at };
    if dates::is_year(line.word(at)) || !starts_number(line.word(at)) {
        return None;
    }
    percent(line, at).or_else(|| amount(line, at)).filter(|end| !dates::is_month(line.word(*end)))
}

/// "from 12% to 9%", with a few words before and after the first figure.
fn from_to(line: &Line<'_>, at: usize) -> Option<usize> {
    let first = (at + 1..at + 6).find_map(|i| quantity(line, i))?;
    let to = (first..first + 5).find(|i| line.word(*i) == "to")?;
    (to + 1..to + 5).find_map(|i| quantity(line, i))
}

/// "by a third", "by 14%", "by two years".
fn by(line: &Line<'_>, at: usize) -> Option<usize> {
    let from = match (line.word(at + 1), line.word(at + 2)) {
        ("at", "least") | ("up", "to") | ("more", "than") => at + 3,
        ("around" | "about" | "over" | "nearly" | "almost" | "another", _) => at + 2,
        _ => at + 1,
    };
    if line.word(from) == "half" {
        return Some(from + 1);
    }
    if let Some(share) = percent(line, from) {
        return Some(share);
    }
    let end = quantity(line, from)?;
    let unit = matches!(
        line.word(end),
        "years"
            | "year"
            | "months"
            | "days"
            | "points"
            | "point"
            | "people"
            | "households"
            | "places"
            | "hours"
            | "weeks"
            | "children"
            | "patients"
            | "families"
            | "admissions"
            | "deaths"
            | "tonnes"
            | "minutes"
    );
    let sum = matches!(line.word(from), "£" | "$" | "€");
    if unit { Some(end + 1) } else { sum.then_some(end) }
}
