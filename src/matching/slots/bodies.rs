//! Bodies and posts that can own something.

use super::Line;

/// Words that end the name of a body whether it is written with a capital or not.
const TEAMS: &[&str] =
    &["team", "teams", "board", "committee", "subcommittee", "directorate", "department", "panel", "unit", "office"];
/// Words that end the name of a body only where they are written with a capital, or after a name.
const BODIES: &[&str] = &[
    "council",
    "councils",
    "trust",
    "partnership",
    "alliance",
    "group",
    "service",
    "services",
    "network",
    "forum",
    "authority",
    "commission",
    "agency",
    "association",
    "collaborative",
    "consortium",
    "federation",
    "foundation",
    "company",
    "university",
    "college",
    "charity",
    "hub",
    "police",
    "executive",
    "cabinet",
    "assembly",
    "centre",
    "society",
    "union",
    "programme",
    "taskforce",
    "system",
    "provider",
    "housing",
    "homes",
    "mind",
];
/// Words that end the name of a post.
const POSTS: &[&str] = &[
    "manager",
    "managers",
    "lead",
    "leads",
    "officer",
    "officers",
    "director",
    "directors",
    "coordinator",
    "head",
    "commissioner",
    "commissioners",
    "consultant",
    "adviser",
    "advisor",
    "champion",
    "chair",
    "executive",
    "analyst",
    "practitioner",
    "nurse",
    "planner",
    "registrar",
    "leader",
    "member",
    "sponsor",
    "engineer",
];
/// Names of their own.
const KNOWN: &[&str] = &[
    "icb",
    "icbs",
    "icp",
    "pcn",
    "pcns",
    "ccg",
    "ccgs",
    "hwb",
    "dwp",
    "ohid",
    "ukhsa",
    "dph",
    "healthwatch",
    "nhse",
    "vcse",
    "bob",
];
/// Words with a capital that begin a sentence and are no part of a name.
pub(super) const NO_NAME: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "this",
    "that",
    "these",
    "those",
    "each",
    "every",
    "any",
    "all",
    "its",
    "their",
    "your",
    "my",
    "his",
    "her",
    "no",
    "some",
    "such",
    "both",
    "new",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "to",
    "of",
    "as",
    "and",
    "or",
    "but",
    "if",
    "when",
    "where",
    "while",
    "we",
    "they",
    "it",
    "he",
    "she",
    "you",
    "i",
    "one",
    "through",
    "under",
    "working",
    "strong",
    "effective",
    "better",
    "other",
    "many",
    "most",
    "more",
    "several",
    "existing",
    "local",
    "within",
    "across",
    "between",
    "is",
    "are",
    "was",
    "will",
    "has",
    "what",
    "who",
    "how",
];

/// Words with which a body or post may begin though they have no capital.
const OPENERS: &[&str] = &[
    "the",
    "our",
    "nhs",
    "age",
    "citisens",
    "public",
    "chief",
    "deputy",
    "assistant",
    "corporate",
    "strategic",
    "executive",
    "clinical",
    "service",
    "cabinet",
    "portfolio",
    "lead",
    "director",
    "head",
    "department",
    "office",
    "university",
    "commissioner",
    "board",
    "ministry",
    "chair",
];

/// Whether a body may begin with a word that has no capital.
pub(super) fn begins(word: &str) -> bool {
    KNOWN.contains(&word) || OPENERS.contains(&word)
}

/// A named body, team, board or post.
pub(super) fn body(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    if KNOWN.contains(&word) {
        let longer = (at + 1..at + 3).find(|i| TEAMS.contains(&line.word(*i)) || BODIES.contains(&line.word(*i)));
        return Some(longer.map_or(at + 1, |i| i + 1));
    }
    if let Some(end) = known_pair(line, at).or_else(|| post_of(line, at)) {
        return Some(end);
    }
    if matches!(word, "the" | "our") {
        return plain_team(line, at + 1);
    }
    named(line, at)
}

/// "NHS England", "Citizens Advice" (as folded), "Age UK".
fn known_pair(line: &Line<'_>, at: usize) -> Option<usize> {
    match (line.word(at), line.word(at + 1)) {
        ("nhs", "england") | ("age", "uk") | ("citisens", "advice") | ("public", "health") if line.capital(at) => {
            let england = line.word(at + 2) == "england";
            (line.word(at) != "public" || england).then_some(at + 2 + usize::from(line.word(at) == "public"))
        }
        _ => None,
    }
}

/// "Director of Public Health", "head of housing", "cabinet member for health".
fn post_of(line: &Line<'_>, at: usize) -> Option<usize> {
    let (link, strict) = match (line.word(at), line.word(at + 1)) {
        ("chief" | "deputy" | "assistant" | "corporate" | "strategic" | "executive" | "clinical" | "service", next) => {
            if next == "executive" {
                return Some(at + 2);
            }
            return post_of(line, at + 1).filter(|_| POSTS.contains(&next));
        }
        ("cabinet" | "portfolio" | "lead", "member" | "holder" | "councillor") => (at + 2, false),
        ("director" | "head", _) => (at + 1, false),
        ("department" | "office" | "university" | "lead" | "commissioner" | "board" | "ministry" | "chair", _) => {
            (at + 1, true)
        }
        _ => return None,
    };
    if !matches!(line.word(link), "of" | "for") || (strict && !line.capital(at)) {
        return None;
    }
    let mut end = link + 1 + usize::from(line.word(link + 1) == "the");
    if line.word(end).is_empty() {
        return None;
    }
    end += 1;
    while line.capital(end) || (matches!(line.word(end), "and" | "of" | "for") && line.capital(end + 1)) {
        end += 1;
        if end >= line.end || line.word(end).is_empty() {
            break;
        }
    }
    Some(end)
}

/// "the public health team", "the licensing committee".
fn plain_team(line: &Line<'_>, at: usize) -> Option<usize> {
    const VAGUE: &[&str] =
        &["whole", "right", "new", "same", "wider", "entire", "full", "across", "head", "small", "of"];
    for end in at + 1..at + 6 {
        let word = line.word(end);
        if word.is_empty() || matches!(word, "of" | "to" | "for" | "in" | "is" | "will" | "that") {
            return None;
        }
        if TEAMS.contains(&word) {
            return (!VAGUE.contains(&line.word(at))).then_some(end + 1);
        }
    }
    None
}

/// Words with capitals that end in a body or a post.
fn named(line: &Line<'_>, at: usize) -> Option<usize> {
    if !line.capital(at) || NO_NAME.contains(&line.word(at)) {
        return None;
    }
    let opens = at == line.start;
    let short = line.end - line.start <= 8;
    let mut best = None;
    let mut lower = 0;
    for end in at + 1..(at + 9).min(line.end) {
        let word = line.word(end);
        let capital = line.capital(end);
        if word.is_empty() {
            break;
        }
        let team = TEAMS.contains(&word) || (POSTS.contains(&word) && (capital || short));
        let body = BODIES.contains(&word) && (capital || (!opens && lower == 0));
        if team || body {
            best = Some(end + 1);
        }
        let link = matches!(word, "and" | "of" | "for" | "the" | "on" | "with");
        if !capital && !team && !body {
            lower += usize::from(!link);
            // A cell such as "Public health team" may go on in lower case; running text may not.
            if lower > if short { 3 } else { 0 } || (link && !line.capital(end + 1) && !short) {
                break;
            }
        }
    }
    best
}
