//! [`Trace`]: why a rule fires or does not fire in a passage, item by item.

use super::condition::{self, Window};
use super::find::Found;
use super::program::{Compiled, SetId};
use super::scan::{Scan, in_scope};
use super::view::View;
use crate::pack::{Condition, Term, Within};
use crate::segment::Segmented;
use std::ops::Range;

/// Why a rule fires or does not fire in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Where it fires: all smallest windows. Empty where it does not.
    pub fires: Vec<Range<usize>>,
    /// Every item of the condition.
    pub items: Vec<ItemTrace>,
    /// What is not fulfilled, the first reason first. Empty where it fires.
    pub failures: Vec<Failure>,
    /// How near the items must stand.
    pub within: Within,
}

/// One item of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemTrace {
    /// Which list it belongs to.
    pub list: List,
    /// As it is written.
    pub written: String,
    /// Where it stands in the passage.
    pub found: Vec<Range<usize>>,
    /// Where it stands above the passage, for an item of `above`.
    pub above: Option<Range<usize>>,
}

/// The lists of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// Every item must be there.
    All,
    /// Some items must be there.
    Any,
    /// No item may be there.
    None,
    /// Every item must be in the passage or above it.
    Above,
}

/// What of a condition is not fulfilled. Numbers are indices of [`Trace::items`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The rule does not look at such passages, or not in this section.
    Scope,
    /// These items of `all` are missing.
    All(Vec<usize>),
    /// Too few items of `any` are there.
    Any {
        /// How many are there.
        found: usize,
        /// How many must be.
        needed: usize,
    },
    /// These items of `above` are neither in the passage nor above it.
    Above(Vec<usize>),
    /// The items are there in another order.
    Order,
    /// The items are there, but not near enough to one another.
    Within,
    /// These items of `none` are there.
    None(Vec<usize>),
    /// These regular expressions do not match.
    Regex(Vec<String>),
}

impl Scan<'_, '_> {
    /// Traces a condition, of which `written` is the source.
    pub(super) fn trace(&mut self, index: usize, id: usize, written: &Condition) -> Trace {
        let s = self.s;
        let condition = &self.program.conditions[id];
        let mut out = Trace { fires: Vec::new(), items: Vec::new(), failures: Vec::new(), within: written.within };
        let Some(passage) = s.passages.get(index) else { return out };
        let sections = self.sections_of(passage);
        let view = self.load(passage);
        out.fires = self.hold(id, passage, &view, &sections).into_iter().map(|w: Window| w.tokens).collect();
        self.trace_list(&mut out, &view, List::All, &written.all, &condition.all);
        self.trace_list(&mut out, &view, List::Any, &written.any, &condition.any_items);
        self.trace_list(&mut out, &view, List::None, &written.none, &condition.none_items);
        self.trace_list(&mut out, &view, List::Above, &written.above, &condition.above);
        let items = out.items.iter_mut().filter(|i| i.list == List::Above);
        for (item, set) in items.zip(&condition.above) {
            item.above = self.above(passage, *set);
        }
        if out.fires.is_empty() {
            if !in_scope(condition, passage, &sections) {
                out.failures.push(Failure::Scope);
            }
            missing(condition, &mut out);
            if out.failures.iter().all(|f| *f == Failure::Scope) {
                self.conflicts(condition, written, &view, &mut out);
            }
        }
        out
    }

    /// The first place of each item of a rule that stands in a passage, but for those that must not.
    pub(super) fn first_places(&mut self, index: usize, rule: usize) -> Vec<Range<usize>> {
        let condition = &self.program.conditions[rule];
        let Some(passage) = self.s.passages.get(index) else { return Vec::new() };
        let view = self.load(passage);
        let items = condition.all.iter().chain(&condition.any_items).chain(&condition.above);
        let mut out = Vec::new();
        for &set in items {
            self.finder.find(&view, set);
            out.extend(self.finder.get(set).first().map(|f| f.start as usize..f.end as usize));
        }
        out
    }

    fn trace_list(&mut self, out: &mut Trace, view: &View<'_>, list: List, written: &[Term], sets: &[SetId]) {
        for (term, set) in written.iter().zip(sets) {
            self.finder.find(view, *set);
            let found = self.finder.get(*set).iter().map(|f: &Found| f.start as usize..f.end as usize).collect();
            out.items.push(ItemTrace { list, written: term.written.clone(), found, above: None });
        }
    }

    /// What hinders items that are all there.
    fn conflicts(&self, condition: &Compiled, written: &Condition, view: &View<'_>, out: &mut Trace) {
        let items = self.items(condition);
        let near = |condition: &Compiled| {
            let free = Compiled { regex: Vec::new(), ..condition.clone() };
            condition::windows(self.program, &free, &condition::Items { none: &[], ..items }, view)
        };
        let windows = near(condition);
        if windows.is_empty() {
            let free = Compiled { ordered: false, ..condition.clone() };
            let order = condition.ordered && !near(&free).is_empty();
            out.failures.push(if order { Failure::Order } else { Failure::Within });
            return;
        }
        let reaches: Vec<_> = windows.iter().map(|w| condition::reach_of(condition, view, &w.tokens)).collect();
        let bad = |i: &ItemTrace| {
            i.list == List::None && i.found.iter().any(|f| reaches.iter().any(|r| f.start < r.end && r.start < f.end))
        };
        let none: Vec<_> = out.items.iter().enumerate().filter(|(_, i)| bad(i)).map(|(i, _)| i).collect();
        if !none.is_empty() {
            out.failures.push(Failure::None(none));
        }
        let fits =
            |regex: usize| reaches.iter().any(|r| self.program.regexes[regex].matches(view.folded.slice(r.clone())));
        let pairs = written.regex.iter().zip(&condition.regex);
        let regex: Vec<_> = pairs.filter(|(_, r)| !fits(**r)).map(|(w, _)| w.clone()).collect();
        if !regex.is_empty() {
            out.failures.push(Failure::Regex(regex));
        }
    }
}

/// What is not there at all.
fn missing(condition: &Compiled, out: &mut Trace) {
    let items = out.items.iter().enumerate();
    let absent = |list: List| {
        let gone = items.clone().filter(|(_, i)| i.list == list && i.found.is_empty() && i.above.is_none());
        gone.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let (all, above) = (absent(List::All), absent(List::Above));
    let any = items.clone().filter(|(_, i)| i.list == List::Any).count();
    let found = any - absent(List::Any).len();
    if !all.is_empty() {
        out.failures.push(Failure::All(all));
    }
    if any > 0 && found < condition.at_least {
        out.failures.push(Failure::Any { found, needed: condition.at_least });
    }
    if !above.is_empty() {
        out.failures.push(Failure::Above(above));
    }
}

impl Trace {
    /// The trace in plain words: what was found, then what was missing or in the way.
    #[must_use]
    pub fn in_words(&self, s: &Segmented<'_>) -> String {
        let found: Vec<String> =
            self.items.iter().filter(|i| i.list != List::None).filter_map(|i| i.in_words(s)).collect();
        let found = if found.is_empty() { "found nothing of it".to_owned() } else { format!("found {}", join(&found)) };
        if self.failures.is_empty() {
            return found;
        }
        let why: Vec<String> = self.failures.iter().map(|f| self.reason(f, s)).collect();
        format!("{found}, but {}", join(&why))
    }

    fn reason(&self, failure: &Failure, s: &Segmented<'_>) -> String {
        let names = |items: &[usize]| {
            let names: Vec<_> = items.iter().map(|i| self.items[*i].written.clone()).collect();
            join(&names)
        };
        let reach = match self.within {
            Within::Clause => "in the same clause".to_owned(),
            Within::Sentence => "in the same sentence".to_owned(),
            Within::Passage => "in the same passage".to_owned(),
            Within::Words(n) => format!("within {n} words"),
        };
        match failure {
            Failure::Scope => "the rule does not look at this kind of passage or section".to_owned(),
            Failure::All(items) => format!("nothing of {}", names(items)),
            Failure::Any { found, needed } if *needed > 1 => {
                format!("only {found} of the {needed} others that it needs")
            }
            Failure::Any { .. } => {
                let any: Vec<_> = (0..self.items.len()).filter(|i| self.items[*i].list == List::Any).collect();
                match any.as_slice() {
                    [a, b, c, rest @ ..] if !rest.is_empty() => format!("nothing of {}, …", names(&[*a, *b, *c])),
                    any => format!("nothing of {}", names(any)),
                }
            }
            Failure::Above(items) => format!("nothing of {} here or above", names(items)),
            Failure::Order => "not in the order asked for".to_owned(),
            Failure::Within => format!("not {reach}"),
            Failure::None(items) => {
                let words: Vec<_> = items.iter().filter_map(|i| self.items[*i].in_words(s)).collect();
                format!("{} stands {reach}", join(&words))
            }
            Failure::Regex(all) => format!("the text does not match {}", join(all)),
        }
    }
}

impl ItemTrace {
    /// The first words found, with the name of the item where that is another.
    fn in_words(&self, s: &Segmented<'_>) -> Option<String> {
        let tokens = self.found.first().or(self.above.as_ref())?;
        let words = s.folded.span(tokens.clone()).of(&s.document.text);
        let place = if self.found.is_empty() { " above" } else { "" };
        Some(match self.written.as_str() {
            name if name.contains('@') => format!("'{words}' (of {name}){place}"),
            _ => format!("'{words}'{place}"),
        })
    }
}

fn join(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
