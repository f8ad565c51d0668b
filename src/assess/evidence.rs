//! What a report quotes: passages with the reasons that they count, or do not.

use crate::segment::PassageKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A passage as a report shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cited {
    /// The passage's exact text.
    pub quote: String,
    /// Byte ranges of `quote` with the words that were recognised, in order, without overlap.
    pub marks: Vec<(usize, usize)>,
    /// The page on which it begins, counted from 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// The number printed on that page, where the file tells one.
    pub page_label: Option<String>,
    /// The page is a picture and was read by text recognition (OCR), so that words may be wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// What it is: paragraph, bullet, row or footnote.
    #[schemars(with = "String")]
    pub kind: PassageKind,
    /// The column names of a row's table, where it has any.
    pub columns: Vec<String>,
    /// The paragraph that leads its list in ("By June we will:").
    pub lead_in: Option<String>,
}

/// Which of the two readers found a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Rules, which people wrote.
    #[default]
    Rules,
    /// The trained model, which learned from passages that people had judged.
    Learned,
    /// Both.
    Both,
}

/// A passage that holds a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Where and what.
    #[serde(flatten)]
    pub cited: Cited,
    /// 2 stated, 3 committed or 4 accountable.
    pub level: u8,
    /// How certain it is, from 0 to 1, that the passage holds the facet.
    pub certainty: f64,
    /// Which of the two readers found it.
    #[serde(default)]
    pub found_by: FoundBy,
    /// The rules and the trained model's belief (`learned`) for and against it, weightiest first.
    pub rules: Vec<Reason>,
    /// The cues for and against it and what they did to the level, weightiest first.
    pub cues: Vec<Reason>,
}

/// A passage that comes near a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NearMiss {
    /// Where and what.
    #[serde(flatten)]
    pub cited: Cited,
    /// The level that it has if a person finds that it holds: 1 to 4.
    pub level: u8,
    /// How certain it is, from 0 to 1, that the passage holds the facet.
    pub certainty: f64,
    /// Which of the two readers found it.
    #[serde(default)]
    pub found_by: FoundBy,
    /// Why it does not surely count, as a sentence.
    pub why: String,
    /// The rules and the trained model's belief (`learned`) for and against it, weightiest first.
    pub rules: Vec<Reason>,
    /// The cues for and against it, weightiest first.
    pub cues: Vec<Reason>,
}

/// One reason for or against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The rule ("P1.recognised/linked"), cue ("cue.history"), section ("section.foreword") or
    /// other trait of the passage.
    pub id: String,
    /// The reason in plain words; completes "this passage …".
    pub says: String,
    /// The words that gave the reason, as they stand in the passage or above it.
    pub words: Vec<String>,
    /// Points that it adds; negative against.
    pub points: f64,
}

impl Reason {
    /// Whether it is the trained model's.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.id == super::why::MODEL
    }
}

/// Marks of a text, in order, widened to whole words; those that nothing but white space parts are joined, and those
/// without a letter or figure left out.
pub(super) fn whole_words(text: &str, marks: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '\u{a3}' | '%');
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in marks {
        let Some(marked) = text.get(start..end) else { continue };
        let bare = marked.trim_matches(|c: char| !inner(c));
        if !bare.contains(char::is_alphanumeric) {
            continue;
        }
        let start = end - marked.trim_start_matches(|c: char| !inner(c)).len();
        let start = text[..start].trim_end_matches(inner).len();
        let end = start + text[start..].find(bare).unwrap_or(0) + bare.len();
        let end = text.len() - text[end..].trim_start_matches(inner).len();
        match out.last_mut() {
            Some(last) if start <= last.1 || text[last.1..start].chars().all(char::is_whitespace) => {
                last.1 = last.1.max(end);
            }
            _ => out.push((start, end)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_whole_words() {
        let text = "Health has ring-fenced \u{a3}5m (now); wards fall ill.";
        let marked = |marks: &[(usize, usize)]| -> Vec<&str> {
            whole_words(text, marks).into_iter().map(|(start, end)| &text[start..end]).collect()
        };
        let at = |word: &str| text.find(word).map(|i| (i, i + word.len())).unwrap_or_default();
        assert_eq!(marked(&[at("ring"), at("5")]), ["ring-fenced \u{a3}5m"]);
        assert_eq!(marked(&[at("has "), at(" (now")]), ["has", "now"]);
        assert_eq!(marked(&[at("fall"), at("ill")]), ["fall ill"]);
        assert_eq!(marked(&[at(";"), at("lth"), at("lt")]), ["Health"]);
        assert!(marked(&[at(")")]).is_empty());
    }
}
