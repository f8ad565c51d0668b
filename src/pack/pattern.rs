//! Terms: words in order with gaps, choices, endings and concepts.
//!
//! Comes in: a term as a person writes it (`rules/README.md`), which `Term::parse` takes apart.
//! Goes out: [`Term`]. It does not look concepts up, and matches nothing.

use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::OnceLock;

/// The names of the built-in slots.
pub const SLOTS: [&str; 9] = ["money", "staff", "date", "percent", "number", "change", "body", "place", "group"];

/// Words in order, as one line of a rule file gives them. Stored as it was written, and taken apart
/// again only when somebody asks for its steps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Term {
    /// As it was written, for messages and explanations.
    pub written: String,
    #[serde(skip)]
    pub(super) parsed: OnceLock<Parsed>,
}

/// What a term is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Parsed {
    pub(super) elements: Vec<Element>,
    pub(super) segments: Vec<Segment>,
}

/// A stretch of a term. The alternatives of a term are those of all its segments in every
/// combination; nobody needs to write them out but who shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The gap before it, by its place in the term's elements; `None` for the first.
    pub(crate) gap: Option<u16>,
    /// The steps of all its alternatives, by their places in the term's elements.
    pub(super) steps: Vec<u16>,
    /// Where each alternative ends in `steps`.
    pub(super) ends: Vec<usize>,
}

impl Segment {
    /// The alternatives as places in the term's elements.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &[u16]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.steps[start..*end])
    }
}

/// One step of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// A word.
    Word(WordPattern),
    /// A hit of a concept.
    Concept(String),
    /// A hit of a built-in slot.
    Slot(String),
    /// Up to so many words may stand between the steps before and after.
    Gap(usize),
}

/// A word in folded form (see `segment::fold`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordPattern {
    /// This word.
    Exact(String),
    /// Any word that begins so.
    Prefix(String),
}

impl Term {
    /// Every different step, once.
    pub(crate) fn elements(&self) -> &[Element] {
        &self.parsed().elements
    }

    /// What stands between the gaps that every alternative has.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.parsed().segments
    }

    /// What is stored was parsed before it was.
    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| Self::take_apart(&self.written).unwrap_or_default())
    }

    /// The alternatives that its choices expand to; each is words in order.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Vec<Element>> {
        let mut all: Vec<Vec<u16>> = vec![Vec::new()];
        for segment in self.segments() {
            let longer = |path: &Vec<u16>| {
                let before: Vec<u16> = path.iter().copied().chain(segment.gap).collect();
                segment.paths().map(|own| [&before, own].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        let mut seen = HashSet::new();
        all.retain(|path| seen.insert(path.clone()));
        let element = |step: &u16| self.elements().get(usize::from(*step)).cloned();
        all.iter().map(|path| path.iter().filter_map(element).collect()).collect()
    }

    /// The concepts that the term names, each once.
    #[must_use]
    pub fn concepts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for element in self.elements() {
            if let Element::Concept(name) = element
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Term {}

impl WordPattern {
    /// The word, or what it begins with.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) => text,
        }
    }
}
