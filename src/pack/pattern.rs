//! Terms: words in order with gaps, choices, endings and concepts.
//!
//! Comes in: a term as a person writes it (`rules/README.md`), which `Term::parse` takes apart.
//! Goes out: [`Term`]. It does not look concepts up, and matches nothing.

/// The names of the built-in slots.
pub const SLOTS: [&str; 9] = ["money", "staff", "date", "percent", "number", "change", "body", "place", "group"];

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

impl Term {
    /// The concepts that the term names, each once.
    #[must_use]
    pub fn concepts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for element in self.alternatives.iter().flatten() {
            if let Element::Concept(name) = element
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }
}

impl WordPattern {
    /// The word, or what it begins with.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) => text,
        }
    }
}
