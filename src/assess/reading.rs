//! What speaks for and against one facet in one passage.
//!
//! A cue speaks of a facet only where it stands near the facet's own words: in the same clause,
//! sentence or passage, as the cue asks, or above the passage: in its list's lead-in or in the
//! name of a table's column.

use crate::learned::Learned;
use crate::matching::{CueHit, Hit, Matcher, PassageHits, RuleId, SectionId};
use crate::pack::{Cue, CueKind, Level, Strength};
use crate::segment::{Passage, PassageKind, Segmented};
use std::cell::OnceCell;
use std::ops::Range;

/// One trait of a passage that may weigh for or against a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A rule of the facet fires.
    Rule(RuleId),
    /// A cue stands near the facet's words.
    Cue(CueKind),
    /// The passage stands below such a heading.
    Section(SectionId),
    /// What the passage is.
    Kind(PassageKind),
    /// How the passage looks.
    Shape(Shape),
    /// What the learned reader believes; its value is log odds.
    Learned,
    /// No rule for the facet fires.
    Alone,
}

/// How a passage looks, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Fewer than nine words: a label more than a statement.
    Short,
    /// More than seventy words.
    Long,
    /// Ends in a colon.
    LeadIn,
    /// At least four figures.
    Figures,
    /// Speaks as "we" or "our".
    We,
    /// A bullet whose list has a lead-in.
    Led,
    /// Rules fire in two sentences or more.
    Spread,
    /// Three or more rules of the facet fire.
    Several,
}

impl Shape {
    /// Every shape, in the order of their numbers.
    pub const ALL: [Self; 8] =
        [Self::Short, Self::Long, Self::LeadIn, Self::Figures, Self::We, Self::Led, Self::Spread, Self::Several];

    /// Its name in calibrations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::LeadIn => "lead_in",
            Self::Figures => "figures",
            Self::We => "we",
            Self::Led => "led",
            Self::Spread => "spread",
            Self::Several => "several",
        }
    }

    /// Completes "this passage …".
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Short => "is a label more than a statement",
            Self::Long => "is long",
            Self::LeadIn => "only leads a list in",
            Self::Figures => "is mostly figures",
            Self::We => "speaks for the authors",
            Self::Led => "belongs to a list with a lead-in",
            Self::Spread => "returns to it in several sentences",
            Self::Several => "gives several reasons",
        }
    }
}

/// A feature with its strength and the words that gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// What it is.
    pub feature: Feature,
    /// How much of the facet's words it concerns, from 0 to 1; log odds for what is learned.
    pub value: f64,
    /// Tokens that gave it.
    pub words: Vec<Range<usize>>,
}

/// Everything that is known of one facet in one passage. There is one only where a rule for the
/// facet fires or the learned reader does not think it out of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The passage, as an index of [`Segmented::passages`].
    pub passage: usize,
    /// The facet, as an index of [`Matcher::facets`].
    pub facet: usize,
    /// In a fixed order, each feature once.
    pub signs: Vec<Sign>,
    /// A rule that settles that the passage does not hold the facet fires.
    pub vetoed: bool,
    /// Cues of level 4 anywhere in the passage.
    pub accountable: Vec<CueKind>,
    /// A rule that is a commitment by itself fires.
    pub committed: bool,
    /// No rule for the facet fires: only the learned reader found it.
    pub alone: bool,
}

impl Reading {
    /// What the learned reader believes, in log odds.
    #[must_use]
    pub fn belief(&self) -> Option<f64> {
        self.signs.iter().find(|s| s.feature == Feature::Learned).map(|s| s.value)
    }
}

/// Log odds from which the learned reader's belief alone makes a reading; less says no more
/// against what rules find. It knows real documents less well than those that it learned from.
const LEAST: f32 = -2.5;
/// Greater log odds say no more.
const MOST: f32 = 6.0;

/// Whether the learned reader sees a chance that a passage holds some facet, by its beliefs.
pub(super) fn sees_a_chance(beliefs: &[Option<f32>]) -> bool {
    beliefs.iter().flatten().any(|belief| *belief >= LEAST)
}

/// Reads every passage for every facet for which a rule fires there or the learned reader sees a
/// chance, in order of passage, then facet.
#[must_use]
pub fn read(matcher: &Matcher, learned: &Learned, s: &Segmented<'_>, hits: &[PassageHits]) -> Vec<Reading> {
    let reader = Reader { matcher, s };
    let learned = learned.read(s);
    hits.iter().enumerate().flat_map(|(index, found)| reader.passage(index, found, &learned.beliefs(index))).collect()
}

/// Reads single passages of a document.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a, 'd> {
    pub matcher: &'a Matcher,
    pub s: &'a Segmented<'d>,
}

impl Reader<'_, '_> {
    /// The readings of a passage, by facet: of what was found in it and of the beliefs of the learned
    /// reader, one a facet, where there are any.
    pub(super) fn passage(&self, index: usize, found: &PassageHits, beliefs: &[Option<f32>]) -> Vec<Reading> {
        let Self { matcher, s } = *self;
        let facet_of = |h: &Hit| matcher.rules()[h.rule.index()].facet;
        let likely = beliefs.iter().enumerate().filter(|(_, b)| b.is_some_and(|b| b >= LEAST)).map(|(f, _)| f);
        let mut facets: Vec<usize> = found.rules.iter().map(facet_of).chain(likely).collect();
        facets.sort_unstable();
        facets.dedup();
        if facets.is_empty() {
            return Vec::new();
        }
        let passage = &s.passages[index];
        let looks = Looks::of(s, passage);
        let context = Context { matcher, s, passage, index, found, looks, cues: OnceCell::new() };
        let reading = |facet: usize| {
            let own: Vec<&Hit> = found.rules.iter().filter(|h| facet_of(h) == facet).collect();
            context.reading(facet, &own, beliefs.get(facet).copied().flatten())
        };
        facets.into_iter().filter_map(reading).collect()
    }
}

struct Context<'a, 'd> {
    matcher: &'a Matcher,
    s: &'a Segmented<'d>,
    passage: &'a Passage,
    index: usize,
    found: &'a PassageHits,
    looks: Looks,
    /// Its cues, where only the learned reader found something and nobody looked for them yet.
    cues: OnceCell<Vec<CueHit>>,
}

/// What a passage looks like, for whatever facet.
struct Looks {
    words: usize,
    figures: usize,
    colon: bool,
    we: bool,
}

impl Looks {
    fn of(s: &Segmented<'_>, passage: &Passage) -> Self {
        let mut looks = Self { words: 0, figures: 0, colon: false, we: false };
        for token in passage.tokens.clone() {
            let word = s.folded.word_at(token);
            looks.words += usize::from(!s.folded.tokens[token].mark);
            looks.figures += usize::from(word.starts_with(|c: char| c.is_ascii_digit()));
            looks.colon = word == ":";
            looks.we |= matches!(word, "we" | "our");
        }
        looks
    }
}

impl Context<'_, '_> {
    fn reading(&self, facet: usize, own: &[&Hit], belief: Option<f32>) -> Option<Reading> {
        let strength = |h: &Hit| self.matcher.rule(h.rule).strength;
        let supports: Vec<&Hit> =
            own.iter().copied().filter(|h| !matches!(strength(h), Strength::Doubt | Strength::Never)).collect();
        let alone = supports.is_empty();
        if alone && belief.is_none_or(|b| b < LEAST) {
            return None;
        }
        let vetoed = own.iter().any(|h| strength(h) == Strength::Never);
        let committed = supports.iter().any(|h| self.matcher.rule(h.rule).level >= Some(Level::Committed));
        let mut signs = self.rule_signs(own);
        let all_cues = || self.cues.get_or_init(|| self.matcher.cues_of(self.s, self.index));
        let cues = if self.found.cues_sought { &self.found.cues } else { all_cues() };
        signs.extend(self.cue_signs(cues, &supports));
        signs.extend(self.found.sections.iter().map(|&s| plain(Feature::Section(s))));
        signs.push(plain(Feature::Kind(self.passage.kind)));
        signs.extend(self.shapes(&supports).into_iter().map(|s| plain(Feature::Shape(s))));
        let mut accountable: Vec<CueKind> = cues.iter().map(|c| c.kind).filter(|k| k.is_accountable()).collect();
        accountable.sort_unstable();
        accountable.dedup();
        if let Some(belief) = belief {
            let value = f64::from(belief.clamp(LEAST, MOST));
            signs.push(Sign { feature: Feature::Learned, value, words: Vec::new() });
        }
        if alone {
            signs.push(plain(Feature::Alone));
        }
        Some(Reading { passage: self.index, facet, signs, vetoed, accountable, committed, alone })
    }

    /// One sign a rule; of a group only the strongest rule counts.
    fn rule_signs(&self, own: &[&Hit]) -> Vec<Sign> {
        let mut signs: Vec<Sign> = Vec::new();
        let mut ids: Vec<RuleId> = own.iter().map(|h| h.rule).collect();
        ids.sort_unstable();
        ids.dedup();
        for &id in &ids {
            let rule = self.matcher.rule(id);
            let beaten = rule.group.is_some()
                && ids.iter().any(|&other| {
                    let o = self.matcher.rule(other);
                    o.group == rule.group && (o.strength, other) < (rule.strength, id)
                });
            if beaten {
                continue;
            }
            let words = own.iter().filter(|h| h.rule == id).flat_map(|h| h.parts.iter().cloned()).collect();
            signs.push(Sign { feature: Feature::Rule(id), value: 1.0, words });
        }
        signs
    }

    /// Cues near the words of rules; where no rule fires, those of the whole passage.
    fn cue_signs(&self, cues: &[CueHit], supports: &[&Hit]) -> Vec<Sign> {
        let adopted = cues.iter().any(|c| c.kind == CueKind::Adopted);
        let mut out = Vec::new();
        for kind in CueKind::ALL {
            if adopted && matches!(kind, CueKind::Quoted | CueKind::History) {
                continue;
            }
            let of_kind: Vec<&CueHit> = cues.iter().filter(|c| c.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            if supports.is_empty() {
                let words = of_kind.iter().filter(|c| self.tells_by_words(c)).map(|c| c.tokens()).collect();
                out.push(Sign { feature: Feature::Cue(kind), value: 1.0, words });
                continue;
            }
            let bound = supports.iter().filter(|h| of_kind.iter().any(|c| self.binds(c, h))).count();
            if bound == 0 {
                continue;
            }
            #[allow(clippy::cast_precision_loss, reason = "counts of rules are small")]
            let share = bound as f64 / supports.len() as f64;
            let value = if kind.weighs_by_share() { share } else { 1.0 };
            let bound = of_kind.iter().filter(|c| self.tells_by_words(c) && supports.iter().any(|h| self.binds(c, h)));
            let words = bound.map(|c| c.tokens()).collect();
            out.push(Sign { feature: Feature::Cue(kind), value, words });
        }
        out
    }

    /// Whether a person sees in a cue's words what it tells. A title or a caption is told by the form of the passage;
    /// the words that its cue begins with may be any ("the").
    fn tells_by_words(&self, cue: &CueHit) -> bool {
        let by_form = |c: &Cue| c.kind == CueKind::Signpost && !c.condition.regex.is_empty();
        !cue.cue.and_then(|c| self.matcher.cues().get(c)).is_some_and(by_form)
    }

    /// Whether a cue speaks of the words of a hit.
    fn binds(&self, cue: &CueHit, hit: &Hit) -> bool {
        hit.parts.iter().any(|words| self.matcher.bears_on(self.s, self.passage, cue, words))
    }

    fn shapes(&self, supports: &[&Hit]) -> Vec<Shape> {
        let mut sentences: Vec<usize> = supports
            .iter()
            .flat_map(|h| &h.parts)
            .filter_map(|p| self.passage.sentences.iter().position(|s| s.contains(&p.start)))
            .collect();
        sentences.sort_unstable();
        sentences.dedup();
        let mut rules: Vec<RuleId> = supports.iter().map(|h| h.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        Shape::ALL
            .into_iter()
            .filter(|shape| match shape {
                Shape::Short => self.looks.words < 9,
                Shape::Long => self.looks.words > 70,
                Shape::LeadIn => self.looks.colon,
                Shape::Figures => self.looks.figures >= 4,
                Shape::We => self.looks.we,
                Shape::Led => self.passage.lead_in.is_some(),
                Shape::Spread => sentences.len() >= 2,
                Shape::Several => rules.len() >= 3,
            })
            .collect()
    }
}

impl CueKind {
    /// Whether it weighs by the share of the facet's words that it concerns (what speaks against)
    /// instead of in full as soon as it concerns any (what raises).
    const fn weighs_by_share(self) -> bool {
        matches!(self, Self::History | Self::Quoted | Self::Denial | Self::Signpost | Self::Hedge | Self::Need)
    }
}

fn plain(feature: Feature) -> Sign {
    Sign { feature, value: 1.0, words: Vec::new() }
}

/// A feature in plain words: completes "this passage …".
#[must_use]
pub fn says(matcher: &Matcher, feature: Feature) -> String {
    match feature {
        Feature::Rule(rule) => matcher.rule(rule).says.clone(),
        Feature::Cue(kind) => super::level::shows(kind).to_owned(),
        Feature::Section(section) => {
            format!(
                "stands in a part called \u{201c}{}\u{201d} or the like",
                matcher.section(section).replace('_', " ")
            )
        }
        Feature::Kind(kind) => format!("is a {}", kind.name()),
        Feature::Shape(shape) => shape.says().to_owned(),
        Feature::Learned => super::why::LIKE.to_owned(),
        Feature::Alone => "was found by no rule".to_owned(),
    }
}
