//! Whether the cells of a row name the columns, told by their words alone.
//!
//! Comes in: the texts of a first row that neither its style nor the file marks. Goes out: whether it says
//! "Action, Lead, By when" or the like.

/// Longest name of a column, in characters.
const LONGEST: usize = 40;
/// What plans, strategies and their appendices call their columns, in the singular.
const USUAL: &str = "action activity aim ambition amount baseline benefit budget comment completion cost date deadline \
    deliverable description due evidence goal indicator intervention kpi lead likelihood measure \
    milestone mitigation objective outcome output owner priority progress rag rating reason \
    recommendation ref reference resource responsibility responsible risk score source stage status step \
    target task timeframe timeline timescale timing title total update what when who";
/// Names of columns when they stand alone; with others they are what a row speaks of: "Public health team".
const ALONE: &str = "area category cohort fund funding group impact initiative issue no note number officer organisation \
    partner project scheme service team theme topic ward year";

/// Whether cells name columns: two at least, all short and without figures, half of them usual names.
pub(super) fn are_names<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let filled: Vec<&str> = cells.map(str::trim).filter(|c| !c.is_empty()).collect();
    let could = |c: &&str| {
        c.chars().count() <= LONGEST && !c.contains(|c: char| c.is_ascii_digit()) && !c.ends_with(['.', ';', ','])
    };
    let usual = filled.iter().filter(|c| is_usual(c)).count();
    usual >= 2 && usual * 2 >= filled.len() && filled.iter().all(could)
}

/// Whether a name begins or ends with a usual word, or is one.
fn is_usual(name: &str) -> bool {
    let name = name.split_once('(').map_or(name, |(before, _)| before);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [] => false,
        [word] => is_in(USUAL, word) || is_in(ALONE, word),
        [first, .., last] => is_in(USUAL, first) || is_in(USUAL, last),
    }
}

/// Whether a list holds a word, or what it is the plural of.
fn is_in(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let y = word.strip_suffix("ies").map(|w| format!("{w}y"));
    let one = y.as_deref().or(word.strip_suffix('s')).unwrap_or(&word);
    list.split(' ').any(|usual| usual == one || usual == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_tell_a_header() {
        let names = |row: &str| are_names(row.split('|'));
        assert!(names("Ref | Action | Lead | When | Measure"));
        assert!(names("What we will do | Who | By when"));
        assert!(names("Priorities | Key milestones (this year)"));
        assert!(!names("Lead | Public Health"));
        assert!(!names("Action 1 | Lead"));
        assert!(!names("We will act on damp homes and lead the way. | Housing lead"));
        assert!(!names("Public health team | Housing group"));
        assert!(!names("Action"));
    }
}
