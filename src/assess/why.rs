//! Why a passage does not surely hold a facet, in plain words.
//!
//! Comes in: the reasons for and against it. Goes out: a sentence or two for a person who knows
//! nothing of rules and points. What a person can see in the passage is told first; that the trained
//! model doubts it comes after. It does not decide anything.

use super::evidence::Reason;

/// Completes "this passage …" where only the trained model found it.
pub(super) const FOUND: &str = "was found by the trained model alone, on whose word alone nothing is called present: it reads like what people marked for this point";
/// The same where it does not believe what rules found.
pub(super) const DOUBTED: &str = "is doubted by the trained model: what people marked for this point reads otherwise";
/// The same where it believes it.
pub(super) const LIKE: &str = "reads to the trained model like what people marked for this point";

/// The passage that people marked and that one comes nearest to, as the end of a reason.
pub(super) fn example(like: Option<&str>) -> String {
    like.map_or_else(String::new, |like| format!(", such as \u{201c}{like}\u{201d} in another document"))
}

/// Points against a passage from which a reason is told.
const TOLD: f64 = -0.3;
/// Points against a passage from which the model's doubt is told.
const DOUBT: f64 = -0.5;

/// The id of the reason that the trained model gives.
pub(super) const MODEL: &str = "learned";

/// Why a passage does not surely hold a facet of this title.
pub(super) fn why(title: &str, rules: &[Reason], cues: &[Reason]) -> String {
    let model = rules.iter().find(|r| r.is_model());
    if let Some(alone) = model.filter(|r| r.says.starts_with(FOUND)) {
        return format!("It {}.", alone.says);
    }
    let plain = || rules.iter().filter(|r| !r.is_model());
    let told = plain().chain(cues.iter().filter(|r| lowers(&r.id))).filter(|r| r.points <= TOLD);
    let against = told.min_by(|a, b| a.points.total_cmp(&b.points));
    let first = match (against, plain().find(|r| r.points >= 0.0)) {
        (Some(r), _) => format!("It {}{}.", r.says, quoted(r)),
        (None, Some(r)) => {
            format!("It {}{}, but that alone does not settle it.", r.says, quoted(r))
        }
        (None, None) => format!("It comes near \u{201c}{title}\u{201d} without saying it."),
    };
    match model {
        Some(model) if model.points <= DOUBT => format!("{first} The trained model doubts it{}.", too(against)),
        _ => first,
    }
}

const fn too(against: Option<&Reason>) -> &'static str {
    if against.is_some() { " too" } else { "" }
}

/// Whether a trait is a reason against a passage that a person would understand. What raises a level is none.
fn lowers(id: &str) -> bool {
    let raises = |cue: &str| matches!(cue, "commitment" | "adopted" | "owner" | "date" | "amount" | "measure");
    id.strip_prefix("cue.").is_some_and(|cue| !raises(cue)) || id.starts_with("section.")
}

/// The first words that a reason rests on, in brackets.
fn quoted(r: &Reason) -> String {
    match r.words.iter().find(|w| w.chars().any(char::is_alphanumeric)) {
        Some(words) => format!(" (\u{201c}{}\u{201d})", words.trim()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(id: &str, says: &str, words: &[&str], points: f64) -> Reason {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        Reason { id: id.to_owned(), says: says.to_owned(), words, points }
    }

    #[test]
    fn what_a_person_can_see_is_told_before_what_the_model_doubts() {
        let model = reason(MODEL, DOUBTED, &[], -2.4);
        let hint = reason("X.a/hint", "speaks of money", &[".", "funds"], 0.0);
        let denied = reason("cue.denial", "denies it or says that it is absent", &["not yet"], -0.4);
        let owner = reason("cue.owner", "names an owner", &["Team"], -0.9);
        let told = |rules: &[&Reason], cues: &[&Reason]| {
            let own = |list: &[&Reason]| list.iter().map(|r| (*r).clone()).collect::<Vec<_>>();
            why("Money moved", &own(rules), &own(cues))
        };
        assert_eq!(
            told(&[&model, &hint], &[&denied, &owner]),
            "It denies it or says that it is absent (\u{201c}not yet\u{201d}). The trained model doubts it too."
        );
        assert_eq!(
            told(&[&model, &hint], &[&owner]),
            "It speaks of money (\u{201c}funds\u{201d}), but that alone does not settle it. The trained model doubts it."
        );
        assert_eq!(told(&[], &[]), "It comes near \u{201c}Money moved\u{201d} without saying it.");
        let alone = reason(MODEL, &format!("{FOUND}{}", example(Some("x"))), &["here"], -1.0);
        let found = "It was found by the trained model alone, on whose word alone nothing is called present: it reads like what people marked \
                     for this point, such as \u{201c}x\u{201d} in another document.";
        assert_eq!(told(&[&alone], &[&denied]), found);
    }
}
