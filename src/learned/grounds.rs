//! Why a model believes what it does of a passage that is shown to people.
//!
//! Comes in: what each word gave to a belief. Goes out: the words that weighed most, and the labelled
//! passage that is most like it. Nothing is worked out but for what is shown, and that once.

use super::Example;
use crate::document::Span;
use std::ops::Range;

/// Why a model believes that a passage holds a facet, or that it does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    /// The words that weighed most for it, in order, as places in the document.
    pub words: Vec<Span>,
    /// The labelled passage that is most like it.
    pub like: Option<String>,
}

/// The squared cosine from which an example is like a passage.
const LIKE: f32 = 0.25;

/// The example of a facet whose vector points most nearly the same way.
pub(super) fn nearest(examples: &[Example], vector: &[f32], head: usize) -> Option<String> {
    let length = vector.iter().map(|v| v * v).sum::<f32>().max(f32::MIN_POSITIVE);
    let likeness = |e: &Example| {
        let (mut dot, mut own) = (0.0_f32, 0.0_f32);
        for (a, b) in vector.iter().zip(&e.vector) {
            dot += a * f32::from(*b);
            own += f32::from(*b) * f32::from(*b);
        }
        dot * dot.abs() / (own.max(1.0) * length)
    };
    let of_facet = examples.iter().filter(|e| e.heads.iter().any(|h| *h as usize == head));
    let near = of_facet.map(|e| (likeness(e), e)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (near.0 >= LIKE).then(|| near.1.text.clone())
}

/// Places that are marked at most.
const MARKED: usize = 3;
/// Words that weigh less than this share of the weightiest are not marked.
const WORTH: f32 = 0.4;

/// The places that weighed most for a belief, side by side joined, in order.
pub(super) fn weightiest(given: Vec<(Range<usize>, f32)>) -> Vec<Span> {
    let mut best = given;
    best.retain(|(_, points)| *points > 0.0);
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
    let least = best.first().map_or(0.0, |(_, points)| points * WORTH);
    let mut places: Vec<Span> =
        best.iter().take_while(|b| b.1 >= least).take(2 * MARKED).map(|(at, _)| Span::new(at.start, at.end)).collect();
    places.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for place in places {
        match out.last_mut() {
            Some(last) if place.start <= last.end + 1 => *last = Span::new(last.start, last.end.max(place.end)),
            _ => out.push(place),
        }
    }
    out
}
