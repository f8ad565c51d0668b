//! Where words cost nothing: forewords, visions, values, quotations and mere headings.
//!
//! Comes in: the passages that hold a facet, and the headings of a document. Goes out: the [`Aside`]s
//! that all of them stand in, if they stand nowhere else. It does not change verdicts or levels.

use super::gather::Judged;
use super::reading::{self, Feature, Reading};
use crate::document::{BlockKind, Document, Locator, Span};
use crate::learned::Learned;
use crate::matching::{Matcher, SectionId};
use crate::pack::{CueKind, Strength};
use crate::segment::{Heading, Segmented, segment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of a document where words cost nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// The page, counted from 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// The heading itself, or the nearest one above the passage; empty where there is none.
    pub heading: String,
}

/// Kinds of [`Aside`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// A foreword, a welcome, a word from the chair.
    Foreword,
    /// A vision or mission statement.
    Vision,
    /// Values and guiding principles.
    Values,
    /// Words of others: quoted, or repeated from a duty or another plan.
    Quotation,
    /// A heading without a passage that bears it out.
    Heading,
}

/// What a document is made of, as far as it tells asides.
pub(super) struct Asides<'a, 'd> {
    s: &'a Segmented<'d>,
    /// By passage.
    sections: &'a [Vec<SectionId>],
    kinds: BTreeMap<SectionId, AsideKind>,
    deeds: Vec<SectionId>,
    headings: BTreeMap<usize, Aside>,
}

/// Sections of the cues that are asides, and those that are not wherever else they stand.
const ASIDES: [(&str, AsideKind); 3] =
    [("foreword", AsideKind::Foreword), ("vision", AsideKind::Vision), ("values", AsideKind::Values)];
const DEEDS: [&str; 3] = ["actions", "commitments", "responses"];
/// Letters of a quotation; shorter ones are titles and terms.
const QUOTATION: usize = 40;

impl<'a, 'd> Asides<'a, 'd> {
    /// Headings that stand over most of a document tell no part of it.
    pub(super) fn of(matcher: &'a Matcher, s: &'a Segmented<'d>, sections: &'a [Vec<SectionId>]) -> Self {
        let below = |id: &SectionId| sections.iter().filter(|of_passage| of_passage.contains(id)).count();
        let named = |name: &str| matcher.section_ids().find(|id| matcher.section(*id) == name);
        let kinds = ASIDES.iter().filter_map(|(name, kind)| Some((named(name)?, *kind)));
        let kinds = kinds.filter(|(id, _)| below(id) * 2 <= sections.len()).collect();
        let deeds = DEEDS.iter().filter_map(|name| named(name)).collect();
        Self { s, sections, kinds, deeds, headings: headings(matcher, s) }
    }

    /// The asides that passages stand in, one of a kind; empty as soon as one stands elsewhere.
    pub(super) fn only_in<'r>(&self, holding: impl Iterator<Item = &'r Judged>) -> Vec<Aside> {
        let mut out: BTreeMap<AsideKind, Aside> = BTreeMap::new();
        for judged in holding {
            let Some(kind) = self.kind(judged) else { return Vec::new() };
            let passage = &self.s.passages[judged.passage];
            let heading = self.s.headings_of(passage).last().map_or_else(String::new, |h| (*h).to_owned());
            out.entry(kind).or_insert(Aside { kind, page: passage.page, heading });
        }
        out.into_values().collect()
    }

    /// The heading that names a facet, where one does.
    pub(super) fn heading(&self, facet: usize) -> Option<&Aside> {
        self.headings.get(&facet)
    }

    fn kind(&self, judged: &Judged) -> Option<AsideKind> {
        let sections = &self.sections[judged.passage];
        let part = sections.iter().filter_map(|id| self.kinds.get(id)).min();
        match part {
            Some(kind) if !sections.iter().any(|id| self.deeds.contains(id)) => Some(*kind),
            _ => judged.quoted.then_some(AsideKind::Quotation),
        }
    }
}

/// Whether all words of a facet are those of others.
pub(super) fn is_quoted(s: &Segmented<'_>, reading: &Reading) -> bool {
    if reading.signs.iter().any(|s| s.feature == Feature::Cue(CueKind::Quoted) && s.value > 0.99) {
        return true;
    }
    let passage = &s.passages[reading.passage];
    let quotations = quotations(s.text_of(passage));
    let inside = |span: Span| {
        quotations.iter().any(|q| q.start + passage.span.start <= span.start && span.end <= q.end + passage.span.start)
    };
    let rules = reading.signs.iter().filter(|s| matches!(s.feature, Feature::Rule(_)));
    let mut words = rules.flat_map(|s| &s.words).peekable();
    words.peek().is_some() && words.all(|w| inside(s.folded.span(w.clone())))
}

/// The stretches of a text that stand between quotation marks and are long enough to be somebody's
/// words. One that is not closed goes to the end.
fn quotations(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match open {
            None if matches!(c, '\u{201c}' | '"' | '\u{2018}') && !before.is_alphanumeric() => open = Some((c, at)),
            Some((opened, start)) if closes(opened, c, before) => {
                out.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    out.extend(open.filter(|(c, _)| *c == '\u{201c}').map(|(_, start)| Span::new(start, text.len())));
    out.retain(|q| q.len() >= QUOTATION);
    out
}

/// Whether a character ends a quotation: a single mark only after a full stop, as it may be an
/// apostrophe.
fn closes(opened: char, c: char, before: char) -> bool {
    match opened {
        '\u{201c}' => c == '\u{201d}',
        '\u{2018}' => c == '\u{2019}' && matches!(before, '.' | '!' | '?' | ','),
        _ => c == opened,
    }
}

/// By facet the first heading that a sure or likely rule fires on, read as if it were a passage.
fn headings(matcher: &Matcher, s: &Segmented<'_>) -> BTreeMap<usize, Aside> {
    let mut document = Document::default();
    for heading in &s.headings {
        document.push(BlockKind::Paragraph, heading.span.of(&s.document.text), Locator::default(), None);
    }
    let read = segment(&document);
    let strong = |feature: &Feature| match feature {
        Feature::Rule(rule) => matches!(matcher.rule(*rule).strength, Strength::Sure | Strength::Likely),
        _ => false,
    };
    let mut out = BTreeMap::new();
    for reading in reading::read(matcher, &Learned::default(), &read, &matcher.scan(&read)) {
        let heading: &Heading = &s.headings[read.passages[reading.passage].block];
        if !reading.vetoed && reading.signs.iter().any(|s| strong(&s.feature)) {
            let words = heading.span.of(&s.document.text).to_owned();
            out.entry(reading.facet).or_insert(Aside { kind: AsideKind::Heading, page: heading.page, heading: words });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_long_and_closed_by_their_own_mark() {
        let of = |text: &str| quotations(text).iter().map(|q| q.of(text).to_owned()).collect::<Vec<_>>();
        let said = "We must never again let poverty decide who falls ill.";
        assert_eq!(of(&format!("She told us: \u{2018}{said}\u{2019}")), [format!("\u{2018}{said}")]);
        assert_eq!(of(&format!("\u{201c}{said}\u{201d} (resident)")), [format!("\u{201c}{said}")]);
        assert_eq!(of(&format!("\"{said}\" she said")), [format!("\"{said}")]);
        assert_eq!(of(&format!("\u{201c}{said} And more.")), [format!("\u{201c}{said} And more.")]);
        assert!(
            of("The \u{201c}Fair Start\u{201d} fund, and the children\u{2019}s and carers\u{2019} boards").is_empty()
        );
    }

    /// The point on how poverty and health hang together, in a plan with the passage below a heading.
    fn judged(heading: &str, passage: &str) -> crate::assess::FacetAssessment {
        let options = crate::batch::RuleOptions { no_learned: true, ..Default::default() };
        let engine = crate::batch::Engine::new(&options).unwrap();
        let rest = "The board meets four times a year in the town hall. Papers are sent a week before.\n\n".repeat(8);
        let text = format!("# A plan for Merrow\n\n## {heading}\n\n{passage}\n\n## How the board works\n\n{rest}");
        let report = engine.check_bytes("plan.md".to_owned(), text.as_bytes(), &crate::input::ReadOptions::default());
        report.criteria[0].facets.iter().find(|f| f.id == "P1.recognised").unwrap().clone()
    }

    #[test]
    fn words_that_stand_only_where_they_cost_nothing_are_told() {
        let said = "Families in debt are twice as likely to be treated for depression, and people on low incomes die \
                    nine years earlier than those who are better off.";
        let of = |facet: &crate::assess::FacetAssessment| facet.only_in.iter().map(|a| a.kind).collect::<Vec<_>>();
        let foreword = judged("Foreword by the Chair", said);
        assert_eq!(of(&foreword), [AsideKind::Foreword]);
        assert_eq!(foreword.only_in[0].heading, "Foreword by the Chair");
        assert_eq!(foreword.marks, [crate::assess::Mark { at: 1, level: foreword.level, passages: 1 }]);
        assert_eq!(of(&judged("What we know", said)), []);
        let painted = "The bridge was painted green in May, and the car park opens at nine on most days.";
        let heading = judged("Poverty makes people ill: low income and life expectancy", painted);
        assert_eq!(of(&heading), [AsideKind::Heading]);
    }
}
