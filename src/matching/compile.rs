//! Packs to a [`Program`].
//!
//! Comes in: packs, the shared lexicon and cues. Goes out: the program and the lists of rules and
//! facets. A concept that a pack defines hides the shared one in that pack; a shared concept
//! sees shared concepts only.

use super::literal::Literals;
use super::program::{Compiled, Lists, Program, SequenceId, Set, SetId, Step, What, small};
use super::slots::Slot;
use super::trigger;
use super::{FacetInfo, MatchError, RuleInfo, SectionId};
use crate::pack::{Concept, Condition, Cues, Element, Lexicon, RulePack, Term, WordPattern};
use regex::Regex;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a whole compilation gives.
pub(super) struct Output {
    pub program: Program,
    pub facets: Vec<FacetInfo>,
    pub rules: Vec<RuleInfo>,
}

/// Compiles packs, cues, sections and columns.
pub(super) fn compile(packs: &[Arc<RulePack>], lexicon: &Lexicon, cues: &Cues) -> Result<Output, MatchError> {
    let mut compiler = Compiler::new(packs, lexicon, cues);
    let (mut facets, mut rules, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
    for (p, pack) in packs.iter().enumerate() {
        for (c, criterion) in pack.criteria.iter().enumerate() {
            for (f, facet) in criterion.facets.iter().enumerate() {
                for (r, rule) in facet.rules.iter().enumerate() {
                    compiler.place = format!("{}/{}", facet.id, rule.id);
                    conditions.push(compiler.condition(p + 1, &rule.condition)?);
                    rules.push(RuleInfo {
                        pack: p,
                        criterion: c,
                        facet: facets.len(),
                        rule: r,
                        strength: rule.strength,
                    });
                }
                facets.push(FacetInfo { pack: p, criterion: c, facet: f });
            }
        }
    }
    for cue in &cues.cues {
        compiler.place = format!("cue {}", cue.id);
        conditions.push(compiler.condition(0, &cue.condition)?);
    }
    let program = compiler.finish(conditions, cues)?;
    Ok(Output { program, facets, rules })
}

struct Compiler<'a> {
    packs: &'a [Arc<RulePack>],
    lexicon: &'a Lexicon,
    vocabulary: &'a BTreeMap<String, Concept>,
    section_ids: HashMap<&'a str, SectionId>,
    sequences: Sequences,
    sets: Vec<Set>,
    set_ids: HashMap<Set, SetId>,
    /// By scope (0 is the shared lexicon, others a pack) and name; `None` while under way.
    concepts: HashMap<(usize, String), Option<SetId>>,
    slots: HashMap<String, SetId>,
    regexes: Vec<Regex>,
    regex_ids: HashMap<String, usize>,
    /// What is being compiled, for messages.
    place: String,
}

/// Sequences, each stored once.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    pub all: Vec<Vec<Step>>,
    ids: HashMap<Vec<Step>, SequenceId>,
}

impl Sequences {
    pub(super) fn intern(&mut self, steps: Vec<Step>) -> SequenceId {
        if let Some(id) = self.ids.get(&steps) {
            return *id;
        }
        let id = SequenceId(small(self.all.len()));
        self.all.push(steps.clone());
        self.ids.insert(steps, id);
        id
    }
}

impl<'a> Compiler<'a> {
    fn new(packs: &'a [Arc<RulePack>], lexicon: &'a Lexicon, cues: &'a Cues) -> Self {
        let section_ids = cues.sections.iter().enumerate().map(|(i, s)| (s.id.as_str(), SectionId(small(i)))).collect();
        Self {
            packs,
            lexicon,
            vocabulary: &cues.slots,
            section_ids,
            sequences: Sequences::default(),
            sets: Vec::new(),
            set_ids: HashMap::new(),
            concepts: HashMap::new(),
            slots: HashMap::new(),
            regexes: Vec::new(),
            regex_ids: HashMap::new(),
            place: String::new(),
        }
    }

    fn finish(mut self, conditions: Vec<Compiled>, cues: &Cues) -> Result<Program, MatchError> {
        let mut sections = Vec::new();
        for section in &cues.sections {
            self.place = format!("section {}", section.id);
            sections.push(self.union(0, &section.headings, &[], None)?);
        }
        let mut columns = Vec::new();
        for column in &cues.columns {
            self.place = format!("column of {:?}", column.kind);
            columns.push(self.union(0, &column.headers, &[], None)?);
        }
        let amount = [self.slot("money")?, self.slot("staff")?];
        let date = [self.slot("date")?, self.slot("number")?];
        let triggers = trigger::choose(&self.sets, &mut self.sequences, &conditions);
        let mut members = vec![Vec::new(); self.sequences.all.len()];
        for (id, set) in self.sets.iter().enumerate() {
            for sequence in &set.literal {
                members[sequence.index()].push(SetId(small(id)));
            }
        }
        let literals = Literals::new(&self.sequences.all)?;
        Ok(Program {
            sets: self.sets,
            sequences: self.sequences.all,
            members: members.into_iter().collect::<Lists<_>>(),
            conditions,
            regexes: self.regexes,
            literals,
            triggers,
            sections,
            columns,
            amount,
            date,
        })
    }

    fn condition(&mut self, scope: usize, condition: &Condition) -> Result<Compiled, MatchError> {
        let one_by_one = |this: &mut Self, terms: &[Term]| {
            terms.iter().map(|t| this.union(scope, std::slice::from_ref(t), &[], None)).collect::<Result<Vec<_>, _>>()
        };
        let all = one_by_one(self, &condition.all)?;
        let any_items = one_by_one(self, &condition.any)?;
        let none_items = one_by_one(self, &condition.none)?;
        let above = one_by_one(self, &condition.above)?;
        let at_least = condition.at_least.max(1);
        let any = if any_items.len() > 1 && at_least == 1 {
            vec![self.union(scope, &condition.any, &[], None)?]
        } else {
            any_items.clone()
        };
        let none = if none_items.is_empty() { None } else { Some(self.union(scope, &condition.none, &[], None)?) };
        Ok(Compiled {
            all,
            any,
            at_least,
            none,
            above,
            regex: condition.regex.iter().map(|r| self.regex(r)).collect::<Result<_, _>>()?,
            within: condition.within,
            ordered: condition.ordered,
            kinds: condition.scope.kinds.clone(),
            under: self.sections(&condition.scope.under)?,
            not_under: self.sections(&condition.scope.not_under)?,
            any_items,
            none_items,
        })
    }

    fn sections(&self, ids: &[String]) -> Result<Vec<SectionId>, MatchError> {
        ids.iter()
            .map(|id| {
                self.section_ids
                    .get(id.as_str())
                    .copied()
                    .ok_or_else(|| MatchError::UnknownSection { place: self.place.clone(), name: id.clone() })
            })
            .collect()
    }

    fn regex(&mut self, source: &str) -> Result<usize, MatchError> {
        if let Some(id) = self.regex_ids.get(source) {
            return Ok(*id);
        }
        let regex = Regex::new(source)
            .map_err(|error| MatchError::Regex { place: self.place.clone(), error: Box::new(error) })?;
        self.regexes.push(regex);
        self.regex_ids.insert(source.to_owned(), self.regexes.len() - 1);
        Ok(self.regexes.len() - 1)
    }

    /// The set of all places of some terms.
    fn union(&mut self, scope: usize, terms: &[Term], not: &[Term], slot: Option<Slot>) -> Result<SetId, MatchError> {
        let mut set = Set { slot, ..Set::default() };
        for term in terms {
            for alternative in &term.alternatives {
                self.alternative(scope, term, alternative, &mut set)?;
            }
        }
        if !not.is_empty() {
            set.not = Some(self.union(scope, not, &[], None)?);
        }
        Ok(self.intern(set))
    }

    fn alternative(
        &mut self,
        scope: usize,
        term: &Term,
        elements: &[Element],
        set: &mut Set,
    ) -> Result<(), MatchError> {
        let steps = self.steps(scope, term, elements)?;
        match steps.as_slice() {
            [] => {}
            [Step { what: What::Set(part), .. }] => set.parts.push(*part),
            steps if steps.iter().any(|s| matches!(s.what, What::Set(_))) => {
                set.mixed.push(self.sequences.intern(steps.to_vec()));
            }
            steps if steps.iter().all(|s| is_blank(&s.what)) => {
                return Err(MatchError::NoWord { place: self.place.clone(), term: term.written.clone() });
            }
            steps => set.literal.push(self.sequences.intern(steps.to_vec())),
        }
        Ok(())
    }

    fn steps(&mut self, scope: usize, term: &Term, elements: &[Element]) -> Result<Vec<Step>, MatchError> {
        let mut steps: Vec<Step> = Vec::with_capacity(elements.len());
        let mut gap = None;
        for element in elements {
            let what = match element {
                Element::Gap(words) => {
                    gap = Some(gap.unwrap_or(0) + words);
                    continue;
                }
                Element::Word(pattern) => What::Word(pattern.clone()),
                Element::Concept(name) => What::Set(self.concept(scope, name, term)?),
                Element::Slot(name) => What::Set(self.slot(name)?),
            };
            let first = steps.is_empty();
            steps.push(Step { gap: gap.take().filter(|_| !first), what });
        }
        Ok(steps)
    }

    fn concept(&mut self, scope: usize, name: &str, term: &Term) -> Result<SetId, MatchError> {
        let own = scope.checked_sub(1).and_then(|p| self.packs[p].lexicon.concepts.get(name));
        let (scope, concept) = match own {
            Some(concept) => (scope, Some(concept)),
            None => (0, self.lexicon.concepts.get(name)),
        };
        let Some(concept) = concept else {
            let (name, term) = (name.to_owned(), term.written.clone());
            return Err(MatchError::UnknownConcept { place: self.place.clone(), name, term });
        };
        let key = (scope, name.to_owned());
        match self.concepts.get(&key) {
            Some(Some(set)) => return Ok(*set),
            Some(None) => return Err(MatchError::Cycle { name: name.to_owned() }),
            None => {}
        }
        self.concepts.insert(key.clone(), None);
        let place = std::mem::replace(&mut self.place, format!("concept {name}"));
        let set = self.union(scope, &concept.terms, &concept.not, None)?;
        self.place = place;
        self.concepts.insert(key, Some(set));
        Ok(set)
    }

    fn slot(&mut self, name: &str) -> Result<SetId, MatchError> {
        if let Some(set) = self.slots.get(name) {
            return Ok(*set);
        }
        let slot = Slot::named(name);
        let vocabulary = self.vocabulary.get(name);
        if slot.is_none() && vocabulary.is_none() {
            return Err(MatchError::UnknownSlot { place: self.place.clone(), name: name.to_owned() });
        }
        let (terms, not) = vocabulary.map_or((&[][..], &[][..]), |c| (&c.terms, &c.not));
        let set = self.union(0, terms, not, slot)?;
        self.slots.insert(name.to_owned(), set);
        Ok(set)
    }

    fn intern(&mut self, mut set: Set) -> SetId {
        set.literal.sort_unstable();
        set.literal.dedup();
        set.mixed.sort_unstable();
        set.mixed.dedup();
        set.parts.sort_unstable();
        set.parts.dedup();
        if let ([part], [], [], None, None) = (&*set.parts, &*set.literal, &*set.mixed, set.not, set.slot) {
            return *part;
        }
        if let Some(id) = self.set_ids.get(&set) {
            return *id;
        }
        let id = SetId(small(self.sets.len()));
        self.sets.push(set.clone());
        self.set_ids.insert(set, id);
        id
    }
}

/// A step that any word fits.
fn is_blank(what: &What) -> bool {
    matches!(what, What::Word(WordPattern::Prefix(stem)) if stem.is_empty())
}
