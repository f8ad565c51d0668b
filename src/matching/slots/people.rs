//! Places smaller than the whole area, and groups of people.

use super::Line;
use super::bodies::NO_NAME;
use super::figures;

const SMALL_PLACES: &[&str] = &[
    "ward",
    "wards",
    "estate",
    "estates",
    "neighbourhood",
    "neighbourhoods",
    "lsoa",
    "lsoas",
    "msoa",
    "msoas",
    "parish",
    "parishes",
    "village",
    "villages",
    "locality",
    "localities",
    "postcode",
    "postcodes",
    "street",
    "streets",
    "town",
    "towns",
];
const SHARES: &[&str] =
    &["decile", "deciles", "quintile", "quintiles", "tenth", "fifth", "quarter", "quartile", "third"];

/// Whether a small place may begin with a word that has no capital.
pub(super) fn begins_place(word: &str) -> bool {
    matches!(
        word,
        "imd" | "deprivation" | "decile" | "deciles" | "quintile" | "quintiles" | "the" | "these" | "those" | "our"
    ) || matches!(word, "most" | "worst" | "bottom" | "lowest" | "poorest" | "least")
        || word.starts_with("core20")
        || figures::starts_number(word)
}

/// A place smaller than the whole area.
pub(super) fn place(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    if word.starts_with("core20") {
        return Some(at + 1);
    }
    if matches!(word, "imd" | "deprivation" | "decile" | "deciles" | "quintile" | "quintiles")
        && let Some(end) = decile(line, at)
    {
        return Some(end);
    }
    if matches!(word, "most" | "worst" | "bottom" | "lowest" | "poorest" | "least")
        && let Some(end) = worst(line, at)
    {
        return Some(end);
    }
    if let Some(end) = counted_places(line, at) {
        return Some(end);
    }
    if line.capital(at) && !NO_NAME.contains(&word) {
        let mut end = at + 1;
        while line.capital(end) && end < at + 4 && !SMALL_PLACES.contains(&line.word(end)) {
            end += 1;
        }
        return SMALL_PLACES.contains(&line.word(end)).then_some(end + 1);
    }
    None
}

/// "IMD decile 1", "IMD 1-2", "deciles 1 to 3".
fn decile(line: &Line<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while matches!(line.word(end), "imd" | "deprivation" | "decile" | "deciles" | "quintile" | "quintiles" | "of") {
        end += 1;
    }
    let small = |i: usize| {
        let word = line.word(i);
        (word.len() <= 2 && figures::is_figure(word)) || matches!(word, "one" | "two" | "three" | "four" | "five")
    };
    if !small(end) {
        return None;
    }
    end += 1;
    let link = usize::from(matches!(line.word(end), "to" | "and" | "or"));
    let dash = usize::from(line.original(end).starts_with(['-', '–', '—']));
    Some(if small(end + link + dash) { end + link + dash + 1 } else { end })
}

/// "most deprived quintile", "bottom 20%", "most deprived areas".
fn worst(line: &Line<'_>, at: usize) -> Option<usize> {
    let deprived = matches!(line.word(at + 1), "deprived" | "disadvantaged" | "affluent" | "income");
    let mut next = at + 1 + usize::from(deprived);
    if deprived
        && (SMALL_PLACES.contains(&line.word(next)) || matches!(line.word(next), "area" | "areas" | "communities"))
    {
        return Some(next + 1);
    }
    if let Some(end) = figures::percent(line, next) {
        return Some(end);
    }
    if figures::number(line, next).is_some() {
        next = figures::number(line, next).unwrap_or(next);
    }
    let share = SHARES.contains(&line.word(next)) || (SMALL_PLACES.contains(&line.word(next)) && next > at + 1);
    share.then_some(next + 1)
}

/// "six wards", "the five priority neighbourhoods", "these estates".
fn counted_places(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let from = match word {
        "the" | "these" | "those" | "our" => {
            figures::number(line, at + 1).or(matches!(word, "these" | "those").then_some(at + 1))?
        }
        _ => figures::number(line, at)?,
    };
    for end in from..from + 4 {
        let word = line.word(end);
        if SMALL_PLACES.contains(&word) {
            return Some(end + 1);
        }
        if word.is_empty() || matches!(word, "of" | "in" | "and" | "to" | "for" | "%" | "per" | "people" | "at" | "by")
        {
            return None;
        }
    }
    None
}

const PERSONS: &[&str] = &[
    "people",
    "residents",
    "families",
    "households",
    "renters",
    "tenants",
    "children",
    "adults",
    "women",
    "men",
    "mothers",
    "parents",
    "patients",
    "pupils",
    "communities",
    "workers",
    "person",
    "those",
    "young",
    "learners",
    "students",
    "homeowners",
    "pensioners",
    "boys",
    "girls",
    "babies",
    "groups",
    "neighbours",
];
/// Beginnings of words that tell that somebody is worse off.
const WORSE_OFF: &[&str] = &[
    "low",
    "poor",
    "povert",
    "debt",
    "depriv",
    "disab",
    "disadvantag",
    "homeless",
    "refugee",
    "asylum",
    "minorit",
    "ethnic",
    "autis",
    "addict",
    "struggl",
    "vulnerab",
    "marginal",
    "exclu",
    "isolat",
    "unemploy",
    "benefits",
    "universal",
    "sen",
    "dementia",
    "impair",
    "migrant",
    "traveller",
    "prison",
    "offend",
    "underserved",
    "insecur",
    "arrears",
    "hardship",
    "learning",
    "mental",
    "substance",
    "abuse",
    "care",
    "outofwork",
];
const ALONE: &[&str] =
    &["refugees", "migrants", "gypsies", "travellers", "veterans", "carers", "prisoners", "homeless", "disabled"];

/// Whether a group of people may begin with a word.
pub(super) fn begins_group(word: &str) -> bool {
    matches!(word, "rough" | "looked" | "sex") || ALONE.contains(&word) || PERSONS.contains(&word) || worse(word)
}

fn worse(word: &str) -> bool {
    !word.is_empty() && WORSE_OFF.iter().any(|s| word.starts_with(s))
}

/// People who are worse off or named as a group.
pub(super) fn group(line: &Line<'_>, at: usize) -> Option<usize> {
    let (word, next) = (line.word(at), line.word(at + 1));
    match (word, next) {
        ("care", "leavers")
        | ("rough", "sleepers")
        | ("asylum", "seekers")
        | ("looked", "after")
        | ("young", "carers")
        | ("sex", "workers") => return Some(at + 2),
        _ => {}
    }
    if ALONE.contains(&word) {
        return Some(at + 1 + usize::from(PERSONS.contains(&next)));
    }
    if PERSONS.contains(&word) {
        let mut link = at + 1;
        while PERSONS.contains(&line.word(link)) || line.word(link) == "and" && PERSONS.contains(&line.word(link + 1)) {
            link += 1;
        }
        let linked = matches!(
            line.word(link),
            "on" | "in" | "with" | "from" | "who" | "living" | "without" | "facing" | "experiencing" | "at" | "most"
        );
        return linked.then(|| (link + 1..link + 5).find(|i| worse(line.word(*i)))).flatten().map(|i| {
            let more =
                matches!(line.word(i + 1), "incomes" | "income" | "areas" | "wards" | "homes" | "health" | "pay");
            i + 1 + usize::from(more)
        });
    }
    if worse(word) && !matches!(word, "care" | "sense" | "send") {
        return (at + 1..at + 4).find(|i| PERSONS.contains(&line.word(*i))).map(|i| i + 1).filter(|end| {
            (at + 1..*end)
                .all(|i| !matches!(line.word(i), "" | "for" | "of" | "to" | "the" | "in" | "on" | "among" | "by"))
        });
    }
    None
}
