//! Slots: what a term can only describe, such as a sum of money or a date.
//!
//! Comes in: a region. Goes out: the places of a slot in it. Words that packs give to a slot
//! (`cues.slots`) are no concern of this module; they are added as terms.

mod bodies;
mod dates;
mod figures;
mod people;

use super::find::Found;
use super::program::small;
use super::view::View;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A built-in slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Slot {
    Money,
    Staff,
    Date,
    Percent,
    Number,
    Change,
    Body,
    Place,
    Group,
}

impl Slot {
    /// The slot of this name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "money" => Self::Money,
            "staff" => Self::Staff,
            "date" => Self::Date,
            "percent" => Self::Percent,
            "number" => Self::Number,
            "change" => Self::Change,
            "body" => Self::Body,
            "place" => Self::Place,
            "group" => Self::Group,
            _ => return None,
        })
    }

    /// Whether the slot may begin with this word, whatever stands around it and however it is
    /// written.
    fn begins(self, word: &str) -> bool {
        match self {
            Self::Money => figures::begins_money(word),
            Self::Staff => figures::begins_staff(word),
            Self::Percent | Self::Number => figures::starts_number(word),
            Self::Change => figures::begins_change(word),
            Self::Date => dates::begins(word),
            Self::Body => bodies::begins(word),
            Self::Place => people::begins_place(word),
            Self::Group => people::begins_group(word),
        }
    }

    /// Whether the slot may begin with any word that has a capital.
    const fn named(self) -> bool {
        matches!(self, Self::Body | Self::Place)
    }

    /// Adds the places of the slot in a region.
    pub(super) fn find(self, view: &View<'_>, classes: &Classes, places: &mut Vec<Found>) {
        let bit = 1 << self as u16;
        let first = view.sentences.partition_point(|s| s.end <= view.start);
        for sentence in view.sentences[first..].iter().take_while(|s| s.start < view.end) {
            let line = Line { view, start: sentence.start, end: sentence.end };
            let mut add = |tokens: Range<usize>| {
                if tokens.start < tokens.end && tokens.end <= sentence.end {
                    places.push(Found { start: small(tokens.start), end: small(tokens.end) });
                }
            };
            for at in sentence.clone() {
                let may = classes.get(at) & bit != 0 || (self.named() && line.capital(at));
                if may && !view.folded.tokens[at].mark {
                    self.at(&line, at, &mut add);
                }
            }
        }
    }

    /// Adds the places that begin at a word.
    fn at(self, line: &Line<'_>, at: usize, add: &mut impl FnMut(Range<usize>)) {
        let mut one = |end: Option<usize>| {
            if let Some(end) = end {
                add(at..end);
            }
        };
        match self {
            Self::Money => one(figures::money(line, at)),
            Self::Staff => one(figures::staff(line, at)),
            Self::Percent => one(figures::percent(line, at)),
            Self::Number => one(figures::number(line, at)),
            Self::Change => one(figures::change(line, at)),
            Self::Date => dates::date(line, at, add),
            Self::Body => one(bodies::body(line, at)),
            Self::Place => one(people::place(line, at)),
            Self::Group => one(people::group(line, at)),
        }
    }
}

const ALL: [Slot; 9] = [
    Slot::Money,
    Slot::Staff,
    Slot::Date,
    Slot::Percent,
    Slot::Number,
    Slot::Change,
    Slot::Body,
    Slot::Place,
    Slot::Group,
];

/// The slots that may begin with a word, a bit each.
pub(super) fn class(word: &str) -> u16 {
    ALL.iter().filter(|slot| slot.begins(word)).fold(0, |class, slot| class | 1 << *slot as u16)
}

/// By token, the [`class`] of its word.
#[derive(Debug, Default)]
pub(super) struct Classes {
    first: usize,
    bits: Vec<u16>,
}

impl Classes {
    /// Notes the class of a token. Tokens come in order; what is left out may begin anything.
    pub(super) fn set(&mut self, token: usize, class: u16) {
        if self.bits.is_empty() {
            self.first = token;
        }
        self.bits.resize(token - self.first, u16::MAX);
        self.bits.push(class);
    }

    fn get(&self, token: usize) -> u16 {
        token.checked_sub(self.first).and_then(|at| self.bits.get(at)).copied().unwrap_or(u16::MAX)
    }
}

/// One sentence.
struct Line<'v> {
    view: &'v View<'v>,
    start: usize,
    end: usize,
}

impl<'v> Line<'v> {
    /// The folded word at a token; empty outside the sentence and for marks.
    fn word(&self, at: usize) -> &'v str {
        if at < self.start || at >= self.end || self.view.folded.tokens[at].mark {
            return "";
        }
        self.view.folded.word_at(at)
    }

    /// The word before a token.
    fn before(&self, at: usize, steps: usize) -> &'v str {
        at.checked_sub(steps).map_or("", |at| self.word(at))
    }

    /// The token as the document has it.
    fn original(&self, at: usize) -> &'v str {
        if at < self.start || at >= self.end {
            return "";
        }
        self.view.folded.tokens[at].span().of(self.view.text)
    }

    /// Whether the document writes the word with a capital.
    fn capital(&self, at: usize) -> bool {
        self.original(at).starts_with(char::is_uppercase)
    }

    /// Whether the sentence is these tokens and nothing else but marks.
    fn is_all(&self, tokens: Range<usize>) -> bool {
        (self.start..self.end).all(|t| tokens.contains(&t) || self.view.folded.tokens[t].mark)
    }

    /// What stands in the document between a token and the next.
    fn between(&self, at: usize) -> &'v str {
        let tokens = &self.view.folded.tokens;
        match (tokens.get(at), tokens.get(at + 1)) {
            (Some(a), Some(b)) if a.span().end <= b.span().start => {
                self.view.text.get(a.span().end..b.span().start).unwrap_or("")
            }
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests;
