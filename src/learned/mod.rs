//! The second reader: a small model that has learned from labelled passages.
//!
//! Comes in: passages, and the model that a pack brings. Goes out: for each facet that the model
//! knows a belief in log odds, and for what is shown to people the words that weighed and the
//! labelled passage most like it. It does not decide: [`crate::assess`] weighs beliefs beside rules.

mod conv;
mod file;
mod grounds;
mod input;
mod linear;
mod pieces;
mod product;
mod train;
mod words;

pub use file::{ConvFile, Example, LinearFile, ModelError, ModelFile, Net, Probe};
pub use grounds::{Grounds, Reasons};
pub use train::{Sample, train};

use crate::document::{BlockKind, Document, Locator};
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

/// What a model makes of one passage.
#[derive(Debug)]
enum Look {
    Conv(conv::View),
    Linear(Vec<input::Part>),
}

/// Room to work passages out in, one after the other.
#[derive(Debug, Default)]
struct Desk {
    view: conv::View,
    room: conv::Room,
}

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
        self.beliefs_at(&mut Desk::default(), s, passage)
    }

    fn beliefs_at(&self, desk: &mut Desk, s: &Segmented<'_>, passage: &Passage) -> Vec<f32> {
        let parts = input::parts(s, passage);
        match &self.net {
            Ready::Conv(net) => {
                net.view(&s.document.text, &parts, &mut desk.view, &mut desk.room);
                desk.view.beliefs.clone()
            }
            Ready::Linear(net) => net.beliefs(&s.document.text, &parts),
        }
    }

    /// What it makes of a passage that is shown to people.
    fn look(&self, s: &Segmented<'_>, passage: &Passage) -> Look {
        let parts = input::parts(s, passage);
        match &self.net {
            Ready::Conv(net) => {
                let mut view = conv::View::default();
                net.view(&s.document.text, &parts, &mut view, &mut conv::Room::default());
                Look::Conv(view)
            }
            Ready::Linear(_) => Look::Linear(parts),
        }
    }

    /// Why it believes what it does of one facet.
    fn grounds(&self, text: &str, look: &Look, head: usize) -> Grounds {
        match (&self.net, look) {
            (Ready::Conv(net), Look::Conv(view)) => {
                let like = grounds::nearest(&self.examples, &net.vector(view), head);
                Grounds { words: grounds::weightiest(net.given(view, head)), like }
            }
            (Ready::Linear(net), Look::Linear(parts)) => {
                Grounds { words: grounds::weightiest(net.given(text, parts, head)), like: None }
            }
            _ => Grounds::default(),
        }
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
        let mut desks: Vec<Desk> = self.models.iter().map(|_| Desk::default()).collect();
        s.passages[passages]
            .iter()
            .map(|passage| {
                let models = self.models.iter().zip(&mut desks);
                let views: Vec<Vec<f32>> = models.map(|(model, desk)| model.beliefs_at(desk, s, passage)).collect();
                self.heads.iter().map(|h| h.map(|(model, head)| views[model][head])).collect()
            })
            .collect()
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
        let grounds = model.grounds(&d.text, &model.look(&s, &s.passages[0]), head);
        assert!(grounds.words.iter().any(|w| w.of(&d.text).contains("debt")), "{grounds:?}");
        assert!(grounds.like.is_some());
    }

    #[test]
    fn what_came_before_changes_nothing() {
        let model = shipped();
        let mut d = Document::default();
        let heading = BlockKind::Heading { level: 1 };
        let (we, more) =
            ("We will fund debt advisers", "We will fund debt advisers in the surgeries of the poorest wards.");
        for text in ["Money", we, more, more, we, "Health of children", we, "Bins"] {
            let kind =
                if ["Money", "Health of children"].contains(&text) { heading.clone() } else { BlockKind::Paragraph };
            d.push(kind, text, Locator::default(), None);
        }
        let s = segment(&d);
        let mut desk = Desk::default();
        assert!(s.passages.len() > 4);
        for passage in &s.passages {
            assert_eq!(model.beliefs_at(&mut desk, &s, passage), model.beliefs(&s, passage));
        }
    }

    #[test]
    fn facets_of_packs_without_a_model_are_not_judged() {
        let facets = [("P1.addressed", Some(0)), ("P1.addressed", None), ("X.own", Some(0))];
        let learned = Learned::new(vec![shipped()], facets.into_iter());
        assert_eq!([0, 1, 2].map(|f| learned.judges(f)), [true, false, false]);
        assert!(Learned::default().is_empty());
    }
}
