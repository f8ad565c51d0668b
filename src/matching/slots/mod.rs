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
use std::ops::Range;

/// A built-in slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    pub(super) fn named(name: &str) -> Option<Self> {
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

    /// Adds the places of the slot in a region.
    pub(super) fn find(self, view: &View<'_>, places: &mut Vec<Found>) {
        let first = view.sentences.partition_point(|s| s.end <= view.start);
        for sentence in view.sentences[first..].iter().take_while(|s| s.start < view.end) {
            let line = Line { view, start: sentence.start, end: sentence.end };
            let mut add = |tokens: Range<usize>| {
                if tokens.start < tokens.end && tokens.end <= sentence.end {
                    places.push(Found { start: small(tokens.start), end: small(tokens.end) });
                }
            };
            for at in sentence.clone() {
                if !view.folded.tokens[at].mark {
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
        self.view.folded.tokens[at].span.of(self.view.text)
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
            (Some(a), Some(b)) if a.span.end <= b.span.start => {
                self.view.text.get(a.span.end..b.span.start).unwrap_or("")
            }
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests;
