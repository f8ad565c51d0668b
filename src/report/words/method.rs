//! How a report was judged and how far its words can be relied on, in plain sentences.
//!
//! Comes in: the packs of a report. Goes out: sentences and short tables of words with their
//! meaning. Knows no form.

use super::{clean, percent};
use crate::report::{Accuracy, PackInfo};

/// How documents are read and judged.
pub const HOW: &str = "Each document is cut into passages: paragraphs, list items and rows of tables. Contents pages, \
    running heads, references and glossaries never count. For each criterion rules look for a few points; every \
    rule can be read by anyone and carries its own tests. A trained model may read beside them, a small program that has \
    learned from passages that people had judged: it points to passages and doubts some, but nothing is \
    \u{201c}present\u{201d} on its word alone. How sure a word is rests on the surest passages, on how much of the other \
    points the document holds, and on its length. The same file and the same rules always give the same report.";

/// What the trained model is, where its doubts are told.
pub const MODEL: &str = "The trained model that doubts some passages is a small program that has learned from passages \
    that people had judged; its doubt is a reason to read closely, not a verdict.";

/// What a reader must keep in mind.
pub const PEOPLE_DECIDE: &str = "The tool points to passages; people decide. \u{201c}Missing\u{201d} means that no \
    passage was found, in what could be read, that is likely to hold the point; that is no proof that there is none. Look \
    at the nearest passages before you act on it.";

/// What is said of a point that is missing.
pub const MISSING: &str = "no passage that is likely to hold it was found in what could be read";

/// The verdicts on a point and what they mean.
pub const VERDICTS: [(&str, &str); 4] = [
    ("present", "at least one passage surely holds the point"),
    ("to check", "passages may hold it, but not surely: a person decides"),
    ("missing", MISSING),
    ("not assessed", "too little of the document could be read; never the same as missing"),
];

/// The levels of a passage and what they mean.
pub const LEVELS: [(&str, &str); 3] = [
    ("stated", "says it, explains it or aspires to it; no definite action"),
    ("committed", "a definite action: decided, funded, under way, or \u{201c}will\u{201d} with a concrete thing done"),
    ("accountable", "committed, with at least two of: a named owner, a date, an amount of money or staff, a measure"),
];

/// The same in one breath, for above a list of evidence.
pub const LEVELS_IN_SHORT: &str = "\u{201c}Stated\u{201d} is said, but no definite action; \u{201c}committed\u{201d} is a \
    definite action; \u{201c}accountable\u{201d} is one with two of an owner, a date, money or staff, and a measure.";

/// The ratings of a criterion and what they mean, firmest first.
pub const RATINGS: [(&str, &str); 5] = [
    ("embedded", "evident, with at least one point accountable and evidence in three or more sections"),
    ("evident", "every point is present and at least one is committed"),
    ("partial", "some point is present, but not all, or none is committed"),
    ("missing", "no point is present, and none is left to check"),
    ("not assessed", "too little of the document could be read"),
];

/// What a range of ratings means.
pub const RANGES: &str = "A range, \u{201c}partial to evident\u{201d} or \u{201c}partial, or evident if \u{2026}\u{201d}, \
    goes from what is sure to what would be if everything to check held.";

/// The same in one breath, for below a table of ratings.
pub const RATINGS_IN_SHORT: &str = "Missing: no point is present, and none is left to check. Partial: some are present, or none of \
    them commits to anything. Evident: all are present, at least one with a commitment. Embedded: one is accountable too (two of an owner, a date, money \
    or staff, a measure), in three sections or more. A range, \u{201c}partial to evident\u{201d} or \u{201c}partial, or \
    evident if \u{2026}\u{201d}, goes from what is sure to what would be if everything to check held.";

/// Verdicts that are too few for more than a rough figure.
const FEW: usize = 100;

/// What [`trust`] answers.
pub const HOW_SURE: &str = "How sure is this?";

/// How often the program's words are wrong, for people who know nothing of it: the answer to [`HOW_SURE`].
#[must_use]
pub fn trust(accuracy: Option<&Accuracy>) -> String {
    let Some(a) = accuracy else {
        return "How often \u{201c}missing\u{201d} is wrong has not been measured for these rules.".to_owned();
    };
    let wrong = |right: f64| percent(1.0 - right);
    let measured = a.counted.map_or_else(String::new, |c| {
        let rough = if c.missing.min(c.present) < FEW { "; so few make it a rough figure" } else { "" };
        format!(" Measured on {} \u{201c}missing\u{201d} and {} \u{201c}present\u{201d}{rough}.", c.missing, c.present)
    });
    format!(
        "Tried on documents that people had judged before, the program was wrong in {} of every 100 \
         \u{201c}missing\u{201d} (the document did say it) and in {} of every 100 \u{201c}present\u{201d} (it did \
         not).{measured}",
        wrong(a.missing_right),
        wrong(a.present_right)
    )
}

/// How often the words of a pack are right, in sentences, and how sure they had to be where more was asked.
#[must_use]
pub fn accuracy(pack: &PackInfo) -> String {
    measured(pack.accuracy.as_ref()) + &asked(pack)
}

/// How sure words had to be where more was asked than the pack does; goes on from other sentences.
#[must_use]
pub fn asked(pack: &PackInfo) -> String {
    let Some(asked) = &pack.thresholds else { return String::new() };
    let present = asked.present.map(|least| format!("\u{201c}present\u{201d} only from a certainty of {least} on"));
    let missing = asked.missing.map(|most| format!("\u{201c}missing\u{201d} only below a certainty of {most}"));
    let said: Vec<String> = present.into_iter().chain(missing).collect();
    format!(
        " Whoever ran it asked for surer words: {}. So more is left to a person than was measured.",
        said.join(", ")
    )
}

fn measured(accuracy: Option<&Accuracy>) -> String {
    match accuracy {
        Some(a) => format!(
            "Measured on {}. The chance that a \u{201c}missing\u{201d} is wrong is {} in 100, that a \u{201c}present\u{201d} is \
             wrong {} in 100; {} of 100 points were left to a person.{}",
            clean(a.measured_on.trim_end_matches('.')),
            percent(1.0 - a.missing_right),
            percent(1.0 - a.present_right),
            percent(a.to_check),
            a.counted.map_or_else(String::new, |c| format!(
                " This rests on {} verdicts: {} \u{201c}missing\u{201d}, {} \u{201c}present\u{201d}.",
                c.all, c.missing, c.present
            )),
        ),
        None => "How often these rules are right has not been measured: treat \u{201c}missing\u{201d} and \
                 \u{201c}present\u{201d} as a first reading, and look at the passages."
            .to_owned(),
    }
}

/// Ids with what is said of them; those of which the same is said but for a number stand together, with what is said of
/// the first.
#[must_use]
pub fn alike<'t>(all: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(String, &'t str)> {
    let mut out: Vec<(Vec<&str>, &str, String)> = Vec::new();
    for (id, said) in all {
        let shape: String = said.chars().filter(|c| !c.is_ascii_digit()).collect();
        match out.iter_mut().find(|(_, _, known)| *known == shape) {
            Some((ids, ..)) => ids.push(id),
            None => out.push((vec![id], said, shape)),
        }
    }
    let told = |ids: Vec<&str>| match ids.split_first() {
        Some((first, others)) if !others.is_empty() => format!("{first} (and likewise {})", others.join(", ")),
        _ => ids.concat(),
    };
    out.into_iter().map(|(ids, said, _)| (told(ids), said)).collect()
}

/// What the source of a pack asks and cannot be assessed, with the reasons, [`alike`] ones together.
#[must_use]
pub fn not_assessable(pack: &PackInfo) -> Vec<(String, &str)> {
    alike(pack.not_assessable.iter().map(|n| (n.id.as_str(), n.why.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_several_is_said_once() {
        let all = [("R1", "Text 1 is lost."), ("R2", "Other."), ("R3", "Text 3 is lost.")];
        let found = alike(all.into_iter());
        assert_eq!(found, [("R1 (and likewise R3)".to_owned(), "Text 1 is lost."), ("R2".to_owned(), "Other.")]);
    }
}
