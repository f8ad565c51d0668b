//! Scans a document by a compiled program, passage by passage; words are searched for some way ahead.

use super::condition::{self, Items, Window};
use super::find::{Finder, Found};
use super::program::{Compiled, Program, SetId};
use super::scratch::Scratch;
use super::search::{Search, Stretch, Words};
use super::view::{Region, View, lead_ins};
use super::{CueHit, Hit, Matcher, PassageHits, Place, RuleId, SectionId};
use crate::pack::{CueKind, Strength};
use crate::segment::{Cell, Passage, Segmented};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What stands above a passage, as a place to look for the items of `above`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Above {
    Heading(usize),
    LeadIn(usize),
    /// A column name, by its first token.
    Header(usize, usize),
}

/// One scan of one document.
pub(super) struct Scan<'m, 's> {
    pub(super) matcher: &'m Matcher,
    pub(super) program: &'m Program,
    pub(super) s: &'s Segmented<'s>,
    search: Search,
    pub(super) finder: Finder<'m>,
    /// For headings, column names and lead-ins.
    side: Finder<'m>,
    above: HashMap<(Above, SetId), Option<Range<usize>>>,
    sections: HashMap<usize, Vec<SectionId>>,
    lead_in_cues: HashMap<usize, Vec<CueHit>>,
    words: Words,
    /// Room for the conditions that are called for.
    called: Vec<u32>,
}

impl<'m, 's> Scan<'m, 's> {
    pub(super) fn of_document(matcher: &'m Matcher, s: &'s Segmented<'_>) -> Self {
        Self::new(matcher, s, Region::all(s))
    }

    /// A scan that knows one passage and what stands above it.
    pub(super) fn of_passage(matcher: &'m Matcher, s: &'s Segmented<'_>, passage: usize) -> Self {
        Self::new(matcher, s, Region::around(s, passage))
    }

    /// A scan that knows one passage and nothing of what stands above it.
    pub(super) fn of_passage_alone(matcher: &'m Matcher, s: &'s Segmented<'_>, passage: usize) -> Self {
        let alone = s.passages.get(passage).map(|p| Region { tokens: p.tokens.clone(), passage: Some(passage) });
        Self::new(matcher, s, alone.into_iter().collect())
    }

    fn new(matcher: &'m Matcher, s: &'s Segmented<'_>, regions: Vec<Region>) -> Self {
        let program = &matcher.program;
        let Scratch { words, rooms: [room, side], called } = matcher.pool.take();
        Self {
            matcher,
            program,
            s,
            search: Search::new(regions),
            finder: Finder::new(program, room),
            side: Finder::new(program, side),
            above: HashMap::new(),
            sections: HashMap::new(),
            lead_in_cues: HashMap::new(),
            words,
            called,
        }
    }

    /// Everything in one passage; its cues where a rule fires, or in any case.
    pub(super) fn passage(&mut self, index: usize, cues: bool) -> PassageHits {
        let s = self.s;
        let passage = &s.passages[index];
        let mut out = PassageHits { sections: self.sections_of(passage), ..PassageHits::default() };
        let view = self.load(passage);
        let (called, first_cue) = self.called_for();
        for &id in &called[..first_cue] {
            let windows = self.hold(id as usize, passage, &view, &out.sections);
            if windows.is_empty() {
                let against = matches!(self.matcher.rules[id as usize].strength, Strength::Doubt | Strength::Never);
                if !against && self.program.triggers.always.binary_search(&id).is_err() {
                    out.near.push(RuleId(id));
                }
                continue;
            }
            out.rules.extend(tightest(windows, &view).map(|w| Hit {
                rule: RuleId(id),
                tokens: w.tokens,
                parts: w.parts,
            }));
        }
        out.cues_sought = cues || !out.rules.is_empty();
        if out.cues_sought {
            out.cues = self.all_cues(passage, &view, &called[first_cue..], &out.sections);
        }
        self.called = called;
        out
    }

    /// The cues of one passage, whether a rule fires there or not.
    pub(super) fn cues(&mut self, index: usize) -> Vec<CueHit> {
        let s = self.s;
        let Some(passage) = s.passages.get(index) else { return Vec::new() };
        let sections = self.sections_of(passage);
        let view = self.load(passage);
        let (called, first_cue) = self.called_for();
        self.all_cues(passage, &view, &called[first_cue..], &sections)
    }

    /// What stands in the region that begins with a token.
    fn found_in(&mut self, start: usize) -> Arc<Stretch> {
        self.search.of(start, &mut self.words, &self.program.runs, self.s)
    }

    /// Makes the finder ready for a passage.
    pub(super) fn load(&mut self, passage: &'s Passage) -> View<'s> {
        let view = View::of_passage(self.s, passage);
        let found = self.found_in(passage.tokens.start);
        self.finder.load(&view, passage.tokens.start, found);
        view
    }

    /// The conditions that the words of the view that is loaded call for, in order: those of rules,
    /// then those of cues, with the place where these begin.
    fn called_for(&mut self) -> (Vec<u32>, usize) {
        let mut called = std::mem::take(&mut self.called);
        called.clear();
        self.finder.called(&mut called);
        let first_cue = called.partition_point(|c| (*c as usize) < self.matcher.rules.len());
        (called, first_cue)
    }

    /// Where a condition holds in the passage that is loaded.
    pub(super) fn hold(
        &mut self,
        id: usize,
        passage: &'s Passage,
        view: &View<'s>,
        sections: &[SectionId],
    ) -> Vec<Window> {
        let program = self.program;
        let condition = &program.conditions[id];
        if !in_scope(condition, passage, sections) || !self.items_there(condition, view) {
            return Vec::new();
        }
        for &set in &condition.above {
            if !self.finder.find(view, set) && self.above(passage, set).is_none() {
                return Vec::new();
            }
        }
        condition::windows(program, condition, &self.items(condition), view)
    }

    /// Works out the places of a condition's items; tells whether enough of them are there.
    fn items_there(&mut self, condition: &Compiled, view: &View<'_>) -> bool {
        let finder = &mut self.finder;
        let all = |finder: &mut Finder<'_>| condition.all_by_rate.iter().all(|s| finder.find(view, *s));
        let any = |finder: &mut Finder<'_>| {
            let there = condition.any.iter().filter(|s| finder.find(view, **s)).count();
            condition.any.is_empty() || there >= condition.at_least
        };
        let possible = condition.all.iter().all(|set| finder.possible(*set))
            && (condition.any.is_empty()
                || condition.any.iter().filter(|set| finder.possible(**set)).count() >= condition.at_least);
        if !possible {
            return false;
        }
        if !((!condition.any_is_rarest || any(finder)) && all(finder) && any(finder)) {
            return false;
        }
        if let Some(none) = condition.none {
            finder.find(view, none);
        }
        true
    }

    /// The places worked out before.
    pub(super) fn items<'f>(&'f self, condition: &'f Compiled) -> Items<'f> {
        Items {
            finder: &self.finder,
            all: &condition.all,
            any: &condition.any,
            none: condition.none.map_or(&[], |s| self.finder.get(s)),
        }
    }

    /// The first place of a set in what stands above a passage.
    pub(super) fn above(&mut self, passage: &'s Passage, set: SetId) -> Option<Range<usize>> {
        let headings = passage.headings.iter().map(|&h| Above::Heading(h));
        let lead_ins = lead_ins(self.s, passage).map(Above::LeadIn);
        let headers = passage.cells.iter().map(|c| &c.header).filter(|h| !h.is_empty());
        let headers = headers.map(|h| Above::Header(h.start, h.end));
        let places: Vec<Above> = headings.chain(lead_ins).chain(headers).collect();
        places.into_iter().find_map(|place| self.in_above(place, set))
    }

    fn in_above(&mut self, place: Above, set: SetId) -> Option<Range<usize>> {
        if let Some(known) = self.above.get(&(place, set)) {
            return known.clone();
        }
        let s = self.s;
        let found = match place {
            Above::Heading(h) => self.in_tokens(&s.headings[h].tokens, set),
            Above::Header(start, end) => self.in_tokens(&(start..end), set),
            Above::LeadIn(p) => {
                let passage = &s.passages[p];
                self.in_view(&View::of_last_sentence(s, passage), &passage.tokens, set)
            }
        };
        self.above.insert((place, set), found.clone());
        found
    }

    fn in_tokens(&mut self, tokens: &Range<usize>, set: SetId) -> Option<Range<usize>> {
        let s = self.s;
        self.in_view(&View::of_tokens(s, tokens), tokens, set)
    }

    fn in_view(&mut self, view: &View<'_>, region: &Range<usize>, set: SetId) -> Option<Range<usize>> {
        let found = self.found_in(region.start);
        self.side.load(view, region.start, found);
        self.side.find(view, set);
        self.side.get(set).first().map(|f| f.start as usize..f.end as usize)
    }

    /// The sections that the headings above a passage tell.
    pub(super) fn sections_of(&mut self, passage: &Passage) -> Vec<SectionId> {
        let s = self.s;
        let mut out = Vec::new();
        for &h in passage.headings.iter() {
            if !self.sections.contains_key(&h) {
                let tokens = &s.headings[h].tokens;
                let view = View::of_tokens(s, tokens);
                let found = self.found_in(tokens.start);
                self.side.load(&view, tokens.start, found);
                let ids = (0u32..).zip(&self.program.sections);
                let told = ids.filter(|(_, set)| self.side.find(&view, **set)).map(|(id, _)| SectionId(id));
                self.sections.insert(h, told.collect());
            }
            out.extend_from_slice(self.sections.get(&h).map_or(&[], Vec::as_slice));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn all_cues(
        &mut self,
        passage: &'s Passage,
        view: &View<'s>,
        called: &[u32],
        sections: &[SectionId],
    ) -> Vec<CueHit> {
        let mut out = self.cues_in(passage, view, called, sections, Place::Here);
        let known = self.lead_in_cues.len();
        for above in lead_ins(self.s, passage) {
            out.extend_from_slice(&self.cues_of_lead_in(above, sections));
        }
        if self.lead_in_cues.len() > known && !passage.cells.is_empty() {
            self.load(passage);
        }
        for (index, cell) in passage.cells.iter().enumerate() {
            self.column_cues(view, index, cell, &mut out);
        }
        out
    }

    fn cues_in(
        &mut self,
        passage: &'s Passage,
        view: &View<'s>,
        called: &[u32],
        sections: &[SectionId],
        place: Place,
    ) -> Vec<CueHit> {
        let mut out = Vec::new();
        let rules = self.matcher.rules.len();
        for &id in called {
            let cue = id as usize - rules;
            let kind = self.matcher.cues[cue].kind;
            for window in self.hold(id as usize, passage, view, sections) {
                let (start, end) = (window.tokens.start, window.tokens.end);
                out.push(CueHit { cue: Some(cue), kind, start, end, place });
            }
        }
        out
    }

    /// The cues in the last sentence of a lead-in, which are worked out once for the whole list.
    fn cues_of_lead_in(&mut self, above: usize, sections: &[SectionId]) -> Vec<CueHit> {
        if let Some(known) = self.lead_in_cues.get(&above) {
            return known.clone();
        }
        let s = self.s;
        let passage = &s.passages[above];
        let view = View::of_last_sentence(s, passage);
        // The passage below is forgotten, and must be loaded anew if more is asked of it.
        let found = self.found_in(passage.tokens.start);
        self.finder.load(&view, passage.tokens.start, found);
        let (called, first_cue) = self.called_for();
        let out = self.cues_in(passage, &view, &called[first_cue..], sections, Place::LeadIn);
        self.called = called;
        self.lead_in_cues.insert(above, out.clone());
        out
    }

    /// The cues that the name of a cell's column gives.
    fn column_cues(&mut self, view: &View<'s>, index: usize, cell: &Cell, out: &mut Vec<CueHit>) {
        if cell.header.is_empty() || is_blank(self.s, cell) {
            return;
        }
        for (column, kind) in self.matcher.column_kinds.iter().enumerate() {
            let set = self.program.columns[column];
            let header = Above::Header(cell.header.start, cell.header.end);
            let there = self.in_above(header, set).is_some() && self.cell_holds(view, cell, *kind);
            let double = out.iter().any(|c| c.kind == *kind && c.place == Place::Column(index));
            if there && !double {
                let (start, end) = (cell.tokens.start, cell.tokens.end);
                out.push(CueHit { cue: None, kind: *kind, start, end, place: Place::Column(index) });
            }
        }
    }

    /// Whether a cell holds what its column's name promises.
    fn cell_holds(&mut self, view: &View<'s>, cell: &Cell, kind: CueKind) -> bool {
        let figure = cell.tokens.clone().any(|t| self.s.folded.word_at(t).contains(|c: char| c.is_ascii_digit()));
        let sets = match kind {
            CueKind::Amount => self.program.amount,
            CueKind::Date => self.program.date,
            _ => return true,
        };
        let inside = |f: &Found| cell.tokens.start <= f.start as usize && f.end as usize <= cell.tokens.end;
        figure || sets.into_iter().any(|set| self.finder.find(view, set) && self.finder.get(set).iter().any(inside))
    }
}

impl Drop for Scan<'_, '_> {
    fn drop(&mut self) {
        self.matcher.pool.give(Scratch {
            words: std::mem::take(&mut self.words),
            rooms: [self.finder.take_room(), self.side.take_room()],
            called: std::mem::take(&mut self.called),
        });
    }
}

/// Whether a cell says nothing.
fn is_blank(s: &Segmented<'_>, cell: &Cell) -> bool {
    let mut words = cell.tokens.clone().filter(|t| !s.folded.tokens[*t].mark).map(|t| s.folded.word_at(t));
    let (first, second, third) = (words.next(), words.next(), words.next());
    match (first, second, third) {
        (None, ..) => true,
        (Some(only), None, _) => matches!(only, "tbc" | "tbd" | "tba" | "na" | "nil" | "none"),
        (Some("n"), Some("a"), None) => true,
        (Some("to"), Some("be"), Some("confirmed" | "agreed" | "determined" | "decided")) => true,
        _ => false,
    }
}

pub(super) fn in_scope(condition: &Compiled, passage: &Passage, sections: &[SectionId]) -> bool {
    let told = |ids: &[SectionId]| ids.iter().any(|id| sections.contains(id));
    (condition.kinds.is_empty() || condition.kinds.contains(&passage.kind))
        && (condition.under.is_empty() || told(&condition.under))
        && !told(&condition.not_under)
}

/// The smallest window and the smallest one that begins in another sentence.
fn tightest(mut windows: Vec<Window>, view: &View<'_>) -> impl Iterator<Item = Window> + use<> {
    windows.sort_by_key(|w| (w.tokens.len(), w.tokens.start));
    let first = windows.first().map(|w| view.sentence_at(w.tokens.start));
    let second = windows.iter().position(|w| Some(view.sentence_at(w.tokens.start)) != first);
    let keep = [Some(0), second];
    windows.into_iter().enumerate().filter(move |(i, _)| keep.contains(&Some(*i))).map(|(_, w)| w)
}
