//! A term as it is written, to the alternatives that it stands for.
//!
//! Comes in: one string of a rule file. Goes out: a [`Term`] whose words are folded by the very
//! tokenizer that folds documents, or a [`TermError`] that points at the fault. It does not know
//! which concepts there are.

use super::close::Edges;
use super::paths::{Paths, Steps};
use super::pattern::{Element, Parsed, SLOTS, Segment, Term, WordPattern};
use crate::document::Span;
use crate::segment::Folded;
use std::ops::Range;
use std::sync::OnceLock;

/// How many alternatives a term may expand to.
pub const MOST_ALTERNATIVES: usize = 4096;
/// How many words `...` lets stand between.
const PLAIN_GAP: usize = 5;
/// How many words a written gap may let stand between.
const WIDEST_GAP: usize = 50;
/// How long a term may be, in bytes.
const LONGEST: usize = 4000;
/// How deep choices may stand in choices.
const DEEPEST: usize = 8;

/// Why a term cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct TermError {
    /// The bytes of the term at fault.
    pub at: Range<usize>,
    /// What is wrong.
    pub reason: String,
    /// What to write instead.
    pub remedy: String,
    /// Whether it is a slot that does not exist, and nothing else.
    pub unknown_slot: bool,
}

/// The words on both sides are written apart, together or with a hyphen.
pub(super) const HYPHEN: u16 = u16::MAX;

impl Term {
    /// Parses a term as `rules/README.md` describes it.
    ///
    /// # Errors
    /// A [`TermError`] that points at what cannot be understood.
    pub fn parse(written: &str) -> Result<Self, TermError> {
        let parsed = OnceLock::from(Self::take_apart(written)?);
        Ok(Self { written: written.to_owned(), parsed })
    }

    pub(super) fn take_apart(written: &str) -> Result<Parsed, TermError> {
        let mut parser = Parser { written, at: 0, elements: Vec::new() };
        if let Some(segment) = parser.plain() {
            return Ok(Parsed { elements: parser.elements, segments: vec![segment] });
        }
        if written.len() > LONGEST {
            return Err(parser.fault(0, written.len(), "this term is too long", "split it into several"));
        }
        let open = parser.segments()?;
        if parser.at < written.len() {
            return Err(parser.fault(parser.at, 1, "this bracket was never opened", "remove it, or open it before"));
        }
        let (last, mut all) = (open.len() - 1, 1);
        let mut segments = Vec::with_capacity(open.len());
        for (at, (gap, paths)) in open.into_iter().enumerate() {
            let segment = parser.segment(gap, paths, Edges { first: at == 0, last: at == last })?;
            all *= segment.ends.len();
            parser.limit(all)?;
            segments.push(segment);
        }
        Ok(Parsed { elements: parser.elements, segments })
    }
}

/// The choices of a bracket.
struct Options {
    open: Paths,
    /// Whether each begins with a space or is empty.
    space_first: bool,
    /// Whether each ends with a space or is empty.
    space_last: bool,
}

/// A term that is being read.
pub(super) struct Parser<'a> {
    pub(super) written: &'a str,
    at: usize,
    /// Every different step, once.
    pub(super) elements: Vec<Element>,
}

impl Parser<'_> {
    /// A term of nothing but words that stand in it as they stand in folded text, which most are.
    fn plain(&mut self) -> Option<Segment> {
        let folded = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() && b != b'z');
        let written = self.written;
        if written.is_empty()
            || written.len() > LONGEST
            || !written.split(' ').all(|word| folded(word.strip_suffix('*').unwrap_or(word)))
        {
            return None;
        }
        let mut steps = Vec::new();
        for word in written.split(' ') {
            let pattern = match word.strip_suffix('*') {
                Some(stem) => WordPattern::Prefix(stem.to_owned()),
                None => WordPattern::Exact(word.to_owned()),
            };
            steps.push(self.step(Element::Word(pattern)));
        }
        let ends = vec![steps.len()];
        Some(Segment { gap: None, steps, ends })
    }

    /// The place of an element among all.
    pub(super) fn step(&mut self, element: Element) -> u16 {
        let at = self.elements.iter().position(|e| *e == element).unwrap_or_else(|| {
            self.elements.push(element);
            self.elements.len() - 1
        });
        // A term has fewer bytes than this type has numbers.
        u16::try_from(at).unwrap_or(HYPHEN)
    }

    fn rest(&self) -> &str {
        &self.written[self.at..]
    }

    pub(super) fn error(&self, at: Range<usize>, reason: impl Into<String>, remedy: impl Into<String>) -> TermError {
        let at = at.start..at.end.max(at.start + 1).min(self.written.len().max(at.start + 1));
        TermError { at, reason: reason.into(), remedy: remedy.into(), unknown_slot: false }
    }

    fn fault(&self, at: usize, len: usize, reason: &str, remedy: &str) -> TermError {
        self.error(at..at + len, reason, remedy)
    }

    pub(super) fn limit(&self, alternatives: usize) -> Result<(), TermError> {
        if alternatives <= MOST_ALTERNATIVES {
            return Ok(());
        }
        let reason = format!("this term stands for more than {MOST_ALTERNATIVES} different ones");
        Err(self.error(0..self.written.len(), reason, "split it into several terms, or make its lists concepts"))
    }

    /// Reads to the end: what stands between gaps, each with the gap before it. Where what is beside
    /// a gap may be left out, the gap is a part of the segment.
    fn segments(&mut self) -> Result<Vec<(Option<u16>, Paths)>, TermError> {
        let mut out = vec![(None, self.sequence(0)?)];
        while self.gap_ahead() {
            let gap = self.gap()?;
            let after = self.sequence(0)?;
            self.limit(out.iter().fold(after.len(), |all, (_, paths)| all.saturating_mul(paths.len())))?;
            let words = |step: Option<&u16>| step.is_some_and(|step| !self.is_gap(*step));
            let before = out.last_mut().map(|(_, paths)| paths);
            match before.filter(|before| {
                !(before.iter().all(|path| words(path.last())) && after.iter().all(|path| words(path.first())))
            }) {
                Some(before) => {
                    before.append(&[gap]);
                    *before = before.product(&after);
                }
                None => out.push((Some(gap), after)),
            }
        }
        if self.rest().starts_with('|') {
            return Err(self.fault(
                self.at,
                1,
                "`|` stands outside brackets",
                "put the choices in brackets: (debt|money) advice",
            ));
        }
        Ok(out)
    }

    fn gap_ahead(&self) -> bool {
        ["~", "…", "..."].iter().any(|gap| self.rest().starts_with(gap))
    }

    pub(super) fn is_gap(&self, step: u16) -> bool {
        matches!(self.elements.get(usize::from(step)), Some(Element::Gap(_)))
    }

    /// Reads up to the bracket that closes this choice.
    fn choice(&mut self, depth: usize) -> Result<Options, TermError> {
        let mut options = Options { open: Paths::none(), space_first: true, space_last: true };
        loop {
            let start = self.at;
            options.open.extend(&self.sequence(depth)?);
            self.limit(options.open.len())?;
            let written = &self.written[start..self.at];
            options.space_first &= written.is_empty() || written.starts_with(char::is_whitespace);
            options.space_last &= written.is_empty() || written.ends_with(char::is_whitespace);
            if !self.rest().starts_with('|') {
                return Ok(options);
            }
            self.at += 1;
        }
    }

    /// Reads up to `|`, `)` or the end; outside brackets up to a gap, too.
    fn sequence(&mut self, depth: usize) -> Result<Paths, TermError> {
        let mut all = Paths::one();
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            let rest = self.rest();
            match rest.chars().next() {
                None | Some('|' | ')') => return Ok(all),
                Some('(') => {
                    let inner = self.bracket(depth)?;
                    self.limit(all.len().saturating_mul(inner.len()))?;
                    all = all.product(&inner);
                }
                Some(_) if self.gap_ahead() => {
                    if depth == 0 {
                        return Ok(all);
                    }
                    all.append(&[self.gap()?]);
                }
                Some('@') => all.append(&[self.name()?]),
                Some(_) => all.append(&self.word()?),
            }
        }
    }

    fn bracket(&mut self, depth: usize) -> Result<Paths, TermError> {
        let open = self.at;
        if depth >= DEEPEST {
            let remedy = "write several terms, or make the inner choices a concept";
            return Err(self.fault(open, 1, "too many brackets stand in brackets", remedy));
        }
        self.at += 1;
        let options = self.choice(depth + 1)?;
        if !self.rest().starts_with(')') {
            return Err(self.fault(open, 1, "this bracket is never closed", "close it with `)`"));
        }
        self.at += 1;
        // A space may stand in every choice instead of beside the bracket: (health |)equity.
        let apart = |c: char| c.is_whitespace() || c == '|' || hyphen(c);
        let before = self.written[..open].chars().next_back();
        let before = before.filter(|c| !(options.space_first || apart(*c) || matches!(c, '(' | ')')));
        let after = self.rest().chars().next();
        let after = after.filter(|c| !(options.space_last || apart(*c) || *c == ')'));
        let remedy = "put a space, or write whole words in the brackets: (debt|debts)";
        if before.is_some() {
            return Err(self.fault(open, 1, "a choice cannot be part of a word", remedy));
        }
        if let Some(after) = after {
            return Err(self.fault(self.at, after.len_utf8(), "a choice cannot be part of a word", remedy));
        }
        Ok(options.open)
    }

    /// `...`, `…` or `~n`.
    fn gap(&mut self) -> Result<u16, TermError> {
        let start = self.at;
        if self.rest().starts_with('~') {
            self.at += 1;
            let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
            let words = self.rest()[..digits].parse().unwrap_or(0);
            self.at += digits;
            if !(1..=WIDEST_GAP).contains(&words) {
                let remedy = format!("write how many words may stand between, from ~1 to ~{WIDEST_GAP}");
                return Err(self.error(start..self.at, "this gap has no usable width", remedy));
            }
            return Ok(self.step(Element::Gap(words)));
        }
        self.at += if self.rest().starts_with('…') { '…'.len_utf8() } else { 3 };
        Ok(self.step(Element::Gap(PLAIN_GAP)))
    }

    /// `@concept` or `@@slot`.
    fn name(&mut self) -> Result<u16, TermError> {
        let start = self.at;
        let marks = self.rest().len() - self.rest().trim_start_matches('@').len();
        let end =
            start + self.rest().find(|c: char| c.is_whitespace() || "()|".contains(c)).unwrap_or(self.rest().len());
        let name = &self.written[start + marks..end];
        self.at = end;
        if marks > 2 || !snake_case(name) {
            let remedy = "write @ and a name in small letters, digits and _, with a space after it: @ill_health";
            return Err(self.error(start..end, format!("`{name}` is no name of a concept or slot"), remedy));
        }
        if marks == 1 {
            let concept = Element::Concept(name.to_owned());
            return Ok(self.step(concept));
        }
        if !SLOTS.contains(&name) {
            let remedy = format!("the slots are @@{}", SLOTS.join(", @@"));
            let error = self.error(start..end, format!("there is no slot `@@{name}`"), remedy);
            return Err(TermError { unknown_slot: true, ..error });
        }
        let slot = Element::Slot(name.to_owned());
        Ok(self.step(slot))
    }

    /// A word, its parts joined by hyphens, or several that text writes without a space.
    fn word(&mut self) -> Result<Steps, TermError> {
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "()|~@…".contains(c)).unwrap_or(rest.len());
        let end = rest.find("...").map_or(end, |gap| end.min(gap));
        let piece = rest[..end].to_owned();
        if rest[end..].starts_with('@') {
            return Err(self.fault(start + end, 1, "a concept cannot be part of a word", "put a space before `@`"));
        }
        self.at += end;
        let stem = piece.strip_suffix('*').unwrap_or(&piece);
        // Whatever a hyphen joins to `co` in `co-*` is a word of its own, so that `co` is all there is.
        let open = stem.strip_suffix(hyphen).filter(|stem| piece.ends_with('*') && !stem.is_empty());
        let stem = open.unwrap_or(stem);
        let prefix = open.is_none() && stem.len() < piece.len();
        self.check_star(start, stem, prefix)?;

        let glued_before = self.written[..start].ends_with(')');
        let glued_after = !prefix && self.rest().starts_with('(');
        let mut steps = Vec::new();
        let mut at = start;
        let parts: Vec<&str> = stem.split(hyphen).collect();
        for (index, part) in parts.iter().enumerate() {
            let edge = (index == 0 && glued_before) || (index + 1 == parts.len() && glued_after);
            if index > 0 {
                at += self.written[at..].chars().next().map_or(0, char::len_utf8);
                steps.push(HYPHEN);
            }
            if !(part.is_empty() && edge && parts.len() > 1) {
                self.fold(part, at, &mut steps)?;
            }
            at += part.len();
        }
        if prefix
            && let Some(last) = steps.pop()
            && let Some(Element::Word(word)) = self.elements.get(usize::from(last))
        {
            let beginning = Element::Word(WordPattern::Prefix(word.text().to_owned()));
            steps.push(self.step(beginning));
        }
        Ok(steps)
    }

    fn check_star(&self, start: usize, stem: &str, prefix: bool) -> Result<(), TermError> {
        if prefix && stem.is_empty() {
            let remedy = "write the beginning of the word before `*`, or ~1 for any one word";
            return Err(self.fault(start, 1, "`*` stands alone", remedy));
        }
        if let Some(star) = stem.find('*') {
            let remedy = "write the beginning of the word and then `*`; -ise and -ize are the same everywhere";
            return Err(self.fault(start + star, 1, "`*` stands only at the end of a word", remedy));
        }
        if prefix && !stem.ends_with(char::is_alphanumeric) {
            return Err(self.fault(
                start + stem.len(),
                1,
                "`*` follows no word",
                "put it right after a letter or digit",
            ));
        }
        Ok(())
    }

    /// Folds one part of a word as texts are folded.
    fn fold(&mut self, part: &str, at: usize, steps: &mut Steps) -> Result<(), TermError> {
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() && b != b'z') {
            let step = self.step(Element::Word(WordPattern::Exact(part.to_owned())));
            steps.push(step);
            return Ok(());
        }
        let mut folded = Folded::default();
        let tokens = folded.push(part, Span::new(0, part.len()));
        if tokens.is_empty() {
            let reason = if part.is_empty() { "a hyphen joins nothing here" } else { "there is no word here" };
            return Err(self.fault(at, part.len(), reason, "write words; leave out what is not one"));
        }
        for index in tokens {
            let token = folded.tokens[index];
            if token.mark {
                let mark = token.span().of(part);
                let remedy = match mark {
                    "?" => "an empty choice makes words optional: welfare (rights|) advice",
                    _ => "leave it out; a gap (~1) may run over a comma, colon or bracket",
                };
                let place = at + token.span().start..at + token.span().end;
                return Err(self.error(place, format!("`{mark}` is punctuation, and a term is words"), remedy));
            }
            let step = self.step(Element::Word(WordPattern::Exact(folded.word_at(index).to_owned())));
            steps.push(step);
        }
        Ok(())
    }
}

fn hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}

/// Whether a name is written in small letters, digits and underscores.
pub(super) fn snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
#[path = "term_tests.rs"]
mod tests;
