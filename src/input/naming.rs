//! Whether the cells of a row name the columns, told by their words alone.
//!
//! Comes in: the texts of a first row that neither its style nor the file marks. Goes out: whether it says
//! "Action, Lead, By when" or the like.

/// Longest name of a column, in characters.
const LONGEST: usize = 40;
/// What plans, strategies and their appendices call their columns, in the singular.
const USUAL: &[&str] = &[
    "action",
    "activity",
    "aim",
    "ambition",
    "amount",
    "area",
    "baseline",
    "benefit",
    "budget",
    "category",
    "cohort",
    "comment",
    "completion",
    "cost",
    "date",
    "deadline",
    "deliverable",
    "description",
    "due",
    "evidence",
    "fund",
    "funding",
    "goal",
    "group",
    "impact",
    "indicator",
    "initiative",
    "intervention",
    "issue",
    "kpi",
    "lead",
    "likelihood",
    "measure",
    "milestone",
    "mitigation",
    "no",
    "note",
    "number",
    "objective",
    "officer",
    "organisation",
    "outcome",
    "output",
    "owner",
    "partner",
    "priority",
    "progress",
    "project",
    "rag",
    "rating",
    "reason",
    "recommendation",
    "ref",
    "reference",
    "resource",
    "responsibility",
    "responsible",
    "risk",
    "scheme",
    "score",
    "service",
    "source",
    "stage",
    "status",
    "step",
    "target",
    "task",
    "team",
    "theme",
    "timeframe",
    "timeline",
    "timescale",
    "timing",
    "title",
    "topic",
    "total",
    "update",
    "ward",
    "what",
    "when",
    "who",
    "year",
];

/// Whether cells name columns: two at least, all short and without figures, half of them usual names.
pub(super) fn are_names<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let filled: Vec<&str> = cells.map(str::trim).filter(|c| !c.is_empty()).collect();
    let could = |c: &&str| {
        c.chars().count() <= LONGEST && !c.contains(|c: char| c.is_ascii_digit()) && !c.ends_with(['.', ';', ','])
    };
    let usual = filled.iter().filter(|c| is_usual(c)).count();
    usual >= 2 && usual * 2 >= filled.len() && filled.iter().all(could)
}

/// Whether a name begins or ends with a usual word.
fn is_usual(name: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic();
    let mut words = name.split(|c| !is_letter(c)).filter(|w| !w.is_empty());
    let known = |word: &str| {
        let word = word.to_lowercase();
        let ended = word.strip_suffix("ies").map(|w| format!("{w}y"));
        let one = ended.as_deref().or(word.strip_suffix('s')).unwrap_or(&word);
        USUAL.binary_search(&one).is_ok() || USUAL.binary_search(&word.as_str()).is_ok()
    };
    words.next().is_some_and(known) || words.next_back().is_some_and(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_tell_a_header() {
        assert!(USUAL.is_sorted());
        let names = |row: &str| are_names(row.split('|'));
        assert!(names("Ref | Action | Lead | When | Measure"));
        assert!(names("What we will do | Who | By when"));
        assert!(names("Priorities | Key milestones (this year)"));
        assert!(!names("Lead | Public Health"));
        assert!(!names("Action 1 | Lead"));
        assert!(!names("We will act on damp homes and lead the way. | Housing lead"));
        assert!(!names("Action"));
    }
}
