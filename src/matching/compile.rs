//! Packs to a [`Program`].
//!
//! Comes in: packs, the shared lexicon and cues. Goes out: the program and the lists of rules and
//! facets. A concept that a pack defines hides the shared one in that pack; a shared concept
//! sees shared concepts only.

use super::confirm::Confirm;
use super::factor::{Choice, ChoiceId, Choices, Part};
use super::literal::{Piece, Runs};
use super::program::{Compiled, Program, Sequence, SequenceId, Set, SetId, Step, What, small};
use super::slots::Slot;
use super::trigger;
use super::{FacetInfo, MatchError, RuleInfo, SectionId};
use crate::pack::quick::{QuickMap, Slices};
use crate::pack::{Concept, Condition, Cues, Element, Lexicon, RulePack, Segment, Term, WordPattern};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Sets with more runs and sequences than this stay whole in a list of items.
const SMALL_SET: usize = 16;

/// The facets and rules of packs, in order.
pub(super) fn places(packs: &[Arc<RulePack>]) -> (Vec<FacetInfo>, Vec<RuleInfo>) {
    let (mut facets, mut rules) = (Vec::new(), Vec::new());
    for (pack, criteria) in packs.iter().map(|pack| &pack.criteria).enumerate() {
        for (criterion, asked) in criteria.iter().enumerate() {
            for (facet, asked) in asked.facets.iter().enumerate() {
                let of_facet = asked.rules.iter().enumerate().map(|(rule, asked)| RuleInfo {
                    pack,
                    criterion,
                    facet: facets.len(),
                    rule,
                    strength: asked.strength,
                });
                rules.extend(of_facet);
                facets.push(FacetInfo { pack, criterion, facet });
            }
        }
    }
    (facets, rules)
}

/// Compiles packs, cues, sections and columns.
pub(super) fn compile(packs: &[Arc<RulePack>], lexicon: &Lexicon, cues: &Cues) -> Result<Program, MatchError> {
    let mut compiler = Compiler::new(packs, lexicon, cues);
    let mut conditions = Vec::new();
    for (pack, criteria) in packs.iter().map(|pack| &pack.criteria).enumerate() {
        for facet in criteria.iter().flat_map(|c| &c.facets) {
            for rule in &facet.rules {
                compiler.place = format!("{}/{}", facet.id, rule.id);
                conditions.push(compiler.condition(pack + 1, &rule.condition)?);
            }
        }
    }
    for cue in &cues.cues {
        compiler.place = format!("cue {}", cue.id);
        conditions.push(compiler.condition(0, &cue.condition)?);
    }
    compiler.finish(conditions, cues)
}

/// What an element of a term means.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Gap(u32),
    Piece(Piece),
    /// A set or any word.
    Choice(ChoiceId),
}

struct Compiler<'a> {
    packs: &'a [Arc<RulePack>],
    lexicon: &'a Lexicon,
    vocabulary: &'a BTreeMap<String, Concept>,
    section_ids: HashMap<&'a str, SectionId>,
    runs: Runs,
    choices: Choices,
    sequences: Vec<Sequence>,
    sequence_ids: QuickMap<Vec<Step>, SequenceId>,
    sets: Vec<Set>,
    set_ids: QuickMap<Set, SetId>,
    /// By scope (0 is the shared lexicon, others a pack) and name; `None` while under way.
    concepts: HashMap<(usize, String), Option<SetId>>,
    slots: HashMap<String, SetId>,
    regexes: Vec<Confirm>,
    regex_ids: HashMap<String, usize>,
    /// What is being compiled, for messages.
    place: String,
}

impl<'a> Compiler<'a> {
    fn new(packs: &'a [Arc<RulePack>], lexicon: &'a Lexicon, cues: &'a Cues) -> Self {
        let section_ids = cues.sections.iter().enumerate().map(|(i, s)| (s.id.as_str(), SectionId(small(i)))).collect();
        Self {
            packs,
            lexicon,
            vocabulary: &cues.slots,
            section_ids,
            runs: Runs::default(),
            choices: Choices::default(),
            sequences: Vec::new(),
            sequence_ids: QuickMap::default(),
            sets: Vec::new(),
            set_ids: QuickMap::default(),
            concepts: HashMap::new(),
            slots: HashMap::new(),
            regexes: Vec::new(),
            regex_ids: HashMap::new(),
            place: String::new(),
        }
    }

    fn finish(mut self, mut conditions: Vec<Compiled>, cues: &Cues) -> Result<Program, MatchError> {
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
        let known = trigger::of_sets(&self.sets, &self.sequences, &self.runs);
        let rate = |set: &SetId| known[set.index()].rate;
        let by_rate = |a: &SetId, b: &SetId| rate(a).total_cmp(&rate(b));
        self.sequences.iter_mut().for_each(|s| s.needs.sort_by(by_rate));
        for condition in &mut conditions {
            condition.all_by_rate.sort_by(by_rate);
            let any: f64 = condition.any.iter().map(rate).sum();
            condition.any_is_rarest = condition.all_by_rate.first().is_some_and(|set| any < rate(set));
        }
        let (made, triggers) = trigger::choose(&known, &self.runs, &conditions, &self.sequences, &self.sets);
        Ok(Program {
            made,
            sequences: self.sequences,
            runs: self.runs.without_rates(),
            conditions,
            regexes: self.regexes,
            triggers,
            sections,
            columns,
            amount,
            date,
        })
    }

    fn condition(&mut self, scope: usize, condition: &Condition) -> Result<Compiled, MatchError> {
        let mut one_by_one = |terms: &[Term]| {
            terms.iter().map(|t| self.union(scope, std::slice::from_ref(t), &[], None)).collect::<Result<Vec<_>, _>>()
        };
        let all = one_by_one(&condition.all)?;
        let any_items = one_by_one(&condition.any)?;
        let none_items = one_by_one(&condition.none)?;
        let above = one_by_one(&condition.above)?;
        let at_least = condition.at_least.max(1);
        let any = if any_items.len() > 1 && at_least == 1 { vec![self.join(&any_items)] } else { any_items.clone() };
        let none = (!none_items.is_empty()).then(|| self.join(&none_items));
        Ok(Compiled {
            all_by_rate: all.clone(),
            any_is_rarest: false,
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
        let regex = Confirm::new(source)
            .map_err(|error| MatchError::Regex { place: self.place.clone(), error: Box::new(error) })?;
        self.regexes.push(regex);
        self.regex_ids.insert(source.to_owned(), self.regexes.len() - 1);
        Ok(self.regexes.len() - 1)
    }

    /// The set of all places of some terms.
    fn union(&mut self, scope: usize, terms: &[Term], not: &[Term], slot: Option<Slot>) -> Result<SetId, MatchError> {
        let mut set = Set { slot, ..Set::default() };
        for term in terms {
            let elements = self.meanings(scope, term)?;
            if let [only] = term.segments() {
                self.alternatives(&elements, term, only, &mut set)?;
                continue;
            }
            let mut parts = Vec::with_capacity(term.segments().len());
            for segment in term.segments() {
                let gap = segment.gap.and_then(|gap| match elements.get(usize::from(gap)) {
                    Some(Meaning::Gap(words)) => Some(*words),
                    _ => None,
                });
                let mut own = Set::default();
                self.alternatives(&elements, term, segment, &mut own)?;
                parts.push(Part { gap, choice: self.choice(own) });
            }
            set.sequences.push(self.sequence(&parts));
        }
        if !not.is_empty() {
            set.not = Some(self.union(scope, not, &[], None)?);
        }
        Ok(self.intern(set))
    }

    /// Adds the alternatives of a part of a term to a set.
    fn alternatives(
        &mut self,
        elements: &[Meaning],
        term: &Term,
        segment: &Segment,
        set: &mut Set,
    ) -> Result<(), MatchError> {
        let (mut open, mut parts, mut run) = (Slices::default(), Vec::new(), Vec::new());
        for path in segment.paths() {
            self.parts(elements, path, &mut parts, &mut run);
            match parts.as_slice() {
                [] => {}
                parts if parts.iter().all(|p| self.choices.any_word(p.choice)) => {
                    return Err(MatchError::NoWord { place: self.place.clone(), term: term.written.clone() });
                }
                [part] => self.choices.put(part.choice, set),
                parts => _ = open.add(parts),
            }
        }
        let open = self.choices.factor(open);
        for alternative in 0..open.len() {
            let sequence = self.sequence(open.get(alternative));
            set.sequences.push(sequence);
        }
        Ok(())
    }

    /// What stands where a set does, as a step.
    fn choice(&mut self, mut set: Set) -> ChoiceId {
        if !set.sequences.is_empty() {
            let sets = vec![self.intern(set)];
            return self.choices.add(Choice { sets, ..Choice::default() });
        }
        if let ([run], []) = (set.runs.as_slice(), set.parts.as_slice()) {
            return ChoiceId::Run(*run);
        }
        set.runs.sort_unstable();
        set.runs.dedup();
        set.parts.sort_unstable();
        set.parts.dedup();
        self.choices.add(Choice { runs: set.runs, sets: set.parts, any_word: false })
    }

    /// The set of all places of some sets.
    fn join(&mut self, sets: &[SetId]) -> SetId {
        let mut out = Set::default();
        for id in sets {
            let set = &self.sets[id.index()];
            let small = set.runs.len() + set.sequences.len() <= SMALL_SET;
            if small && set.not.is_none() && set.slot.is_none() {
                out.runs.extend(&set.runs);
                out.sequences.extend(&set.sequences);
                out.parts.extend(&set.parts);
            } else {
                out.parts.push(*id);
            }
        }
        self.intern(out)
    }

    /// What the elements of a term mean here.
    fn meanings(&mut self, scope: usize, term: &Term) -> Result<Vec<Meaning>, MatchError> {
        let mut out = Vec::with_capacity(term.elements().len());
        for element in term.elements() {
            out.push(match element {
                Element::Gap(most) => Meaning::Gap(small(*most)),
                Element::Word(WordPattern::Prefix(stem)) if stem.is_empty() => {
                    Meaning::Choice(self.choices.add(Choice { any_word: true, ..Choice::default() }))
                }
                Element::Word(pattern) => Meaning::Piece(self.runs.piece(pattern)),
                Element::Concept(name) => {
                    let set = self.concept(scope, name, term)?;
                    Meaning::Choice(self.choices.add(Choice { sets: vec![set], ..Choice::default() }))
                }
                Element::Slot(name) => {
                    let set = self.slot(name)?;
                    Meaning::Choice(self.choices.add(Choice { sets: vec![set], ..Choice::default() }))
                }
            });
        }
        Ok(out)
    }

    /// An alternative of a term as runs of words and sets.
    fn parts(&mut self, elements: &[Meaning], path: &[u16], out: &mut Vec<Part>, run: &mut Vec<Piece>) {
        out.clear();
        run.clear();
        let (mut gap, mut run_gap) = (None, None);
        let mut steps = path.iter().filter_map(|step| elements.get(usize::from(*step))).peekable();
        while let Some(element) = steps.next() {
            let choice = match *element {
                Meaning::Gap(most) => {
                    gap = Some(gap.unwrap_or(0) + most);
                    continue;
                }
                Meaning::Choice(choice) => choice,
                Meaning::Piece(piece) => {
                    if run.is_empty() {
                        run_gap = gap.take();
                    }
                    run.push(piece);
                    let on = matches!(steps.peek(), Some(Meaning::Piece(_)));
                    if on && matches!(piece, Piece::Word(_)) {
                        continue;
                    }
                    gap = run_gap.take();
                    let id = self.runs.intern(run);
                    run.clear();
                    ChoiceId::Run(id)
                }
            };
            // A gap before the first step asks nothing.
            let before = gap.take().filter(|_| !out.is_empty());
            out.push(Part { gap: before, choice });
        }
    }

    fn sequence(&mut self, parts: &[Part]) -> SequenceId {
        let mut steps = Vec::with_capacity(parts.len());
        for part in parts {
            let what = if self.choices.any_word(part.choice) {
                What::Word
            } else {
                let mut set = Set::default();
                self.choices.put(part.choice, &mut set);
                What::Set(self.intern(set))
            };
            steps.push(Step { gap: part.gap.map(|words| words as usize), what });
        }
        if let Some(id) = self.sequence_ids.get(&steps) {
            return *id;
        }
        let id = SequenceId(small(self.sequences.len()));
        let sets = steps.iter().filter_map(|s| if let What::Set(set) = s.what { Some(set) } else { None });
        let mut needs: Vec<SetId> = sets.collect();
        needs.sort_unstable();
        needs.dedup();
        self.sequences.push(Sequence { steps: steps.clone(), needs });
        self.sequence_ids.insert(steps, id);
        id
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
        let slot = Slot::of_name(name);
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
        set.runs.sort_unstable();
        set.runs.dedup();
        set.sequences.sort_unstable();
        set.sequences.dedup();
        set.parts.sort_unstable();
        set.parts.dedup();
        if let ([part], [], [], None, None) = (&*set.parts, &*set.runs, &*set.sequences, set.not, set.slot) {
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
