//! Rule files as they are written, before anything is checked.
//!
//! Comes in: TOML. Goes out: one struct a kind of file, in which what may be at fault keeps its
//! place. It refuses unknown keys and checks nothing else.

use super::{
    CueKind, DocumentCalibration, FacetCalibration, Level, MeasuredAccuracy, NotAssessable, PassageKind, Scope,
    Strength, Within,
};
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

pub(super) type Text = Spanned<String>;
pub(super) type Texts = Vec<Spanned<String>>;

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub id: Text,
    pub title: String,
    pub version: String,
    pub source: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default = "yes")]
    pub by_default: bool,
    pub model: Option<Text>,
    #[serde(default)]
    pub order: Texts,
    #[serde(default)]
    pub not_assessable: Vec<NotAssessable>,
}

/// One criterion.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CriterionFile {
    pub id: Text,
    pub title: String,
    pub summary: String,
    pub source: String,
    #[serde(default = "yes")]
    pub required: bool,
    pub caveat: Option<String>,
    #[serde(default)]
    pub facet: Vec<FacetFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FacetFile {
    pub id: Text,
    pub title: String,
    pub counts: String,
    #[serde(default)]
    pub not_enough: String,
    pub why: String,
    pub question: String,
    pub complete_at: Option<LevelNumber>,
    #[serde(default)]
    pub rule: Vec<RuleFile>,
}

/// The conditions that rules and cues share. serde cannot flatten and refuse unknown keys at once.
macro_rules! with_condition {
    ($(#[$meta:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$attr])* pub $field: $kind,)*
            #[serde(default)]
            pub all: Texts,
            #[serde(default)]
            pub any: Texts,
            pub at_least: Option<Spanned<usize>>,
            #[serde(default)]
            pub none: Texts,
            #[serde(default)]
            pub above: Texts,
            #[serde(default)]
            pub regex: Texts,
            #[serde(default)]
            pub within: WithinValue,
            #[serde(default)]
            pub ordered: bool,
            #[serde(default)]
            pub scope: ScopeValue,
            #[serde(default)]
            pub matches: Vec<ExampleValue>,
            #[serde(default)]
            pub ignores: Vec<ExampleValue>,
        }

        impl $name {
            pub(super) fn condition(&mut self) -> ConditionValue {
                ConditionValue {
                    all: std::mem::take(&mut self.all),
                    any: std::mem::take(&mut self.any),
                    at_least: self.at_least.take(),
                    none: std::mem::take(&mut self.none),
                    above: std::mem::take(&mut self.above),
                    regex: std::mem::take(&mut self.regex),
                    within: self.within.0,
                    ordered: self.ordered,
                    scope: std::mem::take(&mut self.scope),
                }
            }
        }
    };
}

with_condition! {
    /// `[[facet.rule]]`.
    RuleFile {
        id: Text,
        says: String,
        strength: Strength,
        group: Option<String>,
        level: Option<LevelNumber>,
    }
}

with_condition! {
    /// `[[cue]]`.
    CueFile {
        id: Text,
        kind: CueKind,
        #[serde(default = "clause")]
        reach: WithinValue,
    }
}

/// The condition of a rule or cue.
#[derive(Debug)]
pub(super) struct ConditionValue {
    pub all: Texts,
    pub any: Texts,
    pub at_least: Option<Spanned<usize>>,
    pub none: Texts,
    pub above: Texts,
    pub regex: Texts,
    pub within: Within,
    pub ordered: bool,
    pub scope: ScopeValue,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ScopeValue {
    pub kinds: Vec<PassageKind>,
    pub under: Texts,
    pub not_under: Texts,
}

impl ScopeValue {
    pub(super) fn scope(&self) -> Scope {
        let plain = |texts: &Texts| texts.iter().map(|t| t.get_ref().clone()).collect();
        Scope { kinds: self.kinds.clone(), under: plain(&self.under), not_under: plain(&self.not_under) }
    }
}

/// A lexicon.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    #[serde(default)]
    pub concept: BTreeMap<Text, ConceptFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConceptFile {
    #[serde(default)]
    pub about: String,
    pub terms: Texts,
    #[serde(default)]
    pub not: Texts,
}

/// A file of cues.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CuesFile {
    #[serde(default)]
    pub cue: Vec<CueFile>,
    #[serde(default)]
    pub section: Vec<SectionFile>,
    #[serde(default)]
    pub column: Vec<ColumnFile>,
    #[serde(default)]
    pub slot: BTreeMap<Text, ConceptFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionFile {
    pub id: Text,
    pub headings: Texts,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub kind: CueKind,
    pub headers: Texts,
}

/// `calibration.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalibrationFile {
    pub made_from: String,
    pub documents: Option<DocumentCalibration>,
    pub documents_learned: Option<DocumentCalibration>,
    #[serde(default)]
    pub facets: BTreeMap<Text, FacetCalibration>,
    #[serde(default)]
    pub accuracy: Option<MeasuredAccuracy>,
    pub accuracy_learned: Option<MeasuredAccuracy>,
    #[serde(default)]
    pub committed: BTreeMap<String, f64>,
    #[serde(default)]
    pub accountable: BTreeMap<String, f64>,
}

/// A level as its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct LevelNumber(pub Level);

impl<'de> Deserialize<'de> for LevelNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let levels = [Level::None, Level::Named, Level::Stated, Level::Committed, Level::Accountable];
        let number = i64::deserialize(from)?;
        let level = usize::try_from(number).ok().and_then(|n| levels.get(n));
        level.map(|l| Self(*l)).ok_or_else(|| D::Error::custom(format!("there is no level {number}, only 0 to 4")))
    }
}

/// A reach as its name or number of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WithinValue(pub Within);

impl<'de> Deserialize<'de> for WithinValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reach;
        impl Visitor<'_> for Reach {
            type Value = WithinValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"clause\", \"sentence\", \"passage\" or a number of words from 1")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<WithinValue, E> {
                Ok(WithinValue(match name {
                    "clause" => Within::Clause,
                    "sentence" => Within::Sentence,
                    "passage" => Within::Passage,
                    _ => return Err(E::invalid_value(serde::de::Unexpected::Str(name), &self)),
                }))
            }

            fn visit_i64<E: Error>(self, words: i64) -> Result<WithinValue, E> {
                let valid = usize::try_from(words).ok().filter(|w| *w > 0);
                let wrong = || E::invalid_value(serde::de::Unexpected::Signed(words), &self);
                valid.map(|w| WithinValue(Within::Words(w))).ok_or_else(wrong)
            }
        }
        from.deserialize_any(Reach)
    }
}

/// A test as a text or a table.
#[derive(Debug)]
pub(super) struct ExampleValue(pub super::Example);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleTable {
    text: String,
    #[serde(default)]
    headings: Vec<String>,
    #[serde(default)]
    kind: Option<PassageKind>,
    #[serde(default)]
    header: Vec<String>,
    lead_in: Option<String>,
    level: Option<LevelNumber>,
}

impl<'de> Deserialize<'de> for ExampleValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Test;
        impl<'de> Visitor<'de> for Test {
            type Value = ExampleValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a table with `text`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<ExampleValue, E> {
                Ok(ExampleValue(super::Example { text: text.to_owned(), ..Default::default() }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ExampleValue, A::Error> {
                let table = ExampleTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ExampleValue(table.into()))
            }
        }
        from.deserialize_any(Test)
    }
}

impl From<ExampleTable> for super::Example {
    fn from(table: ExampleTable) -> Self {
        let ExampleTable { text, headings, kind, header, lead_in, level } = table;
        // Column names and a lead-in tell what the passage is where it is not said.
        let told = match (header.is_empty(), &lead_in) {
            (false, _) => PassageKind::Row,
            (true, Some(_)) => PassageKind::Bullet,
            (true, None) => PassageKind::Paragraph,
        };
        Self { text, headings, kind: kind.unwrap_or(told), header, lead_in, level: level.map(|l| l.0) }
    }
}

fn yes() -> bool {
    true
}

fn clause() -> WithinValue {
    WithinValue(Within::Clause)
}
