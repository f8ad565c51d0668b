//! What a term was read into, to its segments: hyphens resolved, gaps at the ends left out, gaps side
//! by side added up.

use super::paths::{Paths, Steps};
use super::pattern::{Element, Segment, WordPattern};
use super::quick::Slices;
use super::term::{HYPHEN, Parser, TermError};

/// Whether a segment is the first of its term, and whether it is the last.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    pub first: bool,
    pub last: bool,
}

impl Parser<'_> {
    /// A segment without hyphens, gaps at the ends of the term, and what stands there twice.
    pub(super) fn segment(&mut self, gap: Option<u16>, open: Paths, edges: Edges) -> Result<Segment, TermError> {
        let open = self.join(open)?;
        let mut segment = Segment { gap, ..Segment::default() };
        let mut seen = (open.len() > 1).then(Slices::default);
        // A gap at an end is a slip, unless it stands there only because what follows is optional.
        let mut slip = None;
        for alternative in open.iter() {
            let trimmed = self.trim(alternative, edges);
            if trimmed.len() == alternative.len() {
                slip = Some(None);
            } else if slip.is_none() {
                slip = Some(self.slip(alternative, trimmed));
            }
            if seen.is_none() || seen.as_mut().is_some_and(|seen| seen.add(trimmed).1) {
                self.close(trimmed, &mut segment.steps)?;
                segment.ends.push(segment.steps.len());
                self.limit(segment.ends.len())?;
            }
        }
        slip.flatten().map_or(Ok(segment), Err)
    }

    /// Replaces every hyphen by the words apart and, where both are words, together.
    fn join(&mut self, open: Paths) -> Result<Paths, TermError> {
        if !open.steps.contains(&HYPHEN) {
            return Ok(open);
        }
        let mut out = Paths::none();
        for steps in open.iter() {
            if steps.contains(&HYPHEN) {
                self.joins(steps)?.iter().for_each(|joined| out.push(&[joined]));
            } else {
                out.push(&[steps]);
            }
        }
        Ok(out)
    }

    fn joins(&mut self, steps: &[u16]) -> Result<Vec<Steps>, TermError> {
        let mut all: Vec<Steps> = vec![Vec::with_capacity(steps.len())];
        let mut after_hyphen = false;
        for &step in steps {
            if step == HYPHEN {
                after_hyphen = true;
                continue;
            }
            let mut together = Vec::new();
            for sequence in &mut all {
                if after_hyphen && let Some(joined) = sequence.last().and_then(|last| self.joined(*last, step)) {
                    let mut copy = sequence[..sequence.len() - 1].to_vec();
                    copy.push(joined);
                    together.push(copy);
                }
                sequence.push(step);
            }
            all.extend(together);
            self.limit(all.len())?;
            after_hyphen = false;
        }
        Ok(all)
    }

    /// Two words written as one, unless both are figures.
    fn joined(&mut self, first: u16, second: u16) -> Option<u16> {
        let element = |at: u16| self.elements.get(usize::from(at));
        let (Some(Element::Word(WordPattern::Exact(first))), Some(Element::Word(second))) =
            (element(first), element(second))
        else {
            return None;
        };
        let figures = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        if figures(first) && figures(second.text()) {
            return None;
        }
        let mut text = String::new();
        crate::segment::fold::fold_word(&format!("{first}{}", second.text()), &mut text);
        let joined = match second {
            WordPattern::Exact(_) => WordPattern::Exact(text),
            WordPattern::Prefix(_) => WordPattern::Prefix(text),
        };
        Some(self.step(Element::Word(joined)))
    }

    /// An alternative without gaps at the ends of the term.
    fn trim<'s>(&self, steps: &'s [u16], edges: Edges) -> &'s [u16] {
        let word = |step: &u16| !self.is_gap(*step);
        let start = if edges.first { steps.iter().position(word).unwrap_or(steps.len()) } else { 0 };
        let end = if edges.last { steps.iter().rposition(word).map_or(start, |last| last + 1) } else { steps.len() };
        &steps[start..end]
    }

    fn slip(&self, steps: &[u16], trimmed: &[u16]) -> Option<TermError> {
        let name = if steps.len() == trimmed.len() {
            return None;
        } else if steps.first() == trimmed.first() {
            "ends"
        } else {
            "begins"
        };
        let remedy = "remove the gap: a gap stands between words";
        Some(self.error(0..self.written.len(), format!("this term {name} with a gap"), remedy))
    }

    /// Adds gaps side by side up and puts the steps behind those of other alternatives.
    fn close(&mut self, steps: &[u16], out: &mut Steps) -> Result<(), TermError> {
        let gap = |parser: &Self, step: u16| match parser.elements.get(usize::from(step)) {
            Some(Element::Gap(words)) => Some(*words),
            _ => None,
        };
        let mut before: Option<usize> = None;
        for &step in steps {
            let here = gap(self, step);
            match (before, here) {
                (Some(words), Some(more)) => {
                    out.pop();
                    out.push(self.step(Element::Gap(words + more)));
                    before = Some(words + more);
                }
                _ => {
                    out.push(step);
                    before = here;
                }
            }
        }
        if steps.is_empty() {
            let optional = !self.written.trim().is_empty();
            let reason = if optional { "this term can be left out altogether" } else { "this term is empty" };
            return Err(self.error(0..self.written.len(), reason, "write at least one word that must be there"));
        }
        Ok(())
    }
}
