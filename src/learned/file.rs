//! Model files: bytes to a [`ModelFile`] and back.
//!
//! A file is a line of its own that says what it is, then the model in postcard's encoding, so that
//! `training/` can write it and nothing needs parsing by hand. It checks that all parts fit
//! together, so that a broken or foreign file is refused and never indexes out of bounds.

use serde::{Deserialize, Serialize};

/// The first bytes of every model file.
const MAGIC: &[u8] = b"goldthread model 1\n";

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

/// Everything in a model file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelFile {
    /// From what it was made.
    pub made_from: String,
    /// The facet that each head judges.
    pub facets: Vec<String>,
    /// What judges.
    pub net: Net,
    /// Labelled passages that can be shown as examples.
    pub examples: Vec<Example>,
    /// Passages with what the model must say of them: the model's own test.
    pub probes: Vec<Probe>,
}

/// The kinds of model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Net {
    /// Two gated convolutions over word pieces.
    Conv(ConvFile),
    /// Weights of words and of words side by side.
    Linear(LinearFile),
}

/// The weights of a convolution: eight-bit numbers with a scale for each output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConvFile {
    /// Every word piece; a piece inside a word begins with `##`. The first three stand for
    /// nothing, an unknown word and a border.
    pub pieces: Vec<String>,
    /// Numbers a piece.
    pub width: u32,
    /// Channels after each convolution.
    pub channels: u32,
    /// Pieces by numbers; then what is added to a piece above the passage.
    pub embedding: Vec<i8>,
    /// First convolution: position, output, number.
    pub first: Vec<i8>,
    /// Scale and bias of each output.
    pub first_scale: Vec<(f32, f32)>,
    /// Second convolution: output, position, channel.
    pub second: Vec<i8>,
    /// Scale and bias of each output.
    pub second_scale: Vec<(f32, f32)>,
    /// Channels (greatest, then mean) by heads.
    pub out: Vec<f32>,
    /// One a head.
    pub bias: Vec<f32>,
    /// Channels by numbers of an example's vector.
    pub project: Vec<f32>,
    /// What is taken from the channels first.
    pub centre: Vec<f32>,
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
}

/// Positions that the first convolution sees.
pub(super) const FIRST: usize = 5;
/// Positions that the second convolution sees.
pub(super) const SECOND: usize = 3;

impl ModelFile {
    /// Reads a model.
    ///
    /// # Errors
    /// [`ModelError`] where the bytes are no model or do not fit together.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
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

    fn check(&self) -> Result<(), &'static str> {
        let heads = self.facets.len();
        let fits = |ok: bool, part: &'static str| if ok { Ok(()) } else { Err(part) };
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
                fits(conv.out.len() == 2 * h * heads && conv.bias.len() == heads, "heads")?;
                fits(conv.centre.len() == 2 * h && conv.project.len().is_multiple_of(2 * h), "example weights")?;
                let vector = conv.project.len() / (2 * h);
                fits(self.examples.iter().all(|e| e.vector.len() == vector), "examples")
            }
            Net::Linear(linear) => {
                fits((1..=24).contains(&linear.bits), "sizes")?;
                fits(linear.weights.len() == heads << linear.bits && linear.scale.len() == heads, "weights")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> ModelFile {
        let linear = LinearFile { bits: 2, weights: vec![1, 2, 3, 4], scale: vec![(0.5, -1.0)] };
        let (facets, net) = (vec!["F".to_owned()], Net::Linear(linear));
        ModelFile { made_from: "a test".into(), facets, net, examples: Vec::new(), probes: Vec::new() }
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
