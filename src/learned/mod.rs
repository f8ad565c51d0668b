//! The second reader: a small model that has learned from labelled passages.
//!
//! Comes in: passages, and the model that a pack brings. Goes out: for each facet that the model
//! knows a belief in log odds, and for what is shown to people the words that weighed and the
//! labelled passage most like it. It does not decide: [`crate::assess`] weighs beliefs beside rules.

mod conv;
mod file;
mod input;
mod linear;
mod train;
mod words;

pub use file::{ConvFile, Example, LinearFile, ModelError, ModelFile, Net, Probe};
pub use train::{Sample, train};

use crate::document::{BlockKind, Document, Locator, Span};
use crate::segment::{Passage, Segmented, segment};
use std::collections::BTreeMap;
use std::ops::Range;

/// A model, ready for any number of threads.
#[derive(Debug)]
pub struct Model {
    facets: Vec<String>,
    net: Ready,
    examples: Vec<Example>,
    probes: Vec<Probe>,
}

#[derive(Debug)]
enum Ready {
    Conv(Box<conv::Conv>),
    Linear(linear::Linear),
}

/// Why a model believes that a passage holds a facet, or that it does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    /// The words that weighed most for it, in order, as places in the document.
    pub words: Vec<Span>,
    /// The labelled passage that is most like it.
    pub like: Option<String>,
}

/// Places that are marked at most.
const MARKED: usize = 3;
/// Words that weigh less than this share of the weightiest are not marked.
const WORTH: f32 = 0.4;

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] where it is none or is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Ok(Self::new(ModelFile::read(bytes)?))
    }

    /// A model from what is in its file.
    #[must_use]
    pub fn new(file: ModelFile) -> Self {
        let heads = file.facets.len();
        let net = match file.net {
            Net::Conv(net) => Ready::Conv(Box::new(conv::Conv::new(net, heads))),
            Net::Linear(net) => Ready::Linear(linear::Linear::new(net)),
        };
        Self { facets: file.facets, net, examples: file.examples, probes: file.probes }
    }

    /// The facets that it judges, one a head.
    #[must_use]
    pub fn facets(&self) -> &[String] {
        &self.facets
    }

    /// How firmly it believes that a passage holds each facet, in log odds, one a head.
    #[must_use]
    pub fn beliefs(&self, s: &Segmented<'_>, passage: &Passage) -> Vec<f32> {
        let parts = input::parts(s, passage);
        match &self.net {
            Ready::Conv(net) => net.view(&s.document.text, &parts).beliefs,
            Ready::Linear(net) => net.beliefs(&s.document.text, &parts),
        }
    }

    /// Why it believes what it does of one facet.
    #[must_use]
    pub fn grounds(&self, s: &Segmented<'_>, passage: &Passage, head: usize) -> Grounds {
        let parts = input::parts(s, passage);
        let text = &s.document.text;
        match &self.net {
            Ready::Conv(net) => {
                let view = net.view(text, &parts);
                let like = self.nearest(&net.vector(&view), head);
                Grounds { words: weightiest(net.given(&view, head)), like }
            }
            Ready::Linear(net) => Grounds { words: weightiest(net.given(text, &parts, head)), like: None },
        }
    }

    /// The example of a facet whose vector points most nearly the same way.
    fn nearest(&self, vector: &[f32], head: usize) -> Option<String> {
        let length = vector.iter().map(|v| v * v).sum::<f32>().max(f32::MIN_POSITIVE);
        let likeness = |e: &Example| {
            let (mut dot, mut own) = (0.0_f32, 0.0_f32);
            for (a, b) in vector.iter().zip(&e.vector) {
                dot += a * f32::from(*b);
                own += f32::from(*b) * f32::from(*b);
            }
            dot * dot.abs() / (own.max(1.0) * length)
        };
        let of_facet = self.examples.iter().filter(|e| e.heads.iter().any(|h| *h as usize == head));
        let near = of_facet.map(|e| (likeness(e), e)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (near.0 >= LIKE).then(|| near.1.text.clone())
    }

    /// How far the model's own test passages come out from what training found: the greatest
    /// difference in log odds.
    #[must_use]
    pub fn worst_probe(&self) -> f32 {
        let mut worst = 0.0_f32;
        for probe in &self.probes {
            let mut document = Document::default();
            document.push(BlockKind::Paragraph, &probe.text, Locator::default(), None);
            let s = segment(&document);
            for (own, told) in s.passages.iter().flat_map(|p| self.beliefs(&s, p)).zip(&probe.beliefs) {
                worst = worst.max((own - told).abs());
            }
        }
        worst
    }
}

/// The squared cosine from which an example is like a passage.
const LIKE: f32 = 0.25;

/// The places that weighed most for a belief, side by side joined, in order.
fn weightiest(given: Vec<(Range<usize>, f32)>) -> Vec<Span> {
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

/// The models of all packs in use, bound to the facets that they judge.
#[derive(Debug, Default)]
pub struct Learned {
    models: Vec<Model>,
    heads: Vec<Option<(usize, usize)>>,
}

impl Learned {
    /// Binds models to facets: for each facet its id and, where its pack brings one, the model.
    #[must_use]
    pub fn new<'a>(models: Vec<Model>, facets: impl Iterator<Item = (&'a str, Option<usize>)>) -> Self {
        let by_name: Vec<BTreeMap<&str, usize>> =
            models.iter().map(|m| m.facets.iter().map(String::as_str).zip(0..).collect()).collect();
        let heads = facets.map(|(id, model)| model.and_then(|m| Some((m, *by_name.get(m)?.get(id)?)))).collect();
        Self { models, heads }
    }

    /// Whether some model judges a facet.
    #[must_use]
    pub fn judges(&self, facet: usize) -> bool {
        self.heads.get(facet).is_some_and(Option::is_some)
    }

    /// Whether no facet is judged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.iter().all(Option::is_none)
    }

    /// For each of these passages the belief in each facet, in log odds; `None` where no model judges
    /// it. Nothing where no model judges any.
    #[must_use]
    pub fn read(&self, s: &Segmented<'_>, passages: Range<usize>) -> Vec<Vec<Option<f32>>> {
        if self.is_empty() {
            return Vec::new();
        }
        s.passages[passages]
            .iter()
            .map(|passage| {
                let views: Vec<Vec<f32>> = self.models.iter().map(|m| m.beliefs(s, passage)).collect();
                self.heads.iter().map(|h| h.map(|(model, head)| views[model][head])).collect()
            })
            .collect()
    }

    /// Why a facet is believed of a passage, or not.
    #[must_use]
    pub fn grounds(&self, s: &Segmented<'_>, passage: usize, facet: usize) -> Grounds {
        match (self.heads.get(facet).copied().flatten(), s.passages.get(passage)) {
            (Some((model, head)), Some(passage)) => self.models[model].grounds(s, passage, head),
            _ => Grounds::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The model that the program ships.
    fn shipped() -> Model {
        Model::read(include_bytes!("../../rules/oxfordshire-principles/model.bin")).unwrap()
    }

    #[test]
    fn the_shipped_model_says_what_training_found() {
        let model = shipped();
        assert!(!model.probes.is_empty());
        assert!(model.worst_probe() < 0.25, "{}", model.worst_probe());
    }

    #[test]
    fn it_tells_a_commitment_from_furniture_and_why() {
        let model = shipped();
        let mut d = Document::default();
        for text in ["We will fund two debt advisers in the GP surgeries of the poorest wards.", "Page 3 of 12"] {
            d.push(BlockKind::Paragraph, text, Locator::default(), None);
        }
        let s = segment(&d);
        let head = model.facets().iter().position(|f| f == "P1.addressed").unwrap();
        let [plan, page] = [0, 1].map(|p| model.beliefs(&s, &s.passages[p])[head]);
        assert!(plan > 0.0 && page < -3.0, "{plan} {page}");
        let grounds = model.grounds(&s, &s.passages[0], head);
        assert!(grounds.words.iter().any(|w| w.of(&d.text).contains("debt")), "{grounds:?}");
        assert!(grounds.like.is_some());
    }

    #[test]
    fn facets_of_packs_without_a_model_are_not_judged() {
        let facets = [("P1.addressed", Some(0)), ("P1.addressed", None), ("X.own", Some(0))];
        let learned = Learned::new(vec![shipped()], facets.into_iter());
        assert_eq!([0, 1, 2].map(|f| learned.judges(f)), [true, false, false]);
        assert!(Learned::default().is_empty());
    }
}
