//! The second reader: a small model that has learned from labelled passages.
//!
//! Comes in: passages, and the model that a pack brings. Goes out: for each facet that the model
//! knows a belief in log odds, and for what is shown to people the words that weighed and the
//! labelled passage most like it. It does not decide: [`crate::assess`] weighs beliefs beside rules.

mod bytes;
mod careful;
mod columns;
mod conv;
mod file;
mod floats;
mod grounds;
mod head;
mod input;
mod linear;
mod pieces;
mod product;
mod read;
mod train;
mod words;

pub use file::{
    CarefulFile, ConvFile, Example, HeadFile, LayerFile, LinearFile, ModelError, ModelFile, Net, NormFile, Probe,
    ProductFile,
};
pub use grounds::Grounds;
pub use read::Read;
pub use train::{Sample, train};

use crate::document::{BlockKind, Document, Locator};
use crate::segment::{Passage, Segmented, segment};
use std::collections::BTreeMap;

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
    Pieces(OfPieces),
    Linear(linear::Linear),
}

/// A quick model of word pieces, and a careful one for what that finds likeliest.
#[derive(Debug)]
struct OfPieces {
    quick: Box<conv::Conv>,
    careful: Option<Box<careful::Careful>>,
}

/// What a model makes of one passage that is shown to people.
#[derive(Debug)]
enum Look {
    Quick(head::View),
    Careful(head::View),
    Linear(Vec<input::Part>),
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
    pub fn new(file: ModelFile<'_>) -> Self {
        let heads = file.facets.len();
        let net = match file.net {
            Net::Conv(net) => {
                let careful = file.careful.map(|file| careful::Careful::new(file, heads));
                Ready::Pieces(OfPieces { quick: Box::new(conv::Conv::new(net, heads)), careful: careful.map(Box::new) })
            }
            Net::Linear(net) => Ready::Linear(linear::Linear::new(net)),
        };
        Self { facets: file.facets, net, examples: file.examples, probes: file.probes }
    }

    /// The facets that it judges, one a head.
    #[must_use]
    pub fn facets(&self) -> &[String] {
        &self.facets
    }

    /// How firmly it believes that the passages of a document hold each facet.
    #[must_use]
    pub fn beliefs(&self, s: &Segmented<'_>, passages: &[Passage]) -> Beliefs {
        self.read_all(s, passages, |_, _| ())
    }

    /// The same; tells of the passages that it looked at with care.
    fn read_all(&self, s: &Segmented<'_>, passages: &[Passage], tell: impl FnMut(usize, Look)) -> Beliefs {
        let mut out = Beliefs { heads: self.facets.len(), all: Vec::with_capacity(passages.len() * self.facets.len()) };
        match &self.net {
            Ready::Pieces(net) => net.read(s, passages, &mut out, tell),
            Ready::Linear(net) => {
                let parts = passages.iter().map(|passage| input::parts(s, passage));
                out.all.extend(parts.flat_map(|parts| net.beliefs(&s.document.text, &parts)));
            }
        }
        out
    }

    /// What it makes of a passage at first sight.
    fn look(&self, s: &Segmented<'_>, passage: &Passage) -> Look {
        let parts = input::parts(s, passage);
        match &self.net {
            Ready::Pieces(net) => {
                let mut view = head::View::default();
                net.quick.view(&s.document.text, &parts, &mut view, &mut conv::Room::default());
                Look::Quick(view)
            }
            Ready::Linear(_) => Look::Linear(parts),
        }
    }

    /// Why it believes what it does of one facet. Examples are compared with what the best model it has makes of a passage.
    fn grounds(&self, text: &str, look: &Look, head: usize) -> Grounds {
        let (words, like) = match (&self.net, look) {
            (Ready::Pieces(net), Look::Quick(view)) => {
                let of = &net.quick.head;
                (of.given(view, head), net.careful.is_none().then(|| of.vector(&view.pooled)))
            }
            (Ready::Pieces(OfPieces { careful: Some(net), .. }), Look::Careful(view)) => {
                (net.head.given(view, head), Some(net.head.vector(&view.pooled)))
            }
            (Ready::Linear(net), Look::Linear(parts)) => (net.given(text, parts, head), None),
            _ => return Grounds::default(),
        };
        let like = like.and_then(|vector| grounds::nearest(&self.examples, &vector, head));
        Grounds { words: grounds::weightiest(words), like }
    }

    /// How far the model's own test passages come out from what training found: the greatest
    /// difference in log odds.
    #[must_use]
    pub fn worst_probe(&self) -> f32 {
        let mut worst = 0.0_f32;
        let Ready::Pieces(net) = &self.net else { return worst };
        for probe in &self.probes {
            let mut document = Document::default();
            document.push(BlockKind::Paragraph, &probe.text, Locator::default(), None);
            let s = segment(&document);
            for passage in &s.passages {
                let parts = input::parts(&s, passage);
                let mut view = head::View::default();
                net.quick.view(&document.text, &parts, &mut view, &mut conv::Room::default());
                let mut own = view.pooled.beliefs;
                if let Some(careful) = &net.careful {
                    careful.read(&[view.pieces], &mut careful::Room::default(), |_, pooled, _| {
                        own.extend(&pooled.beliefs)
                    });
                }
                for (own, told) in own.iter().zip(probe.beliefs.iter().chain(&probe.careful)) {
                    worst = worst.max((own - told).abs());
                }
            }
        }
        worst
    }
}

impl OfPieces {
    /// Adds the beliefs in the passages of a document: of the careful model in those that the quick one finds
    /// likeliest, and tells of these. What a passage is shown as is made when it is read, and not kept.
    fn read(&self, s: &Segmented<'_>, passages: &[Passage], out: &mut Beliefs, mut tell: impl FnMut(usize, Look)) {
        let text = &s.document.text;
        let (mut view, mut room) = (head::View::default(), conv::Room::default());
        let mut lengths = Vec::with_capacity(passages.len());
        for passage in passages {
            self.quick.view(text, &input::parts(s, passage), &mut view, &mut room);
            out.all.extend_from_slice(&view.pooled.beliefs);
            lengths.push(view.pieces.len());
        }
        let Some(careful) = &self.careful else { return };
        let again = careful.again(out, &lengths);
        let mut pieces: Vec<_> =
            again.iter().map(|at| self.quick.pieces(text, &input::parts(s, &passages[*at]))).collect();
        let mut found = Vec::with_capacity(again.len());
        careful.read(&pieces, &mut careful::Room::default(), |_, pooled, last| {
            found.push((pooled.clone(), last.to_vec()))
        });
        for ((at, mut pieces), (pooled, last)) in again.into_iter().zip(pieces.drain(..)).zip(found) {
            let quick = &mut out.all[at * out.heads..][..out.heads];
            quick.iter_mut().zip(&pooled.beliefs).for_each(|(out, own)| *out = *out * careful.keeps + own);
            pieces.truncate(careful.seen(&pieces).len());
            tell(at, Look::Careful(head::View { pooled, last, pieces }));
        }
    }
}

/// What a model believes of the passages of a document, in log odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beliefs {
    heads: usize,
    /// By passage, then head.
    all: Vec<f32>,
}

impl Beliefs {
    /// What is believed of one passage, one a head.
    #[must_use]
    pub fn of(&self, passage: usize) -> &[f32] {
        self.all.get(passage * self.heads..(passage + 1) * self.heads).unwrap_or_default()
    }

    /// By passage.
    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.all.chunks_exact(self.heads.max(1))
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

    /// Reads a document.
    #[must_use]
    pub fn read<'a, 'd>(&'a self, s: &'a Segmented<'d>) -> Read<'a, 'd> {
        Read::new(self, s)
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
        let [plan, page] = [0, 1].map(|p| model.beliefs(&s, &s.passages).of(p)[head]);
        assert!(plan > 0.0 && page < -3.0, "{plan} {page}");
        let learned = Learned::new(vec![model], [("P1.addressed", Some(0))].into_iter());
        let grounds = learned.read(&s).why(0, 0);
        assert!(grounds.words.iter().any(|w| w.of(&d.text).contains("poorest")), "{grounds:?}");
        assert!(grounds.like.is_some());
    }

    #[test]
    fn what_came_before_changes_nothing() {
        let file = ModelFile::read(include_bytes!("../../rules/oxfordshire-principles/model.bin")).unwrap();
        let model = Model::new(ModelFile { careful: None, ..file });
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
        assert!(s.passages.len() > 4);
        let together = model.beliefs(&s, &s.passages);
        for (passage, together) in s.passages.iter().zip(together.rows()) {
            assert_eq!(together, model.beliefs(&s, std::slice::from_ref(passage)).of(0));
        }
    }

    #[test]
    fn only_the_likeliest_passages_of_a_long_document_are_read_with_care() {
        let model = shipped();
        let file = ModelFile::read(include_bytes!("../../rules/oxfordshire-principles/model.bin")).unwrap();
        let quick = Model::new(ModelFile { careful: None, ..file });
        let mut d = Document::default();
        let text = "We will fund two debt advisers in the GP surgeries of the poorest wards.";
        for text in std::iter::repeat_n("The minutes are in the annex.", 400).chain([text]) {
            d.push(BlockKind::Paragraph, text, Locator::default(), None);
        }
        let s = segment(&d);
        let (both, alone) = (model.beliefs(&s, &s.passages), quick.beliefs(&s, &s.passages));
        let differs = |at: usize| both.of(at) != alone.of(at);
        assert!(differs(400) && differs(0) && !differs(399), "the likeliest, and as many others as there is room for");
    }

    #[test]
    fn facets_of_packs_without_a_model_are_not_judged() {
        let facets = [("P1.addressed", Some(0)), ("P1.addressed", None), ("X.own", Some(0))];
        let learned = Learned::new(vec![shipped()], facets.into_iter());
        assert_eq!([0, 1, 2].map(|f| learned.judges(f)), [true, false, false]);
        assert!(Learned::default().is_empty());
    }
}
