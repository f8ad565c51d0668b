//! Terms: words in order with gaps, choices, endings and concepts.
//!
//! Comes in: a term as a person writes it (`rules/README.md`). Goes out: [`Term`]. It does not
//! look concepts up, and matches nothing.

/// Words in order, as parsed from one line of a rule file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// As it was written, for messages and explanations.
    pub written: String,
    /// The alternatives that its choices expand to; each is words in order.
    pub alternatives: Vec<Vec<Element>>,
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
