//! Model files: bytes to a [`ModelFile`] and back.
//!
//! A file is a line of its own that says what it is, then the model in postcard's encoding, so that
//! `training/` can write it and nothing needs parsing by hand. It checks that all parts fit
//! together, so that a broken or foreign file is refused and never indexes out of bounds.

use super::product::PANEL;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The first bytes of every model file.
const MAGIC: &[u8] = b"goldthread model 4\n";

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The file is something else.
    #[error("this is no model of this version of goldthread; make it anew with `goldthread learn`")]
    Foreign,
    /// The file was cut or changed.
    #[error("the model is damaged ({0}); fetch or make it anew")]
    Damaged(String),
}

/// Everything in a model file. Weights of one byte, which are most of it, stay where they lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelFile<'b> {
    /// From what it was made.
    pub made_from: String,
    /// The facet that each head judges.
    pub facets: Vec<String>,
    /// What judges.
    #[serde(borrow)]
    pub net: Net<'b>,
    /// What reads again the passages that a convolution finds likeliest.
    #[serde(borrow)]
    pub careful: Option<CarefulFile<'b>>,
    /// Labelled passages that can be shown as examples.
    pub examples: Vec<Example>,
    /// Passages with what the model must say of them: the model's own test.
    pub probes: Vec<Probe>,
}

/// The kinds of model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Net<'b> {
    /// Two gated convolutions over word pieces.
    Conv(#[serde(borrow)] ConvFile<'b>),
    /// Weights of words and of words side by side.
    Linear(LinearFile),
}

/// The weights of a convolution: signed bytes with a scale for each output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConvFile<'b> {
    /// Every word piece; a piece inside a word begins with `##`. The first three stand for
    /// nothing, an unknown word and a border.
    pub pieces: Vec<String>,
    /// Numbers a piece.
    pub width: u32,
    /// Channels after each convolution.
    pub channels: u32,
    /// Pieces by numbers; then what is added to a piece above the passage.
    #[serde(borrow, with = "serde_bytes")]
    pub embedding: Cow<'b, [u8]>,
    /// First convolution: position, output, number.
    #[serde(borrow, with = "serde_bytes")]
    pub first: Cow<'b, [u8]>,
    /// Scale and bias of each output.
    pub first_scale: Vec<(f32, f32)>,
    /// Second convolution: output, position, channel.
    #[serde(borrow, with = "serde_bytes")]
    pub second: Cow<'b, [u8]>,
    /// Scale and bias of each output.
    pub second_scale: Vec<(f32, f32)>,
    /// The last layer.
    pub head: HeadFile,
}

/// The last layer of a model of word pieces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeadFile {
    /// Channels (greatest, then mean) by heads.
    pub out: Vec<f32>,
    /// One a head.
    pub bias: Vec<f32>,
    /// Channels by numbers of an example's vector.
    pub project: Vec<f32>,
    /// What is taken from the channels first.
    pub centre: Vec<f32>,
}

/// The weights of the model that reads again what the quick one finds likeliest: layers of
/// attention over the quick one's pieces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CarefulFile<'b> {
    /// The least belief of the quick model for which a passage is surely read, in log odds.
    pub from: f32,
    /// Passages of a document that are surely read for each facet, at most.
    pub most: u32,
    /// Pieces of a document that are read of whatever passages hold most; more only where facets or their worth ask for it.
    pub room: u32,
    /// Facets that the quick model must expect a passage to hold, so that it is worth reading in a long document too.
    pub worth: f32,
    /// Pieces of a document that are read of passages worth it.
    pub limit: u32,
    /// How much of the quick model's belief is added to its own.
    pub keeps: f32,
    /// Channels at each position.
    pub channels: u32,
    /// Parts of the channels that look by themselves.
    pub parts: u32,
    /// Channels within a layer.
    pub inner: u32,
    /// Numbers a piece.
    pub rank: u32,
    /// Pieces by numbers, each a signed byte.
    #[serde(borrow, with = "serde_bytes")]
    pub embedding: Cow<'b, [u8]>,
    /// What one stands for, a piece.
    pub embedding_unit: Vec<f32>,
    /// From a piece's numbers to channels.
    #[serde(borrow)]
    pub widen: ProductFile<'b>,
    /// Positions by channels.
    pub places: Vec<f32>,
    /// What is added to a piece of the passage's own, then to one above it.
    pub kinds: Vec<f32>,
    /// What channels are scaled by before the first layer.
    pub norm: NormFile,
    /// In order.
    #[serde(borrow)]
    pub layers: Vec<LayerFile<'b>>,
    /// The last layer.
    pub head: HeadFile,
}

/// The weights of one layer of attention.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LayerFile<'b> {
    /// What a position asks, what it is found by, and what it offers.
    #[serde(borrow)]
    pub see: ProductFile<'b>,
    /// What it makes of what it sees.
    #[serde(borrow)]
    pub tell: ProductFile<'b>,
    /// Scales what it knows then.
    pub seen: NormFile,
    /// What it thinks of that.
    #[serde(borrow)]
    pub up: ProductFile<'b>,
    /// What comes of it.
    #[serde(borrow)]
    pub down: ProductFile<'b>,
    /// Scales what it knows then.
    pub thought: NormFile,
}

/// Weights from inputs to outputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductFile<'b> {
    /// Signed bytes, in the order in which they are multiplied: sixteen outputs at a time, an input
    /// of the first half and one of the second for each, and so on through the inputs.
    #[serde(borrow, with = "serde_bytes")]
    pub weights: Cow<'b, [u8]>,
    /// What one stands for, an output.
    pub by: Vec<f32>,
    /// What is added, an output.
    pub plus: Vec<f32>,
}

/// What normal channels are multiplied by, and what is added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NormFile {
    /// One a channel.
    pub by: Vec<f32>,
    /// One a channel.
    pub plus: Vec<f32>,
}

/// The weights of a linear model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinearFile {
    /// Two to the power of this many weights a head.
    pub bits: u32,
    /// Heads by weights.
    pub weights: Vec<i8>,
    /// Scale and bias of each head.
    pub scale: Vec<(f32, f32)>,
}

/// A labelled passage that can be shown as an example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The passage.
    pub text: String,
    /// The heads for which it counts.
    pub heads: Vec<u32>,
    /// What the model makes of it; empty in linear models.
    pub vector: Vec<i8>,
}

/// A passage with what the model must say of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The passage.
    pub text: String,
    /// One a head, as training found it.
    pub beliefs: Vec<f32>,
    /// The same of the careful model; empty where there is none.
    pub careful: Vec<f32>,
}

/// Positions that the first convolution sees.
pub(super) const FIRST: usize = 5;
/// Positions that the second convolution sees.
pub(super) const SECOND: usize = 3;

impl<'b> ModelFile<'b> {
    /// Reads a model.
    ///
    /// # Errors
    /// [`ModelError`] where the bytes are no model or do not fit together.
    pub fn read(bytes: &'b [u8]) -> Result<Self, ModelError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?;
        let file: Self = postcard::from_bytes(body).map_err(|e| ModelError::Damaged(e.to_string()))?;
        file.check().map_err(|part| ModelError::Damaged(format!("its {part} do not fit")))?;
        Ok(file)
    }

    /// Writes a model.
    ///
    /// # Errors
    /// [`ModelError::Damaged`] where it cannot be encoded.
    pub fn write(&self) -> Result<Vec<u8>, ModelError> {
        let body = postcard::to_stdvec(self).map_err(|e| ModelError::Damaged(e.to_string()))?;
        Ok([MAGIC, &body].concat())
    }

    fn fit_examples(&self, head: &HeadFile, channels: usize) -> Result<(), &'static str> {
        let vector = head.project.len() / (2 * channels);
        fits(self.examples.iter().all(|e| e.vector.len() == vector), "examples")
    }

    fn check(&self) -> Result<(), &'static str> {
        let heads = self.facets.len();
        fits(heads > 0, "facets")?;
        fits(self.examples.iter().all(|e| e.heads.iter().all(|h| (*h as usize) < heads)), "examples")?;
        fits(self.probes.iter().all(|p| p.beliefs.len() == heads), "probes")?;
        match &self.net {
            Net::Conv(conv) => {
                let (d, h) = (conv.width as usize, conv.channels as usize);
                // With more channels, sums of products might outgrow 32 bits.
                let even = |n: usize, most: usize| n > 0 && n <= most && n.is_multiple_of(2);
                fits(even(d, 512) && even(h, 128), "sizes")?;
                fits(conv.pieces.len() > 2 && conv.embedding.len() == (conv.pieces.len() + 1) * d, "pieces")?;
                fits(conv.first.len() == FIRST * 2 * h * d && conv.first_scale.len() == 2 * h, "first weights")?;
                fits(conv.second.len() == SECOND * 2 * h * h && conv.second_scale.len() == 2 * h, "second weights")?;
                conv.head.check(h, heads)?;
                match &self.careful {
                    Some(careful) => {
                        careful.check(conv.pieces.len(), heads)?;
                        fits(self.probes.iter().all(|p| p.careful.len() == heads), "probes")?;
                        self.fit_examples(&careful.head, careful.channels as usize)
                    }
                    None => self.fit_examples(&conv.head, h),
                }
            }
            Net::Linear(linear) => {
                fits(self.careful.is_none(), "parts")?;
                fits((1..=24).contains(&linear.bits), "sizes")?;
                fits(linear.weights.len() == heads << linear.bits && linear.scale.len() == heads, "weights")
            }
        }
    }
}

/// An error that names the part where something does not fit.
const fn fits(ok: bool, part: &'static str) -> Result<(), &'static str> {
    if ok { Ok(()) } else { Err(part) }
}

impl HeadFile {
    fn check(&self, channels: usize, heads: usize) -> Result<(), &'static str> {
        fits(self.out.len() == 2 * channels * heads && self.bias.len() == heads, "heads")?;
        fits(self.centre.len() == 2 * channels && self.project.len().is_multiple_of(2 * channels), "example weights")
    }
}

impl CarefulFile<'_> {
    fn check(&self, pieces: usize, heads: usize) -> Result<(), &'static str> {
        let [c, parts, inner, rank] = [self.channels, self.parts, self.inner, self.rank].map(|n| n as usize);
        let sizes = [c, inner, rank].iter().all(|n| (4..=4096).contains(n) && n.is_multiple_of(4));
        fits(sizes && parts > 0 && c.is_multiple_of(parts), "careful sizes")?;
        fits(self.embedding.len() == pieces * rank && self.embedding_unit.len() == pieces, "careful pieces")?;
        fits(!self.places.is_empty() && self.places.len().is_multiple_of(c) && self.kinds.len() == 2 * c, "places")?;
        let norm = |n: &NormFile| n.by.len() == c && n.plus.len() == c;
        fits(norm(&self.norm) && self.widen.fits(rank, c), "first layer")?;
        let layer = |l: &LayerFile<'_>| {
            let attention = l.see.fits(c, 3 * c) && l.tell.fits(c, c) && norm(&l.seen);
            attention && l.up.fits(c, inner) && l.down.fits(inner, c) && norm(&l.thought)
        };
        fits(self.layers.iter().all(layer), "layers")?;
        self.head.check(c, heads)
    }
}

impl ProductFile<'_> {
    fn fits(&self, inputs: usize, outputs: usize) -> bool {
        let weights = self.weights.len() == outputs.next_multiple_of(PANEL) * inputs;
        weights && self.by.len() == outputs && self.plus.len() == outputs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> ModelFile<'static> {
        let linear = LinearFile { bits: 2, weights: vec![1, 2, 3, 4], scale: vec![(0.5, -1.0)] };
        let (facets, net) = (vec!["F".to_owned()], Net::Linear(linear));
        ModelFile { made_from: "a test".into(), facets, net, careful: None, examples: Vec::new(), probes: Vec::new() }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(ModelFile::read(&file().write().unwrap()).unwrap(), file());
    }

    #[test]
    fn broken_and_foreign_files_are_refused() {
        assert_eq!(ModelFile::read(b"PK\x03\x04"), Err(ModelError::Foreign));
        let whole = file().write().unwrap();
        for end in MAGIC.len()..whole.len() {
            assert!(matches!(ModelFile::read(&whole[..end]), Err(ModelError::Damaged(_))), "cut at {end}");
        }
        let short = LinearFile { bits: 3, weights: vec![1; 4], scale: vec![(1.0, 0.0)] };
        let unfit = ModelFile { net: Net::Linear(short), ..file() };
        assert!(matches!(ModelFile::read(&unfit.write().unwrap()), Err(ModelError::Damaged(_))));
    }
}
