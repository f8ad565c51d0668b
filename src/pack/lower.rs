//! One rule file to the types that the program works with.
//!
//! Comes in: a [`SourceFile`] and its role. Goes out: [`Lowered`]: the parsed part, what it
//! defines and names, each with its place, and what is wrong within the file. It does not look
//! into other files.

use super::code::Code;
use super::error::{Diagnostic, nearest};
use super::schema::{self, Text, Texts};
use super::source::SourceFile;
use super::term::snake_case;
use super::{
    Calibration, Column, Concept, Condition, Criterion, Cue, Example, Facet, Origin, Rule, SLOTS, Section, Term,
};
use regex::RegexBuilder;
use std::collections::HashSet;
use std::ops::Range;

/// How much memory a compiled regular expression may take.
const REGEX_SIZE: usize = 1 << 20;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Pack,
    Lexicon,
    Cues,
    Criterion,
    Calibration,
}

/// A file's content.
#[derive(Debug)]
pub(super) enum Part {
    Pack(Box<schema::PackFile>),
    Lexicon(Vec<(String, Concept)>),
    Cues(CuesPart),
    Criterion(Box<Criterion>),
    Calibration(Box<Calibration>),
}

#[derive(Debug, Default)]
pub(super) struct CuesPart {
    pub cues: Vec<Cue>,
    pub sections: Vec<Section>,
    pub columns: Vec<Column>,
    pub slots: Vec<(String, Concept)>,
}

/// What kind of thing a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Pack,
    Concept,
    Slot,
    Cue,
    Section,
    Criterion,
    Facet,
    Rule,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Concept => "concept",
            Self::Slot => "slot",
            Self::Cue => "cue",
            Self::Section => "section",
            Self::Criterion => "criterion",
            Self::Facet => "facet",
            Self::Rule => "rule",
        }
    }
}

/// A name at its place.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub kind: Kind,
    pub name: String,
    pub at: Range<usize>,
}

/// What one file gives.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub part: Option<Part>,
    /// What it defines.
    pub defines: Vec<Named>,
    /// What it names and must be defined somewhere.
    pub names: Vec<Named>,
    pub faults: Vec<Diagnostic>,
}

/// Parses one file.
pub(super) fn lower(file: &SourceFile, role: Role) -> Lowered {
    let feeds = file.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
    let mut lower = Lower { file, feeds, out: Lowered::default() };
    lower.out.part = match role {
        Role::Pack => lower.toml().map(|pack: schema::PackFile| {
            lower.define(Kind::Pack, &pack.id);
            Part::Pack(Box::new(pack))
        }),
        Role::Lexicon => lower.toml().map(|lexicon: schema::LexiconFile| {
            let concepts = lexicon.concept.into_iter().map(|(name, c)| lower.concept(Kind::Concept, &name, &c));
            Part::Lexicon(concepts.collect())
        }),
        Role::Cues => lower.toml().map(|cues| Part::Cues(lower.cues(cues))),
        Role::Criterion => lower.toml().map(|criterion| Part::Criterion(Box::new(lower.criterion(criterion)))),
        Role::Calibration => {
            lower.toml().map(|calibration| Part::Calibration(Box::new(lower.calibration(calibration))))
        }
    };
    lower.out
}

struct Lower<'a> {
    file: &'a SourceFile,
    /// Where its line feeds stand.
    feeds: Vec<usize>,
    out: Lowered,
}

impl Lower<'_> {
    fn toml<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        let read = super::syntax::read(self.file);
        read.map_err(|fault| self.out.faults.push(*fault)).ok()
    }

    fn fault(&mut self, code: Code, at: Range<usize>, reason: impl Into<String>, remedy: impl Into<String>) {
        self.out.faults.push(self.file.fault(code, at, reason.into(), remedy.into()));
    }

    fn define(&mut self, kind: Kind, id: &Text) {
        let (name, at) = (id.get_ref(), id.span());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let (valid, remedy) = match kind {
            Kind::Concept | Kind::Slot => (snake_case(name), "write small letters, digits and _: ill_health"),
            _ => (
                name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain),
                "write letters, digits, `-`, `_` and `.`, with a letter or digit first",
            ),
        };
        if !valid {
            self.fault(Code::BadId, at.clone(), format!("`{name}` cannot be the name of a {}", kind.word()), remedy);
        }
        self.out.defines.push(Named { kind, name: name.clone(), at });
    }

    fn origin(&self, at: &Text) -> Origin {
        let line = self.feeds.partition_point(|feed| *feed < at.span().start) + 1;
        Origin { file: self.file.path.clone(), line }
    }

    /// The bytes of the file that a range of a string's value stands for, or the whole string.
    fn inside(&self, text: &Text, at: Range<usize>) -> Range<usize> {
        let span = text.span();
        let raw = &self.file.text[span.clone()];
        match raw.find(text.get_ref().as_str()) {
            Some(start) if !text.get_ref().is_empty() => {
                let start = span.start + start;
                start + at.start..start + at.end
            }
            _ => span,
        }
    }

    fn term(&mut self, text: &Text) -> Option<Term> {
        match Term::parse(text.get_ref()) {
            Ok(term) => {
                for name in term.concepts() {
                    let at = text.get_ref().find(&format!("@{name}")).unwrap_or(0);
                    let at = self.inside(text, at..at + 1 + name.len());
                    self.out.names.push(Named { kind: Kind::Concept, name: name.to_owned(), at });
                }
                Some(term)
            }
            Err(error) => {
                let code = if error.unknown_slot { Code::UnknownSlot } else { Code::BadTerm };
                let at = self.inside(text, error.at);
                self.fault(code, at, error.reason, error.remedy);
                None
            }
        }
    }

    fn terms(&mut self, texts: &Texts) -> Vec<Term> {
        texts.iter().filter_map(|text| self.term(text)).collect()
    }

    fn concept(&mut self, kind: Kind, name: &Text, from: &schema::ConceptFile) -> (String, Concept) {
        self.define(kind, name);
        if kind == Kind::Slot && !SLOTS.contains(&name.get_ref().as_str()) {
            let reason = format!("there is no slot `@@{}`", name.get_ref());
            self.fault(Code::UnknownSlot, name.span(), reason, format!("the slots are @@{}", SLOTS.join(", @@")));
        }
        if from.terms.is_empty() {
            let reason = format!("the {} `{}` has no terms", kind.word(), name.get_ref());
            self.fault(Code::Hollow, name.span(), reason, "write at least one way to say it");
        }
        let (terms, not) = (self.terms(&from.terms), self.terms(&from.not));
        (name.get_ref().clone(), Concept { about: from.about.clone(), terms, not, origin: self.origin(name) })
    }

    fn cues(&mut self, from: schema::CuesFile) -> CuesPart {
        let mut part = CuesPart::default();
        for mut cue in from.cue {
            self.define(Kind::Cue, &cue.id);
            let condition = cue.condition();
            part.cues.push(Cue {
                id: cue.id.get_ref().clone(),
                kind: cue.kind,
                reach: cue.reach.0,
                condition: self.condition(condition, &cue.id, Kind::Cue),
                matches: examples(cue.matches),
                ignores: examples(cue.ignores),
                origin: self.origin(&cue.id),
            });
        }
        for section in from.section {
            self.define(Kind::Section, &section.id);
            let headings = self.terms(&section.headings);
            part.sections.push(Section { id: section.id.into_inner(), headings });
        }
        for column in from.column {
            part.columns.push(Column { kind: column.kind, headers: self.terms(&column.headers) });
        }
        part.slots = from.slot.iter().map(|(name, slot)| self.concept(Kind::Slot, name, slot)).collect();
        part
    }

    fn criterion(&mut self, from: schema::CriterionFile) -> Criterion {
        self.define(Kind::Criterion, &from.id);
        if from.facet.is_empty() {
            let reason = format!("the criterion `{}` has no facets", from.id.get_ref());
            self.fault(Code::Hollow, from.id.span(), reason, "add a [[facet]] with its rules");
        }
        let facets = from.facet.into_iter().map(|facet| self.facet(facet)).collect();
        let schema::CriterionFile { id, title, summary, source, required, caveat, facet: _ } =
            schema::CriterionFile { facet: Vec::new(), ..from };
        Criterion { id: id.into_inner(), title, summary, source, caveat, required, facets }
    }

    fn facet(&mut self, from: schema::FacetFile) -> Facet {
        self.define(Kind::Facet, &from.id);
        if from.rule.is_empty() {
            let reason = format!("the facet `{}` has no rules and would be missing everywhere", from.id.get_ref());
            self.fault(Code::Hollow, from.id.span(), reason, "add a [[facet.rule]]");
        }
        let mut seen = HashSet::new();
        let mut rules = Vec::with_capacity(from.rule.len());
        for rule in from.rule {
            self.define(Kind::Rule, &rule.id);
            if !seen.insert(rule.id.get_ref().clone()) {
                let reason = format!("this facet has two rules `{}`", rule.id.get_ref());
                self.fault(Code::Duplicate, rule.id.span(), reason, "give one of them another id");
            }
            rules.push(self.rule(rule));
        }
        Facet {
            id: from.id.into_inner(),
            title: from.title,
            counts: from.counts,
            not_enough: from.not_enough,
            why: from.why,
            question: from.question,
            complete_at: from.complete_at.map(|level| level.0),
            rules,
        }
    }

    fn rule(&mut self, mut from: schema::RuleFile) -> Rule {
        if from.matches.is_empty() && from.ignores.is_empty() {
            let reason = format!("the rule `{}` has no tests", from.id.get_ref());
            let remedy = "add `matches` with passages that it must fire on, and `ignores` with such as it must not";
            self.fault(Code::NoTests, from.id.span(), reason, remedy);
        }
        let condition = from.condition();
        Rule {
            id: from.id.get_ref().clone(),
            says: from.says,
            strength: from.strength,
            group: from.group,
            level: from.level.map(|level| level.0),
            condition: self.condition(condition, &from.id, Kind::Rule),
            matches: examples(from.matches),
            ignores: examples(from.ignores),
            origin: self.origin(&from.id),
        }
    }

    fn condition(&mut self, from: schema::ConditionValue, id: &Text, kind: Kind) -> Condition {
        if from.all.is_empty() && from.any.is_empty() {
            let reason = format!("the {} `{}` asks for nothing", kind.word(), id.get_ref());
            self.fault(Code::EmptyCondition, id.span(), reason, "give it `all` or `any` with at least one term");
        }
        if let Some(least) = &from.at_least {
            let (least, given, at) = (*least.get_ref(), from.any.len(), least.span());
            if least == 0 {
                self.fault(Code::BadValue, at, "`at_least = 0` asks for nothing", "leave it out, or write 1 or more");
            } else if least > given {
                let reason = format!("{least} items of `any` are asked for, and there are {given}");
                self.fault(Code::AtLeast, at, reason, "write a smaller number or add items to `any`");
            }
        }
        for section in from.scope.under.iter().chain(&from.scope.not_under) {
            let (name, at) = (section.get_ref().clone(), section.span());
            self.out.names.push(Named { kind: Kind::Section, name, at });
        }
        for pattern in &from.regex {
            self.regex(pattern);
        }
        Condition {
            all: self.terms(&from.all),
            any: self.terms(&from.any),
            at_least: from.at_least.map_or(1, toml::Spanned::into_inner),
            none: self.terms(&from.none),
            above: self.terms(&from.above),
            scope: from.scope.scope(),
            regex: from.regex.into_iter().map(toml::Spanned::into_inner).collect(),
            within: from.within,
            ordered: from.ordered,
        }
    }

    fn regex(&mut self, pattern: &Text) {
        let reason = match RegexBuilder::new(pattern.get_ref()).size_limit(REGEX_SIZE).build() {
            Ok(_) => return,
            Err(regex::Error::CompiledTooBig(_)) => "this regular expression takes too much memory".to_owned(),
            Err(error) => {
                let whole = error.to_string();
                let last = whole.lines().last().unwrap_or_default();
                format!("bad regular expression: {}", last.trim_start_matches("error: "))
            }
        };
        let remedy = "correct or shorten it; in '…' TOML leaves backslashes as they are";
        self.fault(Code::BadRegex, pattern.span(), reason, remedy);
    }

    fn calibration(&mut self, from: schema::CalibrationFile) -> Calibration {
        let mut facets = std::collections::BTreeMap::new();
        for (id, facet) in from.facets {
            let numbers = [facet.base, facet.holds];
            if numbers.iter().chain(facet.points.values()).any(|n| !n.is_finite()) {
                let reason = format!("the calibration of `{}` has a number that is none", id.get_ref());
                self.fault(Code::BadValue, id.span(), reason, "make it anew with `goldthread eval --calibrate`");
            }
            self.out.names.push(Named { kind: Kind::Facet, name: id.get_ref().clone(), at: id.span() });
            facets.insert(id.into_inner(), facet);
        }
        Calibration {
            made_from: from.made_from,
            documents: from.documents,
            documents_learned: from.documents_learned,
            facets,
            accuracy: from.accuracy,
            accuracy_learned: from.accuracy_learned,
            committed: from.committed,
            accountable: from.accountable,
        }
    }
}

fn examples(from: Vec<schema::ExampleValue>) -> Vec<Example> {
    from.into_iter().map(|example| example.0).collect()
}

/// "did you mean" where a known name is near, and otherwise nothing.
pub(super) fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|near| format!("did you mean `{near}`?"))
}
