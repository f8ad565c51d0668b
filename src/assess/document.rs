//! Verdicts and ratings of one document.

use super::aside::Asides;
use super::certainty::{NEAREST, Scorecard, TO_CHECK, key, nearest_first};
use super::evidence::{Cited, Evidence, FoundBy, NearMiss, Reason, whole_words};
use super::gather::{Gathered, Judged, OfFacet, Shown, gather};
use super::mark::marks;
use super::rating::{Rating, RatingRange};
use super::reading::{self, Feature, Reading};
use super::verdict::Finding;
use super::why;
use super::{Aside, Assessment, FacetAssessment, Mark, Verdict, number};
use crate::document::{Legibility, Span};
use crate::learned::{Learned, Read};
use crate::matching::{Matcher, RuleId, examples};
use crate::pack::{Criterion, Example, Facet, Level, RulePack};
use crate::segment::{Passage, Segmented, segment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Whether a document could be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It was read and judged.
    Assessed,
    /// Too little of it could be read to say that anything is missing.
    NotAssessed,
    /// Nothing of it could be read.
    Unreadable,
}

/// Everything needed to judge a document, compiled once.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The packs, compiled.
    pub matcher: &'a Matcher,
    /// Their points.
    pub scorecard: &'a Scorecard,
    /// The models that read beside the rules.
    pub learned: &'a Learned,
}

/// Judges one document against every criterion of every pack, in order.
#[must_use]
pub fn assess(judge: &Judge<'_>, s: &Segmented<'_>) -> Vec<Assessment> {
    let status = status(s);
    let learned = judge.learned.read(s);
    let Gathered { facets, sections } = gather(judge, s, &learned);
    let asides = Asides::of(judge.matcher, s, &sections);
    let view = View { judge, s, learned: &learned, status, sections: &Sections::of(s), asides: &asides };
    let certainties = facets.iter().map(|of| of.judged.iter().map(|j| j.certainty).collect());
    let findings = judge.scorecard.judge(certainties, s.passages.len());
    let mut facets = facets.into_iter().zip(findings).enumerate();
    let packs = judge.matcher.packs().iter();
    let criteria = packs.flat_map(|pack| pack.criteria.iter().map(move |criterion| (pack, criterion)));
    criteria.map(|(pack, criterion)| view.criterion(pack, criterion, &mut facets)).collect()
}

/// Whether enough of a document could be read. More than half of the pages that hold anything must
/// be legible, and the file must not end in the midst of them.
#[must_use]
pub fn status(s: &Segmented<'_>) -> Status {
    let pages = &s.document.pages;
    let is_lost = |l: Legibility| matches!(l, Legibility::NoText | Legibility::Garbled | Legibility::NotRead);
    let lost = pages.iter().filter(|p| is_lost(p.legibility)).count();
    let read = pages.iter().filter(|p| matches!(p.legibility, Legibility::Readable | Legibility::Recognised)).count();
    if s.passages.is_empty() || lost > read || s.document.broken_off { Status::NotAssessed } else { Status::Assessed }
}

struct View<'a, 'd> {
    judge: &'a Judge<'a>,
    s: &'a Segmented<'d>,
    learned: &'a Read<'a, 'd>,
    status: Status,
    sections: &'a Sections,
    asides: &'a Asides<'a, 'd>,
}

/// What one facet adds to the rating.
struct Outcome {
    assessment: FacetAssessment,
    sections: Vec<Option<usize>>,
}

impl View<'_, '_> {
    fn criterion(
        &self,
        pack: &RulePack,
        criterion: &Criterion,
        facets: &mut impl Iterator<Item = (usize, (OfFacet, Finding))>,
    ) -> Assessment {
        let mut outcomes = Vec::new();
        for (facet, (index, (of, found))) in criterion.facets.iter().zip(facets) {
            outcomes.push(self.facet(facet, index, of, found));
        }
        let (rating, best) = if self.status == Status::Assessed {
            (rate(&outcomes, false), rate(&outcomes, true))
        } else {
            (Rating::NotAssessed, Rating::NotAssessed)
        };
        Assessment {
            pack: pack.id.clone(),
            id: criterion.id.clone(),
            title: criterion.title.clone(),
            required: criterion.required,
            rating,
            rating_if_checks_hold: (best > rating).then_some(best),
            only_in: only_in(&outcomes),
            facets: outcomes.into_iter().map(|o| o.assessment).collect(),
        }
    }

    fn facet(&self, facet: &Facet, id: usize, mut of: OfFacet, found: Finding) -> Outcome {
        let judged = nearest_first(std::mem::take(&mut of.judged), |j| j.certainty, |j| j.passage);
        let verdict = if self.status == Status::Assessed { found.verdict } else { Verdict::NotAssessed };
        let nearest = of.nearest();
        // How firmly it is held, and in how many sections, is told by what rules found.
        let by_rules = |j: &&Judged| self.judge.scorecard.facet(id).by_rules(j.certainty);
        let mut rated: Vec<(usize, Level)> =
            judged.iter().filter(by_rules).filter_map(|j| Some((j.passage, j.holds?))).collect();
        if rated.is_empty() {
            rated.extend(nearest.iter().take(NEAREST).map(|n| (n.reading.passage, self.level(&n.reading))));
        }
        let level = rated.iter().map(|(_, level)| *level).max().map_or(0, number);
        let mut sections: Vec<_> = rated.iter().map(|(p, _)| self.sections.of_passage(&self.s.passages[*p])).collect();
        sections.sort_unstable();
        sections.dedup();
        let (evidence, nearest) = match verdict {
            Verdict::Present => (self.evidence(facet, &of, level), Vec::new()),
            Verdict::Check => (Vec::new(), self.nearest(facet, &of, &nearest, TO_CHECK)),
            _ => (Vec::new(), self.nearest(facet, &of, &nearest, NEAREST)),
        };
        let level = match verdict {
            Verdict::Present | Verdict::Check => level,
            _ => u8::from(level > 0),
        };
        let (marks, only_in) = self.places(id, verdict, &rated, &judged);
        let assessment = FacetAssessment {
            id: facet.id.clone(),
            title: facet.title.clone(),
            verdict,
            level,
            certainty: round(found.certainty),
            evidence,
            nearest,
            marks,
            only_in,
        };
        Outcome { assessment, sections }
    }

    /// Where the passages of a facet stand, and the asides that they all stand in.
    fn places(
        &self,
        facet: usize,
        verdict: Verdict,
        rated: &[(usize, Level)],
        judged: &[Judged],
    ) -> (Vec<Mark>, Vec<Aside>) {
        match verdict {
            Verdict::Present => {
                let firmest = rated.iter().map(|(_, level)| *level).max();
                let held = judged.iter().filter_map(|j| Some((j.passage, j.holds?.min(firmest?))));
                (marks(self.s, held), self.asides.only_in(judged.iter().filter(|j| j.holds.is_some())))
            }
            Verdict::Check => (marks(self.s, rated.iter().copied()), Vec::new()),
            Verdict::Missing => (Vec::new(), self.asides.heading(facet).cloned().into_iter().collect()),
            Verdict::NotAssessed => (Vec::new(), Vec::new()),
        }
    }

    fn level(&self, reading: &Reading) -> Level {
        self.judge.scorecard.level(self.judge.matcher, reading)
    }

    /// The passages that hold the facet, none firmer than the facet is held.
    fn evidence(&self, facet: &Facet, found: &OfFacet, firmest: u8) -> Vec<Evidence> {
        let evidence = found.evidence.iter().map(|Shown { reading, certainty }| {
            let (rules, cues) = self.reasons(facet, reading);
            Evidence {
                cited: self.cite_reading(reading),
                level: number(self.level(reading)).min(firmest),
                certainty: round(certainty.all),
                found_by: found_by(reading),
                rules,
                cues,
            }
        });
        evidence.collect()
    }

    /// The passages that come nearest: those with reasons for it, then those where rules came near
    /// without firing.
    fn nearest(&self, facet: &Facet, found: &OfFacet, nearest: &[Shown], most: usize) -> Vec<NearMiss> {
        let with_reasons = nearest.iter().map(|shown| self.near_miss(facet, shown));
        let without = found.near.iter().filter_map(|near| self.unfired(near.passage, near.first));
        with_reasons.chain(without).take(most).collect()
    }

    /// A passage where a rule came near without firing, if it has words to show for it.
    fn unfired(&self, passage: usize, rule: RuleId) -> Option<NearMiss> {
        let matcher = self.judge.matcher;
        let cited = self.cite(passage, &matcher.words_there(self.s, passage, rule));
        let words: Vec<String> =
            cited.marks.iter().map(|(a, b)| format!("\u{201c}{}\u{201d}", &cited.quote[*a..*b])).collect();
        if words.is_empty() {
            return None;
        }
        let why =
            format!("It has {}, but that is not enough to say that it {}.", words.join(", "), matcher.rule(rule).says);
        let found_by = FoundBy::Rules;
        Some(NearMiss { cited, level: 2, certainty: 0.0, found_by, why, rules: Vec::new(), cues: Vec::new() })
    }

    fn near_miss(&self, facet: &Facet, Shown { reading, certainty }: &Shown) -> NearMiss {
        let (rules, cues) = self.reasons(facet, reading);
        NearMiss {
            cited: self.cite_reading(reading),
            level: number(self.level(reading)),
            certainty: round(certainty.all),
            found_by: found_by(reading),
            why: why::why(&facet.title, &rules, &cues),
            rules,
            cues,
        }
    }

    fn cite_reading(&self, reading: &Reading) -> Cited {
        if reading.alone {
            let grounds = self.learned.why(reading.passage, reading.facet);
            return self.cite_spans(reading.passage, grounds.words.into_iter());
        }
        let rules = reading.signs.iter().filter(|s| matches!(s.feature, Feature::Rule(_)));
        self.cite(reading.passage, &rules.flat_map(|s| s.words.iter().cloned()).collect::<Vec<_>>())
    }

    /// A passage with the words that matched marked.
    fn cite(&self, passage: usize, words: &[Range<usize>]) -> Cited {
        self.cite_spans(passage, words.iter().map(|w| self.s.folded.span(w.clone())))
    }

    fn cite_spans(&self, passage: usize, spans: impl Iterator<Item = Span>) -> Cited {
        let s = self.s;
        let passage = &s.passages[passage];
        let text = &s.document.text;
        let mut spans: Vec<Span> =
            spans.filter(|w| w.start >= passage.span.start && w.end <= passage.span.end).collect();
        spans.sort_unstable();
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for span in spans {
            let (start, end) = (span.start - passage.span.start, span.end - passage.span.start);
            match marks.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => marks.push((start, end)),
            }
        }
        let marks = whole_words(s.text_of(passage), &marks);
        let page = passage.page.and_then(|p| s.document.pages.get(p as usize - 1));
        Cited {
            quote: s.text_of(passage).to_owned(),
            marks,
            page: passage.page,
            page_label: page.and_then(|p| p.label.clone()),
            recognised: page.is_some_and(|p| p.legibility == Legibility::Recognised),
            headings: s.headings_of(passage).into_iter().map(str::to_owned).collect(),
            kind: passage.kind,
            columns: passage.cells.iter().map(|c| s.folded.span(c.header.clone()).of(text).to_owned()).collect(),
            lead_in: passage.lead_in.map(|l| s.text_of(&s.passages[l]).to_owned()),
        }
    }

    /// What the trained model makes of a passage, and the words that weighed.
    fn learned_reason(&self, reading: &Reading, points: f64) -> Reason {
        let id = why::MODEL.to_owned();
        if points < 0.0 && !reading.alone {
            return Reason { id, says: why::DOUBTED.to_owned(), words: Vec::new(), points };
        }
        let grounds = self.learned.why(reading.passage, reading.facet);
        let words = grounds.words.iter().map(|w| w.of(&self.s.document.text).to_owned()).collect();
        let (says, words) = match (grounds.like, reading.alone) {
            (like, true) => (format!("{}{}", why::FOUND, why::example(like.as_deref())), words),
            (like, false) => (format!("{}{}", why::LIKE, why::example(like.as_deref())), words),
        };
        Reason { id, says, words, points }
    }

    /// The rules and the other traits that weighed, weightiest first.
    fn reasons(&self, facet: &Facet, reading: &Reading) -> (Vec<Reason>, Vec<Reason>) {
        let matcher = self.judge.matcher;
        let points = &self.judge.scorecard.facet(reading.facet).all;
        let (mut rules, mut cues) = (Vec::new(), Vec::new());
        for sign in &reading.signs {
            let weight = round(points.points(sign.feature) * sign.value);
            let words = sign.words.iter().map(|w| self.s.folded.span(w.clone()).of(&self.s.document.text).to_owned());
            let name = key(matcher, sign.feature);
            let (id, into) = match sign.feature {
                Feature::Rule(_) => (format!("{}/{name}", facet.id), &mut rules),
                Feature::Learned => {
                    rules.push(self.learned_reason(reading, weight));
                    continue;
                }
                Feature::Alone => continue,
                Feature::Cue(_) => (name, &mut cues),
                _ if weight.abs() < 0.25 => continue,
                _ => (name, &mut cues),
            };
            let says = reading::says(matcher, sign.feature);
            into.push(Reason { id, says, words: words.collect(), points: weight });
        }
        for list in [&mut rules, &mut cues] {
            list.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()).then_with(|| a.id.cmp(&b.id)));
        }
        (rules, cues)
    }
}

/// Which of the two readers found a passage.
fn found_by(reading: &Reading) -> FoundBy {
    match reading.belief() {
        Some(_) if reading.alone => FoundBy::Learned,
        Some(belief) if belief >= BELIEVED => FoundBy::Both,
        _ => FoundBy::Rules,
    }
}

/// Log odds from which the trained model counts as having found a passage too.
const BELIEVED: f64 = -0.5;

/// The level that a facet gets in a rule's own example.
#[must_use]
pub fn level_of_example(judge: &Judge<'_>, facet: usize, example: &Example) -> Level {
    let document = examples::document(example);
    let s = segment(&document);
    let hits = judge.matcher.scan(&s);
    reading::read(judge.matcher, judge.learned, &s, &hits)
        .iter()
        .filter(|r| r.facet == facet && r.passage + 1 == s.passages.len())
        .map(|r| judge.scorecard.level(judge.matcher, r))
        .max()
        .unwrap_or(Level::None)
}

/// The rating of a criterion's facets, with those to check counted as present or not.
fn rate(outcomes: &[Outcome], checks_hold: bool) -> Rating {
    let counted: Vec<&Outcome> = outcomes
        .iter()
        .filter(|o| match o.assessment.verdict {
            Verdict::Present => true,
            Verdict::Check => checks_hold,
            _ => false,
        })
        .collect();
    let mut sections: Vec<_> = counted.iter().flat_map(|o| o.sections.iter().copied()).collect();
    sections.sort_unstable();
    sections.dedup();
    let best = counted.iter().map(|o| o.assessment.level).max().unwrap_or(0);
    RatingRange { facets: outcomes.len(), present: counted.len(), best, sections: sections.len() }.rating()
}

/// The asides that all sure evidence of a criterion stands in; empty as soon as some stands elsewhere.
fn only_in(outcomes: &[Outcome]) -> Vec<Aside> {
    let mut out: Vec<Aside> = Vec::new();
    for facet in outcomes.iter().map(|o| &o.assessment).filter(|f| f.verdict == Verdict::Present) {
        if facet.only_in.is_empty() {
            return Vec::new();
        }
        out.extend(facet.only_in.iter().cloned());
    }
    out.sort_by_key(|aside| aside.kind);
    out.dedup_by_key(|aside| aside.kind);
    out
}

/// Which part of a document a passage stands in.
struct Sections {
    depth: usize,
}

impl Sections {
    /// Sections are what the outermost headings part, a title above all of them left out.
    fn of(s: &Segmented<'_>) -> Self {
        let depth = (0..8)
            .find(|&depth| {
                let mut seen: Vec<_> = s.passages.iter().map(|p| p.headings.get(depth)).collect();
                seen.sort_unstable();
                seen.dedup();
                seen.iter().flatten().count() > 1
            })
            .unwrap_or(0);
        Self { depth }
    }

    fn of_passage(&self, passage: &Passage) -> Option<usize> {
        passage.headings.get(self.depth).or(passage.headings.last()).copied()
    }
}

/// Three decimals: more would be noise.
fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}
